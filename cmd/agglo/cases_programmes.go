package main

import (
	"fmt"
	"slices"

	"agglo/internal/table"
	"agglo/model"
	"agglo/model/policy"
	"agglo/output"
	"agglo/scenarios"
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
func (o *aCase) programmes() []programme { return programmesOf(o.scenario, &o.x.setup, o.paid) }

// programmesOf lists the policies of a scenario in the order of the ledger of its runs.
func programmesOf(scenario *scenarios.Scenario, setup *model.Setup, paid []output.Paid) []programme {
	var all []programme
	for _, p := range paid {
		k := slices.IndexFunc(setup.Policies, func(s policy.Spec) bool { return s.ID == p.Policy })
		if k < 0 || len(p.Money) == 0 {
			continue
		}
		s := &setup.Policies[k]
		one := programme{
			caseID: scenario.ID, policy: s.ID, instrument: s.Instrument, budget: s.Budget * scenario.Scale.Value,
			quarters: max(min(s.To, setup.Ticks+1)-max(s.From, 1), 0), paid: slices.Sorted(slices.Values(p.Quarters)),
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

// early says whether all of a budget was spent, in every run, before four fifths of the time were over.
func (p *programme) early() bool {
	const all, long = .998, .8 // a thousandth of a budget is left alone, see policy
	return p.limited() && p.spent >= all*p.budget && float64(p.paid[len(p.paid)-1]) < long*float64(p.quarters)
}

// printEarly names the policies of a run whose money was gone early: the place had them for less time than the file says.
func printEarly(c *console, scenario *scenarios.Scenario, x *execution) error {
	if c.json || x.from != nil || x.manifest.Every > 1 { // the ledger has not a row for each quarter
		return nil
	}
	paid, err := output.ReadPaid(x.dir)
	if err != nil {
		return err
	}
	for _, p := range programmesOf(scenario, &x.setup, paid) {
		if p.early() {
			c.print("Money of %s (%s) lasts for %s of %d quarters; pace: even would spread it\n", p.policy, p.instrument, p.spans(), p.quarters)
		}
	}
	return nil
}

// spans is the least and the most number of quarters with money.
func (p *programme) spans() string {
	least, most := p.paid[0], p.paid[len(p.paid)-1]
	if least == most {
		return fmt.Sprint(most)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

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
			spent := "-"
			if p.limited() {
				spent = fmt.Sprintf("%.0f%%", 100*p.spent/p.budget)
			}
			say("| `%s` | %s | `%s` | %d | %s | %s |\n", p.caseID, p.policy, p.instrument, p.quarters, p.spans(), spent)
		}
	}
}
