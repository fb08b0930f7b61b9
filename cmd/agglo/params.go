package main

import (
	"strings"

	"github.com/spf13/cobra"

	"agglo/model"
	"agglo/sim/param"
)

// newParams makes agglo params.
func newParams(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "params [PREFIX]",
		Short: "List every parameter of the rules with unit, bounds, default and source",
		Long: `params lists the parameters of the rules. Give one with --set PATH=VALUE, or in the section params of a scenario file.
A source is a publication, a data set, or the word assumed. With a prefix only parameters whose path begins with it are
listed.`,
		Example: "  agglo params\n  agglo params trust\n  agglo params --json",
		Args:    wants(0, 1, "at most one PREFIX"),
		RunE: func(_ *cobra.Command, args []string) error {
			type entry struct {
				Path    string `json:"path"`
				Unit    string `json:"unit"`
				Bounds  string `json:"bounds"`
				Default string `json:"default"`
				Source  string `json:"source"`
				Meaning string `json:"meaning"`
			}
			entries := []entry{}
			rows := [][]string{{"path", "unit", "bounds", "default", "source", "meaning"}}
			for _, p := range parameters() {
				if len(args) > 0 && !strings.HasPrefix(p.Path, args[0]) {
					continue
				}
				e := entry{p.Path, p.Unit, p.In, p.Default, p.Source, strings.Join(strings.Fields(p.Doc), " ")}
				entries = append(entries, e)
				rows = append(rows, []string{e.Path, e.Unit, e.Bounds, e.Default, e.Source, e.Meaning})
			}
			if len(entries) == 0 {
				return noParameter(args[0])
			}
			if c.json {
				return printJSON(c.out, entries)
			}
			return printTable(c.out, rows)
		},
	}
}

// noParameter names the parameter that was probably meant.
func noParameter(word string) error {
	var paths []string
	for _, p := range parameters() {
		group, _, _ := strings.Cut(p.Path, ".")
		paths = append(paths, group, p.Path)
	}
	if near, ok := param.Nearest(word, paths); ok {
		return usagef("no parameter begins with %s: did you mean %s?", word, near)
	}
	return usagef("no parameter begins with %s", word)
}

// parameters describes the parameters of the rules.
func parameters() []param.Entry { return model.Describe() }
