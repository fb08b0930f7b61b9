package cluster

import (
	"agglo/model/measure"
	"agglo/model/world"
)

// place is what is known of a dense place before it is judged.
type place struct {
	old          bool    // it shares cells with a cluster of the year before
	firms        int     // of the group
	jobs, all    float64 // of the group, of everybody
	inner, outer float64 // ties among its firms, ties of theirs to the group's firms outside
}

// keep judges dense places, keeps the clusters among them, numbers these anew from 0 in label, and returns how many there are.
func (r *Rules) keep(w *world.World, g *group, on *sheet, label []int32, n int) int {
	places := make([]place, n)
	for c, l := range label {
		if l >= 0 {
			places[l].jobs += g.jobs[c]
			places[l].all += r.jobs[c]
			places[l].old = places[l].old || on.had[c]
		}
	}
	r.ties(w, g, on, label, places)
	number, kept := make([]int32, n), 0
	for l := range places {
		number[l] = measure.Outside
		if r.isCluster(&places[l], g) {
			number[l] = int32(kept)
			kept++
		}
	}
	for c, l := range label {
		if l >= 0 {
			label[c] = number[l]
		}
	}
	return kept
}

// isCluster says whether a dense place of a group is a cluster: enough firms, specialised, linked. A place with a cluster of the
// year before is held to less.
func (r *Rules) isCluster(p *place, g *group) bool {
	part := 1.0
	if p.old {
		part = r.p.Hold
	}
	return float64(p.firms) >= part*float64(r.p.Firms) && p.firms > 0 && r.specialised(p, g, part*r.p.Quotient) &&
		r.linked(p, len(g.rows), part*r.p.Ties)
}

// specialised says whether the group's share of the jobs in a place is least times its share of the nation's jobs, as the
// location quotient is meant; of the region's jobs where the scenario does not know the nation's. A group with more than
// 1/cluster.quotient of all jobs could not have so much more anywhere, least of all one that is alone: it is not asked.
func (r *Rules) specialised(p *place, g *group, least float64) bool {
	if r.total <= 0 || p.all <= 0 {
		return false
	}
	share := g.nation
	if share == 0 {
		share = g.total / r.total
	}
	return float64(r.p.Quotient*share) >= 1 || p.jobs/p.all >= float64(least*share)
}

// linked says whether ties inside are more than least times as dense as ties to the rest of the group: the share of the n(n-1)/2
// pairs of firms inside that are tied, against that of the n(N-n) pairs of one inside and one outside. Where fewer firms of the group stand
// outside than make a place, there is nobody to compare with, and it is not asked: the few have hardly anyone but those inside to be tied to.
func (r *Rules) linked(p *place, all int, least float64) bool {
	if least == 0 {
		return true
	}
	n, others := float64(p.firms), float64(all-p.firms)
	if n < 2 || p.inner == 0 {
		return false
	}
	return others < float64(max(r.p.Firms, 1)) || p.inner/(n*(n-1)/2) > least*p.outer/(n*others)
}

// ties counts each place's firms and their ties within the group: supply ties, which the buyer holds, and collaborations, of which
// each end holds a half.
func (r *Rules) ties(w *world.World, g *group, on *sheet, label []int32, places []place) {
	f := &w.Firms
	if len(places) == 0 {
		return
	}
	if n := len(r.inside)/64 + 1; len(on.within) < n {
		on.within, on.grouped = make(rowSet, n), make(rowSet, n)
	}
	clear(on.within)
	clear(on.grouped)
	for _, i := range g.rows {
		l := label[f.Cell[i]]
		r.inside[i] = l
		on.grouped[i/64] |= 1 << (i % 64)
		if l >= 0 {
			places[l].firms++
			on.within[i/64] |= 1 << (i % 64)
		}
	}
	if r.p.Ties == 0 {
		return
	}
	for _, i := range g.rows {
		here, among := r.inside[i], on.grouped
		if here < 0 {
			among = on.within // a tie between firms outside all places counts for none
		}
		var partners [world.SupplySlots]int32
		for _, j := range partners[:among.partners(&partners, f.SupplyOf(int(i)), f.SupplyHeld(int(i)))] {
			tie(places, here, r.inside[j], 1)
		}
		if here < 0 {
			continue // its collaborations are counted at their other ends
		}
		for _, j := range partners[:among.partners(&partners, f.CollabOf(int(i)), f.CollabHeld(int(i)))] {
			weight := .5 // of a half
			if r.inside[j] < 0 {
				weight = 1
			}
			tie(places, here, r.inside[j], weight)
		}
	}
}

// A rowSet is a set of rows, by bits: so few bytes that they stay at hand.
type rowSet []uint64

// A list of partners of either kind has room for them: no number is below 0.
var _ [world.SupplySlots - world.CollaborationSlots]struct{}

// partners lists the partners that are in the set, and returns how many they are. There is no branch, because whether one is cannot be
// foreseen.
func (s rowSet) partners(list *[world.SupplySlots]int32, ties world.Ties, held world.Slots) int {
	n := 0
	for ; held != 0; held = held.Rest() {
		j := uint32(ties.Partner(held.First()))
		list[n] = int32(j)
		n += int(s[j/64] >> (j % 64) & 1)
	}
	return n
}

// tie counts a tie between firms of a group that are in two places, or outside all.
func tie(places []place, here, there int32, weight float64) {
	if here == there {
		if here >= 0 {
			places[here].inner += weight
		}
		return
	}
	if here >= 0 {
		places[here].outer += weight
	}
	if there >= 0 {
		places[there].outer += weight
	}
}
