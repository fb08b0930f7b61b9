package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mapLook is the colour and form of a sector's marks.
type mapLook struct {
	name  string
	color color.NRGBA
	form  form
	share float64 // of jobs
}

// sectorColors are given out by the rank of sectors at the start, the largest first, and so are forms: no two of these sectors have the
// same form, so that they differ in grey as well. All further sectors are grey. The page has the same colours and forms (marks.ts).
// Yellow comes last, since it is the weakest on paper.
var sectorColors = []color.NRGBA{blue, vermillion, green, purple, orange, sky, brown, yellow}

// groupColors are given out to groups of sectors, which differ by colour and name alone: another dark colour stands behind those of
// sectors. Under the three kinds of colour blindness the closest two of all nine are those that are closest in Okabe and Ito's own.
var groupColors = append(slices.Clone(sectorColors), indigo)

// mostTies is how many ties, the strongest, a map shows.
const mostTies = 800

// firmMap is the firms of one tick, ready to draw: the largest first, so that none hides behind another.
type firmMap struct {
	x, y, jobs []float64
	cluster    []float64 // number of its cluster; 0 or NaN = none
	look       []int
	looks      []mapLook
	total      float64 // jobs
}

// mapStart and mapEnd draw the firms at the first and at the last tick of firms.csv.
func (f *folder) mapStart() (*sheet, error) { return f.firmMap(true) }
func (f *folder) mapEnd() (*sheet, error)   { return f.firmMap(false) }

// firmMap draws firms by sector and size on the land, with the strongest ties at the last tick.
func (f *folder) firmMap(start bool) (*sheet, error) {
	t, err := f.table("firms.csv")
	if err != nil {
		return nil, err
	}
	tick, different := lastTick(t.number["tick"])
	if start {
		if different < 2 {
			return nil, skip(f.say("note.onetick", "firms.csv"))
		}
		tick, _ = extent(t.number["tick"])
	}
	m := f.firmsAt(t, tick)
	if len(m.x) == 0 {
		return nil, skip(f.say("note.empty", "firms.csv"))
	}
	g, err := f.ground(m.x, m.y)
	if err != nil {
		return nil, err
	}
	const reach = 10 // km
	g.weigh(m.x, m.y, m.jobs, reach)
	r := m.radius()
	return &sheet{
		title:  f.mapTitle(m, g, tick, reach),
		sub:    f.say("sub.map", f.first(), f.date(tick), f.num(float64(len(m.x))*f.scale, 0), f.num(m.total*f.scale, 0)),
		height: max(g.height()+20, keyHeight(func(c draw.Canvas) vg.Length { return f.mapKey(c, m, r, mostTies) })),
		paint: func(c draw.Canvas) {
			v := g.in(mapBox(c))
			v.land(c)
			ties := 0
			if !start {
				ties = f.drawTies(c, v, tick)
			}
			m.draw(c, v, r)
			v.borders(c)
			v.names(c, 14)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
			f.mapKey(c, m, r, ties)
		},
	}, nil
}

// firmsAt gathers the firms of a tick, gives each sector its look, and sorts firms by size.
func (f *folder) firmsAt(t *table, tick float64) *firmMap {
	m := &firmMap{}
	n := t.number
	var rows []int
	for i := range t.rows {
		if n["tick"][i] == tick && !math.IsNaN(n["x"][i]) && !math.IsNaN(n["y"][i]) {
			rows = append(rows, i)
		}
	}
	slices.SortFunc(rows, func(a, b int) int {
		return cmp.Or(cmp.Compare(n["jobs"][b], n["jobs"][a]), cmp.Compare(n["firm"][a], n["firm"][b]), cmp.Compare(a, b))
	})
	var place map[string]int
	place, m.looks = f.looks(t)
	byLook := make([]float64, len(m.looks))
	for _, i := range rows {
		k := place[t.word["sector"][i]]
		jobs := n["jobs"][i]
		if math.IsNaN(jobs) {
			jobs = 0
		}
		m.x, m.y, m.jobs = append(m.x, n["x"][i]), append(m.y, n["y"][i]), append(m.jobs, jobs)
		m.look, m.cluster = append(m.look, k), append(m.cluster, n["cluster"][i])
		m.total += jobs
		byLook[k] += jobs
	}
	for k := range m.looks {
		m.looks[k].share = byLook[k] / math.Max(m.total, 1e-300)
	}
	return m
}

// looks gives sectors their colours and forms by their rank at the start; folders without ranks, by their jobs at the last tick.
func (f *folder) looks(t *table) (place map[string]int, looks []mapLook) {
	jobs := map[string]float64{}
	end, _ := lastTick(t.number["tick"])
	ids := distinctFast(t.word["sector"])
	for i, s := range t.word["sector"] {
		if v := t.number["jobs"][i]; v > 0 && t.number["tick"][i] == end {
			jobs[s] += v
		}
	}
	names, rank := map[string]string{}, map[string]float64{}
	if s, err := f.table("sectors.csv"); err == nil {
		for i, id := range s.word["id"] {
			names[id], rank[id] = s.word["name"][i], s.number["rank"][i]
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(jobs[b], jobs[a]), cmp.Compare(a, b))
	})
	place = map[string]int{}
	others := -1
	for k, id := range ids {
		look := k // a sector without firms keeps its look for itself
		if r := rank[id]; r >= 1 {
			look = int(r) - 1
		}
		if look < len(sectorColors) {
			looks = append(looks, mapLook{name: f.sectorName(names[id], id), color: sectorColors[look], form: form(look)})
			place[id] = k
			continue
		}
		if others < 0 {
			others = len(looks)
			name := f.say("map.other", f.num(float64(len(ids)-k), 0))
			if k == len(ids)-1 {
				name = f.sectorName(names[id], id)
			}
			looks = append(looks, mapLook{name: name, color: pale})
		}
		place[id] = others
	}
	return place, looks
}

// sectorName is a sector's name in the language of the figures; its id if it has none.
func (f *folder) sectorName(name, id string) string {
	if name == "" {
		name = id
	}
	return text.Name(f.lang, name)
}

// distinctFast returns each word once; for long columns of few words.
func distinctFast(words []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// largestMark is the radius of the largest mark, in points.
const largestMark vg.Length = 11

// radius returns the law of a mark's radius in points: its area grows with jobs. Crowded maps get smaller marks.
func (m *firmMap) radius() func(jobs float64) vg.Length {
	crowd := math.Min(1, math.Max(.4, math.Sqrt(4000/float64(len(m.x)))))
	return func(jobs float64) vg.Length {
		return vg.Length(math.Min(crowd*(.5+.22*math.Sqrt(math.Max(jobs, 0))), float64(largestMark)))
	}
}

// draw draws the firms: as shapes, or beyond mostMarks as an image.
func (m *firmMap) draw(c draw.Canvas, v view, r func(float64) vg.Length) {
	if len(m.x) <= mostMarks {
		for i := range m.x {
			l := m.looks[m.look[i]]
			mark(c, l.form, v.at(m.x[i], m.y[i]), r(m.jobs[i]), faint(l.color, .7))
		}
		return
	}
	img := newLayer(grown(v.box, largestMark))
	for i := range m.x {
		l := m.looks[m.look[i]]
		img.mark(l.form, v.at(m.x[i], m.y[i]), r(m.jobs[i]), l.color)
	}
	img.lay(c)
}

// drawTies draws the strongest collaboration ties, those whose weaker direction of trust is greatest, and returns how
// many.
func (f *folder) drawTies(c draw.Canvas, v view, tick float64) int {
	t, err := f.table("ties.csv")
	if err != nil {
		return 0
	}
	n := t.number
	var rows []int
	strength := make([]float64, t.rows)
	for i := range t.rows {
		strength[i] = math.Min(n["trust_from"][i], n["trust_to"][i])
		ok := !math.IsNaN(n["x1"][i] + n["y1"][i] + n["x2"][i] + n["y2"][i] + strength[i])
		if ok && n["tick"][i] == tick {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(strength[b], strength[a]) })
	rows = rows[:min(len(rows), mostTies)]
	pen := draw.LineStyle{Color: faint(black, .2), Width: .35}
	for _, i := range rows {
		a, b := v.at(n["x1"][i], n["y1"][i]), v.at(n["x2"][i], n["y2"][i])
		c.StrokeLine2(pen, a.X, a.Y, b.X, b.Y)
	}
	return len(rows)
}

// mapTitle names the strongest centre and its share of jobs; on land without places, the share of the largest firms.
func (f *folder) mapTitle(m *firmMap, g *ground, tick, reach float64) string {
	best := -1
	for k, p := range g.places {
		if best < 0 || p.weight > g.places[best].weight {
			best = k
		}
	}
	if best < 0 || m.total <= 0 {
		top := 0.0
		for _, jobs := range m.jobs[:(len(m.jobs)+9)/10] {
			top += jobs
		}
		return f.say("title.map", f.num(100*top/math.Max(m.total, 1), 0), f.date(tick))
	}
	p := g.places[best]
	if even := math.Pi * reach * reach / g.area(); g.area() > 0 && p.weight/m.total < 1.5*even {
		return f.say("title.map.even", f.date(tick), f.num(100*p.weight/m.total, 0), f.num(reach, 0))
	}
	return f.say("title.map.centre", p.name, f.date(tick), f.num(100*p.weight/m.total, 0), f.num(reach, 0))
}
