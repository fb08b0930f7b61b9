package grid

// Records are fields that lie side by side: the n numbers of a cell one after the other, then those of the next cell.

// Strew adds records to the four cells of clouds, one after the other: record k of x, n numbers, to those of base[k], by the weights of
// wx[k] and wy[k]. Free places have records of zeros. east and north are the steps to the cells beside, see Beside. It is Deposit for n
// planes at once. Where the processor can, four numbers are taken at a time, with the same bits.
func Strew(at []float64, n, east, north int, base []int32, wx, wy, x []float32) {
	strew(at, n, east, north, base, wx, wy, x, widens())
}

func strew(at []float64, n, east, north int, base []int32, wx, wy, x []float32, wide bool) {
	at = at[:len(at):len(at)] // what lies behind is another's
	wx, wy, x = wx[:len(base)], wy[:len(base)], x[:len(base)*n]
	m := 0
	if wide && n >= 4 && len(base) > 0 {
		m = n &^ 3
		for _, c := range base { // the assembly does not look whether what it writes is there
			_ = at[int(c)*n : (int(c)+east+north)*n+n]
		}
		strewWide(&at[0], &base[0], &wx[0], &wy[0], &x[0], n, east*n, north*n, m, len(base))
		if m == n {
			return
		}
	}
	for k, c := range base {
		wsw, wse, wnw, wne := Weights(float64(wx[k]), float64(wy[k]))
		first := int(c) * n
		sw, se, nw, ne := at[first:][:n], at[first+east*n:][:n], at[first+north*n:][:n], at[first+(east+north)*n:][:n]
		record := x[k*n:][:n]
		for s := m; s < n; s++ { // cells that are the same one, on a narrow grid, add up
			v := float64(record[s])
			sw[s] += float64(wsw * v)
			se[s] += float64(wse * v)
			nw[s] += float64(wnw * v)
			ne[s] += float64(wne * v)
		}
	}
}
