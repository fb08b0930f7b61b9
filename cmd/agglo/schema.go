package main

import (
	"github.com/spf13/cobra"

	"agglo/scenarios"
)

// newSchema makes agglo schema.
func newSchema(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of scenario files, for editors",
		Long: `schema prints the JSON schema (draft 2020-12) of scenario files. An editor that is given it completes keys and marks
mistakes while you type. agglo check finds more than a schema can.`,
		Example: "  agglo schema > agglo.schema.json",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			return printJSON(c.out, scenarios.Schema())
		},
	}
}
