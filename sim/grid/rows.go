package grid

// The steps of smoothing, row by row. Where the processor can, they take four numbers at a time, in assembly (rows_amd64.s) that does
// to each number what the loops here do; these serve the rest of a row, other processors, and the tests that compare bits.

// A stepper takes the steps: true = four numbers at a time, where the processor can, false = one at a time.
type stepper bool

// fours is how many numbers of a row are taken four at a time, a multiple of four.
func (s stepper) fours(n int) int {
	if !s {
		return 0
	}
	return n &^ 3
}

// seven adds seven rows with weights that fall off on both sides of the fourth.
func (s stepper) seven(out, a, b, c, d, e, f, g, taps []float64) {
	n := len(out)
	a, b, c, d, e, f, g, taps = a[:n], b[:n], c[:n], d[:n], e[:n], f[:n], g[:n], taps[:4]
	m := s.fours(n)
	if m > 0 {
		sevenWide(&out[0], &a[0], &b[0], &c[0], &d[0], &e[0], &f[0], &g[0], &taps[0], m)
		if m == n {
			return
		}
	}
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	for x := m; x < n; x++ {
		out[x] = float64(t0*d[x]) + float64(t1*(c[x]+e[x])) + (float64(t2*(b[x]+f[x])) + float64(t3*(a[x]+g[x])))
	}
}

// slide is seven of a row with itself, moved by 0 to 6 cells: it has six cells more than out.
func (s stepper) slide(out, row, taps []float64) {
	n := len(out)
	row, taps = row[:n+6], taps[:4]
	m := s.fours(n)
	if m > 0 {
		slideWide(&out[0], &row[0], &taps[0], m)
	}
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	for x := m; x < n; x++ {
		r := row[x : x+7]
		out[x] = float64(t0*r[3]) + float64(t1*(r[2]+r[4])) + (float64(t2*(r[1]+r[5])) + float64(t3*(r[0]+r[6])))
	}
}

// addPair adds the sum of two rows with a weight.
func (s stepper) addPair(out, a, b []float64, tap float64) {
	n := len(out)
	a, b = a[:n], b[:n]
	m := s.fours(n)
	if m > 0 {
		pairWide(&out[0], &a[0], &b[0], tap, m)
	}
	for x := m; x < n; x++ {
		out[x] += float64(tap * (a[x] + b[x]))
	}
}

// addScaled adds a row times a weight.
func (s stepper) addScaled(out, row []float64, weight float64) {
	n := len(out)
	row = row[:n]
	m := s.fours(n)
	if m > 0 {
		addWide(&out[0], &row[0], weight, m)
	}
	for x := m; x < n; x++ {
		out[x] += float64(weight * row[x])
	}
}

// fold adds four rows with the weights 1/4, 3/4, 3/4, 1/4.
func (s stepper) fold(out, a, b, c, d []float64) {
	n := len(out)
	a, b, c, d = a[:n], b[:n], c[:n], d[:n]
	m := s.fours(n)
	if m > 0 {
		foldWide(&out[0], &a[0], &b[0], &c[0], &d[0], m)
	}
	for x := m; x < n; x++ {
		out[x] = float64(.25*(a[x]+d[x])) + float64(.75*(b[x]+c[x]))
	}
}

// blend adds 1/4 of one row and 3/4 of another.
func (s stepper) blend(out, quarter, most []float64) {
	n := len(out)
	quarter, most = quarter[:n], most[:n]
	m := s.fours(n)
	if m > 0 {
		blendWide(&out[0], &most[0], &quarter[0], m)
	}
	for x := m; x < n; x++ {
		out[x] += float64(.25*quarter[x]) + float64(.75*most[x])
	}
}

// halve adds four cells of a row with the weights 1/4, 3/4, 3/4, 1/4, from every second cell on. The row has two cells more than
// twice as many.
func (s stepper) halve(out, row []float64) {
	n := len(out)
	row = row[:2*n+2]
	m := s.fours(n)
	if m > 0 {
		halveWide(&out[0], &row[0], m)
	}
	for x := m; x < n; x++ {
		four := row[2*x : 2*x+4]
		out[x] = float64(.25*(four[0]+four[3])) + float64(.75*(four[1]+four[2]))
	}
}

// stretch brings a row of wide cells down to cells half as wide: each reads 3/4 of the wide cell that covers it and 1/4
// of the one nearest next. Over n cells there are n/2 + 2 wide ones, with the margin.
func (s stepper) stretch(out, wide []float64) {
	n := len(out) / 2
	wide = wide[:n+2]
	m := s.fours(n)
	if m > 0 {
		doubleWide(&out[0], &wide[0], m)
	}
	for i := m; i < n; i++ {
		most := float64(.75 * wide[i+1])
		out[2*i] = float64(.25*wide[i]) + most
		out[2*i+1] = most + float64(.25*wide[i+2])
	}
	if len(out)%2 == 1 {
		out[2*n] = float64(.25*wide[n]) + float64(.75*wide[n+1])
	}
}
