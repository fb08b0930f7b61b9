package cluster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/param"
)

// plain is a square of 12 x 12 cells of 1 km with a firm of one worker of the sector "rest" in each cell, and the sectors of two
// groups, of which there is nobody yet. Smoothing is off, because cells are wider than it: what is in a cell can be counted.
func plain(groups ...string) *world.World {
	const side = 12
	w := &world.World{Setting: &world.Setting{
		Regions: []world.Region{{ID: "west"}, {ID: "east"}},
		Places:  []world.Place{{Name: "Ham", At: world.Point{X: 2, Y: 2}}, {Name: "Stow", At: world.Point{X: 10, Y: 10}}},
	}}
	for k, g := range groups {
		w.Setting.Sectors = append(w.Setting.Sectors, world.Sector{ID: fmt.Sprint("s", k), Group: g})
	}
	shape := grid.Shape{NX: side, NY: side, CellKM: 1}
	w.Ground = []world.Ground{{Shape: shape, Cells: side * side}}
	for c := range side * side {
		w.Cells.Region = append(w.Cells.Region, int32(c%side/6))
		w.Cells.Land = append(w.Cells.Land, 100)
		put(w, 0, c%side, c/side, 1)
	}
	return w
}

// put founds a firm in the middle of a cell.
func put(w *world.World, sector, ix, iy int, jobs float64) int32 {
	f, s := &w.Firms, w.Ground[0].Shape
	i := f.Found(uint64(1000+len(f.ID)), sector)
	f.X[i], f.Y[i] = float64(ix)+.5, float64(iy)+.5
	f.Cell[i], f.Labour[i] = int32(iy*s.NX+ix), jobs
	settle(f, s, i)
	return int32(i)
}

// settle spreads a firm over the cells around its site.
func settle(f *world.Firms, s grid.Shape, i int) {
	base, wx, wy := s.Cloud(f.X[i], f.Y[i])
	f.Base[i], f.WX[i], f.WY[i] = base, float32(wx), float32(wy)
}

// crowd puts n firms of one worker into a cell and ties each to the next.
func crowd(w *world.World, sector, ix, iy, n int) []int32 {
	var rows []int32
	for range n {
		rows = append(rows, put(w, sector, ix, iy, 1))
	}
	chain(w, rows)
	return rows
}

func chain(w *world.World, rows []int32) {
	for k := 1; k < len(rows); k++ {
		w.Firms.Join(int(rows[k-1]), int(rows[k]), .5, 1)
	}
}

// shut closes firms.
func shut(w *world.World, rows []int32) {
	for _, i := range rows {
		w.Firms.Retire(int(i))
	}
}

// asked are the default conditions, without smoothing.
func asked(t testing.TB) Params {
	var p Params
	if err := param.Fill(&p); err != nil {
		t.Fatal(err)
	}
	p.KM = .1
	return p
}

// found lists the clusters of a world and those that ended, as "number name: event".
func found(w *world.World) []string {
	var out []string
	for _, g := range slices.Concat(w.Groups, w.Ended) {
		s := fmt.Sprintf("%d %s: %s", g.Number, g.Name, g.Event)
		if g.Other != 0 {
			s += fmt.Sprintf(" %d", g.Other)
		}
		out = append(out, s)
	}
	return out
}

// find looks for clusters and compares.
func find(t *testing.T, r *Rules, w *world.World, tick int, want ...string) {
	t.Helper()
	if err := r.Find(w, tick); err != nil {
		t.Fatal(err)
	}
	if got := found(w); !slices.Equal(got, want) {
		t.Errorf("tick %d: %q, want %q", tick, got, want)
	}
}

func TestTwoGroupsInOnePlaceAreTwoClusters(t *testing.T) {
	w := plain("rest", "ict", "ict", "food")
	a := append(crowd(w, 1, 2, 2, 7), crowd(w, 2, 3, 3, 7)...) // two sectors of one group, corner to corner
	b := crowd(w, 3, 2, 2, 12)
	find(t, New(asked(t), w), w, 4, "1 Ham ICT: birth", "2 Ham food: birth")
	for number, rows := range map[int32][]int32{1: a, 2: b} {
		for _, i := range rows {
			if w.Firms.Cluster[i] != number {
				t.Errorf("row %d is in cluster %d, want %d", i, w.Firms.Cluster[i], number)
			}
		}
	}
	if i := 2*12 + 2; w.Firms.Cluster[i] != 0 {
		t.Error("a firm of neither group is in a cluster")
	}
	g := w.Groups[0]
	if !slices.Equal(g.Cells, []int32{2*12 + 2, 3*12 + 3}) || g.At != (world.Point{X: 3, Y: 3}) || g.Jobs != 14 || g.Born != 4 || g.Region != 0 {
		t.Errorf("the first cluster is %+v", g)
	}
	if !slices.Equal(w.Groups[1].Cells, []int32{2*12 + 2}) {
		t.Errorf("the second has cells %v", w.Groups[1].Cells)
	}
}

// outward puts firms of the first group on land of their own, each a buyer of three of twelve: 10 of them have 30 ties on 120 pairs with those inside,
// who have 11 on 66.
func outward(w *world.World, in []int32, firms int) {
	for k := range firms {
		out := put(w, 1, 5+3*(k%3), 3*(k/3), 1)
		for n := range 3 {
			w.Firms.TakeSupplier(int(out), world.HalfTie{Partner: in[(3*k+n)%len(in)]})
		}
	}
}

// A place that holds nearly all of its group is not asked for denser ties inside: fewer stand outside than make a place, and they have
// hardly anyone else.
func TestNearlyAllAreInside(t *testing.T) {
	for firms, want := range map[int][]string{9: {"1 Ham ICT: birth"}, 10: nil} {
		w := plain("rest", "ict")
		outward(w, crowd(w, 1, 2, 2, 12), firms)
		find(t, New(asked(t), w), w, 4, want...)
	}
}

// Each condition keeps a place out, and no longer when it is switched off.
func TestConditions(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(w *world.World)
		off   func(p *Params)
	}{
		{"too few firms", func(w *world.World) { crowd(w, 1, 2, 2, 9) }, func(p *Params) { p.Firms = 1 }},
		{"not linked", func(w *world.World) {
			for range 12 {
				put(w, 1, 2, 2, 1)
			}
		}, func(p *Params) { p.Ties = 0 }},
		{"linked with others of the group rather", func(w *world.World) {
			outward(w, crowd(w, 1, 2, 2, 12), 10)
		}, func(p *Params) { p.Ties = 0 }},
		{"not specialised: 12 of 94 jobs are 1.3 times 24 of 248", func(w *world.World) {
			crowd(w, 1, 2, 2, 12)
			for k := range 12 { // as many all over the land
				put(w, 1, k, 11-k, 1)
			}
			for range 80 {
				put(w, 0, 2, 2, 1)
			}
		}, func(p *Params) { p.Quotient = 0 }},
		{"not dense: as many in each cell", func(w *world.World) {
			var rows []int32
			for c := range 144 {
				rows = append(rows, put(w, 1, c%12, c/12, 1))
			}
			chain(w, rows)
		}, func(p *Params) { p.Density, p.Quotient = 0, 0 }},
	} {
		w := plain("rest", "ict")
		c.build(w)
		p := asked(t)
		find(t, New(p, w), w, 4)
		c.off(&p)
		if err := New(p, w).Find(w, 4); err != nil || len(w.Groups) != 1 {
			t.Errorf("%s: with the condition off there are %v", c.name, found(w))
		}
	}
}

// A large plant among firms that stand evenly makes its place dense in workers, not in firms.
func TestOnePlantIsNoCluster(t *testing.T) {
	w := plain("rest", "ict")
	var rows []int32
	for c := range 144 {
		rows = append(rows, put(w, 1, c%12, c/12, 1))
	}
	chain(w, rows)
	w.Firms.Labour[rows[40]] = 5000
	p := asked(t)
	p.Firms = 1
	find(t, New(p, w), w, 4)
}

// Where all sectors are one group, or no groups are named, nobody can be specialised: places are judged by the rest.
func TestOneGroup(t *testing.T) {
	for group, want := range map[string]string{"": "1 Ham: birth", "ict": "1 Ham ICT: birth"} {
		w := plain(group, group)
		crowd(w, 1, 2, 2, 12)
		find(t, New(asked(t), w), w, 4, want)
	}
}

// A group with 70% of all jobs cannot have 1.5 times that anywhere.
func TestQuotientOfALargeGroupIsNotAsked(t *testing.T) {
	w := plain("rest", "ict")
	crowd(w, 0, 2, 2, 200)
	crowd(w, 1, 9, 9, 60)
	find(t, New(asked(t), w), w, 4, "1 Ham rest: birth", "2 Stow ICT: birth")
}

func TestStartIsNoBirth(t *testing.T) {
	w := plain("rest", "ict")
	crowd(w, 1, 2, 2, 12)
	r := New(asked(t), w)
	find(t, r, w, 0, "1 Ham ICT: birth")
	if w.Groups[0].Born >= 0 {
		t.Errorf("a cluster of the start was born at tick %d", w.Groups[0].Born)
	}
	crowd(w, 1, 9, 9, 20)
	find(t, r, w, 4, "1 Ham ICT: steady", "2 Stow ICT: birth")
	if w.Groups[0].Born >= 0 || w.Groups[1].Born != 4 {
		t.Errorf("born at %d and %d", w.Groups[0].Born, w.Groups[1].Born)
	}
}

// Two clusters grow together, part again, one dies, and another takes its place under another name.
func TestLives(t *testing.T) {
	w := plain("rest", "ict")
	r := New(asked(t), w)
	crowd(w, 1, 1, 2, 20)
	right := crowd(w, 1, 3, 2, 12)
	find(t, r, w, 0, "1 Ham ICT: birth", "2 Ham ICT 2: birth")
	between := crowd(w, 1, 2, 2, 12)
	find(t, r, w, 4, "1 Ham ICT: merge 2", "2 Ham ICT 2: merged 1")
	if g := w.Ended[0]; g.Jobs != 0 || g.Cells != nil || g.At != (world.Point{X: 3.5, Y: 2.5}) {
		t.Errorf("the cluster that was taken in: %+v", g)
	}
	find(t, r, w, 8, "1 Ham ICT: steady")
	shut(w, between)
	find(t, r, w, 12, "1 Ham ICT: decline", "3 Ham ICT 3: split 1")
	if w.Groups[1].Born != start {
		t.Errorf("what split off was born at %d, want as early as what it split from", w.Groups[1].Born)
	}
	shut(w, right)
	find(t, r, w, 16, "1 Ham ICT: steady", "3 Ham ICT 3: death")
	crowd(w, 1, 10, 10, 15)
	find(t, r, w, 20, "1 Ham ICT: steady", "4 Stow ICT: birth")
	if len(w.Ended) != 0 {
		t.Error("a death is told twice")
	}
}

// All that is remembered is in the world: other rules go on with a copy of it as the first ones would.
func TestMemoryIsTheWorlds(t *testing.T) {
	w := plain("rest", "ict")
	p := asked(t)
	rows := crowd(w, 1, 2, 2, 12)
	find(t, New(p, w), w, 0, "1 Ham ICT: birth")
	shut(w, rows[10:])
	copied := w.Clone()
	find(t, New(p, w), w, 4, "1 Ham ICT: decline")
	find(t, New(p, copied), copied, 4, "1 Ham ICT: decline")
}

// A name is kept wherever the cluster wanders.
func TestNamesStay(t *testing.T) {
	w := plain("rest", "ict")
	r := New(asked(t), w)
	old := crowd(w, 1, 1, 1, 12)
	find(t, r, w, 0, "1 Ham ICT: birth")
	for step := 2; step < 12; step++ {
		next := crowd(w, 1, step, step, 12)
		if err := r.Find(w, 4*step); err != nil {
			t.Fatal(err)
		}
		shut(w, old)
		old = next
		find(t, r, w, 4*step+2, "1 Ham ICT: decline")
	}
	if p := nearestPlace(w, w.Groups[0].At); p != "Stow" {
		t.Errorf("the cluster has come to %s, want Stow", p)
	}
}

// What had a cluster a year ago keeps it with three quarters of what a new one needs.
func TestHold(t *testing.T) {
	for hold, want := range map[float64][]string{.75: {"1 Ham ICT: decline"}, 1: {"1 Ham ICT: death"}} {
		w := plain("rest", "ict")
		p := asked(t)
		p.Hold = hold
		r := New(p, w)
		rows := crowd(w, 1, 2, 2, 12)
		find(t, r, w, 0, "1 Ham ICT: birth")
		shut(w, rows[8:])
		find(t, r, w, 4, want...)
	}
	w := plain("rest", "ict")
	crowd(w, 1, 2, 2, 8)
	find(t, New(asked(t), w), w, 0)
}

// In another order of rows the same clusters are found. Numbers of workers are whole, so that sums are exact.
func TestOrderOfRows(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	type firm struct{ sector, ix, iy, jobs int }
	var firms []firm
	for range 400 {
		sector, x, y := luck.IntN(4), luck.IntN(12), luck.IntN(12)
		if luck.IntN(4) == 0 {
			sector, x, y = 1, 2+luck.IntN(3), 7+luck.IntN(2)
		}
		firms = append(firms, firm{sector, x, y, 1 + luck.IntN(9)})
	}
	var want string
	for try := range 4 {
		order := luck.Perm(len(firms))
		if try == 0 {
			slices.Sort(order)
		}
		w := plain("rest", "ict", "food", "ict")
		row := make([]int32, len(firms))
		for _, k := range order {
			row[k] = put(w, firms[k].sector, firms[k].ix, firms[k].iy, float64(firms[k].jobs))
		}
		for k := range firms {
			for j := k + 1; j < min(k+20, len(firms)); j++ {
				if firms[k].sector == 1 && firms[j].sector == 1 {
					w.Firms.Join(int(row[k]), int(row[j]), .5, 1)
				}
			}
		}
		if err := New(asked(t), w).Find(w, 4); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%+v ", w.Groups)
		for _, i := range row {
			got += fmt.Sprint(w.Firms.Cluster[i], " ")
		}
		if try == 0 {
			want = got
		}
		if got != want || len(w.Groups) == 0 {
			t.Errorf("order %d: %d clusters, and not the same as in order 0", try, len(w.Groups))
		}
	}
}

// Two areas with cells of two widths: density is per km2, and places of two areas are never one.
func TestAreas(t *testing.T) {
	w := plain("rest", "ict")
	w.Ground = append(w.Ground, world.Ground{Shape: grid.Shape{NX: 3, NY: 3, CellKM: 4, X0: 100, Y0: 100}, First: 144, Cells: 9})
	for range 9 {
		w.Cells.Region, w.Cells.Land = append(w.Cells.Region, -1), append(w.Cells.Land, 1)
	}
	crowd(w, 1, 11, 11, 15)
	var far []int32
	for range 15 {
		i := put(w, 1, 0, 0, 1)
		f, s := &w.Firms, w.Ground[1].Shape
		f.Area[i], f.X[i], f.Y[i], f.Cell[i] = 1, 102, 102, 144
		settle(f, s, int(i))
		far = append(far, i)
	}
	chain(w, far)
	find(t, New(asked(t), w), w, 4, "1 Stow ICT: birth", "2 Stow ICT 2: birth")
	p := asked(t)
	w.Past = world.Past{}
	p.Density = 20 // 30 firms on 288 km2: 20 means are 2.1 a km2, and 15 in 16 km2 are .94
	find(t, New(p, w), w, 4, "1 Stow ICT: birth")
}

// Nobody, and nobody at work: no clusters, and nothing that is not a number.
func TestEmpty(t *testing.T) {
	w := plain("rest", "ict")
	clear(w.Firms.Labour)
	r := New(asked(t), w)
	find(t, r, w, 0)
	for i := range w.Firms.ID {
		w.Firms.Retire(i)
	}
	find(t, r, w, 4)
}

// A town far away lends its name when there is no nearer one, and a place without towns is called by its km.
func TestPlacesWithoutTowns(t *testing.T) {
	w := plain("rest", "ict")
	w.Setting.Places = nil
	crowd(w, 1, 2, 2, 12)
	find(t, New(asked(t), w), w, 4, "1 E3 N3 ICT: birth")
	if got := compass(world.Point{X: -7.6, Y: -.4}); !strings.HasPrefix(got, "W8 S0") {
		t.Errorf("compass: %s", got)
	}
}

// A region that is itself specialised: a group with half of its jobs everywhere is no more frequent in one place than in
// another, and is a cluster because the nation has a tenth of its jobs there. Where the nation is not known of one of the
// group's sectors, the region stands for it.
func TestQuotientAgainstTheNation(t *testing.T) {
	for _, c := range []struct {
		nation []float64
		want   []string
	}{{[]float64{0, .1, .05}, []string{"1 Ham ICT: birth"}}, {[]float64{0, .1, 0}, nil}} {
		w := plain("rest", "ict", "ict")
		for k, x := range c.nation {
			w.Setting.Sectors[k].Nation = x
		}
		crowd(w, 1, 2, 2, 12)
		for range 12 {
			put(w, 0, 2, 2, 1)
		}
		for k := range 100 {
			put(w, 1, k%12, 4+k%8, 1)
		}
		find(t, New(asked(t), w), w, 4, c.want...)
	}
}

// Density too is asked for less where a cluster was a year ago: 16 firms in a cell, where the mean is 4, are dense at three times
// the mean; 11 are not, unless they were.
func TestHoldOfDensity(t *testing.T) {
	for hold, want := range map[float64][]string{.75: {"1 Ham ICT: decline"}, 1: {"1 Ham ICT: death"}} {
		w := plain("rest", "ict")
		p := asked(t)
		p.Hold, p.Quotient, p.Ties = hold, 0, 0
		r := New(p, w)
		for c := range 144 * 4 {
			put(w, 1, c/4%12, c/4/12, 1)
		}
		rows := crowd(w, 1, 2, 2, 12)
		find(t, r, w, 0, "1 Ham ICT: birth")
		shut(w, rows[7:])
		find(t, r, w, 4, want...)
	}
}

// That a place had a cluster of one group does not help another group there: here one of twelve firms and one of seven, of which
// only a place that had a cluster would make one.
func TestHoldIsTheGroupsOwn(t *testing.T) {
	w := plain("rest", "ict")
	p := asked(t)
	p.Hold, p.Quotient, p.Ties = .75, 0, 0
	r := New(p, w)
	for c := range 144 * 4 {
		put(w, 0, c/4%12, c/4/12, 1)
		put(w, 1, c/4%12, c/4/12, 1)
	}
	crowd(w, 0, 2, 2, 12)
	crowd(w, 1, 2, 2, 7)
	find(t, r, w, 0, "1 Ham rest: birth")
	find(t, r, w, 4, "1 Ham rest: steady")
}
