package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
)

// newMerge makes agglo merge.
func newMerge(c *console) *cobra.Command {
	partial, layout, onError := false, "", ""
	var d drawing
	cmd := &cobra.Command{
		Use:   "merge DIR...",
		Short: "Put the parts of a sweep together: runs.csv and the other tables, sorted by run",
		Long: `merge writes the tables of a sweep whose runs were done in parts: with --index, on several machines, or in a job array.
The parts may lie in one folder or in several; the tables are written into the first. They must be parts of one sweep: the
same program, scenario and experiment. Missing runs are told, and nothing is written then, unless --partial is given. The
tables have the bytes of a sweep that was done at once. runs and series are written as CSV and as Parquet.

Runs that failed are rows of failures.csv; the exit code is 1 then, 0 with --error off.`,
		Example: "  agglo merge swept\n  agglo merge part0 part1 part2",
		Args:    wants(1, -1, "one DIR or more"),
		RunE: func(cmd *cobra.Command, args []string) error {
			faults := []error{checkLayout(layout), knownLanguage(d.lang), oneOf("error", onError, errorOff, errorSlow)}
			for _, dir := range args {
				faults = append(faults, isFolder(dir))
			}
			if err := errors.Join(faults...); err != nil {
				return err
			}
			merged, m, err := mergeSweep(cmd.Context(), args, partial, layout)
			if errors.Is(err, output.ErrNoFolder) || errors.Is(err, study.ErrOtherSweep) {
				return &usageError{err}
			} else if err != nil {
				return err
			}
			if merged.Damaged > 0 {
				c.say("note: %d lines of the journals do not count, because they or their rows are damaged; agglo sweep --resume does those runs again", merged.Damaged)
			}
			if merged.Missing > 0 && !partial {
				return fmt.Errorf("%d of %d runs are missing (%s); finish them with agglo sweep --resume, or merge what there is with --partial",
					merged.Missing, m.Sweep.Runs, few(merged.First, merged.Missing))
			}
			return errors.Join(d.shown(cmd.Context(), c, args[0], merged, m), failures(onError, merged.Failed, merged.Runs, "failures.csv says"))
		},
	}
	cmd.Flags().BoolVar(&partial, "partial", false, "write the tables although runs are missing")
	addLayout(cmd, &layout)
	cmd.Flags().StringVar(&onError, "error", errorSlow, "runs that failed: `off` is exit code 0, slow 1")
	d.add(cmd, true)
	return cmd
}

// mergeSweep is study.MergeSweep, with words for the end of one that was stopped.
func mergeSweep(ctx context.Context, dirs []string, partial bool, layout string) (batch.Merged, *study.SweepManifest, error) {
	merged, m, err := study.MergeSweep(ctx, dirs, partial, layout)
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = fmt.Errorf("%w before the tables were whole; the runs are kept: agglo merge %s makes them", errStopped, strings.Join(dirs, " "))
	} else if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w\nthe runs are kept: agglo merge %s makes the tables when there is room", err, strings.Join(dirs, " "))
	}
	return merged, m, err
}

// shown draws the figures of a sweep, writes its report, and says what has been written.
func (d *drawing) shown(ctx context.Context, c *console, dir string, merged batch.Merged, m *study.SweepManifest) error {
	files, fault := d.make(ctx, c, dir)
	return errors.Join(d.printMerged(c, dir, merged, m, files), fault)
}

// failures is the error of runs that failed; nil if there are none, or they were told not to count.
func failures(onError string, failed, runs int, says string) error {
	if failed == 0 || onError == errorOff {
		return nil
	}
	return fmt.Errorf("%d of %d runs failed; %s why", failed, runs, says)
}

// addLayout adds --layout.
func addLayout(cmd *cobra.Command, layout *string) {
	cmd.Flags().StringVar(layout, "layout", "", "write one more table, as a program of others does: `netlogo` writes netlogo/table.csv, a BehaviorSpace table")
}

// checkLayout finds a word that is no layout.
func checkLayout(layout string) error {
	if layout == "" {
		return nil
	}
	return oneOf("layout", layout, scenarios.Layouts...)
}

// few lists the first of many numbers.
func few(first []int, all int) string {
	text := strings.Trim(strings.ReplaceAll(fmt.Sprint(first), " ", ", "), "[]")
	if all > len(first) {
		text += " ..."
	}
	return text
}

// printMerged says what a merge has written.
func (d *drawing) printMerged(c *console, dir string, merged batch.Merged, m *study.SweepManifest, figures []string) error {
	names := slices.Sorted(maps.Keys(m.Tables))
	if c.json {
		return printJSON(c.out, map[string]any{"dir": dir, "runs": merged.Runs, "failed": merged.Failed, "missing": merged.Missing, "tables": m.Tables, "figures": append([]string{}, figures...)})
	}
	c.print("%s", count(merged.Runs, "run"))
	if merged.Failed > 0 {
		c.print(", %d of them failed", merged.Failed)
	}
	if merged.Missing > 0 {
		c.print(", %d missing", merged.Missing)
	}
	c.print("\nTables:  %s: %s\n", dir, strings.Join(names, ", "))
	if d.page != "" {
		c.print("Report:  %s\n", d.page)
	}
	if len(figures) > 0 {
		c.print("Figures: %s\n", strings.Join(figures, ", "))
	}
	return nil
}

// pilotTime is how long the pilot of a dry run may take.
const pilotTime = 4 * time.Second

// drawingMemory is what the process holds while it draws a sweep's figures and writes its report, when the runs are over, bytes.
const drawingMemory = 55_000_000

// printForecast says what a sweep will take.
func printForecast(c *console, f study.Forecast) error {
	if c.json {
		return printJSON(c.out, f)
	}
	return printTable(c.out, [][]string{
		{"runs", fmt.Sprintf("%s (%s, %s), %s", grouped(float64(f.Runs)), count(f.Points, "point"), count(f.Replicates, "replicate"), sideBySide(f.Threads))},
		{"ticks", grouped(float64(f.Ticks))},
		{"time", fmt.Sprintf("%s on this machine", duration(f.Seconds))},
		{"memory", size(f.Memory)},
		{"disk", fmt.Sprintf("%s for %s rows, without figures and report", size(f.Bytes), grouped(float64(f.Rows)))},
		{"from", fmt.Sprintf("a pilot of %d ticks in %.1f s; runs that stop early take less", f.PilotTicks, f.PilotSeconds)},
	})
}

// sideBySide says how many runs go on at the same time.
func sideBySide(threads int) string {
	if threads > 1 {
		return fmt.Sprintf("%d side by side", threads)
	}
	return "one after another"
}

// duration is a time in words, rounded.
func duration(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	case d < 48*time.Hour:
		return d.Round(time.Second).String()
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}

// size is a number of bytes in words.
func size(bytes int64) string {
	x := float64(bytes)
	for _, unit := range []string{"B", "kB", "MB", "GB"} {
		if x < 1000 {
			return fmt.Sprintf("%.3g %s", x, unit)
		}
		x /= 1000
	}
	return fmt.Sprintf("%.3g TB", x)
}
