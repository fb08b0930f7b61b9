// Command torture makes random worlds, with random policies and parameters, runs each in many ways, and looks for a relation
// that does not hold. It is run by `make torture`; a world that breaks a relation is made as small as it can be, printed as a
// scenario file, and can be tried again by its number.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"
)

func main() {
	var o options
	flag.DurationVar(&o.time, "time", 30*time.Minute, "how long to go on")
	flag.Uint64Var(&o.first, "first", 1, "number of the first world")
	flag.Uint64Var(&o.most, "worlds", 0, "stop behind so many worlds; 0 = when the time is up")
	flag.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "worlds at a time")
	flag.StringVar(&o.only, "only", "", "try this relation only")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	sum, err := torture(ctx, o, os.Stderr)
	fmt.Print(sum.text())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
