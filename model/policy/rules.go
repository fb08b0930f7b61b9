package policy

import (
	"errors"
	"slices"
	"strings"

	"agglo/model/world"
	"agglo/sim/rng"
)

// Rules are the policies of a scenario. What they have spent and built stands in the world's ledger.
type Rules struct {
	P         Params
	acts      []act
	emerging  []int32   // numbers of young clusters in this tick
	jobs      []float64 // workers by cell in this tick
	quotients []float64 // location quotients by labour market x sector in this tick, where a policy asks for them
	members   []bool    // by row: members of facilities in this tick
	added     float64   // value added of all firms as the tick began
}

// New makes the rules of policies and opens a book in the world for each that has none yet. All that is wrong with the
// specs comes back at once. Policies act in the order of their ids, so the order in which a scenario lists them changes no
// bit. A book without a policy, of one that a branch of a run has dropped, stays: its works stand and wear.
func New(specs []Spec, p Params, w *world.World) (*Rules, error) {
	if faults := check(specs, w); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r := &Rules{P: p}
	ordered := slices.Clone(specs)
	slices.SortFunc(ordered, func(a, b Spec) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range ordered {
		if at, known := book(w, s.ID); !known {
			w.Ledger = slices.Insert(w.Ledger, at, world.LedgerEntry{Policy: s.ID, Instrument: s.Instrument, Budget: s.Budget})
		}
	}
	for k := range w.Ledger {
		e := &w.Ledger[k]
		s := Spec{ID: e.Policy, Instrument: e.Instrument} // of one that was dropped
		if n := slices.IndexFunc(ordered, func(s Spec) bool { return s.ID == e.Policy }); n >= 0 {
			s = ordered[n]
			if !s.Learning {
				e.Budget = s.Budget
			}
		}
		var parts []component
		if entry, known := Find(s.Instrument); known {
			parts = entry.parts(s, &r.P)
		}
		e.Club = slices.ContainsFunc(parts, func(c component) bool { return c.single })
		r.acts = append(r.acts, act{spec: s, parts: parts, reach: make([]reach, len(parts))})
	}
	return r, nil
}

// book is the place of a policy's book in the ledger, or where it would be. An act has the same place among the acts.
func book(w *world.World, id string) (int, bool) {
	return slices.BinarySearchFunc(w.Ledger, id, func(e world.LedgerEntry, id string) int { return strings.Compare(e.Policy, id) })
}

// keyOf is the key of a policy's draws.
func keyOf(s *Spec) uint64 { return rng.Key(rng.KeyOf("policy"), rng.KeyOf(s.ID)) }
