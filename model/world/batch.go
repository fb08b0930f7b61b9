package world

import "agglo/sim/grid"

// Batch is how many rows a rule takes at once that goes through them in several short loops. Reading a field is a wait for memory,
// and a processor waits for many firms at a time only where the code between their reads is short.
const Batch = 64

// ReadOwn reads a field by plane for each row from lo on, at the row's place in the plane of its own sector. What it gives for
// free rows has no meaning.
func (w *World) ReadOwn(field []float64, lo int, value []float64) {
	f, sectors, n := &w.Firms, len(w.Setting.Sectors), len(value)
	area, sector, base, wx, wy := f.Area[lo:][:n], f.Sector[lo:][:n], f.Base[lo:][:n], f.WX[lo:][:n], f.WY[lo:][:n]
	at, first, cells, east, north := -1, 0, 0, 0, 0 // of the area at hand
	for k := range value {
		if a := int(area[k]); a != at {
			g := &w.Ground[a]
			at, first, cells = a, g.First*sectors, g.Cells
			east, north = g.Shape.Beside()
		}
		corner := first + int(sector[k])*cells + int(base[k])
		value[k] = grid.Bilinear(field, corner, east, north, float64(wx[k]), float64(wy[k]))
	}
}
