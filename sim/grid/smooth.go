package grid

// Work is the scratch of one Smooth at a time: less memory than a plane where planes are large, as much as several where a side is not
// longer than a band. Make one a goroutine.
//
// The mass of the levels above the first is kept with nothing around it: as many cells on either side of a row as G reaches, those behind a
// row being those before the next, and margin rows before the first and behind the last one. So rows are smoothed along x where they lie, and
// folded for the next level, some in one go.
type Work struct {
	reach        int         // of the widest G
	mass         [][]float64 // mass by level, of the levels above 0
	field        [][]float64 // field by level; level 0 is the caller's plane
	plane        []float64   // rows of the caller's plane, laid as those of mass are
	along        []float64   // rows smoothed along x, laid so too: those of a band, and as many before and behind it as G reaches
	wide         []float64   // rows of the next level, stretched along x: those that a band reads
	zero         []float64   // a row beyond the border: never written
	four, folded []float64   // four rows at the border; rows of which each is folded of four, with nothing on either side
}

// band is how many rows are smoothed across before the next ones are smoothed along: some, so that there is little to do a row, and few
// enough to stay at hand. An even number.
const band = 16

// margin is how many rows beyond the border a row of the level above is made of, on either side.
const margin = 3

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
		reach: reach, mass: make([][]float64, len(deep.amp)), field: make([][]float64, len(deep.amp)),
		plane: make([]float64, (band+reach)*(deep.nx[0]+reach)+reach), along: make([]float64, (band+2*reach)*(nx+reach)),
		wide: make([]float64, (band/2+2)*nx), zero: make([]float64, nx),
		four: make([]float64, 4*nx), folded: make([]float64, band*(nx+4+2*reach)+2),
	}
	for l := 1; l < len(deep.amp); l++ {
		w.mass[l] = make([]float64, (deep.nx[l]+reach)*(deep.ny[l]+2*margin)+reach)
		w.field[l] = make([]float64, deep.nx[l]*deep.ny[l])
	}
	return w
}

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

// gather shares the mass of the level below out on the cells of level l, D in the comment on Kernel. Rows are folded twice as far apart as
// those of level l lie, with nothing between, so that all of a band are halved in one go, and what lies between two rows stays nothing.
func (k *Kernel) gather(l int, src []float64, w *Work) {
	from, stride, beyond, nx, ny := src, k.nx[0], 0, k.nx[l-1], k.ny[l-1]
	if l > 1 {
		from, stride, beyond = w.mass[l-1][w.reach:], nx+w.reach, margin
	}
	wide, high := k.nx[l], k.ny[l]
	apart := wide + w.reach
	to := w.mass[l][margin*apart+w.reach:]
	clear(w.folded[:2*min(band, high)*apart+2])
	for lo := 0; lo < high; lo += band {
		hi := min(lo+band, high)
		first, last := max(lo, (margin-beyond+1)/2), min(hi, (ny+beyond+1)/2) // of those whose four rows are all at hand
		for y := lo; y < hi; y++ {
			if y < first || y >= last {
				k.step.fold(w.folded[2*(y-lo)*apart+3:], 0, w.border(from, stride, nx, ny, 2*y-margin), nx, nx, 1)
			}
		}
		if first < last {
			k.step.fold(w.folded[2*(first-lo)*apart+3:], 2*apart, from[(2*first-margin+beyond)*stride:], stride, nx, last-first)
		}
		k.step.halve(to[lo*apart:][:(hi-lo-1)*apart+wide], w.folded)
	}
}

// border is four rows of nx cells from y on, those that are beyond the border empty.
func (w *Work) border(from []float64, stride, nx, ny, y int) []float64 {
	rows := w.four[:4*nx]
	clear(rows)
	for k := max(0, -y); k < 4 && y+k < ny; k++ {
		copy(rows[k*nx:], from[(y+k)*stride:][:nx])
	}
	return rows
}

// level writes the field of level l: its own Gaussian of the mass, and the field of the level above brought down. It goes band by band.
func (k *Kernel) level(l int, src []float64, w *Work) {
	nx, ny := k.nx[l], k.ny[l]
	stride, top := nx+w.reach, l+1 == len(k.amp)
	next := 0 // the next row to be smoothed along x
	for lo := 0; lo < ny; lo += band {
		hi := min(lo+band, ny)
		if k.amp[l] != 0 {
			next = k.alongBand(l, lo, hi, next, src, w)
		}
		if !top {
			from, n := lo/2, k.nx[l+1]
			k.step.stretch(w.wide[:((hi+2)/2-from+1)*nx], nx, w.field[l+1][from*n:], n)
		}
		out, near, far, apart := w.field[l][lo*nx:hi*nx], w.zero, w.zero, 0
		if !top { // row lo, which is even, lies in the second of those at hand, and next to the first
			near, far, apart = w.wide[nx:], w.wide, nx
		}
		if k.amp[l] != 0 {
			k.across(out, w.along, nx, stride, k.scaled[l], near, far, apart)
		} else {
			k.step.blend(out, nx, near, far, apart)
		}
		if l == 0 && k.own != 0 {
			k.step.addScaled(w.field[0][lo*nx:hi*nx], src[lo*nx:hi*nx], k.own)
		}
	}
}

// alongBand smooths along x what is still missing of the rows that those from lo to hi are made of, next being the first that may be, and
// returns the next one. Rows beyond the border are empty.
func (k *Kernel) alongBand(l, lo, hi, next int, src []float64, w *Work) int {
	nx, reach := k.nx[l], len(k.taps)-1
	stride := nx + w.reach
	if lo == 0 {
		clear(w.along[:reach*stride])
	} else {
		copy(w.along, w.along[band*stride:][:2*reach*stride])
	}
	end := min(hi+reach, k.ny[l])
	if next < end {
		k.along(w.along[(next-lo+reach)*stride:][:(end-next-1)*stride+nx], l, next, end, src, w)
		next = end
	}
	clear(w.along[(next-lo+reach)*stride : (hi-lo+2*reach)*stride])
	return next
}

// along smooths rows of level l along x, all in one go: what lies between two rows is smoothed too, and read by nobody.
func (k *Kernel) along(out []float64, l, from, to int, src []float64, w *Work) {
	nx, reach := k.nx[l], len(k.taps)-1
	stride := nx + w.reach
	rows := w.plane
	if l == 0 {
		for y := from; y < to; y++ {
			copy(rows[w.reach+(y-from)*stride:], src[y*nx:][:nx])
		}
	} else {
		rows = w.mass[l][(margin+from)*stride:]
	}
	n := len(out)
	rows = rows[w.reach-reach:][:n+2*reach]
	if reach == 3 {
		k.step.slide(out, rows, k.taps)
		return
	}
	clear(out)
	k.step.addScaled(out, rows[reach:][:n], k.taps[0])
	for i := 1; i <= reach; i++ {
		k.step.addPair(out, rows[reach-i:], rows[reach+i:], k.taps[i])
	}
}

// across smooths rows of nx cells, which lie stride cells apart, across, and blends in the field of the level above: first where G has
// another reach than 3, which is so for Gaussians alone, whose only level with an amplitude has none above it.
func (k *Kernel) across(out, rows []float64, nx, stride int, taps, near, far []float64, apart int) {
	reach := len(taps) - 1
	if reach == 3 {
		k.step.seven(out, rows, nx, stride, taps, near, far, apart)
		return
	}
	k.step.blend(out, nx, near, far, apart)
	for ; len(out) > 0; out, rows = out[nx:], rows[stride:] {
		k.step.addScaled(out[:nx], rows[reach*stride:], taps[0])
		for i := 1; i <= reach; i++ {
			k.step.addPair(out[:nx], rows[(reach-i)*stride:], rows[(reach+i)*stride:], taps[i])
		}
	}
}
