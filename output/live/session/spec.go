package session

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/scenarios"
	"agglo/sim/param"
)

// A Spec says what a session runs: all that is needed to run it again. It is what a page keeps, shares as a link, and what
// the shown command line says.
type Spec struct {
	Scenario string   `json:"scenario"`       // a built-in name, or the id of the scenario in File
	File     string   `json:"file,omitempty"` // text of a scenario file; empty: the built-in one
	Seed     uint64   `json:"seed"`
	Params   []Value  `json:"params,omitempty"`  // for the whole run
	Changes  []Change `json:"changes,omitempty"` // from a tick on
	Policies []Policy `json:"policies,omitempty"`
	Bare     bool     `json:"bare,omitempty"` // the twin does without the scenario's own policies too
}

// A Value is a parameter of the rules with its value as text.
type Value struct {
	Path  string `json:"path"`
	Value string `json:"value"`
}

// A Change is a parameter with the value that it has from the tick behind Tick on.
type Change struct {
	Tick  int    `json:"tick"`
	Path  string `json:"path"`
	Value string `json:"value"`
}

// A Policy is an instrument with its dates, money, strength and place.
type Policy struct {
	ID         string  `json:"id"`
	Instrument string  `json:"instrument"`
	From       int     `json:"from"`              // first tick
	To         int     `json:"to,omitempty"`      // first tick without it; 0 = it does not end
	Budget     float64 `json:"budget,omitempty"`  // in the scenario's money; 0 = no limit
	Intensity  float64 `json:"intensity"`         // strength, 1 = ordinary
	X          float64 `json:"x,omitempty"`       // km
	Y          float64 `json:"y,omitempty"`       // km
	KM         float64 `json:"km,omitempty"`      // radius of the circle; 0 = everywhere
	Cluster    string  `json:"cluster,omitempty"` // any, existing, emerging, none; empty = do not ask
	Outside    bool    `json:"outside,omitempty"` // money from outside the region
}

// ready is a spec turned into what the model needs.
type ready struct {
	scenario *scenarios.Scenario
	with     model.Setup   // policies of the page among the others
	without  model.Setup   // the same but for the policies of the page, and for the scenario's own where the twin does without them
	own      []policy.Spec // the scenario's own policies
	changes  []scenarios.Change
}

// MaxTicks is the longest run of a session, quarters: 500 years.
const MaxTicks = 2000

// resolve checks a spec and turns it into setups. The error holds all mistakes that can be seen together.
func (s *Spec) resolve(l Limits) (*ready, error) {
	base, err := s.open(l)
	if err != nil {
		return nil, err
	}
	var faults []error
	if s.Seed >= 1<<53 {
		faults = append(faults, fault("page.seed.bad"))
	}
	if len(s.Params) > l.Entries || len(s.Changes) > l.Entries {
		return nil, fault("page.fault.entries", l.Entries)
	}
	if most := l.Policies + l.Begun; len(s.Policies) > most {
		return nil, fault("page.policies.begun", most)
	}
	for _, p := range s.Params {
		if err := param.Set(&base.Params, p.Path, p.Value); err != nil {
			faults = append(faults, err)
		}
	}
	r := &ready{scenario: base}
	ticks := MaxTicks
	if len(faults) == 0 {
		if r.without, err = base.Setup(scenarios.Overrides{Seed: &s.Seed, Ticks: &ticks}); err != nil {
			return nil, err
		}
		if r.own = r.without.Policies; s.Bare {
			r.without.Policies = nil
		}
	}
	own := base.Ticks // dates are held against how long a session may go on, which is longer than the scenario's own run
	base.Ticks.Value = MaxTicks
	for k := range s.Policies {
		p := &s.Policies[k]
		if err := p.check(); err != nil {
			faults = append(faults, err)
		} else if err := base.AddPolicies("policy "+p.ID, []byte(p.text(base))); err != nil {
			faults = append(faults, policyFault(p, err))
		}
	}
	base.Ticks = own
	for _, c := range s.Changes {
		if c.Tick < 0 || c.Tick > MaxTicks {
			faults = append(faults, fault("page.fault.tick", MaxTicks))
		}
		r.changes = append(r.changes, scenarios.Change(c))
	}
	if r.changes, err = scenarios.Later(r.changes, base.Params); err != nil {
		faults = append(faults, err)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r.with, err = base.Setup(scenarios.Overrides{Seed: &s.Seed, Ticks: &ticks})
	return r, err
}

// open reads the scenario, and refuses one that is larger than the limits.
func (s *Spec) open(l Limits) (*scenarios.Scenario, error) {
	var base *scenarios.Scenario
	var err error
	switch {
	case len(s.File) > l.FileBytes:
		return nil, fault("page.file.large")
	case s.File != "":
		base, err = scenarios.Parse("scenario.yaml", []byte(s.File), nil)
	default:
		if !slices.Contains(scenarios.Names(), s.Scenario) {
			return nil, fault("page.fault.scenario", s.Scenario, strings.Join(scenarios.Names(), ", "))
		}
		base, err = scenarios.Load(s.Scenario)
	}
	if err != nil {
		return nil, err
	}
	setup, err := base.Setup(scenarios.Overrides{})
	if err != nil {
		return nil, err
	}
	firms, cells := 0, 0
	for _, x := range setup.Setting.Sectors {
		firms += x.Firms
	}
	for _, a := range setup.Setting.Areas {
		cells += a.NX * a.NY
	}
	if planes := cells * len(setup.Setting.Sectors); firms > l.Firms || planes > l.Planes {
		return nil, fault("page.large", base.ID, firms, planes, l.Firms, l.Planes)
	}
	return base, nil
}

// idForm is what the id of a policy may be: it stands in a command line.
var idForm = regexp.MustCompile("^[a-z][a-z0-9-]{0,39}$")

// check finds what a policy's own numbers have wrong that its text would hide.
func (p *Policy) check() error {
	_, known := policy.Find(p.Instrument)
	switch {
	case !known:
		near, _ := param.Nearest(p.Instrument, policy.Instruments())
		return fmt.Errorf("there is no instrument %q: did you mean %s?", p.Instrument, near)
	case !idForm.MatchString(p.ID):
		return fmt.Errorf("policy %q: want an id of small letters, digits and dashes", p.ID)
	case !slices.Contains([]string{"", "any", "existing", "emerging", "none"}, p.Cluster):
		return fmt.Errorf("policy %s is for clusters %q: want any, existing, emerging or none", p.ID, p.Cluster)
	case p.From < 1 || p.From > MaxTicks || p.To != 0 && (p.To <= p.From || p.To > 2*MaxTicks):
		return fault("page.fault.dates", named("policy."+p.Instrument), MaxTicks)
	case !(p.Budget >= 0) || !(p.KM >= 0):
		return fault("page.fault.negative", named("policy."+p.Instrument))
	}
	return nil
}

// text is the policy as a scenario file says it, on one line.
func (p *Policy) text(s *scenarios.Scenario) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b strings.Builder
	fmt.Fprintf(&b, "{id: %s, instrument: %s, from: %s", p.ID, p.Instrument, date(s, p.From))
	if p.To > 0 {
		fmt.Fprintf(&b, ", to: %s", date(s, p.To))
	}
	if p.Budget > 0 {
		fmt.Fprintf(&b, ", budget: %s", number(p.Budget))
	}
	fmt.Fprintf(&b, ", intensity: %s", number(p.Intensity))
	if p.Outside {
		b.WriteString(", finance: outside")
	}
	var target []string
	if p.KM > 0 {
		target = append(target, fmt.Sprintf("within: {at_km: [%s, %s], km: %s}", number(p.X), number(p.Y), number(p.KM)))
	}
	if p.Cluster != "" {
		target = append(target, "cluster: "+p.Cluster)
	}
	if len(target) > 0 {
		fmt.Fprintf(&b, ", target: {%s}", strings.Join(target, ", "))
	}
	b.WriteString("}")
	return b.String()
}

// date is the quarter of a tick as a scenario file says it.
func date(s *scenarios.Scenario, tick int) string {
	quarter := 4*s.Start.Year.Int() + startQuarter(s) - 1 + tick
	return fmt.Sprintf("%dQ%d", quarter/4, quarter%4+1)
}

// startQuarter is the quarter of tick 0, 1 to 4.
func startQuarter(s *scenarios.Scenario) int {
	return max(1, s.Start.Quarter.Int())
}

// command is the command line that repeats a run of the spec up to a tick; of a twin without what it does without.
// File names the scenario where it is none of the built-in ones.
func (s *Spec) command(r *ready, tick int, without bool) string {
	var b strings.Builder
	name := s.Scenario
	if s.File != "" {
		name = r.scenario.ID + ".yaml"
	}
	fmt.Fprintf(&b, "agglo run %s --seed %d --ticks %d", name, s.Seed, tick)
	for _, p := range s.Params {
		fmt.Fprintf(&b, " --set %s=%s", p.Path, strings.TrimSpace(p.Value)) // a value may stand between spaces, which a shell would part
	}
	for _, c := range r.changes {
		if c.Tick < tick {
			fmt.Fprintf(&b, " --set %s", c)
		}
	}
	if without && s.Bare {
		b.WriteString(" --no-policies")
	}
	if !without {
		for k := range s.Policies {
			fmt.Fprintf(&b, " --policy '%s'", s.Policies[k].text(r.scenario))
		}
	}
	return b.String()
}
