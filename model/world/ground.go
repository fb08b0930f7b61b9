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
	Mass []float64 // by cell; those of an area's planes lie one behind the other, see Stage
	Work *grid.Work
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
			for mass := make([]float64, n*g.Cells); len(g.scratch) < n; mass = mass[g.Cells:] {
				g.scratch = append(g.scratch, Scratch{mass[:g.Cells], grid.NewWork(kernels...)})
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

// Planes is the number of planes.
func (w *World) Planes() int { return len(w.Ground) * len(w.Setting.Sectors) }

// Index lists the living firms by sector, then cell, then row, with running sums, so that a field can be made, and a
// firm be drawn, without a scan. It is rebuilt at the start of each tick.
type Index struct {
	Start []Bucket  // by sector x cell, one more at the end
	Rows  []int32   // rows of firms
	Mass  []float32 // running sum of Firms.Mass in the bucket, the entry's own included
	Jobs  []float64 // running sum of Firms.Labour; Jobs[k] is the sum before entry k
	Guide []int32   // entry where equal parts of all workers begin; a draw begins there, not with the whole index
}

// A Bucket is the firms of a sector in a cell. What a search needs to know of a place is these eight bytes and the next four.
type Bucket struct {
	First int32   // entry of the index where it begins
	Mass  float32 // sum of its firms' Firms.Mass
}

// guideFirms is the mean number of firms between two entries of Index.Guide.
const guideFirms = 8

// Bucket is the range of the index that holds a sector's firms in a cell.
func (w *World) Bucket(sector, cell int) (lo, hi int) {
	k := sector*len(w.Cells.Region) + cell
	return int(w.Index.Start[k].First), int(w.Index.Start[k+1].First)
}

// ListedCell is the cell in which the firm of a sector at an entry of the index stood when firms were listed. Whether it is there still does
// not matter.
func (w *World) ListedCell(sector, entry int) int {
	cells := len(w.Cells.Region)
	start := w.Index.Start[sector*cells:][:cells+1]
	lo, hi := int(w.Firms.Cell[w.Index.Rows[entry]]), cells // most stand where they stood
	if int(start[lo].First) <= entry && entry < int(start[lo+1].First) {
		return lo
	}
	for lo = 0; hi-lo > 1; {
		if m := (lo + hi) / 2; int(start[m].First) <= entry {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}

// Reindex rebuilds the index by a counting sort. It must run alone.
func (w *World) Reindex() {
	f, x, cells := &w.Firms, &w.Index, len(w.Cells.Region)
	clear(x.Start)
	sector, cell := f.Sector[:len(f.ID)], f.Cell[:len(f.ID)]
	// A bucket's firms are counted two entries on and added up, so that the entry behind a bucket is where its next firm goes; when
	// all are there, that is where the bucket ends.
	start := x.Start
	for i, id := range f.ID {
		if i%Batch == 0 {
			w.callBuckets(i + Batch)
		}
		if id != 0 {
			if k := int(sector[i])*cells + int(cell[i]) + 2; k < len(start) {
				start[k].First++
			}
		}
	}
	first := int32(0)
	for k := range start {
		first += start[k].First
		start[k].First = first
	}
	x.Rows, x.Mass, x.Jobs = resize(x.Rows, f.Alive), resize(x.Mass, f.Alive), resize(x.Jobs, f.Alive+1)
	rows, running, mass := x.Rows, x.Mass[:len(x.Rows)], f.Mass[:len(f.ID)]
	for i, id := range f.ID {
		if i%Batch == 0 {
			w.callBuckets(i + Batch)
		}
		if id != 0 {
			b := start[int(sector[i])*cells+int(cell[i]):][:2]
			at, sum := b[1].First, b[0].Mass+mass[i]
			b[1].First, b[0].Mass = at+1, sum
			rows[at], running[at] = int32(i), sum
		}
	}
	jobs := 0.0
	for k, i := range rows {
		x.Jobs[k] = jobs
		jobs += f.Labour[i]
	}
	x.Jobs[f.Alive] = jobs
	x.guide()
}

// guide notes where equal parts of all workers begin.
func (x *Index) guide() {
	n := len(x.Rows)/guideFirms + 1
	x.Guide = resize(x.Guide, n+1)
	part := x.Jobs[len(x.Rows)] / float64(n)
	at, begins := 0, 0.0
	for k, until := range x.Jobs[1:] {
		for at < n && begins < until {
			x.Guide[at] = int32(k)
			at++
			begins = float64(at) * part
		}
	}
	for ; at <= n; at++ {
		x.Guide[at] = int32(max(len(x.Rows)-1, 0))
	}
}

// A WorkerDraw is the draw of a firm by workers, begun. What draws need to end can be called together before: see CallWorkers.
type WorkerDraw struct {
	first, last int32   // entries of the index between which the firm lies
	at          float64 // the worker drawn
}

// Middle is the entry of the index that is looked at first when the draw is ended.
func (d *WorkerDraw) Middle() int32 { return (d.first + d.last + 1) / 2 }

// BeginWorker begins to draw an entry of the index by u in (0,1) from all by workers. There must be a firm.
func (w *World) BeginWorker(u float64) WorkerDraw {
	x := &w.Index
	n := len(x.Guide) - 1
	part := min(int(u*float64(n)), n-1)
	return WorkerDraw{first: x.Guide[part], last: x.Guide[part+1], at: u * x.Jobs[len(x.Rows)]}
}

// EndWorker is the entry of the index that is drawn.
func (w *World) EndWorker(d *WorkerDraw) int {
	x := &w.Index
	a, b := int(d.first), int(d.last)
	for a < b {
		m := (a + b + 1) / 2
		if x.Jobs[m] <= d.at {
			a = m
		} else {
			b = m - 1
		}
	}
	return a
}

// DrawWorker is the entry of the index that u in (0,1) draws from all by workers. There must be a firm.
func (w *World) DrawWorker(u float64) int {
	d := w.BeginWorker(u)
	return w.EndWorker(&d)
}

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
	Area   []uint16
	Region []int32   // -1 = outside
	Land   []float64 // workers carried at base rent; 0 = no land
	Market []int32   // labour market, numbered through all areas
	Share  []float64 // share of the cell in its market's land
}

// Markets holds labour markets: squares of land, coupled by commuting.
type Markets struct {
	Area     []uint16
	Region   []int32   // of the market's middle: whose treasury its residents pay to
	Force    []float64 // workers who live there
	Employed []float64 // of those, at work
	Wanted   []float64 // vacancies
	LogWage  []float64
	Housing  []float64 // residents that the housing was made for
	Balance  []float64 // money of households
	Income   []float64 // what households received in the tick
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

// DrawMass is the entry of the index in the bucket [lo, hi), which must hold a firm, that a point between 0 and the bucket's
// mass falls on.
func (w *World) DrawMass(lo, hi int, at float32) int {
	for running := w.Index.Mass; lo < hi-1; {
		if m := (lo + hi - 1) / 2; running[m] <= at {
			lo = m + 1
		} else {
			hi = m + 1
		}
	}
	return lo
}

// DrawJobs is the entry of the index in [lo, hi) that u in (0,1) draws by workers. The guide tells where to look in a long range.
func (w *World) DrawJobs(lo, hi int, u float64) int {
	x := &w.Index
	running, n := x.Jobs, len(x.Guide)-1
	at := running[lo] + float64(u*(running[hi]-running[lo]))
	a, b := lo, hi-1
	if b-a > 2*guideFirms {
		part := min(max(int(at/running[len(x.Rows)]*float64(n)), 0), n-1)
		a, b = max(a, int(x.Guide[part])), min(b, int(x.Guide[part+1]))
	}
	for a < b {
		m := (a + b + 1) / 2
		if running[m] <= at {
			a = m
		} else {
			b = m - 1
		}
	}
	return min(a, hi-1) // what the guide says may end just behind the range, by rounding
}

// OrdersOf is what row i's input spending adds to the field of receipts, by sector.
func (w *World) OrdersOf(i int) []float32 {
	n := len(w.Setting.Sectors)
	return w.Fields.Orders[i*n : (i+1)*n : (i+1)*n]
}
