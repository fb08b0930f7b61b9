package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bond is what the collaborations between two clusters come to.
type bond struct {
	a, b  int // clusters; equal inside one
	ties  float64
	trust float64 // mean of both directions
}

// network draws clusters as nodes at their places and the collaborations between them as lines: as thick as there are ties, as dark
// as their firms trust each other; the ring of a node is what holds inside it.
func (f *folder) network() (*sheet, error) {
	all, tick, err := f.clustersOnMap()
	if err != nil {
		return nil, err
	}
	bonds, err := f.bonds(all)
	if err != nil {
		return nil, err
	}
	inside, between := [2]float64{}, [2]float64{}
	for _, b := range bonds {
		to := &between
		if b.a == b.b {
			to = &inside
		}
		to[0] += b.ties * b.trust
		to[1] += b.ties
	}
	g, err := f.groundOf(all, nil)
	if err != nil {
		return nil, err
	}
	title := f.say("title.network", f.num(inside[0]/inside[1], 2), f.num(between[0]/between[1], 2))
	switch {
	case between[1] == 0:
		title = f.say("title.network.inside", f.num(inside[0]/inside[1], 2))
	case inside[1] == 0:
		title = f.say("title.network.between", f.num(between[0]/between[1], 2))
	}
	return &sheet{
		title: title, sub: f.say("sub.network", f.first(), f.date(tick)), height: max(g.height()+20, networkKeyHeight(all, bare(all, bonds))),
		paint: func(c draw.Canvas) {
			v := g.in(mapBox(c))
			v.land(c)
			v.borders(c)
			f.drawNetwork(c, v, all, bonds)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
		},
	}, nil
}

// trustScale is the scale of trust that tells lines apart.
type trustScale struct {
	lo, hi        float64
	below, beyond bool // whether there is trust below and beyond it
}

// trustScaleOf takes the middle eight tenths of all lines and rings: a few of one or two ties would leave all others one grey.
func trustScaleOf(bonds []bond) trustScale {
	var all []float64
	for _, b := range bonds {
		all = append(all, b.trust)
	}
	slices.Sort(all)
	cut := len(all) / 10
	lo, hi := all[cut], all[len(all)-1-cut]
	if hi-lo < .02 {
		lo, hi = lo-.01, hi+.01
	}
	lo, hi = math.Floor(lo*100)/100, math.Ceil(hi*100)/100
	return trustScale{lo, hi, all[0] < lo, all[len(all)-1] > hi}
}

// tone is the colour of a trust; what lies outside the scale has that of its end.
func (s trustScale) tone(trust float64) color.NRGBA {
	return shade(.15 + .85*math.Min(math.Max((trust-s.lo)/(s.hi-s.lo), 0), 1))
}

// bonds counts the collaborations at the last tick by the clusters of their firms.
func (f *folder) bonds(all []cluster) ([]bond, error) {
	ties, err := f.table("ties.csv")
	if err != nil {
		return nil, err
	}
	firms, err := f.table("firms.csv")
	if err != nil {
		return nil, err
	}
	place := map[float64]int{}
	for k := range all {
		place[all[k].number] = k
	}
	end, _ := lastTick(firms.number["tick"])
	of := map[float64]int{} // ids have more digits than these numbers hold: two of 100,000 are taken for one with a chance of one in a million
	for i, id := range firms.number["firm"] {
		if k, ok := place[firms.number["cluster"][i]]; ok && firms.number["tick"][i] == end {
			of[id] = k
		}
	}
	last, _ := lastTick(ties.number["tick"])
	sums := map[[2]int]*bond{}
	var out []*bond
	for i := range ties.rows {
		a, ok1 := of[ties.number["from"][i]]
		b, ok2 := of[ties.number["to"][i]]
		trust := (ties.number["trust_from"][i] + ties.number["trust_to"][i]) / 2
		if !ok1 || !ok2 || ties.number["tick"][i] != last || math.IsNaN(trust) {
			continue
		}
		pair := [2]int{min(a, b), max(a, b)}
		one := sums[pair]
		if one == nil {
			one = &bond{a: pair[0], b: pair[1]}
			sums[pair] = one
			out = append(out, one)
		}
		one.ties++
		one.trust += trust
	}
	if len(out) == 0 {
		return nil, skip(f.say("note.few", "ties.csv"))
	}
	var list []bond
	for _, b := range out {
		b.trust /= b.ties
		list = append(list, *b)
	}
	slices.SortFunc(list, func(a, b bond) int {
		return cmp.Or(cmp.Compare(a.ties, b.ties), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	return list, nil
}

// spreadNodes moves nodes that would cover each other apart; clusters of one town have one middle.
func spreadNodes(at []vg.Point, r []vg.Length, box vg.Rectangle) []vg.Point {
	out := slices.Clone(at)
	for range 200 {
		for i := range out {
			for k := range i {
				d := out[i].Sub(out[k])
				far := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
				need := r[i] + r[k] + 5
				if far >= need {
					continue
				}
				if far < .01 { // of one place: part them, each pair in a direction of its own
					turn := float64(i) * 2.4
					d, far = vg.Point{X: vg.Length(math.Cos(turn)), Y: vg.Length(math.Sin(turn))}, 1
				}
				push := (need - far) / 2 / far
				out[i] = out[i].Add(vg.Point{X: d.X * push, Y: d.Y * push})
				out[k] = out[k].Sub(vg.Point{X: d.X * push, Y: d.Y * push})
			}
		}
		for i := range out {
			out[i].X = min(max(out[i].X, box.Min.X+r[i]), box.Max.X-r[i])
			out[i].Y = min(max(out[i].Y, box.Min.Y+r[i]), box.Max.Y-r[i])
		}
	}
	return out
}

// drawNetwork draws lines, nodes with their numbers, and the key that names them.
func (f *folder) drawNetwork(c draw.Canvas, v view, all []cluster, bonds []bond) {
	scale := trustScaleOf(bonds)
	var at []vg.Point
	var r []vg.Length
	most := 0.0
	for _, k := range all {
		most = math.Max(most, k.jobs)
	}
	for _, k := range all {
		at = append(at, v.at(k.x, k.y))
		r = append(r, vg.Length(7.5+7.5*math.Sqrt(k.jobs/most)))
	}
	at = spreadNodes(at, r, v.box)
	thick := 0.0
	for _, b := range bonds {
		if b.a != b.b {
			thick = math.Max(thick, b.ties)
		}
	}
	for _, b := range bonds {
		if b.a != b.b {
			pen := draw.LineStyle{Color: scale.tone(b.trust), Width: vg.Length(.4 + 4.6*b.ties/thick)}
			c.StrokeLine2(pen, at[b.a].X, at[b.a].Y, at[b.b].X, at[b.b].Y)
		}
	}
	for k := range all {
		mark(c, disc, at[k], r[k]+.9, white)
		mark(c, disc, at[k], r[k], pale)
	}
	for _, b := range bonds {
		if b.a == b.b {
			mark(c, disc, at[b.a], r[b.a], scale.tone(b.trust))
		}
	}
	for k := range all {
		mark(c, disc, at[k], r[k]-ring, white)
		number := strconv.Itoa(k + 1)
		beside(c, centred(inRing(number, r[k]-ring)), at[k], number)
	}
	f.networkKey(c, all, thick, scale, bare(all, bonds))
}

// bare says whether a cluster has no collaborations inside: its ring has no shade.
func bare(all []cluster, bonds []bond) bool {
	inside := map[int]bool{}
	for _, b := range bonds {
		if b.a == b.b {
			inside[b.a] = true
		}
	}
	return len(inside) < len(all)
}

// ring is how thick the ring of a node is.
const ring vg.Length = 2.4

// inRing is the style of a number that keeps clear of a ring with this radius inside.
func inRing(number string, r vg.Length) draw.TextStyle {
	const clear, digit = .7, .36 // points; half the height of a digit in that of the type
	s := style(noteSize, black, true)
	for s.Font.Size > 4 && distance(vg.Point{}, vg.Point{X: s.Width(number) / 2, Y: digit * s.Font.Size})+clear > r {
		s.Font.Size -= .25
	}
	return s
}

// mostNodes is how many clusters the key of the network names.
const mostNodes = 16

// Room that a name takes in the key of the network: beside its number, and for the first and each further line.
const (
	nodeIndent vg.Length = 16
	nodeStep             = keyStep - 3
	nodeMore             = noteSize + 1
)

// nodeName is the name of a cluster in the key of the network, in lines.
func nodeName(s draw.TextStyle, k *cluster, wide vg.Length) []string {
	return twoLines(s, k.label, wide-nodeIndent)
}

// networkKeyHeight is how high a figure must be for the whole key.
func networkKeyHeight(all []cluster, bare bool) vg.Length {
	high := vg.Length(125) // headings, trust and thickness
	if bare {
		high += 2 * keyStep
	}
	for k := range all[:min(len(all), mostNodes)] {
		high += nodeStep + nodeMore*vg.Length(len(nodeName(style(noteSize, black, false), &all[k], keyInner))-1)
	}
	return high
}

// networkKey names the nodes, and says what thickness and shade are.
func (f *folder) networkKey(c draw.Canvas, all []cluster, thick float64, scale trustScale, bare bool) {
	l := newLegend(c)
	l.heading(f.say("network.nodes"))
	for k := range all[:min(len(all), mostNodes)] {
		l.FillText(right(l.body), vg.Point{X: l.Min.X + 11, Y: l.y}, strconv.Itoa(k+1))
		for n, line := range nodeName(l.body, &all[k], l.wide()) {
			if n > 0 {
				l.y -= nodeMore
			}
			l.FillText(l.body, vg.Point{X: l.Min.X + nodeIndent, Y: l.y}, line)
		}
		l.y -= nodeStep
	}
	l.gap()
	l.heading(f.say("network.trust"))
	const steps = 24
	box := vg.Rectangle{Min: vg.Point{X: l.Min.X, Y: l.y}, Max: vg.Point{X: l.Min.X + 96, Y: l.y + 8}}
	for k := range steps {
		from, to := box.Min.X+96*vg.Length(k)/steps, box.Min.X+96*vg.Length(k+1)/steps
		l.SetColor(scale.tone(scale.lo + (scale.hi-scale.lo)*(float64(k)+.5)/steps))
		l.Fill(vg.Rectangle{Min: vg.Point{X: from, Y: box.Min.Y}, Max: vg.Point{X: to + .2, Y: box.Max.Y}}.Path())
	}
	l.y -= noteSize + 3
	least, greatest := f.num(scale.lo, 2), f.num(scale.hi, 2)
	if scale.below {
		least = "≤ " + least
	}
	if scale.beyond {
		greatest = "≥ " + greatest
	}
	l.FillText(l.body, vg.Point{X: box.Min.X, Y: l.y}, least)
	l.FillText(right(l.body), vg.Point{X: box.Max.X, Y: l.y}, greatest)
	l.y -= keyStep
	if thick > 0 {
		l.gap()
		l.remark(28, f.say("network.line", f.num(thick, 0)), func(level vg.Length) {
			l.StrokeLine2(draw.LineStyle{Color: grey, Width: 5}, l.Min.X, level, l.Min.X+20, level)
		})
	}
	if bare {
		l.remark(28, f.say("network.bare"), func(level vg.Length) {
			at := vg.Point{X: l.Min.X + 10, Y: level}
			mark(l.Canvas, disc, at, 5, pale)
			mark(l.Canvas, disc, at, 5-ring, white)
		})
	}
}
