package plot

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// site is a shared facility at the last year's end.
type site struct {
	name, kind    string
	x, y, members float64 // members: firms that agents stand for
}

// sitesTable holds what shared facilities do.
const sitesTable = "facilities.csv"

// sites draws where shared facilities stand, of what kind they are and how many firms belong to each.
func (f *folder) sites() (*sheet, error) {
	t, err := f.table(sitesTable)
	if err != nil {
		return nil, err
	}
	tick, _ := lastTick(t.number["tick"])
	n := t.number
	var all []site
	for i := range t.rows {
		if n["tick"][i] == tick && n["run"][i] == n["run"][0] && !math.IsNaN(n["x"][i]+n["y"][i]) {
			all = append(all, site{f.calledIn("institutions", t.word["facility"][i], spelt), t.word["kind"][i], n["x"][i], n["y"][i], f.scale * zeroIfMissing(n["members"][i])})
		}
	}
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", sitesTable))
	}
	slices.SortStableFunc(all, func(a, b site) int { return cmp.Or(cmp.Compare(b.members, a.members), cmp.Compare(a.name, b.name)) })
	firms := &firmMap{}
	if t, err := f.table("firms.csv"); err == nil {
		end, _ := lastTick(t.number["tick"])
		firms = f.firmsAt(t, end)
	}
	x, y := slices.Clone(firms.x), slices.Clone(firms.y)
	members := 0.0
	for _, s := range all {
		x, y = append(x, s.x), append(y, s.y)
		members += s.members
	}
	g, err := f.ground(x, y)
	if err != nil {
		return nil, err
	}
	return &sheet{
		title:  f.say("title.sites", f.num(float64(len(all)), 0), f.num(members, 0)),
		sub:    f.say("sub.sites", f.first(), f.date(tick)),
		height: g.height() + 20,
		paint: func(c draw.Canvas) {
			v := g.in(mapBox(c))
			v.land(c)
			v.dots(c, firms, nil)
			v.borders(c)
			f.drawSites(c, v, all)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
		},
	}, nil
}

// zeroIfMissing makes nothing of a gap.
func zeroIfMissing(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// leastSite is the radius of the smallest mark of a site, in points.
const leastSite vg.Length = 2.2

// siteLaw is the law of a site's mark, in points: its area is in proportion to its members, up to the largest mark for most members.
// Marks of up to small members have the least size.
func siteLaw(most float64) (radius func(members float64) vg.Length, small float64) {
	one := vg.Length(math.Min(float64(leastSite), float64(largestMark)/math.Sqrt(math.Max(most, 1)))) // of a single member
	radius = func(members float64) vg.Length { return max(leastSite, one*vg.Length(math.Sqrt(members))) }
	return radius, math.Floor(float64(leastSite/one)*float64(leastSite/one) + 1e-9)
}

// drawSites draws the marks, the names that find room, and the key.
func (f *folder) drawSites(c draw.Canvas, v view, all []site) {
	kinds := distinct(kindsOf(all))
	look := func(kind string) (form, int) {
		k := slices.Index(kinds, kind)
		return form(k % int(forms)), k % len(groupColors)
	}
	radius, small := siteLaw(all[0].members) // the largest stands first
	for _, s := range all {
		k, col := look(s.kind)
		mark(c, k, v.at(s.x, s.y), radius(s.members)+.8, white)
		mark(c, k, v.at(s.x, s.y), radius(s.members), groupColors[col])
	}
	s := style(noteSize, black, false)
	var taken []vg.Rectangle
	for _, one := range all {
		taken = append(taken, around(v.at(one.x, one.y), radius(one.members)))
	}
	for _, one := range all {
		at := v.at(one.x, one.y)
		if box, ok := v.beside(at, radius(one.members), s.Width(one.name), taken); ok {
			taken = append(taken, box)
			haloed(c, s, vg.Point{X: box.Min.X + 1, Y: box.Min.Y + 1}, one.name)
		}
	}
	l := newLegend(c)
	l.heading(f.say("sites.kind"))
	for _, kind := range kinds {
		k, col := look(kind)
		count := 0
		for _, one := range all {
			if one.kind == kind {
				count++
			}
		}
		name := f.named("kind.", kind)
		if !text.Has("kind." + kind) {
			name = kind
		}
		l.item(k, 3.2, groupColors[col], name, f.num(float64(count), 0))
	}
	l.gap()
	l.sizes(f, f.say("sites.members"), all[0].members, small, radius)
	l.gap()
	l.remark(13, f.say("sites.firm"), func(level vg.Length) { mark(l.Canvas, disc, vg.Point{X: l.Min.X + 4, Y: level}, 1.4, alone) })
}

// spelt writes an id as a name.
func spelt(id string) string {
	runes := []rune(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}

// kindsOf lists the kinds of sites.
func kindsOf(all []site) []string {
	var kinds []string
	for _, s := range all {
		kinds = append(kinds, s.kind)
	}
	return kinds
}

// beside finds a box for a name at a mark of radius r: left or right of it, above or below.
func (v view) beside(at vg.Point, r, wide vg.Length, taken []vg.Rectangle) (vg.Rectangle, bool) {
	w, h := wide+2, noteSize+2
	for _, corner := range []vg.Point{{X: r + 2, Y: -h / 2}, {X: -r - 2 - w, Y: -h / 2}, {X: -w / 2, Y: r + 2}, {X: -w / 2, Y: -r - 2 - h}} {
		box := vg.Rectangle{Min: at.Add(corner)}
		box.Max = box.Min.Add(vg.Point{X: w, Y: h})
		inside := box.Min.X >= v.box.Min.X && box.Max.X <= v.box.Max.X+keyWide/4 && box.Min.Y >= v.box.Min.Y && box.Max.Y <= v.box.Max.Y
		if inside && !slices.ContainsFunc(taken, func(o vg.Rectangle) bool { return meet(box, o) }) {
			return box, true
		}
	}
	return vg.Rectangle{}, false
}
