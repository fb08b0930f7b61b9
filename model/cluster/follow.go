package cluster

import (
	"agglo/model/measure"
	"agglo/model/world"
)

// Follow numbers and names what Seek has found, as what became of the clusters of the year before. It must run alone.
func (r *Rules) Follow(w *world.World, tick int) error {
	last, past := w.Groups, &w.Past
	w.Groups, w.Ended = nil, nil
	clear(w.Firms.Cluster)
	for k := range r.groups {
		g, was := &r.groups[k], &past.Groups[k]
		fates := measure.Follow(r.recall(was), measure.Snapshot{Label: g.label, Weight: g.jobs}, g.n, past.Next, 0)
		past.Next = fates.Next
		r.note(was, fates.ID, g.jobs)
		for _, i := range g.rows {
			w.Firms.Cluster[i] = max(fates.ID[w.Firms.Cell[i]], 0)
		}
		describe(w, g, tick, fates)
		bury(w, last, fates.Ended)
		g.jobs, g.label = nil, nil // what is known of now is the world's
	}
	return nil
}

// recall lays out a group's clusters of the year before, by cell: it holds until the next call of note. A group of which nothing is known
// yet had none.
func (r *Rules) recall(was *world.PastGroup) measure.Snapshot {
	at := &r.before
	if len(at.Label) == 0 {
		at.Label, at.Weight = make([]int32, len(r.jobs)), make([]float64, len(r.jobs))
		for c := range at.Label {
			at.Label[c] = measure.Outside
		}
	}
	for k, c := range was.Cell {
		at.Label[c], at.Weight[c] = was.Number[k], was.Jobs[k]
	}
	return *at
}

// note keeps where a group's clusters are now, by cell, in the place of where they were.
func (r *Rules) note(was *world.PastGroup, number []int32, jobs []float64) {
	for _, c := range was.Cell {
		r.before.Label[c], r.before.Weight[c] = measure.Outside, 0
	}
	was.Cell, was.Number, was.Jobs = was.Cell[:0], was.Number[:0], was.Jobs[:0]
	for c, id := range number {
		if id >= 0 {
			was.Cell, was.Number, was.Jobs = append(was.Cell, int32(c)), append(was.Number, id), append(was.Jobs, jobs[c])
		}
	}
}
