package scenarios

import (
	"io/fs"
	"math"
	"slices"

	"agglo/internal/table"
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// A share is one row of the table of employment to start from: a sector in a region.
type share struct {
	sector, region int
	firms, jobs    float64
}

// Purposes of random draws at the start from a table of employment.
const (
	drawShareCell  rng.Purpose = 0x1101
	drawSharePlace rng.Purpose = 0x1102
)

// readEmployment reads the table of employment by region and sector that start_from names.
func (s *Scenario) readEmployment(r *reader, dir fs.FS) {
	if s.StartFrom == nil {
		return
	}
	t := s.openTable(r, dir, "start_from.employment", s.StartFrom.Employment, []table.Column{
		{Name: "region", Among: s.regionNames()}, {Name: "sector", Among: s.sectorIDs()}, {Name: "employment", Kind: table.Number, Unit: "workers", In: table.Between(0, 1e9)},
		{Name: "firms", Kind: table.Number, Unit: "firms", In: table.Between(0, 1e7), Optional: true},
	})
	if t == nil {
		return
	}
	sectors, regions, jobs, firms := t.Labels("sector"), t.Labels("region"), t.Numbers("employment"), t.Numbers("firms")
	first := map[[2]int]int{}
	for row := range t.Rows {
		x := share{sector: s.sectorAt(r, t, &sectors, row), region: s.regionAt(regions.Names[regions.Code[row]]), jobs: jobs[row]}
		if x.sector < 0 {
			continue
		}
		key := [2]int{x.sector, x.region}
		if line, twice := first[key]; twice {
			t.fault(r, row, "region", "%s in %s stands here twice, first on line %d", s.Sectors[x.sector].ID, s.Regions[x.region].ID, line)
			continue
		}
		first[key] = t.Line(row)
		if firms != nil {
			if x.firms = firms[row]; x.jobs < x.firms || x.firms == 0 && x.jobs > 0 {
				t.fault(r, row, "employment", "%v workers in %v firms: want at least one worker a firm, and at least one firm for workers", x.jobs, x.firms)
				continue
			}
		}
		s.shares = append(s.shares, x)
	}
	s.countShares(r, t, firms != nil)
}

// regionNames lists what a table may call regions: their ids and their names.
func (s *Scenario) regionNames() []string {
	var names []string
	for _, x := range s.Regions {
		names = append(names, x.ID)
		if x.Name != x.ID {
			names = append(names, x.Name)
		}
	}
	return names
}

// regionAt is the region of an id or name that is there.
func (s *Scenario) regionAt(name string) int {
	return slices.IndexFunc(s.Regions, func(x Region) bool { return x.ID == name || x.Name == name })
}

// countShares gives sectors their workers, and rows their firms where only the sector's are known: in proportion to workers.
func (s *Scenario) countShares(r *reader, t *startTable, haveFirms bool) {
	firms, jobs := make([]float64, len(s.Sectors)), make([]float64, len(s.Sectors))
	for _, x := range s.shares {
		firms[x.sector] += x.firms
		jobs[x.sector] += x.jobs
	}
	for i := range s.Sectors {
		x := &s.Sectors[i]
		switch {
		case x.Emerging != nil:
			continue
		case !haveFirms && !x.Firms.given:
			r.faultAt(at("sectors", i)+".firms", "is missing: want it here, or a column firms in %s", t.name)
			continue
		case s.faultyStart: // not all rows are known
			continue
		case x.Employment != nil && math.Abs(x.Employment.Value-jobs[i]) > .001*math.Max(jobs[i], 1):
			r.faultAt(at("sectors", i)+".employment", "%v workers, but %s has %.10g: want one of them", x.Employment, t.name, jobs[i])
			continue
		case haveFirms && x.Firms.given && math.Abs(x.Firms.Value-firms[i]) > .001*math.Max(firms[i], 1):
			r.faultAt(at("sectors", i)+".firms", "%v firms, but %s has %.10g: want one of them", x.Firms, t.name, firms[i])
			continue
		}
		x.counted(math.Round(firms[i]), jobs[i])
	}
	s.noteMissing(t.name, jobs)
	if haveFirms {
		return
	}
	for k := range s.shares {
		if x := &s.shares[k]; jobs[x.sector] > 0 {
			x.firms = s.Sectors[x.sector].Firms.Value * x.jobs / jobs[x.sector]
		}
	}
}

// noteMissing tells of sectors and regions of which the table has nobody: a row that was forgotten looks the same.
func (s *Scenario) noteMissing(table string, jobs []float64) {
	for i, x := range s.Sectors {
		if x.Emerging == nil && jobs[i] == 0 {
			s.note("sectors[%d]: %s has nobody in %s: it begins without firms", i, table, x.ID)
		}
	}
	for k, x := range s.Regions {
		if !slices.ContainsFunc(s.shares, func(of share) bool { return of.region == k && of.jobs > 0 }) {
			s.note("regions[%d]: %s has nobody in %s: it begins without firms", k, table, x.ID)
		}
	}
}

// checkShares wants land for every row: a region outside all areas is found before, one whose towns have no weight is not.
func (s *Scenario) checkShares(r *reader, areas []world.Area) {
	for _, x := range s.shares {
		if d := s.densityIn(x, areas); x.jobs > 0 && !(d[len(d)-1] > 0) {
			r.faultAt("start_from.employment", "firms of %s have nowhere to start in %s: no land near a town with a weight", s.Sectors[x.sector].ID, s.Regions[x.region].ID)
		}
	}
}

// densityIn is the running sum over all cells of where firms of a row start: land of the region, times how near its towns are when
// the scenario says that firms start around towns.
func (s *Scenario) densityIn(x share, areas []world.Area) []float64 {
	var density []float64
	sum := 0.0
	for _, a := range areas {
		for c, land := range a.Land {
			if land > 0 && int(a.Region[c]) == x.region {
				sum += float64(land * s.pull(x.sector, cellMid(&a, c)))
			}
			density = append(density, sum)
		}
	}
	return density
}

// pull is how near towns are, by their weights for a sector; 1 where towns do not matter.
func (s *Scenario) pull(sector int, mid world.Point) float64 {
	if s.StartFrom.TownKM == nil {
		return 1
	}
	sum := 0.0
	for _, p := range s.Places {
		weight := p.Weight.Value
		if own := s.Sectors[sector].Towns; own != nil {
			weight = own[p.ID].Value
		}
		at := s.position(p.At, p.AtKM)
		sum += float64(weight * num.Exp(-num.Hypot(mid.X-at.X, mid.Y-at.Y)/s.StartFrom.TownKM.Value))
	}
	return sum
}

// cellMid is the middle of a cell of an area.
func cellMid(a *world.Area, c int) world.Point {
	return world.Point{X: a.X0 + float64((float64(c%a.NX)+.5)*a.CellKM), Y: a.Y0 + float64((float64(c/a.NX)+.5)*a.CellKM)}
}

// drawPlants draws the firms of every row: sizes as the model draws them (the middle of each slice of equal chance of a Pareto
// law, scaled to the row's workers), sites over the region's land. The seed is the command's: replicates begin alike.
func (s *Scenario) drawPlants(seed uint64, areas []world.Area) []world.Plant {
	var all []world.Plant
	draw := rng.Seed(seed)
	first := make([]int, len(areas))
	cells := 0
	for k := range areas {
		first[k] = cells
		cells += len(areas[k].Land)
	}
	for _, x := range s.shares {
		n := s.agents(x.firms)
		if n == 0 || x.jobs <= 0 {
			continue
		}
		density := s.densityIn(x, areas)
		key := rng.Key(rng.KeyOf(s.Sectors[x.sector].ID), rng.KeyOf(s.Regions[x.region].ID))
		from, sum := len(all), 0.0
		for k := range n {
			id := rng.Key(key, uint64(k))
			cell := rng.Pick(draw.Uniform(drawShareCell, id, 0, 0), density)
			a, _ := slices.BinarySearch(first, cell+1)
			area := &areas[a-1]
			at := cellMid(area, cell-first[a-1])
			at.X += float64(area.CellKM * (draw.Uniform(drawSharePlace, id, 0, 0) - .5))
			at.Y += float64(area.CellKM * (draw.Uniform(drawSharePlace, id, 0, 1) - .5))
			size := num.Exp(-num.Log(1-(float64(k)+.5)/float64(n)) / s.Params.Start.Tail)
			all = append(all, world.Plant{Sector: x.sector, At: at, Employment: size})
			sum += size
		}
		for k := from; k < len(all); k++ {
			all[k].Employment *= x.jobs / s.Scale.Value / sum
		}
	}
	return all
}
