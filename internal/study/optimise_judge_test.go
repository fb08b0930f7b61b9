package study

import (
	"slices"
	"testing"

	"agglo/scenarios"
)

// By hand, in two worlds, since the run of the third failed. The first goal is 100 and 200 without the mix and 10 more and 10 less with it, of a
// mean of 150: +-6.67%. The second rises by 10 and 5 from -50, by 20 and 10%, and counts half. Scores are 16.67 and -1.67. Costs are 5 and
// 7, of which 1 and 3 come back as taxes.
func TestScoreByHand(t *testing.T) {
	o := &Optimiser{Plan: &scenarios.BudgetPlan{Objective: []scenarios.Goal{{Metric: "jobs", At: 6, Weight: 1}, {Metric: "synergy", At: 6, Weight: .5}}}}
	without := [][]float64{{0, 10, 100, -50}, {0, 12, 200, -50}, {0, 9, 1e6, 1e6}}
	with := [][]float64{{5, 11, 110, -40}, {7, 15, 190, -45}, nil}
	b := &BestMix{}
	l, err := o.score(b, without, with)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "baseline of the first goal", b.Baselines[0], 150, 1e-12)
	near(t, "effect on the first goal", l.Effects[0], 0, 1e-12)
	near(t, "effect on the second goal", l.Effects[1], 15, 1e-12)
	near(t, "score in the first world", l.scores[0], 10/1.5+10, 1e-12)
	near(t, "score", l.Score, 7.5, 1e-12)
	near(t, "cost", l.Cost, 6, 1e-12)
	near(t, "net cost", l.NetCost, 4, 1e-12)
	half := 12.706205 // Student's t of one degree of freedom, times the s.d. of 5 and 7 over the root of 2, which is 1
	near(t, "lower end of the cost", l.CostLo, 6-half, 1e-5)
	near(t, "upper end of the cost", l.CostHi, 6+half, 1e-5)
	with[1] = nil
	if _, err := o.score(b, without, with); err == nil {
		t.Error("one world is enough for a score")
	}
}

// Looked at again are nothing, the best, the best instrument alone and the front, and the next best fill what is left.
func TestPickByHand(t *testing.T) {
	b := &BestMix{}
	for k, m := range []struct {
		shares      []float64
		score, cost float64
	}{
		{[]float64{0, 0}, 0, 0},
		{[]float64{1, 0}, 2, 9}, // the best alone
		{[]float64{0, 1}, 1, 9},
		{[]float64{.5, .2}, 5, 7}, // the best
		{[]float64{.1, 0}, 3, 1},  // the front
		{[]float64{.5, .3}, 4.9, 8},
		{[]float64{.5, .4}, 4.8, 8},
		{[]float64{.5, .5}, .5, 8},
		{[]float64{.4, .4}, 4.7, 8},
		{[]float64{.3, .4}, 4.6, 8},
		{[]float64{.3, .3}, .4, 8},
	} {
		b.Mixes = append(b.Mixes, Mixed{Shares: m.shares, Found: Look{Score: m.score, Cost: m.cost}, nothing: k == 0})
	}
	want := []int{0, 1, 3, 4, 5, 6, 8, 9}
	if got := b.pick(); !slices.Equal(got, want) || b.Choice != 3 {
		t.Errorf("picked %v, the best is %d: want %v and 3", got, b.Choice, want)
	}
}
