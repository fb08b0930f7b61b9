package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// vienna is the worked example in the manual of the R package REAT (ellison.a): ten plants in three regions.
func vienna() Plants {
	return Plants{
		Region:           []int32{0, 0, 0, 0, 0, 1, 1, 1, 1, 2},
		Sector:           make([]int32, 10),
		Employment:       []float64{200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000},
		Regions:          3,
		Sectors:          1,
		RegionEmployment: []float64{500000, 400000, 100000},
	}
}

func TestEllisonGlaeserVienna(t *testing.T) {
	got := must[[]Agglomeration](t)(EllisonGlaeser(vienna()))[0]
	near(t, "gamma", got.Gamma, .05990628, 5e-9)
	near(t, "G", got.G, .1681632653, 5e-11)
	near(t, "H", got.H, .2446887755, 5e-11)
	near(t, "z", got.Z, .195900197, 5e-10)
	if got.Plants != 10 || !got.Defined || !got.Tested || got.Jobs != 70000 {
		t.Errorf("%+v", got)
	}
}

func TestEllisonGlaeserCornerCases(t *testing.T) {
	p := Plants{
		Region: []int32{0, 1, 0, 1, 1}, Sector: []int32{0, 0, 1, 3, 3}, Employment: []float64{5, 5, 7, 0, 3},
		Regions: 3, Sectors: 4, // sector 2 is empty, sectors 1 and 3 have one plant with jobs, region 2 is empty
	}
	got := must[[]Agglomeration](t)(EllisonGlaeser(p))
	// x = (12, 8)/20, s = (.5, .5): G = .02, H = .5, S2 = .52, gamma = (.02-.24)/(.48*.5)
	near(t, "gamma of sector 0", got[0].Gamma, (.02-.24)/.24, 1e-13)
	if got[1].Defined || got[1].Plants != 1 || got[1].H != 1 || got[3].Plants != 1 || got[3].Defined {
		t.Errorf("one plant: %+v %+v", got[1], got[3])
	}
	if got[2] != (Agglomeration{}) {
		t.Errorf("empty sector: %+v", got[2])
	}
	p.RegionEmployment = []float64{0, 9, 0}
	for s, a := range must[[]Agglomeration](t)(EllisonGlaeser(p)) {
		if a.Defined || math.IsNaN(a.G) {
			t.Errorf("all jobs in one region, sector %d: %+v", s, a)
		}
	}
	p.RegionEmployment = []float64{0, 0, 0}
	if _, err := EllisonGlaeser(p); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
}

func TestEllisonGlaeserRefusals(t *testing.T) {
	for name, spoil := range map[string]func(p *Plants){
		"region":            func(p *Plants) { p.Region[4] = 3 },
		"sector":            func(p *Plants) { p.Sector[4] = -1 },
		"employment":        func(p *Plants) { p.Employment[4] = -2 },
		"nan":               func(p *Plants) { p.Employment[4] = math.NaN() },
		"short":             func(p *Plants) { p.Region = p.Region[:3] },
		"region employment": func(p *Plants) { p.RegionEmployment = []float64{1, 2} },
		"no regions":        func(p *Plants) { p.Regions = 0 },
	} {
		p := vienna()
		spoil(&p)
		var invalid *Invalid
		if _, err := EllisonGlaeser(p); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Plants of equal size thrown as darts have mean gamma 0, and z rejects in about 5% of the throws.
func TestEllisonGlaeserDartboard(t *testing.T) {
	const draws, regions, plants = 5000, 20, 30
	r := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, regions)
	for j := range x {
		x[j] = float64(j + 1)
	}
	sum, squares, rejected := 0.0, 0.0, 0
	for range draws {
		p := Plants{Regions: regions, Sectors: 1, RegionEmployment: x, Sector: make([]int32, plants)}
		for range plants {
			u := r.Float64() * regions * (regions + 1) / 2
			j := int32(0)
			for u -= x[j]; u > 0; u -= x[j] {
				j++
			}
			p.Region = append(p.Region, j)
			p.Employment = append(p.Employment, 10)
		}
		a := must[[]Agglomeration](t)(EllisonGlaeser(p))[0]
		sum += a.Gamma
		squares += a.Gamma * a.Gamma
		if math.Abs(a.Z) > 1.959964 {
			rejected++
		}
	}
	mean := sum / draws
	se := math.Sqrt((squares/draws - mean*mean) / draws)
	if math.Abs(mean) > 3*se {
		t.Errorf("mean gamma %g, standard error %g", mean, se)
	}
	if share := float64(rejected) / draws; share < .03 || share > .07 {
		t.Errorf("share rejected %g, want .03-.07", share)
	}
}

// Renaming sectors and regions and permuting plants move rows but change no number.
func TestEllisonGlaeserRelabelled(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n, regions, sectors = 400, 12, 5
	p := Plants{Regions: regions, Sectors: sectors}
	q := Plants{Regions: regions, Sectors: sectors, Region: make([]int32, n), Sector: make([]int32, n), Employment: make([]float64, n)}
	order, place, trade := r.Perm(n), r.Perm(regions), r.Perm(sectors)
	for k := range n {
		region, sector, jobs := int32(r.IntN(regions)), int32(r.IntN(sectors)), float64(r.IntN(50))
		p.Region, p.Sector, p.Employment = append(p.Region, region), append(p.Sector, sector), append(p.Employment, jobs)
		q.Region[order[k]], q.Sector[order[k]], q.Employment[order[k]] = int32(place[region]), int32(trade[sector]), jobs
	}
	a, b := must[[]Agglomeration](t)(EllisonGlaeser(p)), must[[]Agglomeration](t)(EllisonGlaeser(q))
	for s := range a {
		o := b[trade[s]]
		near(t, "gamma", o.Gamma, a[s].Gamma, 1e-13)
		near(t, "z", o.Z, a[s].Z, 1e-10)
		if o.Plants != a[s].Plants || o.Jobs != a[s].Jobs {
			t.Errorf("sector %d: %+v and %+v", s, a[s], o)
		}
	}
}

func BenchmarkEllisonGlaeser1M(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	p := Plants{Regions: 3000, Sectors: 450}
	for range 1_000_000 {
		p.Region = append(p.Region, int32(r.IntN(p.Regions)))
		p.Sector = append(p.Sector, int32(r.IntN(p.Sectors)))
		p.Employment = append(p.Employment, float64(1+r.IntN(100)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := EllisonGlaeser(p); err != nil {
			b.Fatal(err)
		}
	}
}
