package plot

import (
	"cmp"
	"math"
	"slices"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// life is one cluster from its first row to its last.
type life struct {
	id, peak    float64
	name        string
	ticks, jobs []float64
	end         string // merged or death, once it has ended
}

// mostLives is how many clusters, the largest at their height, get a life line.
const mostLives = 10

// lives reads clusters.csv for the first run, largest clusters first.
func (f *folder) lives() ([]life, error) {
	t, err := f.table("clusters.csv")
	if err != nil {
		return nil, err
	}
	n := t.number
	place := map[float64]int{}
	var all []life
	for i := range t.rows {
		id := n["cluster"][i]
		if n["run"][i] != n["run"][0] || math.IsNaN(id) || math.IsNaN(n["tick"][i]) || math.IsNaN(n["jobs"][i]) {
			continue
		}
		k, ok := place[id]
		if !ok {
			k = len(all)
			place[id] = k
			all = append(all, life{id: id})
		}
		l := &all[k]
		if e := t.word["event"][i]; e == "merged" || e == "death" { // a last row without firms
			l.end = e
			continue
		}
		l.ticks, l.jobs = append(l.ticks, n["tick"][i]), append(l.jobs, n["jobs"][i])
		if l.peak = math.Max(l.peak, n["jobs"][i]); t.word["name"][i] != "" {
			l.name = text.ClusterName(f.lang, t.word["name"][i], t.word["sector_group"][i])
		}
	}
	all = slices.DeleteFunc(all, func(l life) bool { return len(l.ticks) == 0 })
	slices.SortStableFunc(all, func(a, b life) int { return cmp.Or(cmp.Compare(b.peak, a.peak), cmp.Compare(a.id, b.id)) })
	return all, nil
}

// clusters draws how many clusters there are, what share of jobs they hold, and the lives of the largest.
func (f *folder) clusters() (*sheet, error) {
	h, err := f.history()
	if err != nil {
		return nil, err
	}
	blue1 := func(c []float64) []line { return []line{{column: c, color: blue}} }
	count := f.panel(h, f.say("clusters.number"), level{}, blue1(h.number["clusters"]))
	share := f.panel(h, f.say("clusters.share"), level{}, blue1(scaled(h.number["share_jobs_in_clusters"], 100)))
	if count == nil || share == nil {
		return nil, skip(f.say("note.empty", "series.csv"))
	}
	count.Y.Tick.Marker = evenTicks{n: 5, lang: f.lang, whole: true}
	all, err := f.lives()
	if err != nil {
		all = nil // the upper row stands without life lines; a faulty table is told by paint
	}
	lives := all[:min(len(all), mostLives)]
	below := vg.Length(0)
	if len(lives) > 0 {
		below = 66 + vg.Length(len(lives))*20
	}
	return &sheet{
		title: f.clustersTitle(h), sub: f.sub(h), height: 150 + below,
		paint: func(c draw.Canvas) {
			lay(draw.Crop(c, 0, 0, below, 0), [][]*chart{{count, share}}, f.say("axis.year"))
			if len(lives) > 0 {
				c.Max.Y = c.Min.Y + below - 12
				f.drawLives(c, lives, h, len(all))
			}
		},
	}, nil
}

// clustersTitle compares the share of jobs in clusters at start and end.
func (f *folder) clustersTitle(h *history) string {
	mid := h.fold(h.number["share_jobs_in_clusters"]).mid
	a, b := math.Round(100*first(mid)), math.Round(100*last(mid))
	switch {
	case math.IsNaN(a) || math.IsNaN(b):
		return f.say("title.clusters")
	case b > a:
		return f.say("title.clusters.rise", f.num(a, 0), f.num(b, 0))
	case b < a:
		return f.say("title.clusters.fall", f.num(a, 0), f.num(b, 0))
	}
	return f.say("title.clusters.same", f.num(b, 0))
}

// drawLives draws each life as a ribbon as thick as its jobs, the largest on top, with its name and its last jobs.
func (f *folder) drawLives(c draw.Canvas, lives []life, h *history, of int) {
	const pitch vg.Length = 20
	name := style(noteSize, black, false)
	longest := vg.Length(0)
	for _, l := range lives {
		longest = max(longest, name.Width(l.name))
	}
	longest = min(longest, 130)
	last := f.say("clusters.jobs")
	room := c.Max.X - c.Min.X - longest - 16 - name.Width(last)
	head := f.say("clusters.lives", f.num(float64(len(lives)), 0), f.num(float64(of), 0))
	ch := f.newChart(shorten(style(labelSize, black, true), head, room))
	ch.across(h.years)
	ch.Y.Min, ch.Y.Max = 0, float64(len(lives))
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.X.Label.Text = f.say("axis.year")
	box := c.Rectangle
	box.Min.X += longest + 8
	box.Max.X -= 44
	box.Max.Y -= 18
	box.Min.Y = box.Max.Y - pitch*vg.Length(len(lives))
	most := lives[0].peak
	for k, l := range lives {
		row := float64(len(lives)-k) - .5
		var x, lo, hi []float64
		for i, tick := range l.ticks {
			half := math.Max(.42*l.jobs[i]/most, .035)
			x, lo, hi = append(x, f.year(tick)), append(lo, row-half), append(hi, row+half)
		}
		ch.Add(level{row, row, rule}, ribbon{x, lo, hi, blue})
		at := box.Max.Y - pitch*(vg.Length(k)+.5)
		beside(c, right(name), vg.Point{X: box.Min.X - 5, Y: at}, shorten(name, l.name, longest))
	}
	ch.drawIn(c, box)
	for k, l := range lives {
		f.lifeEnd(c, ch, l, h, box, box.Max.Y-pitch*(vg.Length(k)+.5))
	}
	c.FillText(right(style(noteSize, grey, false)), vg.Point{X: c.Max.X, Y: box.Max.Y + 6}, last)
}

// lifeEnd writes the jobs at the end of a life: at the right edge, or after the ribbon of a cluster that is no more.
func (f *folder) lifeEnd(c draw.Canvas, ch *chart, l life, h *history, box vg.Rectangle, at vg.Length) {
	end := l.ticks[len(l.ticks)-1]
	if l.end == "" {
		beside(c, right(style(noteSize, black, false)), vg.Point{X: c.Max.X, Y: at}, f.num(l.jobs[len(l.jobs)-1], 0))
		return
	}
	mark := "×"
	if l.end == "merged" {
		mark = "→"
	}
	x := box.Min.X + vg.Length(ch.X.Norm(f.year(end)))*(box.Max.X-box.Min.X)
	haloed(c, middle(style(labelSize, black, false)), vg.Point{X: x + 3, Y: at + 1}, mark)
}
