package study

import (
	"math"
	"slices"

	"agglo/model/policy"
)

// A side says to which group of a comparison a firm belongs.
type side uint8

const (
	out       side = iota // of neither
	treated               // treated sectors in the place, or what stands for them
	control               // what they are compared with
	fellows               // of a triple difference: other sectors in the place
	rivals                // treated sectors elsewhere
	strangers             // other sectors elsewhere
)

// estimate tells an arm's effect in one world as the measurement says, in the outcome's unit; NaN where it does not exist.
// base is the same world without the policy, which only the comparison of whole worlds reads.
func (m *Measurement) estimate(p, base *panel, t *policy.Target) float64 {
	sum := 0.0
	for year := m.Years[0]; year <= m.Years[1]; year++ {
		switch m.By {
		case byPlaces:
			sum += m.places(p, t, year)
		case byWorld:
			k := slices.Index(sumNames[:], m.Outcome)
			sum += float64(100 * (logOf(total(p, year, k)) - logOf(total(base, year, k))))
		default:
			sum += m.firms(p, t, year)
		}
	}
	return sum / float64(m.Years[1]-m.Years[0]+1)
}

// total is a sum over all firms at a year's end.
func total(p *panel, year, of int) float64 {
	sum := 0.0
	for k := range p.years[year].census {
		sum += p.years[year].census[k].sums[of]
	}
	return sum
}

// places is the growth of a sum since the branch in the treated places and sectors less that of the others, log points.
func (m *Measurement) places(p *panel, t *policy.Target, year int) float64 {
	of := slices.Index(sumNames[:], m.Outcome)
	var sums [2][2]float64 // before and now, treated and control
	for now, at := range [2]int{0, year} {
		for k := range p.years[at].census {
			c := &p.years[at].census[k]
			sectors, places, _ := stands(t, c.sector, c.region, c.at)
			switch {
			case sectors && places:
				sums[now][0] += c.sums[of]
			case m.Control != "rivals" || sectors:
				sums[now][1] += c.sums[of]
			}
		}
	}
	return 100 * (logOf(sums[1][0]) - logOf(sums[0][0]) - logOf(sums[1][1]) + logOf(sums[0][1]))
}

// sideOf says on which side of the comparison a firm of the branch is.
func (m *Measurement) sideOf(f *panelFirm, t *policy.Target) side {
	if m.Size != nil && (f.size < m.Size[0] || f.size >= m.Size[1]) || m.Age != nil && (f.age < m.Age[0] || f.age >= m.Age[1]) {
		return out
	}
	sectors, places, ring := stands(t, f.sector, f.region, f.at)
	switch {
	case m.By == byTriple && sectors && places:
		return treated
	case m.By == byTriple && places:
		return fellows
	case m.By == byTriple && sectors:
		return rivals
	case m.By == byTriple:
		return strangers
	case m.Group == "ring" && ring && sectors:
		return treated
	case m.Group == "ring" && (ring || places):
		return out
	case m.Group == "" && sectors && places:
		return treated
	case m.Control == "rivals" && !sectors:
		return out
	}
	return control
}

// firms is the mean change since the branch of treated firms less that of the others, of firms that live at both times.
func (m *Measurement) firms(p *panel, t *policy.Target, year int) float64 {
	o := slices.IndexFunc(p.outcomes, func(x firmOutcome) bool { return x.name == m.Outcome })
	was, is := p.years[0].values[o], p.years[year].values[o]
	var sum, n [strangers + 1]float64
	before, paid := 0.0, 0.0 // of the treated
	for k := range p.firms {
		change := is[k] - was[k]
		if math.IsNaN(change) {
			continue
		}
		s := m.sideOf(&p.firms[k], t)
		sum[s] += change
		n[s]++
		if s == treated {
			before += was[k]
			paid += p.years[year].paid[k]
		}
	}
	mean := func(s side) float64 { return over(sum[s], n[s]) }
	effect := mean(treated) - mean(control)
	if m.By == byTriple {
		effect = mean(treated) - mean(fellows) - (mean(rivals) - mean(strangers))
	}
	switch x := &p.outcomes[o]; {
	case x.relative:
		return 100 * over(effect, before/n[treated])
	case x.name == leverage:
		return over(effect, paid/n[treated])
	default:
		return effect * x.scale
	}
}

// told is an effect in one world: the first measurement less the second. NaN where one of them does not exist.
func (e *PublishedEffect) told(of func(m *Measurement) float64) float64 {
	x := of(&e.Of)
	if e.Less != nil {
		x -= of(e.Less)
	}
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}
