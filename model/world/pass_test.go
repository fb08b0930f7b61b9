package world

import (
	"iter"
	"math"
	"slices"
	"testing"

	"agglo/sim/rng"
)

// At the ends of the chances what a tick does can be told by hand.
func TestPassByHand(t *testing.T) {
	never, always := rng.BarAt(0), rng.BarAt(1)
	revised := [2]Revision{NewRevision(TieIdle, 0, .5), NewRevision(TieKept, .25, .5)}
	for _, c := range []struct {
		name                     string
		ends, deals, breaks      rng.Bar
		trust                    int32 // in suppliers
		dealings                 uint16
		supplies, collaborations Slots // rare
		after                    float64
		kept                     int
	}{
		{"nothing happens", never, never, always, 2 * FullTrust / 4, 0, 0, 0, .25, 0},
		{"all deal", never, always, never, 2 * FullTrust / 2, 3, 0, 0, .5, 1},
		{"all may break a deal", never, always, always, 0, 0, 1<<0 | 1<<1, 1 << 6, .5, 0},
		{"all may end", always, always, never, 0, 0, 1<<0 | 1<<1, 1 << 6, .5, 0},
	} {
		for _, wide := range passes() {
			f, p := &Firms{}, &Passing{c.ends, c.deals, c.breaks, revised, [2]rng.Deck{5, 6}}
			for k := range 12 {
				f.Found(uint64(k+1)<<40, 0)
			}
			f.TakeSupplier(0, NewHalfTie(3, f.ID[0], f.ID[3], .5, .5))
			f.TakeSupplier(0, NewHalfTie(4, f.ID[0], f.ID[4], .5, .5))
			for k := 5; k < 12; k++ {
				f.Join(0, k, .5, .5)
			}
			for slot := range 6 { // that of row 11 is left, in the last slot of seven
				f.Part(0, slot)
			}
			passed := make([]Passed, 12)
			f.pass(0, p, passed, wide)
			got := passed[0]
			if got.Trust != c.trust || got.Dealings != c.dealings || got.RareSupplies() != c.supplies || got.RareCollaborations() != c.collaborations {
				t.Errorf("%s: trust %d, %d dealings, rare %b and %b (wide: %v)", c.name, got.Trust, got.Dealings, got.RareSupplies(), got.RareCollaborations(), wide)
			}
			for _, tie := range []*Bond{f.SupplyOf(0).Bond(0), f.SupplyOf(0).Bond(1), f.CollabOf(0).Bond(6)} {
				if tie.Trust() != c.after || tie.Kept() != c.kept {
					t.Errorf("%s: %+v, want trust %g and %d dealings", c.name, *tie, c.after, c.kept)
				}
			}
			if f.SupplyOf(0).Partner(1) != 4 || f.CollabOf(0).Partner(6) != 11 {
				t.Errorf("%s: other partners", c.name)
			}
		}
	}
}

// passes are the ways of this processor to let a tick pass.
func passes() []bool {
	if wide() {
		return []bool{false, true}
	}
	return []bool{false}
}

// scattered makes rows of ties with anything in them: free rows, rows with one kind, full ones, some whose collaborations lie elsewhere.
func scattered(seed rng.Seed, n, rows int) (ties []TieRow, suppliers, collaborators []Slots, more []int32, ids []uint64) {
	for i := range rows {
		draw := func(k int) uint64 { return seed.Bits(1, uint64(i), n, k) }
		var row TieRow
		elsewhere := int32(0)
		for k := range lanes {
			bits := draw(3 + 3*k)
			row.partner[k], row.key[k] = int32(draw(1+3*k)>>40), uint32(draw(2+3*k))
			row.bond[k] = Bond{uint16(bits >> 16 % (FullTrust + 1)), uint8(bits >> 40), uint8(bits >> 8)}
		}
		s, c := Slots(draw(0))&(1<<SupplySlots-1), Slots(draw(0)>>20)&(1<<CollaborationSlots-1)
		switch i % 5 {
		case 0:
			s, c = 0, 0
		case 1:
			s, c = s&0xff, c&0xff
		case 2:
			s &= 0xf
		case 3:
			elsewhere = 1
		case 4:
			c &= 0xf
		}
		ties, suppliers, collaborators, more, ids = append(ties, row), append(suppliers, s), append(collaborators, c), append(more, elsewhere), append(ids, rng.Key(uint64(i)))
	}
	return ties, suppliers, collaborators, more, ids
}

// Eight half-ties at a time come to what one at a time comes to, whatever the chances, in any slots, and what lies behind is not touched.
func TestPassWide(t *testing.T) {
	const rows = 301
	seed := rng.Seed(11)
	for n, c := range [][3]float64{{0, 0, 0}, {.005, .35, .1}, {.2, .6, .5}, {0, 1, .5}, {1, 1, 1}, {.1, .1, 0}, {.5, .4, 1}} {
		ties, suppliers, collaborators, more, ids := scattered(seed, n, rows+1)
		for _, change := range [][2][2]float64{{{0, .98}, {.08, .92}}, {{0, 1}, {0, 1}}, {{0, 0}, {1, 0}}} {
			p := &Passing{rng.BarAt(c[0]), rng.BarAt(c[1]), rng.BarAt(c[2]),
				[2]Revision{NewRevision(TieIdle, change[0][0], change[0][1]), NewRevision(TieKept, change[1][0], change[1][1])},
				[2]rng.Deck{seed.Deck(2, n, 0), seed.Deck(2, n, 1)}}
			var after [2][]TieRow
			var passed [2][]Passed
			for k, wide := range []bool{false, wide()} {
				after[k], passed[k] = slices.Clone(ties), make([]Passed, rows+1)
				p.pass(after[k][:rows], suppliers, collaborators, more, ids, passed[k], wide)
			}
			for i := range after[0] {
				if after[0][i] != after[1][i] {
					t.Fatalf("chances %v, row %d: %+v, want %+v, from %+v", c, i, after[1][i], after[0][i], ties[i])
				}
				if passed[0][i] != passed[1][i] {
					t.Fatalf("chances %v, row %d: %+v has passed, want %+v", c, i, passed[1][i], passed[0][i])
				}
			}
			if passed[1][rows] != (Passed{}) {
				t.Fatalf("chances %v: a row too many", c)
			}
		}
	}
}

// A firm's collaborations see the same of a tick whether they lie in its row or elsewhere.
func TestPassElsewhere(t *testing.T) {
	for n := range 20 {
		for _, wide := range passes() {
			var here, there Firms
			p := &Passing{rng.BarAt(.1), rng.BarAt(.5), rng.BarAt(.3), [2]Revision{NewRevision(TieIdle, 0, .9), NewRevision(TieKept, .1, .9)}, [2]rng.Deck{rng.Deck(n), rng.Deck(1000 + n)}}
			for _, f := range []*Firms{&here, &there} {
				for k := range 12 {
					f.Found(rng.Key(uint64(k)), 0)
				}
				for k := range 7 {
					f.Join(0, 1+k, .5, .5)
				}
				for k := range 4 {
					f.TakeSupplier(0, NewHalfTie(int32(4+k), f.ID[0], f.ID[4+k], .5, .5))
				}
			}
			there.makeRoom(0, lanes-3)
			if len(here.More) != 0 || len(there.More) != 1 {
				t.Fatalf("%d and %d rows of their own", len(here.More), len(there.More))
			}
			a, b := make([]Passed, 12), make([]Passed, 12)
			here.pass(0, p, a, wide)
			there.pass(0, p, b, wide)
			b[0].more = 0
			if !slices.Equal(a, b) {
				t.Fatalf("passed %+v, want %+v (wide: %v)", b[0], a[0], wide)
			}
			if !slices.Equal(listed(here.AllSupplies(0)), listed(there.AllSupplies(0))) || !slices.Equal(listed(here.AllCollaborations(0)), listed(there.AllCollaborations(0))) {
				t.Fatalf("other ties, wide: %v", wide)
			}
		}
	}
}

// listed are the half-ties of an iterator.
func listed(ties iter.Seq2[int, HalfTie]) (all []HalfTie) {
	for _, t := range ties {
		all = append(all, t)
	}
	return all
}

// What is left to find out whether it is a rare event is as rare as it should be.
func TestPassFrequencies(t *testing.T) {
	const rows, ends, deals, breaks = 40_000, .02, .3, .1
	deck := rng.Seed(9).Deck(1, 4, 0)
	p := &Passing{rng.BarAt(ends), rng.BarAt(deals), rng.BarAt(breaks), [2]Revision{NewRevision(TieIdle, 0, 1), NewRevision(TieKept, 0, 1)}, [2]rng.Deck{deck, ^deck}}
	ties, suppliers, collaborators, ids := make([]TieRow, rows), make([]Slots, rows), make([]Slots, rows), make([]uint64, rows)
	for i := range ties {
		ids[i] = rng.Key(3, uint64(i))
		suppliers[i], collaborators[i] = 1<<7-1, 1<<3-1
		for k := range 7 {
			Ties{&ties[i], 0}.put(k, NewHalfTie(0, rng.Key(4, uint64(i)), rng.Key(5, uint64(k)), 0, 0))
		}
		for k := range 3 {
			Ties{&ties[i], lanes - 1}.put(k, NewHalfTie(0, rng.Key(4, uint64(i)), rng.Key(6, uint64(k)), 0, 0))
		}
	}
	for _, wide := range passes() {
		passed := make([]Passed, rows)
		p.pass(ties, suppliers, collaborators, make([]int32, rows), ids, passed, wide)
		rare, dealings := 0, 0
		for k := range passed {
			rare += passed[k].RareSupplies().Len() + passed[k].RareCollaborations().Len()
			dealings += int(passed[k].Dealings)
		}
		const n = 10 * rows
		for what, x := range map[string][2]float64{
			"rare": {float64(rare), ends + (deals-ends)*breaks}, "dealings": {float64(dealings), (deals - ends) * (1 - breaks)},
		} {
			if got := x[0] / n; math.Abs(got-x[1]) > 4*math.Sqrt(x[1]*(1-x[1])/n) {
				t.Errorf("%s: %.4f, want %.4f (wide: %v)", what, got, x[1], wide)
			}
		}
	}
}

func BenchmarkPass(b *testing.B) {
	for _, wide := range passes() {
		b.Run(map[bool]string{true: "wide", false: "plain"}[wide], func(b *testing.B) {
			p := &Passing{rng.BarAt(.005), rng.BarAt(.35), rng.BarAt(.05), [2]Revision{NewRevision(TieIdle, 0, .99), NewRevision(TieKept, .08, .92)}, [2]rng.Deck{}}
			ties, suppliers, collaborators, _, ids := scattered(3, 0, Batch)
			for i := range ties {
				suppliers[i], collaborators[i] = 1<<(3+i%5)-1, 1<<(2+i%3)-1
			}
			passed := make([]Passed, Batch)
			for n := range b.N {
				p.Decks = [2]rng.Deck{rng.Deck(uint64(n) * 0x9e3779b97f4a7c15), rng.Deck(n)}
				p.pass(ties, suppliers, collaborators, make([]int32, Batch), ids, passed, wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/Batch, "ns/row")
		})
	}
}
