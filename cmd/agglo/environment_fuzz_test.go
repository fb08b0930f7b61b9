package main

import (
	"strings"
	"testing"

	"agglo/sim/batch"
)

// FuzzEnvironment: whatever a cluster says of a task in the environment, the task has a part of the runs, all of them or none, or ends with words;
// and whatever it says of processors, there are some to work on, and no more than without it.
func FuzzEnvironment(f *testing.F) {
	f.Add("", "", "", "", "", "", 72)
	f.Add("3", "4", "0", "3", "1", "2", 72)
	f.Add("-1", "0", "-9223372036854775808", "9223372036854775807", "0", "-1", 1)
	f.Add("7", "3", "1", "9", "4", "1e3", 100_000_000)
	f.Fuzz(func(t *testing.T, id, count, first, last, step, processors string, runs int) {
		if runs < 1 || runs > batch.MostRuns || strings.ContainsRune(id+count+first+last+step+processors, 0) {
			return
		}
		root := newRoot(nil, nil, nil)
		most, err := workers(root, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{"ARRAY_TASK_ID": id, "ARRAY_TASK_COUNT": count, "ARRAY_TASK_MIN": first, "ARRAY_TASK_MAX": last, "ARRAY_TASK_STEP": step, "CPUS_PER_TASK": processors} {
			t.Setenv("SLURM_"+name, value)
		}
		if n, err := workers(root, 0); err != nil || n < 1 || n > most {
			t.Errorf("%d workers of %d, %v", n, most, err)
		}
		part, err := arrayPart(runs)
		if err != nil {
			if exitCode(err) != 2 || err.Error() == "" {
				t.Errorf("exit code %d: %q", exitCode(err), err)
			}
			return
		}
		any := part.All()
		for run := 0; run < min(runs, 1<<16) && !any; run++ {
			any = part.Has(run)
		}
		if !any && runs <= 1<<16 {
			t.Errorf("part %v of %d runs has none", part, runs)
		}
	})
}
