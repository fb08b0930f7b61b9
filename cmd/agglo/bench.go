package main

import (
	"github.com/spf13/cobra"

	"agglo/internal/bench"
)

// newBench makes agglo bench.
func newBench(c *console) *cobra.Command {
	var p bench.Plan
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure speed and memory on this machine",
		Long: `bench makes a region of eight sectors with one firm per km2, runs it, and prints as JSON the time for a firm and tick, the
memory for a firm, ties included, and the allocations for a firm and tick. With --clustered 90% of the firms start in one
square of 20 x 20 km.`,
		Example: "  agglo bench\n  agglo bench --firms 1000000 --ticks 4 --clustered",
		Args:    wants(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case p.Firms < 100 || p.Firms > 20_000_000:
				return usagef("--firms %d: want 100 to 20000000", p.Firms)
			case p.Ticks < 1 || p.Ticks > 4000:
				return usagef("--ticks %d: want 1 to 4000", p.Ticks)
			}
			var err error
			if p.Threads, err = workers(cmd, p.Threads); err != nil {
				return err
			}
			result, err := bench.Run(cmd.Context(), p)
			if err != nil {
				return err
			}
			return printJSON(c.out, result)
		},
	}
	cmd.Flags().IntVar(&p.Firms, "firms", 100_000, "firms at the start")
	cmd.Flags().IntVar(&p.Ticks, "ticks", 8, "ticks to measure, behind those to warm up")
	cmd.Flags().BoolVar(&p.Clustered, "clustered", false, "90% of the firms start in a square of 20 x 20 km")
	addThreads(cmd, &p.Threads)
	return cmd
}
