package plot

import (
	"image/color"
	"math"
	"slices"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// tailShare is the share of firms, the largest ones, whose slope is drawn as the tail.
const tailShare = .1

// sizes draws firms by rank against their jobs on logarithmic axes, and the slope of the tail.
func (f *folder) sizes() (*sheet, error) {
	t, err := f.table("sizes.csv")
	if err != nil {
		return nil, err
	}
	tick, _ := lastTick(t.number["tick"])
	var jobs, rank []float64
	for i := range t.rows {
		if t.number["tick"][i] == tick && t.number["jobs"][i] > 0 && t.number["rank"][i] > 0 {
			jobs, rank = append(jobs, t.number["jobs"][i]), append(rank, t.number["rank"][i])
		}
	}
	if len(jobs) < 3 {
		return nil, skip(f.say("note.few", "sizes.csv"))
	}
	ch := f.newChart(f.say("axis.rank"))
	ch.X.Scale, ch.Y.Scale = gonum.LogScale{}, gonum.LogScale{}
	ch.X.Tick.Marker, ch.Y.Tick.Marker = logTicks{f.lang}, logTicks{f.lang}
	ch.X.Min, ch.X.Max = decades(jobs)
	ch.Y.Min, ch.Y.Max = decades(rank)
	ch.Add(rules{both: true}, dots{jobs, rank, blue, 1.6, draw.CircleGlyph{}})
	title := f.say("title.sizes")
	exponent, edge, ok := f.tail(jobs, rank)
	if ok {
		title = f.say("title.sizes.tail", f.num(exponent.value, 2))
		x := []float64{edge, slices.Max(jobs)}
		top := slices.Max(rank) * tailShare
		y := []float64{top, top * math.Pow(x[1]/x[0], -exponent.value)}
		ch.Add(curve{x, y, vermillion, 1.4, dashed})
		note := f.say("sizes.tail", f.num(exponent.value, 2))
		if exponent.lo < exponent.hi {
			note = f.say("sizes.tail.interval", f.num(exponent.value, 2), f.num(exponent.lo, 2), f.num(exponent.hi, 2))
		}
		ch.Add(remark{x, y, dots{x: jobs, y: rank}, note, vermillion})
	}
	return &sheet{
		title: title, sub: f.say("sub.date", f.first(), f.date(tick)), height: 260,
		paint: func(c draw.Canvas) { lay(c, [][]*chart{{ch}}, f.say("axis.jobs")) },
	}, nil
}

// tail returns the exponent of the upper tail and the size at which the drawn tail begins. The run's own estimate is
// taken; without one the slope of ln(rank - 1/2) on ln(size) stands in (Gabaix and Ibragimov, 2011,
// doi:10.1198/jbes.2009.06157).
func (f *folder) tail(jobs, rank []float64) (exponent fit, edge float64, ok bool) {
	top := slices.Max(rank) * tailShare
	var n, sx, sy, sxx, sxy float64
	edge = math.Inf(1)
	for i := range jobs {
		if rank[i] > top {
			continue
		}
		edge = math.Min(edge, jobs[i])
		x, y := math.Log(jobs[i]), math.Log(rank[i]-.5)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if given, has := f.summary("tail_exponent"); has && n > 0 && given.value > 0 {
		return given, edge, true
	}
	spread := n*sxx - sx*sx
	if n < 5 || spread <= 1e-9 {
		return fit{}, 0, false
	}
	slope := -(n*sxy - sx*sy) / spread
	return fit{slope, math.NaN(), math.NaN()}, edge, slope > 0
}

// decades returns the whole powers of ten around positive values.
func decades(values []float64) (lo, hi float64) {
	lo, hi = extent(values)
	lo = math.Pow(10, math.Floor(math.Log10(lo)+1e-9))
	hi = math.Pow(10, math.Ceil(math.Log10(hi)-1e-9))
	if hi <= lo {
		hi = 10 * lo
	}
	return lo, hi
}

// lastTick returns the greatest tick and how many different ones there are.
func lastTick(ticks []float64) (tick float64, different int) {
	all := slices.Clone(ticks)
	all = slices.DeleteFunc(all, math.IsNaN)
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return 0, 0
	}
	return all[len(all)-1], len(all)
}

// remark is a short text beside a straight line that falls over points: to the right of the line's middle, above all of them.
type remark struct {
	x, y  []float64 // ends of the line
	over  dots
	text  string
	color color.Color
}

// Plot writes the text, moved left as far as it takes to stay inside the axes, and up until it is clear of line and points.
func (r remark) Plot(c draw.Canvas, p *gonum.Plot) {
	const clear vg.Length = 5
	tx, ty := p.Transforms(&c)
	s := style(noteSize, r.color, false)
	a, b := vg.Point{X: tx(r.x[0]), Y: ty(r.y[0])}, vg.Point{X: tx(r.x[1]), Y: ty(r.y[1])}
	at := vg.Point{X: min((a.X+b.X)/2+clear, c.Max.X-s.Width(r.text)-2)}
	at.Y = a.Y
	if b.X > a.X && at.X > a.X {
		at.Y += (b.Y - a.Y) * (at.X - clear - a.X) / (b.X - a.X)
	}
	for i := range r.over.x {
		if drawable(p, r.over.x[i], r.over.y[i]) && tx(r.over.x[i]) > at.X-clear {
			at.Y = max(at.Y, ty(r.over.y[i]))
		}
	}
	at.Y = min(at.Y+clear+s.Font.Size/2, c.Max.Y-s.Font.Size/2)
	onWhite(c, s, at, r.text)
}
