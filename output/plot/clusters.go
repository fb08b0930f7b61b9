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
	end         string  // merged or death, once it has ended
	endTick     float64 // of that row
	into, from  float64 // cluster that it merged into, that it split from; NaN = none
}

// last is the jobs at the end, 0 of a cluster that is no more.
func (l *life) last() float64 {
	if l.end != "" {
		return 0
	}
	return l.jobs[len(l.jobs)-1]
}

// mostLives is how many clusters, the largest at their height, get a life line.
const mostLives = 14

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
			all = append(all, life{id: id, into: math.NaN(), from: math.NaN()})
		}
		l := &all[k]
		if e := t.word["event"][i]; e == "merged" || e == "death" { // a last row without firms
			l.end, l.endTick = e, n["tick"][i]
			if other := n["other"]; e == "merged" && other != nil {
				l.into = other[i]
			}
			continue
		}
		if other := n["other"]; t.word["event"][i] == "split" && other != nil && len(l.ticks) == 0 {
			l.from = other[i]
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
	count := f.panel(h, f.say("clusters.number"), level{}, []line{{column: h.number["clusters"], color: blue, steps: true}})
	share := f.panel(h, f.say("clusters.share"), level{}, []line{{column: scaled(h.number["share_jobs_in_clusters"], 100), color: blue}})
	if count == nil || share == nil {
		return nil, skip(f.say("note.empty", "series.csv"))
	}
	count.Y.Tick.Marker = evenTicks{n: 5, lang: f.lang, whole: true}
	count.Y.Min, count.Y.Max = max(0, math.Floor(count.Y.Min)-1), math.Ceil(count.Y.Max)+1 // one cluster more or less is no great change
	all, err := f.lives()
	if err != nil {
		all = nil // the upper row stands without life lines; a faulty table is told by paint
	}
	lives := all[:min(len(all), mostLives)]
	slices.SortStableFunc(lives, func(a, b life) int { return cmp.Compare(b.last(), a.last()) }) // as the numbers at their ends
	lives = besideKin(lives)
	below := vg.Length(0)
	if len(lives) > 0 {
		below = 78 + vg.Length(len(lives))*20
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
	a, b := first(mid), last(mid)
	from, to := f.portion(a), f.portion(b)
	switch {
	case math.IsNaN(a) || math.IsNaN(b):
		return f.say("title.clusters")
	case from == to:
		return f.say("title.clusters.same", to)
	case b > a:
		return f.say("title.clusters.rise", from, to)
	}
	return f.say("title.clusters.fall", from, to)
}
