package study

import (
	"slices"

	"agglo/internal/table"
)

// word is a line of the dictionary.
type word struct{ column, unit, meaning string }

// dictionary describes the tables of a comparison.
var dictionary = map[string][]word{
	"effects": {
		{"metric", "", "outcome; see the rows of table metrics below"}, {"policy", "", "policy that is added to the scenario"},
		{"tick", "quarters", "since the start"}, {"baseline", "the metric's", "mean of the outcome in the scenario as it stands"},
		{"effect", "the metric's", "mean over pairs of worlds: outcome with the policy less outcome without"},
		{"effect_pct", "%", "effect in percent of the baseline"},
		{"lo", "the metric's", "lower end of the effect's 95% interval: Student's below 20 pairs, else paired bootstrap of 2,000 samples, expanded percentile"},
		{"hi", "the metric's", "upper end"},
		{"p_adjusted", "1", "p-value of the paired t-test, adjusted by Holm for all policies and outcomes of the tick; empty for public_cost"},
		{"replicates", "pairs", "pairs of worlds"},
		{"variance_reduction", "1", "variance of policy less baseline in worlds of their own over that in pairs; empty where pairs do not differ"},
		{"detectable", "the metric's", "smallest true effect that so many pairs find with a chance of 80%, in a test of its own at 5%"},
	},
	"costs": {
		{"policy", "", "policy that is added to the scenario; all money from its begin to the end, mean over pairs"},
		{"gross", "worker-years", "all that the policy gave, taxes not asked for included"}, {"admin", "worker-years", "administration"},
		{"guarantee_loss", "worker-years", "paid for debts and owners' losses at closing that the policy stands for"},
		{"tax_back", "worker-years", "profit taxes that came back: more revenue than without the policy, taxes not asked for put aside"},
		{"private_levered", "worker-years", "own parts, fees and investors' money put in as the policy asks; what else follows is in the effects"},
		{"deadweight", "worker-years", "money that went, until the policy ended, to firms whose twin without the policy had as many jobs or more by then; empty where less than a hundredth of the cost can be traced to firms"},
		{"displacement", "workers", "mean loss of jobs of neighbours and rivals (outside the policy's target, in its places or its sectors), at the ticks of the effects since it began; empty without a target"},
		{"net_cost", "worker-years", "gross + admin + guarantee_loss - tax_back"},
		{"net_jobs", "workers", "jobs more than without the policy, mean over the quarters since it began"},
		{"cost_per_net_job", "worker-years/worker", "net_cost / net_jobs: the price of one more job over the whole time; empty unless the interval of net_jobs is above 0, net_jobs_p below .05, and pairs six at least"},
		{"cost_per_value_added", "1", "net_cost over the value added more than without the policy; empty unless there is more beyond chance, alike"},
		{"net_cost_lo", "worker-years", "95% interval, as in effects"}, {"net_cost_hi", "worker-years", "upper end"},
		{"net_jobs_lo", "workers", "95% interval"}, {"net_jobs_hi", "workers", "upper end"},
		{"cost_per_net_job_lo", "worker-years/worker", "95% interval; Fieller's below 20 pairs"},
		{"cost_per_net_job_hi", "worker-years/worker", "upper end"},
		{"cost_per_value_added_lo", "1", "95% interval, alike"}, {"cost_per_value_added_hi", "1", "upper end"},
		{"deadweight_lo", "worker-years", "95% interval"}, {"deadweight_hi", "worker-years", "upper end"},
		{"displacement_lo", "workers", "95% interval"}, {"displacement_hi", "workers", "upper end"},
		{"traced", "worker-years", "money that can be traced to firms, until the policy ended: deadweight is a part of it"},
		{"net_jobs_p", "1", "p-value that there are no net jobs: paired t-test, adjusted for the number of policies (Holm)"},
		{"stops", "quarters", "last look at which the policy was at work"},
		{"budget", "worker-years", "what the policy may spend in all, administration included; empty without a limit"},
		{"unspent", "worker-years", "what is left of the budget at the end; below a two-hundredth of it 0"},
	},
	"pairs": {
		{"policy", "", "policy that is added to the scenario"}, {"replicate", "", "pair of worlds"},
		{"net_cost", "worker-years", "as in costs, in this pair"}, {"net_jobs", "workers", "as in costs"},
		{"value_added", "worker-years", "value added more than without the policy, from its begin to the end"},
		{"displacement", "workers", "as in costs"}, {"deadweight", "worker-years", "as in costs"},
	},
	"parting": {
		{"policy", "", "policy that is added to the scenario"}, {"replicate", "", "pair of worlds"},
		{"tick", "quarters", "the first at which the worlds of the pair differ in anything compared; empty = never"},
		{"what", "", "the first that differs of a firm's site, jobs, price, sales, wage, capital, technology, exports, cash"},
		{"firms", "firms", "how many differ at that tick"}, {"firm", "", "one of them; the largest three have a row each"},
		{"sector", "", "its sector"}, {"x", "km", "where it stands, east of the origin"}, {"y", "km", "north of the origin"},
	},
	"ledger": {
		{"tick", "quarters", "since the start"}, {"policy", "", "policy that is added to the scenario; mean over pairs, per tick"},
		{"gross", "worker-years", "all that the policy gave, taxes not asked for included"}, {"admin", "worker-years", "administration"},
		{"guarantee_loss", "worker-years", "paid for debts and owners' losses at closing that the policy stands for"}, {"tax_back", "worker-years", "as in costs"},
		{"private_levered", "worker-years", "own parts, fees and investors' money put in as the policy asks; what else follows is in the effects"},
	},
	"facts": {
		{"id", "", "of the fact, as in docs/validation.md"}, {"statistic", "", "what is measured, in short"},
		{"value", "the statistic's", "mean over seeds; T19a and T19b compare seeds"},
		{"lo", "the statistic's", "lower end of its 95% interval over seeds: of a mean Student's below 20, else bootstrap of 2,000 samples, expanded percentile"},
		{"hi", "the statistic's", "upper end"}, {"band_lo", "the statistic's", "the band in which published values lie; empty = no verdict"},
		{"band_hi", "the statistic's", "upper end"},
		{"role", "", "calibrated: parameters were chosen with it in view; conditional: to be calibrated only if those stay in band; held_out: looked at afterwards only; reported: no verdict"},
		{"verdict", "", "in band: the value is in the band; outside; reported; not measured"},
		{"seeds", "runs", "on which it could be measured"}, {"world", "", "id of the scenario"}, {"tick", "quarters", "of the measurement"},
		{"source", "", "of the band"},
	},
	"facts_seeds": {
		{"id", "", "of the fact"}, {"world", "", "id of the scenario"}, {"seed", "", "of the run"},
		{"value", "the statistic's", "of the run; of T19a the number of the 20 km square that holds the largest cluster, of T19b the number of clusters"},
	},
	"switches": {
		{"switch", "", "what is off; agglo validate --switches prints what that means"},
		{"statistic", "", "share_jobs_in_clusters; eg_gamma: Ellison-Glaeser gamma on squares of 10 km, mean of the sectors; clusters: their number"},
		{"value", "the statistic's", "mean over seeds"}, {"lo", "the statistic's", "lower end of its 95% interval, as in facts"},
		{"hi", "the statistic's", "upper end"}, {"change", "the statistic's", "against the model as it stands, under the same seeds"},
		{"change_lo", "the statistic's", "lower end of its 95% interval"}, {"change_hi", "the statistic's", "upper end"},
		{"seeds", "runs", "of each switch"}, {"tick", "quarters", "of the measurement"},
	},
	"published": {
		{"id", "", "of the published effect, as in docs/validation.md"}, {"instrument", "", "that stands for the programme"},
		{"statistic", "", "what was found, in short"}, {"by", "", "how it is told: did, ddd, places, world; docs/validation.md"},
		{"outcome", "", "see the rows of table outcomes below"}, {"unit", "", "of the numbers"}, {"expected", "", "sign that was found, or 0"},
		{"value", "the row's unit", "told as the study tells it, treated against others in one world, mean over worlds"},
		{"lo", "the row's unit", "lower end of its 95% interval over worlds: Student's below 20, else bootstrap of 2,000 samples, expanded percentile"},
		{"hi", "the row's unit", "upper end"},
		{"twin", "the row's unit", "the same less what it says in the world without the policy: what the policy causes; empty where that does not exist"},
		{"twin_lo", "the row's unit", "lower end of its interval"}, {"twin_hi", "the row's unit", "upper end"},
		{"smallest", "the row's unit", "smallest effect of interest, fixed before the first full run"},
		{"found", "", "0: the interval lies within smallest; + or -: it lies on one side of 0; ?: neither"},
		{"verdict", "", "as published; otherwise; undecided; not measured"},
		{"standing", "", "counted, or by construction: the sign is put in"}, {"role", "", "held_out: nothing was calibrated on it"},
		{"seeds", "worlds", "in which it exists"}, {"source", "", "the study"},
	},
	"published_seeds": {
		{"id", "", "of the published effect"}, {"seed", "", "of the world"}, {"value", "the effect's", "as in published"},
		{"twin", "the effect's", "as in published"},
	},
	"trials": {
		{"arm", "", "of the validation: an instrument at some strength, for five years, aimed at something"}, {"instrument", "", "its id"},
		{"effect", "%", "value added of the whole region more than without the policy, mean over the five years"},
		{"lo", "%", "lower end of its 95% interval"}, {"hi", "%", "upper end"}, {"works", "", "1: the interval lies above 0"},
	},
	"claims": {
		{"test", "", "id of the test: the claim's, with a letter where it has several"}, {"claim", "", "id of the claim"},
		{"quote", "", "what the article says, in our words"}, {"scenario", "", "world"},
		{"contrast", "", "difference: a-b; interaction: (a-b)-(c-d); spread: P90-P10 over worlds of a less that of b; best: the best policy, chosen in the other half of the pairs, less b"},
		{"outcome", "", "see the rows of table outcomes below"}, {"unit", "", "of effects: %, of arm b in the same pair; points; or the outcome's own"},
		{"expected", "", "sign that the claim expects"},
		{"branch", "quarters", "last tick that the arms share; 0 = they differ from the start"},
		{"horizon", "quarters", "behind the branch; outcomes are those of its last year unless their meaning says otherwise"},
		{"pairs", "pairs", "pairs of worlds"},
		{"a", "the outcome's", "mean in arm a"}, {"b", "the outcome's", "mean in arm b"},
		{"effect", "the row's unit", "the contrast, mean over pairs"},
		{"lo", "the row's unit", "lower end of its 95% interval: bootstrap over pairs, 2,000 samples, expanded percentile"}, {"hi", "the row's unit", "upper end"},
		{"smallest", "the row's unit", "smallest effect of interest, fixed before the first run"},
		{"relative", "1", "effect over smallest; above 0 on the claim's side"}, {"relative_lo", "1", "end of the interval, alike"},
		{"relative_hi", "1", "other end"},
		{"detectable", "the row's unit", "effect that so many pairs tell from none with a chance of 80%"},
		{"p", "1", "p-value of the paired t-test that the effect is no larger than smallest, either way"},
		{"p_adjusted", "1", "p adjusted by Holm for all counted tests; empty for others"},
		{"spent_a", "worker-years", "public money since the branch in arm a"}, {"spent_b", "worker-years", "in arm b"},
		{"verdict", "", "supported, contradicted: the interval lies beyond smallest; no effect worth naming: inside it; undecided: else"},
		{"standing", "", "counted; by construction: the sign follows from one parameter, not counted"},
		{"note", "", "what else is to be known"},
	},
	"menu": {
		{"test", "", "id of a test that seeks the best of several instruments"}, {"outcome", "", "see the rows of table outcomes below"},
		{"unit", "", "of change"}, {"instrument", "", "id of the instrument"}, {"pairs", "pairs", "pairs of worlds"},
		{"spent", "worker-years", "public money since the branch, mean over pairs"},
		{"effect", "%", "the instrument's arm less arm b, of arm b in the same pair, mean over pairs"},
		{"lo", "%", "lower end of its 95% interval, for itself"}, {"hi", "%", "upper end"},
		{"change", "the row's unit", "the instrument's arm less arm b, mean over pairs"},
		{"per_spent", "the row's unit", "change over spent, for a worker-year; empty where nothing was spent"},
		{"rank", "", "of the instrument by per_spent, 1 = most; empty where nothing was spent"},
	},
	"dictionary": {
		{"table", "", "table of this folder, or metrics: what is in effects.csv"}, {"column", "", "column, or metric"},
		{"unit", "", "unit"}, {"meaning", "", "what it says"}, {"range", "", "values that it may take, such as [0,1] or >= 0; empty = any number, or a text"},
	},
}

// columnsOf is the header of a table.
func columnsOf(name string) []string {
	var names []string
	for _, d := range dictionary[name] {
		names = append(names, d.column)
	}
	return names
}

func dictionaryRows(w *table.Writer, r *Result) {
	wordRows(w, "effects", "costs", "pairs", "ledger", "parting")
	for _, m := range metrics {
		if slices.Contains(r.Metrics, m.name) {
			wordRow(w, "metrics", word{m.name, m.unit, m.meaning})
		}
	}
}

// wordRows writes the dictionary of some tables.
func wordRows(w *table.Writer, tables ...string) {
	for _, name := range tables {
		for _, d := range dictionary[name] {
			wordRow(w, name, d)
		}
	}
}

// wordRow writes a line of a dictionary.
func wordRow(w *table.Writer, name string, d word) {
	rangedRow(w, name, d, rangeOf(name, d.column))
}

// rangedRow writes a line of a dictionary with a range of its own.
func rangedRow(w *table.Writer, name string, d word, span string) {
	for _, cell := range []string{name, d.column, d.unit, d.meaning, span} {
		w.Text(cell)
	}
	w.EndRow()
}
