package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"agglo/model/world"
)

// directive is the instrument by which firms are told where to go.
const directive = "directive_creation"

// checkReached wants places and regions of every policy to have land: a policy without any could never reach a firm.
func (s *Scenario) checkReached(r *reader, areas []world.Area) {
	s.eachPolicy(func(p *Policy, path string) {
		s.checkTargetLand(r, areas, &p.Target, path+".target")
		for k := range p.Elements {
			if t := p.Elements[k].Target; t != nil {
				s.checkTargetLand(r, areas, t, fmt.Sprintf("%s.instruments[%d].target", path, k))
			}
		}
	})
}

func (s *Scenario) checkTargetLand(r *reader, areas []world.Area, t *PolicyTarget, path string) {
	if t.Within == nil {
		return // every region has land
	}
	middle := s.Middle(t.Within)
	least := math.Inf(1)
	for _, a := range areas {
		for c, land := range a.Land {
			if land <= 0 || len(t.Regions) > 0 && !slices.Contains(t.Regions, s.Regions[a.Region[c]].ID) {
				continue
			}
			x, y := a.X0+float64((float64(c%a.NX)+.5)*a.CellKM), a.Y0+float64((float64(c/a.NX)+.5)*a.CellKM)
			least = min(least, math.Hypot(x-middle.X, y-middle.Y)-float64(a.CellKM*math.Sqrt2/2))
		}
	}
	if least > t.Within.KM.Value {
		of := "of any area"
		if len(t.Regions) > 0 {
			of = "of the regions that it names"
		}
		r.faultAt(path+".within", "holds no land %s, of which the nearest is %.0f km from its middle: no firm could ever be reached", of, least)
	}
}

// noteOverlap says where outlines of regions overlap: a cell has one treasury, that of the first region in the list.
func (s *Scenario) noteOverlap(areas []world.Area) {
	outlines := make([]land, len(s.Regions))
	for i, x := range s.Regions {
		if x.Shape != nil {
			outlines[i] = s.outline(x.Shape)
		}
	}
	shared := map[[2]int]int{}
	for _, a := range areas {
		var parts []cut
		for c, ground := range a.Land {
			if c%a.NX == 0 {
				parts = cuts(outlines, a.Y0+float64((float64(c/a.NX)+.5)*a.CellKM))
			}
			first := a.Region[c]
			if ground <= 0 || first < 0 || outlines[first] == nil {
				continue
			}
			x := a.X0 + float64((float64(c%a.NX)+.5)*a.CellKM)
			for k := int(first) + 1; k < len(outlines); k++ {
				if outlines[k] != nil && parts[k].has(x) && parts[first].has(x) {
					shared[[2]int{int(first), k}]++
				}
			}
		}
	}
	for i := range s.Regions {
		for k := range s.Regions {
			if n := shared[[2]int{i, k}]; n > 0 {
				s.note("regions %s and %s overlap in %d cells: they belong to %s, which stands first", s.Regions[i].ID, s.Regions[k].ID, n, s.Regions[i].ID)
			}
		}
	}
}

// noteIdle says which policies can do nothing, which is legal and leaves no trace.
func (s *Scenario) noteIdle() {
	s.eachPolicy(func(p *Policy, _ string) {
		if p.Budget != nil && p.Budget.Value == 0 {
			s.note("policy %s has a budget of 0: it does nothing", p.ID)
		}
		if p.Intensity.Value == 0 {
			s.note("policy %s has an intensity of 0: it does nothing", p.ID)
		}
	})
}

// noteOrders says which policies tell the same firms to go to different places at the same time.
func (s *Scenario) noteOrders() {
	for i := range s.Policies {
		for k := range i {
			a, b := &s.Policies[k], &s.Policies[i]
			if a.Instrument != directive || b.Instrument != directive || reflect.DeepEqual(a.Target.Within, b.Target.Within) {
				continue
			}
			from, to := s.span(a.From, a.To)
			if first, last := s.span(b.From, b.To); first < to && from < last {
				s.note("policies %s and %s contradict each other: they tell firms to go to different places at the same time; a firm obeys the one "+
					"that reaches it, and may be told again by the other", a.ID, b.ID)
			}
		}
	}
}
