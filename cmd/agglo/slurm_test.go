//go:build slurm

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"agglo/sim/batch"
)

// slurmAtWork begins a Slurm of the test's own in a folder of its own, with the program and a sweep that was done here in one go.
func slurmAtWork(t *testing.T) (program, cluster string) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	debian(t, "slurmctld", "munge", "slurmctld", "slurmd", "slurm-client")
	program = filepath.Join(t.TempDir(), "agglo")
	shell(t, "go", "build", "-o", program, ".")
	cluster = t.TempDir()
	t.Cleanup(func() { shell(t, filepath.Join(here, "testdata/slurm/stop.sh"), cluster) })
	shell(t, filepath.Join(here, "testdata/slurm/start.sh"), cluster)
	t.Setenv("SLURM_CONF", filepath.Join(cluster, "slurm.conf"))
	inSweep(t, strings.NewReplacer("replicates: 3", "replicates: 24", "ticks: 9", "ticks: 30").Replace(experiment))
	shell(t, program, "sweep", "e.yaml", "-o", "whole", "-q")
	return program, cluster
}

// A waiter is a sweep that waits for its jobs.
type waiter struct {
	said  *strings.Builder
	ended chan error
	stop  func() error
}

// submitted begins a sweep as a job array of tasks and waits for it beside the test.
func submitted(t *testing.T, program, dir string, tasks int) *waiter {
	t.Helper()
	cmd := exec.Command(program, "sweep", "e.yaml", "-o", dir, "--submit", "slurm", "--tasks", fmt.Sprint(tasks), "--wait")
	w := &waiter{said: &strings.Builder{}, ended: make(chan error, 1)}
	cmd.Stdout, cmd.Stderr = w.said, w.said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.stop = cmd.Process.Kill
	go func() { w.ended <- cmd.Wait() }()
	return w
}

// end waits for the sweep. Tasks that are put back wait two minutes unless they are told not to: they are told to begin a little later, because a
// node refuses a task in the second in which it was killed there.
func (w *waiter) end(t *testing.T) error {
	t.Helper()
	deadline, told := time.Now().Add(4*time.Minute), map[string]time.Time{}
	for {
		for _, task := range tasks(t, "PD") {
			if time.Since(told[task[0]]) > 15*time.Second {
				told[task[0]] = time.Now()
				_ = exec.Command("scontrol", "update", "jobid="+task[0], "StartTime=now+4").Run()
			}
		}
		select {
		case err := <-w.ended:
			t.Logf("agglo sweep --wait: %v\n%s", err, w.said)
			return err
		case <-time.After(time.Second):
			if time.Now().After(deadline) {
				_ = w.stop()
				<-w.ended
				t.Fatalf("the jobs do not end: %s\n%s", w.said, shell(t, "squeue", "--array"))
			}
		}
	}
}

// A sweep on a real Slurm gives the tables of a sweep on one machine.
func TestSlurm(t *testing.T) {
	program, cluster := slurmAtWork(t)
	t.Run("killed, put back, lost", func(t *testing.T) { slurmLoses(t, program, cluster) })
	t.Run("missing", func(t *testing.T) { slurmMisses(t, program) })
}

// slurmLoses has an array of eight tasks on four nodes, of which one is killed and put back into the queue, one is put back
// while it runs and a node is lost with the two on it; the job of the tables runs behind them.
func slurmLoses(t *testing.T, program, cluster string) {
	w := submitted(t, program, "swept", 8)
	until(t, "tasks at work", func() bool { return len(tasks(t, "R")) == 8 && journalLines(t, "swept") >= 8 })
	queue := shell(t, "squeue", "--array")
	t.Logf("squeue, all at work, %d of 96 runs noted:\n%s", journalLines(t, "swept"), queue)
	if !strings.Contains(queue, "(Dependency)") {
		t.Error("the job of the tables does not wait for the others")
	}
	running := tasks(t, "R")
	killed, requeued, lost := running[0], running[1], running[len(running)-1][1]
	// The node answers no more, but what runs on it runs on: a task that is begun elsewhere takes its lock over, and it stops.
	pid, err := os.ReadFile(filepath.Join(cluster, "run", "slurmd."+lost+".pid"))
	if err != nil {
		t.Fatal(err)
	}
	shell(t, "kill", "-9", strings.TrimSpace(string(pid)))
	shell(t, "scontrol", "update", "nodename="+lost, "state=down", "reason=lost")
	shell(t, "kill", "-9", strconv.Itoa(workerOf(t, "swept", killed[0])))
	until(t, "the killed task's end", func() bool { return strings.Contains(job(t, killed[0]), "JobState=FAILED") })
	t.Logf("scontrol show job %s, killed:\n%s", killed[0], job(t, killed[0]))
	shell(t, "scontrol", "requeue", killed[0])
	shell(t, "scontrol", "requeue", requeued[0])
	until(t, "tasks put back", func() bool { return strings.Contains(job(t, requeued[0]), "Restarts=1") })
	t.Logf("squeue, tasks put back:\n%s", shell(t, "squeue", "--array"))
	t.Logf("scontrol show job %s, put back:\n%s", requeued[0], job(t, requeued[0]))
	defer func() {
		logs, _ := filepath.Glob("swept/slurm/task-*.log")
		for _, name := range logs {
			if text, err := os.ReadFile(name); t.Failed() && err == nil {
				t.Logf("%s:\n%s", name, text)
			}
		}
	}()
	if err := w.end(t); err != nil || !strings.Contains(w.said.String(), "96 runs\n") || !strings.Contains(w.said.String(), " of 96 runs, ") {
		t.Errorf("%v: %s", err, w.said)
	}
	sameTables(t, "whole", "swept")
	completed, err := os.ReadFile(filepath.Join(cluster, "log", "jobcomp.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("job completions:\n%s", completed)
	if n := strings.Count(string(completed), "Name=agglo-sweep"); n < 8+2 || strings.Count(string(completed), "Name=agglo-merge") != 1 {
		t.Errorf("%d completions of tasks: want those of 8 tasks and of the ends that were not the last", n)
	}
	logs, _ := filepath.Glob("swept/slurm/task-*.log")
	if len(logs) != 8 {
		t.Errorf("logs of %d tasks", len(logs))
	}
	for _, path := range logs {
		if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "rm '") {
			t.Errorf("%s: %s, %v", path, text, err)
		}
	}
}

// slurmMisses kills a task that nobody puts back: its missing runs are told, and the same command with another number of tasks
// does the rest.
func slurmMisses(t *testing.T, program string) {
	w := submitted(t, program, "gap", 6)
	until(t, "tasks at work", func() bool { return len(tasks(t, "R")) == 6 && journalLines(t, "gap") >= 4 })
	shell(t, "scancel", "--signal=KILL", "--full", tasks(t, "R")[2][0])
	if err := w.end(t); err == nil || !strings.Contains(w.said.String(), "are missing") || !strings.Contains(w.said.String(), "--resume") {
		t.Errorf("a killed task: %v, %s", err, w.said)
	}
	if missing, err := strconv.Atoi(between(w.said.String(), "ended and ", " of 96 runs")); err != nil || missing < 1 || missing > 16 {
		t.Errorf("%d runs are missing: want those of one task, 16 at most", missing)
	}
	out := shell(t, program, "sweep", "e.yaml", "-o", "gap", "--submit", "slurm", "--tasks", "3", "--resume", "--wait")
	if !strings.Contains(out, "96 runs\n") {
		t.Error(out)
	}
	sameTables(t, "whole", "gap")
}

// workerOf is the process that works on a task, as its lock says.
func workerOf(t *testing.T, dir, task string) int {
	t.Helper()
	_, k, _ := strings.Cut(task, "_")
	paths, _ := filepath.Glob(fmt.Sprintf("%s/journal/index-%s-*.lock", dir, k))
	if len(paths) != 1 {
		t.Fatalf("locks of task %s: %v", task, paths)
	}
	text, err := os.ReadFile(paths[0])
	var o batch.Owner
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil || o.PID <= 1 {
		t.Fatalf("%s: %s, %v", paths[0], text, err)
	}
	return o.PID
}

// job is what Slurm knows of a task.
func job(t *testing.T, id string) string {
	t.Helper()
	return shell(t, "scontrol", "show", "job", id)
}

// tasks lists the tasks of the array in a state: id and node.
func tasks(t *testing.T, state string) [][2]string {
	t.Helper()
	var all [][2]string
	for line := range strings.Lines(shell(t, "squeue", "--noheader", "--array", "--name=agglo-sweep", "--states="+state, "--format=%i %N")) {
		fields := strings.Fields(line + " -")
		all = append(all, [2]string{fields[0], fields[1]})
	}
	return all
}

// between is what stands between two words.
func between(text, before, behind string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, behind)
	return text
}

// journalLines counts what the tasks have noted.
func journalLines(t *testing.T, dir string) int {
	t.Helper()
	m, err := filepath.Glob(dir + "/journal/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, path := range m {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines += strings.Count(string(text), "\n")
	}
	return lines
}

// until waits for something, three minutes.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 720 {
		if is() {
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
	t.Fatalf("waited three minutes for %s\n%s", what, shell(t, "squeue", "--array"))
}
