package knowledge

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// learn lets a tick of learning pass over all rows.
func learn(w *world.World, r *Rules, tick int) {
	w.Sums.Reset(w.Rows(), sim.BlockRows, Sums(w))
	for lo := 0; lo < w.Rows(); lo += sim.BlockRows {
		r.Learn(w, tick, lo, min(lo+sim.BlockRows, w.Rows()))
	}
}

// Four times the normal R&D doubles the rate of innovation at an elasticity of .5; the normal amount, or none to compare
// with, leaves it. The bound lies nowhere below, whatever the elasticity.
func TestIntensity(t *testing.T) {
	_, r := plain(t, 1, Params{ScienceKM: 50, ResearchElasticity: .5})
	for _, c := range []struct{ spent, want float64 }{{4, 1}, {16, 2}, {1, .5}, {0, 0}} {
		near(t, fmt.Sprintf("factor at %g", c.spent), r.intensity(c.spent, 4), c.want, 1e-12)
	}
	near(t, "factor without sales", r.intensity(5, 0), 1, 0)
	for _, e := range []float64{0, .5, 1, 1.3, 2} {
		r.P.ResearchElasticity = e
		for _, spent := range []float64{0, .5, 4, 5, 40} {
			if x, most := r.intensity(spent, 4), r.mostIntensity(spent, 4); x > most*(1+1e-12) {
				t.Errorf("factor of %g at elasticity %g is %g: above its bound %g", spent, e, x, most)
			}
		}
	}
	if most := r.mostIntensity(4, 4); most != 1 {
		t.Errorf("bound at the normal amount is %g: want 1", most)
	}
}

// Firms that are given three times what they spend themselves innovate twice as often and have four times the stock.
func TestLearnOnGrants(t *testing.T) {
	const firms, ticks = 20000, 4
	w, r := plain(t, firms, Params{Innovation: .1, ResearchElasticity: .5, Step: 1, Largest: .1, ScienceKM: 50, Distance: .1})
	f := &w.Firms
	w.ClearLevers()
	for i := range f.ID {
		f.Sales[i] = 100
		w.Levers.Push(world.LeverResearch, i, 12*float64(i%2))
		f.Born[i] = -100
	}
	n := [2]float64{}
	for tick := 1; tick <= ticks; tick++ {
		for i := range f.LogTech {
			f.LogTech[i] = 0
		}
		learn(w, r, tick)
		for i := range f.LogTech {
			if f.LogTech[i] > 0 {
				n[i%2]++
			}
		}
	}
	for k, want := range []float64{.025, .05} {
		of := float64(firms * ticks / 2)
		if sd := math.Sqrt(want * (1 - want) * of); math.Abs(n[k]-want*of) > 4*sd {
			t.Errorf("%g innovations with grant %d, want %g within %g", n[k], k, want*of, 4*sd)
		}
	}
	near(t, "stock with grants", float64(f.Stock[1]), 4*float64(f.Stock[0]), 1e-6)
}

// Science at the firm's door adds to that of the place; a partner who knows .6 more, trusted by half, passes on a fifth.
func TestScienceOfFirms(t *testing.T) {
	w, r := plain(t, 3, Params{ScienceKM: 50, Referral: .2})
	f := &w.Firms
	for c := range w.Fields.Science {
		w.Fields.Science[c] = 1
	}
	near(t, "alone", r.science(w, 0), 1, 1e-12)
	w.ClearLevers()
	w.Levers.Push(world.LeverScience, 1, .6)
	f.Join(0, 1, .5, .8)
	f.TakeSupplier(0, world.NewHalfTie(2, 1, 2, 1, 1))
	near(t, "at the door", r.science(w, 1), 1.6, 1e-12)
	near(t, "told", r.science(w, 0), 1+.2*.5*.6, 1e-12)
	r.P.Referral = 0
	near(t, "nobody tells", r.science(w, 0), 1, 1e-12)
}

// A partner's lead of .5, trusted wholly, counts by what protects the partner; the neighbours' of .4 by what protects the
// place.
func TestProtection(t *testing.T) {
	for _, c := range []struct{ place, partner, want float64 }{{0, 0, .5}, {0, .5, .4}, {.5, .5, .25}, {1, 1, 0}, {.5, 0, .5}, {1, .9, .05}} {
		w, r := plain(t, 2, Params{ScienceKM: 50, Distance: .1})
		f := &w.Firms
		w.Place(0, 0, w.Ground[0].Mid(0))
		for k := range w.Fields.Firms {
			w.Fields.Firms[k], w.Fields.Tech[k] = 2+float64(f.SelfAir[0]), .8
		}
		w.ClearLevers()
		w.Levers.Push(world.LeverProtection, 0, c.place)
		w.Levers.Push(world.LeverProtection, 1, c.partner)
		f.Join(0, 1, 1, 1)
		f.Face[1].LogTech = .5
		r.Review(w, 0)
		near(t, fmt.Sprintf("%+v", c), float64(f.Ahead[0]), c.want, 1e-6)
	}
}

// A licence of 3 years of sales for a log point under a protection of .5: closing .05 of a gap of .4 in a year costs .03 of
// yearly sales of 200 a year, a quarter of it in the tick, and households receive it. What the world gives is free.
func TestLicence(t *testing.T) {
	for _, c := range []struct{ ip, ahead, world, due float64 }{{.5, .4, 0, 1.5}, {.5, .4, .5, 0}, {.5, .4, .3, 1.5}, {0, .4, 0, 0}, {1, .4, 0, 3}, {.5, 0, 0, 0}} {
		name := fmt.Sprintf("%+v", c)
		w, r := plain(t, 1, Params{ScienceKM: 50, Distance: .1, Imitation: .05, Licence: 3})
		f := &w.Firms
		w.Markets.Region, w.Markets.Force, w.Markets.Balance = make([]int32, 1), []float64{5}, make([]float64, 1)
		w.Setting.Regions[0].IP = c.ip
		w.Now.LogTech = c.world
		f.Sales[0], f.Ahead[0] = 200, float32(c.ahead)
		for f.ID[0]%4 == 3 { // not the quarter of its review
			f.ID[0]++
		}
		learn(w, r, 1)
		r.Collect(w)
		near(t, name+": paid", -f.Cash[0], c.due, 1e-6)
		near(t, name+": received", w.Markets.Balance[0], c.due, 1e-6)
	}
}

// Exporters win pipelines at .8 a year and anybody who holds one loses it at .4: two thirds of exporters hold one in the
// end, nobody else does. A pipeline costs .02 of sales a year and adds to what partners teach.
func TestPipeline(t *testing.T) {
	const firms, ticks = 8000, 40
	w, r := plain(t, firms, Params{ScienceKM: 50, Distance: .1, Partners: .5, Pipeline: .8, PipelineEnd: .4, PipelineKnow: .35, PipelineCost: .02})
	f := &w.Firms
	w.Base.Research = 1
	w.Markets.Region, w.Markets.Force, w.Markets.Balance = make([]int32, 1), []float64{5}, make([]float64, 1)
	for i := range f.ID {
		f.Sales[i], f.Exporter[i] = 100, i%2 == 0
	}
	paid := 0.0
	for tick := 1; tick <= ticks; tick++ {
		learn(w, r, tick)
		r.Collect(w)
		for i := range f.ID {
			if f.Pipeline[i] {
				paid += .5
			}
		}
	}
	held, cash := 0.0, 0.0
	for i := range f.ID {
		cash += f.Cash[i]
		switch {
		case f.Pipeline[i] && i%2 == 1:
			t.Fatal("a firm that does not export holds a pipeline")
		case f.Pipeline[i]:
			held++
		}
	}
	if of, want := firms/2., 2./3; math.Abs(held/of-want) > 4*math.Sqrt(want*(1-want)/of) {
		t.Errorf("%g of exporters hold a pipeline, want %g", held/of, want)
	}
	near(t, "cost", -cash, paid, 1e-9)
	near(t, "households", w.Markets.Balance[0], paid, 1e-9)
	for i := range 100 {
		f.Exporter[i], f.Pipeline[i] = true, false
		r.Review(w, i)
		without := f.Spill[i]
		f.Pipeline[i] = true
		r.Review(w, i)
		near(t, "what a pipeline adds", float64(f.Spill[i]-without), .175, 1e-6)
	}
}
