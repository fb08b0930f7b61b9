package world

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
	lo, hi := 0, cells
	// Most stand where they stood. Whoever was founded in this tick may be about to be put somewhere by others.
	if row := w.Index.Rows[entry]; int(w.Firms.Born[row]) != w.Now.Tick {
		if c := int(w.Firms.Cell[row]); int(start[c].First) <= entry && entry < int(start[c+1].First) {
			return c
		}
	}
	for hi-lo > 1 {
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

// NearMass is an entry of the index near the one that a point between 0 and the mass of the bucket [lo, hi) falls on: where it would be if
// all its firms weighed the same. The bucket must hold a firm, and have mass.
func NearMass(lo, hi int, at, mass float32) int {
	return min(lo+int(float32(hi-lo)*(at/mass)), hi-1)
}

// DrawMass is the entry of the index in the bucket [lo, hi), which must hold a firm, that a point between 0 and the bucket's
// mass falls on. It is sought from an entry of the bucket that may be near, in steps that double: the entries beside it are at hand, those of a large bucket
// are not.
func (w *World) DrawMass(lo, near, hi int, at float32) int {
	running := w.Index.Mass
	if running[near] <= at {
		lo = min(near+1, hi-1)
		for step := 1; lo+step < hi; step *= 2 {
			if running[lo+step-1] > at {
				hi = lo + step
				break
			}
			lo += step
		}
	} else {
		hi = near + 1
		for step := 1; hi-step > lo; step *= 2 {
			if running[hi-step-1] <= at {
				lo = hi - step
				break
			}
			hi -= step
		}
	}
	for lo < hi-1 {
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
