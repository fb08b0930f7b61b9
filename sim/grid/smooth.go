package grid

// Work is the scratch of one Smooth at a time: as much memory as some two planes. Make one a goroutine.
//
// The mass of the levels above the first is kept with as many cells of nothing on either side of a row as G reaches, those behind a row
// being those before the next, so that a row is smoothed where it lies.
type Work struct {
	reach int         // of the widest G
	mass  [][]float64 // mass by level, of the levels above 0
	field [][]float64 // field by level; level 0 is the caller's plane
	ring  ring        // rows smoothed along x
	zero  []float64   // a row beyond the border: never written
	row   []float64   // a row of the caller's plane, with nothing on either side
	pairs []float64   // four rows folded into one, with room on either side
	low   []float64   // rows of the next level, stretched along x
	high  []float64
}

// NewWork makes the scratch for this kernel.
func (k *Kernel) NewWork() *Work { return NewWork(k) }

// NewWork makes scratch that serves each of these kernels, one at a time; they must have one shape. There must be a kernel.
func NewWork(kernels ...*Kernel) *Work {
	deep, reach := kernels[0], 0
	for _, k := range kernels {
		if k.shape != deep.shape {
			panic("grid: one scratch for kernels of two shapes")
		}
		if len(k.amp) > len(deep.amp) {
			deep = k
		}
		reach = max(reach, len(k.taps)-1)
	}
	nx := deep.nx[0]
	for _, n := range deep.nx {
		nx = max(nx, n)
	}
	w := &Work{
		reach: reach, mass: make([][]float64, len(deep.amp)), field: make([][]float64, len(deep.amp)), ring: newRing(nx, 2*reach),
		zero: make([]float64, nx), row: make([]float64, deep.nx[0]+2*reach), pairs: make([]float64, nx+6),
		low: make([]float64, nx+2), high: make([]float64, nx+2),
	}
	for l := 1; l < len(deep.amp); l++ {
		w.mass[l] = make([]float64, (deep.nx[l]+reach)*deep.ny[l]+reach)
		w.field[l] = make([]float64, deep.nx[l]*deep.ny[l])
	}
	return w
}

// massOf is row y of the mass of level l, which is above 0 and has nx cells in a row, with so many cells of nothing on either side.
func (w *Work) massOf(l, y, nx, beside int) []float64 {
	return w.mass[l][y*(nx+w.reach)+w.reach-beside:][:nx+2*beside]
}

// A ring holds the rows that G spans at a time, one behind the other. There is room for more: only when it is used up are the
// last ones moved to its front.
type ring struct {
	cells []float64
	nx    int // cells in a row
	next  int // where the next row begins
}

// spare is how many rows more than G spans a ring has room for.
const spare = 32

// newRing has room for rows of at most nx cells, and for so many before the newest.
func newRing(nx, before int) ring { return ring{cells: make([]float64, nx*(before+spare))} }

// begin empties the ring for rows of nx cells.
func (r *ring) begin(nx int) { r.nx, r.next = nx, 0 }

// add gives the next row to be written, which is to have so many before it.
func (r *ring) add(before int) []float64 {
	if r.next+r.nx > len(r.cells) {
		r.next = copy(r.cells, r.last(before))
	}
	r.next += r.nx
	return r.cells[r.next-r.nx : r.next]
}

// last are the rows added last, so many of them, the oldest first.
func (r *ring) last(rows int) []float64 { return r.cells[r.next-rows*r.nx : r.next] }

// Smooth writes into dst what each cell reads of the mass in src. Both are planes of the kernel's shape and must not
// overlap; src is left as it is. Nothing is allocated. Planes of another length, or the scratch of another kernel, are
// broken invariants and panic.
func (k *Kernel) Smooth(dst, src []float64, work *Work) {
	if n := k.shape.Cells(); len(dst) != n || len(src) != n || len(work.field) < len(k.amp) || work.reach < len(k.taps)-1 {
		panic("grid: Smooth with planes or scratch of another shape")
	}
	work.field[0] = dst
	for l := 1; l < len(k.amp); l++ {
		k.gather(l, src, work)
	}
	for l := len(k.amp) - 1; l >= 0; l-- {
		k.level(l, src, work)
	}
	work.field[0] = nil
}

// gather shares the mass of the level below out on the cells of level l, D in the comment on Kernel.
func (k *Kernel) gather(l int, src []float64, w *Work) {
	nx, ny, wide := k.nx[l-1], k.ny[l-1], k.nx[l]
	rowAt := func(y int) []float64 {
		switch {
		case y < 0 || y >= ny:
			return w.zero[:nx]
		case l == 1:
			return src[y*nx:][:nx]
		}
		return w.massOf(l-1, y, nx, 0)
	}
	padded := w.pairs[:2*wide+2]
	clear(padded)
	a, b := rowAt(-3), rowAt(-2)
	for y := range k.ny[l] {
		c, d := rowAt(2*y-1), rowAt(2*y)
		k.step.fold(padded[3:3+nx], a, b, c, d)
		k.step.halve(w.massOf(l, y, wide, 0), padded)
		a, b = c, d
	}
}

// level writes the field of level l: its own Gaussian of the mass, and the field of the level above brought down.
func (k *Kernel) level(l int, src []float64, w *Work) {
	nx, ny := k.nx[l], k.ny[l]
	reach, own, top := len(k.taps)-1, k.amp[l] != 0, l+1 == len(k.amp)
	if own {
		w.ring.begin(nx)
		for y := -reach; y < reach; y++ {
			k.along(l, y, src, w)
		}
	}
	low, high := w.low[:nx], w.high[:nx]
	stretch := func(at int) { // the next row of wide cells comes in reach
		low, high = high, low
		k.step.stretch(high, w.field[l+1][at*k.nx[l+1]:][:k.nx[l+1]])
	}
	if !top {
		stretch(0)
	}
	for y := range ny {
		out, near, far := w.field[l][y*nx:][:nx], w.zero[:nx], w.zero[:nx]
		if !top {
			if y == 0 || y%2 == 1 {
				stretch((y+1)/2 + 1)
			}
			if near, far = low, high; y%2 == 0 {
				near, far = high, low
			}
		}
		if own {
			k.along(l, y+reach, src, w)
			k.across(out, w.ring.last(2*reach+1), k.scaled[l], near, far)
		} else {
			k.step.blend(out, near, far)
		}
		if l == 0 && k.own != 0 {
			k.step.addScaled(out, src[y*nx:][:nx], k.own)
		}
	}
}

// along smooths row y along x and adds it to the ring. A row beyond the border is empty.
func (k *Kernel) along(l, y int, src []float64, w *Work) {
	nx, reach := k.nx[l], len(k.taps)-1
	out := w.ring.add(2 * reach)
	if y < 0 || y >= k.ny[l] {
		clear(out)
		return
	}
	var row []float64
	if l == 0 {
		copy(w.row[w.reach:], src[y*nx:][:nx])
		row = w.row[w.reach-reach:][:nx+2*reach]
	} else {
		row = w.massOf(l, y, nx, reach)
	}
	if reach == 3 {
		k.step.slide(out, row, k.taps)
		return
	}
	clear(out)
	k.step.addScaled(out, row[reach:][:nx], k.taps[0])
	for i := 1; i <= reach; i++ {
		k.step.addPair(out, row[reach-i:], row[reach+i:], k.taps[i])
	}
}

// across smooths the rows of the ring across into one, and blends in the field of the level above: first where G has another reach than 3, which
// is so for Gaussians alone, whose only level with an amplitude has none above it.
func (k *Kernel) across(out, rows, taps, near, far []float64) {
	n, reach := len(out), len(taps)-1
	if reach == 3 {
		k.step.seven(out, rows, taps, near, far)
		return
	}
	k.step.blend(out, near, far)
	k.step.addScaled(out, rows[reach*n:], taps[0])
	for i := 1; i <= reach; i++ {
		k.step.addPair(out, rows[(reach-i)*n:], rows[(reach+i)*n:], taps[i])
	}
}
