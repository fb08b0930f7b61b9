package design

import (
	"hash/fnv"
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r1"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/gonum/stat/samplemv"
	"pgregory.net/rapid"

	"agglo/sim/rng"
)

// The first points that Joe and Kuo 2008 publish; SciPy 1.10 gives the same.
func TestSequence(t *testing.T) {
	want := [][]float64{
		{0, 0, 0, 0, 0},
		{.5, .5, .5, .5, .5},
		{.75, .25, .25, .25, .75},
		{.25, .75, .75, .75, .25},
		{.375, .375, .625, .875, .375},
		{.875, .875, .125, .375, .875},
	}
	if got := sequence(len(want), 5); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// In every dimension the first 2^m points have one in each part of length 2^-m, wherever they begin in the sequence on a
// multiple of 2^m; in the first two dimensions together, one in each of the boxes of area 2^-m.
func TestSequenceIsEven(t *testing.T) {
	const m, n = 8, 1 << 8
	points := sequence(4*n, Dimensions)
	for start := 0; start < len(points); start += n {
		for j := range Dimensions {
			var met [n]bool
			for _, x := range points[start : start+n] {
				met[int(x[j]*n)] = true
			}
			if slices.Contains(met[:], false) {
				t.Fatalf("dimension %d leaves a part empty from point %d", j+1, start)
			}
		}
		for a := range m + 1 {
			met := map[[2]int]bool{}
			for _, x := range points[start : start+n] {
				met[[2]int{int(x[0] * float64(int(1)<<a)), int(x[1] * float64(int(1)<<(m-a)))}] = true
			}
			if len(met) != n {
				t.Errorf("%d of %d boxes of height 2^-%d hold a point", len(met), n, a)
			}
		}
	}
}

// All 512 dimensions agree with another reading of the same numbers: a hash of 2,000 points of SciPy's stands here.
func TestDirections(t *testing.T) {
	if Dimensions != 512 {
		t.Fatalf("%d dimensions", Dimensions)
	}
	for k, row := range directions {
		if degree := bits.Len32(row[0]) - 1; len(row) != degree+1 {
			t.Errorf("dimension %d: %d numbers for degree %d", k+2, len(row)-1, degree)
		}
		for i, m := range row[1:] {
			if m%2 == 0 || m >= 1<<(i+1) {
				t.Errorf("dimension %d: direction number %d is %d", k+2, i+1, m)
			}
		}
	}
	h := fnv.New64a()
	for _, x := range sequence(2000, Dimensions) {
		for _, v := range x {
			k := uint32(v * 0x1p30)
			h.Write([]byte{byte(k), byte(k >> 8), byte(k >> 16), byte(k >> 24)})
		}
	}
	if got := h.Sum64(); got != 0x15fb4c0f8f2ce9e5 {
		t.Errorf("hash %#x", got)
	}
}

// Scrambling keeps the evenness, is even itself over seeds, and changes with the seed.
func TestScrambled(t *testing.T) {
	const n = 64
	mean := 0.
	for seed := range rng.Seed(200) {
		points := scrambled(n, 3, seed)
		mean += points[7][2] / 200
		for j := range 3 {
			var met [n]bool
			for _, x := range points {
				if !(x[j] > 0 && x[j] < 1) {
					t.Fatalf("coordinate %v", x[j])
				}
				met[int(x[j]*n)] = true
			}
			if slices.Contains(met[:], false) {
				t.Fatalf("seed %d, dimension %d leaves a part empty", seed, j+1)
			}
		}
	}
	if math.Abs(mean-.5) > .1 { // five standard errors
		t.Errorf("over seeds the mean of a coordinate is %v", mean)
	}
	if reflect.DeepEqual(scrambled(n, 3, 1), scrambled(n, 3, 2)) {
		t.Error("seeds 1 and 2 scramble alike")
	}
}

// A Latin hypercube has one point in each stratum of each factor, plain, centred or spread.
func TestLatinStrata(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "n")
		d := rapid.IntRange(1, 8).Draw(t, "d")
		p := Plan{Kind: "lhs", N: n, Seed: rapid.Uint64().Draw(t, "seed"), Plain: rapid.Bool().Draw(t, "plain"),
			Centred: rapid.Bool().Draw(t, "centred")}
		got, err := p.Make(unit(d))
		if err != nil {
			t.Fatal(err)
		}
		for j := range d {
			met := make([]bool, n)
			for _, x := range got.Points {
				k := int(x[j] * float64(n))
				if met[k] {
					t.Fatalf("stratum %d of factor %d holds two points", k, j)
				}
				met[k] = true
				if p.Centred && math.Abs(x[j]*float64(n)-float64(k)-.5) > 1e-9 {
					t.Fatalf("%v is not the middle of a stratum", x[j])
				}
			}
		}
	})
}

// leastDistance is the distance of the two closest points.
func leastDistance(x [][]float64) float64 {
	least := math.Inf(1)
	for a := range x {
		for b := range a {
			least = min(least, math.Sqrt(apart(x[a], x[b])))
		}
	}
	return least
}

// Spread hypercubes keep their closest points at least half as far again apart as plain ones and as gonum's.
func TestLatinSpreads(t *testing.T) {
	const n, d = 40, 4
	spread, plain, other := 0., 0., 0.
	bounds := make([]r1.Interval, d)
	for j := range bounds {
		bounds[j] = r1.Interval{Min: 0, Max: 1}
	}
	for seed := range uint64(10) {
		spread += leastDistance(must(t, Plan{Kind: "lhs", N: n, Seed: seed}, unit(d)).Points) / 10
		plain += leastDistance(must(t, Plan{Kind: "lhs", N: n, Seed: seed, Plain: true}, unit(d)).Points) / 10
		batch := mat.NewDense(n, d, nil)
		samplemv.LatinHypercube{Q: distmv.NewUniform(bounds, nil), Src: rand.NewPCG(seed, 1)}.Sample(batch)
		x := make([][]float64, n)
		for i := range x {
			x[i] = batch.RawRowView(i)
		}
		other += leastDistance(x) / 10
	}
	if !(spread > 1.5*plain && spread > 1.5*other) {
		t.Errorf("closest points: spread %.3f, plain %.3f, gonum %.3f", spread, plain, other)
	}
}

func TestGridListOat(t *testing.T) {
	factors := []Factor{
		{Name: "a", Values: []float64{3, 1}},
		{Name: "b", Shape: Uniform, Of: [3]float64{0, 1}},
		{Name: "c", Shape: Integer, Of: [3]float64{5, 6}},
	}
	d := must(t, Plan{Kind: "grid", N: 3}, factors)
	if len(d.Points) != 2*3*2 {
		t.Fatalf("%d points", len(d.Points))
	}
	for i, want := range map[int][]float64{0: {3, 0, 5}, 1: {3, 0, 6}, 2: {3, .5, 5}, 11: {1, 1, 6}} {
		if !reflect.DeepEqual(d.Points[i], want) {
			t.Errorf("grid, point %d: %v, want %v", i, d.Points[i], want)
		}
	}
	one := 1.
	factors[0].Base = &one
	d = must(t, Plan{Kind: "oat", N: 3}, factors)
	if want := [][]float64{{1, .5, 6}, {3, .5, 6}, {1, 0, 6}, {1, 1, 6}, {1, .5, 5}}; !reflect.DeepEqual(d.Points, want) {
		t.Errorf("oat: %v, want %v", d.Points, want)
	}
	d = must(t, Plan{Kind: "list"}, []Factor{{Name: "a", Values: []float64{1, 1, 2}}, {Name: "b", Values: []float64{7}}})
	if want := [][]float64{{1, 7}, {1, 7}, {2, 7}}; !reflect.DeepEqual(d.Points, want) {
		t.Errorf("list: %v, want %v", d.Points, want)
	}
}

// Same seed, same bits; another seed, other ones. In a random design and a plain hypercube a new factor leaves the others alone.
func TestSeeds(t *testing.T) {
	for _, kind := range []string{"random", "lhs", "sobol", "saltelli", "morris"} {
		one, again, two := must(t, Plan{Kind: kind, N: 8, Seed: 1}, unit(3)), must(t, Plan{Kind: kind, N: 8, Seed: 1}, unit(3)),
			must(t, Plan{Kind: kind, N: 8, Seed: 2}, unit(3))
		if !reflect.DeepEqual(one, again) || reflect.DeepEqual(one.Points, two.Points) {
			t.Errorf("%s: seeds", kind)
		}
	}
	for _, kind := range []string{"random", "lhs"} {
		three, four := must(t, Plan{Kind: kind, N: 8, Plain: true}, unit(4)[1:]), must(t, Plan{Kind: kind, N: 8, Plain: true}, unit(4))
		for i, x := range three.Points {
			if !reflect.DeepEqual(x, four.Points[i][1:]) {
				t.Errorf("%s: a new factor moves the others", kind)
			}
		}
	}
	// Golden bits: a change here changes every design of every user, and belongs under "Results change".
	for kind, want := range map[string]uint64{"random": 0x8818baeac1f4993d, "lhs": 0x809dd951da95f3fb, "sobol": 0x97a9fdc95e6c6b4d, "saltelli": 0x63b927aed9f5ba91, "morris": 0x5a4e63d311b1e592} {
		h := fnv.New64a()
		for _, x := range must(t, Plan{Kind: kind, N: 16, Seed: 7}, angles()).Points {
			for _, v := range x {
				b := math.Float64bits(v)
				for k := range 8 {
					h.Write([]byte{byte(b >> (8 * k))})
				}
			}
		}
		if got := h.Sum64(); got != want {
			t.Errorf("%s: hash %#x, was %#x", kind, got, want)
		}
	}
}

// Trajectories chosen among many lie further apart than the first ones.
func TestMorrisChoice(t *testing.T) {
	far := func(optimise int) (sum float64) {
		d := must(t, Plan{Kind: "morris", N: 4, Seed: 3, Optimise: optimise}, unit(5))
		for a := range d.Points {
			for b := range d.Points {
				if a/6 != b/6 {
					sum += math.Sqrt(apart(d.Points[a], d.Points[b]))
				}
			}
		}
		return sum
	}
	if near, chosen := far(0), far(200); !(chosen > 1.05*near) {
		t.Errorf("distances sum to %v, chosen %v", near, chosen)
	}
	if far(4) != far(0) {
		t.Error("a choice of all")
	}
}

// Laws against gonum's quantiles, and their ends.
func TestLaws(t *testing.T) {
	for _, c := range []struct {
		f    Factor
		want func(u float64) float64
	}{
		{Factor{Shape: Uniform, Of: [3]float64{-2, 3}}, distuv.Uniform{Min: -2, Max: 3}.Quantile},
		{Factor{Shape: LogUniform, Of: [3]float64{.1, 1000}}, func(u float64) float64 { return .1 * math.Pow(1e4, u) }},
		{Factor{Shape: Normal, Of: [3]float64{5, 2}}, distuv.Normal{Mu: 5, Sigma: 2}.Quantile},
		{Factor{Shape: LogNormal, Of: [3]float64{1, .5}}, distuv.LogNormal{Mu: 1, Sigma: .5}.Quantile},
		{Factor{Shape: Triangular, Of: [3]float64{1, 2, 5}}, distuv.NewTriangle(1, 5, 2, nil).Quantile},
		{Factor{Shape: Triangular, Of: [3]float64{1, 1, 5}}, distuv.NewTriangle(1, 5, 1, nil).Quantile},
	} {
		for _, u := range []float64{1e-6, .1, .25, .5, .7, .999} {
			if got, want := c.f.At(u), c.want(u); math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("%s at %v = %v, want %v", c.f.law(), u, got, want)
			}
		}
	}
	die := Factor{Shape: Integer, Of: [3]float64{1, 6}}
	if die.At(0) != 1 || die.At(.49) != 3 || die.At(.5) != 4 || die.At(1) != 6 {
		t.Error("a die")
	}
	wide := Factor{Shape: LogUniform, Of: [3]float64{.1, .7}}
	if wide.At(0) != .1 || wide.At(1) != .7 {
		t.Error("the ends of a loguniform factor are not exact")
	}
	// Distributions without ends get finite values in every kind of design.
	for _, kind := range []string{"grid", "oat", "random", "lhs", "sobol", "saltelli", "morris"} {
		d := must(t, Plan{Kind: kind, N: 4, Plain: true}, []Factor{{Name: "n", Shape: Normal, Of: [3]float64{0, 1}},
			{Name: "l", Shape: LogNormal, Of: [3]float64{0, 1}}})
		for _, x := range d.Points {
			if math.Abs(x[0]) > 9 || !(x[1] > 1e-4 && x[1] < 1e4) {
				t.Errorf("%s: %v", kind, x)
			}
		}
	}
}

func TestValues(t *testing.T) {
	got, err := Arange("0", "1", ".1")
	if want := []float64{0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = Arange("3", "-1", "-1.5"); err != nil || !slices.Equal(got, []float64{3, 1.5, 0}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = Linspace("0", "0.3", 4); err != nil || !slices.Equal(got, []float64{0, .1, .2, .3}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, c := range [][3]string{{"0", "1", "0"}, {"0", "1", "-1"}, {"0", "1", "1e-9"}, {"0", "1", "1e-999999999"}, {"0", "inf", "1"},
		{"x", "1", "1"}} {
		if got, err := Arange(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v gives %d values", c, len(got))
		}
	}
	for _, n := range []int{-1, 0, 1, mostListed + 1} {
		if _, err := Linspace("0", "1", n); err == nil {
			t.Errorf("linspace of %d", n)
		}
	}
}

func TestCheck(t *testing.T) {
	two := 2.
	problems := Check([]Factor{
		{Name: "a:b", Shape: Uniform, Of: [3]float64{1, 1}},
		{Name: "x", Shape: LogUniform, Of: [3]float64{0, 1}},
		{Name: "x", Shape: Normal, Of: [3]float64{0, 0}},
		{Name: "y", Shape: Triangular, Of: [3]float64{0, 3, 2}},
		{Name: "z", Shape: Integer, Of: [3]float64{0, 2.5}},
		{Name: "n", Shape: Uniform, Of: [3]float64{0, math.NaN()}},
		{Name: "e"},
		{Name: "w", Values: []float64{0, 2}, Words: []string{"low", "high"}},
		{Name: "p", Shape: Uniform, Of: [3]float64{0, 1}, Base: &two},
		{Name: "q", Values: []float64{0, 1}, Base: &two},
		{Name: "big", Shape: LogNormal, Of: [3]float64{600, 5}},
	})
	want := []string{"a:b: name:", "a:b: dist: uniform [1, 1]", "x: dist: loguniform [0, 1]: want low above 0", "x: name: factor 2",
		"x: dist: normal [0, 0]", "y: dist: triangular [0, 3, 2]", "z: dist: integer", "n: dist: uniform [0, NaN]: want numbers between",
		"e: values: no values", "w: values: 2: want the number of a word", "p: base: 2 is no value", "q: base: 2 is none", "big: dist: lognormal"}
	if len(problems) != len(want) {
		t.Fatalf("%d problems, want %d: %v", len(problems), len(want), problems)
	}
	for k, w := range want {
		if !strings.HasPrefix(problems[k].Error(), w) {
			t.Errorf("%s, want %s", problems[k].Error(), w)
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	ten := make([]float64, 10)
	for i := range ten {
		ten[i] = float64(i)
	}
	var many []Factor
	for range 18 {
		many = append(many, Factor{Name: "f" + strings.Repeat("i", len(many)), Values: ten})
	}
	single := Factor{Name: "s", Values: []float64{1}}
	wide := make([]Factor, 600)
	for j := range wide {
		wide[j] = Factor{Name: "w" + strings.Repeat("i", j), Shape: Uniform, Of: [3]float64{0, 1}}
	}
	for _, c := range []struct {
		p       Plan
		factors []Factor
		want    string
	}{
		{Plan{Kind: "gird"}, many, "want one of grid, list"},
		{Plan{Kind: "grid"}, nil, "there are no factors"},
		{Plan{Kind: "grid"}, many, "1000000000000000000 points of 18 factors: want at most 1000000 points"},
		{Plan{Kind: "random", N: 600_000}, many, "600000 points of 18 factors"},
		{Plan{Kind: "random", N: 0}, many, "n = 0"},
		{Plan{Kind: "lhs", N: math.MaxInt}, many, "9223372036854775807 points"},
		{Plan{Kind: "saltelli", N: math.MaxInt}, many, "points of 18 factors"},
		{Plan{Kind: "grid"}, unit(1), "a has a distribution"},
		{Plan{Kind: "grid", N: -1}, unit(1), "n = -1"},
		{Plan{Kind: "list"}, unit(1), "a has a distribution"},
		{Plan{Kind: "list"}, []Factor{many[0], {Name: "t", Values: []float64{1, 2}}}, "t has 2 values: a design list wants 10"},
		{Plan{Kind: "morris", N: 3, Levels: 5}, unit(2), "want an even number"},
		{Plan{Kind: "morris", N: 3, Optimise: 2}, unit(2), "optimise = 2"},
		{Plan{Kind: "morris", N: 3}, []Factor{{Name: "t", Values: []float64{1, 1, 2}}}, "t has the value 1 twice"},
		{Plan{Kind: "saltelli", N: 3}, []Factor{single}, "s has one value only"},
		{Plan{Kind: "sobol", N: 3}, wide, "600 factors: the sequence has 512 dimensions"},
		{Plan{Kind: "saltelli", N: 3}, wide[:257], "two for each factor"},
	} {
		if _, err := c.p.Make(c.factors); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v; want %q", c.p, err, c.want)
		}
	}
}

// Shares of a list's values over many points are even, also for words.
func TestListedEvenly(t *testing.T) {
	f := []Factor{{Name: "w", Values: []float64{0, 1, 2}, Words: []string{"a", "b", "c"}}}
	var met [3]int
	for _, x := range must(t, Plan{Kind: "lhs", N: 300}, f).Points {
		met[int(x[0])]++
	}
	if met != [3]int{100, 100, 100} {
		t.Errorf("%v", met)
	}
}
