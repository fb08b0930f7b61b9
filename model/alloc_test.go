package model

import (
	"testing"

	"agglo/sim"
)

// Walking the firms and cells of a tick costs no memory: a phase may allocate a little for a block of 1,024 rows, nothing for
// a row, and for each group of sectors a map of its clusters. Every fourth tick holds all phases.
func TestNoAllocationPerFirm(t *testing.T) {
	s := small(t, 2, 4000)
	s.Policies = acts()
	e := begun(t, s)
	w := to(t, e, 7)
	const tick = 8
	for _, p := range e.Phases {
		if p.Once != nil {
			if err := p.Once(w, tick); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if p.Ready != nil {
			p.Ready(w)
		}
		block, rows := p.Block, p.Rows(w)
		if block <= 0 {
			block = sim.BlockRows
		}
		blocks := (rows + block - 1) / block
		allocs := testing.AllocsPerRun(1, func() {
			for lo := 0; lo < rows; lo += block {
				p.Each(w, tick, lo, min(lo+block, rows))
			}
		})
		most := float64(blocks)
		if p.Name == "clusters are sought" {
			most *= 4 // label, front, number and places of a group
		}
		if allocs > most {
			t.Errorf("%s: %g allocations for %d blocks of %d rows", p.Name, allocs, blocks, block)
		} else if allocs > 0 {
			t.Logf("%s: %g allocations for %d blocks", p.Name, allocs, blocks)
		}
	}
}
