package demography

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// near fails unless got is want to a relative 1e-12.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// single is near for a column of 32 bits.
func single(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if !(math.Abs(float64(got)-want) <= 2e-7*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.9g, want %.9g", what, got, want)
	}
}

// frequency fails unless n of so many draws is within 4 standard errors of a chance.
func frequency(t *testing.T, what string, n, of, want float64) {
	t.Helper()
	if sd := math.Sqrt(want * (1 - want) * of); math.Abs(n-of*want) > 4*sd {
		t.Errorf("%s: %g of %g, want %g within %.0f", what, n, of, of*want, 4*sd)
	}
}

// .02 a year at mean size, by size^-.3 elsewhere, between a quarter and twice that.
func TestClosure(t *testing.T) {
	r := &Rules{P: Params{Hazard: .02, HazardSize: -.3}}
	for _, c := range []struct{ size, want float64 }{{1, .02}, {.2, .02 * math.Pow(.2, -.3)}, {5, .02 * math.Pow(5, -.3)}, {.001, .04}, {0, .04}, {1e6, .005}} {
		near(t, fmt.Sprintf("size %g", c.size), r.Closure(c.size), c.want)
	}
	rapid.Check(t, func(t *rapid.T) {
		if x := r.Closure(rapid.Float64Range(0, 1e9).Draw(t, "size")); x < .005 || x > .04 {
			t.Errorf("%v", x)
		}
	})
}

// The quick answer is the answer of the rate itself.
func TestSpinOffRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &Rules{P: Params{SpinOff: rapid.Float64Range(0, 1).Draw(t, "rate")}}
		u, ahead := rapid.Float64Range(0, 4).Draw(t, "u"), rapid.Float64Range(-3, 3).Draw(t, "ahead")
		size, clamp := rapid.Float64Range(0, 100).Draw(t, "size"), rapid.Float64Range(.2, 5).Draw(t, "clamp")
		rate := r.P.SpinOff * math.Exp(ahead) * math.Sqrt(size) * clamp
		if math.Abs(u-rate) > 1e-9 && leaves(u, ahead, r.leaving(size, clamp)) != (u < rate) {
			t.Errorf("%v against a rate of %v", u, rate)
		}
	})
}

// plain is a world of two sectors on 20 x 20 cells of 2 km, the western column of which is sea, with one labour market.
// Sites are worth nothing, workers sell 3 each, sales of 1 need a capital of 2.
func plain(t *testing.T, p Params) (*world.World, *Rules) {
	t.Helper()
	shape := grid.Shape{NX: 20, NY: 20, CellKM: 2}
	k, err := grid.Exponential(shape, 8)
	if err != nil {
		t.Fatal(err)
	}
	w := &world.World{Seed: 7, Setting: &world.Setting{Start: world.Date{Year: 2000, Quarter: 1}, Regions: make([]world.Region, 1), Sectors: make([]world.Sector, 2)}, Sectors: make([]world.SectorState, 2)}
	w.Ground = []world.Ground{{Shape: shape, Cells: 400, Supply: k, Pool: k, Air: k, Home: k}}
	w.Cells.Region, w.Cells.Market, w.Cells.Land = make([]int32, 400), make([]int32, 400), make([]float64, 400)
	w.Cells.Area = make([]uint16, 400)
	for c := range w.Cells.Land {
		if c%20 > 0 {
			w.Cells.Land[c] = 100
		}
	}
	w.Index.Start = make([]world.Bucket, 801)
	w.Fields.Jobs, w.Fields.LogWage, w.Fields.Wage = make([]float64, 400), make([]float64, 400), make([]float64, 400)
	for c := range w.Fields.Wage {
		w.Fields.Wage[c] = 1
	}
	w.Markets = world.Markets{Force: []float64{1e6}, Employed: []float64{0}, Balance: []float64{1e6}}
	w.Now = world.Now{Wage: 1, Population: 1, Demand: []float64{1, 1}, Inputs: []float64{.5, .5, .2, .8}}
	w.Base.Size, w.Base.Firms, w.Base.Sales, w.Base.Appeal = []float64{4, 4}, []float64{100, 50}, []float64{10, 10}, []float64{1000, 500}
	w.Params.OwnersAtHome = .5
	return w, New(p, w, Outside{
		Judge:   func(*world.World, []world.Visit) {},
		Credit:  func(*world.World, int) float64 { return 2 },
		SalesOf: func(_ *world.World, labour, _ float64) float64 { return 3 * labour },
		Capital: func(_ *world.World, sales float64) float64 { return 2 * sales },
		Inherit: func(w *world.World, child, partner int, trust float64) { w.Firms.Join(child, partner, trust, 1) },
	})
}

// better judges sites in the north to be worth so much, others nothing.
func better(north float64) func(w *world.World, visits []world.Visit) {
	return func(_ *world.World, visits []world.Visit) {
		for k := range visits {
			if visits[k].At.Y > 20 {
				visits[k].Value = north
			}
		}
	}
}

func add(w *world.World, sector int, at world.Point, labour float64) int {
	i := w.Firms.Found(uint64(len(w.Firms.ID)+1)*0x9e3779b97f4a7c15, sector)
	w.Place(i, 0, at)
	w.Firms.Labour[i], w.Firms.Sales[i], w.Firms.Appeal[i], w.Firms.Born[i] = labour, 3*labour, 1, -40
	return i
}

// Profit per firm at, twice, half, none and ten times the normal answers with 1, 4, .25, .2 and 5. Founders come from
// sectors that trade with theirs, half from their own.
func TestRespond(t *testing.T) {
	w, r := plain(t, Params{NormalProfit: .2, ProfitResponse: 2, OwnTrade: .5, DeNovo: .08})
	w.Sectors[1] = world.SectorState{Firms: 20, Jobs: 100, Profit: 40}
	for _, c := range []struct{ profit, wage, want float64 }{{2, 1, 1}, {4, 1, 4}, {1, 1, .25}, {0, 1, .2}, {-5, 1, .2}, {20, 1, 5}, {4, 2, 1}} {
		w.Sectors[0] = world.SectorState{Firms: 10, Jobs: 60, Profit: 10 * c.profit}
		w.Now.Wage = c.wage
		if err := r.Respond(w, 1); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("%+v", c), r.clamp[0], c.want)
		// sector 0 buys .5 of itself and .5 of the other, and sells .5 and .2: 1 and .7 of 1.7
		near(t, "own trade", r.related[0], .5+.5/1.7)
		near(t, "the other trade", r.related[1], .5*.7/1.7)
		near(t, "all founders come from somewhere", r.related[2]+r.related[3], 1)
		expected := r.rate[0] * (60*r.related[0] + 100*r.related[1])
		near(t, "foundings in a quarter", expected, .02*100*c.want)
	}
	w.Setting.Sectors[1].Emerging = &world.Emerging{From: world.Date{Year: 2001, Quarter: 1}}
	for tick, open := range map[int]bool{3: false, 4: false, 5: true} {
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		if (r.rate[1] > 0) != open {
			t.Errorf("tick %d: founders of a sector that emerges in tick 4 at rate %g", tick, r.rate[1])
		}
	}
}

// With points off a tax of .2, a profit of 2 keeps as much as one of 2.25 does without: entry answers as to that. Others of the sector that
// are spared nothing weigh on the mean.
func TestRespondToTaxBreak(t *testing.T) {
	w, r := plain(t, Params{NormalProfit: .2, ProfitResponse: 2, OwnTrade: .5, DeNovo: .08})
	w.Setting.Regions[0].TaxRate = .2
	for range 10 {
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		w.Firms.Profit[i] = 2
	}
	w.Sectors[0] = world.SectorState{Firms: 10, Jobs: 40, Profit: 20}
	for _, c := range []struct {
		spared int
		want   float64
	}{{0, 1}, {10, 1.125 * 1.125}, {5, 1.0625 * 1.0625}} {
		w.ClearLevers()
		for i := range c.spared {
			w.Levers.Push(world.LeverTax, i, .1)
		}
		if err := r.Respond(w, 1); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("%d of 10 firms spared half of their tax", c.spared), r.clamp[0], c.want)
	}
}

// Debt beyond the credit line, and a loss that a year's cash and credit cannot carry, close a firm. A bad quarter alone, or
// bad years with cash, do not.
func TestJudge(t *testing.T) {
	w, r := plain(t, Params{LossWeight: .2, NormalProfit: .2, ProfitResponse: 2, OwnTrade: .5})
	cases := []struct {
		name                 string
		cash, profit, losses float64
		after                float64
		exit                 bool
	}{
		{"healthy", 5, 1, 1, 1, false},
		{"at the credit line", -2, 1, 1, 1, false},
		{"beyond the credit line", -2.01, 1, 1, 1, true},
		{"a bad quarter", -1.5, -4, 1, 0, false},
		{"bad years, cash left", 8, -4, -4, -4, false},
		{"bad years, no cash", 1, -4, -4, -4, true},
		{"losses are over", 0, 3, -4, -2.6, false},
	}
	f := &w.Firms
	for _, c := range cases {
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		f.Cash[i], f.Profit[i], f.Losses[i] = c.cash, c.profit, float32(c.losses)
		f.Flag[i] = world.FlagExit | world.FlagMove | world.FlagBroken
	}
	if err := r.Respond(w, 1); err != nil {
		t.Fatal(err)
	}
	w.Sums.Reset(w.Rows(), sim.BlockRows, JudgeSums)
	r.Judge(w, 1, 0, w.Rows())
	for i, c := range cases {
		if got := f.Flag[i]&world.FlagExit != 0; got != c.exit {
			t.Errorf("%s: closes %v", c.name, got)
		}
		if f.Flag[i]&world.FlagMove != 0 || f.Flag[i]&world.FlagBroken == 0 {
			t.Errorf("%s: marks %b", c.name, f.Flag[i])
		}
		single(t, c.name+": moving average", f.Losses[i], c.after)
	}
	if a, b := w.Sums.Total(sumInsolvent), w.Sums.Total(sumLoss); a != 1 || b != 1 {
		t.Errorf("%g insolvent, %g by losses", a, b)
	}
}

// Chances of a quarter: closing .08 x 2^-.3/4 at twice the mean size of the start, leaving .4 x 2^.5/4 at twice the present
// mean, moving .2/4; independent of each other.
func TestJudgeFrequencies(t *testing.T) {
	const firms, ticks = 20000, 4
	w, r := plain(t, Params{Hazard: .08, HazardSize: -.3, SpinOff: .4, Move: .2, LossWeight: .2, NormalProfit: .1, ProfitResponse: 2, OwnTrade: .5})
	for range firms {
		i := add(w, 0, world.Point{X: 9, Y: 9}, 8)
		w.Firms.Cash[i] = 1e6
	}
	w.Sectors[0] = world.SectorState{Firms: 100, Jobs: 400, Profit: 100} // profit of 1 a firm is normal
	n := map[uint8]float64{}
	both := 0.0
	for tick := range ticks {
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		w.Sums.Reset(firms, sim.BlockRows, JudgeSums)
		for lo := 0; lo < firms; lo += sim.BlockRows {
			r.Judge(w, tick, lo, min(lo+sim.BlockRows, firms))
		}
		hazard := 0.0
		for _, flag := range w.Firms.Flag {
			for _, mark := range []uint8{world.FlagExit, world.FlagSpinOff, world.FlagMove} {
				if flag&mark != 0 {
					n[mark]++
				}
			}
			if flag&world.FlagExit != 0 {
				hazard++
			}
			if flag&world.FlagMove != 0 && flag&world.FlagSpinOff != 0 {
				both++
			}
		}
		near(t, "closures that are summed", w.Sums.Total(sumHazard), hazard)
	}
	const of = firms * ticks
	frequency(t, "closures", n[world.FlagExit], of, .02*math.Pow(2, -.3))
	frequency(t, "spin-offs", n[world.FlagSpinOff], of, .1*math.Sqrt2)
	frequency(t, "moves", n[world.FlagMove], of, .05)
	frequency(t, "moves of firms that an employee leaves", both, of, .05*.1*math.Sqrt2)
}

// Capital of 10 brings 5. With cash of -2 the owners get 3, half of them at home; with -7 the bank loses 2.
func TestLeave(t *testing.T) {
	w, r := plain(t, Params{Resale: .5})
	f := &w.Firms
	for _, cash := range []float64{-2, -7, 100} {
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		f.Cash[i], f.Capital[i] = cash, 10
	}
	f.Join(0, 2, .5, 1)
	f.Flag[0], f.Flag[1], f.Flag[2] = world.FlagExit, world.FlagExit|world.FlagMove, world.FlagMove
	before := w.Total()
	w.Sums.Reset(w.Rows(), sim.BlockRows, JudgeSums)
	if err := r.Leave(w, 1); err != nil {
		t.Fatal(err)
	}
	m := &w.Money
	near(t, "resale", m.Resale, 10)
	near(t, "written off", m.WrittenOff, 2)
	near(t, "owners outside", m.OwnersOut, 1.5)
	near(t, "households", w.Markets.Balance[0], 1e6+1.5)
	near(t, "money", w.Total()-before, m.Resale+m.WrittenOff-m.OwnersOut)
	if w.Count.Deaths != 2 || f.Alive != 1 || f.Collaborators(2) != 0 {
		t.Errorf("%d deaths, %d alive, %d ties of the living", w.Count.Deaths, f.Alive, f.Collaborators(2))
	}
}

// founders lets founders leave the work of 50 firms for some ticks.
func founders(t *testing.T, p Params, ticks int) (*world.World, *Rules) {
	w, r := plain(t, p)
	for k := range 50 {
		i := add(w, k%2, world.Point{X: 3 + math.Mod(float64(k)*3.3, 36), Y: math.Mod(float64(k)*7.7, 39)}, 10)
		w.Firms.Cash[i], w.Firms.Reach[i], w.Firms.LogTech[i] = 100, .7, .2
		w.Markets.Employed[0] += 10
	}
	w.Sectors[0] = world.SectorState{Firms: 25, Jobs: 250, Profit: 50, Appeal: 1000, LogTech: 5}
	w.Sectors[1] = w.Sectors[0]
	for tick := 1; tick <= ticks; tick++ {
		w.Reindex()
		clear(w.Fields.Jobs)
		for i := range w.Firms.ID {
			w.Fields.Jobs[w.Firms.Cell[i]] += w.Firms.Labour[i]
		}
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		r.Conceive(w, tick, 0, 400)
		if err := enter(r, w, tick); err != nil {
			t.Fatal(err)
		}
	}
	return w, r
}

// A founder brings .25 of a year's wages and half of the capital; the overdraft carries the rest, so that capital is paid to
// those who make it and no money appears. The newborn is as good as its parent, give or take, and has its sector's
// customers per worker.
func TestEnter(t *testing.T) {
	p := Params{DeNovo: 2, OwnTrade: .5, NormalProfit: .2, ProfitResponse: 2, Stay: 1, StayKM: 3, EntrantLeast: 1.2, EntrantTail: .5, Seed: .25, OwnCapital: .5, EntrantNoise: .15}
	w, _ := founders(t, p, 1)
	f := &w.Firms
	if w.Count.DeNovo < 30 || w.Count.Births != w.Count.DeNovo || w.Count.SpinOffs != 0 || w.Rows() != 50+w.Count.DeNovo {
		t.Fatalf("%+v, %d rows", w.Count, w.Rows())
	}
	near(t, "money", w.Total(), 1e6+50*100)
	employed, least, skill := 500.0, math.Inf(1), 0.0
	for i := 50; i < w.Rows(); i++ {
		employed += f.Labour[i]
		least = min(least, f.Labour[i])
		skill += f.LogTech[i] - .2
		near(t, "sales", f.Sales[i], 3*f.Labour[i])
		near(t, "capital", f.Capital[i], 6*f.Labour[i])
		near(t, "cash", f.Cash[i], .25*f.Labour[i]-3*f.Labour[i])
		near(t, "appeal", f.Appeal[i], 4*f.Labour[i])
		single(t, "reach", f.Reach[i], .7)
		if f.Born[i] != 1 || f.Trustee[i] != 1 || w.Cells.Land[f.Cell[i]] <= 0 {
			t.Errorf("firm %d: born %d, trust %g, land %g", i, f.Born[i], f.Trustee[i], w.Cells.Land[f.Cell[i]])
		}
	}
	near(t, "workers", w.Markets.Employed[0], employed)
	if n := float64(w.Count.DeNovo); least < 1.2 || math.Abs(skill/n) > 4*.15/math.Sqrt(n) {
		t.Errorf("least size %g, mean skill %g", least, skill/n)
	}
}

// Founders are as many as the rates say: of carried firms 100 and 50, .02 in a quarter each, at normal profit 5/10 x 2.
func TestNumberOfFounders(t *testing.T) {
	p := Params{DeNovo: .08, OwnTrade: .5, NormalProfit: .2, ProfitResponse: 2, Stay: 1, StayKM: 3, EntrantLeast: 1, Seed: .1}
	const ticks = 400
	w, r := plain(t, p)
	for k := range 50 {
		add(w, k%2, world.Point{X: 3 + math.Mod(float64(k)*3.3, 36), Y: math.Mod(float64(k)*7.7, 39)}, 10)
		w.Fields.Jobs[w.Firms.Cell[k]] += 10
	}
	w.Sectors[0] = world.SectorState{Firms: 25, Jobs: 250, Profit: 50, Appeal: 1000}
	w.Sectors[1] = w.Sectors[0]
	w.Reindex()
	n := [2]float64{}
	for tick := range ticks {
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		r.Conceive(w, tick, 0, 400)
		if err := enter(r, w, tick); err != nil {
			t.Fatal(err)
		}
		for i := 50; i < w.Rows(); i++ {
			if w.Firms.Born[i] == int32(tick) {
				n[w.Firms.Sector[i]]++
			}
		}
	}
	for s, want := range []float64{2 * ticks, 1 * ticks} {
		if math.Abs(n[s]-want) > 4*math.Sqrt(want) {
			t.Errorf("sector %d: %g founders, want %g within %.0f", s, n[s], want, 4*math.Sqrt(want))
		}
	}
}

// Without free workers, or with founders too poor for their capital, nobody is founded, and no money moves.
func TestRefusal(t *testing.T) {
	p := Params{SpinOff: 1, Stay: 1, StayKM: 3, EntrantLeast: 2, Seed: .25, OwnCapital: .5}
	for _, c := range []struct {
		name          string
		free, balance float64
		growth        float64
		want          int
	}{
		{"workers and money", 3, 30, 0, 1}, {"no workers", 1.9, 30, 0, 0}, {"no money", 3, 12, 0, 0}, // brought: .5 + 6
		{"workers who are about to retire", 2.05, 30, -.08, 0}, {"fewer of them", 2.05, 30, -.01, 1},
	} {
		w, r := plain(t, p)
		w.Params.PopulationGrowth = c.growth
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		w.Firms.Flag[i] = world.FlagSpinOff
		w.Markets.Force[0], w.Markets.Employed[0], w.Markets.Balance[0] = 4+c.free, 4, c.balance
		if err := enter(r, w, 1); err != nil {
			t.Fatal(err)
		}
		if w.Count.SpinOffs != c.want || w.Count.Refused != 1-c.want || w.Firms.Alive != 1+c.want {
			t.Errorf("%s: %+v", c.name, w.Count)
		}
		near(t, c.name+": money", w.Total(), c.balance)
	}
}

// A spin-off settles beside its parent, Laplace of 3 km in each direction (mean 3), knows its parent's partners and trusts
// them by half.
func TestSpinOff(t *testing.T) {
	const firms = 3000
	w, r := plain(t, Params{Stay: 1, StayKM: 1.5, EntrantLeast: 1, HeirTies: 2})
	f := &w.Firms
	for range firms {
		i := add(w, 0, world.Point{X: 20, Y: 20}, 10)
		f.Flag[i] = world.FlagSpinOff
	}
	for i := firms - 10; i < firms; i++ {
		f.Flag[i] = 0
	}
	for k := range 3 {
		f.Join(0, firms-1-k, .8, 1)
		f.Join(2000, firms-1-k, .8, 1)
	}
	f.Flag[1] |= world.FlagExit // who leaves with the firm founds nothing
	if err := enter(r, w, 9); err != nil {
		t.Fatal(err)
	}
	if w.Count.SpinOffs != firms-11 {
		t.Fatalf("%d spin-offs of %d", w.Count.SpinOffs, firms-11)
	}
	east, north := 0.0, 0.0
	for i := firms; i < w.Rows(); i++ {
		east += math.Abs(f.X[i]-20) / (firms - 11)
		north += math.Abs(f.Y[i]-20) / (firms - 11)
	}
	if tolerance := 4 * 1.5 / math.Sqrt(firms); math.Abs(east-1.5) > tolerance || math.Abs(north-1.5) > tolerance {
		t.Errorf("spin-offs settle at %g and %g km on the mean, want 1.5", east, north)
	}
	child := firms // the first firm's
	if f.Parent[child] != f.ID[0] || f.Collaborators(child) != 2 {
		t.Errorf("parent %d, %d ties inherited", f.Parent[child], f.Collaborators(child))
	}
	if got := f.CollabOf(child).Bond(0).Trust(); math.Abs(got-.4) > 2e-5 {
		t.Errorf("trust in the parent's partner %v, want .4", got)
	}
	if late := firms + 1999; f.Parent[late] != f.ID[2000] || f.Collaborators(late) != 2 { // the second firm has none
		t.Errorf("a late child of %d has parent %d and %d ties inherited, want 2", f.ID[2000], f.Parent[late], f.Collaborators(late))
	}
}

// Nobody leaves a firm that has closed in the tick, nor the newborn that has got its row, for a firm of his or her own.
func TestNobodyLeavesAClosedFirm(t *testing.T) {
	const tick, many = 1, 40
	for _, c := range []struct {
		name  string
		spoil func(f *world.Firms, row int)
		want  int
	}{
		{"stands", func(*world.Firms, int) {}, many},
		{"closed", func(f *world.Firms, row int) { f.ID[row] = 0 }, 0},
		{"its row is a newborn's", func(f *world.Firms, row int) { f.ID[row], f.Born[row] = 99, tick }, 0},
	} {
		w, r := plain(t, Params{DeNovo: 1, OwnTrade: .5, NormalProfit: .2, ProfitResponse: 2, Stay: 1, StayKM: 1, EntrantLeast: 1})
		row := add(w, 0, world.Point{X: 20, Y: 20}, 1000)
		w.Sectors[0] = world.SectorState{Firms: 25, Jobs: 250, Profit: 50, Appeal: 1000}
		w.Sectors[1] = w.Sectors[0]
		w.Reindex()
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		r.births[w.Firms.Cell[row]] = many
		c.spoil(&w.Firms, row)
		if err := enter(r, w, tick); err != nil {
			t.Fatal(err)
		}
		if w.Count.DeNovo != c.want || w.Count.Births != c.want {
			t.Errorf("%s: %d founded, %d births, want %d", c.name, w.Count.DeNovo, w.Count.Births, c.want)
		}
	}
}

// Two seed firms of an emerging sector are founded in its first tick, where work is.
func TestSeedFirms(t *testing.T) {
	w, r := plain(t, Params{Stay: 1, StayKM: 1, EntrantLeast: 1, OwnTrade: .5, NormalProfit: .2})
	w.Setting.Sectors[1] = world.Sector{ID: "new", Firms: 2, Emerging: &world.Emerging{From: world.Date{Year: 2001, Quarter: 3}}}
	add(w, 0, world.Point{X: 20, Y: 20}, 10)
	w.Reindex()
	for tick := 1; tick <= 8; tick++ {
		if err := enter(r, w, tick); err != nil {
			t.Fatal(err)
		}
		want := 0
		if tick == 6 {
			want = 2
		}
		if w.Count.Births != want {
			t.Errorf("tick %d: %d births, want %d", tick, w.Count.Births, want)
		}
	}
	for _, i := range []int{1, 2} {
		if f := &w.Firms; f.Sector[i] != 1 || f.Parent[i] != 0 || math.Hypot(f.X[i]-20, f.Y[i]-20) > 15 {
			t.Errorf("seed firm %d: sector %d, parent %d, at %g %g", i, f.Sector[i], f.Parent[i], f.X[i], f.Y[i])
		}
	}
}

// Sites are chosen by a logit: at equal worth two strangers' sites are as good as the own one, a third each. A hurdle of
// MoveCost/Horizon in value, times the sharpness, counts against leaving; who moves pays, and stays on land.
func TestRelocate(t *testing.T) {
	const firms = 6000
	for _, c := range []struct {
		name            string
		cost, sharpness float64
		better          float64 // what sites in the north are worth more
		least, most     float64 // share that moves
		north           float64 // least share of movers that go north
	}{
		{"all alike", 0, 60, 0, .62, .70, .3},
		{"dear", .5, 60, 0, .001, .012, 0},                // 60 x .5/5 = 6: two thirds become 2 e^-6/(1+2 e^-6)
		{"the north is better", 0, 60, .1, .90, .93, .79}, // one of two sites lies north with chance 3/4; else 2/3 go elsewhere in the south
		{"blind", 0, 0, .1, .62, .70, .3},
	} {
		w, r := plain(t, Params{Move: 1, Strangers: 2, Sharpness: c.sharpness, MoveCost: c.cost, Horizon: 5})
		r.Outside.Judge = better(c.better)
		f := &w.Firms
		for range firms {
			i := add(w, 0, world.Point{X: 21, Y: 3}, 10)
			f.Flag[i] = world.FlagMove
		}
		f.Born[0], f.Flag[1] = 5, 0
		w.Reindex()
		if err := r.Relocate(w, 5); err != nil {
			t.Fatal(err)
		}
		moved, north, paid := 0.0, 0.0, 0.0
		for i := range f.ID {
			paid -= f.Cash[i]
			if f.X[i] == 21 && f.Y[i] == 3 {
				near(t, "cash of who stays", f.Cash[i], 0)
				continue
			}
			moved++
			near(t, "cost of a move", f.Cash[i], -c.cost*30)
			if f.Y[i] > 20 {
				north++
			}
			if w.Cells.Land[f.Cell[i]] <= 0 {
				t.Fatalf("firm %d moved into the sea", i)
			}
		}
		if share := moved / firms; share < c.least || share > c.most {
			t.Errorf("%s: %.3f of the firms moved, want %g to %g", c.name, share, c.least, c.most)
		}
		if moved > 0 && north/moved < c.north {
			t.Errorf("%s: %.3f of the movers went north", c.name, north/moved)
		}
		if w.Count.Moves != int(moved) || f.X[0] != 21 || f.X[1] != 21 {
			t.Errorf("%s: %d counted, %g moved; the newborn and the unmarked at %g, %g", c.name, w.Count.Moves, moved, f.X[0], f.X[1])
		}
		near(t, "what movers pay reaches households", w.Markets.Balance[0]-1e6, paid)
	}
}

// A visible success is a place where workers of the sector were when firms were listed. Who has the row since, and in which order the firms
// of a cell are listed, does not matter.
func TestASuccessIsAPlace(t *testing.T) {
	const tick = 5
	at := world.Point{X: 30, Y: 30}
	var points []world.Visit
	for _, big := range []int{0, 1} { // which of two firms of a cell comes first
		w, r := plain(t, Params{Successes: true, StayKM: 3})
		f := &w.Firms
		var firms [2]int
		for k := range firms {
			workers := 10.
			if k == big {
				workers = 1000
			}
			firms[k] = add(w, 1, world.Point{X: at.X + .1*float64(k), Y: at.Y}, workers)
		}
		looks := add(w, 1, world.Point{X: 10, Y: 10}, 1e-9)
		w.Reindex()
		want := neighbours{partners: [2]int32{-1, -1}, success: f.Cell[firms[0]]}
		if got := r.meet(w, looks, tick); got != want {
			t.Fatalf("looks at %v, want %v", got, want)
		}
		points = append(points, r.look(w, looks, tick, want, nil)[1])
		if p := points[big].At; math.Hypot(p.X-at.X, p.Y-at.Y) > 30 || points[big] != points[0] {
			t.Errorf("looks at %v, %v with the other one first: want the same, near %v", points[big].At, points[0].At, at)
		}
		f.ID[firms[big]], f.Born[firms[big]] = 99, tick // closed, and its row gone to a newborn elsewhere
		w.Place(firms[big], 0, world.Point{X: 1, Y: 1})
		if got := r.meet(w, looks, tick); got != want {
			t.Errorf("looks at %v with a newborn in the row, want %v", got, want)
		}
	}
}

// A cell's founders come at the sum over sectors of the rate at which a worker leaves, times workers there.
func TestFoundersOfCells(t *testing.T) {
	w, r := plain(t, Params{})
	r.pull[0], r.pull[1] = .3, .7
	for k := range 150 {
		add(w, k%2, world.Point{X: math.Mod(float64(k)*7.31, 38) + 2, Y: math.Mod(float64(k)*3.77, 40)}, 1+float64(k%5))
	}
	w.Reindex()
	rate := make([]float64, 90)
	r.conceive(w, 130, rate)
	some := false
	for k, got := range rate {
		want := 0.0
		for i := range w.Firms.ID {
			if int(w.Firms.Cell[i]) == 130+k {
				want += r.pull[w.Firms.Sector[i]] * w.Firms.Labour[i]
			}
		}
		near(t, fmt.Sprintf("cell %d", 130+k), got, want)
		some = some || want > 0
	}
	if !some {
		t.Error("nobody works there")
	}
}

// enter founds a tick's firms, puts them on their sites and lets spin-offs inherit.
func enter(r *Rules, w *world.World, tick int) error {
	if err := r.Enter(w, tick); err != nil {
		return err
	}
	r.ReadyToSettle(w)
	for lo := 0; lo < r.Newborns(w); lo += Abreast {
		r.Settle(w, tick, lo, min(lo+Abreast, r.Newborns(w)))
	}
	return r.Bequeath(w, tick)
}
