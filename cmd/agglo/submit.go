package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/sim/batch"
)

// submitFlags are the flags of agglo sweep for a cluster.
type submitFlags struct {
	submit string
	tasks  int
	sbatch []string
	wait   bool
}

// add adds the flags.
func (f *submitFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.submit, "submit", "", "write the scripts of a job array and submit it: `slurm`")
	flags.IntVar(&f.tasks, "tasks", 0, "with --submit: `N` tasks of the array; 16, or a run each, if not given")
	flags.StringArrayVar(&f.sbatch, "sbatch", nil, "with --submit: an `OPTION` for #SBATCH, such as --time=4:00:00; may be repeated")
	flags.BoolVar(&f.wait, "wait", false, "with --submit: wait until the jobs have ended and tell how far they are")
}

// check finds the flags that do not go together.
func (f *submitFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	var faults []error
	if f.submit != "" && f.submit != "slurm" {
		faults = append(faults, usagef("--submit %s: want slurm", f.submit))
	}
	for _, flag := range []string{"tasks", "sbatch", "wait"} {
		if given(flag) && f.submit == "" {
			faults = append(faults, usagef("--%s goes with --submit slurm", flag))
		}
	}
	if given("tasks") && (f.tasks < 1 || f.tasks > 100_000) {
		faults = append(faults, usagef("--tasks %d: want 1 to 100000", f.tasks))
	}
	for _, flag := range []string{"index", "dry-run"} {
		if f.submit != "" && given(flag) {
			faults = append(faults, usagef("--%s does not go with --submit", flag))
		}
	}
	for _, o := range f.sbatch {
		if !sbatchOption.MatchString(o) {
			faults = append(faults, usagef("--sbatch %q: want an option as sbatch takes it, such as --sbatch=--time=4:00:00", o))
		} else if isArray(o) {
			faults = append(faults, usagef("--sbatch %q: the array is that of --tasks, and another would do other runs", o))
		}
	}
	return errors.Join(faults...)
}

// sbatchOption is the form of an option on a line of its own.
var sbatchOption = regexp.MustCompile(`^--?[A-Za-z][^\r\n]*$`)

// isArray says whether an option of sbatch is that of a job array. Long ones may be cut short.
func isArray(option string) bool {
	name, _, _ := strings.Cut(option, "=")
	name, _, _ = strings.Cut(name, " ")
	return strings.HasPrefix(name, "--ar") && strings.HasPrefix("--array", name) || strings.HasPrefix(name, "-a")
}

// defaultTasks is the number of tasks of an array if the user names none.
const defaultTasks = 16

// scripts writes the two scripts and gives their paths.
func (f *sweepFlags) scripts(w *study.Sweep, path string, threads int, quiet bool) (array, merge string, err error) {
	if f.tasks == 0 {
		f.tasks = defaultTasks
	}
	f.tasks = min(f.tasks, w.Runs())
	program, err := os.Executable()
	if err != nil {
		return "", "", err
	}
	var places [2]string
	for k, p := range []string{path, f.out} {
		if places[k], err = filepath.Abs(p); err != nil {
			return "", "", err
		}
	}
	dir := filepath.Join(places[1], "slurm")
	if strings.ContainsAny(dir, "\r\n") {
		return "", "", fmt.Errorf("%q: Slurm cannot write logs into a folder with a line end in its name", dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", "", err
	}
	options := ""
	for _, o := range f.sbatch {
		options += "#SBATCH " + o + "\n"
	}
	log := strings.ReplaceAll(dir, "%", "%%")
	array, merge = filepath.Join(dir, "array.sh"), filepath.Join(dir, "merge.sh")
	text := fmt.Sprintf(`#!/bin/bash
#SBATCH --job-name=agglo-sweep
#SBATCH --array=0-%[1]d
#SBATCH --cpus-per-task=%[2]d
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output="%[3]s/task-%%a.log"
%[4]s
# %[5]d runs in %[6]d tasks: task k does the runs k, k+%[6]d, k+%[7]d ... and has a log of its own here.
# A task that is put back into the queue goes on where it was; so does this script when it is submitted again.
exec %[8]s sweep %[9]s -o %[10]s --resume --index "$SLURM_ARRAY_TASK_ID-%[11]d:%[6]d"%[12]s
`, f.tasks-1, threads, log, options, w.Runs(), f.tasks, 2*f.tasks, quote(program), quote(places[0]), quote(places[1]), w.Runs()-1, f.ofTasks(quiet))
	if err := os.WriteFile(array, []byte(text), 0o777); err != nil {
		return "", "", err
	}
	text = fmt.Sprintf(`#!/bin/bash
#SBATCH --job-name=agglo-merge
#SBATCH --output="%s/merge.log"
%s
# Puts the tables together when all tasks have ended.
exec %s merge %s%s
`, log, options, quote(program), quote(places[1]), f.ofMerge(quiet))
	return array, merge, os.WriteFile(merge, []byte(text), 0o777)
}

// ofTasks are the flags that the command line gives to every task: a task does runs and writes no table.
func (f *sweepFlags) ofTasks(quiet bool) (flags string) {
	for _, word := range f.above() {
		if !strings.HasPrefix(word, "--") {
			word = quote(word)
		}
		flags += " " + word
	}
	if f.onError != errorSlow {
		flags += " --error " + f.onError
	}
	if quiet {
		flags += " -q"
	}
	return flags
}

// ofMerge are those that it gives to the job of the tables, figures and report.
func (f *sweepFlags) ofMerge(quiet bool) (flags string) {
	if f.onError == errorOff {
		flags += " --error " + errorOff
	}
	if f.layout != "" {
		flags += " --layout " + f.layout
	}
	if f.lang != "en" {
		flags += " --lang " + f.lang
	}
	if f.pdf {
		flags += " --pdf"
	}
	if f.noPlots {
		flags += " --no-plots"
	}
	if quiet {
		flags += " -q"
	}
	return flags
}

// quote makes a word of a shell.
func quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// send writes the scripts, submits them, and waits if that was asked for.
func (f *sweepFlags) send(cmd *cobra.Command, c *console, w *study.Sweep, m *study.SweepManifest, path string) error {
	threads := 1
	if cmd.Flags().Changed("threads") {
		threads = f.threads
	}
	array, merge, err := f.scripts(w, path, threads, c.quiet)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	tasks, err := slurm(ctx, "sbatch", "--parsable", array)
	if err != nil {
		return fmt.Errorf("the scripts are written, %s and %s, but: %w", array, merge, err)
	}
	tasks, _, _ = strings.Cut(tasks, ";") // the name of the cluster follows
	last, err := slurm(ctx, "sbatch", "--parsable", "--dependency=afterany:"+tasks, merge)
	if err != nil {
		return fmt.Errorf("job %s is submitted; when it has ended, agglo merge %s; but: %w", tasks, f.out, err)
	}
	last, _, _ = strings.Cut(last, ";")
	told := fmt.Sprintf("job %s: %s runs in %d tasks; job %s puts them together", tasks, grouped(float64(w.Runs())), f.tasks, last)
	if f.wait {
		if c.json { // the result is what follows
			c.say("%s", told)
		} else {
			c.print("%s\n", told)
		}
		return f.follow(ctx, c, m, tasks+","+last)
	}
	if c.json {
		return printJSON(c.out, struct {
			Dir      string   `json:"dir"`
			Runs     int      `json:"runs"`
			Tasks    int      `json:"tasks"`
			Job      string   `json:"job"`
			MergeJob string   `json:"merge_job"`
			Scripts  []string `json:"scripts"`
		}{f.out, w.Runs(), f.tasks, tasks, last, []string{array, merge}})
	}
	c.print("%s\n", told)
	return nil
}

// slurm runs a command of Slurm and gives its answer.
func slurm(ctx context.Context, name string, args ...string) (string, error) {
	var out, messages bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &out, &messages
	err := cmd.Run()
	said := strings.TrimSpace(messages.String())
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("there is no program %s in the PATH: Slurm is not installed on this machine, or not loaded", name)
	case err != nil && said != "":
		return "", fmt.Errorf("%s: %w: %s", name, err, said)
	case err != nil:
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return strings.TrimSpace(out.String()), nil
}

// Polling of a cluster: how often, and how often a log gets a line.
const (
	askEvery  = 2 * time.Second
	lineEvery = 15
)

// follow waits for the jobs and tells how many runs have ended. Ctrl-C leaves the jobs at work.
func (f *sweepFlags) follow(ctx context.Context, c *console, m *study.SweepManifest, jobs string) error {
	begun, at := time.Now(), -1
	for turn := 0; ; turn++ {
		queue, err := slurm(ctx, "squeue", "--noheader", "--jobs", jobs, "--format", "%T")
		if ctx.Err() != nil {
			return fmt.Errorf("%w waiting; the jobs %s go on, and scancel %s ends them", errStopped, jobs, strings.ReplaceAll(jobs, ",", " "))
		}
		if err != nil && !strings.Contains(err.Error(), "Invalid job id") {
			c.say("%v; asking again", err)
		} else if queue == "" {
			break
		}
		done, err := m.Plan(f.out).Lines()
		if err != nil {
			return err
		}
		if at < 0 {
			at = done
		}
		if turn%lineEvery == 0 {
			left := "time left unknown"
			if done > at {
				each := time.Since(begun) / time.Duration(done-at)
				left = (each * time.Duration(max(m.Sweep.Runs-done, 0))).Round(time.Second).String() + " left"
			}
			c.say("%d of %d runs, %s", min(done, m.Sweep.Runs), m.Sweep.Runs, left)
		}
		select {
		case <-ctx.Done():
		case <-time.After(askEvery):
		}
	}
	merged, m, err := mergeSweep(ctx, []string{f.out}, false, f.layout)
	if err != nil {
		return err
	}
	return f.verdict(ctx, c, m, merged)
}

// verdict says how the jobs have ended.
func (f *sweepFlags) verdict(ctx context.Context, c *console, m *study.SweepManifest, merged batch.Merged) error {
	if merged.Missing > 0 {
		return fmt.Errorf("the jobs have ended and %d of %d runs are missing (%s); %s has the logs of the tasks; the same command with --resume does the rest",
			merged.Missing, m.Sweep.Runs, few(merged.First, merged.Missing), filepath.Join(f.out, "slurm"))
	}
	return errors.Join(f.shown(ctx, c, f.out, merged, m), failures(f.onError, merged.Failed, merged.Runs, "failures.csv says"))
}
