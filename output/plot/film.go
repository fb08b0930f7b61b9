package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Film is clusters forming: a map of firms and clusters for each tick that firms.csv has.
type Film struct {
	f      *folder
	ticks  []float64
	ground *ground
	firms  *table
	colors map[string]color.NRGBA // of groups of sectors, the same in all frames
}

// Changed is the error that names all tables which the film has read and which are not as they were written.
func (m *Film) Changed() error { return m.f.changed() }

// fewestFrames is how many frames make a film; a run without --firms has two maps.
const fewestFrames = 3

// OpenFilm reads what a film of the run folder dir needs, with texts in the language lang.
func OpenFilm(dir, lang string) (*Film, error) {
	f, err := open(dir, lang)
	if f == nil {
		return nil, err
	}
	m := &Film{f: f, colors: map[string]color.NRGBA{}}
	if m.firms, err = f.table("firms.csv"); err != nil {
		return nil, fmt.Errorf("no animation: %w", err)
	}
	for _, name := range []string{"cluster_cells.csv", "clusters.csv"} {
		if _, err := f.table(name); f.faults[name] != nil {
			return nil, fmt.Errorf("no animation: %w", err)
		}
	}
	for _, t := range m.firms.number["tick"] {
		if n := len(m.ticks); n == 0 || m.ticks[n-1] != t {
			if at, known := slices.BinarySearch(m.ticks, t); !known && !math.IsNaN(t) {
				m.ticks = slices.Insert(m.ticks, at, t)
			}
		}
	}
	if len(m.ticks) < fewestFrames {
		return nil, fmt.Errorf("no animation: firms.csv holds the maps of %d ticks, and an animation takes %d at least: run with --firms every:4",
			len(m.ticks), fewestFrames)
	}
	for k := len(m.ticks) - 1; k >= 0; k-- { // groups that are large in the end get the strongest colours
		for _, c := range m.clusters(m.ticks[k]) {
			if _, known := m.colors[c.group]; !known {
				m.colors[c.group] = pale
				if n := len(m.colors) - 1; n < len(groupColors) {
					m.colors[c.group] = groupColors[n]
				}
			}
		}
	}
	m.ground, err = f.ground(finite(m.firms.number["x"]), finite(m.firms.number["y"]))
	return m, err
}

// finite leaves out what is not known.
func finite(x []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(x), math.IsNaN)
}

// Frames is their number.
func (m *Film) Frames() int { return len(m.ticks) }

// clusters lists the clusters at a tick: their cells there, and what the last year's end says of them. The largest come first.
func (m *Film) clusters(tick float64) []cluster {
	cells, _ := m.f.table("cluster_cells.csv") // missing: no run of so short a time has clusters; a fault was told before
	rows, _ := m.f.table("clusters.csv")
	if cells == nil || rows == nil {
		return nil
	}
	all := m.f.clustersAt(cells, rows, tick)
	for k := range all {
		all[k].color = m.colors[all[k].group]
	}
	return all
}

// sheet is the page of a frame.
func (m *Film) sheet(k int) *sheet {
	f, tick := m.f, m.ticks[k]
	all, firms := m.clusters(tick), f.firmsAt(m.firms, tick)
	title, share := f.say("title.film.none", f.date(tick)), 0.0
	for _, c := range all {
		share += c.share
	}
	if len(all) > 0 {
		title = f.say("title.clustermap", f.num(float64(len(all)), 0), f.portion(share), f.date(tick))
	}
	wide := pageWidth - 2*margin - keyWide
	high := min(max(vg.Length(m.ground.aspect())*wide, 230), 520)
	return &sheet{
		title: title, sub: f.say("sub.film", f.first()), height: high + 20,
		paint: func(c draw.Canvas) {
			box := c.Rectangle
			box.Max.X -= keyWide
			box.Min.Y += 20
			v := m.ground.in(box)
			v.land(c)
			v.borders(c)
			for i := range all {
				v.fillCluster(c, &all[i])
			}
			v.dots(c, firms, all)
			for i := range all {
				v.outlineCluster(c, &all[i])
			}
			named := f.clusterNames(c, v, all)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
			m.clock(c, k, vg.Point{X: box.Max.X - 150, Y: c.Min.Y + 6})
			f.clusterKey(c, all, named)
		},
	}
}

// clock draws the time of the film as a line with a mark at the frame's date.
func (m *Film) clock(c draw.Canvas, k int, at vg.Point) {
	const long vg.Length = 84
	s := style(noteSize, black, false)
	first, last := m.f.date(m.ticks[0]), m.f.date(m.ticks[len(m.ticks)-1])
	wide := s.Width(first)
	beside(c, s, at, first)
	from, to := at.X+wide+6, at.X+wide+6+long
	c.StrokeLine2(draw.LineStyle{Color: pale, Width: 1}, from, at.Y, to, at.Y)
	part := (m.ticks[k] - m.ticks[0]) / (m.ticks[len(m.ticks)-1] - m.ticks[0])
	now := from + vg.Length(part)*long
	c.StrokeLine2(draw.LineStyle{Color: black, Width: 2}, from, at.Y, now, at.Y)
	mark(c, disc, vg.Point{X: now, Y: at.Y}, 3, black)
	beside(c, s, vg.Point{X: to + 6, Y: at.Y}, last)
}

// Frame draws a frame, 712 dots wide; both sides are even, as videos want them.
func (m *Film) Frame(k int) *image.RGBA {
	s := m.sheet(k)
	return halved(newBitmap(pageWidth, s.total(), dpi).draw(s))
}

// halved makes an image half as large, each dot the mean of four.
func halved(from image.Image) *image.RGBA {
	b := from.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/4*2, b.Dy()/4*2))
	src, ok := from.(*image.RGBA)
	if !ok {
		src = image.NewRGBA(b)
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				src.Set(x, y, from.At(x, y))
			}
		}
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			a := src.PixOffset(b.Min.X+2*x, b.Min.Y+2*y)
			below := a + src.Stride
			o := out.PixOffset(x, y)
			for k := range 4 {
				out.Pix[o+k] = uint8((int(src.Pix[a+k]) + int(src.Pix[a+4+k]) + int(src.Pix[below+k]) + int(src.Pix[below+4+k]) + 2) / 4)
			}
		}
	}
	return out
}
