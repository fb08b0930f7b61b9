package measure

import "math"

// Plants is a list of plants (or firms) as columns of equal length.
type Plants struct {
	Region     []int32   // region of each plant, 0..Regions-1
	Sector     []int32   // sector of each plant, 0..Sectors-1
	Employment []float64 // jobs, >= 0; a plant without jobs counts nowhere
	Regions    int
	Sectors    int
	// RegionEmployment is the total each region is weighed with, >= 0, one a region; nil takes the sums of the plants.
	// Taken from the plants, a sector is compared with an average that holds the sector itself, which pulls the mean of
	// gamma below zero by about the Herfindahl index over the number of sectors.
	RegionEmployment []float64
}

// Agglomeration is the Ellison-Glaeser index of one sector.
type Agglomeration struct {
	Plants   int     // plants with jobs
	Jobs     float64 // their employment
	Gamma    float64 // 0: as if by darts; above .05 highly, below .02 hardly concentrated; may be negative
	G        float64 // raw concentration sum_j (s_j - x_j)^2, in [0, 2]
	H        float64 // Herfindahl index of the plants' sizes, in (0, 1]
	Variance float64 // of G, were the plants thrown as darts
	Z        float64 // (G - E[G]) / sqrt(Variance)
	Defined  bool    // Gamma exists: at least two plants with jobs, and jobs in at least two regions of the economy
	Tested   bool    // Z exists: Defined and Variance above 0
}

// EllisonGlaeser measures for every sector whether its jobs lie closer together than plants of its sizes thrown on the
// map like darts (Ellison and Glaeser 1997, doi 10.1086/262098). With s_j the sector's share of jobs in region j, x_j
// that of all jobs, z_k the share of plant k in the sector:
//
//	G = sum (s_j-x_j)^2   H = sum z_k^2   S2 = sum x_j^2   S3 = sum x_j^3
//	gamma  = [G - (1-S2) H] / [(1-S2)(1-H)]
//	Var(G) = 2 { H^2 [S2 - 2 S3 + S2^2] - sum z_k^4 [S2 - 4 S3 + 3 S2^2] }
//
// A sector without jobs gives a row of zeros that is not Defined; one plant gives G and H = 1 but no gamma. The cost is
// that of one pass over the plants and one over sectors times regions; the memory is that of one int32 a plant.
func EllisonGlaeser(p Plants) ([]Agglomeration, error) {
	const name = "ellison-glaeser"
	if err := p.check(name); err != nil {
		return nil, err
	}
	x, err := p.regionShares(name)
	if err != nil {
		return nil, err
	}
	out := make([]Agglomeration, p.Sectors)
	jobs := make([]float64, p.Regions)
	p.bySector(func(sector int, rows []int32) {
		clear(jobs)
		out[sector] = p.agglomeration(rows, x, jobs)
	})
	return out, nil
}

// agglomeration is the index of the plants in rows; jobs is scratch, one zero a region.
func (p Plants) agglomeration(rows []int32, x, jobs []float64) Agglomeration {
	a := Agglomeration{}
	for _, k := range rows {
		if e := p.Employment[k]; e > 0 {
			a.Plants++
			a.Jobs += e
			jobs[p.Region[k]] += e
		}
	}
	if a.Plants == 0 {
		return a
	}
	z4 := 0.0
	for _, k := range rows {
		z := p.Employment[k] / a.Jobs
		square := float64(z * z)
		a.H += square
		z4 += float64(square * square)
	}
	s2, s3 := 0.0, 0.0
	for j, xj := range x {
		d := jobs[j]/a.Jobs - xj
		a.G += float64(d * d)
		square := float64(xj * xj)
		s2 += square
		s3 += float64(square * xj)
	}
	room := 1 - s2 // expected G per unit of H
	if a.Plants < 2 || !(room > 1e-12) || !(1-a.H > 1e-12) {
		return a
	}
	a.Defined = true
	a.Gamma = (a.G - float64(room*a.H)) / float64(room*(1-a.H))
	spread := s2 - float64(2*s3) + float64(s2*s2)
	fourth := s2 - float64(4*s3) + float64(3*float64(s2*s2))
	a.Variance = 2 * (float64(float64(a.H*a.H)*spread) - float64(z4*fourth))
	if a.Variance > 0 {
		a.Tested = true
		a.Z = (a.G - float64(room*a.H)) / math.Sqrt(a.Variance)
	} else {
		a.Variance = 0
	}
	return a
}

// check returns an *Invalid for columns of unequal length, indices out of range and numbers of jobs below zero.
func (p Plants) check(name string) error {
	if p.Regions < 1 {
		return &Invalid{name, "regions", -1, float64(p.Regions), "at least 1"}
	}
	if p.Sectors < 0 {
		return &Invalid{name, "sectors", -1, float64(p.Sectors), "at least 0"}
	}
	n := len(p.Employment)
	if err := length(name, "region", len(p.Region), n); err != nil {
		return err
	}
	if err := length(name, "sector", len(p.Sector), n); err != nil {
		return err
	}
	if err := within(name, "region", p.Region, p.Regions); err != nil {
		return err
	}
	if err := within(name, "sector", p.Sector, p.Sectors); err != nil {
		return err
	}
	if err := nonNegative(name, "employment", p.Employment); err != nil {
		return err
	}
	if p.RegionEmployment == nil {
		return nil
	}
	if err := length(name, "region employment", len(p.RegionEmployment), p.Regions); err != nil {
		return err
	}
	return nonNegative(name, "region employment", p.RegionEmployment)
}

// regionShares gives x_j, each region's share of all jobs.
func (p Plants) regionShares(name string) ([]float64, error) {
	x := make([]float64, p.Regions)
	if p.RegionEmployment != nil {
		copy(x, p.RegionEmployment)
	} else {
		for k, e := range p.Employment {
			x[p.Region[k]] += e
		}
	}
	total := 0.0
	for _, v := range x {
		total += v
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return nil, undefined(name, "no jobs in any region")
	}
	for j := range x {
		x[j] /= total
	}
	return x, nil
}

// bySector calls visit for every sector in order with the rows of its plants in the order of the list.
func (p Plants) bySector(visit func(sector int, rows []int32)) {
	start := make([]int32, p.Sectors+1)
	for _, s := range p.Sector {
		start[s+1]++
	}
	for s := range p.Sectors {
		start[s+1] += start[s]
	}
	rows := make([]int32, len(p.Sector))
	next := make([]int32, p.Sectors)
	copy(next, start)
	for k, s := range p.Sector {
		rows[next[s]] = int32(k)
		next[s]++
	}
	for s := range p.Sectors {
		visit(s, rows[start[s]:start[s+1]])
	}
}
