package main

import (
	"slices"

	"agglo/output"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// beside are the flags of how a thing is done and shown, on which no number hangs.
var beside = []string{"out", "force", "threads", "error", "lang", "no-plots", "pdf", "checkpoint", "json", "quiet", "verbose", "resume"}

// wordsAsked lists the words behind a command's name that decide on what is found: names, and flags that were given.
func wordsAsked(cmd *cobra.Command) []string {
	words := slices.Clone(cmd.Flags().Args())
	for k, word := range words {
		words[k] = output.NoFlag(word)
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		list, several := f.Value.(pflag.SliceValue)
		switch {
		case slices.Contains(beside, f.Name):
		case several:
			for _, value := range list.GetSlice() {
				words = append(words, "--"+f.Name, value)
			}
		case f.Value.Type() == "bool":
			words = append(words, "--"+f.Name+"="+f.Value.String())
		default:
			words = append(words, "--"+f.Name, f.Value.String())
		}
	})
	return words
}
