package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// synergyMap draws the clusters shaded by what nearness adds to their value added: blue where it adds, vermillion where crowding
// takes more than it gives, the deeper the more.
func (f *folder) synergyMap() (*sheet, error) {
	if _, err := f.table("synergy.csv"); err != nil {
		return nil, err
	}
	all, tick, err := f.clustersOnMap()
	if err != nil {
		return nil, err
	}
	most, best, worst := 0.0, -1, -1
	for k := range all {
		v := all[k].synergy
		if math.IsNaN(v) {
			continue
		}
		most = math.Max(most, math.Abs(v))
		if best < 0 || v > all[best].synergy {
			best = k
		}
		if worst < 0 || v < all[worst].synergy {
			worst = k
		}
	}
	if best < 0 || most == 0 {
		return nil, skip(f.say("note.empty", "synergy.csv"))
	}
	for k := range all {
		all[k].color = synergyShade(all[k].synergy / most)
	}
	g, err := f.groundOf(all, nil)
	if err != nil {
		return nil, err
	}
	title := f.say("title.synergymap.one", all[best].label, f.sign(100*all[best].synergy))
	if worst != best {
		title = f.say("title.synergymap", f.sign(100*all[worst].synergy), all[worst].label, f.sign(100*all[best].synergy), all[best].label)
	}
	return &sheet{
		title: title, sub: f.say("sub.synergymap", f.first(), f.date(tick)),
		height: max(g.height()+20, keyHeight(func(c draw.Canvas) vg.Length { return f.synergyKey(c, most, all, len(all)-1) })),
		paint: func(c draw.Canvas) {
			v := g.in(mapBox(c))
			v.land(c)
			v.borders(c)
			v.paintSynergy(c, all)
			named := f.clusterNames(c, v, all)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
			f.synergyKey(c, most, all, named)
		},
	}, nil
}

// synergyShade is the colour of a synergy, in the greatest of all.
func synergyShade(part float64) color.NRGBA {
	to := blue
	if part < 0 {
		to = vermillion
	}
	share := .12 + .88*math.Min(math.Abs(part), 1)
	mix := func(c uint8) uint8 { return uint8(255 - share*(255-float64(c)) + .5) }
	if math.IsNaN(part) {
		return alone
	}
	return color.NRGBA{mix(to.R), mix(to.G), mix(to.B), 0xff}
}

// paintSynergy fills the cells of clusters with their shades, first those of which nothing is known, those of few cells last, so that
// none is hidden by one that it overlaps; then it draws all outlines, whole, those of losses on top.
func (v view) paintSynergy(c draw.Canvas, all []cluster) {
	order := make([]*cluster, 0, len(all))
	for k := range all {
		order = append(order, &all[k])
	}
	known := func(k *cluster) int {
		if math.IsNaN(k.synergy) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b *cluster) int { return cmp.Or(known(a)-known(b), len(b.cells)-len(a.cells)) })
	for _, k := range order {
		c.SetColor(k.color)
		for _, p := range k.cells {
			c.Fill(grown(v.cell(k, p), .3).Path()) // no seam between cells
		}
	}
	edge := draw.LineStyle{Color: white, Width: 1.6}
	for _, k := range order {
		if !(k.synergy < 0) {
			v.outlineWith(c, k, edge, draw.LineStyle{Color: grey, Width: .7})
		}
	}
	for _, k := range order {
		if k.synergy < 0 {
			v.outlineWith(c, k, edge, lossPen)
		}
	}
}

// lossPen outlines a cluster from which crowding takes more than nearness gives: the loss is seen without colours too.
var lossPen = draw.LineStyle{Color: black, Width: 1.1, Dashes: dotted}

// synergyKey draws the scale from the greatest loss to the greatest gain, and says what outlines and points are. It returns how high it is.
func (f *folder) synergyKey(c draw.Canvas, most float64, all []cluster, named int) vg.Length {
	l := newLegend(c)
	l.heading(f.say("synergymap.key"))
	const steps, high vg.Length = 5, 13
	for k := steps; k >= -steps; k-- {
		part := float64(k) / float64(steps)
		box := vg.Rectangle{Min: vg.Point{X: l.Min.X, Y: l.y - 3}, Max: vg.Point{X: l.Min.X + 16, Y: l.y - 3 + high}}
		l.SetColor(synergyShade(part))
		l.Fill(box.Path())
		if int(k)%5 == 0 {
			value := "0%"
			if k != 0 {
				value = f.sign(100*most*part) + "%"
			}
			l.FillText(l.body, vg.Point{X: box.Max.X + 6, Y: l.y}, value)
		}
		l.y -= high
	}
	l.gap()
	l.remark(13, f.say("synergymap.pin"), func(level vg.Length) { pin(l.Canvas, vg.Point{X: l.Min.X + 4, Y: level}, synergyShade(.5)) })
	if slices.ContainsFunc(all, func(k cluster) bool { return k.synergy < 0 }) {
		l.remark(22, f.say("synergymap.loss"), func(level vg.Length) {
			l.StrokeLine2(lossPen, l.Min.X, level, l.Min.X+16, level)
		})
	}
	if slices.ContainsFunc(all, func(k cluster) bool { return math.IsNaN(k.synergy) }) {
		l.remark(22, f.say("synergymap.unknown"), func(level vg.Length) {
			l.SetColor(synergyShade(math.NaN()))
			l.Fill(vg.Rectangle{Min: vg.Point{X: l.Min.X, Y: level - 4}, Max: vg.Point{X: l.Min.X + 16, Y: level + 4}}.Path())
		})
	}
	f.unnamed(l, len(all)-named)
	return l.high()
}
