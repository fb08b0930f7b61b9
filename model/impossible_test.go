package model

import (
	"strings"
	"testing"

	"agglo/model/world"
)

// Each impossible setup is refused with its own reason, and several with all of theirs at once.
func TestImpossibleSetups(t *testing.T) {
	cases := []struct {
		want  []string
		wreck func(s *Setup)
	}{
		{[]string{"economy.alpha + economy.beta = 1.2: want below 1"}, func(s *Setup) { s.Params.Economy.Alpha, s.Params.Economy.Beta = .5, .7 }},
		{[]string{"production.slack = 1: with economy.sigma = 1.2"}, func(s *Setup) { s.Params.Production.Slack, s.Params.Economy.Sigma = 1, 1.2 }},
		{[]string{"sector machines: 10 workers in 133 firms: want more than the overhead of 0.3 workers a firm"}, func(s *Setup) { s.Setting.Sectors[1].Employment = 10 }},
		{[]string{"no firm at the start"}, func(s *Setup) {
			for k := range s.Setting.Sectors {
				s.Setting.Sectors[k].Firms, s.Setting.Sectors[k].Employment = 0, 0
			}
		}},
		{[]string{"area square: 20 x 21 cells, but land for 400"}, func(s *Setup) { s.Setting.Areas[0].NY = 21 }},
		{[]string{"area square: wage 0: want above 0"}, func(s *Setup) { s.Setting.Areas[0].Wage = 0 }},
		{[]string{"labour force 100 for 1840 jobs"}, func(s *Setup) { s.Setting.Areas[0].LabourForce = 100 }},
		{[]string{"at least one area, one sector and one treasury: have 1, 4, 0"}, func(s *Setup) { s.Setting.Regions = nil }},
		{[]string{"at least one area, one sector and one treasury: have 0, 4, 2"}, func(s *Setup) { s.Setting.Areas = nil }},
		{[]string{"trust.loss", "1.4", "[0,1]"}, func(s *Setup) { s.Params.Trust.Loss = 1.4 }},
		{[]string{"no cell with land"}, func(s *Setup) { clear(s.Setting.Areas[0].Land) }},
		{[]string{"market width 1 km"}, func(s *Setup) { s.Params.Labour.MarketKM = 1 }},
		{[]string{"no cell with land"}, func(s *Setup) { s.Setting.Areas[0].Land = make([]float64, 400) }},
		{[]string{"area square: 0 x 20 cells of 2 km: want at least one cell"}, func(s *Setup) { s.Setting.Areas[0].NX = 0 }},
		{[]string{"area square: 20 x 20 cells of 0 km"}, func(s *Setup) { s.Setting.Areas[0].CellKM = 0 }},
		{[]string{"area square: labour force -1: want 0, for natural unemployment"}, func(s *Setup) { s.Setting.Areas[0].LabourForce = -1 }},
		{[]string{"area square: cell 7 has land -2"}, func(s *Setup) { s.Setting.Areas[0].Land[7] = -2 }},
		{[]string{"area square: cell 9 lies in region 2 of 2"}, func(s *Setup) { s.Setting.Areas[0].Region[9] = 2 }},
		{[]string{"plants lie outside every area"}, func(s *Setup) {
			s.Params.Trust.TieBase = 1
			s.Setting.Plants = []world.Plant{{At: world.Point{X: 5, Y: 9}, Employment: 5}, {At: world.Point{X: 900}, Employment: 5}}
		}},
		{[]string{"plant 0: sector 4 of 4", "plant 1: 0 workers"}, func(s *Setup) {
			s.Setting.Plants = []world.Plant{{Sector: 4, At: world.Point{X: 5, Y: 9}, Employment: 5}, {At: world.Point{X: 5, Y: 9}}}
		}},
		{[]string{"labour force 100 for 120 jobs"}, func(s *Setup) {
			s.Setting.Areas[0].LabourForce = 100
			s.Setting.Plants = []world.Plant{{At: world.Point{X: 5, Y: 9}, Employment: 120}}
		}},
		{[]string{"economy.interest + economy.depreciation = 0.005: want at least 0.01"}, func(s *Setup) {
			s.Params.Economy.Interest, s.Params.Economy.Depreciation = 0, .005
		}},
		{[]string{"trust.tie_base = 4: every firm may keep as many suppliers", "2 firms at the start: want at most 1"}, func(s *Setup) {
			s.Setting.Plants = []world.Plant{{At: world.Point{X: 5, Y: 9}, Employment: 5}, {At: world.Point{X: 6, Y: 9}, Employment: 5}}
		}},
		{[]string{"sector new emerges with 3000 firms", "there are 2000 people"}, func(s *Setup) {
			s.Setting.Areas[0].LabourForce = 2000
			s.Setting.Sectors[3].ID, s.Setting.Sectors[3].Firms = "new", 3000
			s.Setting.Sectors[3].Emerging = &world.Emerging{From: world.Date{Year: 2001, Quarter: 1}, WidthYears: 5, Mature: 100}
		}},
		{[]string{"areas square and other lie on each other: 90 cells of other have their middle on land of square"}, func(s *Setup) {
			other := s.Setting.Areas[0]
			other.ID, other.X0, other.Y0 = "other", other.X0+20, other.Y0-20
			s.Setting.Areas = append(s.Setting.Areas, other)
		}},
		{[]string{"area far: about ", "jobs at the start for a labour force of 40: want at least as many people as jobs"}, func(s *Setup) {
			s.Setting.Areas[0].LabourForce = 4000
			far := s.Setting.Areas[0]
			far.ID, far.Y0, far.LabourForce = "far", far.Y0+400, 40
			s.Setting.Areas = append(s.Setting.Areas, far)
		}},
		{[]string{"sector machines is there twice"}, func(s *Setup) { s.Setting.Sectors[2].ID = "machines" }},
		{[]string{"sector new emerges over 0 years"}, func(s *Setup) {
			s.Setting.Sectors[3].Emerging = &world.Emerging{From: world.Date{Year: 2001, Quarter: 1}, Mature: 100}
		}},
		{[]string{"input shares of 3 sectors for 4 sectors"}, func(s *Setup) { s.Setting.Inputs = s.Setting.Inputs[:3] }},
		{[]string{"input shares of buyer 1: 4 shares that add up to 1.5, want 4 that add up to 1"}, func(s *Setup) { s.Setting.Inputs[1] = []float64{.5, .5, .5, 0} }},
		{[]string{"input shares of buyer 1: -1"}, func(s *Setup) { s.Setting.Inputs[1] = []float64{1, 1, -1, 0} }},
		{[]string{"shock slump: sector 4 of 4"}, func(s *Setup) { s.Setting.Shocks[0].Sectors = []int{4} }},
		{[]string{"demography.entrant_least = 1.2: want more than economy.overhead = 1.2"}, func(s *Setup) { s.Params.Economy.Overhead = 1.2 }},
		// markets without buyers: the world buys what is left, but nobody reaches it; or nothing is left for households
		{[]string{"sells to the world, but no firm reaches it: want market.reach or start.exporters above 0"}, func(s *Setup) {
			s.Params.Market.Reach, s.Params.Start.Exporters = 0, 0
		}},
		{[]string{"no such"}, func(s *Setup) { s.Policies = acts(); s.Policies[1].Instrument = "no such" }},
	}
	if _, err := New(small(t, 1, 400)); err != nil {
		t.Fatalf("a possible setup: %v", err)
	}
	for _, c := range cases {
		s := small(t, 1, 400)
		c.wreck(&s)
		_, err := New(s)
		if err == nil {
			t.Errorf("taken, want %q", c.want)
			continue
		}
		for _, part := range c.want {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("want %q, have: %v", part, err)
			}
		}
	}
	s := small(t, 1, 400)
	for _, k := range []int{0, 2, 4, 5, 9} {
		cases[k].wreck(&s)
	}
	_, err := New(s)
	if err == nil {
		t.Fatal("five faults were taken")
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) < 5 {
		t.Errorf("five faults, %d reasons: %v", len(lines), err)
	}
}

// Regions at the edge of what is possible run: one cell, one sector, one firm; all parameters that may be 0 at 0.
func TestEdgeSetups(t *testing.T) {
	tiny := small(t, 1, 400)
	tiny.Setting.Areas = []world.Area{{ID: "cell", CellKM: 20, NX: 1, NY: 1, Land: []float64{100}, Region: []int32{0}, LabourForce: 50, Wage: 1}}
	tiny.Setting.Sectors, tiny.Setting.Inputs = tiny.Setting.Sectors[:1], [][]float64{{1}}
	tiny.Setting.Sectors[0].Firms, tiny.Setting.Sectors[0].Employment = 1, 40
	tiny.Setting.Shocks = nil
	p := &tiny.Params
	p.Production.InputKM, p.Production.PoolKM, p.Knowledge.AirKM, p.Labour.MarketKM = 40, 40, 40, 20
	p.Trust.TieBase = 0 // who is alone knows nobody
	still := small(t, 1, 400)
	k := &still.Params
	k.Production.LocalShare, k.Production.PoolElasticity, k.Production.Relational, k.Production.Governance, k.Production.Rent = 0, 0, 0, 0, 0
	k.Knowledge.Innovation, k.Knowledge.Imitation, k.Knowledge.Catchup = 0, 0, 0
	k.Demography.SpinOff, k.Demography.DeNovo, k.Demography.Hazard, k.Demography.Move, k.Demography.Sharpness = 0, 0, 0, 0, 0
	k.Market.Volatility, k.Labour.Migration, k.Labour.Quits, k.Trust.Dealing, k.Trust.StartRounds = 0, 0, 0, 0, 0
	for name, s := range map[string]Setup{"one firm": tiny, "nothing moves": still} {
		e := begun(t, s)
		for tick := 1; tick <= 24; tick++ {
			w := to(t, e, tick)
			if err := w.Invariants(); err != nil {
				t.Fatalf("%s, tick %d: %v", name, tick, err)
			}
		}
	}
}
