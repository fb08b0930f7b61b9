package study

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"agglo/internal/fit"
	"agglo/internal/text"
	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim/design"
)

// latin are words of the Latin alphabet, of two letters and more.
var latin = regexp.MustCompile(`[A-Za-z]{2,}`)

// russian holds that each sentence is there, ends with a full stop but for those that a caller ends, has no verb of package fmt left over and no
// English but the names that are given.
func russian(t *testing.T, says []string, names string) {
	t.Helper()
	for _, s := range says {
		if s == "" || strings.Contains(s, "%!") || strings.Contains(s, "{") || strings.Contains(s, "..") {
			t.Errorf("%q", s)
		}
		for _, word := range latin.FindAllString(s, -1) {
			if !strings.Contains(" "+names+" ", " "+word+" ") {
				t.Errorf("%q is left in %q", word, s)
			}
		}
	}
}

// Every sentence on a sensitivity analysis has its Russian.
func TestSensitivityInRussian(t *testing.T) {
	s := &Sensitivity{Experiment: &scenarios.Experiment{Replicates: 1}}
	r := &Sensed{Runs: 1200, Failed: 3, Left: 2, Factors: []Screened{{Name: "trust.loss", Survives: true}, {Name: "trust.gain"}}}
	for _, x := range []struct {
		metric               string
		alone, within, other float64
	}{{"jobs", .6, .9, .3}, {"value_added", .6, .9, .85}, {"births", 2.3, 2.1, .1}, {"wage", math.NaN(), math.NaN(), math.NaN()}} {
		for _, i := range []design.Index{{Factor: "trust.loss", Name: "S1", Value: x.alone}, {Factor: "trust.loss", Name: "ST", Value: x.within, Lo: .8, Hi: 1},
			{Factor: "trust.gain", Name: "S1", Value: .01}, {Factor: "trust.gain", Name: "ST", Value: x.other, Hi: x.other}} {
			r.Indices = append(r.Indices, SensedIndex{Stage: "shares", Policy: "rd_grant", Metric: x.metric, Statistic: statVariance, Tick: 8, Index: i})
		}
	}
	for _, by := range []string{"mean", "variance", "either"} {
		s.Options = SensitivityOptions{Trajectories: 2, Keep: .1, By: by}
		says := s.Sentences(text.Russian, r)
		russian(t, says, "trust loss gain replicates rounds failures csv")
		if want := "Рабочие места, дисперсия, такт 8, при политике «Грант на НИОКР»: фактор trust.loss объясняет 90% разброса (95%: от 80 до 100), сам по себе — 60%; следующий — trust.gain, 30%."; len(says) != 7 || says[1] != want {
			t.Errorf("%d: %q\nwant %q", len(says), says, want)
		}
		if !strings.HasSuffix(says[2], "какой из двух сильнее, неясно.") {
			t.Errorf("intervals that overlap: %q", says[2])
		}
	}
	r.Factors = r.Factors[:1]
	russian(t, s.Sentences(text.Russian, r)[:1], "")
}

// Every sentence on a calibration has its Russian; targets are named.
func TestCalibrationInRussian(t *testing.T) {
	names := map[string]string{"tools": "Tools", "san-jose": "San Jose"}
	r := &Fit{Method: "abc", Distance: 1.25, Runs: 60, Failed: 2, Tolerance: 7.5, Effective: 19.6, Parameters: []Fitted{{Name: "trust.loss", Narrow: .9}, {Name: "trust.gain", Narrow: 1}},
		Aims: []Met{{Aim: Aim{Name: "mean of jobs of tools, from 4 to 8", Weight: 1, names: names}}, {Aim: Aim{Name: "sd of births, at 8", Weight: 1}}, {Aim: Aim{Name: "slope of wage, at 8", Held: true}}},
		Raw:  []fit.Particle{{Result: fit.Result{Values: []float64{1, 2}}}, {Result: fit.Result{Values: []float64{1, 2}}}}, Particles: make([]fit.Particle, 21)}
	for _, settled := range []bool{true, false} {
		r.Settled = settled
		says := r.Sentences(text.Russian)
		russian(t, says, "trust loss gain rounds failures csv tools")
		if want := "Апостериорное распределение — 21 частица (в пересчёте на равные веса — 20), наибольшее расстояние до целей — 7,5 допуска; "; len(says) != 5 || !strings.HasPrefix(says[2], want) {
			t.Errorf("%q", says)
		}
	}
	r.Method = "cma"
	russian(t, r.Sentences(text.Russian), "trust loss gain rounds failures csv tools abc")
	for english, want := range map[string]string{
		"mean of jobs of tools, from 4 to 8": "Рабочие места: tools, среднее, такты 4–8", "sd of unemployment, at 8": "Безработица, ст. откл., такт 8",
		"slope of share_jobs_in_clusters, from 0 to 8":            "Доля рабочих мест в кластерах, прирост за год, такты 0–8",
		"firms of tools in san-jose, 2008Q1":                      "Фирмы: tools, Сан-Хосе, I\u00a0кв.\u00a02008",
		"R&D over value added within 30 km of san-jose, 2001Q4":   "НИОКР к добавленной стоимости: Сан-Хосе и 30 км вокруг, IV\u00a0кв.\u00a02001",
		"share in jobs of 5 sectors, change since 2001Q1, 2008Q3": "Доля рабочих мест: 5 отраслей, изменение с I\u00a0кв.\u00a02001, III\u00a0кв.\u00a02008",
		"whatever it is, 2008Q1":                                  "whatever it is, 2008Q1",
	} {
		a := Aim{Name: english, names: names}
		if got := a.Called(text.Russian); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if a.Called(text.English) != english {
			t.Errorf("%q is another name in English", english)
		}
	}
}

// Every sentence on an optimisation has its Russian.
func TestOptimisationInRussian(t *testing.T) {
	setting := world.Setting{Scale: 1, Currency: world.Currency{LabourCost: 1}}
	o := &Optimiser{Plan: &scenarios.BudgetPlan{Instruments: []string{"subsidy", "rd_grant"}}, setup: model.Setup{Setting: setting}, Money: 100}
	look := func(score, lo float64) *Look { return &Look{Score: score, Lo: lo, Hi: 9, P: .01, Cost: 20} }
	nothing := Mixed{Shares: []float64{0, 0}, nothing: true, Fresh: look(0, 0), Chance: .2}
	sure := Mixed{Shares: []float64{.6, .4}, Found: Look{Score: 3}, Fresh: look(2, 1), Chance: .8}
	open := Mixed{Shares: []float64{0, 1}, Found: Look{Score: 3}, Fresh: look(2, -1), Chance: .8}
	for k, c := range []struct {
		best BestMix
		want string
	}{
		{BestMix{Mixes: []Mixed{{}}}, "Поиск остановлен"},
		{BestMix{Mixes: []Mixed{nothing, open}, Looked: 4}, "В новых мирах ни один набор не лучше бездействия"},
		{BestMix{Mixes: []Mixed{nothing, sure}, Looked: 21, Choice: 1, Winner: 1}, "Лучший набор: субсидия 60%, грант на НИОКР 40%. В 21 новом мире его оценка 2,00 (95%: от 1,00 до 9,00), и это не случайность"},
		{BestMix{Mixes: []Mixed{nothing, open}, Looked: 4, Choice: 1, Winner: 1}, "Не показано, что хоть один набор лучше бездействия: у лучшего в 4 новых мирах (грант на НИОКР 100%) оценка"},
	} {
		says := o.Sentences(text.Russian, &c.best)
		russian(t, says, "")
		if !strings.HasPrefix(says[0], c.want) {
			t.Errorf("%d: %q, want %q", k, says[0], c.want)
		}
	}
}

// Every sentence on a comparison has its Russian.
func TestComparisonInRussian(t *testing.T) {
	r := &Result{Ticks: []int{12, 24}, First: 8, Seeds: make([]uint64, 12), Widest: 2, Unfinished: 1}
	for _, e := range []Effect{
		{Metric: "jobs", Policy: "subsidy", P: .01, Replicates: 10}, {Metric: "synergy", Policy: "subsidy", P: 1, Replicates: 10},
		{Metric: "jobs", Policy: "rd_grant", P: .01, Replicates: 10}, {Metric: jobsTarget, Policy: "loan", P: 1, Replicates: 10},
		{Metric: "jobs", Policy: "talent", P: 1, Replicates: Least - 1}, {Metric: "jobs", Policy: "brand", P: 1, Replicates: 1},
	} {
		for k, tick := range r.Ticks {
			e.Tick, e.Baseline, e.Effect, e.Lo, e.Hi, e.Detectable, e.VarianceReduction = tick, 200, 4, -2, 6, 3, []float64{30, 5}[k]
			r.Effects = append(r.Effects, e)
		}
	}
	r.Partings = []Parting{{Policy: "subsidy", Tick: 9, What: "jobs", Firms: 3, Firm: 7, Sector: "tools"}, {Policy: "subsidy", Replicate: 1}, {Policy: "subsidy", Replicate: 2, Tick: 11, What: "closed"},
		{Policy: "rd_grant", Tick: 9, What: "treasuries or labour markets"}, {Policy: "loan"}}
	says := []string{r.Looked(text.Russian)}
	for _, id := range []string{"subsidy", "rd_grant", "loan", "talent", "brand"} {
		says = append(says, r.Sentence(text.Russian, id), r.Power(text.Russian, id, 24), r.Followed(text.Russian, id))
	}
	for _, id := range []string{"subsidy", "rd_grant", "loan"} {
		says = append(says, r.Parted(text.Russian, id, func(string) string { return "Инструменты" }))
	}
	for _, u := range []Until{{HalfWidth: 3}, {HalfWidth: 1, Metric: "value_added"}} {
		r.Until = &u
		says = append(says, r.Stopped(text.Russian))
	}
	r.Unfinished = 0
	says = append(says, r.Stopped(text.Russian))
	says = append(says, (&Costs{Policy: "subsidy", Budget: 100, Unspent: 25}).Left(text.Russian, func(x float64) string { return text.Printed(text.Russian, "%g", x) }, "EUR"))
	for _, p := range []policy.Spec{{Budget: 1}, {Intensity: 1}, {Intensity: 1, Budget: 1, From: 4, To: 4}, {Intensity: 1, Budget: 1, From: 40, To: 60}} {
		says = append(says, (&Arm{Policies: []policy.Spec{p}}).Harmless(text.Russian, 30))
	}
	russian(t, says, "replicates docs comparing md EUR")
	if want := "Субсидия: на такте 24 установлено: рабочие места +2,00% (интервал 95%: −1,00% … +3,00%); не установлено: синергия (−200 п. п. … +600 п. п.)."; says[1] != want {
		t.Errorf("%q, want %q", says[1], want)
	}
	for k := range traits {
		if !text.Has("trait." + traits[k].name) {
			t.Errorf("no words for %s", traits[k].name)
		}
	}
}

// What facts and published effects are of is told in Russian as well.
func TestStatisticsInRussian(t *testing.T) {
	facts, _, err := Facts()
	if err != nil {
		t.Fatal(err)
	}
	published, err := ReadPublished(nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range withBeside(facts) {
		all = append(all, f.Statistic)
	}
	for _, e := range published.Effects {
		all = append(all, e.Statistic)
	}
	for _, english := range append(all, (&PublishedRun{}).every(nil).Statistic) {
		if _, known := text.Statistic(text.Russian, english); !known {
			t.Errorf("%q is not in the catalogue (statistics of internal/text)", english)
		}
	}
}
