package demography

import (
	"agglo/model/world"
	"agglo/sim/rng"
)

// neighbours is at whose neighbourhoods a firm looks.
type neighbours struct {
	partners [2]int32 // rows of a collaborator and of a supplier; -1 = none
	success  int32    // cell of a visible success of its sector; -1 = none
}

// Addresses of the places that a firm draws near its neighbours.
var nearPartner = [len(neighbours{}.partners)]uint64{1, 3}

const nearSuccess = 2

// meet picks at whose neighbourhoods firm i looks. Of a success it knows the cell where it stood when firms were last listed: which firm
// of the cell it is would hang on the order of rows, which has no meaning.
func (r *Rules) meet(w *world.World, i, tick int) neighbours {
	f, near := &w.Firms, neighbours{success: -1}
	near.partners[0] = f.OneCollaborator(i, w.Seed.Uniform(drawSite, f.ID[i], tick, 0))
	near.partners[1] = f.OneSupplier(i, w.Seed.Uniform(drawSite, f.ID[i], tick, 2))
	if s := int(f.Sector[i]); r.P.Successes {
		lo, _ := w.Bucket(s, 0)
		_, hi := w.Bucket(s, len(w.Cells.Region)-1)
		if hi > lo {
			near.success = int32(w.ListedCell(s, w.DrawJobs(lo, hi, w.Seed.Uniform(drawSite, f.ID[i], tick, 1))))
		}
	}
	return near
}

// look adds to a list the sites that firm i compares: its present one, then its neighbours' neighbourhoods, random land, more of it
// with better information.
func (r *Rules) look(w *world.World, i, tick int, near neighbours, list []world.Visit) []world.Visit {
	f := &w.Firms
	list = append(list, world.Visit{Row: int32(i), Area: int32(f.Area[i]), At: world.Point{X: f.X[i], Y: f.Y[i]}})
	consider := func(a int, p world.Point) {
		g := &w.Ground[a]
		c := g.CellAt(p)
		if !g.Inside(p) || w.Cells.Land[g.First+c] <= 0 || g.First+c == int(f.Cell[i]) {
			return
		}
		list = append(list, world.Visit{Row: int32(i), Area: int32(a), At: p})
	}
	beside := func(area int, at world.Point, draw uint64) {
		if p, fine := r.beside(w, area, at, rng.Key(f.ID[i], draw), tick); fine {
			consider(area, p)
		}
	}
	for n, j := range near.partners {
		if j >= 0 {
			beside(int(f.Area[j]), world.Point{X: f.X[j], Y: f.Y[j]}, nearPartner[n])
		}
	}
	if c := int(near.success); c >= 0 {
		area := int(w.Cells.Area[c])
		beside(area, r.within(w, area, c-w.Ground[area].First, drawSite, f.ID[i], tick, 3), nearSuccess)
	}
	for k := range r.P.Strangers {
		if a, p, fine := r.anywhere(w, drawSite, f.ID[i], tick, 10+2*k, 50+2*k); fine {
			consider(a, p)
		}
	}
	r.lookFurther(w, i, tick, consider)
	return list
}

// stands says whether the firm that had a row when rows were last listed is still there: it may have closed in this tick since, and its
// row gone to a newborn.
func stands(f *world.Firms, row, tick int) bool { return f.ID[row] != 0 && f.Born[row] != int32(tick) }

// best is which of a firm's judged sites it chooses, 0 = to stay: a logit whose draws are addressed by firm and cell (McFadden
// 1974), the greatest of sharpness times value plus taste, less the hurdle for those that it would move to.
func (r *Rules) best(w *world.World, tick int, hurdle float64, visits []world.Visit) int {
	best, most := 0, 0.0
	for k := range visits {
		v := &visits[k]
		g := &w.Ground[v.Area]
		cell := uint64(g.First + g.CellAt(v.At))
		worth := float64(r.P.Sharpness*v.Value) + w.Seed.Gumbel(drawTaste, rng.Key(w.Firms.ID[v.Row], cell), tick, 0)
		if k > 0 {
			worth -= float64(r.P.Sharpness * hurdle)
		}
		if k == 0 || worth > most {
			best, most = k, worth
		}
	}
	return best
}
