package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Five plants on a line at 0, 1, 2, 10, 11; sector 0 is those at 0, 1 and 10, with weights 1, 2, 3, 4, 5.
func line5() Points {
	return Points{
		X: []float64{0, 1, 2, 10, 11}, Y: make([]float64, 5),
		Sector: []int32{0, 0, 1, 0, 1}, Weight: []float64{1, 2, 3, 4, 5},
	}
}

func TestMarconPuechByHand(t *testing.T) {
	p := line5()
	got := must[[]Optional](t)(MarconPuech(p, 0, 0, []float64{2, 1, .5}))
	// r = 1. Plant at 0: own 2 of 2. At 1: own 1 of 4. At 10: own 0 of 5. Global: (7-1)/14, (7-2)/13, (7-4)/11.
	near(t, "M(1)", got[1].Value, (1+.25+0)/(6.0/14+5.0/13+3.0/11), 1e-15)
	// r = 2. Plant at 0: 2 of 5. At 1: 1 of 4. At 10: 0 of 5.
	near(t, "M(2)", got[0].Value, (.4+.25)/(6.0/14+5.0/13+3.0/11), 1e-15)
	if got[2].Defined {
		t.Error("nobody has a neighbour within .5")
	}
	// Between the sectors the total of sector 1 is not reduced: 8/14, 8/13, 8/11.
	pair := must[[]Optional](t)(MarconPuech(p, 0, 1, []float64{1}))
	near(t, "M of a pair", pair[0].Value, (0+.75+1)/(8.0/14+8.0/13+8.0/11), 1e-15)
	// Only plants with a neighbour count, in both sums: move the last two 5 apart and the plant at 10 drops out.
	p.X[4] = 15
	got = must[[]Optional](t)(MarconPuech(p, 0, 0, []float64{1}))
	near(t, "M(1) without the lonely one", got[0].Value, 1.25/(6.0/14+5.0/13), 1e-15)
}

// A radius that holds everybody gives exactly 1, and sectors drawn at random give about 1 at any radius.
func TestMarconPuechNull(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	p := Points{}
	for range 2000 {
		p.X, p.Y = append(p.X, r.NormFloat64()), append(p.Y, r.NormFloat64())
		p.Sector, p.Weight = append(p.Sector, int32(r.IntN(3))), append(p.Weight, 1+r.ExpFloat64())
	}
	got := must[[]Optional](t)(MarconPuech(p, 1, 1, []float64{.2, 100}))
	near(t, "M over everybody", got[1].Value, 1, 1e-9)
	near(t, "M of random sectors", got[0].Value, 1, .06)
	turned := Points{Sector: p.Sector, Weight: p.Weight}
	for i := range p.X { // turn the map by 30 degrees and scale it by 2
		turned.X = append(turned.X, 2*(p.X[i]*math.Sqrt(.75)-p.Y[i]*.5))
		turned.Y = append(turned.Y, 2*(p.X[i]*.5+p.Y[i]*math.Sqrt(.75)))
	}
	same := must[[]Optional](t)(MarconPuech(turned, 1, 1, []float64{.4}))
	near(t, "M on a turned map", same[0].Value, got[0].Value, 1e-9)
}

func TestMarconPuechRefusals(t *testing.T) {
	var invalid *Invalid
	for name, spoil := range map[string]func(p *Points){
		"x": func(p *Points) { p.X[0] = math.NaN() }, "y": func(p *Points) { p.Y = p.Y[:1] },
		"sector": func(p *Points) { p.Sector[2] = -1 }, "weight": func(p *Points) { p.Weight[1] = -3 },
	} {
		p := line5()
		spoil(&p)
		if _, err := MarconPuech(p, 0, 0, []float64{1}); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := MarconPuech(line5(), 0, 0, []float64{-1}); !errors.As(err, &invalid) {
		t.Error(err)
	}
	for _, pair := range [][2]int32{{7, 0}, {0, 7}} {
		if got := must[[]Optional](t)(MarconPuech(line5(), pair[0], pair[1], []float64{1})); got[0].Defined {
			t.Errorf("%v: %+v", pair, got)
		}
	}
	if got := must[[]Optional](t)(MarconPuech(Points{}, 0, 0, []float64{1})); got[0].Defined {
		t.Error(got)
	}
}
