package output

import (
	"slices"

	"agglo/model/world"
)

// A Gauge reads metrics of the series off a run, the numbers that a Recorder would write, for runs that write no folder. It
// serves several series of rows at once: what is summed since the row before is summed for each of them.
type Gauge struct {
	r       *Recorder
	metrics []column
	periods []period // by series
	added   bool     // the firms of this tick are summed up
	looked  bool     // ties, markets and sizes of this tick are looked at
}

// A Described is a column with its unit, its meaning and the values that it may take.
type Described struct{ Name, Unit, Meaning, Range string }

// SeriesColumns lists the columns of series.csv: first those that identify a row, as many as KeyColumns, then the metrics.
func SeriesColumns() []Described {
	var all []Described
	for _, w := range dictionaryOf("series") {
		span, _ := rangeOf("series", w.column)
		all = append(all, Described{w.column, w.unit, w.meaning, span})
	}
	return all
}

// KeyColumns is the number of the columns that identify a row of a series.
func KeyColumns() int { return len(keys) }

// Metrics lists the names of the metrics of a series.
func Metrics() []string {
	var all []string
	for _, c := range seriesColumns() {
		all = append(all, c.name)
	}
	return all
}

// NewGauge makes a gauge of metrics, each one of Metrics, for so many series of rows.
func NewGauge(metrics []string, series int) *Gauge {
	g := &Gauge{r: &Recorder{place: map[int]int{}}, periods: make([]period, series)}
	columns := seriesColumns()
	for _, name := range metrics {
		k := slices.IndexFunc(columns, func(c column) bool { return c.name == name })
		g.metrics = append(g.metrics, columns[k])
	}
	return g
}

// Observe counts a tick; it must be shown every tick from 0 on.
func (g *Gauge) Observe(v world.View, tick int) error {
	r := g.r
	if tick == 0 {
		r.sector, r.region, r.squares = make([]tally, v.Sectors()), make([]tally, v.Regions()), newSquares(v)
	} else {
		for k := range g.periods {
			g.periods[k].add(v)
		}
	}
	g.looked = false
	if g.added = tick%world.TicksPerYear == 0; g.added {
		r.add(v, true)
	}
	return nil
}

// Row gives the metrics at the tick that was shown last, as a row of one of the series; its sums begin anew. NaN is a metric
// that does not exist.
func (g *Gauge) Row(v world.View, series int) []float64 {
	g.look(v)
	g.r.period = g.periods[series]
	g.periods[series] = period{}
	row := make([]float64, len(g.metrics))
	for k, c := range g.metrics {
		row[k] = c.value(g.r, v)
	}
	return row
}

// look sums over the firms of the tick that was shown last, and looks at ties, markets and sizes.
func (g *Gauge) look(v world.View) {
	if !g.added {
		g.r.add(v, false)
		g.added = true
	}
	if !g.looked {
		g.r.moment(v)
		g.looked = true
	}
}

// Clone makes a gauge that goes on by itself from here, for a branch of the run.
func (g *Gauge) Clone() *Gauge {
	r := &Recorder{place: map[int]int{}, sector: make([]tally, len(g.r.sector)), region: make([]tally, len(g.r.region))}
	r.split, r.squares = g.r.split, squares{of: g.r.squares.of, n: g.r.squares.n}
	return &Gauge{r: r, metrics: g.metrics, periods: slices.Clone(g.periods)}
}
