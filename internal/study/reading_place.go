package study

import (
	"cmp"
	"math"
	"slices"

	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/rng"
)

// drawSample is the purpose of the draw of the firms on which localisation is measured.
const drawSample rng.Purpose = 0x6202

// density takes how efficiency and wages change with the density of squares. The newborn are left out: they have not bought
// inputs yet, so that their efficiency is not known.
func (g *gathering) density(v world.View, f *firms) {
	var efficiency, wage, density, jobs []float64
	var sector, square []int32
	for k, i := range f.row {
		if v.Age(i) == 0 || !(f.jobs[k] > 0) || !(v.Wage(i) > 0) {
			continue
		}
		efficiency, wage = append(efficiency, v.LogEfficiency(i)), append(wage, math.Log(v.Wage(i)))
		density, jobs = append(density, math.Log(f.workers[f.square[k]])), append(jobs, f.jobs[k])
		sector, square = append(sector, f.sector[k]), append(square, f.square[k])
	}
	slope, err := measure.WeightedSlope(density, efficiency, jobs, sector, f.sectors)
	g.put("T1a", slope.B, err)
	slope, err = measure.WeightedSlope(density, wage, jobs, nil, 0)
	g.put("T1b", slope.B, err)
	g.bell(f, square, efficiency, jobs)
	g.premium(f, square, wage, jobs)
}

// bell fits the mean log efficiency of squares, by jobs, to their log density and its square.
func (g *gathering) bell(f *firms, square []int32, efficiency, jobs []float64) {
	sum, mass := make([]float64, f.squares), make([]float64, f.squares)
	for k, q := range square {
		sum[q] += float64(jobs[k] * efficiency[k])
		mass[q] += jobs[k]
	}
	var x, y []float64
	for q, m := range mass {
		if m > 0 {
			x, y = append(x, math.Log(f.workers[q])), append(y, sum[q]/m)
		}
	}
	p, err := measure.FitParabola(x, y, nil)
	inside := 0.0
	if p.Inside {
		inside = 1
	}
	g.put("T17", inside, err)
	g.put("T17q", p.C, err)
}

// premium compares log wages in the densest tenth of squares with land with those in the sparsest half.
func (g *gathering) premium(f *firms, square []int32, wage, jobs []float64) {
	rank := f.byDensity()
	sum, mass := [2]float64{}, [2]float64{}
	for k, q := range square {
		switch at := rank[q]; {
		case at.densest:
			sum[0] += float64(jobs[k] * wage[k])
			mass[0] += jobs[k]
		case at.sparsest:
			sum[1] += float64(jobs[k] * wage[k])
			mass[1] += jobs[k]
		}
	}
	g.put("T14", over(sum[0], mass[0])-over(sum[1], mass[1]), nil)
}

// A rank says where a square stands among those with land, by the jobs on it.
type rank struct{ densest, sparsest bool }

// byDensity says which squares are the densest tenth and which the sparsest half of those with land.
func (f *firms) byDensity() []rank {
	var order []int
	for q, land := range f.land {
		if land > 0 {
			order = append(order, q)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(f.workers[b], f.workers[a]) })
	out := make([]rank, f.squares)
	for k, q := range order {
		out[q] = rank{densest: k < (len(order)+9)/10, sparsest: k >= len(order)-len(order)/2}
	}
	return out
}

// concentration takes the Ellison-Glaeser index of sectors on squares.
func (g *gathering) concentration(_ world.View, f *firms) {
	all, err := measure.EllisonGlaeser(measure.Plants{
		Region: f.square, Sector: f.sector, Employment: f.jobs, Regions: f.squares, Sectors: f.sectors,
	})
	if err != nil {
		return
	}
	var gamma []float64
	sum := 0.0
	for _, a := range all {
		if a.Defined {
			gamma = append(gamma, a.Gamma)
			sum += a.Gamma
		}
	}
	g.put("T6a", median(gamma), nil)
	g.put("T6b", over(sum, float64(len(gamma))), nil)
}

// median is the middle value, NaN of none. It sorts its argument.
func median(x []float64) float64 {
	switch len(x) {
	case 0:
		return math.NaN()
	case 1:
		return x[0]
	}
	slices.Sort(x)
	return quantile(x, .5)
}

// How localisation is measured: draws of the envelope, its level, the firms of a sector at most, the steps of distance.
const (
	curves       = 200
	localLevel   = .05
	mostSampled  = 500
	distanceStep = 50
)

// localised takes the share of sectors that are globally localised, among those for which the test exists.
func (g *gathering) localised(v world.View, f *firms) {
	distances, err := measure.DistanceRange(f.x, f.y, distanceStep, g.seed)
	if err != nil {
		return
	}
	by := make([][]int, f.sectors)
	for k := range f.row {
		by[f.sector[k]] = append(by[f.sector[k]], k)
	}
	points := measure.Points{X: f.x, Y: f.y, Sector: slices.Clone(f.sector)}
	for _, members := range by {
		if len(members) > mostSampled { // those with the least draws, whatever the order of rows; the others' sites stay
			draw := func(k int) float64 { return rng.Seed(g.seed).Uniform(drawSample, v.ID(f.row[k]), g.end, 0) }
			slices.SortFunc(members, func(a, b int) int { return cmp.Compare(draw(a), draw(b)) })
			for _, k := range members[mostSampled:] {
				points.Sector[k] = int32(f.sectors)
			}
		}
	}
	tested, local := 0.0, 0.0
	for s := range f.sectors {
		d, err := measure.DurantonOverman(points, int32(s), measure.DensityOptions{
			Distances: distances, Draws: curves, Level: localLevel, Seed: rng.Key(g.seed, uint64(s)), Threads: 1,
		})
		if err != nil {
			continue
		}
		tested++
		if d.Localised {
			local++
		}
	}
	g.put("T7", over(local, tested), nil)
}

// helix takes whether the mutual information of square, sector and size is below 0 and the square that adds most to it is
// among the densest tenth, and how far it is above what it would be by chance.
func (g *gathering) helix(_ world.View, f *firms) {
	size := make([]int32, len(f.jobs))
	for k, l := range f.jobs {
		size[k] = measure.SizeClass(l)
	}
	whole, err := measure.TripleHelix(f.square, f.sector, size)
	if err != nil {
		return
	}
	parts, err := measure.TripleHelixByPlace(f.square, f.sector, size, f.squares)
	if err != nil {
		return
	}
	largest := 0
	for q, part := range parts.Places {
		if part < parts.Places[largest] {
			largest = q
		}
	}
	signs := 0.0
	if whole.T < 0 && f.byDensity()[largest].densest {
		signs = 1
	}
	g.put("T18", signs, nil)
	chance, err := measure.TripleHelixByChance(f.square, f.sector, size)
	g.put("T18c", whole.T-chance, err)
}

// atCorners is the share of jobs in the quarter of each labour market nearest to its corners, over a quarter. Where firms draw on workers
// of other markets only across a border they gather at such corners, which is a work of the lattice and not of theirs. Firms count where
// they stand and not by their cells, because markets are not all as many cells wide.
func (f *firms) atCorners(v world.View) float64 {
	frames := marketFrames(v)
	aside := func(x float64, between [2]float64) bool {
		middle, quarter := (between[0]+between[1])/2, (between[1]-between[0])/4
		return math.Abs(x-float64(middle)) > float64(quarter)
	}
	jobs, all := 0.0, 0.0
	for k, i := range f.row {
		of := &frames[v.CellMarket(v.Cell(i))]
		all += f.jobs[k]
		if aside(f.x[k], of.x) && aside(f.y[k], of.y) {
			jobs += f.jobs[k]
		}
	}
	return 4 * over(jobs, all)
}

// A frame is from where to where a labour market reaches, km.
type frame struct{ x, y [2]float64 }

// marketFrames are those of all labour markets.
func marketFrames(v world.View) []frame {
	frames := make([]frame, v.Markets())
	for k := range frames {
		nothing := [2]float64{math.Inf(1), math.Inf(-1)}
		frames[k] = frame{nothing, nothing}
	}
	for c := range v.Cells() {
		k := v.CellMarket(c)
		if k < 0 {
			continue
		}
		at, of, half := v.CellMid(c), &frames[k], v.CellKM(c)/2
		of.x = [2]float64{min(of.x[0], at.X-float64(half)), max(of.x[1], at.X+float64(half))}
		of.y = [2]float64{min(of.y[0], at.Y-float64(half)), max(of.y[1], at.Y+float64(half))}
	}
	return frames
}
