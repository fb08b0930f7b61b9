package model

import (
	"fmt"
	"math"

	"agglo/model/world"
)

// impossible lists what is legal one by one but leaves no economy when put together.
func impossible(s *Setup) []error {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	e := &s.Params.Economy
	if e.Alpha+e.Beta >= 1 {
		add("economy.alpha + economy.beta = %g: want below 1, so that a share is left for inputs", e.Alpha+e.Beta)
	}
	if e.UserCost() < leastUserCost {
		add("economy.interest + economy.depreciation = %g: want at least %g, or capital costs nothing and nobody has enough of it", e.UserCost(), leastUserCost)
	}
	if s.Params.Production.Slack*e.CostShare() < .5 {
		add("production.slack = %g: with economy.sigma = %g firms could not deliver half of what they plan", s.Params.Production.Slack, e.Sigma)
	}
	if d := &s.Params.Demography; d.SpinOff+d.DeNovo > 0 && d.EntrantLeast <= e.Overhead {
		add("demography.entrant_least = %g: want more than economy.overhead = %g workers, or the smallest newborns make nothing", d.EntrantLeast, e.Overhead)
	}
	if len(s.Setting.Areas) == 0 || len(s.Setting.Sectors) == 0 || len(s.Setting.Regions) == 0 {
		add("a region needs at least one area, one sector and one treasury: have %d, %d, %d",
			len(s.Setting.Areas), len(s.Setting.Sectors), len(s.Setting.Regions))
	}
	noSectors(s, add)
	noFirms(s, add)
	noGround(s, add)
	return faults
}

// leastUserCost is the least yearly cost of capital: a hundredth, so that no firm wants a hundred times the capital of one at the
// defaults.
const leastUserCost = .01

// noSectors adds sectors, tables and shocks that do not fit each other.
func noSectors(s *Setup, add func(string, ...any)) {
	sectors, known := s.Setting.Sectors, map[string]bool{}
	for _, k := range sectors {
		if known[k.ID] {
			add("sector %s is there twice: its firms would be the same firms", k.ID)
		}
		known[k.ID] = true
		if m := k.Emerging; m != nil && !(m.WidthYears > 0 && m.Mature > 0) {
			add("sector %s emerges over %g years to %g workers: want both above 0", k.ID, m.WidthYears, m.Mature)
		}
	}
	if len(s.Setting.Inputs) != len(sectors) {
		add("input shares of %d sectors for %d sectors", len(s.Setting.Inputs), len(sectors))
	}
	for k, row := range s.Setting.Inputs {
		sum := 0.0
		for _, x := range row {
			if !(x >= 0) {
				add("input shares of buyer %d: %g: want none below 0", k, x)
			}
			sum += x
		}
		if len(row) != len(sectors) || !(sum > 1-1e-6 && sum < 1+1e-6) {
			add("input shares of buyer %d: %d shares that add up to %g, want %d that add up to 1", k, len(row), sum, len(sectors))
		}
	}
	for _, shock := range s.Setting.Shocks {
		for _, k := range shock.Sectors {
			if k < 0 || k >= len(sectors) {
				add("shock %s: sector %d of %d", shock.ID, k, len(sectors))
			}
		}
	}
}

// noFirms adds what leaves no firm at the start, firms without work to do, or fewer people than jobs.
func noFirms(s *Setup, add func(string, ...any)) {
	firms, jobs, overhead := 0, 0.0, s.Params.Economy.Overhead
	for _, k := range s.Setting.Sectors {
		if k.Emerging != nil || len(s.Setting.Plants) > 0 {
			continue
		}
		firms += k.Firms
		jobs += k.Employment
		if k.Firms > 0 && k.Employment <= float64(k.Firms)*overhead {
			add("sector %s: %g workers in %d firms: want more than the overhead of %g workers a firm", k.ID, k.Employment, k.Firms, overhead)
		}
	}
	for k, p := range s.Setting.Plants {
		firms++
		jobs += p.Employment
		if p.Sector < 0 || p.Sector >= len(s.Setting.Sectors) {
			add("plant %d: sector %d of %d", k, p.Sector, len(s.Setting.Sectors))
		}
		if !(p.Employment > 0) {
			add("plant %d: %g workers: want more than 0", k, p.Employment)
		}
	}
	if firms == 0 {
		add("no firm at the start: every sector is empty or still to emerge")
	} else if most := float64(firms - 1); s.Params.Trust.TieBase > most {
		add("trust.tie_base = %g: every firm may keep as many suppliers and as many collaborators, and there are %d firms at the start: want at most %g", s.Params.Trust.TieBase, firms, most)
	}
	force, natural := 0.0, false
	for _, a := range s.Setting.Areas {
		force += a.LabourForce
		natural = natural || a.LabourForce == 0 // as many as its jobs ask for
	}
	if !natural && force < jobs*(1-1e-9) {
		add("labour force %.0f for %.0f jobs at the start: want at least as many workers as jobs", force, jobs)
	}
	for _, k := range s.Setting.Sectors {
		if least := float64(k.Firms) * s.Params.Demography.EntrantLeast; k.Emerging != nil && !natural && least > force {
			add("sector %s emerges with %d firms of at least %g workers: there are %.0f people", k.ID, k.Firms, s.Params.Demography.EntrantLeast, force)
		}
	}
}

// noGround adds areas without cells, without people, or whose cells belong to nobody who is known.
func noGround(s *Setup, add func(string, ...any)) {
	regions := len(s.Setting.Regions)
	for _, a := range s.Setting.Areas {
		if a.NX < 1 || a.NY < 1 || !(a.CellKM > 0) {
			add("area %s: %d x %d cells of %g km: want at least one cell of some width", a.ID, a.NX, a.NY, a.CellKM)
		}
		if a.NX*a.NY != len(a.Land) || len(a.Land) != len(a.Region) {
			add("area %s: %d x %d cells, but land for %d and regions for %d", a.ID, a.NX, a.NY, len(a.Land), len(a.Region))
		}
		if !(a.Wage > 0) {
			add("area %s: wage %g: want above 0", a.ID, a.Wage)
		}
		if !(a.LabourForce >= 0) {
			add("area %s: labour force %g: want 0, for natural unemployment, or more", a.ID, a.LabourForce)
		}
		for c, x := range a.Land {
			if !(x >= 0) {
				add("area %s: cell %d has land %g: want 0 or more", a.ID, c, x)
				break
			}
		}
		for c, r := range a.Region {
			if int(r) < -1 || int(r) >= regions {
				add("area %s: cell %d lies in region %d of %d", a.ID, c, r, regions)
				break
			}
		}
	}
	for k := range s.Setting.Areas {
		for j := range k {
			if n := overlap(&s.Setting.Areas[j], &s.Setting.Areas[k]); n > 0 {
				add("areas %s and %s lie on each other: %d cells of %s have their middle on land of %s; want every place in one area", s.Setting.Areas[j].ID,
					s.Setting.Areas[k].ID, n, s.Setting.Areas[k].ID, s.Setting.Areas[j].ID)
			}
		}
	}
}

// overlap counts the cells of area b with land whose middle lies on land of area a.
func overlap(a, b *world.Area) int {
	if a.NX*a.NY != len(a.Land) || b.NX*b.NY != len(b.Land) || !(a.CellKM > 0) {
		return 0 // told already
	}
	n := 0
	for c, land := range b.Land {
		x := math.Floor((b.X0 + float64((float64(c%b.NX)+.5)*b.CellKM) - a.X0) / a.CellKM)
		y := math.Floor((b.Y0 + float64((float64(c/b.NX)+.5)*b.CellKM) - a.Y0) / a.CellKM)
		if land > 0 && x >= 0 && y >= 0 && x < float64(a.NX) && y < float64(a.NY) && a.Land[int(y)*a.NX+int(x)] > 0 {
			n++
		}
	}
	return n
}
