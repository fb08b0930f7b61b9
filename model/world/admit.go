package world

import (
	"cmp"
	"slices"
)

// A Candidate is a firm that may use a shared facility in a tick.
type Candidate struct {
	ID    uint64
	Jobs  float64 // workers who would use it
	Worth float64 // what full service is worth to the firm where it stands, value per year; 0 = it may not, or cannot pay
}

// Crowding is how much less a facility serves when so many workers use each of its places: 1 + .15 use^4, as on roads (Bureau
// of Public Roads 1964).
func Crowding(use float64) float64 { return 1 + float64(.15*(use*use)*(use*use)) }

// Pays says whether service that nobody else crowds is worth a fee per worker and year to the candidate. Whoever says no is never
// let in, however few there are.
func (c *Candidate) Pays(fee float64) bool {
	return c.Jobs > 0 && c.Worth > 0 && c.Worth > float64(fee*c.Jobs)
}

// Queue orders the candidates who would pay a fee per worker and year by what full service is worth to them per worker, the greatest
// first.
func Queue(all []Candidate, fee float64) []int {
	type place struct {
		worth float64 // per worker
		id    uint64
		at    int
	}
	line := make([]place, 0, len(all))
	for k := range all {
		if c := &all[k]; c.Pays(fee) {
			line = append(line, place{c.Worth / c.Jobs, c.ID, k})
		}
	}
	slices.SortFunc(line, func(a, b place) int {
		switch {
		case a.worth > b.worth:
			return -1
		case a.worth < b.worth:
			return 1
		}
		return cmp.Compare(a.id, b.id)
	})
	order := make([]int, len(line))
	for n, p := range line {
		order[n] = p.at
	}
	return order
}

// Admit lists who is let into a facility with so many places that is open to whoever pays a fee per worker and year: one
// after another from the queue, as long as the crowded service is worth the fee with the newcomer inside. So every member
// gains, and nobody outside would by coming in.
func Admit(all []Candidate, queue []int, places, fee float64) []int {
	var in []int
	users := 0.0
	for _, k := range queue {
		c := &all[k]
		if with := users + c.Jobs; places > 0 && c.Worth/Crowding(with/places) > float64(fee*c.Jobs) {
			in, users = append(in, k), with
		}
	}
	return in
}

// AdmitSharing lists who is in a club whose members share a yearly cost by their workers and decide how many they are: so many
// from the queue as make their mean net gain per worker greatest,
//
//	sum of worth / (U (1 + .15 (U/Q)^4)) - cost/U,
//
// among the numbers at which every member gains. It is Buchanan's optimum (1965, doi:10.2307/2552442): one more shares the
// cost with all, and crowds all.
func AdmitSharing(all []Candidate, queue []int, places, cost float64) []int {
	best, most, users, worth := 0, 0.0, 0.0, 0.0
	for n, k := range queue {
		c := &all[k]
		users += c.Jobs
		worth += c.Worth
		if places <= 0 {
			break
		}
		crowd, share := Crowding(users/places), cost/users
		if gain := worth/(users*crowd) - share; gain > most && c.Worth/(c.Jobs*crowd) > share { // nobody gains less than the last
			best, most = n+1, gain
		}
	}
	return slices.Clone(queue[:best])
}
