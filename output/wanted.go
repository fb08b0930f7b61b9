package output

import (
	"math"
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

// Wanted is a published figure that a run is held against, and what it is a figure of.
type Wanted struct {
	What     string // in words, without the date
	Metric   string // a metric of the series, or a share, see shareOf
	Sectors  []int  // by index; empty = all
	Regions  []int
	Parts    [4]string // ids of sectors, ids of regions, place in the middle of the circle, its radius in km: for the table
	Within   *Disc     // nil = anywhere
	Date     string
	Tick     int    // of the date; beyond the run it is never reached
	Since    string // the date before, for a change
	From     int    // its tick, -1 = no change
	Absolute bool   // the change is told in the metric's unit, not relative
	Unit     string // of the published figure

	Published float64
	Tolerance float64 // relative; of a relative change, in yearly growth
	Fitted    bool
	Verified  bool
	Source    string

	Money     float64    // of one worker-year, for an amount in the scenario's money; 0 = no money
	Rise      float64    // yearly rise of prices since PriceYear, for one in current prices; 0 = constant prices
	PriceYear int        // year of the constant prices
	Start     world.Date // of tick 0
}

// Disc is a circle in the plane.
type Disc struct {
	At world.Point
	KM float64
}

// growth says whether the figure is a relative change.
func (w *Wanted) growth() bool { return w.From >= 0 && !w.Absolute }

// Span is the range of values that are near the published figure.
func (w *Wanted) Span() (lo, hi float64) {
	if w.growth() {
		years := float64(w.Tick-w.From) / world.TicksPerYear
		yearly := num.Pow(1+w.Published, 1/years)
		return num.Pow(yearly-w.Tolerance, years) - 1, num.Pow(yearly+w.Tolerance, years) - 1
	}
	off := w.Tolerance * math.Abs(w.Published)
	return w.Published - float64(off), w.Published + float64(off)
}

// Told is the figure as the run has it, from the metric at its two dates.
func (w *Wanted) Told(now, before float64) float64 {
	switch {
	case w.From < 0:
		return now
	case w.Absolute:
		return now - before
	}
	return ratio(now, before) - 1
}

// amount takes a value of the tables to the figure's money.
func (w *Wanted) amount(x float64, tick int) float64 {
	if w.Money == 0 {
		return x
	}
	year := w.Start.Year + (w.Start.Quarter-1+tick)/world.TicksPerYear
	return x * w.Money * num.Pow(1+w.Rise, float64(year-w.PriceYear))
}

// part is a set of firms that figures are told of.
type part struct {
	sectors, regions []bool // by index; nil = all
	within           *Disc
	tally            tally
	degree           float64 // collaborators
	one, six         float64 // firms with one collaborator and more, with six and more
	lived            []bool  // by row, where births and deaths are wanted
}

// watch follows the figures that a run is held against.
type watch struct {
	list   []Wanted
	of     []int // by figure: its part
	parts  []part
	lives  bool     // births or deaths are wanted
	id     []uint64 // who lived in which row, then
	period period   // of the tick alone: a figure of a flow is one quarter's, whatever the rows of the series
	values map[[2]int]float64
}

// newWatch sorts figures by the firms that they are of. The first part is all firms.
func newWatch(v world.View, list []Wanted) *watch {
	w := &watch{list: list, parts: []part{{}}, values: map[[2]int]float64{}}
	for k := range list {
		x := &list[k]
		p := part{sectors: chosen(x.Sectors, v.Sectors()), regions: chosen(x.Regions, v.Regions()), within: x.Within}
		at := slices.IndexFunc(w.parts, func(q part) bool {
			return slices.Equal(p.sectors, q.sectors) && slices.Equal(p.regions, q.regions) && (p.within == q.within || p.within != nil && q.within != nil && *p.within == *q.within)
		})
		if at < 0 {
			at = len(w.parts)
			w.parts = append(w.parts, p)
		}
		w.of = append(w.of, at)
		w.lives = w.lives || x.Metric == "births" || x.Metric == "deaths"
	}
	w.count(v)
	w.period = period{}
	for k := range w.parts { // those who stand there at the start were not born then
		w.parts[k].tally.births = 0
	}
	return w
}

// chosen marks some of n things; nil stands for all.
func chosen(which []int, n int) []bool {
	if len(which) == 0 {
		return nil
	}
	marks := make([]bool, n)
	for _, k := range which {
		marks[k] = true
	}
	return marks
}

// has says whether a firm belongs to a part.
func (p *part) has(v world.View, i int) bool {
	if p.sectors != nil && !p.sectors[v.Sector(i)] || p.regions != nil && !p.regions[v.Region(i)] {
		return false
	}
	return p.within == nil || num.Hypot(v.X(i)-p.within.At.X, v.Y(i)-p.within.At.Y) <= p.within.KM
}

// count counts what happened in this tick, and who came and went, part by part.
func (w *watch) count(v world.View) {
	w.period = period{}
	w.period.add(v)
	if !w.lives {
		return
	}
	for len(w.id) < v.Rows() {
		w.id = append(w.id, 0)
	}
	for k := range w.parts {
		p := &w.parts[k]
		p.tally.births, p.tally.deaths = 0, 0
		for len(p.lived) < v.Rows() {
			p.lived = append(p.lived, false)
		}
		for i, old := range w.id {
			now := v.ID(i)
			if now != old && p.lived[i] {
				p.tally.deaths++
			}
			here := now != 0 && p.has(v, i)
			if now != old && here {
				p.tally.births++
			}
			p.lived[i] = here
		}
	}
	for i := range w.id {
		w.id[i] = v.ID(i)
	}
}

// restart clears the sums over firms. Where nothing is watched it does nothing, nor does add.
func (w *watch) restart() {
	if w == nil {
		return
	}
	for k := range w.parts {
		p := &w.parts[k]
		p.tally.restart()
		p.degree, p.one, p.six = 0, 0, 0
	}
}

// addAll clears the sums and adds all firms.
func (w *watch) addAll(v world.View) {
	w.restart()
	for i := range v.Rows() {
		if v.Living(i) {
			s := sampleOf(v, i)
			w.add(v, i, &s)
		}
	}
}

// add adds firm i to the sums of every part that it belongs to.
func (w *watch) add(v world.View, i int, s *sample) {
	if w == nil {
		return
	}
	partners := v.Collaborators(i)
	for k := range w.parts {
		p := &w.parts[k]
		if !p.has(v, i) {
			continue
		}
		p.tally.add(s)
		p.degree += float64(partners)
		if partners >= 1 {
			p.one++
		}
		if partners >= 6 {
			p.six++
		}
	}
}

// wantedRow takes every figure's metric at a row of the series and writes it.
func (r *Recorder) wantedRow(v world.View, tick int) {
	w := r.watch
	if w == nil {
		return
	}
	to := r.writers["targets_path"]
	for k := range w.list {
		x := w.list[k].amount(r.wanted(v, k), tick)
		w.values[[2]int{k, tick}] = x
		to.Integer(int64(r.run.Run))
		to.Integer(int64(tick))
		to.Integer(int64(k))
		to.Number(x)
		to.EndRow()
	}
}

// wanted is a figure's metric at this tick, in the units of the tables.
func (r *Recorder) wanted(v world.View, k int) float64 {
	x := &r.watch.list[k]
	p := &r.watch.parts[r.watch.of[k]]
	t, whole, scale := &p.tally, &r.watch.parts[0].tally, v.Scale()
	switch x.Metric {
	case "firms":
		return t.firms * scale
	case "births":
		return t.births * scale
	case "deaths":
		return t.deaths * scale
	case "jobs_share":
		return ratio(t.jobs, whole.jobs)
	case "exports_share":
		return ratio(t.exports, whole.exports)
	case "rd_share":
		return ratio(t.research, t.added)
	case "degree":
		return ratio(p.degree, t.firms)
	case "with_partner_share":
		return ratio(p.one, t.firms)
	case "with_six_partners_share":
		return ratio(p.six, t.firms)
	case "share_firms_in_clusters":
		return ratio(t.inFirms, t.firms)
	case "share_value_added_in_clusters":
		return ratio(t.inAdded, t.added)
	case "wage", "unemployment":
		if p.sectors != nil || p.within != nil {
			return ratio(t.wages, t.jobs)
		}
		wage, idle := wages(v, func(m int) bool { return p.regions == nil || p.regions[v.MarketRegion(m)] })
		if x.Metric == "wage" {
			return wage
		}
		return idle
	}
	for _, c := range tallyColumns() {
		if c.name == x.Metric {
			return c.value(r, v, t, 0)
		}
	}
	since := r.period
	defer func() { r.period = since }()
	r.period = r.watch.period
	for _, c := range r.columns {
		if c.name == x.Metric {
			return c.value(r, v)
		}
	}
	return math.NaN()
}
