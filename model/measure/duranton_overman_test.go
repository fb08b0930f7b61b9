package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// A right triangle with sides 3, 4, 5: sd 1, quartiles 3.5 and 4.5, so h = .9/1.34 * 3^-.2.
func TestDistanceDensityByHand(t *testing.T) {
	d := distancesOf([]float64{0, 3, 0}, []float64{0, 0, 4}, nil)
	if want := []float64{3, 4, 5}; !reflect.DeepEqual(d.at, want) {
		t.Fatal(d.at)
	}
	h := .9 / 1.34 * math.Pow(3, -.2)
	near(t, "bandwidth", d.bandwidth(), h, 1e-15)
	got := make([]float64, 3)
	d.density([]float64{0, 1, 4.5}, h, got)
	phi := func(u float64) float64 { return math.Exp(-u*u/2) / math.Sqrt(2*math.Pi) }
	for k, r := range []float64{0, 1, 4.5} {
		want := 0.0
		for _, p := range []float64{3, 4, 5} {
			want += (phi((r-p)/h) + phi((r+p)/h)) / (3 * h)
		}
		near(t, "density", got[k], want, 1e-14)
	}
	// With weights 1, 2, 3 the pairs weigh 2 (side 3), 3 (side 4) and 6 (side 5).
	w := distancesOf([]float64{0, 3, 0}, []float64{0, 0, 4}, []float64{1, 2, 3})
	w.density([]float64{4.5}, h, got[:1])
	near(t, "weighted", got[0], (2*phi(1.5/h)+3*phi(.5/h)+6*phi(.5/h))/(11*h), 1e-10)
	// R: bw.nrd0(c(1, 1, 1, 1)) falls back on the first value, and bw.nrd0(c(0, 0)) on 1.
	near(t, "all alike", distances{at: []float64{2, 2, 2, 2}}.bandwidth(), .9*2*math.Pow(4, -.2), 1e-15)
	near(t, "all 0", distances{at: []float64{0, 0}}.bandwidth(), .9*math.Pow(2, -.2), 1e-15)
}

// The estimate is a density over distances from 0 on: reflection loses no mass.
func TestDensityHasMassOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	x, y := scattered(r, 60, 1)
	d := distancesOf(x, y, nil)
	grid := make([]float64, 4001)
	for k := range grid {
		grid[k] = float64(k) * 8 / 4000
	}
	out := make([]float64, len(grid))
	d.density(grid, d.bandwidth(), out)
	sum := (out[0] + out[len(out)-1]) / 2
	for _, v := range out[1 : len(out)-1] {
		sum += v
	}
	near(t, "mass", sum*8/4000, 1, 1e-6)
}

func scattered(r *rand.Rand, n int, size float64) (x, y []float64) {
	for range n {
		x, y = append(x, size*r.NormFloat64()), append(y, size*r.NormFloat64())
	}
	return x, y
}

// town is a map of plants of which sector 0 lies in a cluster, sector 1 at random and sector 2 far apart from each other.
func town() Points {
	r := rand.New(rand.NewPCG(3, 1))
	p := Points{}
	add := func(x, y float64, sector int32) {
		p.X, p.Y = append(p.X, x), append(p.Y, y)
		p.Sector, p.Weight = append(p.Sector, sector), append(p.Weight, 1+math.Floor(r.ExpFloat64()*10))
	}
	for range 40 {
		add(20+r.NormFloat64(), 30+r.NormFloat64(), 0)
		add(100*r.Float64(), 100*r.Float64(), 1)
	}
	for k := range 36 {
		add(8+17*float64(k%6), 8+17*float64(k/6), 2)
	}
	for range 400 {
		add(100*r.Float64(), 100*r.Float64(), 3)
	}
	return p
}

func TestDurantonOvermanVerdicts(t *testing.T) {
	p := town()
	o := DensityOptions{Distances: must[[]float64](t)(DistanceRange(p.X, p.Y, 60, 1)), Draws: 400, Level: .05, Seed: 1, Threads: 2}
	for _, weighted := range []bool{false, true} {
		o.Weighted = weighted
		a := must[DistanceDensity](t)(DurantonOverman(p, 0, o))
		if !a.Localised || a.Dispersed || a.Plants != 40 || !a.Exact || a.Kd[1] < a.Hi[1] {
			t.Errorf("the cluster: %+v", a)
		}
		if b := must[DistanceDensity](t)(DurantonOverman(p, 1, o)); b.Localised || b.Dispersed {
			t.Errorf("the random sector (weighted %v): localised %v, dispersed %v", weighted, b.Localised, b.Dispersed)
		}
		for k := range a.Kd {
			if a.GlobalLo[k] > a.Lo[k] || a.Hi[k] > a.GlobalHi[k] || a.Lo[k] > a.Hi[k] {
				t.Fatalf("bands cross at distance %g", o.Distances[k])
			}
		}
	}
	o.Weighted = false
	if c := must[DistanceDensity](t)(DurantonOverman(p, 2, o)); c.Localised || !c.Dispersed {
		t.Errorf("the even sector: localised %v, dispersed %v", c.Localised, c.Dispersed)
	}
}

// Threads, the order of rows, the sectors' numbers and the unit of length change nothing.
func TestDurantonOvermanInvariance(t *testing.T) {
	p := town()
	o := DensityOptions{Distances: []float64{0, 2, 8, 32}, Draws: 60, Level: .05, Seed: 7, Threads: 1}
	a := must[DistanceDensity](t)(DurantonOverman(p, 0, o))
	o.Threads = 3
	if b := must[DistanceDensity](t)(DurantonOverman(p, 0, o)); !reflect.DeepEqual(a, b) {
		t.Error("three threads gave another result")
	}
	q := Points{}
	for _, i := range rand.New(rand.NewPCG(5, 5)).Perm(len(p.X)) {
		q.X, q.Y, q.Sector = append(q.X, 4*p.X[i]), append(q.Y, 4*p.Y[i]), append(q.Sector, 9-p.Sector[i])
	}
	o.Distances = []float64{0, 8, 32, 128}
	b := must[DistanceDensity](t)(DurantonOverman(q, 9, o))
	for k := range a.Kd {
		near(t, "Kd", 4*b.Kd[k], a.Kd[k], 1e-12)
		near(t, "global band", 4*b.GlobalHi[k], a.GlobalHi[k], 1e-12)
	}
}

// The envelope of ranks, by hand: of twenty curves one is allowed above; curve 19 is highest at both places, curve 18
// second at the first, curve 17 second at the other.
func TestEnvelopeByHand(t *testing.T) {
	curves := make([][]float64, 20)
	for m := range curves {
		curves[m] = []float64{float64(m), float64(m)}
	}
	curves[17][1], curves[18][1] = 18, 17
	d := DistanceDensity{Kd: []float64{18.5, 3}}
	d.envelope(DensityOptions{Distances: []float64{1, 2}, Level: .05}, curves)
	// Above rank 2 (value 18 at both places) lies curve 19 alone.
	if d.GlobalHi[0] != 18 || d.GlobalHi[1] != 18 || d.Hi[0] != 19 || d.Lo[0] != 0 || d.GlobalLo[0] != 1 || !d.Localised || d.Dispersed {
		t.Errorf("%+v", d)
	}
}

// Random sectors are found localised about as often as Level says.
func TestDurantonOvermanSize(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	p := Points{}
	p.X, p.Y = scattered(r, 300, 10)
	p.Sector = make([]int32, 300)
	o := DensityOptions{Distances: must[[]float64](t)(DistanceRange(p.X, p.Y, 20, 1)), Draws: 100, Level: .05, Threads: 2}
	localised, dispersed := 0, 0
	const trials = 200
	for k := range trials {
		clear(p.Sector)
		for _, i := range r.Perm(300)[:12] {
			p.Sector[i] = 1
		}
		o.Seed = uint64(k)
		d := must[DistanceDensity](t)(DurantonOverman(p, 1, o))
		if d.Localised {
			localised++
		}
		if d.Dispersed {
			dispersed++
		}
	}
	if localised > trials/8 || localised == 0 || dispersed > trials/8 {
		t.Errorf("%d of %d random sectors localised, %d dispersed", localised, trials, dispersed)
	}
}

func TestDurantonOvermanRefusals(t *testing.T) {
	p := town()
	good := DensityOptions{Distances: []float64{0, 1}, Draws: 20, Level: .05, Threads: 1}
	for name, sector := range map[string]int32{"no plants": 7} {
		if _, err := DurantonOverman(p, sector, good); !errors.Is(err, ErrUndefined) {
			t.Errorf("%s: %v", name, err)
		}
	}
	few := Points{X: []float64{0, 1, 2}, Y: []float64{0, 1, 2}, Sector: []int32{0, 0, 1}}
	if _, err := DurantonOverman(few, 0, good); !errors.Is(err, ErrUndefined) {
		t.Error("two plants:", err)
	}
	few.Sector[2] = 0
	if _, err := DurantonOverman(few, 0, good); !errors.Is(err, ErrUndefined) {
		t.Error("all sites:", err)
	}
	for name, spoil := range map[string]func(o *DensityOptions){
		"draws": func(o *DensityOptions) { o.Draws = 19 }, "level": func(o *DensityOptions) { o.Level = 0 },
		"threads": func(o *DensityOptions) { o.Threads = 0 }, "order": func(o *DensityOptions) { o.Distances = []float64{1, 0} },
		"negative": func(o *DensityOptions) { o.Distances = []float64{-1, 0} },
	} {
		o := good
		spoil(&o)
		var invalid *Invalid
		if _, err := DurantonOverman(p, 0, o); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := DistanceRange([]float64{1, 1}, []float64{2, 2}, 10, 1); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	// All plants of a sector on one spot: numbers, not NaN.
	heap := town()
	for i, s := range heap.Sector {
		if s == 0 {
			heap.X[i], heap.Y[i] = 5, 5
		}
	}
	if d := must[DistanceDensity](t)(DurantonOverman(heap, 0, good)); math.IsNaN(d.Kd[0]) || !d.Localised {
		t.Errorf("%+v", d)
	}
}

// DistanceRange samples above 2,000 plants; the median stays within a per cent or so.
func TestDistanceRangeSampled(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	x, y := scattered(r, 3000, 1)
	got := must[[]float64](t)(DistanceRange(x, y, 10, 1))
	near(t, "median distance of a normal cloud", got[10], 2*math.Sqrt(math.Ln2), .03)
	if got[0] != 0 || len(got) != 11 {
		t.Error(got)
	}
}

// Random curves of 10,000 plants; a thousand of them on two cores must take below 120 s.
func BenchmarkRandomCurve10k(b *testing.B) {
	benchmarkCurves(b, 10_000, false)
}

func BenchmarkRandomCurve10kWeighted(b *testing.B) {
	benchmarkCurves(b, 10_000, true)
}

func BenchmarkRandomCurve100(b *testing.B) {
	benchmarkCurves(b, 100, false)
}

// benchmarkCurves measures the time of one curve of n plants on 10,000 sites.
func benchmarkCurves(b *testing.B, n int, weighted bool) {
	r := rand.New(rand.NewPCG(1, 2))
	p := Points{}
	p.X, p.Y = scattered(r, 10_000, 30)
	grid, err := DistanceRange(p.X, p.Y, 100, 1)
	if err != nil {
		b.Fatal(err)
	}
	var weight []float64
	if weighted {
		weight = slices.Repeat([]float64{1, 5}, n/2)
	}
	o := DensityOptions{Distances: grid, Draws: 200_000 / n, Threads: 1}
	s := p.places()
	b.ReportAllocs()
	for b.Loop() {
		randomCurves(s, weight, n, o)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*o.Draws), "ns/curve")
}
