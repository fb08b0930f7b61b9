package grid

// The steps of smoothing, some rows at a time. Where the processor can, they take four numbers at a time, in assembly (rows_amd64.s) that does
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

// seven adds seven rows of nx numbers, stride numbers apart, with weights that fall off on both sides of the fourth, for each row of out, the
// first for the first, and adds a blend.
func (s stepper) seven(out, rows []float64, nx, stride int, taps, near, far []float64, apart int) {
	count := len(out) / nx
	rows, taps, near, far = rows[:(count+5)*stride+nx], taps[:4], near[:count/2*apart+nx], far[:count/2*apart+nx]
	if s.wide(nx) {
		sevenWide(&out[0], &rows[0], stride, &taps[0], &near[0], &far[0], apart, nx, count)
		return
	}
	t0, t1, t2, t3 := taps[0], taps[1], taps[2], taps[3]
	for y := range count {
		near, far := beside(near, far, y, nx, apart)
		for x := range near {
			r := rows[y*stride+x:]
			a, b, c, d, e, f, g := r[0], r[stride], r[2*stride], r[3*stride], r[4*stride], r[5*stride], r[6*stride]
			of := float64(t0*d) + float64(t1*(c+e)) + (float64(t2*(b+f)) + float64(t3*(a+g)))
			out[y*nx+x] = of + (float64(.25*far[x]) + float64(.75*near[x]))
		}
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

// fold adds four rows of nx numbers, stride numbers apart, with the weights 1/4, 3/4, 3/4, 1/4, so often: the next time from two rows on, and into
// out apart numbers behind.
func (s stepper) fold(out []float64, apart int, rows []float64, stride, nx, count int) {
	out, rows = out[:(count-1)*apart+nx], rows[:(2*count+1)*stride+nx]
	if s.wide(nx) {
		foldWide(&out[0], apart, &rows[0], stride, nx, count)
		return
	}
	for y := range count {
		for x := range nx {
			r := rows[2*y*stride+x:]
			out[y*apart+x] = float64(.25*(r[0]+r[3*stride])) + float64(.75*(r[stride]+r[2*stride]))
		}
	}
}

// blend is 3/4 of one row of nx numbers and 1/4 of another, for each row of out, see beside.
func (s stepper) blend(out []float64, nx int, near, far []float64, apart int) {
	for y := range len(out) / nx {
		near, far := beside(near, far, y, nx, apart)
		out := out[y*nx:][:nx]
		if s.wide(nx) {
			blendWide(&out[0], &near[0], &far[0], nx)
			continue
		}
		for x := range out {
			out[x] = float64(.25*far[x]) + float64(.75*near[x])
		}
	}
}

// beside is the rows that row y is a blend of. Rows that are twice as high as these lie apart numbers apart: a row lies in one of them, and is
// next to the one before it or, every second, to the one behind it. near and far are those of row 0, which is of the first sort.
func beside(near, far []float64, y, nx, apart int) (in, next []float64) {
	at := y / 2 * apart
	if y%2 == 1 {
		return near[at:][:nx], near[at+apart:][:nx]
	}
	return near[at:][:nx], far[at:][:nx]
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

// stretch brings rows of n wide cells down to cells half as wide, nx in a row: each reads 3/4 of the wide cell that covers it and 1/4
// of the one nearest next. Over nx cells there are nx/2 + 2 wide ones, with the margin.
func (s stepper) stretch(out []float64, nx int, wide []float64, n int) {
	count, pairs := len(out)/nx, nx/2
	wide = wide[:(count-1)*n+pairs+2]
	done := 0
	if s.wide(pairs) {
		doubleWide(&out[0], nx, &wide[0], n, pairs, count)
		done = pairs
	}
	for y := range count {
		out, wide := out[y*nx:][:nx], wide[y*n:]
		for i := done; i < pairs; i++ {
			most := float64(.75 * wide[i+1])
			out[2*i] = float64(.25*wide[i]) + most
			out[2*i+1] = most + float64(.25*wide[i+2])
		}
		if nx%2 == 1 {
			out[2*pairs] = float64(.25*wide[pairs]) + float64(.75*wide[pairs+1])
		}
	}
}
