package club

import (
	"slices"

	"agglo/model/world"
)

// knownAge is the age from which a firm has a record that lenders ask for, years.
const knownAge = 3

// Standing is what its record adds to the part of a firm's credit line that rests on sales, as a share of it: how far lenders know the record,
// in [0,1], times how much larger its margin (profit over sales, smoothed over some five quarters) is than that of the middle firm of its
// sector, relative to that. Who is unknown is taken for the middle firm, to which nothing is added. Where that one makes no profit
// lenders cannot tell who is better. What banks do with what they know of a customer: Petersen and Rajan 1994, doi
// 10.1111/j.1540-6261.1994.tb04418.x.
func Standing(known, margin, middle float64) float64 {
	if middle <= 0 {
		return 0
	}
	return known * (margin/middle - 1)
}

// margin is the record of row i; ok is false where the firm is too young to have one, or sells nothing, as free rows.
func margin(w *world.World, i int) (margin float64, ok bool) {
	f := &w.Firms
	if w.Now.Tick-int(f.Born[i]) < knownAge*world.TicksPerYear || f.Sales[i] <= 0 {
		return 0, false
	}
	return float64(f.Losses[i]) / f.Sales[i], true
}

// middles sets the median margin of each sector's firms that have a record, of an even number the upper one of the two in the middle, 0
// where none has.
func (r *Rules) middles(w *world.World) {
	records := make([][]float64, len(w.Setting.Sectors))
	for i := range w.Firms.ID {
		if x, ok := margin(w, i); ok {
			s := w.Firms.Sector[i]
			records[s] = append(records[s], x)
		}
	}
	r.middle = make([]float64, len(records))
	for s, all := range records {
		if len(all) > 0 {
			slices.Sort(all)
			r.middle[s] = all[len(all)/2]
		}
	}
}

// introduce lets lenders know the records of all who are on a facility's roll, whether they use it in the tick or not. Who is on several
// rolls is introduced once.
func (r *Rules) introduce(w *world.World, f *world.Facility) {
	if r.P.Known == 0 {
		return
	}
	for n := range f.Members {
		m := &f.Members[n]
		i := int(m.Row)
		if x, ok := margin(w, i); ok && w.Firms.ID[i] == m.ID && w.Levers.Of(world.LeverStanding, i) == 0 {
			w.Levers.Push(world.LeverStanding, i, Standing(r.P.Known, x, r.middle[w.Firms.Sector[i]]))
		}
	}
}
