package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/fit"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/sim/rng"
)

// score holds the worlds with a mix against the same worlds without it. Worlds in which a run failed are left out.
func (o *Optimiser) score(b *BestMix, without, with [][]float64) (*Look, error) {
	goals := o.Plan.Objective
	var whole []int
	for k := range with {
		if without[k] != nil && with[k] != nil {
			whole = append(whole, k)
		}
	}
	if len(whole) < 2 {
		return nil, fmt.Errorf("of %d worlds %d came to their end with and without the mix: want 2 at least; rounds/*/failures.csv say why", len(with), len(whole))
	}
	l := &Look{P: math.NaN(), scores: make([]float64, len(whole))}
	b.Baselines = make([]float64, len(goals))
	for g, goal := range goals {
		base, difference := 0.0, make([]float64, len(whole))
		for i, k := range whole {
			base += without[k][2+g] / float64(len(whole))
			difference[i] = with[k][2+g] - without[k][2+g]
		}
		if math.IsNaN(base) || base == 0 {
			return nil, fmt.Errorf("%s at tick %d is %s in the worlds without a policy, so that no effect can be told in percent of it: want another metric or tick",
				goal.Metric, goal.At, map[bool]string{true: "not defined", false: "0"}[math.IsNaN(base)])
		}
		b.Baselines[g] = base
		for i := range difference {
			difference[i] *= 100 / math.Abs(base)
			l.scores[i] += float64(goal.Weight * difference[i])
		}
		l.effects = append(l.effects, difference)
	}
	for _, k := range whole {
		l.costs = append(l.costs, with[k][0])
		l.nets = append(l.nets, with[k][0]-(with[k][1]-without[k][1]))
	}
	l.estimate(newResampling(o.setup.Seed, len(whole)))
	return l, nil
}

// estimate fills in means and intervals.
func (l *Look) estimate(r *resampling) {
	l.Score, l.Lo, l.Hi = r.estimate(l.scores)
	l.Cost, l.CostLo, l.CostHi = r.estimate(l.costs)
	l.NetCost, _ = moments(l.nets)
	for _, x := range l.effects {
		mean, lo, hi := r.estimate(x)
		l.Effects, l.EffectLo, l.EffectHi = append(l.Effects, mean), append(l.EffectLo, lo), append(l.EffectHi, hi)
	}
}

// mostAgain bounds the mixes that are looked at again.
const mostAgain = 8

// again looks a second time, on fresh worlds, at nothing, the search's best, the best instrument alone, the mixes of the search's
// front and the next best: of many that were tried the best looks better than it is.
func (o *Optimiser) again(ctx context.Context, q *Inquiry, w Work, b *BestMix) error {
	picked := b.pick()
	var mixes [][]float64
	for _, k := range picked {
		mixes = append(mixes, b.Mixes[k].Shares)
	}
	rows, err := o.look(ctx, q, w, "fresh", mixes, o.Plan.Fresh, rng.Replicate(o.setup.Seed, checkSeed))
	if err != nil {
		return err
	}
	// a world in which any run failed is left out for all, so that all are compared on the same
	for k := range o.Plan.Fresh {
		if slices.ContainsFunc(rows, func(worlds [][]float64) bool { return worlds[k] == nil }) {
			for m := range rows {
				rows[m][k] = nil
			}
		}
	}
	var p []float64
	for i, k := range picked {
		l, err := o.score(b, rows[0], rows[1+i])
		if err != nil {
			return err
		}
		b.Mixes[k].Fresh, b.Looked = l, len(l.scores)
		p = append(p, pairedP(l.scores))
		if b.Mixes[k].nothing {
			p[i] = math.NaN() // no test: it is the same
		}
	}
	for i, x := range holm(p) {
		b.Mixes[picked[i]].Fresh.P = x
	}
	b.rank(o.setup.Seed, picked)
	return nil
}

// pick chooses the mixes to be looked at again, in the order of the search.
func (b *BestMix) pick() []int {
	var scores, costs []float64
	best, alone := 0, -1
	for k := range b.Mixes {
		m := &b.Mixes[k]
		scores, costs = append(scores, m.Found.Score), append(costs, m.Found.Cost)
		if m.Found.Score > b.Mixes[best].Found.Score {
			best = k
		}
		if slices.Contains(m.Shares, 1) && (alone < 0 || m.Found.Score > b.Mixes[alone].Found.Score) {
			alone = k
		}
	}
	b.Choice = best
	var picked []int
	for _, k := range []int{0, best, alone} { // the first is nothing
		if k >= 0 && !slices.Contains(picked, k) {
			picked = append(picked, k)
		}
	}
	front := fit.Front(scores, costs)
	var along []int
	for k := range front {
		if front[k] && !slices.Contains(picked, k) {
			along = append(along, k)
		}
	}
	slices.SortFunc(along, func(x, y int) int { return cmp.Compare(costs[x], costs[y]) })
	room := mostAgain - len(picked)
	for i := range min(room, len(along)) { // spread along the front
		picked = append(picked, along[i*len(along)/min(room, len(along))])
	}
	order := make([]int, len(b.Mixes))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(scores[y], scores[x]) })
	for _, k := range order { // the next best fill what is left
		if len(picked) < mostAgain && !slices.Contains(picked, k) {
			picked = append(picked, k)
		}
	}
	slices.Sort(picked)
	return picked
}

// rank finds the best on fresh worlds, the front, and the chance of each to be the best.
func (b *BestMix) rank(seed uint64, picked []int) {
	var scores, costs []float64
	b.Winner = picked[0]
	for _, k := range picked {
		scores, costs = append(scores, b.Mixes[k].Fresh.Score), append(costs, b.Mixes[k].Fresh.Cost)
		if b.Mixes[k].Fresh.Score > b.Mixes[b.Winner].Fresh.Score {
			b.Winner = k
		}
		b.Mixes[k].Chance = 0
	}
	for i, on := range fit.Front(scores, costs) {
		b.Mixes[picked[i]].Front = on
	}
	for _, picks := range newResampling(seed, b.Looked).picks {
		best, top := 0, math.Inf(-1)
		for i, k := range picked {
			if s := meanOf(b.Mixes[k].Fresh.scores, picks); s > top { // on a tie the one that was tried first: nothing
				best, top = i, s
			}
		}
		b.Mixes[picked[best]].Chance += 1. / resamples
	}
}

// Sure says whether the winner is better than nothing beyond chance, all that were looked at again taken into account.
func (b *BestMix) Sure() bool {
	l := b.Mixes[b.Winner].Fresh
	return l != nil && !b.Mixes[b.Winner].nothing && l.Lo > 0 && l.P < .05
}

// Name tells a mix in words.
func (o *Optimiser) Name(m *Mixed) string {
	type part struct {
		name  string
		share float64
	}
	var parts []part
	for j, share := range m.Shares {
		if share >= .005 {
			parts = append(parts, part{o.Plan.Instruments[j], share})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.share, a.share) })
	var words []string
	for _, p := range parts {
		words = append(words, fmt.Sprintf("%s %.0f%%", p.name, 100*p.share))
	}
	if len(words) == 0 {
		return "nothing"
	}
	return strings.Join(words, ", ")
}

// Sentences say in a language what was found, and how sure it is.
func (o *Optimiser) Sentences(lang string, b *BestMix) []string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%d", n) }
	score := func(x float64) string { return text.Printed(lang, "%.2f", x) }
	percent := func(x float64) string { return text.Printed(lang, "%.0f", 100*x) }
	choice := &b.Mixes[b.Choice]
	if choice.Fresh == nil {
		return []string{say("mixed.stopped", whole(len(b.Mixes)))}
	}
	winner := &b.Mixes[b.Winner]
	name, l := o.Called(lang, winner), winner.Fresh
	var says []string
	switch {
	case winner.nothing:
		says = append(says, say("mixed.none"))
	case b.Sure():
		says = append(says, say("mixed.best", name, whole(b.Looked), score(l.Score), score(l.Lo), score(l.Hi), whole(b.again()), percent(winner.Chance)))
	default:
		says = append(says, say("mixed.chance", whole(b.Looked), name, score(l.Score), score(l.Lo), score(l.Hi), text.Printed(lang, "%.2g", l.P), whole(b.again()), percent(winner.Chance)))
	}
	if !choice.nothing {
		says = append(says, say("mixed.promised", score(choice.Found.Score), o.Called(lang, choice), score(choice.Fresh.Score), score(choice.Fresh.Lo), score(choice.Fresh.Hi)))
	} else {
		says = append(says, say("mixed.neither"))
	}
	for k := range b.Mixes {
		if m := &b.Mixes[k]; m.nothing && m.Fresh != nil {
			says = append(says, say("mixed.idle", percent(m.Chance)))
			break
		}
	}
	if spent := l.Cost / o.Budget(); !winner.nothing && spent < .9*sum(winner.Shares) {
		says = append(says, say("mixed.spends", percent(spent)))
	}
	return says
}

// Called is the name of a mix in a language: by its ids, as its table has it, in English.
func (o *Optimiser) Called(lang string, m *Mixed) string {
	if lang != text.Russian {
		return o.Name(m)
	}
	return text.Mix(lang, o.Name(m))
}

// Budget is the money in all, in the scenario's currency.
func (o *Optimiser) Budget() float64 {
	return o.Money * o.setup.Setting.Scale * o.setup.Setting.Currency.LabourCost
}

func sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}

// again counts the mixes that were looked at again.
func (b *BestMix) again() int {
	n := 0
	for k := range b.Mixes {
		if b.Mixes[k].Fresh != nil {
			n++
		}
	}
	return n
}

// tables are those of an optimisation.
func (o *Optimiser) tables(b *BestMix) []written {
	words := []word{{"mix", "", "number, from 0; 0 = nothing is spent"}, {"name", "", "shares of the budget in words, from half a percent on"}, {"round", "", "of the search in which it was tried"}}
	for _, name := range o.Plan.Instruments {
		words = append(words, word{"share_" + name, "1", "share of the budget"})
	}
	for _, look := range []string{"search", "fresh"} {
		on := map[string]string{"search": "on the worlds of the search, of which the best is too good", "fresh": "on fresh worlds; empty if it was not looked at again"}[look]
		words = append(words, word{look + "_score", "%", "weighted sum of the effects on the goals, in % of the baseline, " + on},
			word{look + "_lo", "%", "95% interval"}, word{look + "_hi", "%", "upper end"},
			word{look + "_cost", "currency", "public money spent, mean"}, word{look + "_cost_lo", "currency", "95% interval"}, word{look + "_cost_hi", "currency", "upper end"},
			word{look + "_net_cost", "currency", "less taxes that came back"})
		for _, g := range o.Plan.Objective {
			name := fmt.Sprintf("%s_%s_%d", look, g.Metric, g.At)
			words = append(words, word{name, "%", "effect on the goal"}, word{name + "_lo", "%", "95% interval"}, word{name + "_hi", "%", "upper end"})
		}
	}
	words = append(words, word{"p_adjusted", "1", "p-value that the score on fresh worlds is 0: paired t-test, adjusted for the mixes looked at again (Holm)"},
		word{"front", "", "yes: of those looked at again no other costs less and scores as much"},
		word{"chance_best", "1", "chance of being the best of those looked at again: bootstrap of fresh worlds"},
		word{"choice", "", "search: the search's best; fresh: the best on fresh worlds; both"})
	return []written{{"mixes", words, func(w *table.Writer) { o.mixRows(w, b) }}}
}

func (o *Optimiser) mixRows(w *table.Writer, b *BestMix) {
	for k := range b.Mixes {
		m := &b.Mixes[k]
		w.Integer(int64(k))
		w.Text(o.Name(m))
		w.Integer(int64(m.Round))
		for _, share := range m.Shares {
			w.Number(share)
		}
		for _, l := range []*Look{&m.Found, m.Fresh} {
			if l == nil {
				for range 7 + 3*len(o.Plan.Objective) {
					w.Empty()
				}
				continue
			}
			for _, v := range []float64{l.Score, l.Lo, l.Hi, l.Cost, l.CostLo, l.CostHi, l.NetCost} {
				w.Number(v)
			}
			for g := range o.Plan.Objective {
				w.Number(l.Effects[g])
				w.Number(l.EffectLo[g])
				w.Number(l.EffectHi[g])
			}
		}
		if m.Fresh == nil {
			w.Empty()
			w.Empty()
		} else {
			w.Number(m.Fresh.P)
			w.Text(yes(m.Front))
		}
		w.Number(m.Chance)
		choice := ""
		switch {
		case b.Looked == 0:
		case k == b.Choice && k == b.Winner:
			choice = "both"
		case k == b.Choice:
			choice = "search"
		case k == b.Winner:
			choice = "fresh"
		}
		w.Text(choice)
		w.EndRow()
	}
}
