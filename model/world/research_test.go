package world

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// researcher is a world of one firm with sales of 100, a tenth of which it spends on R&D.
func researcher(ip float64) *World {
	w := &World{Setting: &Setting{Sectors: []Sector{{RDIntensity: .1}}, Regions: []Region{{IP: ip}}}}
	w.Params.ResearchElasticity, w.Params.ResearchLeastPrice = 1, .1
	w.Params.ResearchCrowding, w.Params.ResearchProtection = .5, .3
	w.Cells.Region = make([]int32, 1)
	w.Firms.Found(9, 0)
	w.Firms.Sales[0] = 100
	w.ClearLevers()
	return w
}

// Own R&D is 10. A fifth given back raises it to 12.5, of which 2.5 comes back. Full protection raises it by .3. A grant of 8
// crowds 4 of it out, unless the firm was short of credit. The price never falls below .1, own R&D never below 0.
func TestResearch(t *testing.T) {
	for _, c := range []struct {
		ip, price, protection, grant float64
		short                        bool
		own, given, paid             float64
	}{
		{own: 10},
		{ip: .5, own: 11.5},
		{protection: .5, own: 11.5},
		{ip: .8, protection: .5, own: 13},
		{ip: .5, protection: -1, own: 10},
		{price: .2, own: 12.5, paid: 2.5},
		{price: 2, own: 100, paid: 90},
		{price: -1, own: 10},
		{grant: 8, own: 6, given: 8, paid: 8},
		{grant: 8, short: true, own: 10, given: 8, paid: 8},
		{grant: 30, own: 0, given: 30, paid: 30},
		{grant: -3, own: 10},
		{ip: 1, price: .2, grant: 8, own: 12.25, given: 8, paid: 10.45},
	} {
		name := fmt.Sprintf("%+v", c)
		w := researcher(c.ip)
		for lever, x := range map[FirmLever]float64{LeverResearchPrice: c.price, LeverProtection: c.protection, LeverResearch: c.grant} {
			if x != 0 {
				w.Levers.Push(lever, 0, x)
			}
		}
		if c.short {
			w.Firms.Flag[0] = FlagShort
		}
		own, given := w.Research(0)
		for _, x := range [][2]float64{{own, c.own}, {given, c.given}, {w.ResearchPaid(0), c.paid}} {
			if math.Abs(x[0]-x[1]) > 1e-12*100 {
				t.Errorf("%s: own %v, given %v, paid %v", name, own, given, w.ResearchPaid(0))
			}
		}
	}
}

// Whatever is pulled: nobody is paid more than is spent, and more public money means more R&D in all.
func TestResearchBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := func(name string, hi float64) float64 { return rapid.Float64Range(0, hi).Draw(t, name) }
		w := researcher(x("ip", 1))
		price, grant, short := x("price", 1.5), x("grant", 1e3), rapid.Bool().Draw(t, "short")
		bare, _ := w.Research(0)
		w.Levers.Push(LeverResearchPrice, 0, price)
		w.Levers.Push(LeverResearch, 0, grant)
		if short {
			w.Firms.Flag[0] = FlagShort
		}
		own, given := w.Research(0)
		if paid := w.ResearchPaid(0); own < 0 || given != grant || paid < 0 || paid > (own+given)*(1+1e-12) || own+given < bare*(1-1e-12) {
			t.Errorf("own %v, given %v, paid %v, without it %v", own, given, paid, bare)
		}
	})
}

// R&D is as usual while no lever is pulled and no region protects ideas: then it is the sector's share of sales, and no more.
func TestResearchAsUsual(t *testing.T) {
	w := researcher(0)
	if own, given := w.Research(0); !w.ResearchAsUsual() || own != w.ResearchShare(0)*w.Firms.Sales[0] || given != 0 || w.Protection(0) != 0 {
		t.Errorf("own %g, given %g, protection %g, as usual: %t", own, given, w.Protection(0), w.ResearchAsUsual())
	}
	w.Levers.Push(LeverResearch, 0, 1)
	if w.ResearchAsUsual() {
		t.Error("money for R&D is as usual")
	}
	if researcher(.1).ResearchAsUsual() {
		t.Error("protection is as usual")
	}
}
