//go:build slurm

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A sweep on a real Slurm: a job array on four nodes, of which one task is put back into the queue, another is killed outright
// and a node is lost, gives the tables of a sweep on one machine.
func TestSlurm(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "agglo")
	shell(t, "go", "build", "-o", program, ".")
	cluster := t.TempDir()
	t.Cleanup(func() { shell(t, filepath.Join(here, "testdata/slurm/stop.sh"), cluster) })
	shell(t, filepath.Join(here, "testdata/slurm/start.sh"), cluster)
	t.Setenv("SLURM_CONF", filepath.Join(cluster, "slurm.conf"))

	inSweep(t, strings.NewReplacer("replicates: 3", "replicates: 40", "ticks: 9", "ticks: 40").Replace(experiment))
	shell(t, program, "sweep", "e.yaml", "-o", "whole", "-q")
	waiting := exec.Command(program, "sweep", "e.yaml", "-o", "swept", "--submit", "slurm", "--tasks", "6", "--wait")
	said := &strings.Builder{}
	waiting.Stdout, waiting.Stderr = said, said
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- waiting.Wait() }()
	until(t, "tasks at work", func() bool { return len(tasks(t, "R")) >= 4 && journalLines(t) >= 12 })
	running := tasks(t, "R")
	t.Logf("at work: %v", running)

	requeued, killed, lost := running[0], running[1], running[2]
	shell(t, "scontrol", "requeue", requeued[0])
	shell(t, "scancel", "--signal=KILL", "--full", killed[0])
	// The node answers no more, but what runs on it runs on: a task that is begun elsewhere takes its lock over, and it stops.
	pid, err := os.ReadFile(filepath.Join(cluster, "run", "slurmd."+lost[1]+".pid"))
	if err != nil {
		t.Fatal(err)
	}
	shell(t, "kill", "-9", strings.TrimSpace(string(pid)))
	shell(t, "scontrol", "update", "nodename="+lost[1], "state=down", "reason=test")
	until(t, "tasks put back", func() bool { return len(tasks(t, "PD")) > 1 })
	deadline := time.Now().Add(3 * time.Minute)
	for over := false; !over; {
		for _, task := range tasks(t, "PD") { // those put back wait two minutes unless they are told not to
			_ = exec.Command("scontrol", "update", "jobid="+task[0], "StartTime=now").Run()
		}
		select {
		case err := <-ended:
			t.Logf("%v: %s", err, said)
			over = true
			if err == nil {
				t.Error("the killed task's runs cannot be there yet")
			}
		case <-time.After(time.Second):
			if time.Now().After(deadline) {
				_ = waiting.Process.Kill()
				t.Fatalf("the jobs do not end: %s", said)
			}
		}
	}
	if !strings.Contains(said.String(), "are missing") || !strings.Contains(said.String(), "--resume") {
		t.Errorf("a killed task: %s", said)
	}
	if missing := between(said.String(), "ended and ", " of 160 runs"); missing == "" || len(missing) > 2 || missing > "27" {
		t.Errorf("%s runs are missing: want those of one task, 27 at most", missing)
	}
	said.Reset()
	out, err := exec.Command(program, "sweep", "e.yaml", "-o", "swept", "--submit", "slurm", "--tasks", "3", "--resume", "--wait").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "160 runs\n") {
		t.Fatalf("%v: %s", err, out)
	}
	sameTables(t, "whole", "swept")
	logs, _ := filepath.Glob("swept/slurm/task-*.log")
	for _, path := range logs {
		if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "rm '") {
			t.Errorf("%s: %s, %v", path, text, err)
		}
	}
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
func journalLines(t *testing.T) int {
	t.Helper()
	m, err := filepath.Glob("swept/journal/*.jsonl")
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

// until waits for something for a minute.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 240 {
		if is() {
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
	t.Fatalf("waited a minute for %s\n%s", what, shell(t, "squeue", "--array"))
}
