package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"agglo/output"
	"agglo/scenarios"
)

// comparison is a published figure beside the run's.
type comparison struct {
	What      string   `json:"what"`
	Date      string   `json:"date"`
	Published float64  `json:"published"`
	Simulated *float64 `json:"simulated"`
	Near      *bool    `json:"near,omitempty"`
	Fitted    bool     `json:"fitted"`
	Verified  bool     `json:"verified"`
	Relative  bool     `json:"relative"` // the figures are relative changes
	Why       string   `json:"why,omitempty"`
}

// summed lists the metrics that add up over sectors and regions; the others are averaged by jobs.
var summed = []string{"firms", "jobs", "value_added", "exports", "rd", "innovations", "births", "deaths", "moves", "ties",
	"clusters", "public_cost", "tax_revenue", "treasury"}

// inMoney lists the metrics in worker-years, which targets give in the scenario's currency.
var inMoney = []string{"value_added", "productivity", "wage", "rent", "exports", "rd", "public_cost", "tax_revenue", "treasury"}

// compareTargets sets the scenario's published figures beside those of the run: medians over replicates.
func compareTargets(s *scenarios.Scenario, m *output.Manifest, dir string) ([]comparison, error) {
	tables := map[string]*output.Series{}
	for _, name := range []string{"series", "series_sector", "series_region"} {
		t, err := output.ReadSeries(dir, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		tables[name] = t
	}
	var out []comparison
	for _, t := range s.Targets {
		c := comparison{
			What: what(t), Date: t.Date.String(), Published: t.Value.Value, Fitted: t.Fitted,
			Verified: t.Verified == nil || *t.Verified, Relative: t.Since != scenarios.Date{},
		}
		v, err := simulated(s, m, tables, t, t.Date)
		if err == nil && c.Relative {
			var before float64
			before, err = simulated(s, m, tables, t, t.Since)
			v = v/before - 1
		}
		if err != nil {
			c.Why = err.Error()
		} else if !math.IsNaN(v) && !math.IsInf(v, 0) {
			off := math.Abs(v - t.Value.Value)
			if !c.Relative {
				off /= math.Abs(t.Value.Value)
			}
			near := off <= t.Tolerance.Value
			c.Simulated, c.Near = &v, &near
		}
		out = append(out, c)
	}
	return out, nil
}

// what names a target.
func what(t scenarios.Target) string {
	words := strings.ReplaceAll(t.Metric, "_", " ")
	if n := len(t.Sectors); n > 3 {
		words += fmt.Sprintf(" of %d sectors", n)
	} else if n > 0 {
		words += " " + strings.Join(t.Sectors, ", ")
	}
	if len(t.Regions) > 0 {
		words += " in " + strings.Join(t.Regions, ", ")
	}
	if t.Since != (scenarios.Date{}) {
		words += ", change since " + t.Since.String()
	}
	return words
}

// simulated is the run's value of a target's metric at a date, in the target's unit. The error says in words why there is
// none.
func simulated(s *scenarios.Scenario, m *output.Manifest, tables map[string]*output.Series, t scenarios.Target, date scenarios.Date) (float64, error) {
	tick := 4*(date.Year-m.Start.Year) + date.Quarter - m.Start.Quarter
	if tick < 0 || tick > m.Ticks {
		return 0, errors.New("outside the run")
	}
	if tick%m.Every != 0 {
		return 0, errors.New("no row at this quarter")
	}
	if metric, over, yes := shareOf(t); yes {
		part, err := simulated(s, m, tables, metric, date)
		if err != nil {
			return 0, err
		}
		whole, err := simulated(s, m, tables, over, date)
		return part / whole, err
	}
	name, groups := "series", []string{""}
	switch {
	case len(t.Sectors) > 0 && len(t.Regions) > 0:
		return 0, errors.New("the tables do not part sectors by region")
	case len(t.Sectors) > 0 && len(s.Sectors) > 1:
		name, groups = "series_sector", t.Sectors
	case len(t.Regions) > 0 && len(s.Regions) > 1:
		name, groups = "series_region", t.Regions
	}
	metric := t.Metric
	if metric == "firms" {
		metric = "firms_real"
	}
	table := tables[name]
	if table == nil || !table.Has(metric) {
		return 0, errors.New("the run does not record it")
	}
	sum, weight := 0.0, 0.0
	for _, g := range groups {
		w := 1.0
		if !slices.Contains(summed, t.Metric) {
			w = table.Median("jobs", g, tick)
		}
		sum += w * table.Median(metric, g, tick)
		weight += w
	}
	if !slices.Contains(summed, t.Metric) {
		sum /= weight
	}
	if slices.Contains(inMoney, t.Metric) {
		sum *= m.Currency.LabourCost
		if t.Nominal {
			sum *= math.Pow(1+s.Currency.Deflator.Value, float64(date.Year-m.Currency.PriceYear))
		}
	}
	return sum, nil
}

// shareOf takes a target that is a share apart into what is shared and the whole, and says whether it is one.
func shareOf(t scenarios.Target) (part, whole scenarios.Target, yes bool) {
	metric, yes := strings.CutSuffix(t.Metric, "_share")
	part, whole = t, t
	part.Metric, whole.Metric = metric, metric
	if metric == "rd" {
		whole.Metric = "value_added"
	} else {
		whole.Sectors, whole.Regions = nil, nil
	}
	return part, whole, yes
}

// printTargets prints the published figures beside the run's.
func printTargets(c *console, targets []comparison) error {
	if len(targets) == 0 {
		return nil
	}
	rows := [][]string{{"Published figures", "date", "published", "run", "off by", ""}}
	for _, t := range targets {
		show := grouped
		if t.Relative {
			show = func(x float64) string { return fmt.Sprintf("%+.0f%%", 100*x) }
		} else if math.Abs(t.Published) < 100 {
			show = short
		}
		row := []string{t.What, t.Date, show(t.Published), "-", "", t.Why}
		if t.Simulated != nil {
			row[3], row[5] = show(*t.Simulated), "off"
			if *t.Near {
				row[5] = "near"
			}
			if t.Relative {
				row[4] = fmt.Sprintf("%+.0f points", 100*(*t.Simulated-t.Published))
			} else {
				row[4] = fmt.Sprintf("%+.0f%%", 100*(*t.Simulated/t.Published-1))
			}
		}
		if t.Fitted {
			row[5] += ", fitted"
		}
		if !t.Verified {
			row[5] += ", figure not verified"
		}
		rows = append(rows, row)
	}
	c.print("\n")
	return printTable(c.out, rows)
}
