package world

import (
	"fmt"
	"math"
	"testing"
)

// close fails unless got is want to a relative 1e-12.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// A sector that emerges half-way in year 25 with a width of 3 years: 1/(1+e^-1) = .7310586 three years later, and the
// logistic is antisymmetric around its middle. A mature sector grows by e^(gt) alone.
func TestPath(t *testing.T) {
	start := Date{2000, 3}
	plain := Sector{DemandGrowth: .02}
	young := Sector{Emerging: &Emerging{Midpoint: Date{2025, 3}, WidthYears: 3}}
	both := Sector{DemandGrowth: .02, Emerging: young.Emerging}
	for _, c := range []struct {
		name   string
		sector *Sector
		years  float64
		want   float64
	}{
		{"at rest", &Sector{}, 40, 1},
		{"growing", &plain, 10, 1.2214027581601699}, // e^.2
		{"emerging, middle", &young, 25, .5},
		{"emerging, a width later", &young, 28, .7310585786300049},
		{"emerging, a width before", &young, 22, 1 - .7310585786300049},
		{"emerging, start", &young, 0, 1 / (1 + math.Exp(25.0/3))},
		{"emerging and growing", &both, 25, .5 * 1.6487212707001282},
	} {
		near(t, c.name, c.sector.Path(c.years, start), c.want)
	}
	for y := 0.0; y < 60; y++ {
		if young.Path(y+1, start) <= young.Path(y, start) {
			t.Errorf("an emerging sector shrinks in year %g", y)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		from, to Date
		ticks    int
	}{
		{Date{2000, 1}, Date{2000, 1}, 0}, {Date{2000, 1}, Date{2010, 1}, 40}, {Date{2000, 3}, Date{2001, 1}, 2}, {Date{2001, 1}, Date{2000, 4}, -1},
	} {
		if got := c.to.Ticks(c.from); got != c.ticks {
			t.Errorf("%v to %v: %d ticks, want %d", c.from, c.to, got, c.ticks)
		}
		near(t, "years", c.to.YearsAfter(c.from), float64(c.ticks)/4)
	}
}

// three is a world of three sectors, the last one emerging, with nothing in it that Advance does not need.
func three() *World {
	s := &Setting{
		Start: Date{2000, 1},
		Sectors: []Sector{{ID: "a"}, {ID: "b", DemandGrowth: .01},
			{ID: "c", Emerging: &Emerging{Midpoint: Date{2010, 1}, WidthYears: 2, Mature: 50}}},
		Inputs: [][]float64{{.5, .3, .2}, {.1, .8, .1}, {0, 0, 1}},
	}
	w := &World{Setting: s}
	w.Params.Sigma, w.Params.Beta, w.Params.WorldGrowth, w.Params.PopulationGrowth = 5, .35, .02, .01
	w.Base.Share, w.Base.World = []float64{.4, .6, .3}, []float64{2, 3, 4}
	w.Base.Firms, w.Base.Sales = []float64{10, 20, 5}, []float64{4, 3, 4}
	w.Now = Now{Demand: make([]float64, 3), Share: make([]float64, 3), World: make([]float64, 3), Inputs: make([]float64, 9)}
	return w
}

func sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}

// What grows outside: wages by e^(g t), technology by beta g t, people by e^(n t). Shares of spending always sum to 1, and
// the world's spending moves between sectors without becoming more.
func TestAdvance(t *testing.T) {
	w := three()
	for _, tick := range []int{0, 1, 7, 40, 80, 400} {
		w.Advance(tick)
		years := float64(tick) / 4
		near(t, "wage", w.Now.Wage, math.Exp(.02*years))
		near(t, "technology", w.Now.LogTech, .007*years)
		near(t, "people", w.Now.Population, math.Exp(.01*years))
		near(t, "shares of households' spending", sum(w.Now.Share), 1)
		for r := range 3 {
			near(t, fmt.Sprintf("shares of inputs of sector %d", r), sum(w.Now.Inputs[3*r:3*r+3]), 1)
		}
		// mature firms and sales: 10x4, 20x3 and 5x4; the first two are there from the start: 100
		spent := 0.0
		for k, mature := range []float64{40, 60, 20} {
			spent += mature * w.Now.Demand[k] * w.Now.World[k]
			near(t, "demand of the world", w.WorldDemand(k), w.Base.World[k]*w.Now.World[k]*w.Now.Wage)
		}
		near(t, "the world's spending", spent, 100)
	}
	w.Advance(40) // half-way: .5 of the emerging sector, e^.1 of the growing one
	d := []float64{1, math.Exp(.1), .5}
	all := .4*d[0] + .6*d[1] + .3*d[2]
	near(t, "share of the emerging sector", w.Now.Share[2], .15/all)
	near(t, "input share of the emerging sector", w.Now.Inputs[2], .1/(.5+.3*d[1]+.1))
	if w.Now.Tick != 40 {
		t.Errorf("the clock shows %d", w.Now.Tick)
	}
}

// A shock of demand by -37% is felt from its first tick to the one before its last, by its sectors alone, at home and in
// the world. A world price 10% higher multiplies world demand by 1.1^4.
func TestShocks(t *testing.T) {
	calm := three()
	w := three()
	w.Setting.Shocks = []Shock{
		{What: "demand", Sectors: []int{1}, From: 4, To: 8, Change: -.37},
		{What: "world_price", From: 6, To: 7, Change: .1},
		{What: "venture", From: 0, To: 99, Change: -.9},
	}
	for tick := range 10 {
		calm.Advance(tick)
		w.Advance(tick)
		for k := range 3 {
			demand, price := 1.0, 1.0
			if k == 1 && tick >= 4 && tick < 8 {
				demand = .63
			}
			if tick == 6 {
				price = 1.4641
			}
			near(t, fmt.Sprintf("tick %d, sector %d: world", tick, k), w.Now.World[k], calm.Now.World[k]*demand*price)
			hit := 1.0
			if tick >= 4 && tick < 8 {
				hit = 1 - .37*calm.Now.Share[1]
			}
			near(t, fmt.Sprintf("tick %d, sector %d: share", tick, k), w.Now.Share[k], calm.Now.Share[k]*demand/hit)
		}
	}
}

func TestConstants(t *testing.T) {
	p := Params{Sigma: 5, Alpha: .15, Beta: .35, Interest: .05, Depreciation: .1}
	near(t, "user cost", p.UserCost(), .15)
	near(t, "share of inputs", p.InputShare(), .5)
	near(t, "cost over price", p.CostShare(), .8)
	w := &World{Params: p, Setting: &Setting{Sectors: []Sector{{}, {RDIntensity: .2}}}}
	w.Params.Research = .03
	near(t, "R&D of the default", w.ResearchShare(0), .03)
	near(t, "R&D of the sector", w.ResearchShare(1), .2)
	r := Region{TrustPrior: .4}
	near(t, "a stranger's trust", r.Prior(), .26)
	near(t, "user cost without levers", w.UserCost(0), .15)
	w.Firms.Found(1, 0)
	w.Firms.Found(2, 0)
	w.ClearLevers()
	w.Levers.Push(LeverUserCost, 0, .03)
	w.Levers.Push(LeverUserCost, 1, 9)
	near(t, "user cost with a subsidy", w.UserCost(0), .12)
	near(t, "user cost has a floor", w.UserCost(1), .015)
	near(t, "user cost of a row that the levers do not know", w.UserCost(7), .15)
}

// A shock of demand in all sectors leaves households' shares as they are, since households spend what they have: it moves the
// world's demand alone.
func TestADemandShockOfAllSectorsIsTheWorlds(t *testing.T) {
	calm, w := three(), three()
	w.Setting.Shocks = []Shock{{What: "demand", From: 2, To: 9, Change: -.15}}
	calm.Advance(4)
	w.Advance(4)
	for s := range 3 {
		near(t, "share of households", w.Now.Share[s], calm.Now.Share[s])
		near(t, "the world's demand", w.WorldDemand(s), .85*calm.WorldDemand(s))
	}
}
