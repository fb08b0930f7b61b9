package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"

	"github.com/spf13/cobra"

	"agglo/internal/bench"
	"agglo/internal/study"
	"agglo/model/world"
	"agglo/output/plot"
)

const benchLong = `bench makes a region of eight sectors with one firm per km2, runs it, and prints as JSON the time for a firm and tick, the
memory for a firm, ties included, the allocations for a firm and tick, and the most memory that the process has held. With
--clustered 90% of the firms start in one square of 20 x 20 km.

With --growth it measures regions of several sizes, spread and clustered, in turn, and writes scaling.csv and a figure of
what a firm costs by how many there are. Rows that are measured are kept when it is stopped.`

// benchFlags are the flags of agglo bench.
type benchFlags struct {
	plan   bench.Plan
	growth bool
	sizes  []int
	rounds int
	out    string
	lang   string
	force  bool
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
	faults = append(faults, knownLanguage(f.lang))
	alone := map[bool][]string{true: {"firms", "clustered"}, false: {"sizes", "rounds", "out", "lang", "force"}}
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

// thousand is how many firms make a unit of the work that progress is told in.
const thousand = 1000

// scalingFile holds the rows of a measurement of several sizes.
const scalingFile = "scaling.csv"

// ticksOf is how many ticks of so many firms are measured: those asked for, and more of a small region, whose ticks are short, in whole
// years.
func ticksOf(asked, firms int) int {
	return max(asked, min(800_000/firms, 160)/world.TicksPerYear*world.TicksPerYear)
}

// grow measures all sizes in turn, round by round, so that a slow spell of the machine falls on all of them.
func (f *benchFlags) grow(ctx context.Context, c *console) error {
	path := filepath.Join(f.out, scalingFile)
	if _, err := os.Stat(path); err == nil && !f.force {
		return usagef("%s: holds measurements already; --force writes over them", path)
	}
	var plans []bench.Plan
	var live []study.Live
	total := 0
	for range f.rounds {
		for _, n := range f.sizes {
			for _, clustered := range []bool{false, true} {
				p := f.plan
				p.Firms, p.Clustered, p.Ticks = n, clustered, ticksOf(f.plan.Ticks, n)
				plans, live = append(plans, p), append(live, study.Together(p.Sized(), 1, 1))
				total += (bench.WarmUp + p.Ticks) * n / thousand
			}
		}
	}
	if err := c.room(live, 1); err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o777); err != nil {
		return err
	}
	if err := measureAll(ctx, c, plans, total, path); err != nil {
		return err
	}
	figures, err := plot.Draw(f.out, plot.Options{Lang: f.lang})
	for _, file := range filesOfFigures(c, figures) {
		c.print("%s\n", filepath.Join(f.out, file))
	}
	c.print("%s\n", path)
	return err
}

// measureAll measures plans, so many thousand firms and ticks in all, and writes the rows that are done to a file behind each.
func measureAll(ctx context.Context, c *console, plans []bench.Plan, total int, path string) error {
	bar := newSteps(c, total, "thousand firms and tick") // so that a tick of many firms counts for more
	defer bar.end()
	var rows []bench.Result
	for _, p := range plans {
		debug.FreeOSMemory() // each begins with what the first began with
		ticks := 0
		r, err := bench.Run(ctx, p, func(int) {
			bar.add((ticks+1)*p.Firms/thousand - ticks*p.Firms/thousand)
			ticks++
		})
		switch {
		case errors.Is(err, context.Canceled) && len(rows) == 0:
			return fmt.Errorf("%w before the first measurement was done", errStopped)
		case errors.Is(err, context.Canceled):
			return fmt.Errorf("%w: %s holds the %d measurements that are done", errStopped, path, len(rows))
		case err != nil:
			return err
		}
		rows = append(rows, r)
		if err := writeScaling(path, rows); err != nil {
			return err
		}
	}
	return nil
}

// writeScaling writes all rows anew, so that the file is whole whenever it is looked at.
func writeScaling(path string, rows []bench.Result) error {
	list := [][]string{{"firms", "clustered", "threads", "ticks", "ns_per_firm_tick", "bytes_per_firm", "allocs_per_firm_tick", "seconds_to_start"}}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
	for _, r := range rows {
		clustered := "0"
		if r.Clustered {
			clustered = "1"
		}
		list = append(list, []string{strconv.Itoa(r.Firms), clustered, strconv.Itoa(r.Threads), strconv.Itoa(r.Ticks), number(r.NsPerFirmTick),
			number(r.BytesPerFirm), number(r.AllocsPerFirmTick), number(r.SecondsToStart)})
	}
	return writeWhole(path, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(list) })
}
