package main

import (
	"bytes"
	"context"
	"os"
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

// FuzzArguments: whatever stands on a command line, the program ends with success or with words, never in a panic. It is stopped before
// it begins, so that work ends at once; what leads out of the folder, or opens a port, is not tried.
func FuzzArguments(f *testing.F) {
	for _, line := range []string{
		"run small.yaml --ticks 3 --set trust.loss=.5@2 --replicates 2 -o a", "run small.yaml --policy {id: p, instrument: subsidy, from: 2000, to: 2001}",
		"sweep e.yaml -o s --index 0-9:3 --dry-run", "compare small.yaml --policy subsidy --pairs 3", "export a --tick 3 --gif", "plot a --lang ru", "report a", "verify a",
		"merge s", "measure hoover --table t.csv", "measure marcon-puech --plants - --radii 2,20", "design lhs - -n 3", "analyse oat --design d.csv --values v.csv",
		"calibrate c.yaml -o c", "optimise o.yaml", "sensitivity e.yaml", "check small.yaml --json", "params trust", "params --set", "list", "policies", "show small.yaml",
		"targets small.yaml", "cases plain", "claims C1", "validate", "bench --growth g", "init x.yaml", "schema", "help measure moran", "completion bash", "run a#0", "run a#-1 --from x",
	} {
		f.Add(strings.ReplaceAll(line, " ", "\n"))
	}
	ctx, stop := context.WithCancel(f.Context())
	stop()
	small, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, lines string) {
		if len(lines) > 400 || strings.ContainsAny(lines, "/\\") || strings.Contains(lines, "..") || strings.Contains(lines, "serve") {
			return
		}
		t.Chdir(dir)
		if err := os.WriteFile("small.yaml", small, 0o666); err != nil {
			t.Fatal(err)
		}
		var out, said bytes.Buffer
		err := run(ctx, strings.Split(lines, "\n"), strings.NewReader("x,y\n1,2\n"), &out, &said)
		if err != nil && strings.TrimSpace(out.String()+said.String()+err.Error()) == "" {
			t.Error("it fails without words")
		}
	})
}
