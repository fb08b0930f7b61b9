package trust

import (
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
		f, deck := &w.Firms, w.Seed.Deck(drawSearch, tick, 0)
		suppliers, partners := rng.Below(r.P.SupplierSearch), rng.Below(r.P.PartnerSearch)
		for i := lo; i < hi; i++ {
			r.asked[i] = -1
			if f.ID[i] == 0 {
				continue
			}
			bits := deck.Bits(f.ID[i])
			if suppliers.Holds(bits, 0) && r.room(f.Suppliers(i), f.Labour[i]) {
				r.supplier(w, i, tick, inputKM)
			}
			if partners.Holds(bits, 1) && r.room(f.Collaborators(i), f.Labour[i]) {
				r.partner(w, i, tick)
			}
		}
	}
}

// room says whether a firm with so many workers can keep one more tie of a kind.
func (r *Rules) room(held int, labour float64) bool {
	more := float64(held+1) - r.P.TieBase
	return more <= 0 || more <= r.P.TieSize*num.LogQuick(1+labour/4)
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
	bits := w.Seed.Bits(drawPick, f.ID[i], tick, 0)
	s := pickShare(w.Now.Inputs[own*sectors:(own+1)*sectors], rng.Third(bits, 0))
	j := r.near(w, i, s, tick, inputKM, 0, bits)
	if j < 0 || int(j) == i || tied(f.SupplyOf(i), f.Suppliers(i), j) {
		return
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
// a few cells whatever the density. The last two thirds of bits decide.
func (r *Rules) near(w *world.World, i, sector, tick int, km float64, kind int, bits uint64) int32 {
	f, x := &w.Firms, &w.Index
	g := &w.Ground[f.Area[i]]
	var cell [tries]int
	places := rng.Deck(w.Seed.Bits(drawPlace, f.ID[i], tick, kind))
	for k := range cell {
		cell[k] = around(g, f.X[i], f.Y[i], km, places.Bits(uint64(k)))
	}
	var mass [tries]float64 // apart from the draws, so that the waits for memory overlap
	var low, high [tries]int
	total := 0.0
	for k, c := range cell {
		if c < 0 {
			continue
		}
		low[k], high[k] = w.Bucket(sector, c)
		mass[k] = x.Mass[high[k]] - x.Mass[low[k]]
		total += mass[k]
	}
	if total <= 0 {
		return -1
	}
	u := rng.Third(bits, 1) * total
	for k := range mass {
		if u -= mass[k]; u < 0 && high[k] > low[k] {
			return x.Rows[w.DrawMass(low[k], high[k], rng.Third(bits, 2))]
		}
	}
	return -1
}

// around draws a place from the kernel e^(-d/km) around a point and gives its cell: the distance is the sum of two
// exponentials, because in the plane the kernel's mass at d grows with d. It is -1 where the place falls off the grid.
func around(g *world.Ground, x, y, km float64, bits uint64) int {
	d := -km * num.LogQuick(rng.Third(bits, 0)*rng.Third(bits, 1)) // thirds will do: a place need not be known to the metre
	east, north := num.Direction(rng.Third(bits, 2))
	s := &g.Shape
	x = (x + float64(d*east) - s.X0) / s.CellKM
	y = (y + float64(d*north) - s.Y0) / s.CellKM
	if !(x >= 0 && y >= 0 && x < float64(s.NX) && y < float64(s.NY)) {
		return -1
	}
	return g.First + int(y)*s.NX + int(x)
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

// candidates is how many firms are considered for a collaboration, at most.
const candidates = 4

// A candidate is a firm considered for a collaboration.
type candidate struct {
	row   int32
	prior float64 // the trust to start with
}

// partner asks the best of a few: a partner's partner, a neighbour, a supplier, a stranger. It is a logit: the draw for a
// candidate is addressed by the pair, so one candidate more does not move the others. Asking nobody is worth 0.
func (r *Rules) partner(w *world.World, i, tick int) {
	f := &w.Firms
	var list [candidates]candidate
	n := r.meet(w, i, tick, &list)
	var key [candidates]uint64
	for k, c := range list[:n] { // fetched at once, so that the waits for memory overlap
		key[k] = f.ID[c.row]
	}
	best, value := int32(-1), w.Seed.Gumbel(drawPartner, f.ID[i], tick, 0)
	for k, c := range list[:n] {
		if int(c.row) == i || tied(f.CollabOf(i), f.Collaborators(i), c.row) {
			continue
		}
		u := r.wish(w, i, int(c.row), c.prior) + w.Seed.Gumbel(drawPartner, rng.Ordered(f.ID[i], key[k]), tick, 1)
		if u > value {
			best, value = c.row, u
			r.prior[i] = c.prior
		}
	}
	r.asked[i] = best
}

// meet lists the candidates of firm i for a collaboration and says how many there are.
func (r *Rules) meet(w *world.World, i, tick int, list *[candidates]candidate) int {
	f, sectors, n := &w.Firms, len(w.Setting.Sectors), 0
	add := func(row int32, prior float64) {
		if row >= 0 {
			list[n] = candidate{row, prior}
			n++
		}
	}
	prior := w.Prior(i)
	picks, bits := w.Seed.Bits(drawPlace, f.ID[i], tick, 100), w.Seed.Bits(drawPick, f.ID[i], tick, 1)
	sector := int(f.Sector[i])
	if u := 2 * rng.Third(bits, 0); u < 1 {
		sector = pickShare(w.Now.Inputs[sector*sectors:(sector+1)*sectors], u)
	}
	add(r.near(w, i, sector, tick, r.P.NeighbourKM, 1, bits), prior)
	add(w.Index.Rows[w.DrawWorker(w.Seed.Uniform(drawPlace, f.ID[i], tick, 200))], prior)
	if j := world.OneOf(f.SupplyOf(i), rng.Third(picks, 2)); j != nil {
		add(j.Partner, float64(j.Trust))
	}
	if k := world.OneOf(f.CollabOf(i), rng.Third(picks, 0)); k != nil {
		if j := world.OneOf(f.CollabOf(int(k.Partner)), rng.Third(picks, 1)); j != nil {
			add(j.Partner, max(prior, r.P.Referral*float64(k.Trust)*float64(j.Trust)))
		}
	}
	return n
}

// wish is what firm i expects of a collaboration with j: what it can learn, trust, nearness, less the burden of what it
// already keeps up.
func (r *Rules) wish(w *world.World, i, j int, prior float64) float64 {
	burden := r.P.Burden * float64(w.Firms.Collaborators(i))
	return float64(r.P.Benefit*r.teach(w, i, j)) + float64(r.P.Closure*prior) - distance(w, i, j)/r.P.NearKM - burden
}

// tied says whether a firm that holds so many of these ties holds one to row j.
func tied(ties []world.HalfTie, held int, j int32) bool {
	for k := 0; held > 0; k++ {
		if ties[k].Partner == j {
			return true
		}
		if ties[k].Partner >= 0 {
			held--
		}
	}
	return false
}

// Match answers the proposals: the firm asked accepts by the same logit, if it has room. It runs alone, because a
// collaboration is written at both ends.
func (r *Rules) Match(w *world.World, tick int) error {
	f := &w.Firms
	for i, j := range r.asked[:w.Rows()] {
		if j < 0 || !r.room(f.Collaborators(int(j)), f.Labour[j]) || !r.room(f.Collaborators(i), f.Labour[i]) || tied(f.CollabOf(i), f.Collaborators(i), j) {
			continue // or j has asked i before, and i has agreed
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
