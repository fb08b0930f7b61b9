package main

import (
	"github.com/spf13/cobra"
)

// newPolicies makes agglo policies.
func newPolicies(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "policies",
		Short:   "List the instruments of policy and their settings",
		Example: "  agglo policies\n  agglo policies --json",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			return nil
		},
	}
}
