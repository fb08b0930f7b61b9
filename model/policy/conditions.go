package policy

import "agglo/model/world"

// takesPart says whether row i, a living firm, is in a policy's target and meets its conditions.
func (r *Rules) takesPart(v world.View, a *act, e *world.LedgerEntry, i, tick int) bool {
	s := &a.spec
	t := s.Target
	if s.moves(a.parts) {
		if t.Within != nil && t.circles(world.Point{X: v.X(i), Y: v.Y(i)}) || built(e, v.Cell(i)) {
			return false
		}
		t.Within = nil
	}
	return t.place(v.Region(i), world.Point{X: v.X(i), Y: v.Y(i)}) && r.suits(v, a, i, v.Cell(i), tick)
}

// suits says whether row i, if it is in the places of a policy's target, would take part in a cell: it is of the kind that the target
// asks for, and meets the conditions.
func (r *Rules) suits(v world.View, a *act, i, cell, tick int) bool {
	s := &a.spec
	if !s.Target.suits(v, i, r.emerging) || !r.promises(v, s, v.CellMarket(cell), v.Sector(i)) {
		return false
	}
	if a.tail > 0 && v.Age(i)*world.TicksPerYear < float64(tick-s.To) {
		return false // founded when nobody gave guarantees any more
	}
	c := &s.Conditions
	switch {
	case c.Membership == "cluster" && v.Cluster(i) == 0, c.Membership == "facility" && !r.members[i]:
		return false
	case c.Trust > 0 && meanTrust(v, i) < c.Trust:
		return false
	}
	if c.Match > 0 {
		own := 0.0
		for k := range a.parts {
			if a.parts[k].at != onSites {
				own += float64(c.Match * a.parts[k].cost(v, i))
			}
		}
		return v.Cash(i) >= own
	}
	return true
}

// moves says whether a policy takes firms from outside its circle.
func (s *Spec) moves(parts []component) bool { return len(parts) > 0 && parts[0].at == elsewhere }

// meanTrust is the mean trust of firm i in its partners, 0 without partners.
func meanTrust(v world.View, i int) float64 {
	sum, n := 0.0, 0.0
	v.EachTie(i, func(_ world.TieKind, _ int, trust float64) {
		sum += trust
		n++
	})
	return sum / max(n, 1)
}

// promises says whether a sector stands out in a labour market as the policy asks: its location quotient, the share of the
// market's workers over the share of all workers, is at least Potential. Of sector -1 any will do.
func (r *Rules) promises(v world.View, s *Spec, market, sector int) bool {
	if s.Potential <= 0 {
		return true
	}
	if market < 0 {
		return false
	}
	for k := range v.Sectors() {
		if (sector < 0 || k == sector) && r.quotients[market*v.Sectors()+k] >= s.Potential {
			return true
		}
	}
	return false
}

// quotients works out the location quotients, by labour market x sector; 0 where nobody works.
func quotients(v world.View, into []float64) []float64 {
	n := v.Sectors()
	into = append(into[:0], make([]float64, v.Markets()*n)...)
	market, sector, all := make([]float64, v.Markets()), make([]float64, n), 0.0
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		k, s, jobs := v.CellMarket(v.Cell(i)), v.Sector(i), v.Jobs(i)
		into[k*n+s] += jobs
		market[k] += jobs
		sector[s] += jobs
		all += jobs
	}
	for k := range market {
		for s := range sector {
			if x := &into[k*n+s]; *x > 0 {
				*x = *x / market[k] / (sector[s] / all)
			}
		}
	}
	return into
}
