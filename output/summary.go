package output

import (
	"math"

	"agglo/internal/table"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/num"
)

// A Statistic is one number that sums up a run, or several replicates.
type Statistic struct {
	Name    string
	Value   float64 // of one run; the median of several. NaN if it does not exist
	Lo, Hi  float64 // one run: 95% interval of the estimate, NaN if there is none; several: the middle 80% of them
	Unit    string
	Meaning string
	Want    Band // what is known of real economies; the zero Band asks for nothing
}

// Band is a closed range of values.
type Band struct{ Lo, Hi float64 }

// Asked says whether there is a band at all.
func (b Band) Asked() bool { return b != Band{} }

// Holds says whether a value lies in the band.
func (b Band) Holds(x float64) bool { return x >= b.Lo && x <= b.Hi }

// longRun sums over a whole run what the statistics need.
type longRun struct {
	births, deaths, firms, unemployed mean // over the ticks behind the first two years
	rationed                          mean
	gap                               float64 // largest error of the money identity over turnover, or over a worker-year where that is more
	turnover                          bool
	statistics                        []Statistic
}

// tick adds a tick.
func (l *longRun) tick(v world.View, tick int, c world.Count, m world.Money) {
	if m.Turnover > 0 {
		l.gap, l.turnover = math.Max(l.gap, math.Abs(m.Gap)/math.Max(m.Turnover, 1)), true
	}
	if tick <= skipYears*world.TicksPerYear {
		return
	}
	l.births.add(float64(c.Births))
	l.deaths.add(float64(c.Deaths))
	l.firms.add(float64(v.Alive()))
	l.rationed.add(c.Rationed)
	_, u := wages(v, func(int) bool { return true })
	l.unemployed.add(u)
}

// end takes the statistics of a run at its last tick.
func (r *Recorder) end(v world.View) {
	r.all.restart()
	r.look(v, r.tick%world.TicksPerYear == 0, true)
	none := math.NaN()
	l, m, all := &r.long, &r.latest, &r.all
	put := func(name string, value, se float64, want Band, unit, meaning string) {
		s := Statistic{Name: name, Value: value, Lo: none, Hi: none, Unit: unit, Meaning: meaning, Want: want}
		if se > 0 {
			s.Lo, s.Hi = value-float64(1.96*se), value+float64(1.96*se)
		}
		l.statistics = append(l.statistics, s)
	}
	gap := none
	if l.turnover {
		gap = l.gap
	}
	unbound := Band{}
	put("firms", all.firms, 0, unbound, "agents", "living firms at the end")
	put("jobs", all.jobs*v.Scale(), 0, unbound, "workers", "workers at firms at the end")
	put("births_per_year", world.TicksPerYear*ratio(l.births.sum, l.firms.sum), 0, Band{.07, .12}, "1/year", "firms founded over firms, behind the first two years")
	put("deaths_per_year", world.TicksPerYear*ratio(l.deaths.sum, l.firms.sum), 0, Band{.07, .12}, "1/year", "firms closed over firms, behind the first two years")
	put("unemployment_mean", l.unemployed.value(), 0, Band{.03, .09}, "1", "mean unemployment, behind the first two years")
	put("suppliers", ratio(m.suppliers, all.firms), 0, Band{3, 8}, "ties/firm", "mean number of suppliers that a firm is tied to, at the end")
	put("collaborators", ratio(m.partner, all.firms), 0, Band{3, 8}, "ties/firm", "mean number of collaborators of a firm, at the end")
	put("mean_trust", m.trust.value(), 0, unbound, "1", "mean trust over half-ties, at the end")
	put("tail_exponent", m.tail, m.tailSE, Band{.8, 1.7}, "1", "exponent of the upper tail of jobs per firm, largest tenth, at the end")
	r.growthStatistics(put)
	put("wage_per_world_wage_end", m.wage/v.WorldWage(), 0, unbound, "1", "mean wage over the world's wage, at the end")
	put("technology_per_world_end", num.Exp(ratio(all.logTech, all.firms)-v.WorldLogTech()), 0, unbound, "1", "geometric mean technology over the world's, at the end")
	put("clusters", float64(v.Groups()), 0, unbound, "clusters", "number of clusters, as of the last year's end")
	put("share_jobs_in_clusters", ratio(all.inJobs, all.jobs), 0, unbound, "1", "share of jobs in clusters, at the end")
	count, modularity := circles(v)
	put("communities", count, 0, unbound, "communities", "communities of the trust network (Louvain), firms without collaborations left out, at the end")
	put("modularity", modularity, 0, unbound, "1", "weight of trusted ties inside these communities beyond what chance would put there, at the end")
	put("eg_gamma", m.egGamma, 0, unbound, "1", "Ellison-Glaeser gamma on squares of 10 km, median of the sectors, at the end")
	put("synergy", splitTotal(r.split), 0, unbound, "1", "what nearness adds to value added, as of the last year's end")
	helix, chance := r.squares.helix()
	put("triple_helix", helix, 0, unbound, "bits", "triple-helix information of squares of 10 km, sectors, sizes; below that by chance is synergy")
	put("triple_helix_by_chance", chance, 0, unbound, "bits", "the same if sizes were dealt out among the firms at random, on the mean")
	put("rationed_mean", l.rationed.value(), 0, unbound, "1", "mean share of demand not delivered, behind the first two years")
	put("money_gap", gap, 0, Band{0, 1e-9}, "1", "largest error of the money identity of a tick, over turnover or a worker-year, whichever is more")
}

// growthStatistics fits the pooled yearly growth rates.
func (r *Recorder) growthStatistics(put func(name string, value, se float64, want Band, unit, meaning string)) {
	none, rates := math.NaN(), r.pool.rates
	b, bSE, location, scale, sd := none, none, none, none, none
	if fit, err := measure.Subbotin(rates); err == nil {
		b, bSE = fit.Shape, fit.SE
	}
	if fit, err := measure.Laplace(rates); err == nil {
		location, scale = fit.Location, fit.Scale
	}
	if fit, err := measure.Gauss(rates); err == nil {
		sd = fit.SD
	}
	put("subbotin_b", b, bSE, Band{0, 1.4}, "1", "shape of yearly log growth of jobs: 1 is Laplace, 2 is Gauss")
	put("laplace_location", location, 0, Band{}, "log", "median of yearly log growth")
	put("laplace_scale", scale, 0, Band{}, "log", "mean absolute deviation of yearly log growth from its median")
	put("gauss_sd", sd, 0, Band{}, "log", "standard deviation of yearly log growth")
	put("growth_rates", float64(len(rates)), 0, Band{}, "rates", "yearly growth rates used for the four above")
}

// Statistics sums up the finished runs: one run as it is, several by their median and the middle 80%.
func (f *Folder) Statistics() []Statistic {
	if len(f.recorders) == 0 {
		return nil
	}
	out := append([]Statistic(nil), f.recorders[0].long.statistics...)
	if len(f.recorders) == 1 {
		return out
	}
	for k := range out {
		var values []float64
		for _, r := range f.recorders {
			if x := r.long.statistics[k].Value; !math.IsNaN(x) {
				values = append(values, x)
			}
		}
		out[k].Value, out[k].Lo, out[k].Hi = median(values), quantile(values, .1), quantile(values, .9)
	}
	return out
}

var summaryColumns = []string{"statistic", "value", "lo", "hi", "unit", "meaning", "want_lo", "want_hi"}

// summary writes summary.csv.
func (f *Folder) summary() error {
	return f.write("summary", summaryColumns, func(w *table.Writer) {
		for _, s := range f.Statistics() {
			w.Text(s.Name)
			w.Number(s.Value)
			w.Number(s.Lo)
			w.Number(s.Hi)
			w.Text(s.Unit)
			w.Text(s.Meaning)
			w.Maybe(s.Want.Lo, s.Want.Asked())
			w.Maybe(s.Want.Hi, s.Want.Asked())
			w.EndRow()
		}
	})
}
