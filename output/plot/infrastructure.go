package plot

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Tables of what stands in cells: of a run in which nothing does there is none of them.
const (
	levelsOfCells = "infrastructure.csv"
	worksTable    = "works.csv"
	houses        = "institutions.csv"
)

// stock is one kind of infrastructure in the cells: what it saves there, %, or how many workers a km2 carries more.
type stock struct {
	name  string    // column of the table, and end of the keys of its words
	level []float64 // by cell; 0 where nothing of the kind stands
	most  float64
}

// perArea says that the kind is land, and no saving.
func (s *stock) perArea() bool { return s.name == "land" }

// builder is a policy whose works stand, in the order of their capital.
type builder struct {
	cluster    // the cells in which they stand, and their middle
	capital    float64
	instrument string
}

// grounds is what a map of infrastructure shows at a tick.
type grounds struct {
	tick     float64
	x, y, km []float64 // of cells in which something stands
	stocks   []stock   // those that stand anywhere
	builders []builder
	houses   []vg.Point // institutions, km
}

// infrastructure draws what public works and facilities make of the cells at the end, a small map a kind.
func (f *folder) infrastructure() (*sheet, error) {
	w, err := f.groundworks()
	if err != nil {
		return nil, err
	}
	cells, err := f.table("cells.csv")
	if err != nil {
		return nil, err
	}
	all := cellsAt(cells, w.tick)
	var x, y []float64
	land, built := 0.0, 0.0
	for i := range all.x {
		half := all.km[i] / 2
		x, y = append(x, all.x[i]-half, all.x[i]+half), append(y, all.y[i]-half, all.y[i]+half)
		land += all.km[i] * all.km[i]
	}
	for i := range w.x {
		half := w.km[i] / 2
		x, y = append(x, w.x[i]-half, w.x[i]+half), append(y, w.y[i]-half, w.y[i]+half)
		built += w.km[i] * w.km[i]
	}
	g, err := f.ground(x, y)
	if err != nil {
		return nil, err
	}
	g.weigh(all.x, all.y, all.jobs, 10)
	d := f.layStocks(g, w)
	title := f.say("title.infrastructure", f.percent(min(100*built/math.Max(land, built), 100)), f.date(w.tick), f.levelWords(w, 0))
	if len(w.stocks) > 1 {
		title = f.say("title.infrastructure.two", f.percent(min(100*built/math.Max(land, built), 100)), f.date(w.tick), f.levelWords(w, 0), f.levelWords(w, 1))
	}
	return &sheet{
		title: title, sub: f.say("sub.infrastructure", f.first(), f.date(w.tick)),
		height: max(d.rows*(d.high+stockHead)+14, keyHeight(func(c draw.Canvas) vg.Length { return f.stockKey(c, w) })),
		paint:  func(c draw.Canvas) { f.drawStocks(c, w, d) },
	}, nil
}

// groundworks reads what stands at the last tick of which the table tells.
func (f *folder) groundworks() (*grounds, error) {
	t, err := f.table(levelsOfCells)
	if err != nil {
		if _, none := err.(skip); none && f.faults[levelsOfCells] == nil {
			return nil, skip(f.say("note.noworks"))
		}
		return nil, err
	}
	n := t.number
	w := &grounds{}
	w.tick, _ = lastTick(n["tick"])
	kinds := []stock{{name: "transport"}, {name: "land"}, {name: "utilities"}, {name: "communications"}}
	for i := range t.rows {
		if n["tick"][i] != w.tick || !(n["km"][i] > 0) || math.IsNaN(n["x"][i]+n["y"][i]) {
			continue
		}
		w.x, w.y, w.km = append(w.x, n["x"][i]), append(w.y, n["y"][i]), append(w.km, n["km"][i])
		for k := range kinds {
			s := &kinds[k]
			v := math.Max(zeroIfMissing(n[s.name][i]), 0)
			if s.perArea() {
				v /= n["km"][i] * n["km"][i]
			} else {
				v = 100 * -math.Expm1(-v) // the table has logs
			}
			s.level, s.most = append(s.level, v), math.Max(s.most, v)
		}
	}
	for _, s := range kinds {
		if s.most > 0 {
			w.stocks = append(w.stocks, s)
		}
	}
	if len(w.stocks) == 0 {
		return nil, skip(f.say("note.noworks"))
	}
	w.builders = f.buildersAt(w.tick)
	w.builders = slices.DeleteFunc(w.builders, func(b builder) bool { // what stands of them is no infrastructure
		alone := grounds{x: w.x, y: w.y, builders: []builder{b}}
		return !slices.ContainsFunc(w.stocks, func(s stock) bool { return len(alone.builtBy(&s)) > 0 })
	})
	if t, err := f.table(houses); err == nil {
		for i := range t.rows {
			if p := (vg.Point{X: vg.Length(t.number["x"][i]), Y: vg.Length(t.number["y"][i])}); !math.IsNaN(float64(p.X + p.Y)) {
				w.houses = append(w.houses, p)
			}
		}
	}
	return w, nil
}

// buildersAt lists the policies whose works stand at a tick, the greatest capital first.
func (f *folder) buildersAt(tick float64) []builder {
	t, err := f.table(worksTable)
	if err != nil {
		return nil // the levels are seen without it
	}
	n := t.number
	at := map[string]int{}
	var all []builder
	for i := range t.rows {
		if n["tick"][i] != tick || !(n["capital"][i] > 0) || !(n["km"][i] > 0) || math.IsNaN(n["x"][i]+n["y"][i]) {
			continue
		}
		id := t.word["policy"][i]
		k, known := at[id]
		if !known {
			k = len(all)
			at[id] = k
			all = append(all, builder{cluster: cluster{name: id, km: n["km"][i]}, instrument: t.word["instrument"][i]})
		}
		b := &all[k]
		b.cells = append(b.cells, vg.Point{X: vg.Length(n["x"][i]), Y: vg.Length(n["y"][i])})
		b.capital += n["capital"][i]
		b.x, b.y = b.x+n["x"][i], b.y+n["y"][i]
	}
	for k := range all {
		all[k].x, all[k].y = all[k].x/float64(len(all[k].cells)), all[k].y/float64(len(all[k].cells))
	}
	slices.SortStableFunc(all, func(a, b builder) int { return cmp.Or(cmp.Compare(b.capital, a.capital), cmp.Compare(a.name, b.name)) })
	return all
}

// levelWords says how much of the k-th kind stands: the greatest saving, or all land.
func (f *folder) levelWords(w *grounds, k int) string {
	s := &w.stocks[k]
	v := s.most
	if s.perArea() {
		v = 0
		for i, x := range s.level {
			v += x * w.km[i] * w.km[i]
		}
		return f.say("infrastructure.says.land", f.num(v, 0))
	}
	return f.say("infrastructure.says."+s.name, f.brief(v))
}

// brief writes a number with two digits that count.
func (f *folder) brief(v float64) string {
	if v <= 0 {
		return "0"
	}
	return f.num(v, max(0, 1-int(math.Floor(math.Log10(v)+1e-9))))
}
