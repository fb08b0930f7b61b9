package model

import (
	"strconv"

	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
)

// clusters finds the clusters of a region once a year and follows them: connected cells where workers, smoothed over a few
// km, are several times denser than on the mean of the land. Each firm's number of cluster is a column that policies may
// target.
type clusters struct {
	p      ClusterParams
	kernel []*grid.Kernel // by area
	work   []*grid.Work
	jobs   []float64 // by cell, smoothed
	mass   []float64 // by cell: jobs of the firms deposited
}

func newClusters(p ClusterParams, w *world.World) *clusters {
	c := &clusters{p: p}
	n := len(w.Cells.Region)
	c.jobs, c.mass = make([]float64, n), make([]float64, n)
	for a := range w.Ground {
		k, err := grid.Gaussian(w.Ground[a].Shape, p.KM)
		if err != nil { // cells wider than the smoothing: each stands for itself
			k = nil
		}
		c.kernel = append(c.kernel, k)
		if k != nil {
			c.work = append(c.work, k.NewWork())
		} else {
			c.work = append(c.work, nil)
		}
	}
	return c
}

// find finds the clusters of a year.
func (c *clusters) find(w *world.World, tick int) error {
	c.smooth(w)
	label, n := c.label(w)
	weight := append([]float64(nil), w.Fields.Jobs...)
	current := measure.Snapshot{Label: label, Weight: weight}
	past := &w.Past
	fates := measure.Follow(measure.Snapshot{Label: past.Number, Weight: past.Jobs}, current, n, max(past.Next, 1), 0)
	past.Number, past.Jobs, past.Next = fates.ID, weight, fates.Next
	c.describe(w, tick, fates, label, n)
	for i, id := range w.Firms.ID {
		w.Firms.Cluster[i] = 0
		if id != 0 {
			if k := label[w.Firms.Cell[i]]; k >= 0 {
				w.Firms.Cluster[i] = fates.Clusters[k].ID
			}
		}
	}
	return nil
}

// smooth spreads workers over the cells around them.
func (c *clusters) smooth(w *world.World) {
	f := &w.Firms
	clear(c.mass)
	for i, id := range f.ID {
		if id != 0 {
			g := &w.Ground[f.Area[i]]
			g.Shape.Deposit(c.mass[g.First:g.First+g.Cells], f.Base[i], float64(f.WX[i]), float64(f.WY[i]), f.Labour[i])
		}
	}
	for a := range w.Ground {
		g := &w.Ground[a]
		if c.kernel[a] == nil {
			copy(c.jobs[g.First:g.First+g.Cells], c.mass[g.First:g.First+g.Cells])
			continue
		}
		c.kernel[a].Smooth(c.jobs[g.First:g.First+g.Cells], c.mass[g.First:g.First+g.Cells], c.work[a])
		total := c.kernel[a].Total()
		for k := g.First; k < g.First+g.Cells; k++ {
			c.jobs[k] /= total
		}
	}
}

// label numbers the connected groups of dense cells through all areas, from 0; -1 is outside.
func (c *clusters) label(w *world.World) ([]int32, int) {
	label := make([]int32, len(c.jobs))
	firms := make([]int, 0, 64)
	n := 0
	for a := range w.Ground {
		g := &w.Ground[a]
		jobs, land := num.Sum(c.mass[g.First:g.First+g.Cells]), 0
		for k := g.First; k < g.First+g.Cells; k++ {
			if w.Cells.Land[k] > 0 {
				land++
			}
		}
		dense := make([]bool, g.Cells)
		for k := range dense {
			dense[k] = w.Cells.Land[g.First+k] > 0 && c.jobs[g.First+k] > c.p.Density*jobs/float64(max(land, 1))
		}
		of, groups := measure.Connected(g.Shape.NX, g.Shape.NY, dense)
		firms = append(firms[:0], make([]int, groups)...)
		for i, id := range w.Firms.ID {
			if id != 0 && int(w.Firms.Area[i]) == a {
				if k := of[int(w.Firms.Cell[i])-g.First]; k >= 0 {
					firms[k]++
				}
			}
		}
		number := make([]int32, groups)
		for k := range number {
			number[k] = -1
			if firms[k] >= c.p.Firms {
				number[k] = int32(n)
				n++
			}
		}
		for k, l := range of {
			label[g.First+k] = -1
			if l >= 0 {
				label[g.First+k] = number[l]
			}
		}
	}
	return label, n
}

// describe fills in the clusters' rows: where they are, what stands out there, what they are called. A cluster is named
// once, after the nearest town and the group of sectors that stands out most by location quotient.
func (c *clusters) describe(w *world.World, tick int, fates measure.Following, label []int32, n int) {
	groups := sectorGroups(w)
	jobs := make([]float64, n*len(groups))
	region := make([]float64, len(groups))
	out := make([]world.Group, n)
	for i, id := range w.Firms.ID {
		if id == 0 {
			continue
		}
		of := groups.of(w.Setting.Sectors[w.Firms.Sector[i]].Group)
		region[of] += w.Firms.Labour[i]
		if k := label[w.Firms.Cell[i]]; k >= 0 {
			jobs[int(k)*len(groups)+of] += w.Firms.Labour[i]
			out[k].Jobs += w.Firms.Labour[i]
			out[k].At.X += float64(w.Firms.Labour[i] * w.Firms.X[i])
			out[k].At.Y += float64(w.Firms.Labour[i] * w.Firms.Y[i])
		}
	}
	for cell, k := range label {
		if k >= 0 {
			out[k].Cells = append(out[k].Cells, int32(cell))
		}
	}
	for k := range out {
		g := &out[k]
		g.At.X, g.At.Y = g.At.X/g.Jobs, g.At.Y/g.Jobs
		g.Number, g.Event = fates.Clusters[k].ID, fates.Clusters[k].Event.String()
		g.Group = groups.standingOut(jobs[k*len(groups):(k+1)*len(groups)], region)
		c.name(w, g, tick)
	}
	w.Groups = out
}

// name gives a cluster the name that it was born with.
func (c *clusters) name(w *world.World, g *world.Group, tick int) {
	for _, known := range w.Past.Lives {
		if known.Number == g.Number {
			g.Name, g.Born = known.Name, known.Born
			return
		}
	}
	g.Name, g.Born = nearestPlace(w, g.At)+" "+g.Group, tick
	w.Past.Lives = append(w.Past.Lives, world.Life{Number: g.Number, Name: g.Name, Born: tick})
}

// nearestPlace is the town nearest to a point, or the point itself where there are no towns.
func nearestPlace(w *world.World, at world.Point) string {
	best, near := "", 0.0
	for _, p := range w.Setting.Places {
		if d := num.Hypot(p.At.X-at.X, p.At.Y-at.Y); best == "" || d < near {
			best, near = p.Name, d
		}
	}
	if best == "" {
		return compass(at)
	}
	return best
}

// compass names a place without towns by its km east and north.
func compass(at world.Point) string {
	name := func(x float64, plus, minus string) string {
		s := plus
		if x < 0 {
			s, x = minus, -x
		}
		return s + strconv.Itoa(int(x+.5))
	}
	return name(at.X, "E", "W") + " " + name(at.Y, "N", "S")
}

// groupNames lists the groups of sectors in the order of the sectors.
type groupNames []string

func sectorGroups(w *world.World) groupNames {
	var names groupNames
	for _, s := range w.Setting.Sectors {
		if names.of(s.Group) < 0 {
			names = append(names, s.Group)
		}
	}
	return names
}

func (g groupNames) of(name string) int {
	for k, x := range g {
		if x == name {
			return k
		}
	}
	return -1
}

// standingOut is the group with the largest location quotient among those with a tenth of the jobs.
func (g groupNames) standingOut(jobs, region []float64) string {
	all, of := num.Sum(jobs), num.Sum(region)
	best, most := 0, 0.0
	for k := range g {
		if jobs[k] < all/10 || region[k] <= 0 {
			continue
		}
		if q := jobs[k] / all / (region[k] / of); q > most {
			best, most = k, q
		}
	}
	return g[best]
}
