package world

import "agglo/sim/grid"

// Batch is how many rows a rule takes at once that goes through them in several short loops. Reading a field is a wait for memory,
// and a processor waits for many firms at a time only where the code between their reads is short.
const Batch = 128

// Summed is how many rows are added up by themselves before what they give is added to the sums of their block, or before they are
// walked again for more of it. It is fixed, so that no sum depends on how many rows are walked at once.
const Summed = 64

// ReadOwn reads a field by plane for each row from lo on, at the row's place in the plane of its own sector. What it gives for
// free rows has no meaning.
func (w *World) ReadOwn(field []float64, lo int, value []float64) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	for len(value) > 0 { // rows of one area after the other
		n, area := 1, f.Area[lo:][:len(value)]
		if len(w.Ground) == 1 {
			n = len(area)
		}
		for n < len(area) && area[n] == area[0] {
			n++
		}
		g := &w.Ground[area[0]]
		g.readOwn(field[g.First*sectors:][:g.Cells*sectors], f.Sector[lo:][:n], f.Base[lo:][:n], f.WX[lo:][:n], f.WY[lo:][:n], value[:n])
		lo, value = lo+n, value[n:]
	}
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
