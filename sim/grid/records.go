package grid

// Records are fields that lie side by side: the numbers of a cell one after the other, then those of the next cell.

// Mix reads a record at a cloud, times a number of its own each and one for all, on top of another for all:
//
//	out[k] = base + scale unit[k] (record k at the cloud, bilinear)
//
// at begins with the record of the south-western cell; east and north are the steps to the records beside it, see Beside. Where
// the processor can, four numbers are taken at a time, with the same bits.
func Mix(out, at []float64, east, north int, wx, wy float64, unit []float64, scale, base float64) {
	n := len(out)
	unit = unit[:n]
	sw, se, nw, ne := at[:n], at[east:][:n], at[north:][:n], at[north+east:][:n]
	var weight [4]float64
	weight[0], weight[1], weight[2], weight[3] = Weights(wx, wy)
	m := 0
	if n >= 4 && widens() {
		m = n &^ 3
		mixWide(&out[0], &sw[0], &se[0], &nw[0], &ne[0], &unit[0], &weight, scale, base, m)
	}
	for k := m; k < n; k++ {
		value := float64(weight[0]*sw[k]) + float64(weight[1]*se[k]) + (float64(weight[2]*nw[k]) + float64(weight[3]*ne[k]))
		out[k] = base + float64(float64(scale*unit[k])*value)
	}
}
