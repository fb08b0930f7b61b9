package policy

import (
	"errors"
	"slices"
	"strings"

	"agglo/model/world"
)

// Rules are the policies of a scenario. What they have spent and built stands in the world's ledger.
type Rules struct {
	P        Params
	acts     []act
	emerging []int32 // numbers of young clusters in this tick
}

// An act is a policy in a tick.
type act struct {
	spec   Spec
	pays   Payment
	book   int // its place in the ledger
	policy Policy
	share  float64   // of its strength that it can pay for in this tick; 0 = does not act
	rows   []int32   // whom it reaches
	cost   []float64 // of each, as planned
}

// New makes the rules of policies and opens a book in the world for each that has none yet. All that is wrong with the
// specs comes back at once. Policies act in the order of their ids, so the order in which a scenario lists them changes no
// bit. A book without a policy, of one that a branch of a run has dropped, stays: its works stand and wear.
func New(specs []Spec, p Params, w *world.World) (*Rules, error) {
	if faults := check(specs, w); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r := &Rules{P: p}
	ordered := slices.Clone(specs)
	slices.SortFunc(ordered, func(a, b Spec) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range ordered {
		entry, _ := Find(s.Instrument)
		r.acts = append(r.acts, act{spec: s, pays: entry.Pays, policy: entry.New(s, &p)})
		if at, known := book(w, s.ID); !known {
			w.Ledger = slices.Insert(w.Ledger, at, world.LedgerEntry{Policy: s.ID})
		}
	}
	for k := range r.acts {
		r.acts[k].book, _ = book(w, r.acts[k].spec.ID)
	}
	return r, nil
}

// book is the place of a policy's book in the ledger, or where it would be.
func book(w *world.World, id string) (int, bool) {
	return slices.BinarySearchFunc(w.Ledger, id, func(e world.LedgerEntry, id string) int { return strings.Compare(e.Policy, id) })
}

// Act finds whom each policy reaches in a tick and how much of its strength it can pay for, and sets the levers. It must
// run alone, after firms are listed and before any rule reads a lever. In the tick in which the budget runs out the
// instrument acts at the strength that the rest of it pays for.
func (r *Rules) Act(w *world.World, tick int) error {
	w.ClearLevers()
	if len(w.Ledger) == 0 {
		return nil
	}
	m := &w.Money
	m.PolicyIn, m.PolicyBurnt, m.PublicCost = 0, 0, 0
	v := world.NewView(w)
	r.emerging = young(v, r.P.EmergingYears, r.emerging)
	for k := range w.Ledger {
		w.Ledger[k].Now = world.Cost{}
	}
	for k := range r.acts {
		a := &r.acts[k]
		e := &w.Ledger[a.book]
		a.share = 0
		if a.spec.Off() || tick < a.spec.From || tick >= a.spec.To {
			continue
		}
		if want := r.plan(v, a, e); want > 0 {
			a.share = a.affordable(want*(1+r.P.Admin), e.Total.Sum())
		}
		if a.share <= 0 {
			continue
		}
		for _, i := range a.rows {
			a.policy.Apply(int(i), a.share, &w.Levers)
		}
	}
	r.lay(w)
	return nil
}

// plan lists whom a policy reaches and what they would cost at full strength, and gives the sum. Works are built where
// they were begun.
func (r *Rules) plan(v world.View, a *act, e *world.LedgerEntry) float64 {
	a.rows, a.cost = a.rows[:0], a.cost[:0]
	if a.pays == ToBuilders && len(e.Sites) == 0 {
		e.Sites = r.sites(v, &a.spec.Target)
	}
	want := 0.0
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		if a.pays == ToBuilders {
			if !built(e, v.Cell(i)) {
				continue
			}
		} else if !a.spec.Target.reaches(v, i, r.emerging) {
			continue
		}
		c := a.policy.Cost(v, i)
		a.rows, a.cost = append(a.rows, int32(i)), append(a.cost, c)
		want += c
	}
	return want
}

// crumb is the part of a budget that is left alone: what rounding leaves, and what a tax break, whose cost nobody knows
// beforehand, leaves of its last tick.
const crumb = 1e-3

// affordable is the share of a sum wanted, administration included, that what is left of the budget pays for.
func (a *act) affordable(want, spent float64) float64 {
	if a.spec.Budget < 0 {
		return 1
	}
	left := a.spec.Budget - spent
	if left <= crumb*a.spec.Budget {
		return 0
	}
	return min(1, left/want)
}

// Charge books what each policy did cost and lets the payer pay. It must run alone, after firms have settled their
// accounts and before any of them closes or moves.
func (r *Rules) Charge(w *world.World, _ int) error {
	for k := range w.Ledger {
		e := &w.Ledger[k]
		e.Works -= float64(r.P.Wear / world.TicksPerYear * e.Works)
	}
	for k := range r.acts {
		if r.acts[k].share > 0 {
			r.charge(w, &r.acts[k], &w.Ledger[r.acts[k].book])
		}
	}
	return nil
}

// charge books one policy's tick. Firms have their subsidies already, with their accounts; the households who build and
// who administer are paid here.
func (r *Rules) charge(w *world.World, a *act, e *world.LedgerEntry) {
	v := world.NewView(w)
	gross := make([]float64, len(w.Money.Treasury))
	for k, row := range a.rows {
		i := int(row)
		c := a.policy.Spent(v, &w.Levers, i, a.share, float64(a.share*a.cost[k]))
		gross[v.Region(i)] += c
		if a.pays == ToBuilders {
			w.Receive(v.Cell(i), c)
		}
	}
	m := &w.Money
	for region, given := range gross {
		if given == 0 {
			continue
		}
		cost := world.Cost{Gross: given, Admin: float64(r.P.Admin * given)}
		if a.pays == NotAsked {
			cost.Forgone = given
		}
		if a.pays == Burnt {
			m.PolicyBurnt += cost.Sum()
		} else if !w.Pay(region, cost.Admin) {
			cost.Admin = 0 // nobody lives here who could administer
		}
		if a.spec.Finance == Outside {
			m.PolicyIn += cost.Sum()
			m.Treasury[region] += cost.Forgone // what is not asked of firms is made good
		} else {
			m.Treasury[region] -= cost.Sum() - cost.Forgone
		}
		m.PublicCost += cost.Sum()
		e.Now.Add(cost)
	}
	e.Total.Add(e.Now)
	if a.pays == ToBuilders {
		e.Works += e.Now.Gross
	}
}
