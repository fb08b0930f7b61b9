package main

import (
	"strings"

	"github.com/spf13/cobra"

	"agglo/model/policy"
	"agglo/sim/param"
)

// instrument is one line of agglo policies.
type instrument struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Meaning  string    `json:"meaning"`
	Stands   string    `json:"stands_for"`
	Settings []setting `json:"settings"`
}

// setting is a parameter that sets an instrument's ordinary strength.
type setting struct {
	Path    string `json:"path"`
	Unit    string `json:"unit"`
	Bounds  string `json:"bounds"`
	Default string `json:"default"`
	Source  string `json:"source"`
}

// newPolicies makes agglo policies.
func newPolicies(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "policies",
		Short: "List the instruments of policy and their settings",
		Long: `policies lists the instruments that a policy in a scenario may use, and the parameters that set the strength of an
instrument of intensity 1. What F1 to F3 and I1 to I32 stand for is in docs/instruments.md.

A policy wraps an instrument: dates (from, to), budget, intensity, finance, target, style (everyone, central, network),
conditions (match, membership, trust) and potential_assessment. A strategy has instruments that share its budget, and may
learn. agglo schema describes the keys.`,
		Example: "  agglo policies\n  agglo policies --json",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			list := instruments()
			if c.json {
				return printJSON(c.out, list)
			}
			for k, x := range list {
				if k > 0 {
					c.print("\n")
				}
				c.print("%s: %s", x.ID, x.Title)
				if x.Stands != "" {
					c.print(" (%s)", x.Stands)
				}
				c.print("\n%s\n", x.Meaning)
				rows := [][]string{}
				for _, s := range x.Settings {
					rows = append(rows, []string{"  " + s.Path, s.Default, s.Unit, s.Bounds, s.Source})
				}
				if err := printTable(c.out, rows); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// instruments lists the catalogue with the settings' declarations.
func instruments() []instrument {
	known := map[string]param.Entry{}
	for _, p := range param.List(policy.Params{}) {
		known["policy."+p.Path] = p
	}
	var list []instrument
	for _, e := range policy.Catalogue() {
		x := instrument{ID: e.ID, Title: e.Title, Meaning: strings.Join(strings.Fields(e.Doc), " "), Stands: e.Stands, Settings: []setting{}}
		for _, path := range e.Settings {
			p := known[path]
			x.Settings = append(x.Settings, setting{path, p.Unit, p.In, p.Default, p.Source})
		}
		list = append(list, x)
	}
	return list
}
