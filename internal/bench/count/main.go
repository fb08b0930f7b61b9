// Command count runs a few quarters of the region that agglo bench measures, for an instrument that counts instructions, such as
// Callgrind: they are the same whatever else the machine does (make instructions; docs/performance.md).
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"

	"agglo/internal/bench"
	"agglo/model"
)

func main() {
	firms := flag.Int("firms", 10_000, "firms at the start")
	ticks := flag.Int("ticks", 4, "quarters to count, behind those to warm up")
	clustered := flag.Bool("clustered", false, "nine firms in ten in a square of 20 x 20 km")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	runtime.LockOSThread() // instruments follow a thread: a quarter that moved to another would be left out
	debug.SetGCPercent(-1) // a collector beside the count would be counted
	total, err := count(ctx, bench.Plan{Firms: *firms, Ticks: *ticks, Threads: 1, Clustered: *clustered})
	if err != nil {
		fmt.Fprintln(os.Stderr, "count:", err)
		os.Exit(1)
	}
	fmt.Println(total)
}

// count makes the region, warms it up, runs the quarters to be counted and returns for how many firms and quarters these were.
func count(ctx context.Context, p bench.Plan) (int, error) {
	e, err := bench.Engine(ctx, p)
	if err == nil {
		err = e.Run(ctx, bench.WarmUp)
	}
	total := 0
	for tick := bench.WarmUp + 1; tick <= bench.WarmUp+p.Ticks && err == nil; tick++ {
		err = counted(ctx, e, tick)
		total += e.World.Firms.Alive
	}
	return total, err
}

// counted is what the instrument counts; it knows it by its name.
//
//go:noinline
func counted(ctx context.Context, e *model.Engine, tick int) error { return e.Run(ctx, tick) }
