package knowledge

import (
	"math"
	"slices"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/rng"
)

// However the ground is cut into strips, each cell holds the same bits, and each firm is counted once.
func TestStripsDoNotMatter(t *testing.T) {
	w, r := plain(t, 400, Params{ScienceKM: 50})
	f, g := &w.Firms, &w.Ground[0]
	for i := range f.ID {
		f.Sales[i], f.LogTech[i] = 1/float64(i+1), math.Sqrt(float64(i))
	}
	lay := func(rows int) []record {
		for c := range r.air[0] {
			r.air[0][c] = record{-1, -1, -1, -1}
		}
		r.strips = stripsOf(0, g, rows)
		for k := r.Strips(w) - 1; k >= 0; k-- { // in any order
			r.Lay(w, 1, k, k+1)
		}
		return slices.Clone(r.air[0])
	}
	whole, firms := lay(g.Shape.NY), 0.0
	for c := range whole {
		firms += whole[c][1]
	}
	near(t, "firms on all cells", firms, 400, 1e-9)
	for _, rows := range []int{1, 2, 3, 7} {
		if want := (g.Shape.NY + rows - 1) / rows; len(stripsOf(0, g, rows)) != want {
			t.Errorf("%d strips of %d rows: want %d", len(stripsOf(0, g, rows)), rows, want)
		}
		for c, of := range lay(rows) {
			if of != whole[c] {
				t.Fatalf("strips of %d rows: cell %d holds %v, and %v in one strip", rows, c, of, whole[c])
			}
		}
	}
}

// ways are the ways of this processor to lay firms.
func ways() map[string]bool {
	if wide() {
		return map[string]bool{"wide": true, "plain": false}
	}
	return map[string]bool{"plain": false}
}

// town is firms anywhere on a grid, also on its borders and in the middle of cells, and their rows, by the cell in the south-west.
func town(shape grid.Shape, firms int) (*world.World, []int32) {
	w, seed := &world.World{}, rng.Seed(5)
	f := &w.Firms
	cells := make([][]int32, shape.Cells())
	for i := range firms {
		draw := func(k int) float64 { return seed.Uniform(1, uint64(i), k, 0) }
		f.Found(uint64(i+1), 0)
		x, y := draw(0), draw(1)
		switch i % 8 {
		case 0:
			x = 0
		case 1:
			y = 1
		case 2:
			x, y = (float64(int(x*float64(shape.NX)))+.5)/float64(shape.NX), (float64(int(y*float64(shape.NY)))+.5)/float64(shape.NY)
		}
		base, wx, wy := shape.Cloud(x*float64(shape.NX)*shape.CellKM, y*float64(shape.NY)*shape.CellKM)
		f.Base[i], f.WX[i], f.WY[i] = base, float32(wx), float32(wy)
		f.Sales[i], f.LogTech[i] = 1e4*draw(2)*draw(3), 3*draw(4)-1
		cells[base] = append(cells[base], int32(i))
	}
	var rows []int32
	for _, in := range cells {
		rows = append(rows, in...)
	}
	return w, rows
}

// Both ways to lay firms come to the same bits on every strip, and write nothing beside it. All firms are offered to each strip: those that
// lie elsewhere leave it as it is.
func TestLayWideAndPlain(t *testing.T) {
	for _, shape := range []grid.Shape{{NX: 1, NY: 1, CellKM: 2}, {NX: 1, NY: 9, CellKM: 2}, {NX: 9, NY: 1, CellKM: 2}, {NX: 2, NY: 2, CellKM: 2}, {NX: 11, NY: 7, CellKM: 2}} {
		w, rows := town(shape, 700)
		for _, height := range []int{1, 2, 3, shape.NY} {
			for _, s := range stripsOf(0, &world.Ground{Shape: shape, Cells: shape.Cells()}, height) {
				for _, list := range [][]int32{rows, rows[:1], rows[350:353], nil} {
					fast, slow := laid(w, shape, s, list, wide()), laid(w, shape, s, list, false)
					for c := range fast {
						own := c-beside >= s.first && c-beside < s.end
						if bits(fast[c]) != bits(slow[c]) || own == (fast[c] == mark) || own && fast[c][airs] != 0 {
							t.Fatalf("%v, cells %d to %d, %d firms: cell %d holds %v in one go, %v number by number", shape, s.first, s.end-1, len(list), c-beside, fast[c], slow[c])
						}
					}
				}
			}
		}
	}
}

// mark is what lies on cells beside those on which firms are laid, so many before the area's first one and behind its last one.
var mark = record{-7, -7, -7, -7}

const beside = 2

// bits are those of a record.
func bits(of record) (all [len(record{})]uint64) {
	for k, x := range of {
		all[k] = math.Float64bits(x)
	}
	return all
}

// laid is the cells of an area and beside it, with firms laid on one strip, and then on what lies there.
func laid(w *world.World, shape grid.Shape, s strip, list []int32, wide bool) []record {
	all := slices.Repeat([]record{mark}, beside+shape.Cells()+beside)
	on := plot{cells: all[beside:][s.first:s.end:s.end], first: s.first}
	on.east, on.north = shape.Beside()
	clear(on.cells)
	on.lay(w, list, .037, true, wide)
	on.lay(w, list, .7, true, wide)
	return all
}

// A firm is added as it is written down: by its weights, its share of sales, itself and its technology, on its own cells alone.
func TestLayByHand(t *testing.T) {
	w := &world.World{}
	f := &w.Firms
	for i := range 3 {
		f.Found(uint64(i+1), 0)
	}
	f.Base[1], f.WX[1], f.WY[1], f.Sales[1], f.LogTech[1] = 4, .25, .5, 100, 8
	for way, wide := range ways() {
		for _, c := range []struct {
			first int // of four cells, in rows of two
			want  [4]record
		}{
			{4, [4]record{{3.75, .375, 3, 0}, {1.25, .125, 1, 0}, {3.75, .375, 3, 0}, {1.25, .125, 1, 0}}},
			{2, [4]record{2: {3.75, .375, 3, 0}, 3: {1.25, .125, 1, 0}}},
			{6, [4]record{{3.75, .375, 3, 0}, {1.25, .125, 1, 0}}},
			{0, [4]record{}},
			{8, [4]record{}},
		} {
			var cells [4]record
			on := plot{cells: cells[:], first: c.first, east: 1, north: 2}
			on.lay(w, []int32{1}, .1, true, wide)
			if cells != c.want {
				t.Errorf("%s: cells from %d on hold %v, want %v", way, c.first, cells, c.want)
			}
		}
	}
}

// A firm that is not there, or whose cells are not, panics, and nothing is written elsewhere; firms before it are laid.
func TestLayStaysInside(t *testing.T) {
	shape := grid.Shape{NX: 5, NY: 4, CellKM: 2}
	for name, spoil := range map[string]func(f *world.Firms, rows []int32){
		"row behind the last firm": func(f *world.Firms, rows []int32) { rows[9] = int32(len(f.ID)) },
		"row below 0":              func(_ *world.Firms, rows []int32) { rows[9] = -1 },
		"no cell in the east":      func(f *world.Firms, rows []int32) { f.Base[rows[9]] = 14 },
		"none in the north-east":   func(f *world.Firms, rows []int32) { f.Base[rows[9]] = 9 },
	} {
		for way, wide := range ways() {
			w, rows := town(shape, 20)
			f := &w.Firms
			spoil(f, rows)
			all := make([]record, 30)
			on := plot{cells: all[5:20:20], east: 1, north: 5}
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s, %s: want a panic", name, way)
					}
				}()
				on.lay(w, rows, 1, true, wide)
			}()
			for c, of := range all {
				if (c < 5 || c >= 20) && of != (record{}) {
					t.Errorf("%s, %s: cell %d holds %v", name, way, c-5, of)
				}
			}
			if on.cells[f.Base[rows[0]]] == (record{}) {
				t.Errorf("%s, %s: the first firm is not there", name, way)
			}
		}
	}
}

func BenchmarkLay(b *testing.B) {
	shape := grid.Shape{NX: 50, NY: stripRows, CellKM: 2}
	w, rows := town(shape, 4000)
	on := plot{cells: make([]record, shape.Cells())}
	on.east, on.north = shape.Beside()
	for way, wide := range ways() {
		b.Run(way, func(b *testing.B) {
			for range b.N {
				clear(on.cells)
				on.lay(w, rows, .04, true, wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/firm")
		})
	}
}
