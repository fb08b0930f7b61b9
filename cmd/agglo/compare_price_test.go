package main

import (
	"math"
	"strings"
	"testing"

	"agglo/internal/study"
)

// The sentence on prices says why there is none.
func TestPriceOf(t *testing.T) {
	none := math.NaN()
	for name, c := range map[string]struct {
		costs study.Costs
		pairs int
		says  string
	}{
		"a price":              {study.Costs{NetJobs: 50, NetJobsLo: 40, NetJobsHi: 60, PerJob: 2, PerJobLo: 1, PerJobHi: 3, PerAdded: none}, 20, "a net job costs 200 USD (100 to 300)"},
		"chance":               {study.Costs{NetJobs: 50, NetJobsLo: -10, NetJobsHi: 110, PerJob: none, PerAdded: none}, 20, "net jobs are not established (50.0 (-10.0 to 110));"},
		"chance, adjusted":     {study.Costs{NetJobs: 50, NetJobsLo: 40, NetJobsHi: 60, PerJob: none, PerAdded: none}, 20, "(50.0 (40.0 to 60.0)): beyond chance by itself, not when p is adjusted for all policies;"},
		"few pairs":            {study.Costs{NetJobs: 50, NetJobsLo: 40, NetJobsHi: 60, PerJob: none, PerAdded: none}, 5, "net jobs are not established (50.0 (40.0 to 60.0)): pairs are too few; no cost per value added: more of it is not established."},
		"fewer jobs":           {study.Costs{NetJobs: -5, NetJobsLo: -9, NetJobsHi: -1, PerJob: none, PerAdded: none}, 20, "there are no net jobs (-5.0 (-9.0 to -1.0));"},
		"value added, a price": {study.Costs{NetJobs: -5, NetJobsLo: none, PerJob: none, PerAdded: 1.5, PerAddedLo: 1, PerAddedHi: 2}, 20, "a unit of value added costs 1.50 (1.00 to 2.00)."},
	} {
		c.costs.Policy = "p"
		if said := priceOf("en", &c.costs, c.pairs, 100, "USD"); !strings.Contains(said, c.says) || !strings.HasPrefix(said, "p: ") {
			t.Errorf("%s: %q, want %q", name, said, c.says)
		}
	}
}

// One pair is one, and too few.
func TestPairsInWords(t *testing.T) {
	for pairs, want := range map[int]string{1: "1 pair is too few to rely on", 5: "5 pairs are too few to rely on"} {
		if said := strings.Join(notesOn("en", &study.Result{Seeds: make([]uint64, pairs), Ticks: []int{4}}), "\n"); !strings.HasPrefix(said, want) {
			t.Errorf("%q, want %q", said, want)
		}
	}
	if said := notesOn("en", &study.Result{Seeds: make([]uint64, study.Least), Ticks: []int{4}}); len(said) > 0 {
		t.Errorf("pairs enough: %q", said)
	}
}

// The table of costs tells the interval of net cost, and the report what of a budget is not spent, both in the same units of money.
func TestCostsTellIntervalAndWhatIsLeft(t *testing.T) {
	r := &study.Result{Costs: []study.Costs{{Policy: "p", Gross: 400, NetCost: 300, NetCostLo: 250, NetCostHi: 350, Budget: 800, Unspent: 400}}}
	table, unit := costTable("en", r, 50_000, "EUR")
	if net := table[1][5]; net != "15.0 (12.5 to 17.5)" || unit != "million EUR" {
		t.Errorf("net cost %q in %s", net, unit)
	}
	if left, want := leftOf("en", r, &r.Costs[0], 50_000, "EUR"), "p: 20.0 of the 40.0 million EUR of its budget (50%) are not spent at the end."; left != want {
		t.Errorf("%q, want %q", left, want)
	}
}
