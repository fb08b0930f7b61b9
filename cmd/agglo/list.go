package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"agglo/scenarios"
)

// entry is a built-in scenario as agglo list tells it.
type entry struct {
	ID       string            `json:"id"`
	Title    map[string]string `json:"title"`
	Summary  map[string]string `json:"summary"`
	Country  []string          `json:"country"` // empty: a place that nobody measured
	From     string            `json:"from"`
	To       string            `json:"to"`
	Firms    float64           `json:"firms"` // at the start
	Scale    float64           `json:"firms_per_agent"`
	Policies []string          `json:"policies"`
	Targets  int               `json:"targets"`
}

// newList makes agglo list.
func newList(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the built-in scenarios",
		Long:    "list prints the built-in scenarios: where and when they are, how many firms they begin with, and what the authorities do.",
		Example: "  agglo list\n  agglo list --json",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			var entries []entry
			rows := [][]string{{"scenario", "country", "years", "firms", "policies", "title"}}
			for _, id := range scenarios.Names() {
				s, err := scenarios.Load(id)
				if err != nil {
					return err
				}
				e := entryOf(s)
				entries = append(entries, e)
				rows = append(rows, []string{id, dash(strings.Join(e.Country, ", ")), e.From[:4] + "-" + e.To[:4], firmsOf(&e), policiesOf(&e), s.Title.EN})
			}
			if c.json {
				return printJSON(c.out, entries)
			}
			return printTable(c.out, rows)
		},
	}
}

// entryOf sums a scenario up.
func entryOf(s *scenarios.Scenario) entry {
	from, to := s.Span()
	e := entry{ID: s.ID, Title: languages(s.Title), Summary: languages(s.Summary), Country: countriesOf(s), From: from.String(), To: to.String(),
		Firms: s.FirmsAtStart(), Scale: s.Scale.Value, Policies: []string{}, Targets: len(s.Targets)}
	for _, p := range s.Policies {
		e.Policies = append(e.Policies, p.ID)
	}
	return e
}

// countriesOf lists the countries of a scenario's regions, as names; none for a place that nobody measured.
func countriesOf(s *scenarios.Scenario) []string {
	list := []string{}
	for _, r := range s.Regions {
		name := r.Country
		switch {
		case name == "" || name == "nowhere":
			continue
		case len(name) <= 3:
			name = strings.ToUpper(name)
		default:
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// firmsOf writes firms, and how many an agent stands for.
func firmsOf(e *entry) string {
	if e.Scale == 1 {
		return grouped(e.Firms)
	}
	return fmt.Sprintf("%s, %v an agent", grouped(e.Firms), e.Scale)
}

// policiesOf names the first two policies and counts the rest.
func policiesOf(e *entry) string {
	const most = 2
	if n := len(e.Policies); n > most+1 {
		return fmt.Sprintf("%s and %d more", strings.Join(e.Policies[:most], ", "), n-most)
	}
	return dash(strings.Join(e.Policies, ", "))
}

// dash stands for nothing.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// languages gives a text by language.
func languages(t scenarios.Text) map[string]string {
	texts := map[string]string{"en": t.EN}
	if t.RU != "" {
		texts["ru"] = t.RU
	}
	return texts
}
