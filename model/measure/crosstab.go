package measure

import "errors"

// Optional is a number that may not exist for the data given: a table shows an empty cell then.
type Optional struct {
	Value   float64 // 0 unless Defined
	Defined bool
}

// Crosstab is employment by region and sector.
type Crosstab struct {
	Regions, Sectors int
	Jobs             []float64 // of region j and sector i at j*Sectors+i, >= 0
}

// NewCrosstab adds up a list of region, sector and employment; several rows of one pair are summed.
func NewCrosstab(region, sector []int32, employment []float64, regions, sectors int) (Crosstab, error) {
	p := Plants{Region: region, Sector: sector, Employment: employment, Regions: regions, Sectors: sectors}
	if err := p.check("cross table"); err != nil {
		return Crosstab{}, err
	}
	c := Crosstab{regions, sectors, make([]float64, regions*sectors)}
	for k, e := range employment {
		c.Jobs[int(region[k])*sectors+int(sector[k])] += e
	}
	return c, nil
}

// Region is a region's employment by sector.
func (c Crosstab) Region(j int) []float64 { return c.Jobs[j*c.Sectors : (j+1)*c.Sectors] }

// Sector is a sector's employment by region, in a new slice.
func (c Crosstab) Sector(i int) []float64 {
	out := make([]float64, c.Regions)
	for j := range out {
		out[j] = c.Jobs[j*c.Sectors+i]
	}
	return out
}

// ByRegion applies an index of a part against a whole to each region's employment by sector against that of all
// regions together: indices of specialisation. An index that does not exist gives an empty Optional; any other error
// is returned.
func (c Crosstab) ByRegion(index func(part, whole []float64) (float64, error)) ([]Optional, error) {
	whole := make([]float64, c.Sectors)
	for j := range c.Regions {
		for i, e := range c.Region(j) {
			whole[i] += e
		}
	}
	out := make([]Optional, c.Regions)
	for j := range out {
		v, err := index(c.Region(j), whole)
		if err != nil && !errors.Is(err, ErrUndefined) {
			return nil, err
		}
		out[j] = Optional{v, err == nil}
	}
	return out, nil
}

// BySector applies an index of a part against a whole to each sector's employment by region against that of all
// sectors together: indices of concentration.
func (c Crosstab) BySector(index func(part, whole []float64) (float64, error)) ([]Optional, error) {
	turned := Crosstab{c.Sectors, c.Regions, make([]float64, len(c.Jobs))}
	for j := range c.Regions {
		for i, e := range c.Region(j) {
			turned.Jobs[i*c.Regions+j] = e
		}
	}
	return turned.ByRegion(index)
}

// shares checks a part and a whole of equal length and returns both divided by their sums.
func shares(name string, part, whole []float64) (s, x []float64, err error) {
	if err := length(name, "whole", len(whole), len(part)); err != nil {
		return nil, nil, err
	}
	if s, err = share(name, "part", part); err != nil {
		return nil, nil, err
	}
	x, err = share(name, "whole", whole)
	return s, x, err
}

// share returns the values divided by their sum, which must be above 0.
func share(name, array string, values []float64) ([]float64, error) {
	if err := nonNegative(name, array, values); err != nil {
		return nil, err
	}
	total := 0.0
	for _, v := range values {
		total += v
	}
	if !(total > 0) {
		return nil, undefined(name, "the sum of the "+array+" is 0")
	}
	out := make([]float64, len(values))
	for k, v := range values {
		out[k] = v / total
	}
	return out, finite(name, "total of the "+array, []float64{total})
}
