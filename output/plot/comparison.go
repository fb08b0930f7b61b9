package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// perRow is how many policies stand side by side in a figure that has a chart for each.
const perRow = 3

// leastPairs is the number of pairs of worlds below which nothing is said to be beyond chance, as in internal/study: whether differences
// are near enough to normal for an interval cannot be seen in so few.
const leastPairs = 6

// tooFew is the title of figures of a comparison with too few pairs of worlds; empty where there are enough, or it is not known.
func (f *folder) tooFew() string {
	pairs := 0.0
	if t, err := f.table(effectsTable); err == nil {
		for _, n := range t.number["replicates"] {
			pairs = math.Max(pairs, n)
		}
	}
	if t, err := f.table("pairs.csv"); err == nil && !(pairs > 0) {
		of := map[string]float64{}
		for _, p := range t.word["policy"] {
			of[p]++
			pairs = math.Max(pairs, of[p])
		}
	}
	if !(pairs > 0) || pairs >= leastPairs {
		return ""
	}
	return f.say("title.pairs.few", f.num(pairs, 0), f.num(leastPairs, 0))
}

// stops is the last look at which a policy was at work, by costs.csv; NaN where that is not known.
func (f *folder) stops(policy string) float64 {
	t, err := f.table("costs.csv")
	if err != nil || t.number["stops"] == nil {
		return math.NaN()
	}
	for i, p := range t.word["policy"] {
		if p == policy {
			return t.number["stops"][i]
		}
	}
	return math.NaN()
}

// lookAt is the place of the last look at or before a tick, the last of all where the tick is not known; the first look,
// before any policy, is none.
func (e *effect) lookAt(tick float64) int {
	at := len(e.ticks) - 1
	for k := at; k > 0 && e.ticks[k] > tick; k-- {
		at = max(k-1, min(1, len(e.ticks)-1))
	}
	return at
}

// grid lays charts out, so many a row.
func grid(charts []*chart) [][]*chart {
	var rows [][]*chart
	for k, ch := range charts {
		if k%perRow == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], ch)
	}
	return rows
}

// gridSheet is a sheet of charts under a key.
func (f *folder) gridSheet(title, sub string, charts []*chart, entries []entry) *sheet {
	rows := grid(charts)
	return &sheet{
		title: title, sub: sub, height: 66 + 118*vg.Length(len(rows)),
		paint: func(c draw.Canvas) {
			key(c, entries)
			lay(draw.Crop(c, 0, 0, 0, -16), rows, f.say("axis.year"))
		},
	}
}

// hues are the colours of policies that share axes; a number beside each mark tells those of one colour apart.
var hues = []color.NRGBA{blue, vermillion, green, purple, orange, sky, grey}
