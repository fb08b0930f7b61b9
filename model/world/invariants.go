package world

import (
	"errors"
	"fmt"
	"math"
)

// Invariants says what is broken in a world at the end of a tick, all at once: numbers that are none, money that came
// from nowhere, workers that are nobody, trust out of range, ties to firms that are gone or that only one end knows.
func (w *World) Invariants() error {
	var faults []error
	add := func(format string, args ...any) {
		if len(faults) < 20 {
			faults = append(faults, fmt.Errorf("world: "+format, args...))
		}
	}
	f := &w.Firms
	jobs := 0.0
	for i, id := range f.ID {
		if id == 0 {
			continue
		}
		jobs += f.Labour[i]
		for name, x := range [...]float64{f.Labour[i], f.Capital[i], f.Cash[i], f.Appeal[i], f.LogTech[i], f.Sales[i], float64(f.Stock[i]), f.Profit[i],
			float64(f.Trustee[i]), float64(f.Spill[i]), float64(f.Ahead[i]), float64(f.Face[i].Know)} {
			if !finite(x) {
				add("firm %d: %s is %g", id, [...]string{"labour", "capital", "cash", "appeal", "technology", "sales", "R&D stock", "profit",
					"reliance on suppliers", "access to knowledge", "lead of the best", "published knowledge"}[name], x)
			}
		}
		if f.Labour[i] < 0 || f.Capital[i] < 0 || f.Appeal[i] <= 0 {
			add("firm %d: labour %g, capital %g, appeal %g: want none below 0", id, f.Labour[i], f.Capital[i], f.Appeal[i])
		}
		for d, z := range f.Z[i] {
			if !(z >= 0 && z <= 1) {
				add("firm %d: knowledge position %d is %g: want within [0,1]", id, d, z)
			}
		}
		w.tieFaults(i, add)
	}
	employed := 0.0
	for k := range w.Markets.Force {
		employed += w.Markets.Employed[k]
		force, wage, balance := w.Markets.Force[k], w.Markets.LogWage[k], w.Markets.Balance[k]
		if !finite(force) || force < 0 || !finite(wage) || !finite(balance) {
			add("labour market %d: force %g, log wage %g, balance %g", k, force, wage, balance)
		}
		if over := w.Markets.Employed[k] - force; !(over <= 1e-9*(1+force)) {
			add("labour market %d: %g more at work than live there", k, over)
		}
	}
	if !(math.Abs(employed-jobs) <= 1e-9*(1+jobs)) { // so written, what is no number is a fault too, here and below
		add("%g workers at home, %g at work", employed, jobs)
	}
	if gap := math.Abs(w.Money.Gap); !(gap <= 1e-9*(1+w.Money.Turnover)) {
		add("money: %g came from nowhere, %g of turnover", w.Money.Gap, gap/w.Money.Turnover)
	}
	return errors.Join(faults...)
}

// finite says whether x is a number, and not without bounds.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// tieFaults adds what is wrong with the ties of firm i.
func (w *World) tieFaults(i int, add func(string, ...any)) {
	f := &w.Firms
	if f.SupplyOf(i).row == f.CollabOf(i).row && f.SupplySet[i]&lanesOf(f.CollabSet[i]) != 0 {
		add("firm %d holds suppliers where it holds collaborations", f.ID[i])
	}
	for _, t := range f.AllSupplies(i) {
		if t.Partner < 0 || f.ID[t.Partner] == 0 {
			add("firm %d holds a supply tie to row %d, whose firm has closed", f.ID[i], t.Partner)
		}
		if t.Trust() > 1 { // a half-tie cannot hold less than 0
			add("firm %d: trust %g in a supplier: want within [0,1]", f.ID[i], t.Trust())
		}
	}
	for k, t := range f.AllCollaborations(i) {
		if t.Trust() > 1 {
			add("firm %d: trust %g in a collaborator: want within [0,1]", f.ID[i], t.Trust())
		}
		if t.Partner < 0 || f.ID[t.Partner] == 0 || !f.known(i, k, t) {
			add("firm %d holds a collaboration with row %d that the other end does not know", f.ID[i], t.Partner)
		}
	}
}
