package world

import (
	"slices"
	"testing"

	"agglo/sim/rng"
)

// By hand: of three suppliers the second and third bear marks, of which one is asked for; a collaborator who bears it does not count.
func TestMarkedByHand(t *testing.T) {
	for _, wide := range passes() {
		var f Firms
		for k := range 20 {
			f.Found(uint64(k+1)<<30, 0)
		}
		for _, j := range []int32{3, 4, 5} {
			f.TakeSupplier(1, NewHalfTie(j, f.ID[1], f.ID[j], .5, 1))
		}
		f.Join(1, 6, .5, 1)
		f.Flag[4], f.Flag[5], f.Flag[6] = FlagExit, FlagBroken|FlagMoved, FlagExit
		found := make([]Slots, 20)
		f.marked(0, FlagExit, found, wide)
		if want := append([]Slots{0, 1 << 1}, make([]Slots, 18)...); !slices.Equal(found, want) {
			t.Errorf("found %b, want %b (wide: %v)", found, want, wide)
		}
		f.marked(1, FlagExit|FlagMoved, found[:1], wide)
		if found[0] != 1<<1|1<<2 {
			t.Errorf("found %b with two marks, want slots 1 and 2 (wide: %v)", found[0], wide)
		}
	}
}

// Eight at a time come to what one at a time comes to, whatever rows hold and however many bear marks, and read no mark behind the last.
func TestMarkedWide(t *testing.T) {
	for n, share := range []float64{0, .02, .5, 1} {
		for rows := 1; rows < 70; rows++ {
			seed := rng.Seed(n + 1)
			f := Firms{Flag: make([]uint8, rows)}
			f.TieRows, f.SupplySet, f.CollabSet, f.MoreOf, f.ID = scattered(seed, rows, rows)
			for i := range rows {
				for lane := range lanes {
					f.TieRows[i].partner[lane] = int32(seed.Uniform(3, uint64(i), lane, 0) * float64(rows))
				}
				if seed.Uniform(4, uint64(i), 0, 0) < share {
					f.Flag[i] = uint8(seed.Bits(5, uint64(i), 0, 0))
				}
			}
			plain, eight := make([]Slots, rows), make([]Slots, rows)
			f.marked(0, FlagExit|FlagMoved, plain, false)
			if f.marked(0, FlagExit|FlagMoved, eight, wide()); !slices.Equal(plain, eight) {
				t.Fatalf("%d rows: found %b, want %b", rows, eight, plain)
			}
		}
	}
}

func BenchmarkMarked(b *testing.B) {
	for _, wide := range passes() {
		b.Run(map[bool]string{true: "wide", false: "plain"}[wide], func(b *testing.B) {
			const rows = 1 << 16
			seed := rng.Seed(3)
			f := Firms{Flag: make([]uint8, rows)}
			f.TieRows, f.SupplySet, f.CollabSet, f.MoreOf, f.ID = scattered(seed, 0, rows)
			for i := range rows {
				f.SupplySet[i] = 1<<(3+seed.Bits(6, uint64(i), 0, 0)%5) - 1
				for lane := range lanes {
					f.TieRows[i].partner[lane] = int32(seed.Uniform(3, uint64(i), lane, 0) * rows)
				}
				if seed.Chance(.02, 4, uint64(i), 0, 0) {
					f.Flag[i] = FlagExit
				}
			}
			found := make([]Slots, Batch)
			for n := range b.N {
				f.marked(n*Batch%rows, FlagExit|FlagMoved, found, wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/Batch, "ns/row")
		})
	}
}
