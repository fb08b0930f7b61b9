package plot

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// kdTable holds densities of distances with their envelopes, as agglo measure duranton-overman prints them.
const kdTable = "kd.csv"

// mostDensities is how many sectors a sheet shows.
const mostDensities = 12

// distances draws the density of distances between plants of each sector (Duranton and Overman 2005, doi:10.1111/0034-6527.00362)
// over the local envelope, which holds random sectors of its size at each distance, and between the lines of the global one.
// Localised sectors come first.
func (f *folder) distances() ([]*sheet, error) {
	t, err := f.table(kdTable)
	if err != nil {
		return nil, err
	}
	all := kdSectors(t)
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", kdTable))
	}
	count := 0
	for _, s := range all {
		count += rank(s.localised)
	}
	title := f.say("title.distances", f.num(float64(count), 0), f.num(float64(len(all)), 0))
	var sheets []*sheet
	for page := range slices.Chunk(all, mostDensities) {
		var charts []*chart
		for _, s := range page {
			charts = append(charts, f.densityChart(t, s))
		}
		rows := grid(charts)
		sheets = append(sheets, &sheet{
			title: title, sub: f.say("sub.distances"), height: 70 + 112*vg.Length(len(rows)),
			paint: func(c draw.Canvas) {
				key(c, []entry{
					{line: line{name: f.say("distances.kd"), color: blue}}, {line: line{name: f.say("distances.local"), color: pale}},
					{line: line{name: f.say("distances.global"), color: grey, dash: dashed}},
				})
				lay(draw.Crop(c, 0, 0, 0, -16), rows, f.say("axis.distance"))
			},
		})
	}
	return sheets, nil
}

// kdSector is a sector of kd.csv with its rows in order of distance.
type kdSector struct {
	name      string
	localised bool
	rows      []int
}

// kdSectors lists the sectors that have a density, localised ones first.
func kdSectors(t *table) []*kdSector {
	n := t.number
	var all []*kdSector
	of := map[string]*kdSector{}
	for i := range t.rows {
		if math.IsNaN(n["kd"][i]) {
			continue
		}
		name := t.word["sector"][i]
		if of[name] == nil {
			of[name] = &kdSector{name: name, localised: t.word["localised"][i] == "true"}
			all = append(all, of[name])
		}
		of[name].rows = append(of[name].rows, i)
	}
	for _, s := range all {
		slices.SortStableFunc(s.rows, func(a, b int) int { return cmp.Compare(n["distance"][a], n["distance"][b]) })
	}
	slices.SortStableFunc(all, func(a, b *kdSector) int { return cmp.Compare(rank(b.localised), rank(a.localised)) })
	return all
}

// densityChart draws one sector over its envelopes.
func (f *folder) densityChart(t *table, s *kdSector) *chart {
	take := func(column string) []float64 { return pick(t, column, s.rows) }
	x, kd, lo, hi, top, bottom := take("distance"), take("kd"), take("lo"), take("hi"), take("global_hi"), take("global_lo")
	name := s.name
	if s.localised {
		name = f.say("distances.localised", name)
	}
	ch := f.newChart(name)
	ch.across(x)
	ch.X.Tick.Marker = evenTicks{n: 4, lang: f.lang}
	ch.Y.Tick.Marker = evenTicks{n: 4, lang: f.lang}
	ch.upwards(true, kd, lo, hi, top, bottom)
	ch.Add(rules{}, ribbon{x, lo, hi, faint(grey, .22)}, curve{x, top, grey, .8, dashed}, curve{x, bottom, grey, .8, dashed}, curve{x, kd, blue, 1.4, nil})
	return ch
}

// rank puts what holds before what does not.
func rank(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
