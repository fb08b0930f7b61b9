package plot

import (
	"slices"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// scalingTable holds what speed and memory were measured at several numbers of firms, as agglo bench --growth writes it: a row a
// measurement.
const scalingTable = "scaling.csv"

// scaling draws what a firm costs by how many there are: time for a firm and quarter, memory for a firm, time to make the world. Dots
// are measurements, lines go through the medians of those alike.
func (f *folder) scaling() (*sheet, error) {
	t, err := f.table(scalingTable)
	if err != nil {
		return nil, err
	}
	firms, clustered := t.number["firms"], t.number["clustered"]
	lo, hi := extent(firms)
	if !(hi > lo) || lo <= 0 {
		return nil, skip(f.say("note.few", scalingTable))
	}
	looks := []line{{color: blue, name: f.say("scaling.uniform")}, {color: vermillion, dash: dashed, name: f.say("scaling.clustered")}}
	forms := []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}}
	var charts []*chart
	grows := 0.0
	for _, column := range []string{"ns_per_firm_tick", "bytes_per_firm", "seconds_to_start"} {
		ch := f.newChart(f.say("scaling." + column))
		ch.X.Scale, ch.X.Tick.Marker = gonum.LogScale{}, logTicks{f.lang}
		ch.X.Min, ch.X.Max = decades(firms)
		values := t.number[column]
		if column == "seconds_to_start" {
			ch.Y.Scale, ch.Y.Tick.Marker = gonum.LogScale{}, logTicks{f.lang}
			ch.Y.Min, ch.Y.Max = decades(values)
		} else {
			ch.upwards(true, values)
		}
		ch.Add(rules{})
		for k, look := range looks {
			var x, y []float64
			for i := range t.rows {
				if (clustered[i] != 0) == (k == 1) {
					x, y = append(x, firms[i]), append(y, values[i])
				}
			}
			sizes, medians := mediansBy(x, y)
			ch.Add(curve{sizes, medians, look.color, 1.3, look.dash}, dots{x, y, look.color, 2, forms[k]})
			if k == 0 && column == "ns_per_firm_tick" && len(medians) > 0 {
				grows = medians[len(medians)-1] / medians[0]
			}
		}
		charts = append(charts, ch)
	}
	var entries []entry
	for k, look := range looks {
		if slices.ContainsFunc(clustered, func(c float64) bool { return (c != 0) == (k == 1) }) {
			entries = append(entries, entry{line: look})
		}
	}
	return &sheet{
		title:  f.say("title.scaling", f.num(hi, 0), f.num(grows, 2), f.num(lo, 0)),
		sub:    f.say("sub.scaling", f.num(t.number["threads"][0], 0)),
		height: 210,
		paint: func(c draw.Canvas) {
			key(c, entries)
			lay(draw.Crop(c, 0, 0, 0, -18), [][]*chart{charts}, f.say("axis.firms"))
		},
	}, nil
}

// mediansBy gives the different values of x in order, and the median of the y that belong to each.
func mediansBy(x, y []float64) (different, medians []float64) {
	by := map[float64][]float64{}
	for i := range x {
		by[x[i]] = append(by[x[i]], y[i])
	}
	different = slices.Compact(slices.Sorted(slices.Values(x)))
	for _, v := range different {
		medians = append(medians, median(by[v]))
	}
	return different, medians
}

// median is the middle one of some values, or the mean of the middle two.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
