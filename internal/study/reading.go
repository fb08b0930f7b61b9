package study

import (
	"math"

	"agglo/model/measure"
	"agglo/model/world"
)

// Widths of the squares on which statistics are taken, km.
const (
	squareKM = 10
	placeKM  = 20
)

// A gathering is the observer of one run of a validation: it reads, and keeps what the statistics need.
type gathering struct {
	end    int // tick of the measurement
	seed   uint64
	wanted func(id string) bool
	lives  *lives
	id     []uint64 // by row, a year before the end
	jobs   []float64
	ties   []tie
	value  map[string]float64 // by id; NaN or missing = cannot be measured on this run
}

func newGathering(end int, seed uint64, wanted func(id string) bool) *gathering {
	return &gathering{end: end, seed: seed, wanted: wanted, lives: newLives(end), value: map[string]float64{}}
}

// Observe takes in a tick, and at the end measures.
func (g *gathering) Observe(v world.View, tick int) error {
	g.lives.Observe(v, tick)
	switch tick {
	case g.end - world.TicksPerYear:
		for i := range v.Rows() {
			g.id, g.jobs = append(g.id, v.ID(i)), append(g.jobs, v.Jobs(i))
		}
		g.ties = supplyTies(v)
	case g.end:
		return g.measure(v)
	}
	return nil
}

// measure takes the statistics that are wanted.
func (g *gathering) measure(v world.View) error {
	f := firmsOf(v)
	if len(f.jobs) == 0 {
		return nil
	}
	for _, m := range []struct {
		ids []string
		do  func(v world.View, f *firms)
	}{
		{[]string{"T1a", "T1b", "T17", "T17q", "T14"}, g.density},
		{[]string{"T2", "T2v"}, g.sizes},
		{[]string{"T3", "T4"}, g.growth},
		{[]string{"T5a", "T5b", "T5c", "T5d", "T13a", "T13b"}, g.demography},
		{[]string{"T6a", "T6b"}, g.concentration},
		{[]string{"T7"}, g.localised},
		{[]string{"T8", "T9", "T10a", "T10b", "T11", "T12"}, g.network},
		{[]string{"T13c", "T20"}, g.sectors},
		{[]string{"T18", "T18c"}, g.helix},
		{[]string{"T19a", "T19b", "T19n", "T19l"}, g.clusters},
	} {
		for _, id := range m.ids {
			if g.wanted(id) {
				m.do(v, f)
				break
			}
		}
	}
	return nil
}

// firms are the living firms of a moment as columns.
type firms struct {
	row          []int
	node         []int32 // by row: place in the columns
	x, y         []float64
	jobs         []float64
	sector       []int32
	square       []int32
	squares      int
	sectors      int
	squareOfCell []int32
	land         []float64 // by square
	workers      []float64 // by square
}

func firmsOf(v world.View) *firms {
	f := &firms{node: make([]int32, v.Rows()), sectors: v.Sectors()}
	f.squareOfCell, f.squares = tiles(v, squareKM)
	f.land, f.workers = make([]float64, f.squares), make([]float64, f.squares)
	for c, q := range f.squareOfCell {
		f.land[q] += v.CellLand(c)
	}
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		f.node[i] = int32(len(f.row))
		q := f.squareOfCell[v.Cell(i)]
		f.row, f.jobs = append(f.row, i), append(f.jobs, v.Jobs(i))
		f.x, f.y = append(f.x, v.X(i)), append(f.y, v.Y(i))
		f.sector, f.square = append(f.sector, int32(v.Sector(i))), append(f.square, q)
		f.workers[q] += v.Jobs(i)
	}
	return f
}

// tiles puts the cells into squares of a width, counted from the south-western corner of the map.
func tiles(v world.View, km float64) (of []int32, n int) {
	west, south := math.Inf(1), math.Inf(1)
	for c := range v.Cells() {
		at, half := v.CellMid(c), v.CellKM(c)/2
		west, south = min(west, at.X-float64(half)), min(south, at.Y-float64(half))
	}
	of = make([]int32, v.Cells())
	known := map[[2]int]int32{}
	for c := range of {
		at := v.CellMid(c)
		key := [2]int{int((at.X - west) / km), int((at.Y - south) / km)}
		k, ok := known[key]
		if !ok {
			k = int32(len(known))
			known[key] = k
		}
		of[c] = k
	}
	return of, len(known)
}

// put keeps a value, and nothing where it does not exist.
func (g *gathering) put(id string, value float64, err error) {
	if err == nil && !math.IsNaN(value) && !math.IsInf(value, 0) {
		g.value[id] = value
	}
}

// maybe keeps a value that may not exist.
func (g *gathering) maybe(id string, o measure.Optional) {
	if o.Defined {
		g.value[id] = o.Value
	}
}

// demography keeps what was gathered over the run.
func (g *gathering) demography(world.View, *firms) {
	l := g.lives
	g.put("T5a", l.rate(l.births), nil)
	g.put("T5b", l.rate(l.deaths), nil)
	g.put("T5c", l.year.survival(), nil)
	g.put("T5d", l.five.survival(), nil)
	g.put("T13a", l.distance.median(), nil)
	g.maybe("T13b", l.able.Correlation())
}

// sizes takes the tail of sizes.
func (g *gathering) sizes(_ world.View, f *firms) {
	top := measure.TopCount(len(f.jobs), .1)
	fit, err := measure.RankSize(f.jobs, top)
	g.put("T2", fit.Exponent, err)
	contest, err := measure.LognormalAgainstPareto(f.jobs, top)
	g.put("T2v", contest.Vuong, err)
}

// sizeClasses is the number of classes of sizes of T4.
const sizeClasses = 10

// growth takes the growth of firms that lived a year ago.
func (g *gathering) growth(v world.View, _ *firms) {
	var size, rate []float64
	for i, id := range g.id {
		if id != 0 && v.ID(i) == id && g.jobs[i] > 0 && v.Jobs(i) > 0 {
			size, rate = append(size, g.jobs[i]), append(rate, math.Log(v.Jobs(i)/g.jobs[i]))
		}
	}
	shape, err := measure.Subbotin(rate)
	g.put("T3", shape.Shape, err)
	spread, err := measure.SizeVolatilityOf(size, rate, sizeClasses)
	g.put("T4", spread.Beta, err)
}

// sectors takes what is a mean over sectors.
func (g *gathering) sectors(v world.View, f *firms) {
	tech, jobs := make([][]float64, f.sectors), make([][]float64, f.sectors)
	for k, i := range f.row {
		s := f.sector[k]
		tech[s] = append(tech[s], v.LogTech(i))
		if jobs[s] == nil {
			jobs[s] = make([]float64, f.squares)
		}
		jobs[s][f.square[k]] += f.jobs[k]
	}
	n, largest, gap := 0.0, 0.0, 0.0
	for s := range f.sectors {
		most, all := 0.0, 0.0
		for _, x := range jobs[s] {
			most, all = max(most, x), all+x
		}
		if d, err := measure.QuantileGap(tech[s], .1, .9); err == nil && all > 0 {
			n, largest, gap = n+1, largest+most/all, gap+d
		}
	}
	g.put("T13c", over(largest, n), nil)
	g.put("T20", over(gap, n), nil)
}

// clusters takes where the largest cluster is, as the number of its square, how many there are, and whether jobs follow the lattice of
// labour markets.
func (g *gathering) clusters(v world.View, f *firms) {
	g.put("T19l", f.atCorners(v), nil)
	g.put("T19b", float64(v.Groups()), nil)
	g.put("T19n", float64(v.Groups()), nil)
	of, _ := tiles(v, placeKM)
	best, most := -1, 0.0
	for k := range v.Groups() {
		if c := v.Group(k); c.Jobs > most {
			best, most = k, c.Jobs
		}
	}
	if best < 0 {
		return
	}
	at, near, where := v.Group(best).At, math.Inf(1), int32(0)
	for c := range v.Cells() { // the cell that holds the centre, or the nearest
		mid := v.CellMid(c)
		if d := math.Hypot(mid.X-at.X, mid.Y-at.Y); d < near {
			near, where = d, of[c]
		}
	}
	g.put("T19a", float64(where), nil)
}
