package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"agglo/internal/table"
)

// menuOutcomes are those by which the instruments of a menu are ranked; a test that seeks the best of them has one of its own.
var menuOutcomes = []string{"value_added", "jobs", "innovations", "efficiency"}

// A MenuRow is an instrument of a menu by an outcome, beside arm b of its test.
type MenuRow struct {
	Instrument, Outcome, Unit string
	Spent                     float64 // public money since the branch, worker-years, mean over pairs
	Effect, Lo, Hi            float64 // %, of arm b in the same pair, mean over pairs with its 95% interval
	Change                    float64 // in the outcome's unit, mean over pairs
	Rank                      int     // by change over money, 1 = most; 0 where nothing was spent or nothing can be told
}

// PerSpent is the change that a worker-year of public money goes with; NaN where none was spent.
func (m *MenuRow) PerSpent() float64 {
	if !(m.Spent > 0) {
		return math.NaN()
	}
	return m.Change / m.Spent
}

// menuReadings are the outcomes of a menu at the end of a run.
func menuReadings(r *claimRecord, until int) []float64 {
	list := make([]float64, len(menuOutcomes))
	for k, name := range menuOutcomes {
		o, _ := claimOutcome(name)
		list[k] = o.read(r, until)
	}
	return list
}

// menu sets every instrument of a test beside arm b, outcome by outcome.
func (t *ClaimTest) menu(b *resampling, done []*claimReadings, n int) []MenuRow {
	if len(done) == 0 || len(done[0].menu) <= n || len(done[0].menu[n]) == 0 {
		return nil
	}
	var rows []MenuRow
	for k, name := range menuOutcomes {
		o, _ := claimOutcome(name)
		of := func(arm int) []float64 {
			list := make([]float64, len(done))
			for p, x := range done {
				list[p] = x.menu[n][arm][k]
			}
			return list
		}
		first := len(rows)
		for at, p := range t.Best {
			row := MenuRow{Instrument: p.Instrument, Outcome: name, Unit: o.unit}
			for _, x := range done {
				row.Spent += x.spent[n][1+at] / float64(len(done))
			}
			row.Effect, row.Lo, row.Hi = b.estimate(contrast("%", of(1+at), of(0)))
			row.Change = mean(contrast(o.unit, of(1+at), of(0)))
			rows = append(rows, row)
		}
		rankMenu(rows[first:])
	}
	return rows
}

// rankMenu ranks instruments by what goes with a unit of money; of equals the first in the menu comes first.
func rankMenu(rows []MenuRow) {
	var order []int
	for k := range rows {
		if !math.IsNaN(rows[k].PerSpent()) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rows[b].PerSpent(), rows[a].PerSpent()) })
	for rank, k := range order {
		rows[k].Rank = 1 + rank
	}
}

// hasMenu says whether a test seeks the best of several.
func (r *ClaimsRun) hasMenu() bool {
	return slices.ContainsFunc(r.Results, func(x ClaimResult) bool { return len(x.Menu) > 0 })
}

// menuRows writes menu.csv.
func (r *ClaimsRun) menuRows(w *table.Writer) {
	for k := range r.Results {
		x := &r.Results[k]
		for n := range x.Menu {
			m := &x.Menu[n]
			for _, cell := range []string{x.Test.ID, m.Outcome, m.Unit, m.Instrument} {
				w.Text(cell)
			}
			w.Integer(int64(x.Pairs))
			for _, v := range []float64{m.Spent, m.Effect, m.Lo, m.Hi, m.Change, m.PerSpent()} {
				w.Number(v)
			}
			w.Maybe(float64(m.Rank), m.Rank > 0)
			w.EndRow()
		}
	}
}

// menuPage is the menu to be read: the instruments by rank of the test's own outcome, else of the first.
func (r *ClaimResult) menuPage(say func(format string, args ...any)) {
	if len(r.Menu) == 0 {
		return
	}
	by := max(slices.Index(menuOutcomes, r.Test.Outcome), 0)
	own := slices.Clone(r.Menu[by*len(r.Test.Best) : (1+by)*len(r.Test.Best)])
	slices.SortStableFunc(own, func(a, b MenuRow) int { return cmp.Compare(rankKey(&a), rankKey(&b)) })
	say("\n## The menu of %s\n\nEach instrument beside *%s*: effects in %% with their 95%% intervals, each for itself and not adjusted for their number. Rank: by the change "+
		"that goes with a worker-year of public money. Who comes first by luck is not told from who is best.\n\n| instrument | money |", r.Test.ID, cell(r.Test.B.Says))
	for _, name := range menuOutcomes {
		say(" %s | rank |", name)
	}
	say("\n|---|---|")
	for range menuOutcomes {
		say("---|---|")
	}
	say("\n")
	for k := range own {
		say("| `%s` | %s |", own[k].Instrument, amount(own[k].Spent, false))
		for n := range r.Menu {
			if m := &r.Menu[n]; m.Instrument == own[k].Instrument {
				x := ClaimResult{Effect: m.Effect, Lo: m.Lo, Hi: m.Hi}
				say(" %s | %s |", x.Span(), rankWord(m.Rank))
			}
		}
		say("\n")
	}
}

// rankKey puts those without a rank behind the others.
func rankKey(m *MenuRow) int {
	if m.Rank == 0 {
		return math.MaxInt
	}
	return m.Rank
}

func rankWord(rank int) string {
	if rank == 0 {
		return "-"
	}
	return fmt.Sprint(rank)
}
