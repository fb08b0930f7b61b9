package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// The examples in the manuals of the R packages REAT and EconGeo, as far as they are right, and hand calculations.
func TestConcentrationWorked(t *testing.T) {
	value := must[float64](t)
	lq := LocationQuotient(1714, 79006, 879213, 15593224) // REAT locq
	near(t, "location quotient", lq.Value, .3847623, 5e-8)

	part, whole := []float64{500, 500, 1000, 7000, 1000}, []float64{20000, 15000, 20000, 40000, 5000}
	near(t, "Gini of concentration", value(GiniLocation(part, whole)), .4068966, 5e-8) // REAT gini.conc
	part, whole = []float64{700, 600, 500, 10000, 40000}, []float64{30000, 15000, 10000, 60000, 50000}
	near(t, "Gini of specialisation", value(GiniLocation(part, whole)), .6222222, 5e-8) // REAT gini.spec

	jobs, people := []float64{0, 10, 10, 30, 50}, []float64{10, 15, 20, 25, 30} // EconGeo
	near(t, "Hoover", value(Hoover(jobs, people)), .25, 1e-15)
	near(t, "Krugman", value(Krugman(jobs, people)), .5, 1e-15)
	near(t, "Hoover-Gini", value(GiniLorenz(jobs, people)), .31, 1e-15)
	near(t, "Gini", value(Gini(jobs)), .48, 1e-15)

	// Austria, the regions' shares of the Ellison-Glaeser example.
	near(t, "Hoover of the Austrian sector", value(Hoover([]float64{13000, 32000, 25000}, []float64{5, 4, 1})), .3142857, 5e-8)

	hhi := must[Concentration](t)(Herfindahl([]float64{20, 50, 20, 10})) // REAT herf
	near(t, "HHI", hhi.H, .34, 1e-15)
	near(t, "HHI, normalised", hhi.Normalised.Value, .12, 1e-15)
	near(t, "equivalent number", hhi.Equivalent, 1/.34, 1e-14)

	// REAT litzenberger.
	ls := LitzenbergerSternberg(ClusterUnit{Jobs: 1743, SectorJobs: 5740, Area: 50, TotalArea: 576,
		Population: 488, TotalPopulation: 4621, Firms: 35, SectorFirms: 53})
	near(t, "Litzenberger-Sternberg", ls.Value, 21.87491, 5e-6)
}

func TestTheilWorked(t *testing.T) {
	one := must[TheilIndex](t)(Theil([]float64{10, 10, 10, 20, 50}, nil, 0)) // L is what REAT calls theil
	near(t, "T", one.T, .2502012, 5e-8)
	near(t, "L", one.L.Value, .2326302, 5e-8)
	near(t, "T within one group", one.Within, one.T, 1e-15)
	near(t, "T between one group", one.Between, 0, 1e-15)
	two := must[TheilIndex](t)(Theil([]float64{10, 40, 20, 50, 30, 60}, []int32{0, 1, 0, 1, 0, 1}, 3))
	near(t, "T", two.T, .12938251, 5e-9)
	near(t, "within", two.Within, .03450492, 5e-9)
	near(t, "between", two.Between, .09487759, 5e-9)
	near(t, "L adds up", two.WithinL.Value+two.BetweenL.Value, two.L.Value, 1e-15)
	zero := must[TheilIndex](t)(Theil([]float64{0, 0, 3}, nil, 0))
	near(t, "T of one owner", zero.T, math.Log(3), 1e-15)
	if zero.L.Defined || zero.WithinL.Defined || zero.BetweenL.Defined {
		t.Error("L of a zero does not exist")
	}
}

func TestConcentrationCornerCases(t *testing.T) {
	for name, f := range map[string]func(a, b []float64) error{
		"hoover":   func(a, b []float64) error { _, err := Hoover(a, b); return err },
		"krugman":  func(a, b []float64) error { _, err := Krugman(a, b); return err },
		"gini":     func(a, b []float64) error { _, err := GiniLocation(a, b); return err },
		"lorenz":   func(a, b []float64) error { _, err := GiniLorenz(a, b); return err },
		"one-list": func(a, b []float64) error { _, err := Gini(a); return err },
		"theil":    func(a, b []float64) error { _, err := Theil(a, nil, 0); return err },
		"hhi":      func(a, b []float64) error { _, err := Herfindahl(a); return err },
	} {
		var invalid *Invalid
		for _, bad := range []float64{-1, math.NaN(), math.Inf(1)} {
			if err := f([]float64{1, bad}, []float64{1, 1}); !errors.As(err, &invalid) || invalid.Index != 1 {
				t.Errorf("%s of %v: %v", name, bad, err)
			}
		}
		if err := f([]float64{0, 0}, []float64{1, 1}); !errors.Is(err, ErrUndefined) {
			t.Errorf("%s of zeros: %v", name, err)
		}
		if err := f(nil, nil); !errors.Is(err, ErrUndefined) {
			t.Errorf("%s of nothing: %v", name, err)
		}
		if err := f([]float64{1e308, 1e308}, []float64{1, 1}); err == nil {
			t.Errorf("%s: an overflow must be told", name)
		}
	}
	var invalid *Invalid
	if _, err := Hoover([]float64{1}, []float64{1, 2}); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if _, err := GiniLocation([]float64{1, 2}, []float64{3, 0}); !errors.As(err, &invalid) {
		t.Error("a part where the whole is nothing:", err)
	}
	near(t, "a unit empty in both is left out", must[float64](t)(GiniLocation([]float64{1, 0, 3}, []float64{1, 0, 1})),
		must[float64](t)(GiniLocation([]float64{1, 3}, []float64{1, 1})), 0)
	near(t, "equal shares", must[float64](t)(GiniLorenz([]float64{1, 2, 3}, []float64{2, 4, 6})), 0, 0)
	if one := must[Concentration](t)(Herfindahl([]float64{5})); one.H != 1 || one.Normalised.Defined {
		t.Errorf("%+v", one)
	}
	for _, u := range []ClusterUnit{{}, {1, 2, 0, 2, 1, 2, 1, 2}, {1, 2, 1, 2, 0, 2, 1, 2}, {1, 2, 1, 2, 1, 2, 0, 2}, {math.NaN(), 2, 1, 2, 1, 2, 1, 2}} {
		if got := LitzenbergerSternberg(u); got.Defined {
			t.Errorf("%+v: %+v", u, got)
		}
	}
	if got := LitzenbergerSternberg(ClusterUnit{0, 2, 0, 2, 1, 2, 1, 2}); got != (Optional{0, true}) {
		t.Errorf("no jobs: %+v", got)
	}
	for _, got := range []Optional{LocationQuotient(0, 0, 1, 1), LocationQuotient(0, 1, 0, 1), LocationQuotient(1, 1e-308, 1, 1e308)} {
		if got.Defined {
			t.Errorf("%+v", got)
		}
	}
}

func TestCrosstab(t *testing.T) {
	c := must[Crosstab](t)(NewCrosstab([]int32{0, 1, 1, 0, 1}, []int32{0, 0, 1, 0, 1}, []float64{1, 2, 3, 4, 5}, 3, 2))
	lq := must[[]Optional](t)(LocationQuotients(c)) // jobs: region 0 (5, 0), region 1 (2, 8), region 2 empty
	near(t, "lq 0,0", lq[0].Value, 1/(7.0/15), 1e-15)
	near(t, "lq 1,1", lq[3].Value, .8/(8.0/15), 1e-15)
	if lq[4].Defined || lq[5].Defined || !lq[1].Defined || lq[1].Value != 0 {
		t.Error(lq)
	}
	region := must[[]Optional](t)(c.ByRegion(Krugman))
	near(t, "specialisation of region 0", region[0].Value, 2*(1-7.0/15), 1e-15)
	if region[2].Defined {
		t.Error("an empty region has no index")
	}
	sector := must[[]Optional](t)(c.BySector(Hoover))
	near(t, "concentration of sector 1", sector[1].Value, 1.0/3, 1e-15)
	near(t, "column", c.Sector(1)[1], 8, 0)
	var invalid *Invalid
	if _, err := NewCrosstab([]int32{0}, []int32{2}, []float64{1}, 1, 2); !errors.As(err, &invalid) {
		t.Error(err)
	}
}

// Two sectors by hand: x = (.5, .5) outside, a = (.8, .2), b = (.4, .6): (.3*-.1 + -.3*.1)/.5 = -.12.
func TestCoagglomerationByHand(t *testing.T) {
	p := Plants{
		Region: []int32{0, 1, 0, 1}, Sector: []int32{0, 0, 1, 1}, Employment: []float64{8, 2, 4, 6},
		Regions: 2, Sectors: 3, RegionEmployment: []float64{50, 50},
	}
	got := must[[]PairIndex](t)(Coagglomeration(p))
	if len(got) != 3 || got[0].A != 0 || got[0].B != 1 || got[1].Gamma.Defined || got[2].Gamma.Defined {
		t.Fatalf("%+v", got)
	}
	near(t, "pair", got[0].Gamma.Value, -.12, 1e-15)
	// The group: w = 1/2 each, G = 2*(.1^2) = .02, G/(1-S2) = .04. With H_0 = .68, H_1 = .52 and
	// gamma_i (1-H_i) = G_i/(1-S2) - H_i = .36-.68 and .04-.52:
	// (.04 - (.68+.52)/4 + (.32+.48)/4) / .5 = -.12, the same as the pair: for two sectors both indices agree.
	near(t, "group", must[float64](t)(GroupCoagglomeration(p, []int32{0, 1})), -.12, 1e-14)
	if _, err := GroupCoagglomeration(p, []int32{0, 2}); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	var invalid *Invalid
	if _, err := GroupCoagglomeration(p, []int32{0, 0}); !errors.As(err, &invalid) {
		t.Error(err)
	}
}

// The index of a group is the mean of its pairs, weighted by w_i w_k (Ellison, Glaeser and Kerr 2010, appendix).
func TestGroupIsMeanOfPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	p := Plants{Regions: 9, Sectors: 5}
	jobs := make([]float64, 5)
	for range 200 {
		s, e := int32(r.IntN(5)), float64(1+r.IntN(30))
		p.Region, p.Sector, p.Employment = append(p.Region, int32(r.IntN(9))), append(p.Sector, s), append(p.Employment, e)
		jobs[s] += e
	}
	sum, weight := 0.0, 0.0
	for _, pair := range must[[]PairIndex](t)(Coagglomeration(p)) {
		w := jobs[pair.A] * jobs[pair.B]
		sum, weight = sum+w*pair.Gamma.Value, weight+w
	}
	near(t, "group", must[float64](t)(GroupCoagglomeration(p, []int32{3, 1, 0, 2, 4})), sum/weight, 1e-13)
}

// Three firms of each sector in two places, counted by hand.
func TestColocation(t *testing.T) {
	sector, place := []int32{0, 1, 0, 1, 0, 1}, []int32{0, 0, 0, 1, 1, 0}
	near(t, "colocation", must[float64](t)(Colocation(sector, place, 0, 1)), 5.0/9, 1e-16)
	if _, err := Colocation(sector, place, 0, 7); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := Colocation(sector, place, 1, 1); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
}

func TestShapley(t *testing.T) {
	// The glove game: players 0 and 1 hold left gloves, player 2 a right one; a pair is worth 1.
	got := must[[]float64](t)(Shapley([]float64{0, 0, 0, 0, 0, 1, 1, 1}))
	for i, want := range []float64{1.0 / 6, 1.0 / 6, 2.0 / 3} {
		near(t, "glove", got[i], want, 1e-15)
	}
	r := rand.New(rand.NewPCG(6, 6))
	worth := make([]float64, 32)
	for c := range worth {
		worth[c] = r.NormFloat64()
		if c >= 16 {
			worth[c] = worth[c-16] // player 4 is switched off
		}
	}
	parts, sum := must[[]float64](t)(Shapley(worth)), 0.0
	for _, v := range parts {
		sum += v
	}
	near(t, "sum of the parts", sum, worth[31]-worth[0], 1e-12)
	near(t, "a channel that is off", parts[4], 0, 1e-15)
	var invalid *Invalid
	if _, err := Shapley(make([]float64, 3)); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if alone := must[[]float64](t)(Shapley([]float64{7})); len(alone) != 0 {
		t.Error(alone)
	}
}

// Gini is half the mean absolute difference over the mean, its definition.
func TestGiniIsMeanDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2))
	x := make([]float64, 30)
	for i := range x {
		x[i] = math.Floor(r.ExpFloat64() * 10)
	}
	sum := 0.0
	for _, a := range x {
		for _, b := range x {
			sum += math.Abs(a - b)
		}
	}
	near(t, "Gini", must[float64](t)(Gini(x)), sum/(2*900*stat.Mean(x, nil)), 1e-14)
}
