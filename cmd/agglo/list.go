package main

import (
	"github.com/spf13/cobra"

	"agglo/scenarios"
)

// newList makes agglo list.
func newList(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the built-in scenarios",
		Example: "  agglo list\n  agglo list --json",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			type entry struct {
				ID      string            `json:"id"`
				Title   map[string]string `json:"title"`
				Summary map[string]string `json:"summary"`
			}
			var entries []entry
			rows := [][]string{{"scenario", "title", "question"}}
			for _, id := range scenarios.Names() {
				title, summary := scenarios.Describe(id)
				entries = append(entries, entry{id, languages(title), languages(summary)})
				rows = append(rows, []string{id, title.EN, summary.EN})
			}
			if c.json {
				return printJSON(c.out, entries)
			}
			return printTable(c.out, rows)
		},
	}
}

// languages gives a text by language.
func languages(t scenarios.Text) map[string]string {
	texts := map[string]string{"en": t.EN}
	if t.RU != "" {
		texts["ru"] = t.RU
	}
	return texts
}
