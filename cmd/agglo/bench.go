package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"agglo/internal/bench"
	"agglo/internal/study"
	"agglo/model/world"
)

const benchLong = `bench makes a region of eight sectors with one firm per km2, runs it, and prints as JSON the time for a firm and tick, the
memory for a firm, ties included, the allocations for a firm and tick, and the most memory that the process has held. With
--clustered 90% of the firms start in one square of 20 x 20 km.

With --growth it measures regions of several sizes, spread and clustered, in turn, and writes scaling.csv and a figure of
what a firm costs by how many there are. Rows that are measured are kept when it is stopped; --resume measures the rest, or
more sizes and rounds.`

// benchFlags are the flags of agglo bench.
type benchFlags struct {
	plan   bench.Plan
	growth bool
	sizes  []int
	rounds int
	out    string
	lang   string
	force  bool
	resume bool
}

// newBench makes agglo bench.
func newBench(c *console) *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "Measure speed and memory on this machine",
		Long:    benchLong,
		Example: "  agglo bench\n  agglo bench --firms 1000000 --ticks 4 --clustered\n  agglo bench --growth --threads 1 -o runs/bench",
		Args:    wants(0, 0, "no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runBench(cmd, c, &f) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.plan.Firms, "firms", 100_000, "firms at the start")
	flags.IntVar(&f.plan.Ticks, "ticks", 8, "ticks to measure, behind those to warm up")
	flags.BoolVar(&f.plan.Clustered, "clustered", false, "90% of the firms start in a square of 20 x 20 km")
	addThreads(cmd, &f.plan.Threads)
	flags.BoolVar(&f.growth, "growth", false, "measure several sizes and draw what a firm costs by how many there are")
	flags.IntSliceVar(&f.sizes, "sizes", []int{1000, 10_000, 100_000, 1_000_000}, "with --growth: numbers of firms")
	flags.IntVar(&f.rounds, "rounds", 3, "with --growth: `N` measurements of each size")
	flags.StringVarP(&f.out, "out", "o", filepath.Join("runs", "bench"), "with --growth: `DIR` to write")
	flags.StringVar(&f.lang, "lang", "en", "with --growth: language of the figure, en or ru")
	flags.BoolVar(&f.resume, "resume", false, "with --growth: keep earlier measurements and go on with those that are not there")
	flags.BoolVar(&f.force, "force", false, "with --growth: write over earlier measurements")
	return cmd
}

// check lists what is wrong with the command line.
func (f *benchFlags) check(cmd *cobra.Command) error {
	var faults []error
	size := func(flag string, n int) {
		if n < 100 || n > 20_000_000 {
			faults = append(faults, usagef("%s %d: want 100 to 20000000", flag, n))
		}
	}
	size("--firms", f.plan.Firms)
	if f.plan.Ticks < 1 || f.plan.Ticks > 4000 {
		faults = append(faults, usagef("--ticks %d: want 1 to 4000", f.plan.Ticks))
	}
	for _, n := range f.sizes {
		size("--sizes", n)
	}
	if f.rounds < 1 || f.rounds > 1000 {
		faults = append(faults, usagef("--rounds %d: want 1 to 1000", f.rounds))
	}
	if f.force && f.resume {
		faults = append(faults, usagef("--force does not go with --resume: one writes over what the other keeps"))
	}
	faults = append(faults, knownLanguage(f.lang))
	alone := map[bool][]string{true: {"firms", "clustered"}, false: {"sizes", "rounds", "out", "lang", "force", "resume"}}
	for _, name := range alone[f.growth] {
		if cmd.Flags().Changed(name) {
			if f.growth {
				faults = append(faults, usagef("--%s goes without --growth", name))
			} else {
				faults = append(faults, usagef("--%s goes with --growth", name))
			}
		}
	}
	var err error
	f.plan.Threads, err = workers(cmd, f.plan.Threads)
	return errors.Join(append(faults, err)...)
}

// runBench is agglo bench.
func runBench(cmd *cobra.Command, c *console, f *benchFlags) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	if f.growth {
		return f.grow(cmd.Context(), c)
	}
	if err := c.room([]study.Live{study.Together(f.plan.Sized(), 1, 1)}, 1); err != nil {
		return err
	}
	bar := newProgress(c, bench.WarmUp+f.plan.Ticks)
	result, err := bench.Run(cmd.Context(), f.plan, func(tick int) { _ = bar.Observe(world.View{}, tick) })
	bar.end()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("%w before the measurement was done", errStopped)
	}
	if err != nil {
		return err
	}
	return printJSON(c.out, result)
}
