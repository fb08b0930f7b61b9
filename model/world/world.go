// Package world holds the state of the simulated region and nothing else: firms, ties, cells, labour markets, treasuries,
// and the accounts between them. It knows no rule. The mechanisms meet here: one writes a column, another reads it in a
// later phase.
package world

import (
	"agglo/sim/grid"
	"agglo/sim/rng"
)

// A World is the state of a region at a tick.
type World struct {
	Setting    *Setting
	Params     Params
	Seed       rng.Seed
	Now        Now
	Base       Base
	Firms      Firms
	Index      Index
	Ground     []Ground
	Ranges     Ranges // that the ground is laid out for
	Cells      Cells
	Fields     Fields
	Memory     Memory // of how places looked
	Markets    Markets
	Money      Money
	Levers     Levers
	Cuts       Cuts          // channels cut in a replay
	Ledger     []LedgerEntry // by policy, in the order of their ids
	Facilities []Facility    // that the scenario gives, in the order of its institutions
	Sectors    []SectorState
	Groups     []Group // clusters found at the last year's end
	Ended      []Group // clusters of the year before that were not found again then
	Past       Past    // what following clusters needs of that date
	Synergy    Synergy
	Count      Count
	Sums       Partials // block sums of the phase that ran last
	// What the public had a part in, this tick.
	Closures  []Closure
	Foundings []Founding
}

// Base holds what was true at the start and serves as a yardstick ever after. By sector; an emerging sector's are those
// that it would have if it were mature at the start.
type Base struct {
	Share    []float64 // of home demand
	Supply   []float64 // mean input field, weighted by employment, own mass left out
	Pool     []float64 // mean labour pool, weighted by employment, own workers left out
	Rivals   []float64 // mass of the world's sellers to households
	World    []float64 // world demand per unit of mass
	Appeal   []float64 // sum of appeals
	Firms    []float64 // number of firms
	Sales    []float64 // mean sales per firm, per year
	Size     []float64 // mean workers per firm
	Research float64   // mean field of R&D, weighted by employment
	Stock    float64   // mean R&D stock per firm
	Accepted float64   // share of founders who can pay for their firm where nobody but the usual backing finances them
}

// SectorState is what is known of a sector at a tick, summed over firms in fixed order.
type SectorState struct {
	Firms       float64 // living
	Jobs        float64 // workers at them
	Sales       float64 // per year
	Profit      float64 // per year
	LogTech     float64 // sum of log technology
	LogPrice    float64 // sum of log prices
	JobsLogTech float64 // sum, weighted by workers
	Appeal      float64 // sum
}

// Group is a cluster: the firms of one group of sectors in connected cells.
type Group struct {
	Number int32   // stable through time, from 1
	Name   string  // nearest town and group; given once, no two are the same
	Group  string  // id of its sectors' group
	At     Point   // centre of its jobs
	Region int     // where most of its jobs are
	Born   int     // tick when first seen, below 0 if at the start; of a cluster that split off, that of the one it came from
	Event  string  // birth, split, merge, growth, decline, steady; of one that ended: merged, death
	Other  int32   // number of the cluster that it split from, took in or merged into; 0 = none
	Jobs   float64 // of its firms; 0 if it ended
	Cells  []int32 // ascending; cells may belong to clusters of other groups too
}

// Past is what the following of clusters remembers from one year's end to the next.
type Past struct {
	Next   int32       // number of the next new cluster; 0 = nobody has looked for clusters yet
	Groups []PastGroup // by group of sectors, in the order of the setting's sectors
	Lives  []Life      // of all clusters that ever were, by number less 1
}

// PastGroup is where the clusters of a group of sectors were at the last year's end: the cells that belonged to one, ascending.
type PastGroup struct {
	Cell   []int32   // numbered through all areas
	Number []int32   // by these cells: number of the cluster
	Jobs   []float64 // by these cells: workers of the group
}

// Life is what stays with a cluster.
type Life struct {
	Name string
	Born int // see Group.Born
}

// Synergy holds the yearly partial split of value added, per firm, in worker-years per year: with all channels off, and what each adds.
type Synergy struct {
	Tick      int       // the year's end of which it is
	Base      []float64 // by row: value added with all channels off, per year; with the parts, value added as it is
	Input     []float32 // by row: part of the input market, value per year
	Labour    []float32 // by row: part of the labour pool
	Trust     []float32 // by row: part of trust
	Knowledge []float32 // by row: part of knowledge from neighbours and partners
	Club      []float32 // by row: part of shared facilities; empty where none acts
	Saving    []float32 // by row: log price that trust in suppliers saves
}

// Count counts what happened in a tick.
type Count struct {
	Births, SpinOffs, DeNovo, Refused int     // firms founded, by whom; tries without workers or money of the place
	Unfinanced                        int     // founders who lacked money and found none
	Deaths, Moves, Innovations        int     // firms that closed; that changed their site; innovations
	Insolvent, Loss, Hazard           int     // reasons of deaths
	Deals, Broken                     int     // by half-tie: deals, and those that the partner broke
	Rationed                          float64 // share of demand not delivered
	Arrived                           float64 // people from outside who joined the labour force
}

// Partials holds sums that the blocks of an Each phase leave for the Once phase behind it: a block writes its own row, and
// the rows are added in order, so the number of workers never shows.
type Partials struct {
	Width int       // sums of a block
	Rows  []float64 // block by block
}

// Reset makes room for the blocks of rows rows, width sums each, all zero. It must run alone.
func (p *Partials) Reset(rows, block, width int) {
	p.Width = width
	p.Rows = resize(p.Rows, (rows+block-1)/block*width)
	for k := range p.Rows {
		p.Rows[k] = 0
	}
}

// Block is the sums of the block that begins at row lo.
func (p *Partials) Block(lo, block int) []float64 {
	k := lo / block * p.Width
	return p.Rows[k : k+p.Width : k+p.Width]
}

// Total adds the blocks' k-th sums in order.
func (p *Partials) Total(k int) float64 {
	t := 0.0
	for ; k < len(p.Rows); k += p.Width {
		t += p.Rows[k]
	}
	return t
}

// Rows is the number of rows of firms, living or free; phases walk them.
func (w *World) Rows() int { return len(w.Firms.ID) }

// hair makes a firm's part in the field of suppliers a little too large, by more than the field and the part are rounded together: what
// a firm reads of its sector where it is alone is then nothing without itself, and never a rest that would be taken for a supplier.
const hair = 1 + 2.0/(1<<23)

// Place puts row i on a point of an area; the point must lie on its grid. It sets the cell and the weights by which
// fields are written and read.
func (w *World) Place(i, area int, at Point) {
	f, g := &w.Firms, &w.Ground[area]
	f.Area[i], f.X[i], f.Y[i] = uint16(area), at.X, at.Y
	f.Cell[i] = int32(g.First + g.CellAt(at))
	base, wx, wy := g.Shape.Cloud(at.X, at.Y)
	f.Base[i], f.WX[i], f.WY[i] = base, float32(wx), float32(wy)
	wx, wy = float64(f.WX[i]), float64(f.WY[i]) // its own part must be that of the weights by which it writes and reads
	f.SelfSupply[i] = float32(g.Supply.Self(base, wx, wy) * hair)
	f.SelfPool[i], f.SelfAir[i] = float32(g.Pool.Self(base, wx, wy)), float32(g.Air.Self(base, wx, wy))
}

// Weights are the parts of row i's mass that fall to its south-western, south-eastern, north-western and north-eastern cell.
func (f *Firms) Weights(i int) (sw, se, nw, ne float64) {
	return grid.Weights(float64(f.WX[i]), float64(f.WY[i]))
}

// Read is the value of a plane of row i's area at its place.
func (w *World) Read(plane []float64, i int) float64 {
	f := &w.Firms
	east, north := w.Ground[f.Area[i]].Shape.Beside()
	return grid.Bilinear(plane, int(f.Base[i]), east, north, float64(f.WX[i]), float64(f.WY[i]))
}

// Supply is the mass of a sector's suppliers within reach of row i, its own included.
func (w *World) Supply(i, sector int) float64 {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	g := &w.Ground[f.Area[i]]
	east, north := g.Shape.Beside()
	of := w.Fields.SupplyAt[g.First*sectors+sector:]
	sw, up := int(f.Base[i])*sectors, north*sectors
	se := sw + east*sectors
	corners := [4]float64{float64(of[sw]), float64(of[se]), float64(of[sw+up]), float64(of[se+up])}
	return grid.Bilinear(corners[:], 0, 1, 2, float64(f.WX[i]), float64(f.WY[i]))
}

// CellAt is the number, inside the area, of the cell that holds a point; points outside fall in the nearest cell.
func (g *Ground) CellAt(at Point) int {
	s := g.Shape
	ix := min(max(int((at.X-s.X0)/s.CellKM), 0), s.NX-1)
	iy := min(max(int((at.Y-s.Y0)/s.CellKM), 0), s.NY-1)
	return iy*s.NX + ix
}

// Mid is the middle of a cell, by its number inside the area.
func (g *Ground) Mid(cell int) Point {
	s := g.Shape
	return Point{s.X0 + float64((float64(cell%s.NX)+.5)*s.CellKM), s.Y0 + float64((float64(cell/s.NX)+.5)*s.CellKM)}
}

// RowsOf lists the rows of a sector's firms in an area, by cell.
func (w *World) RowsOf(sector int, g *Ground) []int32 { return w.RowsFrom(sector, g, 0, g.Cells) }

// RowsFrom lists the rows of a sector's firms in those of an area's cells that lie between two, the second one not among them.
func (w *World) RowsFrom(sector int, g *Ground, first, end int) []int32 {
	k := sector*len(w.Cells.Region) + g.First
	return w.Index.Rows[w.Index.Start[k+max(first, 0)].First:w.Index.Start[k+min(end, g.Cells)].First]
}

// Prior is the trust that firm i places in a stranger.
func (w *World) Prior(i int) float64 { return w.RegionOf(int(w.Firms.Cell[i])).Prior() }

// RegionOf is the region of a cell; cells outside all regions count to the first one.
func (w *World) RegionOf(cell int) *Region {
	return &w.Setting.Regions[max(w.Cells.Region[cell], 0)]
}

// Prior is the trust placed in a stranger, .1 + .4 x the share of people who trust.
func (r *Region) Prior() float64 { return .1 + float64(.4*r.TrustPrior) }

// UserCost is the yearly cost of capital to firm i: interest and depreciation less what policy pays.
func (w *World) UserCost(i int) float64 {
	u := w.Params.UserCost()
	if paid := w.Levers.Of(LeverUserCost, i); paid != 0 {
		u = max(u-paid, .1*u)
	}
	return u
}

// Inside says whether a point lies on the area's grid.
func (g *Ground) Inside(p Point) bool {
	s := g.Shape
	return p.X >= s.X0 && p.Y >= s.Y0 && p.X < s.X0+float64(float64(s.NX)*s.CellKM) && p.Y < s.Y0+float64(float64(s.NY)*s.CellKM)
}
