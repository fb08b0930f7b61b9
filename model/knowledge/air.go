package knowledge

import (
	"agglo/model/world"
)

// airs is how many fields of the air there are: of R&D spending, of firms, of their technology.
const airs = 3

// A record is what a cell has of each, side by side. The fourth number is always 0: it makes a record half a line of memory, so that
// a cell never lies on two, and is added to in one go where the processor can.
type record [4]float64

// stripRows is how many rows of cells a strip has. It walks the firms of two rows more than its own.
const stripRows = 24

// A strip is some rows of an area's cells.
type strip struct{ area, first, end int } // of the area's cells, from the first one to before the end

// stripsOf cuts an area into strips of so many rows of cells.
func stripsOf(area int, g *world.Ground, rows int) (all []strip) {
	for c, each := 0, rows*g.Shape.NX; c < g.Cells; c += each {
		all = append(all, strip{area, c, min(c+each, g.Cells)})
	}
	return all
}

// Strips is in how many strips the ground is cut.
func (r *Rules) Strips(*world.World) int { return len(r.strips) }

// Lay adds up R&D spending, firms and their technology on the four nearest cells of each firm, one strip a row. A firm beside a border
// is visited for both strips, of which each takes what falls on its own cells: so a cell's firms are added up in one order,
// by sector and cell, as if there were one strip.
func (r *Rules) Lay(w *world.World, _, lo, hi int) {
	for _, s := range r.strips[lo:hi] {
		r.lay(w, s)
	}
}

// lay is Lay of a strip.
func (r *Rules) lay(w *world.World, of strip) {
	g := &w.Ground[of.area]
	on := plot{cells: r.air[of.area][of.first:of.end:of.end], first: of.first}
	on.east, on.north = g.Shape.Beside()
	clear(on.cells)
	usual := w.ResearchAsUsual()
	for s := range w.Setting.Sectors {
		on.lay(w, w.RowsFrom(s, g, of.first-g.Shape.NX, of.end+g.Shape.NX), w.ResearchShare(s), usual, wide())
	}
}

// A plot is the cells of a strip.
type plot struct {
	cells              []record
	first, east, north int // number of the first cell in its area, and the steps to the cells beside, see grid.Shape.Beside
}

// lay adds firms of a sector to the cells, in the order of the list. share is the sector's World.ResearchShare, usual is
// World.ResearchAsUsual. Where the processor can, and research is as usual, all that a firm adds to a cell is added in one go, in assembly
// (air_amd64.s), with the same bits.
func (p *plot) lay(w *world.World, rows []int32, share float64, usual, wide bool) {
	if usual && wide {
		rows = rows[p.swift(&w.Firms, rows, share):] // none, or the first one cannot be laid: the loop panics and says why
	}
	f, cells, first, east, north := &w.Firms, p.cells, p.first, p.east, p.north
	for _, i := range rows {
		spent, log, c := share*f.Sales[i], f.LogTech[i], int(f.Base[i])-first
		if !usual {
			spent = spending(w, int(i))
		}
		sw, se, nw, ne := f.Weights(int(i))
		if uint(c) < uint(len(cells)) {
			cells[c].add(sw, spent, log)
			cells[c+east].add(se, spent, log)
		}
		if c += north; uint(c) < uint(len(cells)) {
			cells[c].add(nw, spent, log)
			cells[c+east].add(ne, spent, log)
		}
	}
}

// swift is lay in assembly. It returns how many firms it has laid: all, or those before the first one that is not there or whose cells
// are not.
func (p *plot) swift(f *world.Firms, rows []int32, share float64) int {
	n := len(f.ID)
	if len(rows) == 0 || len(p.cells) == 0 || n == 0 {
		return 0
	}
	base, wx, wy, sales, logs := f.Base[:n], f.WX[:n], f.WY[:n], f.Sales[:n], f.LogTech[:n]
	return layWide(&p.cells[0], &rows[0], &base[0], &wx[0], &wy[0], &sales[0], &logs[0], share,
		p.first, p.east, p.north, len(p.cells), len(rows), n)
}

// add adds a part of a firm to a cell.
func (c *record) add(weight, spent, log float64) {
	c[0] += float64(weight * spent)
	c[1] += weight
	c[2] += float64(weight * log)
}

// lanes is how many fields of an area are smoothed side by side: no more than there is scratch for.
func (r *Rules) lanes(w *world.World) int { return min(airs, len(w.Setting.Sectors)) }

// Lanes is how many fields are smoothed side by side in all areas.
func (r *Rules) Lanes(w *world.World) int { return len(w.Ground) * r.lanes(w) }

// Gather fills the fields of the air from what Lay has laid, one lane of an area a row: R&D spending, firms and their technology nearby.
func (r *Rules) Gather(w *world.World, _, lo, hi int) {
	lanes, fields := r.lanes(w), [airs][]float64{w.Fields.Research, w.Fields.Firms, w.Fields.Tech}
	for row := lo; row < hi; row++ {
		a := row / lanes
		g, air, at := &w.Ground[a], r.air[a], &r.scratch[a*len(w.Setting.Sectors)+row%lanes]
		for k := row % lanes; k < airs; k += lanes {
			for c := range at.Mass {
				at.Mass[c] = air[c][k]
			}
			at.Smooth(g.Air, fields[k][g.First:g.First+g.Cells], at.Mass)
		}
	}
}
