package measure

import (
	"cmp"
	"math"
	"slices"
)

// Event is what befell a cluster between two dates.
type Event uint8

// The events. Birth to Steady happen to clusters that exist now, Merged and Death to those that do not any more.
const (
	Birth   Event = iota // new, where no cluster was before
	Split                // new, broken off Other
	Merge                // goes on and has taken in Other (the largest, if several)
	Growth               // goes on with more weight
	Decline              // goes on with less weight
	Steady               // goes on with the same weight
	Merged               // ended: taken in by Other
	Death                // ended: nothing of it lies in any cluster now
)

// String is the event's word in tables.
func (e Event) String() string {
	return [...]string{"birth", "split", "merge", "growth", "decline", "steady", "merged", "death"}[e]
}

// Fate is one cluster's way from one date to the next.
type Fate struct {
	ID     int32   // the cluster's lasting name
	Event  Event   // what befell it
	Other  int32   // for Split, Merge and Merged the ID of the other cluster, else Outside
	Before float64 // weight at the earlier date, 0 for a new cluster
	Now    float64 // weight at this date, 0 for one that ended
}

// Following is the outcome of Follow.
type Following struct {
	Clusters []Fate  // by label of the current map
	Ended    []Fate  // Merged and Death, by ID
	ID       []int32 // lasting ID of each place now, Outside where there is no cluster: the next call's previous
	Next     int32   // the next free ID
}

// Snapshot is a map of clusters: for each place (a cell, or a firm that stays in its row) the label of its cluster or
// Outside, and its weight, such as jobs.
type Snapshot struct {
	Label  []int32
	Weight []float64 // >= 0, in any unit; the same places as Label
}

// Follow matches the clusters of two dates. Previous holds lasting IDs (>= 0) as labels, current the labels 0..n-1 of
// Connected; next is the first free ID. For the first date give an empty previous.
//
// The overlap of two clusters is the weight that stayed: the sum over the places in both of the lesser of the two
// weights. It counts if it is above 0 and at least the share least, in [0, 1], of the smaller of the two clusters.
// Overlaps are taken largest first (equal ones by ID, then by label); each gives the current cluster the name of the
// previous one if both are still free. A current cluster left over is a Split of the previous one it overlaps most, or
// else a Birth; a previous cluster left over is Merged into the one it overlaps most, or else has found its Death.
// (The idea of following communities by overlap: Greene, Doyle and Cunningham 2010, doi 10.1109/ASONAM.2010.17.)
//
// New names are given in the order of the current labels, so they depend on the two maps alone. Follow panics if the
// arrays differ in length: the maps are the program's own, not the user's.
func Follow(previous, current Snapshot, n int, next int32, least float64) Following {
	if len(current.Label) != len(current.Weight) || len(previous.Label) != len(previous.Weight) ||
		(len(previous.Label) != 0 && len(previous.Label) != len(current.Label)) {
		panic("measure: Follow: labels and weights must have one entry for each place")
	}
	f := newFollower(previous, current, n)
	f.overlap(previous, current, least)
	f.keepNames()
	out := Following{Clusters: make([]Fate, n), Next: next}
	f.fateOfCurrent(&out)
	f.fateOfPrevious(&out)
	out.ID = make([]int32, len(current.Label))
	for c, l := range current.Label {
		out.ID[c] = Outside
		if l >= 0 {
			out.ID[c] = out.Clusters[l].ID
		}
	}
	return out
}

// common is the weight shared by a previous and a current cluster.
type common struct {
	was, is int32 // place of the previous ID in follower.ids; label of the current cluster
	weight  float64
}

// follower is the working state of Follow.
type follower struct {
	ids         []int32   // previous IDs, ascending
	before, now []float64 // weight by place in ids, by current label
	shared      []common  // largest first
	heir        []int32   // by place in ids: the label that carries the name on, or Outside
	origin      []int32   // by current label: the place in ids of the name it carries on, or Outside
}

func newFollower(previous, current Snapshot, n int) *follower {
	f := &follower{now: make([]float64, n), origin: make([]int32, n)}
	for _, id := range previous.Label {
		if id >= 0 {
			f.ids = append(f.ids, id)
		}
	}
	slices.Sort(f.ids)
	f.ids = slices.Compact(f.ids)
	f.before = make([]float64, len(f.ids))
	f.heir = make([]int32, len(f.ids))
	for c, id := range previous.Label {
		if id >= 0 {
			f.before[f.place(id)] += previous.Weight[c]
		}
	}
	for c, l := range current.Label {
		if l >= 0 {
			f.now[l] += current.Weight[c]
		}
	}
	for i := range f.heir {
		f.heir[i] = Outside
	}
	for l := range f.origin {
		f.origin[l] = Outside
	}
	return f
}

func (f *follower) place(id int32) int {
	at, _ := slices.BinarySearch(f.ids, id)
	return at
}

// overlap lists the pairs of clusters that share enough weight, largest first.
func (f *follower) overlap(previous, current Snapshot, least float64) {
	var all []common
	for c, id := range previous.Label {
		if l := current.Label[c]; id >= 0 && l >= 0 {
			all = append(all, common{int32(f.place(id)), l, math.Min(previous.Weight[c], current.Weight[c])})
		}
	}
	// A stable sort keeps the order of places within a pair, so sums are the same bits each time.
	slices.SortStableFunc(all, func(a, b common) int {
		return cmp.Or(cmp.Compare(a.was, b.was), cmp.Compare(a.is, b.is))
	})
	for i := 0; i < len(all); {
		pair := common{all[i].was, all[i].is, 0}
		for ; i < len(all) && all[i].was == pair.was && all[i].is == pair.is; i++ {
			pair.weight += all[i].weight
		}
		smaller := math.Min(f.before[pair.was], f.now[pair.is])
		if pair.weight > 0 && pair.weight >= float64(least*smaller) {
			f.shared = append(f.shared, pair)
		}
	}
	slices.SortStableFunc(f.shared, func(a, b common) int { return cmp.Compare(b.weight, a.weight) })
}

// keepNames hands names on, the largest overlap first.
func (f *follower) keepNames() {
	for _, s := range f.shared {
		if f.heir[s.was] == Outside && f.origin[s.is] == Outside {
			f.heir[s.was], f.origin[s.is] = s.is, s.was
		}
	}
}

func (f *follower) fateOfCurrent(out *Following) {
	for l := range out.Clusters {
		fate := Fate{Other: Outside, Now: f.now[l]}
		if was := f.origin[l]; was != Outside {
			fate.ID, fate.Before = f.ids[was], f.before[was]
			fate.Event = [...]Event{Decline, Steady, Growth}[cmp.Compare(fate.Now, fate.Before)+1]
			for _, s := range f.shared {
				if s.is == int32(l) && f.heir[s.was] == Outside && f.bestHeir(s.was) == int32(l) {
					fate.Event, fate.Other = Merge, f.ids[s.was]
					break
				}
			}
		} else {
			fate.ID, fate.Event = out.Next, Birth
			out.Next++
			for _, s := range f.shared {
				if s.is == int32(l) {
					fate.Event, fate.Other = Split, f.ids[s.was]
					break
				}
			}
		}
		out.Clusters[l] = fate
	}
}

// bestHeir is the current cluster that a previous one overlaps most, or Outside.
func (f *follower) bestHeir(was int32) int32 {
	for _, s := range f.shared {
		if s.was == was {
			return s.is
		}
	}
	return Outside
}

func (f *follower) fateOfPrevious(out *Following) {
	for was, id := range f.ids {
		if f.heir[was] != Outside {
			continue
		}
		fate := Fate{ID: id, Event: Death, Other: Outside, Before: f.before[was]}
		if heir := f.bestHeir(int32(was)); heir != Outside {
			fate.Event, fate.Other = Merged, out.Clusters[heir].ID
		}
		out.Ended = append(out.Ended, fate)
	}
}
