package world

// Index lists the living firms by sector, then cell, then row, with running sums, so that a field can be made, and a
// firm be drawn, without a scan. It is rebuilt at the start of each tick.
type Index struct {
	Start []Bucket  // by sector x cell, one more at the end
	Rows  []int32   // rows of firms
	Mass  []float32 // running sum of Firms.Mass in the bucket, the entry's own included
	Jobs  []float64 // running sum of Firms.Labour; Jobs[k] is the sum before entry k
	Guide []int32   // entry where equal parts of all workers begin; a draw begins there, not with the whole index
	First []int32   // by sector: entry where its firms begin; while they are counted, how many there are
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

// Reindex rebuilds the index: ReadyToCount, CountFirms, ReadyToList, ListFirms and AddWorkers. It must run alone.
func (w *World) Reindex() {
	n := len(w.Setting.Sectors)
	w.ReadyToCount()
	w.CountFirms(0, 0, n)
	w.ReadyToList()
	w.ListFirms(0, 0, n)
	w.AddWorkers()
}

// ReadyToCount makes room for the numbers of firms by sector. It must run alone.
func (w *World) ReadyToCount() { w.Index.First = resize(w.Index.First, len(w.Setting.Sectors)) }

// block is the b-th 64 rows, none where no firm of a sector lies there; then it calls the buckets of the sector's firms behind them.
func (w *World) block(sector, b int) (lo, hi int) {
	if w.Firms.sectorsOf[b]>>(sector%64)&1 == 0 {
		return 0, 0
	}
	hi = min(b*64+64, len(w.Firms.ID))
	w.callBuckets(sector, hi)
	return b * 64, hi
}

// CountFirms counts the firms in the buckets of some sectors, the first step of a counting sort. The number of firms in a bucket is kept
// one entry on: that is where its next firm goes, once they are added up, and in the end where the bucket ends. So a sector's First
// begin one entry after its Mass, and sectors may be counted, and listed, side by side.
func (w *World) CountFirms(_, lo, hi int) {
	x, f, cells := &w.Index, &w.Firms, len(w.Cells.Region)
	for s := lo; s < hi; s++ {
		start, own, n := x.Start[s*cells:][:cells+1], uint16(s), int32(0)
		clear(start[1:cells])
		start[0].Mass, start[cells].First = 0, 0
		for b := range f.sectorsOf {
			from, to := w.block(s, b)
			sector, cell := f.Sector[from:to], f.Cell[from:to]
			for k, id := range f.ID[from:to] {
				if id != 0 && sector[k] == own {
					start[cell[k]+1].First++
					n++
				}
			}
		}
		x.First[s] = n
	}
}

// ReadyToList makes room for the firms that were counted. It must run alone.
func (w *World) ReadyToList() {
	x, f, first := &w.Index, &w.Firms, int32(0)
	x.Rows, x.Mass, x.Jobs = resize(x.Rows, f.Alive), resize(x.Mass, f.Alive), resize(x.Jobs, f.Alive+1)
	x.Start[0].First = 0
	for s, n := range x.First {
		x.First[s] = first
		first += n
	}
}

// ListFirms lists the firms of some sectors, by cell and row, with the running sums of their Mass, and their workers, which are not
// added up yet.
func (w *World) ListFirms(_, lo, hi int) {
	x, f, cells := &w.Index, &w.Firms, len(w.Cells.Region)
	for s := lo; s < hi; s++ {
		start, own, next := x.Start[s*cells:][:cells+1], uint16(s), x.First[s]
		for k := range cells {
			start[k+1].First, next = next, next+start[k+1].First
		}
		for b := range f.sectorsOf {
			from, to := w.block(s, b)
			sector, cell, mass, labour := f.Sector[from:to], f.Cell[from:to], f.Mass[from:to], f.Labour[from:to]
			for k, id := range f.ID[from:to] {
				if id != 0 && sector[k] == own {
					bucket := start[cell[k]:][:2]
					at, sum := bucket[1].First, bucket[0].Mass+mass[k]
					bucket[1].First, bucket[0].Mass = at+1, sum
					x.Rows[at], x.Mass[at], x.Jobs[at] = int32(from+k), sum, labour[k]
				}
			}
		}
	}
}

// AddWorkers adds up the workers of the firms that are listed. It must run alone.
func (w *World) AddWorkers() {
	x, jobs := &w.Index, 0.0
	for k, labour := range x.Jobs[:len(x.Rows)] {
		x.Jobs[k] = jobs
		jobs += labour
	}
	x.Jobs[len(x.Rows)] = jobs
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
