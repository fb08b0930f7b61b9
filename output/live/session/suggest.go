package session

import (
	"fmt"
	"math"
	"slices"

	"agglo/model/policy"
)

// Suggestion is a policy as a page proposes it: ordinary settings, to be begun with the next tick.
type Suggestion struct {
	Policy Policy `json:"policy"`
	Local  bool   `json:"local"` // it serves all who are in its place
}

// Of a policy that is proposed: its money is a share of the region's value added for some years, that of agglo compare.
const (
	proposedShare = .005 // per year
	proposedYears = 10
)

// suggest proposes a policy at a place.
func (s *Session) suggest(m *message) (any, error) {
	if s.main == nil {
		return nil, errNoWorld
	}
	e, known := policy.Find(m.Name)
	if !known {
		return nil, fmt.Errorf("there is no instrument %q", m.Name)
	}
	v, added := s.main.view(), 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			added += v.ValueAdded(i)
		}
	}
	money := added * v.Scale() * v.Currency().LabourCost * proposedShare * proposedYears
	p := Policy{ID: freeID(slices.Concat(s.draft().Policies, s.spec.Policies), m.Name), Instrument: m.Name, From: s.main.tick() + 1, To: s.main.tick() + 1 + proposedYears*4,
		Budget: rounded(money), Intensity: 1, X: m.X, Y: m.Y, KM: m.KM}
	return Suggestion{p, e.Local()}, nil
}

// rounded is a number with two digits that count.
func rounded(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Round(v/unit) * unit
}
