package main

import (
	"github.com/spf13/cobra"

	"agglo/scenarios"
)

// completeScenario offers the built-in scenarios, and files, to the shell.
func completeScenario(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return scenarios.Names(), cobra.ShellCompDirectiveDefault
}

// completeParameter offers the paths of parameters for --set.
func completeParameter(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var paths []string
	for _, p := range parameters() {
		paths = append(paths, p.Path+"=")
	}
	return paths, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
