package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing/fstest"

	"agglo/model"
	"agglo/scenarios"
)

// scenario writes the recipe as a scenario file, reads that file as a user's would be read, and sets the parameters as --set
// does. What the reader refuses comes back as it says it.
func (r *recipe) scenario() (*scenarios.Scenario, error) {
	s, err := scenarios.Parse("world.yaml", []byte(r.yaml()), fstest.MapFS{})
	if err != nil {
		return nil, err
	}
	for _, p := range r.Params {
		if err := s.Set(p.Path, p.Value); err != nil {
			return nil, err
		}
	}
	return s, r.stretchRules(s)
}

// stretchRules makes every distance of the rules as much longer as the map.
func (r *recipe) stretchRules(s *scenarios.Scenario) error {
	if r.Stretch == 1 {
		return nil
	}
	for _, e := range model.Describe() {
		if e.Unit != "km" {
			continue
		}
		text, given := r.set(e.Path)
		if !given {
			text = e.Default
		}
		km, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		if err := s.Set(e.Path, number(r.Stretch*km)); err != nil {
			return err
		}
	}
	return nil
}

// number writes a value so that it is read back to the bit.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// date writes the date of a tick.
func date(tick int) string { return fmt.Sprintf("%dQ%d", 2000+tick/4, tick%4+1) }

// yaml writes the recipe's file.
func (r *recipe) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	km := func(x float64) string { return number(r.Stretch * x) }
	money := func(x float64) string { return number(r.Dearer * x) }
	line("agglo: 1\nid: torture\nstart: {year: 2000}\nticks: %d\nseed: %d\nscale: %d\norigin: [0, 0]", r.Ticks, r.Seed, r.Scale)
	line("currency: {code: unit, labour_cost: %s}", money(40000))
	line("areas:")
	for k, a := range r.Areas {
		wage := ""
		if a.Wage > 0 {
			wage = ", wage: " + money(a.Wage)
		}
		line("  - {id: a%d, name: a%d%s, cell_km: %s, shape: {box_km: [%s, %s], centre: [%s, 0]}, labour_force: %s, land: %s%s}", k, k, r.Label,
			km(a.Cell), km(a.W), km(a.H), number(a.North), number(a.Force*float64(r.Scale)), number(a.Land*float64(r.Scale)), wage)
	}
	if len(r.Regions) > 0 {
		line("regions:")
	}
	for k, x := range r.Regions {
		shape := ""
		if x.Inner {
			shape = fmt.Sprintf("shape: {box_km: [%s, %s]}, ", km(r.Areas[0].W/2), km(r.Areas[0].H))
		}
		line("  - {id: r%d, name: r%d%s, %stax: %s, trust_prior: %s, traits: {law_quality: %s, ip: %s, enterprise: %s, entry_cost: %s}}", k, k, r.Label, shape,
			number(x.Tax), number(x.Trust), number(x.Law), number(x.IP), number(x.Enter), number(x.F))
	}
	if len(r.Places) > 0 {
		line("places:")
	}
	for k, p := range r.Places {
		line("  - {id: t%d, name: t%d%s, at_km: [%s, %s], weight: %s}", k, k, r.Label, km(p.X), km(p.Y), number(p.Weight))
	}
	if r.TownKM > 0 {
		line("start_from: {town_km: %s}", km(r.TownKM))
	}
	r.writeSectors(line)
	r.writeEvents(line, km, money)
	return b.String()
}

func (r *recipe) writeSectors(line func(string, ...any)) {
	line("sectors:")
	for n := range r.Sectors {
		k := n
		if r.Order != nil {
			k = r.Order[n]
		}
		s := &r.Sectors[k]
		var inputs []string
		for j, share := range s.Inputs {
			inputs = append(inputs, fmt.Sprintf("s%d: %s", j, number(share)))
		}
		jobs, scale := "", float64(r.Scale)
		if s.Emerges < 0 {
			jobs = "employment: " + number(s.Jobs*scale) + ", "
		} else {
			jobs = fmt.Sprintf("emerging: {from: %s, midpoint: %s, mature_employment: %s}, ", date(s.Emerges), date(s.Midpoint), number(s.Mature*scale))
		}
		line("  - {id: s%d, name: s%d%s, group: g%d, firms: %s, %sdemand_growth: %s, tradable: %s, nation_share: %s, rd_intensity: %s, inputs: {%s}}", k, k, r.Label,
			s.Group, number(s.Firms*scale), jobs, number(s.Growth), number(s.Tradable), number(s.Nation), number(s.Research), strings.Join(inputs, ", "))
	}
}

func (r *recipe) writeEvents(line func(string, ...any), km, money func(float64) string) {
	if len(r.Institutions) > 0 {
		line("institutions:")
	}
	for k, in := range r.Institutions {
		more := ""
		if in.Budget >= 0 {
			more += ", budget: " + money(in.Budget)
		}
		if in.Fee >= 0 {
			more += ", fee: " + money(in.Fee)
		}
		if in.Sharing {
			more += ", sharing: true"
		}
		line("  - {id: i%d, name: i%d%s, kind: %s, at_km: [%s, %s], capacity: %s%s}", k, k, r.Label, in.Kind, km(in.X), km(in.Y), number(in.Capacity), more)
	}
	if len(r.Shocks) > 0 {
		line("shocks:")
	}
	for k, x := range r.Shocks {
		whose := ""
		if x.Sector >= 0 {
			whose = fmt.Sprintf("sectors: [s%d], ", x.Sector)
		}
		line("  - {id: x%d, what: %s, %sfrom: %s, to: %s, change: %s}", k, x.What, whose, date(x.From), date(x.To), number(x.Change))
	}
	if len(r.Policies) > 0 {
		line("policies:")
	}
	for _, p := range r.Policies {
		line("  - {%s}", p.yaml(km, money))
	}
}

// yaml writes the keys of a policy.
func (p *act) yaml(km, money func(float64) string) string {
	keys := []string{"id: " + p.ID, "instrument: " + p.Instrument, "from: " + date(p.From), "intensity: " + number(p.Intensity)}
	add := func(yes bool, format string, args ...any) {
		if yes {
			keys = append(keys, fmt.Sprintf(format, args...))
		}
	}
	add(p.To >= 0, "to: %s", date(max(p.To, 0)))
	add(p.Budget >= 0, "budget: %s", money(p.Budget))
	add(p.Outside, "finance: outside")
	add(p.Style != "", "style: %s", p.Style)
	add(p.Match > 0, "conditions: {match: %s}", number(p.Match))
	var target []string
	aim := func(yes bool, format string, args ...any) {
		if yes {
			target = append(target, fmt.Sprintf(format, args...))
		}
	}
	aim(p.Region >= 0, "regions: [r%d]", p.Region)
	aim(p.Sector >= 0, "sectors: [s%d]", p.Sector)
	aim(p.KM > 0, "within: {at_km: [%s, %s], km: %s}", km(p.X), km(p.Y), km(p.KM))
	aim(p.Size > 0, "size: [0, %s]", number(p.Size))
	aim(p.Cluster != "", "cluster: %s", p.Cluster)
	add(len(target) > 0, "target: {%s}", strings.Join(target, ", "))
	return strings.Join(keys, ", ")
}
