package scenarios

import "fmt"

// checkMoney looks at currencies.
func (s *Scenario) checkMoney(r *reader) {
	s.noteMoney(r)
	s.eachPolicy(func(p *Policy, path string) {
		if p.Currency != "" && p.Currency != s.Currency.Code && !r.wrong("currency") {
			if _, known := s.Currency.FX[p.Currency]; !known {
				r.faultAt(path+".currency", "%q has no rate%s: want it under currency.fx", p.Currency, suggest(p.Currency, sortedKeys(s.Currency.FX)))
			}
		}
		switch {
		case p.Budget == nil:
			s.note("policy %s has no budget: it spends without a limit", p.ID)
		case p.Budget.Value > 0 && p.Budget.Value < s.Currency.LabourCost.Value && (p.Currency == "" || p.Currency == s.Currency.Code):
			s.note("%s%s.budget: %.6g %s is less than a worker costs in a year, %.6g: want whole units of the currency, not thousands or millions",
				r.where(path+".budget"), path, p.Budget.Value, s.Currency.Code, s.Currency.LabourCost.Value)
		}
	})
}

// eachPolicy visits policies, then options.
func (s *Scenario) eachPolicy(visit func(p *Policy, path string)) {
	for i := range s.Policies {
		visit(&s.Policies[i], fmt.Sprintf("policies[%d]", i))
	}
	for i := range s.Options {
		visit(&s.Options[i], fmt.Sprintf("options[%d]", i))
	}
}

// checkEvents compares dates with the run and with each other.
func (s *Scenario) checkEvents(r *reader) {
	ids := map[string]string{}
	s.eachPolicy(func(p *Policy, path string) {
		if first, twice := ids[p.ID]; twice && p.ID != "" && first[:3] != path[:3] {
			r.faultAt(path+".id", "%s is used twice; first as %s", p.ID, first)
		}
		ids[p.ID] = path
		s.checkSpan(r, p.From, p.To, path, "policy "+p.ID)
		s.checkPolicy(r, p, path)
	})
	s.noteDoubles()
	s.noteIdle()
	s.noteOrders()
	for i, x := range s.Shocks {
		s.checkSpan(r, x.From, x.To, fmt.Sprintf("shocks[%d]", i), "shock "+x.ID)
	}
	end := s.Start.date().plus(s.Ticks.Int())
	for i, x := range s.Targets {
		path := fmt.Sprintf("targets[%d]", i)
		s.checkDate(r, x.Date, path+".date", end)
		s.checkDate(r, x.Since, path+".since", end)
		if x.Since != (Date{}) && x.Date != (Date{}) && x.Date.ticksSince(x.Since) <= 0 {
			r.faultAt(path+".since", "%v is not before the target's date, %v", x.Since, x.Date)
		}
		s.checkPublished(r, &x, path)
		if !x.Growth() && x.Tolerance.Value >= 1 {
			s.note("%s%s.tolerance: %.6g takes anything from 0 on as near: want a share, .1 for 10%%", r.where(path+".tolerance"), path, x.Tolerance.Value)
		}
	}
}

// checkDate wants a target's date not to lie before the run. One behind its end is only left unused, so that a run may be
// cut short without editing the targets.
func (s *Scenario) checkDate(r *reader, d Date, path string, end Date) {
	switch start := s.Start.date(); {
	case d == (Date{}), r.wrong("start", "ticks"):
	case d.ticksSince(start) < 0:
		r.faultAt(path, "%v is outside the run, which goes from %v to %v", d, start, end)
	case d.ticksSince(end) > 0:
		s.note("%s: %v is behind the end of the run, %v, and will not be reached", path, d, end)
	}
}

// checkSpan wants a span of time that has something in common with the run.
func (s *Scenario) checkSpan(r *reader, from, to Date, path, what string) {
	start := s.Start.date()
	end := start.plus(s.Ticks.Int())
	switch {
	case from != (Date{}) && to != (Date{}) && to.ticksSince(from) <= 0:
		r.faultAt(path+".to", "%v is not after from, %v", to, from)
	case r.wrong("start", "ticks"):
	case from != (Date{}) && from.ticksSince(end) >= 0:
		r.faultAt(path+".from", "%v is outside the run, which goes from %v to %v", from, start, end)
	case to != (Date{}) && to.ticksSince(start) <= 0:
		r.faultAt(path+".to", "%v is outside the run, which goes from %v to %v", to, start, end)
	case from != (Date{}) && from.ticksSince(start) < 0:
		s.note("%s begins in %v, before the start: it acts from tick 0", what, from)
	}
}

// checkTarget looks at ranges and circles.
func (s *Scenario) checkTarget(r *reader, t *PolicyTarget, path string) {
	for _, x := range []struct {
		pair *Pair
		key  string
	}{{t.Size, "size"}, {t.Age, "age"}} {
		if x.pair != nil && x.pair[0] >= x.pair[1] && !r.wrong(path+"."+x.key) {
			r.faultAt(path+"."+x.key, "[%v, %v): want the first number below the second", x.pair[0], x.pair[1])
		}
	}
	checkCircle(r, t.Within, path)
}

// checkCircle wants a circle to have one middle.
func checkCircle(r *reader, c *Circle, path string) {
	if c == nil {
		return
	}
	given := 0
	for _, yes := range []bool{c.Place != "", c.At != nil, c.AtKM != nil} {
		if yes {
			given++
		}
	}
	if given != 1 && !r.wrong(path+".within") {
		r.faultAt(path+".within", "has %d middles: want one of place, at, at_km", given)
	}
}

// date is the date of tick 0.
func (s Start) date() Date { return Date{Year: s.Year.Int(), Quarter: s.Quarter.Int()} }

// plus is the date some quarters later.
func (d Date) plus(ticks int) Date {
	q := 4*d.Year + d.Quarter - 1 + ticks
	return Date{Year: q / 4, Quarter: q%4 + 1}
}
