package class

import (
	"cmp"
	"slices"
	"strings"

	"agglo/internal/text"
	"agglo/model/policy"
	"agglo/output/live/session"
	"agglo/scenarios"
)

// An Offered is something to choose from, with its name.
type Offered struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Catalogue is what a teacher makes tasks of, in a language.
type Catalogue struct {
	Scenarios []Offered        `json:"scenarios"`
	Policies  []Offered        `json:"policies"` // those of every scenario
	Knobs     []session.Knob   `json:"knobs"`
	Outcomes  []OfferedOutcome `json:"outcomes"`
}

// An OfferedOutcome is an outcome with its name.
type OfferedOutcome struct {
	Outcome
	Title string `json:"title"`
}

// CatalogueOf makes the catalogue in a language.
func CatalogueOf(lang string) Catalogue {
	var c Catalogue
	for _, h := range scenarios.Headlines() {
		c.Scenarios = append(c.Scenarios, Offered{h.ID, h.Title.In(lang)})
	}
	c.Policies = []Offered{{scenarios.NoPolicy, text.In(lang, "class.arm.none")}}
	for _, id := range policy.Instruments() {
		name := text.In(lang, "policy."+id)
		if !text.Has("policy." + id) {
			name = strings.ReplaceAll(id, "_", " ")
		}
		c.Policies = append(c.Policies, Offered{id, name})
	}
	slices.SortStableFunc(c.Policies[1:], func(a, b Offered) int { return cmp.Compare(a.Title, b.Title) })
	c.Knobs = session.Knobs(lang)
	for _, o := range outcomes {
		c.Outcomes = append(c.Outcomes, OfferedOutcome{o, text.In(lang, "page.metric."+o.Metric)})
	}
	return c
}
