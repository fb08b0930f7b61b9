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
