package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every flag with a number, of every command, says what it wants when it is given something else, and nothing of the program's inside.
func TestFlagsSayWhatTheyWant(t *testing.T) {
	asked := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			switch f.Value.Type() {
			case "int", "uint64", "float64", "intSlice", "float64Slice":
			case "bool", "string", "stringArray", "stringSlice":
				return
			default:
				t.Errorf("%s --%s is of type %s, which badValue has no words for", cmd.CommandPath(), f.Name, f.Value.Type())
			}
			asked++
			code, _, said := call(t, append(strings.Fields(after(cmd)), "--"+f.Name, "1e9x")...)
			if code != 2 || !strings.HasPrefix(said, "--"+f.Name+" 1e9x: want ") || strings.Contains(said, "strconv") {
				t.Errorf("%s --%s 1e9x: exit code %d, %s", cmd.CommandPath(), f.Name, code, said)
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(strings.NewReader(""), io.Discard, io.Discard))
	if asked < 40 {
		t.Errorf("%d flags were asked", asked)
	}
}

// A flag behind a misspelt command is not what is wrong; one that other programs call otherwise is named as it is called here.
func TestUnknownFlagOfUnknownCommand(t *testing.T) {
	for line, want := range map[string]string{
		"rum plain --seed 4":                      "there is no command rum: did you mean run?",
		"measure location_quotient --table x.csv": "there is no command measure location_quotient: did you mean measure location-quotient?",
		"measure hhi --tabel x.csv":               "unknown flag: --tabel: did you mean --table?",
		"measure --table x.csv":                   "unknown flag: --table",
		"run plain --steps 4":                     "unknown flag: --steps: did you mean --ticks?",
		"design lsh factors.yaml --seeds 1":       "did you mean",
		"--bogus":                                 "unknown flag: --bogus",
	} {
		if code, _, said := call(t, strings.Fields(line)...); code != 2 || !strings.Contains(said, want) {
			t.Errorf("%s: exit code %d, %s: want %q", line, code, said, want)
		}
	}
}
