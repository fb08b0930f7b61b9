package scenarios

import (
	"agglo/model/policy"
	"agglo/model/world"
)

// Option gives a policy of the section options as the model needs it, a strategy as its instruments, and whether there is one
// of that id.
func (s *Scenario) Option(id string) ([]policy.Spec, bool) {
	for _, p := range s.Options {
		if p.ID == id {
			return s.specs(p), true
		}
	}
	return nil, false
}

// specs turns a policy into what the model needs: itself, or a policy for every instrument of a strategy, with its share of
// the budget.
func (s *Scenario) specs(p Policy) []policy.Spec {
	if len(p.Elements) == 0 {
		return []policy.Spec{s.spec(p)}
	}
	var all []policy.Spec
	for _, e := range p.Elements {
		one := p
		one.ID, one.Instrument = p.ID+"."+e.Instrument, e.Instrument
		if e.Intensity != nil {
			one.Intensity = *e.Intensity
		}
		if e.Target != nil {
			one.Target = *e.Target
		}
		spec := s.spec(one)
		spec.Strategy, spec.Learning = p.ID, p.Learning
		if p.Budget != nil {
			spec.Budget *= e.Share.Value
		}
		all = append(all, spec)
	}
	return all
}

// spec turns a policy of one instrument into what the model needs.
func (s *Scenario) spec(p Policy) policy.Spec {
	from, to := s.span(p.From, p.To)
	spec := policy.Spec{
		ID: p.ID, Instrument: p.Instrument, From: from, To: to, Budget: -1, Intensity: p.Intensity.Value,
		Target: s.target(&p.Target), Style: styles[p.Style],
	}
	if p.Budget != nil {
		spec.Budget = s.workerYears(p.Budget.Value, p.Currency, p.PriceYear)
	}
	if p.Pace == "even" {
		spec.Pace = policy.Even
	}
	if p.Finance == "outside" {
		spec.Finance = policy.Outside
	}
	if c := p.Conditions; c != nil {
		spec.Conditions = policy.Conditions{Match: c.Match.Value, Membership: c.Membership, Trust: c.Trust.Value}
	}
	if p.Potential != nil {
		spec.Potential = p.Potential.Value
	}
	return spec
}

// styles are the words of Policy.Style.
var styles = map[string]policy.Style{"everyone": policy.Everyone, "central": policy.Central, "network": policy.Network}

// target turns a target into what the model needs.
func (s *Scenario) target(t *PolicyTarget) policy.Target {
	target := policy.Target{
		Sectors: s.sectorIndices(t.Sectors), Size: (*[2]float64)(t.Size), Age: (*[2]float64)(t.Age), Cluster: t.Cluster,
	}
	for i, x := range s.Regions {
		for _, id := range t.Regions {
			if id == x.ID {
				target.Regions = append(target.Regions, i)
			}
		}
	}
	if t.Within != nil {
		target.Within = &policy.Within{At: s.Middle(t.Within), KM: t.Within.KM.Value}
	}
	return target
}

// Middle is where a circle's middle lies in the plane.
func (s *Scenario) Middle(c *Circle) world.Point {
	at, km := c.At, c.AtKM
	for _, place := range s.Places {
		if place.ID == c.Place {
			at, km = place.At, place.AtKM
		}
	}
	return s.position(at, km)
}

// WorkerYears turns money of the scenario's currency and price year into the model's unit, at the agents' scale.
func (s *Scenario) WorkerYears(amount float64) float64 { return s.workerYears(amount, "", nil) }
