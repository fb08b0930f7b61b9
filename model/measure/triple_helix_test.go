package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

func TestTripleHelixWorked(t *testing.T) {
	a, b, xor := []int32{0, 0, 1, 1}, []int32{0, 1, 0, 1}, []int32{0, 1, 1, 0}
	h := must[Helix](t)(TripleHelix(a, b, xor))
	near(t, "exclusive or", h.T, -1, 1e-15)
	near(t, "joint entropy", h.Joint, 2, 1e-15)
	near(t, "entropy of one", h.Size, 1, 1e-15)
	near(t, "entropy of two", h.PlaceSize, 2, 1e-15)
	near(t, "three alike", must[Helix](t)(TripleHelix(a, a, a)).T, 1, 1e-15)
	var p, q, s []int32
	for i := range int32(24) {
		p, q, s = append(p, i%2), append(q, i/2%3), append(s, i/6)
	}
	near(t, "three independent", must[Helix](t)(TripleHelix(p, q, s)).T, 0, 1e-14)
}

// Both decompositions add up to T, and a region that is one place has no T of its own.
func TestSizeClass(t *testing.T) {
	for jobs, want := range map[float64]int32{0: 0, .3: 0, 4.99: 0, 5: 1, 9.99: 1, 10: 2, 20: 3, 49: 3, 50: 4, 100: 5, 249.9: 5, 250: 6, 1e6: 6} {
		if got := SizeClass(jobs); got != want {
			t.Errorf("%v jobs: class %d, want %d", jobs, got, want)
		}
	}
}

func TestTripleHelixDecomposition(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	var region, place, sector, size []int32
	for range 500 {
		p := int32(r.IntN(12))
		place, region = append(place, p), append(region, p/4)
		sector, size = append(sector, (p+int32(r.IntN(3)))%5), append(size, int32(r.IntN(3))*p%3)
	}
	by := must[HelixByRegion](t)(TripleHelixByRegion(region, place, sector, size, 4))
	sum := by.Between
	for _, g := range by.Regions {
		sum += g.Part
	}
	near(t, "sum over regions", sum, by.Total.T, 1e-13)
	if by.Regions[3] != (RegionHelix{}) {
		t.Errorf("a region without firms: %+v", by.Regions[3])
	}
	for _, g := range must[HelixByRegion](t)(TripleHelixByRegion(place, place, sector, size, 12)).Regions {
		near(t, "T of one place", g.Helix.T, 0, 1e-13)
	}
	places := must[HelixByPlace](t)(TripleHelixByPlace(place, sector, size, 13))
	sum = places.Between
	for _, v := range places.Places {
		if v > 0 {
			t.Errorf("a place with the part %g", v)
		}
		sum += v
	}
	near(t, "sum over places", sum, by.Total.T, 1e-13)
	// The order of the firms and the numbers of the classes do not matter.
	order := r.Perm(len(place))
	var p2, s2, o2 []int32
	for _, i := range order {
		p2, s2, o2 = append(p2, 11-place[i]), append(s2, 7*sector[i]), append(o2, size[i])
	}
	near(t, "relabelled", must[Helix](t)(TripleHelix(p2, s2, o2)).T, by.Total.T, 1e-12)
}

func TestTripleHelixRefusals(t *testing.T) {
	if _, err := TripleHelix(nil, nil, nil); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	var invalid *Invalid
	for _, c := range [][3][]int32{{{0}, {0, 1}, {0}}, {{-1}, {0}, {0}}, {{0}, {0}, {0, 0}}, {{1 << 30}, {1 << 30}, {1 << 30}}} {
		if _, err := TripleHelix(c[0], c[1], c[2]); !errors.As(err, &invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
	if _, err := TripleHelixByRegion([]int32{2}, []int32{0}, []int32{0}, []int32{0}, 2); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if _, err := TripleHelixByPlace([]int32{2}, []int32{0}, []int32{0}, 2); !errors.As(err, &invalid) {
		t.Error(err)
	}
}

// The collaborations of France, the United Kingdom and Germany in Frenken's example, to the two digits printed.
func TestMutualInformationWorked(t *testing.T) {
	got := must[Information](t)(MutualInformation([]float64{250, 100, 150, 100, 800, 100, 150, 100, 750}, 3))
	near(t, "total", got.Total, .30, .005)
	for k, want := range map[int]float64{0: .92, 1: -.69, 2: -.29, 4: .69, 5: -1.39, 8: .63} {
		near(t, "term", got.Terms[k].Value, want, .005)
	}
	diagonal := must[Information](t)(MutualInformation([]float64{1, 0, 0, 1}, 2))
	near(t, "one bit", diagonal.Total, math.Ln2, 1e-15)
	if diagonal.Terms[1].Defined {
		t.Error("an empty cell has no term")
	}
	if _, err := MutualInformation([]float64{0, 0}, 2); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	var invalid *Invalid
	if _, err := MutualInformation([]float64{1, 2, 3}, 2); !errors.As(err, &invalid) {
		t.Error(err)
	}
}

func BenchmarkTripleHelix1M(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 9))
	var place, sector, size []int32
	for range 1_000_000 {
		place, sector, size = append(place, int32(r.IntN(300))), append(sector, int32(r.IntN(400))), append(size, int32(r.IntN(8)))
	}
	for b.Loop() {
		if _, err := TripleHelix(place, sector, size); err != nil {
			b.Fatal(err)
		}
	}
}
