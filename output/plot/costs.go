package plot

import (
	"cmp"
	"math"
	"slices"

	"agglo/internal/text"
	gonum "gonum.org/v1/plot"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// costs draws what each policy cost, the jobs that it made and what one such job cost, cheapest first.
func (f *folder) costs() ([]*sheet, error) {
	t, err := f.table("costs.csv")
	if err != nil {
		return nil, err
	}
	n := t.number
	few := f.tooFew()
	rows := make([]int, t.rows)
	for i := range rows {
		rows[i] = i
		if lo := n["net_jobs_lo"]; few != "" || !(n["net_jobs"][i] > 0) || lo != nil && lo[i] <= 0 {
			n["cost_per_net_job"][i] = math.NaN() // a price of jobs that may be none has no meaning
		}
	}
	price := func(i int) float64 {
		if v := n["cost_per_net_job"][i]; !math.IsNaN(v) {
			return v
		}
		return math.Inf(1)
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(price(a), price(b)) })
	const pitch, labels, gap vg.Length = 22, 104, 32
	columns := []*chart{}
	for _, c := range []string{"net_cost", "net_jobs", "cost_per_net_job"} {
		unit := f.say("unit.jobs")
		if c != "net_jobs" {
			unit = f.unit(c, 0)
		}
		columns = append(columns, f.costChart(t, rows, c, unit))
	}
	title := f.say("title.costs.none")
	if v := price(rows[0]); !math.IsInf(v, 1) {
		title = f.say("title.costs", text.Lower(f.policy(t.word["policy"][rows[0]])), f.amount(v), f.unit("cost_per_net_job", 0))
	}
	if few != "" {
		title = few
	}
	high := pitch * vg.Length(len(rows))
	return []*sheet{{
		title: title, sub: f.say("sub.costs", f.title), height: high + 50,
		paint: func(c draw.Canvas) {
			wide := (c.Max.X - c.Min.X - labels - 2*gap - 12) / 3
			box := vg.Rectangle{Min: vg.Point{X: c.Min.X + labels, Y: c.Max.Y - 18 - high}, Max: vg.Point{Y: c.Max.Y - 18}}
			name := right(style(noteSize, black, false))
			for k, i := range rows {
				at := vg.Point{X: box.Min.X - 8, Y: box.Max.Y - pitch*(vg.Length(k)+.5)}
				beside(c, name, at, shorten(name, f.policy(t.word["policy"][i]), labels-10))
			}
			for _, ch := range columns {
				box.Max.X = box.Min.X + wide
				ch.drawIn(c, box)
				box.Min.X = box.Max.X + gap
			}
		},
	}}, nil
}

// amount writes money or jobs: with one decimal below ten.
func (f *folder) amount(v float64) string {
	if math.Abs(v) < 10 {
		return f.num(v, 1)
	}
	return f.num(v, 0)
}

// farthest is how far the interval of a price is drawn, in the greatest price; it goes on where an arrow stands.
const farthest = 3

// costChart draws one column of costs.csv, a row a policy.
func (f *folder) costChart(t *table, rows []int, column, unit string) *chart {
	ch := f.newChart(f.say("costs." + column))
	ch.X.Label.Text = unit
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.Y.Min, ch.Y.Max = 0, float64(len(rows))
	b := bars{f: f, mid: pick(t, column, rows), lo: pick(t, column+"_lo", rows), hi: pick(t, column+"_hi", rows)}
	if _, top := extent(b.mid); column == "cost_per_net_job" && known(b.mid) { // an interval of prices may have no near end
		for k, hi := range b.hi {
			b.hi[k] = math.Min(hi, farthest*top)
		}
		b.edge = farthest * top
	}
	lo, hi := extent(b.mid, b.lo, b.hi, []float64{0})
	ch.X.Min, ch.X.Max = snap(lo, hi+.25*(hi-lo), 3) // room for the numbers beside the dots
	ch.X.Tick.Marker = evenTicks{n: 3, lang: f.lang}
	ch.Add(verticals{}, b)
	if !known(b.mid) { // no number, no scale
		ch.X.Min, ch.X.Max = 0, 1
		ch.X.Tick.Marker = mute{evenTicks{n: 1, lang: f.lang}}
		ch.X.Tick.Length = 0
	}
	return ch
}

// pick returns a column in the order of rows; a column that the table lacks is all gaps.
func pick(t *table, column string, rows []int) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = math.NaN()
		if c := t.number[column]; c != nil {
			out[k] = c[i]
		}
	}
	return out
}

// verticals are the thin lines of the horizontal axis' ticks, and a stronger one at zero.
type verticals struct{}

// Plot draws the lines.
func (verticals) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, _ := p.Transforms(&c)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(draw.LineStyle{Color: rule, Width: .5}, tx(t.Value), c.Min.Y, tx(t.Value), c.Max.Y)
	}
	c.StrokeLine2(draw.LineStyle{Color: grey, Width: .75}, tx(0), c.Min.Y, tx(0), c.Max.Y)
}

// bars are dots with their intervals, one a row from the top, and the number of each beside it.
type bars struct {
	f           *folder
	mid, lo, hi []float64
	edge        float64 // intervals that reach it go on behind it; 0 = none does
}

// Plot draws the dots, intervals and numbers.
func (b bars) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for k, v := range b.mid {
		y := ty(float64(len(b.mid)-k) - .5)
		if math.IsNaN(v) {
			beside(c, style(noteSize, grey, false), vg.Point{X: tx(math.Max(0, p.X.Min)) + 5, Y: y}, b.f.say("costs.none"))
			continue
		}
		end := tx(v)
		if b.lo[k] <= b.hi[k] {
			c.StrokeLine2(draw.LineStyle{Color: blue, Width: 1.2}, tx(b.lo[k]), y, tx(b.hi[k]), y)
			end = max(end, tx(b.hi[k]))
			if b.edge > 0 && b.hi[k] >= b.edge {
				tip := vg.Point{X: end + 3, Y: y}
				c.FillPolygon(blue, []vg.Point{tip, {X: tip.X - 5, Y: y + 3}, {X: tip.X - 5, Y: y - 3}})
			}
		}
		c.DrawGlyph(draw.GlyphStyle{Color: blue, Radius: 2.8, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(v), Y: y})
		haloed(c, middle(style(noteSize, black, false)), vg.Point{X: end + 6, Y: y + .9}, b.f.amount(v))
	}
}
