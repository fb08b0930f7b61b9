package main

import (
	"fmt"
	"slices"

	"agglo/internal/table"
	"agglo/model/policy"
)

// A programme is how a policy of a case went, beside what the file says of it. A budget that is gone early is a policy that the
// place never had: the page tells it.
type programme struct {
	caseID, policy, instrument string
	quarters                   int     // from its begin to its end or the run's
	paid                       []int   // of them those in which money went, by run, in ascending order
	budget, spent              float64 // worker-years; budget below 0 without a limit, spent the mean over runs
}

// programmes lists the policies of a case in the order of its ledger.
func (o *aCase) programmes() []programme {
	var all []programme
	scale := o.scenario.Scale.Value
	for _, p := range o.paid {
		k := slices.IndexFunc(o.x.setup.Policies, func(s policy.Spec) bool { return s.ID == p.Policy })
		if k < 0 || len(p.Money) == 0 {
			continue
		}
		s := &o.x.setup.Policies[k]
		one := programme{
			caseID: o.scenario.ID, policy: s.ID, instrument: s.Instrument, budget: s.Budget * scale,
			quarters: max(min(s.To, o.x.setup.Ticks+1)-max(s.From, 1), 0), paid: slices.Sorted(slices.Values(p.Quarters)),
		}
		for _, money := range p.Money {
			one.spent += money / float64(len(p.Money))
		}
		all = append(all, one)
	}
	return all
}

// limited says whether there is a budget of which a part can be told.
func (p *programme) limited() bool { return p.budget > 0 }

// programmesTable writes how long the money of every policy lasted.
func programmesTable(path string, all []*aCase) error {
	w, err := table.Create(path, "case", "policy", "instrument", "quarters", "quarters_paid_least", "quarters_paid_most", "budget", "spent", "runs")
	if err != nil {
		return err
	}
	for _, one := range all {
		for _, p := range one.programmes() {
			for _, cell := range []string{p.caseID, p.policy, p.instrument} {
				w.Text(cell)
			}
			for _, n := range []int{p.quarters, p.paid[0], p.paid[len(p.paid)-1]} {
				w.Integer(int64(n))
			}
			w.Maybe(p.budget, p.budget >= 0)
			w.Number(p.spent)
			w.Integer(int64(len(p.paid)))
			w.EndRow()
		}
	}
	return w.Close()
}

// programmesPage is the table to be read.
func programmesPage(say func(format string, args ...any), all []*aCase) {
	say("\nPolicies: quarters from the begin to the end that the file says, or the run's; quarters in which money went, least and most over runs; and " +
		"what went of the budget, mean over runs.\n\n")
	say("| case | policy | instrument | quarters | of them with money | of the budget |\n|---|---|---|---|---|---|\n")
	for _, one := range all {
		for _, p := range one.programmes() {
			paid, spent := fmt.Sprintf("%d to %d", p.paid[0], p.paid[len(p.paid)-1]), "-"
			if p.paid[0] == p.paid[len(p.paid)-1] {
				paid = fmt.Sprint(p.paid[0])
			}
			if p.limited() {
				spent = fmt.Sprintf("%.0f%%", 100*p.spent/p.budget)
			}
			say("| `%s` | %s | `%s` | %d | %s | %s |\n", p.caseID, p.policy, p.instrument, p.quarters, paid, spent)
		}
	}
}
