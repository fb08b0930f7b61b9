package world

import "agglo/sim/num"

// View shows a world without letting anyone change it. Observers and policies see nothing else. No method hands out a
// slice or a pointer into the world. Money is in worker-years, flows of firms are per year, lengths are km.
type View struct{ w *World }

// NewView is a view of w.
func NewView(w *World) View { return View{w} }

// The calendar and what grows outside.

// Tick is the tick that the world has reached.
func (v View) Tick() int { return v.w.Now.Tick }

// WorldWage is the world's wage, 1 at tick 0.
func (v View) WorldWage() float64 { return v.w.Now.Wage }

// WorldLogTech is the log of the world's technology, 0 at tick 0.
func (v View) WorldLogTech() float64 { return v.w.Now.LogTech }

// What the scenario says; see Setting.

// Start is the date of tick 0.
func (v View) Start() Date { return v.w.Setting.Start }

// Scale is the number of real firms that one agent stands for.
func (v View) Scale() float64 { return v.w.Setting.Scale }

// Currency turns worker-years into money.
func (v View) Currency() Currency { return v.w.Setting.Currency }

// Sectors is the number of sectors.
func (v View) Sectors() int { return len(v.w.Setting.Sectors) }

// SectorID is a sector's id.
func (v View) SectorID(s int) string { return v.w.Setting.Sectors[s].ID }

// SectorName is a sector's label.
func (v View) SectorName(s int) string { return v.w.Setting.Sectors[s].Name }

// SectorGroup is the id of the group with which a sector makes clusters.
func (v View) SectorGroup(s int) string { return v.w.Setting.Sectors[s].Group }

// SectorEmerging says whether a sector begins after the start.
func (v View) SectorEmerging(s int) bool { return v.w.Setting.Sectors[s].Emerging != nil }

// Regions is the number of regions.
func (v View) Regions() int { return len(v.w.Setting.Regions) }

// RegionID is a region's id.
func (v View) RegionID(r int) string { return v.w.Setting.Regions[r].ID }

// RegionName is a region's label.
func (v View) RegionName(r int) string { return v.w.Setting.Regions[r].Name }

// TaxRate is a region's tax rate on profits, [0,1).
func (v View) TaxRate(r int) float64 { return v.w.Setting.Regions[r].TaxRate }

// RegionRings is the number of rings in a region's outline.
func (v View) RegionRings(r int) int { return len(v.w.Setting.Regions[r].Outline) }

// RingPoints is the number of points of a ring of a region's outline.
func (v View) RingPoints(r, ring int) int { return len(v.w.Setting.Regions[r].Outline[ring]) }

// RingPoint is a point of a ring of a region's outline.
func (v View) RingPoint(r, ring, k int) Point { return v.w.Setting.Regions[r].Outline[ring][k] }

// Places is the number of places.
func (v View) Places() int { return len(v.w.Setting.Places) }

// Place is a place.
func (v View) Place(k int) Place { return v.w.Setting.Places[k] }

// Institutions is the number of institutions.
func (v View) Institutions() int { return len(v.w.Setting.Institutions) }

// Institution is an institution.
func (v View) Institution(k int) Institution { return v.w.Setting.Institutions[k] }

// UserCost is the yearly cost of capital without subsidy: interest and depreciation.
func (v View) UserCost() float64 { return v.w.Params.UserCost() }

// Interest is the yearly rate at which banks lend.
func (v View) Interest() float64 { return v.w.Params.Interest }

// Cells, numbered through all areas.

// Cells is the number of cells.
func (v View) Cells() int { return len(v.w.Cells.Land) }

// CellLand is the workers that a cell carries at base rent; 0 = no land.
func (v View) CellLand(c int) float64 { return v.w.Cells.Land[c] }

// CellRegion is the region of a cell; cells outside all regions count to the first one.
func (v View) CellRegion(c int) int { return int(max(v.w.Cells.Region[c], 0)) }

// CellMarket is the labour market of a cell, -1 without land.
func (v View) CellMarket(c int) int { return int(v.w.Cells.Market[c]) }

// CellArea is the area of a cell.
func (v View) CellArea(c int) int { return int(v.w.Cells.Area[c]) }

// CellKM is the width of a cell.
func (v View) CellKM(c int) float64 { return v.w.Ground[v.w.Cells.Area[c]].Shape.CellKM }

// CellMid is the middle of a cell.
func (v View) CellMid(c int) Point {
	g := &v.w.Ground[v.w.Cells.Area[c]]
	return g.Mid(c - g.First)
}

// EndPoint is e^((sigma-1) saving) of transport in a cell, 1 without investment and full roads.
func (v View) EndPoint(c int) float64 { return v.w.EndPoint(c) }

// Firms, by row. A row is a slot: it may be free, and a living firm keeps its row for life.

// Rows is the number of rows, living or free.
func (v View) Rows() int { return len(v.w.Firms.ID) }

// Alive is the number of living firms.
func (v View) Alive() int { return v.w.Firms.Alive }

// Living says whether row i holds a firm.
func (v View) Living(i int) bool { return v.w.Firms.ID[i] != 0 }

// ID is the firm's key, never reused; 0 = the row is free.
func (v View) ID(i int) uint64 { return v.w.Firms.ID[i] }

// Parent is the key of the firm that the founder left, 0 = none.
func (v View) Parent(i int) uint64 { return v.w.Firms.Parent[i] }

// Sector is the firm's sector.
func (v View) Sector(i int) int { return int(v.w.Firms.Sector[i]) }

// Cell is the cell of the firm's site.
func (v View) Cell(i int) int { return int(v.w.Firms.Cell[i]) }

// Region is the region of the firm's site.
func (v View) Region(i int) int { return v.CellRegion(int(v.w.Firms.Cell[i])) }

// X is the firm's place east of the origin.
func (v View) X(i int) float64 { return v.w.Firms.X[i] }

// Y is the firm's place north of the origin.
func (v View) Y(i int) float64 { return v.w.Firms.Y[i] }

// Age is the firm's age in years.
func (v View) Age(i int) float64 {
	return float64(v.w.Now.Tick-int(v.w.Firms.Born[i])) / TicksPerYear
}

// Jobs is the firm's workers.
func (v View) Jobs(i int) float64 { return v.w.Firms.Labour[i] }

// Sales is what the firm delivers, value per year.
func (v View) Sales(i int) float64 { return v.w.Firms.Sales[i] }

// Orders is what the firm spends on inputs, value per year.
func (v View) Orders(i int) float64 { return v.w.Firms.Orders[i] }

// ValueAdded is sales less inputs, value per year.
func (v View) ValueAdded(i int) float64 { return v.w.Firms.Sales[i] - v.w.Firms.Orders[i] }

// ExportDemand is the part of Demand from the world, value per year.
func (v View) ExportDemand(i int) float64 { return float64(v.w.Firms.Exports[i]) }

// Exporter says whether the firm has an export business of its own.
func (v View) Exporter(i int) bool { return v.w.Firms.Exporter[i] }

// Exports is what of the demand from the world is delivered, value per year: demand is rationed alike for all buyers.
func (v View) Exports(i int) float64 {
	f := &v.w.Firms
	if f.Demand[i] <= 0 {
		return 0
	}
	return float64(f.Exports[i]) * (f.Sales[i] / f.Demand[i])
}

// Research is the firm's R&D spending, value per year, what is given to it for R&D included.
func (v View) Research(i int) float64 {
	own, given := v.w.Research(i)
	return own + given
}

// ResearchOwn is the part of it that the firm decides on, value per year; a part of that may be given back to it.
func (v View) ResearchOwn(i int) float64 {
	own, _ := v.w.Research(i)
	return own
}

// ResearchPaid is what the public pays of the firm's R&D, value per year: what is given and what is given back.
func (v View) ResearchPaid(i int) float64 { return v.w.ResearchPaid(i) }

// LogPrice is the log of the firm's price; the world's good costs 1.
func (v View) LogPrice(i int) float64 { return v.w.Firms.LogPrice[i] }

// Price is the firm's price; the world's good costs 1.
func (v View) Price(i int) float64 { return num.Exp(v.w.Firms.LogPrice[i]) }

// Wage is what the firm pays a worker for a year.
func (v View) Wage(i int) float64 { return v.w.Firms.Wage[i] }

// Rent is what the firm pays for a worker's room for a year.
func (v View) Rent(i int) float64 { return float64(v.w.Firms.Rent[i]) }

// Profit is the firm's profit before tax, per year.
func (v View) Profit(i int) float64 { return v.w.Firms.Profit[i] }

// Untaxed is the tax that the firm's profit is not asked for, per year.
func (v View) Untaxed(i int) float64 { return v.w.Untaxed(i) }

// Cash is the firm's cash; below 0 = overdraft.
func (v View) Cash(i int) float64 { return v.w.Firms.Cash[i] }

// Capital is the firm's capital at base prices.
func (v View) Capital(i int) float64 { return v.w.Firms.Capital[i] }

// Invest is the capital that the firm bought in this tick.
func (v View) Invest(i int) float64 { return float64(v.w.Firms.Invest[i]) }

// LogTech is the log of the firm's technology.
func (v View) LogTech(i int) float64 { return v.w.Firms.LogTech[i] }

// Cluster is the number of the firm's cluster, 0 = none; as of the last year's end.
func (v View) Cluster(i int) int { return int(v.w.Firms.Cluster[i]) }

// Suppliers counts the supply ties that the firm holds.
func (v View) Suppliers(i int) int { return v.w.Firms.Suppliers(i) }

// Collaborators counts the firm's collaborations.
func (v View) Collaborators(i int) int { return v.w.Firms.Collaborators(i) }

// A TieKind tells supply ties from collaborations.
type TieKind int

// The kinds of ties.
const (
	SupplyTie        TieKind = iota // the buyer's half; the supplier holds none
	CollaborationTie                // both ends hold a half
)

// EachTie shows the half-ties that row i holds, in the order of their slots, suppliers first: the row of the partner and
// the trust, [0,1], that the firm places in it.
func (v View) EachTie(i int, show func(kind TieKind, partner int, trust float64)) {
	for _, t := range v.w.Firms.AllSupplies(i) {
		show(SupplyTie, int(t.Partner), t.Trust())
	}
	for _, t := range v.w.Firms.AllCollaborations(i) {
		show(CollaborationTie, int(t.Partner), t.Trust())
	}
}

// TrustBack is the trust that the partner in collaboration slot k of row i places in the firm, [0,1]; false if the slot is
// free.
func (v View) TrustBack(i, k int) (trust float64, ok bool) {
	f := &v.w.Firms
	if f.CollabSet[i]>>k&1 == 0 {
		return 0, false
	}
	ties := f.CollabOf(i)
	return f.CollabOf(int(ties.Partner(k))).Bond(ties.Back(k)).Trust(), true
}

// Collaboration is the partner's row and the trust placed in it in collaboration slot k of row i; false if it is free.
func (v View) Collaboration(i, k int) (partner int, trust float64, ok bool) {
	f := &v.w.Firms
	if f.CollabSet[i]>>k&1 == 0 {
		return nobody, 0, false
	}
	ties := f.CollabOf(i)
	return int(ties.Partner(k)), ties.Bond(k).Trust(), true
}

// Labour markets.

// Markets is the number of labour markets, with or without land.
func (v View) Markets() int { return len(v.w.Markets.Force) }

// MarketExists says whether a market has land.
func (v View) MarketExists(k int) bool { return v.w.Markets.Exists[k] }

// MarketRegion is the region of a market's middle.
func (v View) MarketRegion(k int) int { return int(v.w.Markets.Region[k]) }

// Force is the workers who live in a market.
func (v View) Force(k int) float64 { return v.w.Markets.Force[k] }

// Employed is those of them at work.
func (v View) Employed(k int) float64 { return v.w.Markets.Employed[k] }

// MarketWage is a market's wage for a worker and year.
func (v View) MarketWage(k int) float64 { return num.Exp(v.w.Markets.LogWage[k]) }

// Sums of the tick.

// Money gives the flows of the tick, per tick; its slice of treasuries is left out, see Treasury.
func (v View) Money() Money {
	m := v.w.Money
	m.Treasury = nil
	return m
}

// Treasury is a region's balance.
func (v View) Treasury(r int) float64 { return v.w.Money.Treasury[r] }

// Count is what happened in the tick.
func (v View) Count() Count { return v.w.Count }

// Clusters, as of the last year's end.

// Groups is the number of clusters.
func (v View) Groups() int { return len(v.w.Groups) }

// Group is a cluster; its slice of cells is left out, see GroupCells.
func (v View) Group(k int) Group {
	g := v.w.Groups[k]
	g.Cells = nil
	return g
}

// Ended is the number of clusters of the year before that were not found again.
func (v View) Ended() int { return len(v.w.Ended) }

// EndedGroup is such a cluster, as it was last found, with what befell it.
func (v View) EndedGroup(k int) Group { return v.w.Ended[k] }

// GroupCells is the number of a cluster's cells.
func (v View) GroupCells(k int) int { return len(v.w.Groups[k].Cells) }

// GroupCell is the n-th cell of a cluster.
func (v View) GroupCell(k, n int) int { return int(v.w.Groups[k].Cells[n]) }

// SynergyTick is the tick of the last split of value added, and whether there is one for the present rows.
func (v View) SynergyTick() (tick int, ok bool) { return v.w.Synergy.Tick, len(v.w.Synergy.Base) > 0 }

// A Split is a firm's value added with all channels off, and what each channel adds to it, value per year.
type Split struct{ Base, Input, Labour, Trust, Knowledge, Club float64 }

// Split is the split of row i's value added as of SynergyTick; zero for a row that had no firm then.
func (v View) Split(i int) Split {
	s := &v.w.Synergy
	if i >= len(s.Base) {
		return Split{}
	}
	x := Split{float64(s.Base[i]), float64(s.Input[i]), float64(s.Labour[i]), float64(s.Trust[i]), float64(s.Knowledge[i]), 0}
	if i < len(s.Club) {
		x.Club = float64(s.Club[i])
	}
	return x
}
