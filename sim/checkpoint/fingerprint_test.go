package checkpoint_test

import (
	"testing"

	"agglo/sim/checkpoint"
)

// A change of one bit shows in the fingerprint of its own column and in no other.
func TestFingerprint(t *testing.T) {
	of := func(change func(*state)) map[string]uint64 {
		s := state{Tick: 3, Cash: []float64{1, 2}, ID: []uint64{7, 8}, Inner: inner{A: 4, B: []int{5}}, Books: []book{{Policy: "p"}}}
		change(&s)
		return checkpoint.Fingerprint(&s, "Left")
	}
	want := of(func(*state) {})
	if _, there := want["Left"]; there || len(want) == 0 {
		t.Fatalf("fingerprint %v: want no field that is left out", want)
	}
	for name, change := range map[string]func(*state){
		"Tick": func(s *state) { s.Tick = 4 }, "Cash": func(s *state) { s.Cash[1] = 2.0000000000000004 },
		"ID": func(s *state) { s.ID[0] = 6 }, "Inner.A": func(s *state) { s.Inner.A = 5 }, "Inner.B": func(s *state) { s.Inner.B[0] = 6 },
		"Books": func(s *state) { s.Books[0].Cost.Admin = 1 }, "": func(s *state) { s.Left = []int{1} },
	} {
		for field, h := range of(change) {
			if (h != want[field]) != (field == name) {
				t.Errorf("change of %q: field %s is changed: %v", name, field, h != want[field])
			}
		}
	}
}
