package measure

import "math"

// A PremiumSum gathers what the decomposition of a premium needs of a set of firms, such as a cluster's. The log
// efficiency of a firm is a sum of terms; the first is what the firm is able to do on its own, the others are what it owes
// to its place, one a channel.
type PremiumSum struct {
	Terms   int
	sectors []premiumSector
}

// premiumSector holds the weighted sums of a sector's firms.
type premiumSector struct {
	weight   float64
	terms    []float64 // weight x term
	young    float64   // weight of the young
	youngOwn float64   // of the young: weight x first term
}

// NewPremiumSum makes empty sums for so many sectors and terms, terms >= 1.
func NewPremiumSum(sectors, terms int) *PremiumSum {
	p := &PremiumSum{Terms: terms, sectors: make([]premiumSector, sectors)}
	for s := range p.sectors {
		p.sectors[s].terms = make([]float64, terms)
	}
	return p
}

// Add adds a firm: its sector, its weight (workers, >= 0), whether it is young, and its terms. A firm with a term that is
// no number is left out.
func (p *PremiumSum) Add(sector int, weight float64, young bool, terms []float64) {
	for _, x := range terms {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return
		}
	}
	s := &p.sectors[sector]
	s.weight += weight
	for k, x := range terms {
		s.terms[k] += float64(weight * x)
	}
	if young {
		s.young += weight
		s.youngOwn += float64(weight * terms[0])
	}
}

// Weight is the sum of all weights.
func (p *PremiumSum) Weight() float64 {
	t := 0.0
	for k := range p.sectors {
		t += p.sectors[k].weight
	}
	return t
}

// A Premium is the difference of mean log efficiency between two sets of firms, split into parts that add up to it.
type Premium struct {
	Total     float64   // log points: mean inside less mean outside, weighted
	Mix       float64   // inside there is more of the sectors that are more efficient everywhere
	Sorting   float64   // the young inside came with more ability than the young outside, in the same sector
	Selection float64   // the rest of the difference in own ability: who stayed, and what they learned on their own
	Channels  []float64 // what firms owe to their place, by channel: terms 1 and on
}

// Decompose splits the premium of the firms inside over those outside. In the sectors' shares it is the decomposition of
// Kitagawa (1955, doi:10.1080/01621459.1955.10501299), whose parts add up without a rest:
//
//	mix    = sum over sectors of (share in - share out) x (mean in + mean out)/2
//	within = sum over sectors of (share in + share out)/2 x (mean in - mean out), term by term
//
// A sector that one side lacks counts to mix alone. Within own ability, sorting is the same difference among the young,
// in sectors where both sides have some, and selection is the rest (Combes et al. 2012, doi:10.3982/ECTA8442, for the
// distinction). All parts are NaN when a side is empty.
func Decompose(in, out *PremiumSum) Premium {
	p := Premium{Channels: make([]float64, in.Terms-1)}
	a, b := in.Weight(), out.Weight()
	if !(a > 0 && b > 0) {
		nan := math.NaN()
		for k := range p.Channels {
			p.Channels[k] = nan
		}
		p.Total, p.Mix, p.Sorting, p.Selection = nan, nan, nan, nan
		return p
	}
	for s := range in.sectors {
		p.sector(&in.sectors[s], &out.sectors[s], a, b)
	}
	p.Total = p.Mix + p.Sorting + p.Selection
	for _, x := range p.Channels {
		p.Total += x
	}
	return p
}

// sector adds what one sector brings, a and b being the weights of all sectors inside and outside.
func (p *Premium) sector(in, out *premiumSector, a, b float64) {
	inside, outside := in.weight/a, out.weight/b
	mean := 0.0
	switch {
	case in.weight > 0 && out.weight > 0:
		mean = (in.mean() + out.mean()) / 2
	case in.weight > 0:
		mean = in.mean()
	case out.weight > 0:
		mean = out.mean()
	}
	p.Mix += float64((inside - outside) * mean)
	if !(in.weight > 0 && out.weight > 0) {
		return
	}
	share := (inside + outside) / 2
	for k := range p.Channels {
		p.Channels[k] += float64(share * (in.terms[k+1]/in.weight - out.terms[k+1]/out.weight))
	}
	own, young := in.terms[0]/in.weight-out.terms[0]/out.weight, 0.0
	if in.young > 0 && out.young > 0 {
		young = in.youngOwn/in.young - out.youngOwn/out.young
	}
	p.Sorting += float64(share * young)
	p.Selection += float64(share * (own - young))
}

// mean is the mean of the sum of all terms.
func (s *premiumSector) mean() float64 {
	t := 0.0
	for _, x := range s.terms {
		t += x
	}
	return t / s.weight
}
