package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"agglo/sim/param"
)

// console is what commands share: where to read and write, and how much to say.
type console struct {
	in       io.Reader
	out, err io.Writer
	quiet    bool
	verbose  bool
	json     bool
}

// say prints a message on standard error, unless -q was given.
func (c *console) say(format string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}

// detail prints a message for -v.
func (c *console) detail(format string, args ...any) {
	if c.verbose && !c.quiet {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}

const rootExample = `  agglo list
  agglo run plain --ticks 80
  agglo run silicon-valley --seed 7 -o valley
  agglo plot valley`

// newRoot makes the tree of commands.
func newRoot(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	c := &console{in: stdin, out: stdout, err: stderr}
	root := &cobra.Command{
		Use:   "agglo",
		Short: "Simulate how regional clusters of firms form",
		Long: `agglo simulates a region of firms that share suppliers, workers and knowledge, trust each other or not, are founded,
move and close; clusters form, or do not. A scenario file says what the region is; a run writes a folder of tables and
figures.`,
		Example:       rootExample,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version().Version,
		Args:          cobra.ArbitraryArgs,

		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return noStream(cmd) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.PersistentFlags().BoolVarP(&c.quiet, "quiet", "q", false, "no progress and no messages")
	root.PersistentFlags().BoolVarP(&c.verbose, "verbose", "v", false, "say more")
	root.PersistentFlags().BoolVar(&c.json, "json", false, "print results as JSON")
	root.SetHelpCommand(newHelp())
	root.SetVersionTemplate("agglo {{.Version}}\n")
	root.AddCommand(newList(c), newShow(c), newInit(c), newParams(c), newPolicies(c), newSchema(c), newCheck(c), newRun(c),
		newCompare(c), newClaims(c), newSweep(c), newMerge(c), newSensitivity(c), newCalibrate(c), newOptimise(c), newDesign(c), newAnalyse(c), newMeasure(c), newValidate(c),
		newPlot(c), newReport(c), newExport(c), newVerify(c), newCases(c), newServe(c),
		newBench(c), newMan(c))
	finishCompletion(root)
	return root
}

// noStream refuses the sign for standard output where a command writes a folder.
func noStream(cmd *cobra.Command) error {
	out := cmd.Flags().Lookup("out")
	if out == nil || out.Value.String() != "-" || !strings.Contains(out.Usage, "`DIR`") {
		return nil
	}
	return usagef("-o -: %s writes a folder, which standard output cannot hold: want its path, which is ./- for a folder of that name", cmd.CommandPath())
}

// finishCompletion gives the library's command what ours have: an example, and an error for a word that is no shell, whose exit code
// keeps a file of completions from holding help.
func finishCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Example = "  agglo completion bash > agglo.bash\n  source agglo.bash"
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		}
		for _, shell := range cmd.Commands() {
			shell.Args = wants(0, 0, "no arguments")
		}
	}
}

// newHelp makes agglo help.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND...]",
		Short:   "Tell how to use a command",
		Example: "  agglo help run\n  agglo help measure hoover",
		RunE: func(cmd *cobra.Command, args []string) error {
			of := cmd.Root()
			for _, word := range args {
				below := slices.IndexFunc(of.Commands(), func(sub *cobra.Command) bool { return sub.Name() == word })
				switch {
				case below >= 0:
					of = of.Commands()[below]
				case of.HasSubCommands():
					return unknownCommand(of, word)
				default:
					return usagef("help: %q is one too many: agglo %shas no commands of its own", word, after(of))
				}
			}
			return of.Help()
		},
	}
}

// unknownCommand names the command that was probably meant.
func unknownCommand(cmd *cobra.Command, word string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	if near, ok := param.Nearest(word, names); ok {
		return usagef("there is no command %s%s: did you mean %[1]s%[3]s?", after(cmd), word, near)
	}
	return usagef("there is no command %s%s; agglo %[1]s--help lists them", after(cmd), word)
}

// asUsage makes a mistake in flags or arguments, which the library found, a usage error, and adds the nearest right name
// of a flag.
func asUsage(root *cobra.Command, args []string, err error) error {
	if err == nil {
		return nil
	}
	cmd, rest, found := root.Find(args)
	if found != nil {
		cmd, rest = root, args
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return badValue(invalid)
	}
	text := err.Error()
	for _, start := range []string{"unknown flag: --", "unknown shorthand flag: "} {
		if word, yes := strings.CutPrefix(text, start); yes {
			if cmd.HasSubCommands() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") { // the flag is that of a command that is misspelt
				return unknownCommand(cmd, rest[0])
			}
			return usagef("%s%s; agglo %s--help lists the flags", text, nearestFlag(cmd, word), after(cmd))
		}
	}
	for _, start := range []string{"flag needs an argument", "bad flag syntax", "required flag"} {
		if strings.HasPrefix(text, start) {
			return &usageError{err}
		}
	}
	return err
}

// badValue says which value a flag has been given and which it wants, in the words of the commands' own checks.
func badValue(err *pflag.InvalidValueError) error {
	given := err.GetValue()
	if strings.TrimSpace(given) == "" {
		given = strconv.Quote(given)
	}
	flag := err.GetFlag()
	want, known := map[string]string{
		"int": "a whole number", "uint64": "a whole number, 0 or more", "float64": "a number",
		"intSlice": "whole numbers with commas between them", "float64Slice": "numbers with commas between them", "bool": "true or false",
	}[flag.Value.Type()]
	switch {
	case !known:
		return &usageError{err}
	case errors.Is(err, strconv.ErrRange):
		return usagef("--%s %s: is too large: want %s", flag.Name, given, want)
	}
	return usagef("--%s %s: want %s", flag.Name, given, want)
}

// after gives the command's name as it stands behind agglo.
func after(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return strings.TrimPrefix(cmd.CommandPath(), "agglo ") + " "
	}
	return ""
}

// nearestFlag gives ": did you mean --x?" for a misspelt flag.
func nearestFlag(cmd *cobra.Command, word string) string {
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	word, _, _ = strings.Cut(word, "=")
	if word == "steps" && slices.Contains(names, "ticks") { // as other programs call them
		word = "ticks"
	}
	if near, ok := param.Nearest(word, names); ok {
		return ": did you mean --" + near + "?"
	}
	return ""
}

// wants checks the number of arguments: from least to most, most below 0 being no limit. what names them.
func wants(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usagef("%s: want %s; agglo %s--help shows how", cmd.Name(), what, after(cmd))
		case most >= 0 && len(args) > most:
			return usagef("%s: %q is one too many: want %s", cmd.Name(), args[most], what)
		}
		return nil
	}
}

// print prints a result on standard output.
func (c *console) print(format string, args ...any) { fmt.Fprintf(c.out, format, args...) }
