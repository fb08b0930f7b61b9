package plot

import (
	"image/color"
	"math"
	"slices"
	"strconv"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// cloud is what the pairs of worlds say of one policy: net jobs across, net cost upwards.
type cloud struct {
	number     int // from 1
	name       string
	jobs, cost []float64
	color      color.NRGBA
	edge       [][2]float64 // the 95% region of both means; empty where pairs are too few
	midX, midY float64
}

// plane draws the plane of cost and effect: each pair of worlds, the mean of each policy and the region that holds both means
// with 95%.
func (f *folder) plane() (*sheet, error) {
	t, err := f.table("pairs.csv")
	if err != nil {
		return nil, err
	}
	var clouds []*cloud
	var xs, ys []float64
	sure := 0
	for k, p := range distinct(t.word["policy"]) {
		c := &cloud{number: k + 1, name: f.policy(p), color: hues[k%len(hues)]}
		for i := range t.rows {
			if x, y := t.number["net_jobs"][i], t.number["net_cost"][i]; t.word["policy"][i] == p && !math.IsNaN(x) && !math.IsNaN(y) {
				c.jobs, c.cost = append(c.jobs, x), append(c.cost, y)
			}
		}
		if len(c.jobs) == 0 {
			continue
		}
		c.midX, c.midY = mean(c.jobs), mean(c.cost)
		c.edge = ellipse(c.jobs, c.cost)
		for _, at := range c.edge {
			xs, ys = append(xs, at[0]), append(ys, at[1])
		}
		if f.established(p) {
			sure++
		}
		xs, ys = append(xs, c.jobs...), append(ys, c.cost...)
		clouds = append(clouds, c)
	}
	if len(clouds) == 0 {
		return nil, skip(f.say("note.empty", "pairs.csv"))
	}
	ch := f.newChart("")
	lo, hi := extent(xs, []float64{0})
	ch.X.Min, ch.X.Max = snap(math.Min(lo, -.15*hi), math.Max(hi, -.15*lo), 6)
	lo, hi = extent(ys, []float64{0})
	ch.Y.Min, ch.Y.Max = snap(math.Min(lo, -.15*hi), math.Max(hi, -.15*lo), 6)
	ch.X.Tick.Marker, ch.Y.Tick.Marker = evenTicks{n: 6, lang: f.lang}, evenTicks{n: 6, lang: f.lang}
	ch.head = f.say("unit.in", f.say("costs.net_cost"), f.unit("net_cost", 0))
	ch.Add(rules{both: true}, quadrants{f, clouds})
	for _, c := range clouds {
		ch.Add(c)
	}
	ch.Add(badges(clouds))
	title := f.say("title.plane.none")
	if sure > 0 {
		title = f.say("title.plane", f.num(float64(sure), 0), f.num(float64(len(clouds)), 0))
	}
	if few := f.tooFew(); few != "" {
		title = few
	}
	sub := "sub.plane.few"
	if slices.ContainsFunc(clouds, func(c *cloud) bool { return len(c.edge) > 0 }) {
		sub = "sub.plane"
	}
	return &sheet{
		title: title, sub: f.say(sub, f.title), height: max(300, 40+14*vg.Length(len(clouds))),
		paint: func(c draw.Canvas) { f.paintPlane(c, ch, clouds) },
	}, nil
}

// paintPlane draws the axes and, beside them, what each number stands for.
func (f *folder) paintPlane(c draw.Canvas, ch *chart, clouds []*cloud) {
	const names vg.Length = 118
	plot := c
	plot.Max.X -= names + 12
	lay(plot, [][]*chart{{ch}}, f.say("plane.jobs"))
	s := style(noteSize, black, false)
	for k, one := range clouds {
		at := vg.Point{X: c.Max.X - names, Y: c.Max.Y - 26 - 14*vg.Length(k)}
		badge(c, at, one)
		beside(c, s, vg.Point{X: at.X + 10, Y: at.Y}, shorten(s, one.name, names-12))
	}
}

// badgeRadius is the radius of a policy's number, in points.
const badgeRadius vg.Length = 5.5

// badge is a policy's number on a disc of its colour.
func badge(c draw.Canvas, at vg.Point, one *cloud) {
	c.DrawGlyph(draw.GlyphStyle{Color: one.color, Radius: badgeRadius, Shape: draw.CircleGlyph{}}, at)
	beside(c, centred(style(7, white, true)), at, strconv.Itoa(one.number))
}

// mean is the mean of values.
func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// ellipse is the edge of the region that holds the means of two outcomes over n pairs with 95% (Hotelling 1931): all m with
// n (x - m)' S^-1 (x - m) <= 2 (n-1)/(n-2) F(2, n-2), where F(2, d) at .95 is d/2 (.05^(-2/d) - 1). None below four pairs.
func ellipse(x, y []float64) [][2]float64 {
	n := float64(len(x))
	if n < 4 {
		return nil
	}
	mx, my := mean(x), mean(y)
	var sxx, sxy, syy float64
	for k := range x {
		sxx += (x[k] - mx) * (x[k] - mx)
		sxy += (x[k] - mx) * (y[k] - my)
		syy += (y[k] - my) * (y[k] - my)
	}
	d := n - 2
	r2 := 2 * (n - 1) / d * (d / 2 * (math.Pow(.05, -2/d) - 1)) / n / (n - 1)
	// Cholesky: S = L L', and the edge is the image of a circle under L.
	a := math.Sqrt(sxx * r2)
	b := 0.0
	if a > 0 {
		b = sxy * r2 / a
	}
	rest := math.Sqrt(math.Max(syy*r2-b*b, 0))
	var edge [][2]float64
	for k := range 73 {
		u := 2 * math.Pi * float64(k) / 72
		edge = append(edge, [2]float64{mx + a*math.Cos(u), my + b*math.Cos(u) + rest*math.Sin(u)})
	}
	return edge
}

// Plot draws the pairs and the region.
func (one *cloud) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for k := range one.jobs {
		c.DrawGlyph(draw.GlyphStyle{Color: faint(one.color, .45), Radius: 1.4, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(one.jobs[k]), Y: ty(one.cost[k])})
	}
	var edge []vg.Point
	for _, at := range one.edge {
		edge = append(edge, vg.Point{X: tx(at[0]), Y: ty(at[1])})
	}
	if len(edge) > 0 {
		c.FillPolygon(faint(one.color, .18), edge)
		c.StrokeLines(draw.LineStyle{Color: one.color, Width: 1}, edge)
	}
}

// badges are the numbers at the means. One that would cover another stands to its right, with a line to where it belongs.
type badges []*cloud

// places returns where the means are and where their numbers stand.
func (b badges) places(c draw.Canvas, p *gonum.Plot) (mids, at []vg.Point) {
	const apart vg.Length = 12.5
	tx, ty := p.Transforms(&c)
	for _, one := range b {
		mid := vg.Point{X: tx(one.midX), Y: ty(one.midY)}
		place := mid
		for k := 0; k < len(at); k++ {
			if d := place.Sub(at[k]); d.X*d.X+d.Y*d.Y < apart*apart {
				place.X = at[k].X + apart
				k = -1 // once more from the first: the new place may cover another
			}
		}
		mids, at = append(mids, mid), append(at, place)
	}
	return mids, at
}

// Plot draws them.
func (b badges) Plot(c draw.Canvas, p *gonum.Plot) {
	mids, places := b.places(c, p)
	for k, at := range places {
		if at != mids[k] {
			c.StrokeLine2(draw.LineStyle{Color: b[k].color, Width: .7}, mids[k].X, mids[k].Y, at.X, at.Y)
		}
	}
	for k, at := range places {
		badge(c, at, b[k])
	}
}

// established says whether a policy's net jobs are beyond chance: only then they have a price.
func (f *folder) established(policy string) bool {
	t, err := f.table("costs.csv")
	if err != nil {
		return false
	}
	for i, p := range t.word["policy"] {
		if p == policy {
			return !math.IsNaN(t.number["cost_per_net_job"][i])
		}
	}
	return false
}
