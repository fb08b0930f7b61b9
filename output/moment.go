package output

import (
	"sort"

	"agglo/model/measure"
	"agglo/model/world"
)

// moment is what the series shows of a tick beyond the sums over firms.
type moment struct {
	wage, unemployment       float64
	ties, suppliers, partner float64 // ties in all; half-ties to suppliers, to collaborators
	trust                    mean
	gamma                    []measure.Agglomeration // by sector
	egGamma, tail            float64
	tailSE                   float64
	treasury                 float64
}

// moment looks at ties, markets, concentration and sizes.
func (r *Recorder) moment(v world.View) {
	m := &r.latest
	*m = moment{}
	m.wage, m.unemployment = wages(v, func(int) bool { return true })
	for k := range v.Regions() {
		m.treasury += float64(v.Treasury(k) * v.Scale())
	}
	s := &r.squares
	s.square, s.sector, s.jobs = s.square[:0], s.sector[:0], s.jobs[:0]
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		suppliers, partners, trust := v.TieSums(i)
		m.suppliers += float64(suppliers)
		m.partner += float64(partners)
		m.trust.sum += trust
		s.square = append(s.square, s.of[v.Cell(i)])
		s.sector = append(s.sector, int32(v.Sector(i)))
		s.jobs = append(s.jobs, v.Jobs(i))
	}
	m.trust.n = m.suppliers + m.partner
	m.ties = m.suppliers + float64(m.partner/2)
	m.concentration(s, v.Sectors())
	m.tail, m.tailSE = tailOf(s.jobs)
}

// concentration sets the Ellison-Glaeser index of every sector on squares of 10 km, and their median.
func (m *moment) concentration(s *squares, sectors int) {
	nothing := ratio(0, 0)
	m.egGamma = nothing
	gamma, err := measure.EllisonGlaeser(measure.Plants{
		Region: s.square, Sector: s.sector, Employment: s.jobs, Regions: s.n, Sectors: sectors,
	})
	if err != nil {
		return // no jobs at all: the index does not exist
	}
	m.gamma = gamma
	var defined []float64
	for _, g := range gamma {
		if g.Defined {
			defined = append(defined, g.Gamma)
		}
	}
	m.egGamma = median(defined)
}

// tailShare is the share of firms, the largest ones, from which the tail of sizes is fitted.
const tailShare = .1

// tailOf is the exponent of the upper tail of sizes with its standard error, from the slope of log(rank - 1/2) on log size
// over the largest tenth; NaN where it does not exist.
func tailOf(jobs []float64) (exponent, se float64) {
	fit, err := measure.RankSize(jobs, measure.TopCount(len(jobs), tailShare))
	if err != nil {
		return ratio(0, 0), ratio(0, 0)
	}
	return fit.Exponent, fit.SE
}

// median is the middle value, NaN of nothing. It sorts its argument.
func median(x []float64) float64 { return quantile(x, .5) }

// quantile interpolates linearly between order statistics, position p(n-1); NaN of nothing. It sorts its argument.
func quantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return ratio(0, 0)
	}
	sort.Float64s(x)
	at := p * float64(len(x)-1)
	k := int(at)
	if k+1 >= len(x) {
		return x[len(x)-1]
	}
	return x[k] + float64((float64(at)-float64(k))*(x[k+1]-x[k]))
}
