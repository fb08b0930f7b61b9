package world

import (
	"agglo/sim/grid"
	"agglo/sim/page"
)

// Ground is one area's grid with the kernels that smooth over it.
type Ground struct {
	Shape       grid.Shape
	First       int // number of its first cell among the cells of all areas
	Cells       int
	FirstMarket int          // number of its first labour market among those of all areas
	Supply      *grid.Kernel // from suppliers to buyers
	Pool        *grid.Kernel // labour pool
	Air         *grid.Kernel // knowledge in the air
	Home        *grid.Kernel // from sellers to households
	Commute     *grid.Coupling
	Centre      Point     // of its land, km
	scratch     []Scratch // by sector
}

// Ranges are the distances that a ground is laid out for, km: the widths of its kernels, and its labour markets.
type Ranges struct{ Input, Pool, Air, Home, Market, Commute float64 }

// Fields are sums over firms, smoothed over an area's cells by a kernel. A plane is one sector in one area:
// plane p = area*sectors+sector starts at Plane(p).
type Fields struct {
	SupplyAt []float32 // by cell x sector, so that what a firm reads lies side by side, and little of it: mass of suppliers a p^(1-sigma) within reach
	Pool     []float64 // by plane: workers of the occupation within reach
	Rivals   []float64 // by plane: mass of local sellers within reach of a cell's households
	Access   []float64 // by plane: home-market access, demand within reach over what competes for it
	Receipts []float64 // by plane: input spending within reach over what competes for it
	Research []float64 // by cell: R&D spending within reach
	Firms    []float64 // by cell: firms within reach of the air
	Tech     []float64 // by cell: sum of their log technology
	Science  []float64 // by cell: universities and research centres within reach; fixed
	Finance  []float64 // by cell: banks and incubators within founders' reach; fixed
	Venture  []float64 // by cell: venture funds within founders' reach; fixed
	Jobs     []float64 // by cell: workers at work in the cell itself
	LogWage  []float64 // by cell: log wage of those who commute there
	Wage     []float64 // by cell: e^LogWage
	Filled   []float64 // by cell: share of vacancies filled
	Spending []float64 // by cell: home demand, value per year
	EndPoint []float64 // by cell: e^((sigma-1) saving) of local transport, 1 without investment
	Crowding []float64 // by cell: the same for what full roads cost, at most 1; none where roads never fill
	Orders   []float32 // by row x sector: what a row's input spending adds to the field of receipts
}

// Scratch is what the smoothing of a plane needs: masses put on its cells, and the kernels' own scratch. It carries nothing
// from one tick to the next.
type Scratch struct {
	Mass    []float64 // by cell; those of an area's planes lie one behind the other, see Stage
	kernels []*grid.Kernel
	work    Lent[*grid.Work] // the area's: the kernels' own
}

// Smooth smooths a plane of the area by one of its kernels, as grid.Kernel does.
func (s *Scratch) Smooth(k *grid.Kernel, dst, src []float64) {
	work := s.work.Borrow(func() *grid.Work { return grid.NewWork(s.kernels...) })
	k.Smooth(dst, src, work)
	s.work.Return(work)
}

// Scratch is the scratch of each plane, made when it is first asked for, which must be alone.
func (w *World) Scratch() []Scratch {
	var planes []Scratch
	for a := range w.Ground {
		g := &w.Ground[a]
		if n := len(w.Setting.Sectors); len(g.scratch) != n {
			g.scratch = nil
			var kernels []*grid.Kernel
			for _, k := range []*grid.Kernel{g.Supply, g.Pool, g.Home, g.Air} {
				if k != nil {
					kernels = append(kernels, k)
				}
			}
			work := NewLent[*grid.Work](n) // no more than planes are smoothed side by side
			for mass := make([]float64, n*g.Cells); len(g.scratch) < n; mass = mass[g.Cells:] {
				g.scratch = append(g.scratch, Scratch{mass[:g.Cells], kernels, work})
			}
		}
		planes = append(planes, g.scratch...)
	}
	return planes
}

// Stage is the masses of all planes of an area's scratch, which must have been asked for.
func (g *Ground) Stage() []float64 { return g.scratch[0].Mass[:len(g.scratch)*g.Cells] }

// Plane is where plane p of a by-plane field begins and ends.
func (w *World) Plane(p int) (lo, hi int) {
	g := &w.Ground[p/len(w.Setting.Sectors)]
	lo = g.First*len(w.Setting.Sectors) + (p%len(w.Setting.Sectors))*g.Cells
	return lo, lo + g.Cells
}

// PlaneCell is where a by-plane field has a sector in a cell.
func (w *World) PlaneCell(sector, cell int) int {
	area := int(w.Cells.Area[cell])
	lo, _ := w.Plane(area*len(w.Setting.Sectors) + sector)
	return lo + cell - w.Ground[area].First
}

// Planes is the number of planes.
func (w *World) Planes() int { return len(w.Ground) * len(w.Setting.Sectors) }

// spare is the part of a column's length that is held ready for more rows: little, because there are many columns.
const spare = 16

// resize gives a slice of length n, keeping the memory when it can; what it holds is undefined.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return page.Room[T](n + n/spare)[:n]
	}
	return s[:n]
}

// Cells holds what belongs to a cell, numbered through all areas.
type Cells struct {
	Area   []uint16  // index in the setting
	Region []int32   // -1 = outside
	Land   []float64 // workers carried at base rent; 0 = no land
	Market []int32   // labour market, numbered through all areas
	Share  []float64 // share of the cell in its market's land
}

// Markets holds labour markets: squares of land, coupled by commuting.
type Markets struct {
	Area     []uint16  // index in the setting
	Region   []int32   // of most of the market's land: whose treasury its residents pay to
	Force    []float64 // workers who live there
	Employed []float64 // of those, at work
	Wanted   []float64 // vacancies
	LogWage  []float64 // log of the wage, worker-years per worker and year
	Housing  []float64 // residents that the housing was made for
	Balance  []float64 // money of households, worker-years
	Income   []float64 // what households received in the tick, worker-years
	Exists   []bool    // has land
	Arrived  []float64 // people from outside who have come since the start, see Arrival; none while it is empty
}

// Unemployment is the share of a market's workers without work; 0 where nobody lives.
func (m *Markets) Unemployment(k int) float64 {
	if m.Force[k] <= 0 {
		return 0
	}
	return 1 - m.Employed[k]/m.Force[k]
}

// OrdersOf is what row i's input spending adds to the field of receipts, by sector.
func (w *World) OrdersOf(i int) []float32 {
	n := len(w.Setting.Sectors)
	return w.Fields.Orders[i*n : (i+1)*n : (i+1)*n]
}
