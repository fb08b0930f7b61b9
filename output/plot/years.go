package plot

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostYears is how many moments small maps show.
const mostYears = 6

// years draws the firms by sector at up to six moments, small map beside small map; it takes a table of firms at three moments or
// more.
func (f *folder) years() (*sheet, error) {
	t, err := f.table("firms.csv")
	if err != nil {
		return nil, err
	}
	ticks := slices.Clone(t.number["tick"])
	ticks = slices.DeleteFunc(ticks, math.IsNaN)
	slices.Sort(ticks)
	ticks = slices.Compact(ticks)
	if len(ticks) < 3 {
		return nil, skip(f.say("note.twoticks", "firms.csv"))
	}
	chosen := evenly(ticks, mostYears)
	var maps []*firmMap
	var x, y []float64
	for _, tick := range chosen {
		m := f.firmsAt(t, tick)
		maps = append(maps, m)
		x, y = append(x, m.x...), append(y, m.y...)
	}
	g, err := f.ground(x, y)
	if err != nil {
		return nil, err
	}
	const columns, gap vg.Length = 3, 10
	wide := (pageWidth - 2*margin - keyWide - (columns-1)*gap) / columns
	high := min(max(vg.Length(g.aspect())*wide, 90), 230)
	rows := vg.Length((len(chosen) + int(columns) - 1) / int(columns))
	last := maps[len(maps)-1]
	from, to := share10(maps[0]), share10(last)
	r := last.radius()
	small := func(jobs float64) vg.Length { return max(.35, .55*r(jobs)) }
	return &sheet{
		title:  f.say("title.years", f.num(100*from, 0), f.date(chosen[0]), f.num(100*to, 0), f.date(chosen[len(chosen)-1])),
		sub:    f.say("sub.years", f.first(), f.num(reach10, 0)),
		height: max(rows*(high+20)+11, keyHeight(func(c draw.Canvas) vg.Length { return f.mapKey(c, last, small, 0) })),
		paint: func(c draw.Canvas) {
			for k, m := range maps {
				col, row := vg.Length(k%int(columns)), vg.Length(k/int(columns))
				box := vg.Rectangle{Min: vg.Point{X: c.Min.X + col*(wide+gap), Y: c.Max.Y - (row+1)*(high+20)}}
				box.Max = vg.Point{X: box.Min.X + wide, Y: box.Min.Y + high}
				v := g.in(grown(box, -4)) // room for marks at the edge
				v.land(c)
				m.draw(c, v, small)
				v.borders(c)
				c.FillText(style(labelSize, black, true), vg.Point{X: box.Min.X, Y: box.Max.Y + 5}, f.date(chosen[k]))
				if k == int(rows-1)*int(columns) { // the first of the lowest row: below it nothing else stands
					f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: v.box.Min.Y - 7})
				}
			}
			f.mapKey(c, last, small, 0)
		},
	}, nil
}

// evenly chooses so many of a list, first and last among them, as evenly as it goes.
func evenly(list []float64, most int) []float64 {
	if len(list) <= most {
		return list
	}
	var out []float64
	for k := range most {
		out = append(out, list[int(math.Round(float64(k)*float64(len(list)-1)/float64(most-1)))])
	}
	return out
}

// reach10 is the width of the squares, in km, by which small maps tell how dense jobs stand.
const reach10 = 10

// share10 is the share of jobs in the square of 10 km that holds most.
func share10(m *firmMap) float64 {
	in := map[[2]int]float64{}
	most := 0.0
	for i := range m.x {
		at := [2]int{int(math.Floor(m.x[i] / reach10)), int(math.Floor(m.y[i] / reach10))}
		in[at] += m.jobs[i]
		most = math.Max(most, in[at])
	}
	return most / math.Max(m.total, 1e-300)
}
