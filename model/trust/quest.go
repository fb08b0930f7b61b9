package trust

import (
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

const (
	tries      = 3  // cells that a firm looks at; with more, the chance of a firm comes nearer to its mass times the kernel
	candidates = 4  // firms considered for a collaboration, at most
	further    = 4  // more of them that information brings, at most
	together   = 64 // quests pursued together
)

// A quest is one firm's look for another of a sector. Many are pursued together, step by step, because each step waits for
// memory that lies anywhere, and the waits of many quests overlap.
type quest struct {
	row        int32 // of the firm
	found      int32 // row of the firm found, -1 = nobody
	sector     int32 // looked for
	stranger   int32 // row of a firm drawn from all by workers, for a collaboration
	kind       uint8 // supply or collaboration
	candidates uint8
	bits       uint64
	low, high  [tries]int32 // the entries of the index that lie in the cells looked at
	mass       [tries]float64
	list       [candidates + further]candidate
}

// A candidate is a firm considered for a collaboration.
type candidate struct {
	row   int32
	key   uint32  // see world.Face
	prior float64 // the trust to start with
}

// consider adds a candidate; a row of -1 is nobody.
func (q *quest) consider(row int32, prior float64) {
	if row >= 0 {
		q.list[q.candidates] = candidate{row: row, prior: prior}
		q.candidates++
	}
}

// look fetches the candidates' faces, which are needed next.
func (q *quest) look(w *world.World) {
	for k := range q.list[:q.candidates] {
		q.list[k].key = w.Firms.Face[q.list[k].row].Key
	}
}

// begin draws the sector and the cells that firm i looks at. A supplier's sector is drawn by its share of input spending; a
// collaborator's is the firm's own, or drawn so, by even chances. Places are drawn from the kernel e^(-d/km).
func (q *quest) begin(w *world.World, i, tick int, kind uint8, km float64) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	q.row, q.kind, q.candidates, q.bits = int32(i), kind, 0, w.Seed.Bits(drawPick, f.ID[i], tick, int(kind))
	sector := int(f.Sector[i])
	u := rng.Third(q.bits, 0)
	if kind == collaboration {
		u *= 2
	}
	if u < 1 {
		sector = pickShare(w.Now.Inputs[sector*sectors:(sector+1)*sectors], u)
	}
	q.sector = int32(sector)
	g, buckets := &w.Ground[f.Area[i]], w.Index.Start[sector*len(w.Cells.Region):]
	places := rng.Deck(w.Seed.Bits(drawPlace, f.ID[i], tick, int(kind)))
	for k := range tries {
		q.low[k], q.high[k] = 0, 0
		if c := around(g, f.X[i], f.Y[i], km, places.Bits(uint64(k))); c >= 0 {
			q.low[k], q.high[k] = buckets[c], buckets[c+1]
		}
	}
}

// seek finds the firm of each quest: one of the cells is drawn by the mass of the sector's firms there, and in it a firm by
// its mass. Nobody is scanned: the cost is a few cells whatever the density.
func seek(w *world.World, quests []quest) {
	x := &w.Index
	for k := range quests {
		q := &quests[k]
		for c := range q.mass {
			q.mass[c] = x.Mass[q.high[c]] - x.Mass[q.low[c]]
		}
	}
	for k := range quests {
		q := &quests[k]
		q.found = -1
		u := rng.Third(q.bits, 1) * (q.mass[0] + q.mass[1] + q.mass[2])
		for c, mass := range q.mass {
			if u -= mass; u < 0 && q.high[c] > q.low[c] {
				q.found = x.Rows[w.DrawMass(int(q.low[c]), int(q.high[c]), rng.Third(q.bits, 2))]
				break
			}
		}
	}
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
