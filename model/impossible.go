package model

import "fmt"

// impossible lists what is legal one by one but leaves no economy when put together.
func impossible(s *Setup) []error {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	e := &s.Params.Economy
	if e.Alpha+e.Beta >= 1 {
		add("economy.alpha + economy.beta = %g: want below 1, so that a share is left for inputs", e.Alpha+e.Beta)
	}
	if s.Params.Production.Slack*e.CostShare() < .5 {
		add("production.slack = %g: with economy.sigma = %g firms could not deliver half of what they plan", s.Params.Production.Slack, e.Sigma)
	}
	if len(s.Setting.Areas) == 0 || len(s.Setting.Sectors) == 0 || len(s.Setting.Regions) == 0 {
		add("a region needs at least one area, one sector and one treasury: have %d, %d, %d",
			len(s.Setting.Areas), len(s.Setting.Sectors), len(s.Setting.Regions))
	}
	firms, jobs := 0, 0.0
	for _, k := range s.Setting.Sectors {
		if k.Emerging != nil {
			continue
		}
		firms += k.Firms
		jobs += k.Employment
		if k.Firms > 0 && k.Employment <= float64(k.Firms)*e.Overhead {
			add("sector %s: %g workers in %d firms: want more than the overhead of %g workers a firm", k.ID, k.Employment, k.Firms, e.Overhead)
		}
	}
	if firms == 0 && len(s.Setting.Plants) == 0 {
		add("no firm at the start: every sector is empty or still to emerge")
	}
	force := 0.0
	for _, a := range s.Setting.Areas {
		force += a.LabourForce
		if a.NX*a.NY != len(a.Land) || len(a.Land) != len(a.Region) {
			add("area %s: %d x %d cells, but land for %d and regions for %d", a.ID, a.NX, a.NY, len(a.Land), len(a.Region))
		}
		if !(a.Wage > 0) {
			add("area %s: wage %g: want above 0", a.ID, a.Wage)
		}
	}
	if force > 0 && force < jobs && len(s.Setting.Plants) == 0 {
		add("labour force %.0f for %.0f jobs at the start: want at least as many workers as jobs", force, jobs)
	}
	return faults
}
