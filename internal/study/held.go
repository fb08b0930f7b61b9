package study

import (
	"fmt"
	"slices"
	"strings"

	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
)

// inMoney lists the metrics in worker-years, which targets give in the scenario's currency.
var inMoney = []string{"value_added", "productivity", "wage", "rent", "exports", "rd", "public_cost", "tax_revenue", "treasury"}

// unitsOfTargets are the units of metrics that targets name most; the others have that of the series.
var unitsOfTargets = map[string]string{"firms": "firms", "births": "firms/quarter", "deaths": "firms/quarter", "jobs": "jobs"}

// Wanted turns a scenario's targets into the figures that the runs of a setting are held against.
func Wanted(s *scenarios.Scenario, setting *world.Setting) []output.Wanted {
	var all []output.Wanted
	for k := range s.Targets {
		t := &s.Targets[k]
		w := output.Wanted{
			What: whatOf(t), Metric: t.Metric, Sectors: places(t.Sectors, setting.Sectors, func(x world.Sector) string { return x.ID }),
			Regions: places(t.Regions, setting.Regions, func(x world.Region) string { return x.ID }),
			Date:    t.Date.String(), Tick: ticksTo(setting, t.Date), From: -1, Absolute: t.Absolute, Unit: unitOf(s, t),
			Parts: [4]string{strings.Join(t.Sectors, " "), strings.Join(t.Regions, " ")}, Published: t.Value.Value, Tolerance: t.Tolerance.Value, Fitted: t.Fitted,
			Verified: (t.Verified == nil || *t.Verified) && (t.Value.Verified == nil || *t.Value.Verified), Source: t.Source,
			Start: setting.Start, PriceYear: setting.Currency.PriceYear,
		}
		if t.Value.Source != "" {
			w.Source = t.Value.Source
		}
		if t.Since != (scenarios.Date{}) {
			w.Since, w.From = t.Since.String(), ticksTo(setting, t.Since)
		}
		if t.Within != nil {
			w.Within = &output.Disc{At: s.Middle(t.Within), KM: t.Within.KM.Value}
			w.Parts[2], w.Parts[3] = t.Within.Place, t.Within.KM.String()
		}
		if slices.Contains(inMoney, t.Metric) {
			w.Money = setting.Currency.LabourCost
			if t.Nominal {
				w.Rise = s.Currency.Deflator.Value
			}
		}
		all = append(all, w)
	}
	return all
}

// places finds ids among entries.
func places[E any](ids []string, among []E, id func(E) string) []int {
	var at []int
	for _, want := range ids {
		if k := slices.IndexFunc(among, func(e E) bool { return id(e) == want }); k >= 0 {
			at = append(at, k)
		}
	}
	return at
}

// ticksTo is the tick of a date.
func ticksTo(setting *world.Setting, d scenarios.Date) int {
	return world.TicksPerYear*(d.Year-setting.Start.Year) + d.Quarter - setting.Start.Quarter
}

// unitOf is the unit of a target's figure.
func unitOf(s *scenarios.Scenario, t *scenarios.Target) string {
	switch {
	case t.Growth(), strings.HasSuffix(t.Metric, "_share"):
		return "1"
	case unitsOfTargets[t.Metric] != "":
		return unitsOfTargets[t.Metric]
	}
	for _, c := range output.SeriesColumns() {
		if c.Name == t.Metric {
			unit := strings.Replace(c.Unit, "/period", "/quarter", 1)
			if slices.Contains(inMoney, t.Metric) {
				return strings.Replace(unit, "worker-years", s.Currency.Code, 1)
			}
			return unit
		}
	}
	return ""
}

// wordsOfMetrics are what metrics that are not words are called.
var wordsOfMetrics = map[string]string{
	"rd": "R&D", "rd_share": "R&D over value added", "jobs_share": "share in jobs", "exports_share": "share in exports",
	"with_partner_share": "share with a partner", "with_six_partners_share": "share with six partners or more",
}

// whatOf names a target.
func whatOf(t *scenarios.Target) string {
	words := wordsOfMetrics[t.Metric]
	if words == "" {
		words = strings.ReplaceAll(t.Metric, "_", " ")
	}
	if n := len(t.Sectors); n > 3 {
		words += fmt.Sprintf(" of %d sectors", n)
	} else if n > 0 {
		words += " of " + strings.Join(t.Sectors, ", ")
	}
	if len(t.Regions) > 0 {
		words += " in " + strings.Join(t.Regions, ", ")
	}
	if c := t.Within; c != nil {
		middle := c.Place
		if middle == "" {
			middle = "a point"
		}
		words += fmt.Sprintf(" within %v km of %s", c.KM, middle)
	}
	if t.Since != (scenarios.Date{}) {
		words += ", change since " + t.Since.String()
	}
	return words
}

// Credits lists whom what a scenario uses is owed to.
func Credits(s *scenarios.Scenario) []output.Credit {
	var all []output.Credit
	for _, c := range s.Credits {
		all = append(all, output.Credit{What: c.What, By: c.By, Licence: c.Licence, Address: c.Address})
	}
	return all
}
