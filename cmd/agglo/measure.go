package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/output/report"
	"agglo/sim/param"
)

// compute reads the tables that the flags name and gives the result. It prints nothing but progress.
type compute func(ctx context.Context, j *measurement) (*findings, error)

// indicator is one WHAT of agglo measure.
type indicator struct {
	name  string
	short string
	long  string // formula, source, input, output and the cases that formulas leave open
	tries string // a command line that shows it
	flags func(f *pflag.FlagSet) compute
}

// indicators lists every WHAT in the order of the documents.
func indicators() []indicator {
	return []indicator{
		{"ellison-glaeser", "Concentration of sectors beyond chance", helpEllisonGlaeser,
			"ellison-glaeser --plants plants.csv --regions regions.csv", flagsEllisonGlaeser},
		{"coagglomeration", "Whether two sectors, or a group, locate together", helpCoagglomeration,
			"coagglomeration --plants plants.csv --group cars,tyres,glass", flagsCoagglomeration},
		{"colocation", "Share of pairs of firms of two sectors in the same place", helpColocation,
			"colocation --units firms.csv", flagsColocation},
		{"location-quotient", "A sector's share in a region over its share in the economy", helpLocationQuotient,
			"location-quotient --table jobs.csv", flagsLocationQuotient},
		{"hoover", "Share of jobs that would have to move", helpHoover, "hoover --table jobs.csv --by sector", flagsHoover},
		{"krugman", "How a region's structure differs from the economy's", helpKrugman,
			"krugman --table jobs.csv --against Linz", flagsKrugman},
		{"gini", "Locational Gini", helpGini, "gini --table jobs.csv --form lorenz", flagsGini},
		{"theil", "Inequality within and between groups", helpTheil, "theil --table jobs.csv --by region", flagsTheil},
		{"hhi", "Herfindahl-Hirschman index", helpHerfindahl, "hhi --table jobs.csv --by region", flagsHerfindahl},
		{"litzenberger-sternberg", "Cluster index: density, specialisation and size of firms", helpLitzenbergerSternberg,
			"litzenberger-sternberg --units units.csv", flagsLitzenbergerSternberg},
		{"duranton-overman", "Density of distances against random sites", helpDurantonOverman,
			"duranton-overman --plants points.csv --draws 1000 --seed 1 -o kd.csv", flagsDurantonOverman},
		{"marcon-puech", "Share of a sector around its own or another's plants", helpMarconPuech,
			"marcon-puech --plants points.csv --radii 1,5,20 --pair cars,tyres", flagsMarconPuech},
		{"moran", "Spatial autocorrelation", helpMoran, "moran --points points.csv --band 25", flagsMoran},
		{"triple-helix", "Mutual information of place, sector and size", helpTripleHelix,
			"triple-helix --units firms.csv", flagsTripleHelix},
		{"mutual-information", "What rows and columns of a table tell of each other", helpMutualInformation,
			"mutual-information --counts collaborations.csv", flagsMutualInformation},
		{"network", "Closure, paths, mixing and communities of a network", helpNetwork, "network --edges ties.csv", flagsNetwork},
		{"distribution", "Tails of sizes and shape of growth rates", helpDistribution,
			"distribution --values sizes.csv --top 0.1", flagsDistribution},
	}
}

// newMeasure makes agglo measure with a command for each WHAT.
func newMeasure(c *console) *cobra.Command {
	measure := &cobra.Command{
		Use:   "measure WHAT",
		Short: "Compute spatial and network statistics on anyone's data",
		Long: `measure reads CSV files with a header and prints a table in CSV. Columns are found by their names, in any order; columns
that are not needed are named on standard error and left aside. A file may be - for standard input. Neither the order of
rows nor the number of threads changes a byte of the result. A cell is empty where an index does not exist for the data,
and standard error says why.`,
		Example: "  agglo measure ellison-glaeser --plants plants.csv\n  agglo measure network --edges ties.csv --json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			var names []string
			for _, s := range indicators() {
				names = append(names, s.name)
			}
			if near, ok := param.Nearest(args[0], names); ok {
				return usagef("there is no measure %s: did you mean %s?", args[0], near)
			}
			return usagef("there is no measure %s; agglo measure --help lists them", args[0])
		},
	}
	for _, s := range indicators() {
		measure.AddCommand(newIndicator(c, s))
	}
	return measure
}

// newIndicator makes the command of one WHAT.
func newIndicator(c *console, s indicator) *cobra.Command {
	cmd := &cobra.Command{
		Use:     s.name,
		Short:   s.short,
		Long:    s.short + ".\n\n" + s.long,
		Example: "  agglo measure " + s.tries,
		Args:    wants(0, 0, "no arguments, only flags"),
	}
	cmd.Flags().SortFlags = false
	do := s.flags(cmd.Flags())
	out := cmd.Flags().StringP("out", "o", "", "write the table to this `FILE`, which appears when it is whole")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		j := &measurement{c: c, cmd: cmd}
		r, err := j.run(cmd.Context(), do)
		if err != nil {
			return err
		}
		j.tell()
		if j.figures != "" {
			return j.draw(r, j.figures)
		}
		return r.write(c, *out)
	}
	return cmd
}

// measurement is one call of a statistic.
type measurement struct {
	c     *console
	cmd   *cobra.Command
	notes []string // what the user should know about the result

	figures string // folder for the table and its figures, "" = print the table
}

// draw writes the table into a folder, draws it there and says where.
func (j *measurement) draw(r *findings, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	w, err := table.Create(filepath.Join(dir, kdFile), r.columns...)
	if err != nil {
		return err
	}
	if err := r.csv(w); err != nil {
		return err
	}
	d := drawing{lang: "en"}
	files, err := d.make(j.cmd.Context(), j.c, dir)
	if d.page != "" {
		files = append([]string{report.File}, files...)
	}
	files = append([]string{kdFile}, files...)
	if j.c.json {
		return errors.Join(err, printJSON(j.c.out, map[string]any{"dir": dir, "files": files}))
	}
	for _, f := range files {
		j.c.print("%s\n", filepath.Join(dir, f))
	}
	return err
}

// kdFile is the table of densities of distances in a folder of figures.
const kdFile = "kd.csv"

// noteLimit is how many notes are printed before the rest is only counted.
const noteLimit = 20

// note takes down a remark on the result.
func (j *measurement) note(format string, args ...any) {
	j.notes = append(j.notes, fmt.Sprintf(format, args...))
}

// tell prints the notes; all of them with -v.
func (j *measurement) tell() {
	for k, n := range j.notes {
		if k == noteLimit && !j.c.verbose {
			j.c.say("note: and %d more notes; -v prints them", len(j.notes)-k)
			return
		}
		j.c.say("note: %s", n)
	}
}

// run computes until it is done or the user stops it. A stop does not wait for the formula at work: nothing has been
// written then, and the program ends.
func (j *measurement) run(ctx context.Context, do compute) (*findings, error) {
	type outcome struct {
		r   *findings
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := do(ctx, j)
		done <- outcome{r, err}
	}()
	select {
	case o := <-done:
		if ctx.Err() == nil {
			return o.r, o.err
		}
	case <-ctx.Done():
	}
	return nil, fmt.Errorf("%w: nothing was written", errStopped)
}
