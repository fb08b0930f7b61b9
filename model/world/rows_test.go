package world

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// The rows of a dead firm go to newborns of its sector only, last in first out, and nothing of the dead is left in them.
func TestFoundAndRetire(t *testing.T) {
	var f Firms
	a, b, c := f.Found(11, 0), f.Found(12, 1), f.Found(13, 0)
	if a != 0 || b != 1 || c != 2 || f.Alive != 3 || f.Len() != 3 {
		t.Fatalf("rows %d, %d, %d, %d alive of %d", a, b, c, f.Alive, f.Len())
	}
	soil(&f)
	for _, i := range []int{a, b, c} {
		f.TieRows[i], f.MoreOf[i] = TieRow{partner: noPartners}, 0
	}
	f.SupplySet[a], f.SupplySet[b], f.SupplySet[c] = 0, 0, 0
	f.CollabSet[a], f.CollabSet[b], f.CollabSet[c] = 0, 0, 0
	f.TakeSupplier(b, HalfTie{Partner: int32(c)})
	f.Retire(a)
	f.Retire(c)
	if f.Alive != 1 || f.Living(a) || !f.Living(b) || f.Living(c) {
		t.Errorf("%d alive; living %v %v %v", f.Alive, f.Living(a), f.Living(b), f.Living(c))
	}
	if got := f.Found(14, 1); got != 3 {
		t.Errorf("a firm of sector 1 got row %d of sector 0: want a new one", got)
	}
	if got := f.Found(15, 0); got != c {
		t.Errorf("a firm of sector 0 got row %d, want the last that was left, %d", got, c)
	}
	if got := f.Found(16, 0); got != a {
		t.Errorf("a firm of sector 0 got row %d, want %d", got, a)
	}
	f.Sector[c], f.Sector[a] = 0, 0
	clean(t, &f, c, 15)
	clean(t, &f, a, 16)
	clean(t, &f, 3, 14)
}

// A newborn gets the nearest row that its sector has left, wherever the sector's other rows are, and a new one when there is
// none.
func TestFoundNear(t *testing.T) {
	var f Firms
	for k := range 400 {
		f.Found(uint64(1+k), k%2)
	}
	for _, i := range []int{10, 130, 132, 133, 390} {
		f.Retire(i)
	}
	for k, c := range []struct{ sector, near, want int }{
		{0, 131, 130}, {0, 131, 132}, {0, 0, 10}, {1, 399, 133}, {0, 9999, 390}, {0, 200, 400}, {1, -1, 401}, {2, 5, 402},
	} {
		if got := f.FoundNear(uint64(500+k), c.sector, c.near); got != c.want || f.ID[got] != uint64(500+k) || int(f.Sector[got]) != c.sector {
			t.Errorf("near row %d a firm of sector %d gets row %d, want %d", c.near, c.sector, got, c.want)
		}
	}
	if f.Alive != 403 {
		t.Errorf("%d alive, want 403", f.Alive)
	}
}

// The row that is found is that which a walk over all words would find, however firms come and go: of those in the nearest words the
// nearest, and of two the one before.
func TestLeftIsNearest(t *testing.T) {
	var f Firms
	u := uint64(7)
	draw := func(n int) int {
		u = u*6364136223846793005 + 1442695040888963407
		return int(u >> 33 % uint64(n))
	}
	const sectors = 3
	for k := range 20_000 {
		f.Found(uint64(1+k), k/5000%sectors) // in long stretches, and the first sector in two
	}
	for step := range 20_000 {
		if i := draw(f.Len()); step%3 > 0 && f.Living(i) {
			f.Retire(i)
			continue
		}
		sector, row := draw(sectors), draw(f.Len()+100)-50
		if step > 300 && step%40 > 0 { // a walk over all rows takes long
			f.FoundNear(uint64(100_000+step), sector, row)
			continue
		}
		want, far, near := -1, math.MaxInt, math.MaxInt
		for i := range f.ID {
			if f.Living(i) || int(f.Sector[i]) != sector {
				continue
			}
			at := min(max(row, 0)/64, len(f.freeRows)-1)
			d, away := max(i/64-at, at-i/64), max(i-row, row-i)
			if d < far || d == far && away < near {
				want, far, near = i, d, away
			}
		}
		if want < 0 {
			want = f.Len()
		}
		if got := f.FoundNear(uint64(100_000+step), sector, row); got != want {
			t.Fatalf("step %d: near row %d a firm of sector %d gets row %d, want %d", step, row, sector, got, want)
		}
	}
}

// Of two words that are equally far the nearest row counts, and of two rows the one before.
func TestLeftOfTwoWords(t *testing.T) {
	for _, c := range []struct{ before, behind, near, want int }{{10, 140, 96, 140}, {50, 140, 96, 140}, {60, 140, 96, 60}, {56, 136, 96, 56}} {
		var f Firms
		for k := range 192 {
			f.Found(uint64(1+k), 0)
		}
		f.Retire(c.before)
		f.Retire(c.behind)
		if got := f.FoundNear(1000, 0, c.near); got != c.want {
			t.Errorf("rows %d and %d are free: near row %d a firm gets %d, want %d", c.before, c.behind, c.near, got, c.want)
		}
	}
}

// soil writes something into every number of every column.
func soil(f *Firms) {
	of := reflect.ValueOf(f).Elem()
	for k := range of.NumField() {
		if of.Type().Field(k).IsExported() && of.Field(k).Kind() == reflect.Slice {
			soilValue(of.Field(k))
		}
	}
	f.ID[0], f.ID[1], f.ID[2], f.Sector[0], f.Sector[1], f.Sector[2] = 11, 12, 13, 0, 1, 0
}

func soilValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			soilValue(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				soilValue(v.Field(i))
			}
		}
	case reflect.Float32, reflect.Float64:
		v.SetFloat(7)
	case reflect.Int32, reflect.Int64, reflect.Int:
		v.SetInt(7)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// clean fails unless row i holds an id, its sector and nothing else.
func clean(t *testing.T, f *Firms, i int, id uint64) {
	t.Helper()
	of := reflect.ValueOf(f).Elem()
	for k := range of.NumField() {
		name, column := of.Type().Field(k).Name, of.Field(k)
		if column.Kind() != reflect.Slice || name == "freeRows" || name == "freeOf" || name == "Sector" || name == "TieRows" || name == "More" || name == "moreHeld" {
			continue
		}
		if column.Len() != f.Len() {
			t.Errorf("column %s has %d rows of %d", name, column.Len(), f.Len())
			continue
		}
		if name == "ID" {
			if f.ID[i] != id {
				t.Errorf("row %d holds firm %d, want %d", i, f.ID[i], id)
			}
		} else if !column.Index(i).IsZero() {
			t.Errorf("a newborn in row %d has %s %v", i, name, column.Index(i))
		}
	}
	if f.TieRows[i].partner != noPartners {
		t.Errorf("a newborn in row %d has ties to %v", i, f.TieRows[i].partner)
	}
}

// square is a world of sectors on a square of n x n cells of 2 km, whose south-west corner lies at (-3, 5), behind another
// area of 2 x 3 cells. km is the width of all kernels.
func square(t *testing.T, n, sectors int, km float64) *World {
	t.Helper()
	w := &World{Setting: &Setting{Sectors: make([]Sector, sectors)}}
	for _, s := range []grid.Shape{{NX: 2, NY: 3, CellKM: 2}, {NX: n, NY: n, CellKM: 2, X0: -3, Y0: 5}} {
		k, err := grid.Exponential(s, km)
		if err != nil {
			t.Fatal(err)
		}
		g := Ground{Shape: s, First: len(w.Cells.Region), Cells: s.Cells(), Supply: k, Pool: k, Air: k, Home: k}
		w.Cells.Region = append(w.Cells.Region, make([]int32, g.Cells)...)
		w.Ground = append(w.Ground, g)
	}
	w.Index.Start = make([]Bucket, sectors*len(w.Cells.Region)+1)
	return w
}

// In the middle of a cell a firm is in that cell alone; half-way between two it is half in each. What it would read of its
// own mass is what the kernel gives back, whatever the place.
func TestPlace(t *testing.T) {
	w := square(t, 8, 1, 6)
	i := w.Firms.Found(5, 0)
	f, g := &w.Firms, &w.Ground[1]
	for _, c := range []struct {
		at   Point
		cell int // inside the area
	}{
		{g.Mid(0), 0}, {g.Mid(8*3 + 5), 29}, {Point{-3, 5}, 0}, {Point{0, 8}, 8 + 1}, {Point{3.2, 11.7}, 8*3 + 3}, {Point{12.999, 20.999}, 63},
	} {
		w.Place(i, 1, c.at)
		if int(f.Cell[i]) != 6+c.cell || f.Area[i] != 1 || f.X[i] != c.at.X || f.Y[i] != c.at.Y {
			t.Errorf("%v: area %d, cell %d, at %v %v: want cell %d", c.at, f.Area[i], f.Cell[i], f.X[i], f.Y[i], 6+c.cell)
		}
		if got := g.CellAt(c.at); got != c.cell {
			t.Errorf("%v is in cell %d, want %d", c.at, got, c.cell)
		}
		plane, out := make([]float64, g.Cells), make([]float64, g.Cells)
		g.Shape.Deposit(plane, f.Base[i], float64(f.WX[i]), float64(f.WY[i]), 3)
		near(t, "mass on the map", sum(plane), 3)
		g.Supply.Smooth(out, plane, g.Supply.NewWork())
		own := w.Read(out, i)
		if self := 3 * float64(f.SelfSupply[i]); !(self > own*(1+1e-7) && self < own*(1+4e-7)) {
			t.Errorf("%v: the firm reads %v of its own mass among suppliers, and takes out %v: want a hair more", c.at, own, self)
		}
		for _, self := range []float32{f.SelfPool[i], f.SelfAir[i]} {
			if math.Abs(own-3*float64(self)) > 1e-6 {
				t.Errorf("%v: the firm reads %v of its own mass, and takes out %v", c.at, own, 3*self)
			}
		}
	}
	if mid := g.Mid(29); mid != (Point{-3 + 11, 5 + 7}) {
		t.Errorf("the middle of cell 29 is %v", mid)
	}
	for _, c := range []struct {
		at     Point
		inside bool
	}{{Point{-3, 5}, true}, {Point{12.99, 20.99}, true}, {Point{13, 6}, false}, {Point{0, 21}, false}, {Point{-3.01, 6}, false}, {Point{0, 4.9}, false}} {
		if g.Inside(c.at) != c.inside {
			t.Errorf("%v inside: %v", c.at, !c.inside)
		}
	}
	if g.CellAt(Point{-99, 99}) != 56 {
		t.Errorf("a point off the grid falls in cell %d, want the nearest, 56", g.CellAt(Point{-99, 99}))
	}
	w.Place(i, 1, Point{1, 11}) // the corner of four cells: a quarter in each
	sw, se, nw, ne := f.Weights(i)
	for _, x := range [...]float64{sw, se, nw, ne} {
		near(t, "weight at a corner", x, .25)
	}
}

// However many sectors there are, each lists its own firms.
func TestIndexOfManySectors(t *testing.T) {
	const sectors, firms = 150, 1000
	w := square(t, 3, sectors, 8)
	f := &w.Firms
	for k := range firms {
		i := f.Found(uint64(k+1), k*k%sectors)
		w.Place(i, k%2, w.Ground[k%2].Mid(k%4))
	}
	w.Reindex()
	listed := 0
	for s := range sectors {
		lo, _ := w.Bucket(s, 0)
		_, hi := w.Bucket(s, len(w.Cells.Region)-1)
		for _, i := range w.Index.Rows[lo:hi] {
			if int(f.Sector[i]) != s {
				t.Fatalf("row %d of sector %d is listed in sector %d", i, f.Sector[i], s)
			}
			listed++
		}
	}
	if listed != firms {
		t.Errorf("%d firms are listed, want %d", listed, firms)
	}
}

// The index lists each living firm once, by sector and cell, and draws by mass or workers as they stand.
func TestIndex(t *testing.T) {
	w := square(t, 3, 2, 8)
	f := &w.Firms
	for k, c := range []struct {
		sector, cell int
		mass         float32
		labour       float64
	}{
		{1, 4, 2, 1}, {0, 4, 1, 10}, {0, 0, 5, 1}, {0, 4, 3, 30}, {1, 8, 1, 1}, {0, 8, 9, 9}, {0, 4, 0, 40},
	} {
		i := f.Found(uint64(100+k), c.sector)
		w.Place(i, 1, w.Ground[1].Mid(c.cell))
		f.Mass[i], f.Labour[i] = c.mass, c.labour
	}
	f.Retire(5)
	w.Reindex()
	for _, c := range []struct {
		sector, cell int
		want         []int32
	}{{0, 0, []int32{2}}, {0, 4, []int32{1, 3, 6}}, {0, 8, nil}, {1, 4, []int32{0}}, {1, 8, []int32{4}}, {1, 0, nil}} {
		lo, hi := w.Bucket(c.sector, 6+c.cell)
		if got := w.Index.Rows[lo:hi]; !slices.Equal(got, c.want) {
			t.Errorf("sector %d, cell %d: rows %v, want %v", c.sector, c.cell, got, c.want)
		}
	}
	if got := w.RowsOf(0, &w.Ground[1]); !slices.Equal(got, []int32{2, 1, 3, 6}) {
		t.Errorf("rows of sector 0: %v", got)
	}
	if got := w.RowsOf(0, &w.Ground[0]); len(got) != 0 {
		t.Errorf("rows of sector 0 in the other area: %v", got)
	}
	for sector, want := range [][]int{{6, 10, 10, 10}, {10, 14}} { // cells of the firms of a sector
		first, _ := w.Bucket(sector, 0)
		for k, cell := range want {
			row := w.Index.Rows[first+k]
			for _, now := range []int32{int32(cell), 0, 5, 14} { // where whoever has the row now may stand
				w.Firms.Cell[row] = now
				if got := w.ListedCell(sector, first+k); got != cell {
					t.Errorf("sector %d, entry %d: listed in cell %d, want %d; the row is in %d now", sector, k, got, cell, now)
				}
			}
			w.Firms.Cell[row] = int32(cell)
		}
	}
	lo, hi := w.Bucket(0, 6+4) // masses 1, 3, 0; workers 10, 30, 40
	draws := func(draw func(lo, hi int, u float64) int) map[int32]int {
		n := map[int32]int{}
		for k := range 800 {
			n[w.Index.Rows[draw(lo, hi, (float64(k)+.5)/800)]]++
		}
		return n
	}
	for near := lo; near < hi; near++ {
		if n := draws(func(lo, hi int, u float64) int { return w.DrawMass(lo, near, hi, float32(4*u)) }); n[1] != 200 || n[3] != 600 || len(n) != 2 {
			t.Errorf("800 draws by mass 1:3:0 from entry %d gave %v", near, n)
		}
	}
	if n := draws(w.DrawJobs); n[1] != 100 || n[3] != 300 || n[6] != 400 {
		t.Errorf("800 draws by workers 10:30:40 gave %v", n)
	}
}

// A draw by mass finds the firm that a walk finds, from wherever in the bucket it begins, and from where equal firms would lie too.
func TestDrawMass(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) float32 {
		return float32(rapid.SampledFrom([]float64{0, .5, 1, 1, 1, 40}).Draw(t, "mass"))
	})
	rapid.Check(t, func(t *rapid.T) {
		lo, masses := rapid.IntRange(0, 3).Draw(t, "first"), rapid.SliceOfN(draw, 1, 70).Draw(t, "masses")
		w := &World{Index: Index{Mass: make([]float32, lo)}}
		sum := float32(0)
		for _, m := range masses {
			sum += m
			w.Index.Mass = append(w.Index.Mass, sum)
		}
		hi := len(w.Index.Mass)
		w.Index.Mass = append(w.Index.Mass, 1) // of the next bucket
		for k := range 3 * len(masses) {
			at, want := sum*float32(k)/float32(3*len(masses)), lo
			for want < hi-1 && w.Index.Mass[want] <= at {
				want++
			}
			for near := lo; near < hi; near++ {
				if got := w.DrawMass(lo, near, hi, at); got != want {
					t.Fatalf("masses %v: %v from entry %d draws %d, not %d", masses, at, near-lo, got-lo, want-lo)
				}
			}
			for _, at := range []float32{at, sum} { // rounded, a point may be the end of the bucket
				if near := NearMass(lo, hi, at, max(sum, 1)); near < lo || near >= hi {
					t.Fatalf("masses %v: %v is near entry %d of %d", masses, at, near-lo, hi-lo)
				}
			}
		}
	})
}

// A draw from all workers finds the same firm as a search of the whole index, whatever the sizes.
func TestDrawWorker(t *testing.T) {
	for _, firms := range []int{1, 2, 7, 8, 9, 500} {
		w := square(t, 5, 1, 8)
		for k := range firms {
			i := w.Firms.Found(uint64(k+1), 0)
			w.Place(i, 1, w.Ground[1].Mid(k*7%25))
			w.Firms.Labour[i] = math.Pow(1.5, float64(k*11%23)) // a few giants
		}
		w.Reindex()
		for k := range 5000 {
			u := (float64(k) + .5) / 5000
			if a, b := w.DrawWorker(u), w.DrawJobs(0, firms, u); a != b {
				t.Fatalf("%d firms: %v draws entry %d, and %d by a search of all", firms, u, a, b)
			}
		}
		for _, u := range []float64{0x1p-54, 1 - 0x1p-53} {
			if a := w.DrawWorker(u); a < 0 || a >= firms {
				t.Errorf("%d firms: %v draws entry %d", firms, u, a)
			}
		}
	}
}

func TestPartials(t *testing.T) {
	var p Partials
	for range 2 { // the second time in used memory
		p.Reset(2500, 1024, 3)
		for b, lo := range []int{0, 1024, 2048} {
			sums := p.Block(lo, 1024)
			if len(sums) != 3 || cap(sums) != 3 {
				t.Fatalf("a block of %d sums with room for %d", len(sums), cap(sums))
			}
			for k := range sums {
				sums[k] += math.Pow(10, float64(b)) * float64(k+1)
			}
		}
		for k := range 3 {
			near(t, fmt.Sprintf("sum %d", k), p.Total(k), 111*float64(k+1))
		}
	}
	p.Reset(0, 1024, 2)
	if p.Total(0) != 0 || p.Total(1) != 0 {
		t.Error("sums of nobody")
	}
}

// By region where somebody lives there, otherwise among all; nothing is lost.
func TestPay(t *testing.T) {
	w := &World{}
	w.Markets = Markets{Region: []int32{0, 0, 1}, Force: []float64{30, 10, 60}, Balance: make([]float64, 3)}
	for _, c := range []struct {
		region int
		want   []float64
	}{{0, []float64{9, 3, 0}}, {1, []float64{0, 0, 12}}, {2, []float64{3.6, 1.2, 7.2}}} {
		clear(w.Markets.Balance)
		if !w.Pay(c.region, 12) {
			t.Error("nobody took the money")
		}
		for k, want := range c.want {
			near(t, fmt.Sprintf("region %d, market %d", c.region, k), w.Markets.Balance[k], want)
		}
	}
	clear(w.Markets.Force)
	if w.Pay(0, 12) {
		t.Error("nobody lives there, and somebody took the money")
	}
}

// A batch reads what its rows read one by one, of one field or of two, in whatever areas and sectors they are.
func TestReadOwn(t *testing.T) {
	w := square(t, 8, 3, 2)
	field := make([]float64, 3*len(w.Cells.Region))
	for c := range field {
		field[c] = float64(c * c % 101)
	}
	for k := range 20 {
		i := w.Firms.Found(uint64(k+1), k%3)
		w.Place(i, k/3%2, Point{math.Mod(float64(k)*.7, 4), 5 + math.Mod(float64(k)*.4, 1)})
	}
	other := make([]float64, len(field))
	for c := range other {
		other[c] = float64(c * c % 103)
	}
	value, ofOne, ofOther := make([]float64, 17), make([]float64, 17), make([]float64, 17)
	w.ReadOwn(field, 2, value)
	w.ReadBoth(field, other, 2, ofOne, ofOther)
	for k, got := range value {
		i := k + 2
		lo, hi := w.Plane(int(w.Firms.Area[i])*3 + int(w.Firms.Sector[i]))
		if want := w.Read(field[lo:hi], i); got != want || ofOne[k] != want {
			t.Errorf("row %d reads %g, and %g beside another field: want %g", i, got, ofOne[k], want)
		}
		if want := w.Read(other[lo:hi], i); ofOther[k] != want {
			t.Errorf("row %d reads %g of another field: want %g", i, ofOther[k], want)
		}
	}
}

// Rows with a mark are found wherever they lie, also behind the last eight.
func TestFlagged(t *testing.T) {
	for rows := range 35 {
		f, want := Firms{Flag: make([]uint8, rows)}, []int32{}
		for i := range f.Flag {
			f.Flag[i] = FlagExit
			if i*i%11 == 5 || i == rows-1 {
				f.Flag[i] |= FlagMoved
				want = append(want, int32(i))
			}
		}
		if got := f.Flagged(0, rows, FlagMoved, nil); !slices.Equal(got, want) {
			t.Errorf("of %d rows %d have the mark, want %d", rows, got, want)
		}
	}
}
