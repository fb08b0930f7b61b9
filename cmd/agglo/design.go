package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/table"
	"agglo/scenarios"
	"agglo/sim/design"
)

const designLong = `design prints a list of points at which a program, any program, is to be run: CSV, one row a point, one column a
factor. agglo analyse says from the results which factors matter.

  grid      every value of each factor with every value of the others; -n levels for each distribution
  list      the first value of each factor, then the second of each, and so on
  oat       one at a time: a base point, then each factor at its other values; -n levels for each distribution
  random    -n points, each drawn by itself
  lhs       Latin hypercube: -n points, one in each of n strata of every factor, moved apart; --plain does not move them,
            --centred puts them into the middle of their strata
  sobol     the first -n points of the Sobol' sequence, scrambled by the seed; --plain gives the published ones. Best
            with n = 2, 4, 8, 16 ...
  saltelli  for shares of variance (analyse sobol): n(d+2) points for d factors, n(2d+2) with --second-order
  morris    for screening (analyse morris): -n trajectories of d+1 points on --levels levels; --optimise M takes the n
            of M trajectories that lie farthest apart

FACTORS.yaml lists the factors; - is standard input:

  factors:
    - {name: trust.loss, dist: {uniform: [0.1, 0.8]}}
    - {name: price, dist: {loguniform: [0.01, 10]}}      # also normal, lognormal, triangular, integer
    - {name: x, values: [1, 2, 4]}                       # also words, or true and false
    - {name: y, linspace: {start: 0, stop: 1, n: 5}}
    - {name: w, arange: {start: 0, stop: 1, step: 0.25}} # stop is among the values
    - {name: z, values: [1, 2, 3], base: 2}              # base: for oat; else the first value, or the median

Same file, same seed, same bytes, on every machine.`

// designFlags are the flags of agglo design.
type designFlags struct {
	plan design.Plan
	out  string
}

// newDesign makes agglo design.
func newDesign(c *console) *cobra.Command {
	f := &designFlags{}
	cmd := &cobra.Command{
		Use:   "design KIND FACTORS.yaml",
		Short: "Lay out an experiment for any program: grid, Latin hypercube, Sobol', Saltelli, Morris ...",
		Long:  designLong,
		Example: `  agglo design lhs factors.yaml -n 200 --seed 1 -o points.csv
  agglo design saltelli factors.yaml -n 1024 -o points.csv
  agglo design morris factors.yaml -n 20 --optimise 500 -o points.csv
  agglo design grid factors.yaml -n 5 --json`,
		Args: wants(2, 2, "a KIND and FACTORS.yaml"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return design.Kinds, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0], args[1]) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVarP(&f.plan.N, "n", "n", 0, "`N` points; base points of saltelli; trajectories of morris; levels of grid and oat")
	flags.Uint64Var(&f.plan.Seed, "seed", 1, "seed of all random draws")
	flags.StringVarP(&f.out, "out", "o", "", "write the table to this `FILE`, which appears when it is whole")
	flags.BoolVar(&f.plan.Plain, "plain", false, "lhs: do not move points apart; sobol: do not scramble")
	flags.BoolVar(&f.plan.Centred, "centred", false, "lhs: points in the middle of their strata")
	flags.BoolVar(&f.plan.Second, "second-order", false, "saltelli: the points for interactions of two factors too")
	flags.IntVar(&f.plan.Levels, "levels", 4, "morris: levels of each factor, an even number")
	flags.IntVar(&f.plan.Optimise, "optimise", 0, "morris: choose the n trajectories out of `M`")
	return cmd
}

// designFlagsOf says which kinds have a flag.
var designFlagsOf = []struct {
	flag  string
	kinds []string
}{
	{"plain", []string{"lhs", "sobol"}},
	{"centred", []string{"lhs"}},
	{"second-order", []string{"saltelli"}},
	{"levels", []string{"morris"}},
	{"optimise", []string{"morris"}},
}

// run makes the design and prints it.
func (f *designFlags) run(cmd *cobra.Command, c *console, kind, path string) error {
	if err := oneOf("KIND", kind, design.Kinds...); err != nil {
		return usagef("%s", strings.TrimPrefix(err.Error(), "--KIND "))
	}
	for _, known := range designFlagsOf {
		if cmd.Flags().Changed(known.flag) && !slices.Contains(known.kinds, kind) {
			return usagef("--%s is for design %s: design %s has none", known.flag, strings.Join(known.kinds, " and "), kind)
		}
	}
	if kind == "morris" && f.plan.Levels < 2 {
		return usagef("--levels %d: want an even number of at least 2", f.plan.Levels)
	}
	factors, err := readFactors(c, path)
	if err != nil {
		return err
	}
	f.plan.Kind = kind
	d, err := f.plan.Make(factors)
	if err != nil {
		return usagef("design: %w", err)
	}
	if err := cmd.Context().Err(); err != nil {
		return fmt.Errorf("%w: nothing was written", errStopped)
	}
	f.remark(cmd, c, factors)
	c.say("%s points of %d factors", grouped(float64(len(d.Points))), len(factors))
	return writeDesign(c, f.out, d)
}

// remark says what the user should know about the design.
func (f *designFlags) remark(cmd *cobra.Command, c *console, factors []design.Factor) {
	n := f.plan.N
	if (f.plan.Kind == "sobol" || f.plan.Kind == "saltelli") && n&(n-1) != 0 {
		c.say("note: %d is no power of 2: %d or %d points of the sequence are more even", n, 1<<(bits.Len(uint(n))-1), 1<<bits.Len(uint(n)))
	}
	listed := !slices.ContainsFunc(factors, func(f design.Factor) bool { return f.Shape != design.Listed })
	if cmd.Flags().Changed("n") && (f.plan.Kind == "list" || listed && (f.plan.Kind == "grid" || f.plan.Kind == "oat")) {
		c.say("note: -n %d is not used: the factors name all their values", n)
	}
}

// readFactors reads a file of factors, - being standard input.
func readFactors(c *console, path string) ([]design.Factor, error) {
	if path == "-" {
		data, err := io.ReadAll(c.in)
		if err != nil {
			return nil, err
		}
		return scenarios.ReadFactors("standard input", data)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, given(path, err)
	}
	return scenarios.ReadFactors(path, data)
}

// writeDesign prints a design on standard output, or into a file that appears when it is whole: CSV, or JSON if asked for.
func writeDesign(c *console, path string, d design.Design) error {
	toOut := path == "" || path == "-"
	switch {
	case c.json && toOut:
		return designJSON(c.out, d)
	case c.json:
		return table.Whole(path, func(w io.Writer) error { return designJSON(w, d) })
	case toOut:
		return designCSV(table.NewWriter(c.out, d.Names...), d)
	}
	w, err := table.Create(path, d.Names...)
	if err != nil {
		return err
	}
	return designCSV(w, d)
}

// designCSV writes the points and closes the table.
func designCSV(w *table.Writer, d design.Design) error {
	for _, point := range d.Points {
		for j, v := range point {
			if d.Words[j] != nil {
				w.Text(d.Words[j][int(v)])
			} else {
				w.Number(v)
			}
		}
		w.EndRow()
	}
	return w.Close()
}

// designJSON writes the points as a list of objects, one a line.
func designJSON(to io.Writer, d design.Design) error {
	w := bufio.NewWriter(to) // an error stays in it until Flush
	before := "[\n  {"
	for _, point := range d.Points {
		_, _ = w.WriteString(before)
		before = ",\n  {"
		for j, v := range point {
			var cell any = v
			if d.Words[j] != nil {
				cell = d.Words[j][int(v)]
			}
			key, _ := json.Marshal(d.Names[j]) // a string always can be
			value, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			separator := ""
			if j > 0 {
				separator = ", "
			}
			_, _ = fmt.Fprintf(w, "%s%s: %s", separator, key, value)
		}
		_, _ = w.WriteString("}")
	}
	_, _ = w.WriteString("\n]\n")
	return w.Flush()
}
