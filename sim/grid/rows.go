package grid

// The steps of smoothing, row by row. Where the processor can, they take four numbers at a time, in assembly (rows_amd64.s) that does
// to each number what the loops here do; these serve short rows, other processors, and the tests that compare bits. A step that only
// writes takes the last four numbers of a row once more where the row does not end with a whole four; one that adds leaves
// the rest of it to the loop. What is written must not overlap what is read.

// A stepper takes the steps: true = four numbers at a time, where the processor can, false = one at a time.
type stepper bool

// wide says whether rows of n numbers are taken four at a time.
func (s stepper) wide(n int) bool { return bool(s) && n >= 4 }

// fours is how many numbers of a row are taken four at a time, a multiple of four.
func (s stepper) fours(n int) int {
	if !s {
		return 0
	}
	return n &^ 3
}

// seven adds seven rows, one behind the other, with weights that fall off on both sides of the fourth, and 3/4 and 1/4 of two more.
func (s stepper) seven(out, rows, taps, near, far []float64) {
	n := len(out)
	rows, taps, near, far = rows[:7*n], taps[:4], near[:n], far[:n]
	if s.wide(n) {
		sevenWide(&out[0], &rows[0], &taps[0], &near[0], &far[0], n)
		return
	}
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	for x := range out {
		a, b, c, d, e, f, g := rows[x], rows[n+x], rows[2*n+x], rows[3*n+x], rows[4*n+x], rows[5*n+x], rows[6*n+x]
		of := float64(t0*d) + float64(t1*(c+e)) + (float64(t2*(b+f)) + float64(t3*(a+g)))
		out[x] = of + (float64(.25*far[x]) + float64(.75*near[x]))
	}
}

// slide is seven of a row with itself, moved by 0 to 6 cells, and nothing more: it has six cells more than out.
func (s stepper) slide(out, row, taps []float64) {
	n := len(out)
	row, taps = row[:n+6], taps[:4]
	if s.wide(n) {
		slideWide(&out[0], &row[0], &taps[0], n)
		return
	}
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	for x := range out {
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
	if s.wide(n) {
		foldWide(&out[0], &a[0], &b[0], &c[0], &d[0], n)
		return
	}
	for x := range out {
		out[x] = float64(.25*(a[x]+d[x])) + float64(.75*(b[x]+c[x]))
	}
}

// blend is 3/4 of one row and 1/4 of another.
func (s stepper) blend(out, near, far []float64) {
	n := len(out)
	near, far = near[:n], far[:n]
	if s.wide(n) {
		blendWide(&out[0], &near[0], &far[0], n)
		return
	}
	for x := range out {
		out[x] = float64(.25*far[x]) + float64(.75*near[x])
	}
}

// halve adds four cells of a row with the weights 1/4, 3/4, 3/4, 1/4, from every second cell on. The row has two cells more than
// twice as many.
func (s stepper) halve(out, row []float64) {
	n := len(out)
	row = row[:2*n+2]
	if s.wide(n) {
		halveWide(&out[0], &row[0], n)
		return
	}
	for x := range out {
		four := row[2*x : 2*x+4]
		out[x] = float64(.25*(four[0]+four[3])) + float64(.75*(four[1]+four[2]))
	}
}

// stretch brings a row of wide cells down to cells half as wide: each reads 3/4 of the wide cell that covers it and 1/4
// of the one nearest next. Over n cells there are n/2 + 2 wide ones, with the margin.
func (s stepper) stretch(out, wide []float64) {
	n := len(out) / 2
	wide = wide[:n+2]
	m := 0
	if s.wide(n) {
		doubleWide(&out[0], &wide[0], n)
		m = n
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
