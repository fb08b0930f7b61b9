package grid

// Self is what a unit of mass at a cloud reads of itself through Smooth, exact to rounding: take mass*Self away from
// what a firm reads and its own contribution is out. It changes only when the firm moves, so keep it.
func (k *Kernel) Self(base int32, wx, wy float64) float64 {
	ix, iy := int(base)%k.shape.NX, int(base)/k.shape.NX
	vx, vy := 1-wx, 1-wy
	sum := float64(k.own * (float64(vx*vx) + float64(wx*wx)) * (float64(vy*vy) + float64(wy*wy)))
	for l, amp := range k.amp {
		if amp == 0 {
			continue
		}
		n, last := k.near[l], 1<<l-1
		x0, x1 := n[ix&last], n[(ix+1)&last]
		y0, y1 := n[iy&last], n[(iy+1)&last]
		x := float64(vx*vx*x0.self) + float64(2*vx*wx*x0.next) + float64(wx*wx*x1.self)
		y := float64(vy*vy*y0.self) + float64(2*vy*wy*y0.next) + float64(wy*wy*y1.self)
		sum += float64(amp * x * y)
	}
	return sum
}

// pair is what a cell hears, on one axis and one level, of a unit in itself and of a unit in its eastern neighbour.
type pair struct{ self, next float64 }

// nearby tabulates pairs for levels 0..top. A level repeats every 2^l cells, so that many pairs are all there are; and
// since a level is a product of its two axes, one axis is enough.
func nearby(taps []float64, top int) [][]pair {
	near := make([][]pair, top+1)
	period := 1 << top
	parts := make([]share, period+1) // one more cell than a period, for the neighbour of its last
	for i := range parts {
		parts[i] = share{first: i, part: [3]float64{1, 0, 0}}
	}
	for l := range near {
		near[l] = make([]pair, 1<<l)
		for i := range near[l] {
			near[l][i] = pair{self: parts[i].heard(parts[i], taps), next: parts[i].heard(parts[i+1], taps)}
		}
		for i := range parts {
			parts[i] = parts[i].coarser()
		}
	}
	return near
}

// share is where a unit from one cell lies on some level of one axis: in three neighbouring cells, never more.
type share struct {
	first int
	part  [3]float64
}

// coarser moves a share up one level: 3/4 of a cell go to the wide cell that covers it (i/2 + 1, for the margin), 1/4
// to the wide cell nearest next.
func (s share) coarser() share {
	up := share{first: (s.first + 1) / 2}
	for j, part := range s.part {
		if part == 0 {
			continue
		}
		i := s.first + j
		low := (i+1)/2 - up.first // the lower of its two wide cells
		toLow := .25
		if i%2 == 1 {
			toLow = .75
		}
		up.part[low] += float64(toLow * part)
		up.part[low+1] += float64((1 - toLow) * part)
	}
	return up
}

// heard is what share s reads of share t through the Gaussian.
func (s share) heard(t share, taps []float64) float64 {
	sum := 0.
	for i, p := range s.part {
		if p == 0 {
			continue
		}
		for j, q := range t.part {
			away := s.first + i - t.first - j
			away = max(away, -away)
			if away < len(taps) {
				sum += float64(p * q * taps[away])
			}
		}
	}
	return sum
}
