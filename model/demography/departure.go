package demography

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// departures marks the firms from row lo on that an employee leaves, and those that compare sites. alike says that people found
// firms as often in one region as in another.
func (r *Rules) departures(w *world.World, lo int, bits []uint64, alike bool) {
	f, n := &w.Firms, len(bits)
	move := rng.Below(r.P.Move / world.TicksPerYear)
	id, flag, sector, labour, tech := f.ID[lo:][:n], f.Flag[lo:][:n], f.Sector[lo:][:n], f.Labour[lo:][:n], f.LogTech[lo:][:n]
	at, mean, perJob, response := -1, 0.0, 0.0, 0.0 // of the sector at hand
	for k, bits := range bits {
		if s := int(sector[k]); s != at {
			at, mean, response, perJob = s, r.tech[s], r.clamp[s]/w.Base.Accepted, 0
			if r.jobs[s] > 0 {
				perJob = 1 / r.jobs[s] // else nobody leaves
			}
		}
		answer := response
		if !alike {
			answer *= w.RegionOf(int(f.Cell[lo+k])).EnterpriseFactor()
		}
		u := rng.Third(bits, 1) * world.TicksPerYear
		if leaves(u, tech[k]-mean, r.leaving(labour[k]*perJob, answer)) && id[k] != 0 {
			flag[k] |= world.FlagSpinOff
		}
		if move.Holds(bits, 2) && id[k] != 0 {
			flag[k] |= world.FlagMove
		}
	}
}

// alike says whether people found firms as often in one region as in another.
func alike(regions []world.Region) bool {
	for r := range regions {
		if regions[r].EnterpriseFactor() != 1 {
			return false
		}
	}
	return true
}

// leaving is the yearly rate of spin-offs of a firm at its sector's mean technology: it grows with the root of size, in mean sizes.
func (r *Rules) leaving(size, clamp float64) float64 { return r.P.SpinOff * clamp * math.Sqrt(size) }

// leaves says whether u lies below a rate times e^ahead, where ahead is how far the firm's log technology is ahead of the mean. e^x is
// at most 1/(1-x) below 1, which settles most cases.
func leaves(u, ahead, rate float64) bool {
	return (ahead >= 1 || u*(1-ahead) < rate) && u < rate*num.Exp(ahead)
}
