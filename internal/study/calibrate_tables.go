package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/fit"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/scenarios"
)

// Tables of a calibration, by their columns.
var (
	targetWords = []word{
		{"target", "", "statistic, metric and when; or the published figure of the scenario"}, {"wanted", "the metric's", "what runs should give"},
		{"tolerance", "the metric's", "distance that counts as 1"}, {"weight", "1", "of the squared distance; 0 = not fitted"},
		{"simulated", "the metric's", "mean over runs with the fitted parameters, on seeds that the search has not seen; sd at a tick: the deviation between them"},
		{"lo", "the metric's", "least of these runs"}, {"hi", "the metric's", "greatest of these runs"},
		{"off", "tolerances", "(simulated - wanted) / tolerance"}, {"held_out", "", "yes: not fitted, told beside the others"},
	}
	parameterWords = []word{
		{"parameter", "", "path, as --set takes it"}, {"prior_lo", "the parameter's", "lower end of the 90% that was believed before"},
		{"prior_median", "the parameter's", "median before"}, {"prior_hi", "the parameter's", "upper end"},
		{"point", "the parameter's", "fitted value: the point of least distance (cma), the posterior's median (abc)"},
		{"lo", "the parameter's", "lower end of the posterior's 90%; empty for cma"}, {"median", "the parameter's", "the posterior's median"},
		{"hi", "the parameter's", "upper end"},
		{"width", "1", "width of the posterior's 90% over that of the prior's, in levels of the prior"},
		{"told", "", "no: the targets hardly tell the parameter, its width is .8 or more"},
	}
	roundWords = []word{
		{"round", "", "from 0"}, {"points", "points", "looked at"}, {"failed", "points", "of them: a run failed or a target had no value"},
		{"best", "tolerances", "least distance so far"}, {"median", "tolerances", "median distance of the round"},
		{"tolerance", "tolerances", "distance within which particles are kept; empty for cma"},
		{"accepted", "points", "of the round that came within the tolerance of the round before"},
		{"effective", "particles", "even particles that the weighted ones are worth"},
	}
	densityWords = []word{
		{"parameter", "", "path"}, {"from", "the parameter's", "lower end of the bin"}, {"to", "the parameter's", "upper end"},
		{"prior", "1", "share of what was believed before in the bin"}, {"posterior", "1", "share of the posterior; empty for cma"},
	}
)

// tables are those of a calibration.
func (k *Calibrator) tables(r *Fit) []written {
	all := []written{
		{"fit", targetWords, r.targetRows}, {"parameters", parameterWords, r.parameterRows}, {"rounds", roundWords, r.roundRows},
		{"densities", densityWords, func(w *table.Writer) { k.densityRows(w, r) }},
	}
	if r.Particles != nil {
		words := []word{{"weight", "1", "they sum to 1"}, {"distance", "tolerances", "from the targets"}}
		for _, name := range k.names {
			words = append(words, word{name, "the parameter's", "value, moved to where it would lie had the results met the targets"})
		}
		all = append(all, written{"particles", words, func(w *table.Writer) { k.particleRows(w, r) }})
	}
	return all
}

func (r *Fit) targetRows(w *table.Writer) {
	for _, a := range r.Aims {
		w.Text(a.Name)
		for _, v := range []float64{a.Value, a.Tolerance, a.Weight, a.Simulated, a.Lo, a.Hi, a.Off} {
			w.Number(v)
		}
		w.Text(yes(a.Held))
		w.EndRow()
	}
}

// yes is a word for a flag.
func yes(flag bool) string {
	if flag {
		return "yes"
	}
	return "no"
}

func (r *Fit) parameterRows(w *table.Writer) {
	for _, p := range r.Parameters {
		w.Text(p.Name)
		for _, v := range []float64{p.Prior.Lo, p.Prior.Middle, p.Prior.Hi, p.Point, p.After.Lo, p.After.Middle, p.After.Hi, p.Narrow} {
			w.Number(v)
		}
		if math.IsNaN(p.Narrow) {
			w.Empty()
		} else {
			w.Text(yes(p.Narrow < untoldFrom))
		}
		w.EndRow()
	}
}

func (r *Fit) roundRows(w *table.Writer) {
	for _, one := range r.Rounds {
		w.Integer(int64(one.Number))
		w.Integer(int64(one.Points))
		w.Integer(int64(one.Failed))
		w.Number(one.Best)
		w.Number(one.Middle)
		w.Number(one.Tolerance)
		if math.IsNaN(one.Tolerance) {
			w.Empty()
		} else {
			w.Integer(int64(one.Accepted))
		}
		w.Number(one.Effective)
		w.EndRow()
	}
}

func (k *Calibrator) particleRows(w *table.Writer, r *Fit) {
	for _, p := range r.Particles {
		w.Number(p.Weight)
		w.Number(p.Distance)
		for j, f := range k.Calibration.Factors {
			w.Number(f.At(p.Point[j]))
		}
		w.EndRow()
	}
}

// Bins of densities.csv, and quantiles from which the prior's shares are counted.
const (
	bins       = 16
	priorDraws = 4800
	edgeLevel  = .002 // what lies beyond, of priors without ends, is left out
)

// densityRows writes prior and posterior of each parameter by bins of its value.
func (k *Calibrator) densityRows(w *table.Writer, r *Fit) {
	for j, f := range k.Calibration.Factors {
		lo, hi := f.At(edgeLevel), f.At(1-edgeLevel)
		if !f.Unbounded() {
			lo, hi = f.At(0), f.At(1)
		}
		if lo >= hi || f.Words != nil {
			continue
		}
		bin := func(v float64) int { return min(max(int(float64(bins)*(v-lo)/(hi-lo)), 0), bins-1) }
		before, after := make([]float64, bins), make([]float64, bins)
		for n := range priorDraws {
			before[bin(f.At((float64(n)+.5)/priorDraws))] += 1. / priorDraws
		}
		for _, p := range r.Particles {
			after[bin(f.At(p.Point[j]))] += p.Weight
		}
		for b := range bins {
			w.Text(f.Name)
			w.Number(lo + float64((hi-lo)*float64(b)/bins))
			w.Number(lo + float64((hi-lo)*float64(b+1)/bins))
			w.Number(before[b])
			w.Maybe(after[b], r.Particles != nil)
			w.EndRow()
		}
	}
}

// Flags are the settings of --set that give the fitted parameters, quoted where a shell asks for it.
func (k *Calibrator) Flags(r *Fit) []string {
	var flags []string
	for j, f := range k.Calibration.Factors {
		text := scenarios.SettingText(f, r.Point[j])
		if strings.ContainsAny(text, " '\"$") {
			text = "'" + text + "'"
		}
		flags = append(flags, fmt.Sprintf("--set %s=%s", f.Name, text))
	}
	return flags
}

// Sentences say in a language what was found, and what was not.
func (r *Fit) Sentences(lang string) []string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%d", n) }
	listed := func(names []string) string { return strings.Join(names, say("fitted.and", "", "")) }
	var says []string
	near, fitted := 0, 0
	for _, a := range r.Aims {
		if a.Held || a.Weight == 0 {
			continue
		}
		fitted++
		if math.Abs(a.Off) <= 1 {
			near++
		}
	}
	if !math.IsNaN(r.Distance) {
		says = append(says, say("fitted.near", whole(near), whole(fitted), text.Printed(lang, "%.3g", r.Distance)))
	}
	var untold []string
	for _, p := range r.Parameters {
		if p.Narrow >= untoldFrom {
			untold = append(untold, p.Name)
		}
	}
	if len(untold) > 0 {
		says = append(says, say("fitted.untold", listed(untold)))
	}
	if r.Method == "abc" {
		more := say("fitted.unsettled")
		if r.Settled {
			more = say("fitted.settled")
		}
		says = append(says, say("fitted.posterior", whole(len(r.Particles)), text.Printed(lang, "%.0f", r.Effective), text.Printed(lang, "%.3g", r.Tolerance), more))
	} else {
		says = append(says, say("fitted.interval"))
	}
	if r.Failed > 0 {
		says = append(says, say("fitted.failed", whole(r.Failed), whole(r.Runs)))
	}
	if still := r.still(lang); len(still) > 0 {
		says = append(says, say("fitted.still", listed(still)))
	}
	return says
}

// still lists targets that are the same in all particles.
func (r *Fit) still(lang string) []string {
	var names []string
	j := 0
	for _, a := range r.Aims {
		if a.Held || a.Weight == 0 {
			continue
		}
		at := j
		j++
		if len(r.Raw) > 1 && !slices.ContainsFunc(r.Raw, func(p fit.Particle) bool { return p.Values[at] != r.Raw[0].Values[at] }) {
			names = append(names, a.Called(lang))
		}
	}
	return names
}
