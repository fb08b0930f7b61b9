package grid

// Work is the scratch of one Smooth at a time: as much memory as some three planes. Make one a goroutine.
type Work struct {
	mass  [][]float64 // mass by level; level 0 is the caller's plane
	field [][]float64 // field by level, of the levels above 0
	ring  [][]float64 // rows smoothed along x, as many as G spans, twice over, so that from any of them on they follow each other
	first int         // where the oldest of them is
	zero  []float64   // a row beyond the border: never written
	row   []float64   // a row with room for the reach of G on either side
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
		mass: make([][]float64, len(deep.amp)), field: make([][]float64, len(deep.amp)), ring: make([][]float64, 2*(2*reach+1)),
		zero: make([]float64, nx), row: make([]float64, nx+2*reach), pairs: make([]float64, nx+6),
		low: make([]float64, nx+2), high: make([]float64, nx+2),
	}
	for l := 1; l < len(deep.amp); l++ {
		w.mass[l] = make([]float64, deep.nx[l]*deep.ny[l])
		w.field[l] = make([]float64, deep.nx[l]*deep.ny[l])
	}
	for i := range w.ring {
		if span := len(w.ring) / 2; i < span {
			w.ring[i] = make([]float64, nx)
		} else {
			w.ring[i] = w.ring[i-span]
		}
	}
	return w
}

// Smooth writes into dst what each cell reads of the mass in src. Both are planes of the kernel's shape and must not
// overlap; src is left as it is. Nothing is allocated. Planes of another length, or the scratch of another kernel, are
// broken invariants and panic.
func (k *Kernel) Smooth(dst, src []float64, work *Work) {
	if n := k.shape.Cells(); len(dst) != n || len(src) != n || len(work.mass) < len(k.amp) || len(work.ring) < 2*(2*len(k.taps)-1) {
		panic("grid: Smooth with planes or scratch of another shape")
	}
	work.mass[0], work.field[0] = src, dst
	for l := 1; l < len(k.amp); l++ {
		k.gather(l, work)
	}
	for l := len(k.amp) - 1; l >= 0; l-- {
		k.level(l, work)
	}
	work.mass[0], work.field[0] = nil, nil
}

// gather shares the mass of the level below out on the cells of level l, D in the comment on Kernel.
func (k *Kernel) gather(l int, w *Work) {
	fine, nx, ny := w.mass[l-1], k.nx[l-1], k.ny[l-1]
	wide := k.nx[l]
	rowAt := func(y int) []float64 {
		if y < 0 || y >= ny {
			return w.zero[:nx]
		}
		return fine[y*nx : (y+1)*nx]
	}
	padded := w.pairs[:2*wide+2]
	clear(padded)
	for y := range k.ny[l] {
		a, b, c, d := rowAt(2*y-3), rowAt(2*y-2), rowAt(2*y-1), rowAt(2*y)
		k.step.fold(padded[3:3+nx], a, b, c, d)
		k.step.halve(w.mass[l][y*wide:(y+1)*wide], padded)
	}
}

// level writes the field of level l: its own Gaussian of the mass, and the field of the level above brought down.
func (k *Kernel) level(l int, w *Work) {
	nx, ny := k.nx[l], k.ny[l]
	field, mass := w.field[l], w.mass[l]
	reach := len(k.taps) - 1
	if k.amp[l] != 0 {
		for y := -reach; y < reach; y++ {
			k.along(l, y, w)
		}
	}
	if l+1 < len(k.amp) {
		k.step.stretch(w.high[:nx], w.field[l+1][:k.nx[l+1]])
	}
	for y := range ny {
		out := field[y*nx : (y+1)*nx]
		if k.amp[l] != 0 {
			k.along(l, y+reach, w)
			k.across(out, w.last(2*reach+1), k.scaled[l])
		} else {
			clear(out)
		}
		if l+1 < len(k.amp) {
			if y == 0 || y%2 == 1 { // the next row of wide cells comes in reach
				w.low, w.high = w.high, w.low
				at := (y+1)/2 + 1
				k.step.stretch(w.high[:nx], w.field[l+1][at*k.nx[l+1]:(at+1)*k.nx[l+1]])
			}
			if y%2 == 0 {
				k.step.blend(out, w.low, w.high)
			} else {
				k.step.blend(out, w.high, w.low)
			}
		}
		if l == 0 && k.own != 0 {
			k.step.addScaled(out, mass[y*nx:(y+1)*nx], k.own)
		}
	}
}

// last are the rows put last in the ring, so many of them, the oldest first.
func (w *Work) last(span int) [][]float64 { return w.ring[w.first+len(w.ring)/2-span:][:span] }

// along smooths row y along x and puts it last in the ring. A row beyond the border is empty.
func (k *Kernel) along(l, y int, w *Work) {
	nx := k.nx[l]
	out := w.ring[w.first][:nx]
	if w.first++; w.first == len(w.ring)/2 {
		w.first = 0
	}
	if y < 0 || y >= k.ny[l] {
		clear(out)
		return
	}
	mass, reach := w.mass[l][y*nx:(y+1)*nx], len(k.taps)-1
	if reach == 3 && k.step.fours(nx) == 0 {
		along3(out, mass, k.taps)
		return
	}
	row := w.row[:nx+2*reach]
	clear(row[:reach])
	copy(row[reach:], mass)
	clear(row[reach+nx:])
	if reach == 3 {
		k.step.slide(out, row, k.taps)
		return
	}
	for x, m := range mass {
		out[x] = float64(k.taps[0] * m)
	}
	for i := 1; i <= reach; i++ {
		k.step.addPair(out, row[reach-i:], row[reach+i:], k.taps[i])
	}
}

// along3 is along for the reach of 3, which most kernels have, where numbers are taken one at a time: seven values slide through
// registers.
func along3(out, row, taps []float64) {
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	var a, b, c float64
	var d, e, f float64
	switch n := len(row); {
	case n > 2:
		d, e, f = row[0], row[1], row[2]
	case n > 1:
		d, e = row[0], row[1]
	case n > 0:
		d = row[0]
	}
	ahead := row[min(3, len(row)):]
	first := out[:len(ahead)]
	for x, g := range ahead {
		first[x] = float64(t0*d) + float64(t1*(c+e)) + (float64(t2*(b+f)) + float64(t3*(a+g)))
		a, b, c, d, e, f = b, c, d, e, f, g
	}
	for x := len(ahead); x < len(out); x++ { // beyond the border there is nothing
		out[x] = float64(t0*d) + float64(t1*(c+e)) + (float64(t2*(b+f)) + float64(t3*a))
		a, b, c, d, e, f = b, c, d, e, f, 0
	}
}

// across smooths the rows of the ring across into one.
func (k *Kernel) across(out []float64, ring [][]float64, taps []float64) {
	n, reach := len(out), len(taps)-1
	if reach == 3 {
		k.step.seven(out, ring[0], ring[1], ring[2], ring[3], ring[4], ring[5], ring[6], taps)
		return
	}
	for x, m := range ring[reach][:n] {
		out[x] = float64(taps[0] * m)
	}
	for i := 1; i <= reach; i++ {
		k.step.addPair(out, ring[reach-i], ring[reach+i], taps[i])
	}
}
