package main

import (
	"os"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"
)

// addThreads adds the flag --threads.
func addThreads(cmd *cobra.Command, threads *int) {
	cmd.Flags().IntVar(threads, "threads", 0, "workers; all cores if not given (SLURM_CPUS_PER_TASK and GOMAXPROCS are honoured); no result depends on it")
}

// workers is the number of threads to use: what was asked for, else what the cluster or the environment grants.
func workers(cmd *cobra.Command, asked int) (int, error) {
	if cmd.Flags().Changed("threads") {
		if asked < 1 || asked > 4096 {
			return 0, usagef("--threads %d: want 1 to 4096", asked)
		}
		return asked, nil
	}
	n := runtime.GOMAXPROCS(0) // the environment variable of the same name is in it
	if granted, err := strconv.Atoi(os.Getenv("SLURM_CPUS_PER_TASK")); err == nil && granted > 0 {
		n = min(n, granted)
	}
	return n, nil
}
