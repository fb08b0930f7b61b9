package demography

import (
	"math"
	"testing"

	"agglo/model/world"
)

// Information of 1.5 shows one or two further sites, by even chances; all on land, no more than twenty, none without it.
func TestLookFurther(t *testing.T) {
	const firms = 2000
	w, r := plain(t, Params{})
	for range firms {
		add(w, 0, world.Point{X: 21, Y: 3}, 10)
	}
	for _, c := range []struct{ known, mean float64 }{{0, 0}, {1.5, 1.5}, {3, 3}, {1e9, furtherMost}, {-1, 0}} {
		w.ClearLevers()
		seen := 0
		for i := range firms {
			w.Levers.Push(world.LeverInformation, i, c.known)
			r.lookFurther(w, i, 5, func(area int, at world.Point) {
				seen++
				if w.Cells.Land[w.Ground[area].First+w.Ground[area].CellAt(at)] <= 0 {
					t.Fatal("a site in the sea")
				}
			})
		}
		if got := float64(seen) / firms; math.Abs(got-c.mean) > 4*.5/math.Sqrt(firms) {
			t.Errorf("%g further sites for %g, want %g", got, c.known, c.mean)
		}
	}
}

// A random site is one of all cells with land, whatever area they are in: an area of three cells in four gets three sites in four.
func TestAnywhere(t *testing.T) {
	const firms = 4000
	w, r := plain(t, Params{})
	r.land = [][]int32{{0}, nil, {1, 2, 5}}
	w.Ground = append(w.Ground, w.Ground[0], w.Ground[0])
	seen := map[[2]int]float64{}
	for id := range uint64(firms) {
		area, at, ok := r.anywhere(w, drawSite, id+1, 5, 10, 50)
		if !ok {
			t.Fatal("no site")
		}
		seen[[2]int{area, w.Ground[area].CellAt(at)}]++
	}
	for _, site := range [][2]int{{0, 0}, {2, 1}, {2, 2}, {2, 5}} {
		if got := seen[site] / firms; math.Abs(got-.25) > 4*math.Sqrt(.25*.75/firms) {
			t.Errorf("cell %d of area %d gets %.4f of the sites, want a quarter", site[1], site[0], got)
		}
	}
	r.land = [][]int32{nil}
	if _, _, ok := r.anywhere(w, drawSite, 1, 5, 10, 50); ok {
		t.Error("a site without land")
	}
}

// Well informed firms find the better half of the land more often: where all sites but the own one are alike and better, one
// of two random sites or of six lies in the north with chance 3/4 and 63/64.
func TestInformationOnSites(t *testing.T) {
	const firms = 4000
	for _, c := range []struct{ known, want float64 }{{0, 3. / 4}, {4, 63. / 64}} {
		w, r := plain(t, Params{Move: 1, Strangers: 2, Sharpness: 1e6, MoveCost: 0, Horizon: 5})
		r.Outside.Judge = better(1)
		f := &w.Firms
		for range firms {
			f.Flag[add(w, 0, world.Point{X: 21, Y: 3}, 10)] = world.FlagMove
		}
		w.Reindex()
		w.ClearLevers()
		for i := range f.ID {
			w.Levers.Push(world.LeverInformation, i, c.known)
		}
		if err := r.Relocate(w, 5); err != nil {
			t.Fatal(err)
		}
		north := 0.0
		for i := range f.ID {
			if f.Y[i] > 20 {
				north++
			}
		}
		if sd := math.Sqrt(c.want * (1 - c.want) / firms); math.Abs(north/firms-c.want) > 4*sd {
			t.Errorf("information %g: %.4f go north, want %.4f within %.4f", c.known, north/firms, c.want, 4*sd)
		}
	}
}

// A lag is remembered, no lag leaves no memory.
func TestRemember(t *testing.T) {
	w, r := plain(t, Params{PerceptionLag: 2})
	cells, sectors := len(w.Cells.Region), len(w.Setting.Sectors)
	w.Fields.SupplyAt = make([]float32, cells*sectors)
	for _, field := range []*[]float64{&w.Fields.Pool, &w.Fields.Access, &w.Fields.Receipts} {
		*field = make([]float64, cells*sectors)
	}
	w.Fields.LogWage, w.Fields.Jobs, w.Fields.EndPoint = make([]float64, cells), make([]float64, cells), make([]float64, cells)
	for range 5 {
		if err := r.Remember(w, 1); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Memory.Past) != 3 {
		t.Errorf("%d looks with a lag of 2", len(w.Memory.Past))
	}
	r.P.PerceptionLag = 0
	if err := r.Remember(w, 1); err != nil || w.Memory.Past != nil || w.Memory.Seen.Jobs != nil {
		t.Error("a memory without a lag")
	}
}
