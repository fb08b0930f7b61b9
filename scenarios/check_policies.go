package scenarios

import (
	"fmt"
	"math"
	"reflect"

	"agglo/model/policy"
)

// checkPolicy looks at what the keys of a policy ask of each other.
func (s *Scenario) checkPolicy(r *reader, p *Policy, path string) {
	s.checkTarget(r, &p.Target, path+".target")
	switch {
	case r.wrong(path+".instrument", path+".instruments") || r.unread(path):
	case p.Instrument == "" && len(p.Elements) == 0:
		r.faultAt(path+".instrument", "is missing: want an instrument, or instruments that share the budget; see agglo policies")
	case p.Instrument != "" && len(p.Elements) > 0:
		r.faultAt(path+".instruments", "stands beside instrument: want one of them")
	}
	if p.Learning && (len(p.Elements) == 0 || p.Budget == nil) && !r.wrong(path+".instruments") {
		r.faultAt(path+".learning", "moves money between the instruments of a strategy: want instruments and a budget")
	}
	if p.Style != "" && p.Style != "everyone" && (p.Budget == nil || p.To == Date{}) && !r.wrong(path+".to") {
		r.faultAt(path+".style", "%s chooses whom the money of a quarter reaches: want a budget and a date to", p.Style)
	}
	if p.Pace == "even" && (p.Budget == nil || p.To == Date{}) && !r.wrong(path+".to") {
		r.faultAt(path+".pace", "even parts the budget over the quarters: want a budget and a date to")
	}
	s.checkElements(r, p, path)
	s.checkReach(r, p.Instrument, &p.Target, p, path+".target", path)
}

// checkElements looks at the instruments of a strategy.
func (s *Scenario) checkElements(r *reader, p *Policy, path string) {
	sum, first, known := 0.0, map[string]int{}, !r.unread(path+".instruments")
	for k := range p.Elements {
		e := &p.Elements[k]
		at := fmt.Sprintf("%s.instruments[%d]", path, k)
		if n, twice := first[e.Instrument]; twice && e.Instrument != "" {
			r.faultAt(at+".instrument", "%s stands in the strategy twice, first as instruments[%d]: want each once", e.Instrument, n)
		} else {
			first[e.Instrument] = k
		}
		sum += e.Share.Value
		known = known && !r.unread(at) && !r.wrong(at+".share")
		target, where := &p.Target, path+".target"
		if e.Target != nil {
			target, where = e.Target, at+".target"
			s.checkTarget(r, target, where)
		}
		s.checkReach(r, e.Instrument, target, p, where, at)
	}
	if len(p.Elements) > 0 && known && math.Abs(sum-1) > 1e-6 {
		r.faultAt(path+".instruments", "shares sum to %g: want 1", sum)
	}
}

// checkReach refuses choices of firms where an instrument serves all who are in a place.
func (s *Scenario) checkReach(r *reader, instrument string, t *PolicyTarget, p *Policy, target, path string) {
	e, known := policy.Find(instrument)
	if !known || !e.Local() {
		return
	}
	if len(t.Sectors) > 0 || t.Size != nil || t.Age != nil {
		r.faultAt(target, "%s serves all who pass: it can be aimed at regions, circles and clusters, not at sectors, sizes or ages", instrument)
	}
	if p.Style == "central" || p.Style == "network" || p.Conditions != nil {
		r.faultAt(path, "%s serves all who pass: it can have no style and no conditions", instrument)
	}
}

// noteDoubles says which policies do the same to the same firms at the same time: their strengths add up.
func (s *Scenario) noteDoubles() {
	for i := range s.Policies {
		for k := range i {
			a, b := &s.Policies[k], &s.Policies[i]
			if a.Instrument == "" || a.Instrument != b.Instrument || !reflect.DeepEqual(a.Target, b.Target) {
				continue
			}
			from, to := s.span(a.From, a.To)
			if first, last := s.span(b.From, b.To); first < to && from < last {
				s.note("policies %s and %s are the same instrument on the same target at the same time: their strengths add up", a.ID, b.ID)
			}
		}
	}
}
