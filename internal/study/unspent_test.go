package study

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// A budget is told in real firms' money, and what is left of it; what rounding leaves is nothing, and no limit leaves nothing to tell.
func TestUnspent(t *testing.T) {
	for _, c := range []struct {
		budgets            []float64
		gross, admin, loss float64
		budget, left       float64
		says               string
	}{
		{budgets: []float64{60, 40}, gross: 120, admin: 10, loss: 20, budget: 200, left: 50, says: "a: 100 of the 400 USD of its budget (25%) are not spent at the end."},
		{budgets: []float64{100}, gross: 199, budget: 200},
		{budgets: []float64{100}, gross: 199.5, budget: 200},
		{budgets: []float64{100}, gross: 220, budget: 200},
		{budgets: []float64{100, -1}, gross: 20, budget: math.NaN(), left: math.NaN()},
	} {
		arm := Arm{ID: "a"}
		for _, b := range c.budgets {
			arm.Policies = append(arm.Policies, policy.Spec{ID: "a", Budget: b})
		}
		r := &Result{Arms: []Arm{arm}, scale: 2}
		with := &record{flows: []flow{{cost: world.Cost{Gross: c.gross, Admin: c.admin, GuaranteeLoss: c.loss}}}}
		got := r.costs(&pairs{base: []*record{{flows: []flow{{}}}, {flows: []flow{{}}}}, with: []*record{with, with}}, newResampling(1, 2))
		if same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }; !same(got.Budget, c.budget) || !same(got.Unspent, c.left) {
			t.Errorf("budgets %v, %v given: %v, %v left: want %v, %v", c.budgets, c.gross, got.Budget, got.Unspent, c.budget, c.left)
		}
		says := got.Left("en", func(x float64) string { return fmt.Sprint(2 * x) }, "USD")
		if says != c.says {
			t.Errorf("budgets %v: %q, want %q", c.budgets, says, c.says)
		}
	}
}
