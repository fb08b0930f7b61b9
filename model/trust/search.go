package trust

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// tries is how many cells a firm looks at when it searches; with more, the chance of a firm comes nearer to its mass
// times the kernel.
const tries = 3

// Search lets firms with room look for a supplier, whom they take at once, and for a collaborator, whom they ask; Match
// answers. A row writes its own slots and its own proposal only.
func (r *Rules) Search(inputKM float64) func(w *world.World, tick, lo, hi int) {
	return func(w *world.World, tick, lo, hi int) {
		f := &w.Firms
		for i := lo; i < hi; i++ {
			r.asked[i] = -1
			if f.ID[i] == 0 {
				continue
			}
			bound := r.P.TieBase + float64(r.P.TieSize*num.Log1p(f.Labour[i]/4))
			if float64(f.Suppliers(i)+1) <= bound && w.Seed.Chance(r.P.SupplierSearch, drawSearch, f.ID[i], tick, 0) {
				r.supplier(w, i, tick, inputKM)
			}
			if float64(f.Collaborators(i)+1) <= bound && w.Seed.Chance(r.P.PartnerSearch, drawSearch, f.ID[i], tick, 1) {
				r.partner(w, i, tick)
			}
		}
	}
}

// Ready makes room for the proposals of a tick.
func (r *Rules) Ready(w *world.World) {
	for len(r.asked) < w.Rows() {
		r.asked = append(r.asked, -1)
		r.prior = append(r.prior, 0)
	}
}

// supplier takes a supplier: a sector by its share of input spending, a firm with chance proportional to its mass times
// the kernel of distance.
func (r *Rules) supplier(w *world.World, i, tick int, inputKM float64) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	own := int(f.Sector[i])
	s := pickShare(w.Now.Inputs[own*sectors:(own+1)*sectors], w.Seed.Uniform(drawSector, f.ID[i], tick, 0))
	j := r.near(w, i, s, tick, inputKM, 0)
	if j < 0 || int(j) == i {
		return
	}
	for _, t := range f.SupplyOf(i) {
		if t.Partner == j {
			return
		}
	}
	f.TakeSupplier(i, world.NewHalfTie(j, f.ID[i], f.ID[j], w.Prior(i), r.nearness(w, i, int(j))))
}

// pickShare is the index drawn by u from shares that sum to one.
func pickShare(shares []float64, u float64) int {
	last := 0
	for k, x := range shares {
		if x > 0 {
			last = k
		}
		if u -= x; u < 0 {
			return k
		}
	}
	return last
}

// near draws a firm of a sector: places are drawn around firm i from the kernel e^(-d/km), one of them by the mass of
// the sector's firms in its cell, and there a firm by its mass; -1 when nobody is found. Nobody is scanned: the cost is
// a few cells whatever the density.
func (r *Rules) near(w *world.World, i, sector, tick int, km float64, kind int) int32 {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	var mass [tries]float64
	var low, high [tries]int
	total := 0.0
	for k := range tries {
		c, ok := around(w, g, f.X[i], f.Y[i], km, f.ID[i], tick, kind*tries+k)
		if !ok {
			continue
		}
		low[k], high[k] = w.Bucket(sector, c)
		mass[k] = w.Index.Mass[high[k]] - w.Index.Mass[low[k]]
		total += mass[k]
	}
	if total <= 0 {
		return -1
	}
	u := w.Seed.Uniform(drawPick, f.ID[i], tick, kind) * total
	for k := range tries {
		if u -= mass[k]; u < 0 && high[k] > low[k] {
			u = w.Seed.Uniform(drawPick, f.ID[i], tick, 2+kind)
			return w.Index.Rows[w.DrawMass(low[k], high[k], u)]
		}
	}
	return -1
}

// around draws a place from the kernel e^(-d/km) around a point and gives its cell: the distance is the sum of two
// exponentials, because in the plane the kernel's mass at d grows with d. ok is false when it falls off the land.
func around(w *world.World, g *world.Ground, x, y, km float64, key uint64, tick, k int) (cell int, ok bool) {
	bits := w.Seed.Bits(drawPlace, key, tick, k) // three draws of 21 bits: a place need not be known to the metre
	const unit = 0x1p-21
	a, b := float64(bits>>43)+.5, float64(bits>>22&(1<<21-1))+.5
	turn := (float64(bits>>1&(1<<21-1)) + .5) * unit
	d := -km * num.Log(a*b*(unit*unit))
	x, y = x+float64(d*num.Cos2Pi(turn)), y+float64(d*num.Sin2Pi(turn))
	s := g.Shape
	ix, iy := int(math.Floor((x-s.X0)/s.CellKM)), int(math.Floor((y-s.Y0)/s.CellKM))
	if ix < 0 || iy < 0 || ix >= s.NX || iy >= s.NY {
		return 0, false
	}
	return g.First + iy*s.NX + ix, true
}

// nearness is how much of a partner's use is left at its distance.
func (r *Rules) nearness(w *world.World, i, j int) float64 {
	return num.Exp(-distance(w, i, j) / r.P.NearKM)
}

// distance is the distance between firm i and what is published of firm j, km.
func distance(w *world.World, i, j int) float64 {
	f, other := &w.Firms, &w.Firms.Face[j]
	return num.Hypot(f.X[i]-float64(other.X), f.Y[i]-float64(other.Y))
}

// partner asks the best of a few: a partner's partner, a neighbour, a supplier, a stranger. It is a logit: the draw for a
// candidate is addressed by the pair, so one candidate more does not move the others. Asking nobody is worth 0.
func (r *Rules) partner(w *world.World, i, tick int) {
	f := &w.Firms
	best, value := int32(-1), w.Seed.Gumbel(drawPartner, f.ID[i], tick, 0)
	consider := func(j int32, prior float64) {
		if j < 0 || int(j) == i || f.ID[j] == 0 || r.tied(w, i, j) {
			return
		}
		u := r.wish(w, i, int(j), prior) + w.Seed.Gumbel(drawPartner, rng.Ordered(f.ID[i], f.ID[j]), tick, 1)
		if u > value {
			best, value = j, u
			r.prior[i] = prior
		}
	}
	prior := w.Prior(i)
	pick := func(ties []world.HalfTie, at int) *world.HalfTie {
		return world.OneOf(ties, w.Seed.Uniform(drawPlace, f.ID[i], tick, 100+at))
	}
	if k := pick(f.CollabOf(i), 0); k != nil {
		if j := pick(f.CollabOf(int(k.Partner)), 1); j != nil {
			consider(j.Partner, max(prior, r.P.Referral*float64(k.Trust)*float64(j.Trust)))
		}
	}
	if j := pick(f.SupplyOf(i), 2); j != nil {
		consider(j.Partner, float64(j.Trust))
	}
	sector := int(f.Sector[i])
	if w.Seed.Chance(.5, drawSector, f.ID[i], tick, 1) {
		n := len(w.Setting.Sectors)
		sector = pickShare(w.Now.Inputs[sector*n:(sector+1)*n], w.Seed.Uniform(drawSector, f.ID[i], tick, 2))
	}
	consider(r.near(w, i, sector, tick, r.P.NeighbourKM, 1), prior)
	if n := len(w.Index.Rows); n > 0 {
		consider(w.Index.Rows[w.DrawJobs(0, n, w.Seed.Uniform(drawPlace, f.ID[i], tick, 200))], prior)
	}
	r.asked[i] = best
}

// wish is what firm i expects of a collaboration with j: what it can learn, trust, nearness, less the burden of what it
// already keeps up.
func (r *Rules) wish(w *world.World, i, j int, prior float64) float64 {
	burden := r.P.Burden * float64(w.Firms.Collaborators(i))
	return float64(r.P.Benefit*r.teach(w, i, j)) + float64(r.P.Closure*prior) - distance(w, i, j)/r.P.NearKM - burden
}

// tied says whether firm i holds a collaboration with j.
func (r *Rules) tied(w *world.World, i int, j int32) bool {
	for _, t := range w.Firms.CollabOf(i) {
		if t.Partner == j {
			return true
		}
	}
	return false
}

// Match answers the proposals: the firm asked accepts by the same logit, if it has room. It runs alone, because a
// collaboration is written at both ends.
func (r *Rules) Match(w *world.World, tick int) error {
	f := &w.Firms
	for i, j := range r.asked[:w.Rows()] {
		if j < 0 || f.ID[i] == 0 || f.ID[j] == 0 || r.tied(w, i, j) || r.tied(w, int(j), int32(i)) {
			continue
		}
		bound := r.P.TieBase + float64(r.P.TieSize*num.Log1p(f.Labour[j]/4))
		if float64(f.Collaborators(int(j))+1) > bound {
			continue
		}
		wish := r.wish(w, int(j), i, r.prior[i])
		if !w.Seed.Chance(num.Logistic(wish), drawAccept, rng.Ordered(f.ID[j], f.ID[i]), tick, 0) {
			continue
		}
		f.Join(i, int(j), r.prior[i], r.nearness(w, i, int(j)))
	}
	return nil
}

// Inherit gives a founder a tie to a partner of the firm that it left.
func Inherit(w *world.World, child, partner int, trust, nearKM float64) {
	f := &w.Firms
	d := num.Hypot(f.X[child]-f.X[partner], f.Y[child]-f.Y[partner])
	f.Join(child, partner, trust, num.Exp(-d/nearKM))
}
