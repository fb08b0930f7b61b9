package world

import (
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
		name                string
		ends, deals, breaks rng.Bar
		want                Passed
		trust               float64
		kept                int
	}{
		{"nothing happens", never, never, always, Passed{Trust: 3 * FullTrust / 4}, .25, 0},
		{"all deal", never, always, never, Passed{Trust: 3 * FullTrust / 2, Dealings: 3}, .5, 1},
		{"all may break a deal", never, always, always, Passed{Rare: 1<<0 | 1<<4 | 1<<9}, .5, 0},
		{"all may end", always, always, never, Passed{Rare: 1<<0 | 1<<4 | 1<<9}, .5, 0},
	} {
		for _, wide := range passes() {
			ties := make([]HalfTie, rowSlots)
			for _, k := range []int{0, 4, 9} {
				ties[k] = NewHalfTie(int32(k), 1<<40, uint64(k+2)<<40, .5, .5)
			}
			p, passed := &Passing{c.ends, c.deals, c.breaks, revised}, make([]Passed, 1)
			p.pass(ties, []Slots{1<<0 | 1<<4 | 1<<9}, []uint64{77}, rng.Deck(5), passed, wide)
			if passed[0] != c.want {
				t.Errorf("%s: %+v, want %+v (wide: %v)", c.name, passed[0], c.want, wide)
			}
			for _, k := range []int{0, 4, 9} {
				if tie := &ties[k]; tie.Trust() != c.trust || tie.Kept() != c.kept || tie.Partner != int32(k) {
					t.Errorf("%s: slot %d is %+v, want trust %g and %d dealings", c.name, k, *tie, c.trust, c.kept)
				}
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

// Eight half-ties at a time come to what one at a time comes to, whatever the chances, in any slots, and what lies behind is not touched.
func TestPassWide(t *testing.T) {
	const rows = 301
	seed := rng.Seed(11)
	for n, c := range [][3]float64{{0, 0, 0}, {.005, .35, .1}, {.2, .6, .5}, {0, 1, .5}, {1, 1, 1}, {.1, .1, 0}, {.5, .4, 1}} {
		var ties []HalfTie
		var held []Slots
		var ids []uint64
		for i := range rows + 1 {
			draw := func(k int) uint64 { return seed.Bits(1, uint64(i), n, k) }
			slots := Slots(draw(0)) & (1<<rowSlots - 1)
			switch i % 4 {
			case 0:
				slots = 0
			case 1:
				slots &= 0xff
			}
			for k := range rowSlots {
				tie := HalfTie{Partner: int32(draw(3*k + 1)), key: uint32(draw(3*k + 2)), near: uint8(draw(3*k+3) >> 40), state: uint8(draw(3*k+3) >> 8)}
				tie.trust = uint16(draw(3*k+3) >> 16 % (FullTrust + 1))
				ties = append(ties, tie)
			}
			held, ids = append(held, slots), append(ids, rng.Key(uint64(i)))
		}
		for _, change := range [][2][2]float64{{{0, .98}, {.08, .92}}, {{0, 1}, {0, 1}}, {{0, 0}, {1, 0}}} {
			p := &Passing{rng.BarAt(c[0]), rng.BarAt(c[1]), rng.BarAt(c[2]),
				[2]Revision{NewRevision(TieIdle, change[0][0], change[0][1]), NewRevision(TieKept, change[1][0], change[1][1])}}
			deck := seed.Deck(2, n, 0)
			var after [2][]HalfTie
			var passed [2][]Passed
			for k, wide := range []bool{false, wide()} {
				after[k], passed[k] = slices.Clone(ties), make([]Passed, rows+1)
				p.pass(after[k][:rows*rowSlots], held[:rows], ids[:rows], deck, passed[k][:rows], wide)
			}
			for i := range after[0] {
				if after[0][i] != after[1][i] {
					t.Fatalf("chances %v, row %d, slot %d: %+v, want %+v, from %+v", c, i/rowSlots, i%rowSlots, after[1][i], after[0][i], ties[i])
				}
			}
			if !slices.Equal(passed[0], passed[1]) || passed[1][rows] != (Passed{}) {
				t.Fatalf("chances %v: what has passed differs", c)
			}
		}
	}
}

// What is left to find out whether it is a rare event is as rare as it should be.
func TestPassFrequencies(t *testing.T) {
	const rows, ends, deals, breaks = 40_000, .02, .3, .1
	p := &Passing{rng.BarAt(ends), rng.BarAt(deals), rng.BarAt(breaks), [2]Revision{NewRevision(TieIdle, 0, 1), NewRevision(TieKept, 0, 1)}}
	ties := make([]HalfTie, rows*rowSlots)
	held, ids := make([]Slots, rows), make([]uint64, rows)
	for i := range held {
		ids[i] = rng.Key(3, uint64(i))
		held[i] = 1<<10 - 1
		for k := range 10 {
			ties[i*rowSlots+k] = NewHalfTie(0, rng.Key(4, uint64(i)), rng.Key(5, uint64(k)), 0, 0)
		}
	}
	for _, wide := range passes() {
		passed := make([]Passed, rows)
		p.pass(ties, held, ids, rng.Seed(9).Deck(1, 4, 0), passed, wide)
		rare, dealings := 0, 0
		for k := range passed {
			rare += passed[k].Rare.Len()
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
			p := &Passing{rng.BarAt(.005), rng.BarAt(.35), rng.BarAt(.05), [2]Revision{NewRevision(TieIdle, 0, .99), NewRevision(TieKept, .08, .92)}}
			ties, held, ids, passed := make([]HalfTie, Batch*rowSlots), make([]Slots, Batch), make([]uint64, Batch), make([]Passed, Batch)
			for i := range held {
				ids[i] = rng.Key(3, uint64(i))
				held[i] = 1<<(3+i%5) - 1
				for k := range rowSlots {
					ties[i*rowSlots+k] = NewHalfTie(0, rng.Key(4, uint64(i)), rng.Key(5, uint64(k)), .5, .5)
				}
			}
			for n := range b.N {
				p.pass(ties, held, ids, rng.Deck(uint64(n)*0x9e3779b97f4a7c15), passed, wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/Batch, "ns/row")
		})
	}
}
