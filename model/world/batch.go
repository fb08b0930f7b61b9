package world

import "agglo/sim/grid"

// Batch is how many rows a rule takes at once that goes through them in several short loops. Reading a field is a wait for memory,
// and a processor waits for many firms at a time only where the code between their reads is short.
const Batch = 128

// Summed is how many rows are added up by themselves before what they give is added to the sums of their block, or before they are
// walked again for more of it. It is fixed, so that no sum depends on how many rows are walked at once.
const Summed = 64

// OneArea is the area of row lo, and the end of the rows from lo on, to before hi, that lie in it one behind the other.
func (w *World) OneArea(lo, hi int) (g *Ground, end int) {
	area := w.Firms.Area[lo:hi]
	if len(w.Ground) > 1 {
		for k := range area {
			if area[k] != area[0] {
				hi = lo + k
				break
			}
		}
	}
	return &w.Ground[area[0]], hi
}

// ReadOwn reads a field by plane for each row from lo on, at the row's place in the plane of its own sector. What it gives for
// free rows has no meaning.
func (w *World) ReadOwn(field []float64, lo int, value []float64) {
	f := &w.Firms
	for hi := lo + len(value); lo < hi; {
		g, end := w.OneArea(lo, hi)
		n := end - lo
		g.readOwn(w.planes(g, field), f.Sector[lo:end], f.Base[lo:end], f.WX[lo:end], f.WY[lo:end], value[:n])
		lo, value = end, value[n:]
	}
}

// ReadBoth is ReadOwn of two fields at once.
func (w *World) ReadBoth(one, other []float64, lo int, ofOne, ofOther []float64) {
	f := &w.Firms
	for hi := lo + len(ofOne); lo < hi; {
		g, end := w.OneArea(lo, hi)
		n := end - lo
		g.readBoth(w.planes(g, one), w.planes(g, other), f.Sector[lo:end], f.Base[lo:end], f.WX[lo:end], f.WY[lo:end], ofOne[:n], ofOther[:n])
		lo, ofOne, ofOther = end, ofOne[n:], ofOther[n:]
	}
}

// planes are an area's planes of a field by plane.
func (w *World) planes(g *Ground, field []float64) []float64 {
	sectors := len(w.Setting.Sectors)
	return field[g.First*sectors:][:g.Cells*sectors]
}

// readOwn reads an area's planes for its rows.
func (g *Ground) readOwn(planes []float64, sector []uint16, base []int32, wx, wy []float32, value []float64) {
	cells := g.Cells
	east, north := g.Shape.Beside()
	n := len(value)
	sector, base, wx, wy = sector[:n], base[:n], wx[:n], wy[:n]
	for k := range value {
		value[k] = grid.Bilinear(planes, int(sector[k])*cells+int(base[k]), east, north, float64(wx[k]), float64(wy[k]))
	}
}

// readBoth is readOwn of the planes of two fields.
func (g *Ground) readBoth(one, other []float64, sector []uint16, base []int32, wx, wy []float32, ofOne, ofOther []float64) {
	cells := g.Cells
	east, north := g.Shape.Beside()
	n := len(ofOne)
	sector, base, wx, wy, ofOther, other = sector[:n], base[:n], wx[:n], wy[:n], ofOther[:n], other[:len(one)]
	for k := range ofOne {
		at, x, y := int(sector[k])*cells+int(base[k]), float64(wx[k]), float64(wy[k])
		ofOne[k] = grid.Bilinear(one, at, east, north, x, y)
		ofOther[k] = grid.Bilinear(other, at, east, north, x, y)
	}
}
