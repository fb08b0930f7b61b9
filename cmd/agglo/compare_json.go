package main

import (
	"math"
	"slices"

	"agglo/internal/study"
	"agglo/internal/text"
)

// comparedEffect is an effect for machines; absent numbers are null.
type comparedEffect struct {
	Policy            string   `json:"policy"`
	Metric            string   `json:"metric"`
	Tick              int      `json:"tick"`
	Baseline          *float64 `json:"baseline"`
	Effect            *float64 `json:"effect"`
	Percent           *float64 `json:"effect_pct"`
	Lo                *float64 `json:"lo"`
	Hi                *float64 `json:"hi"`
	P                 *float64 `json:"p_adjusted"`
	Replicates        int      `json:"replicates"`
	VarianceReduction *float64 `json:"variance_reduction"`
	Detectable        *float64 `json:"detectable"`
	Established       bool     `json:"established"`
}

// comparedCosts is what a policy cost, for machines; worker-years.
type comparedCosts struct {
	Policy       string   `json:"policy"`
	Gross        *float64 `json:"gross"`
	Admin        *float64 `json:"admin"`
	Guarantee    *float64 `json:"guarantee_loss"`
	TaxBack      *float64 `json:"tax_back"`
	Levered      *float64 `json:"private_levered"`
	Deadweight   *float64 `json:"deadweight"`
	Displacement *float64 `json:"displacement"`
	NetCost      *float64 `json:"net_cost"`
	NetCostLo    *float64 `json:"net_cost_lo"`
	NetCostHi    *float64 `json:"net_cost_hi"`
	NetJobs      *float64 `json:"net_jobs"`
	PerJob       *float64 `json:"cost_per_net_job"`
	PerJobLo     *float64 `json:"cost_per_net_job_lo"`
	PerJobHi     *float64 `json:"cost_per_net_job_hi"`
	PerAdded     *float64 `json:"cost_per_value_added"`
	Budget       *float64 `json:"budget"`
	Unspent      *float64 `json:"unspent"`
	Says         string   `json:"says"`
}

// defined is a number, or null where there is none.
func defined(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// comparedForMachines is the whole result.
func comparedForMachines(r *study.Result, dir string, figures []string) any {
	var effects []comparedEffect
	for _, e := range r.Effects {
		effects = append(effects, comparedEffect{
			e.Policy, e.Metric, e.Tick, defined(e.Baseline), defined(e.Effect), defined(e.Percent), defined(e.Lo), defined(e.Hi),
			defined(e.P), e.Replicates, defined(e.VarianceReduction), defined(e.Detectable), e.Established(),
		})
	}
	var costs []comparedCosts
	for _, k := range r.Costs {
		costs = append(costs, comparedCosts{
			k.Policy, defined(k.Gross), defined(k.Admin), defined(k.GuaranteeLoss), defined(k.TaxBack), defined(k.Levered), defined(k.Deadweight),
			defined(k.Displacement), defined(k.NetCost), defined(k.NetCostLo), defined(k.NetCostHi), defined(k.NetJobs), defined(k.PerJob), defined(k.PerJobLo), defined(k.PerJobHi), defined(k.PerAdded),
			defined(k.Budget), defined(k.Unspent), r.Sentence(text.English, k.Policy),
		})
	}
	return struct {
		Dir        string           `json:"dir"`
		Replicates int              `json:"replicates"`
		Unfinished int              `json:"unfinished"`
		Seeds      []uint64         `json:"seeds"`
		Effects    []comparedEffect `json:"effects"`
		Costs      []comparedCosts  `json:"costs"`
		Stopped    string           `json:"stopped,omitempty"`
		Notes      []string         `json:"notes"`
		Figures    []string         `json:"figures"`
	}{dir, len(r.Seeds), r.Unfinished, r.Seeds, effects, costs, r.Stopped(text.English), notesOn(text.English, r), slices.Concat([]string{}, figures)}
}
