package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// child begins the program in a process of its own.
func child(t *testing.T, args string) (*exec.Cmd, chan error) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS="+args)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return cmd, ended
}

// light is an experiment of 64 runs that take little, with both tables.
const light = `agglo: 1
scenario: small.yaml
factors:
  - {name: trust.loss, values: [.2, .6]}
replicates: 32
ticks: 2
report: {at: [1, 2], every: 1}
`

// A sweep that is killed at twenty random moments, while it starts, runs, syncs or writes its tables, and goes on each time with
// another number of threads, gives the bytes of one that was left alone. One that ends in between is looked at, and another begun.
func TestSweepKilled(t *testing.T) {
	inSweep(t, light)
	must(t, "sweep", "e.yaml", "-o", "whole", "-q", "--no-plots")
	seed := uint64(time.Now().UnixNano())
	chance := rand.New(rand.NewPCG(seed, 1))
	kills, whole := 0, 0
	for dir := ""; kills < 20 || whole == 0; {
		if dir == "" {
			dir = fmt.Sprint("killed", whole)
		}
		cmd, ended := child(t, fmt.Sprintf("sweep e.yaml -o %s --resume -q --no-plots --threads %d", dir, 1+chance.IntN(4)))
		after := time.Duration(chance.Int64N(int64(2200 * time.Millisecond)))
		if kills >= 20 {
			after = 5 * time.Minute
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			sameTables(t, "whole", dir)
			whole++
			dir = ""
		case <-time.After(after):
			_ = cmd.Process.Kill()
			<-ended
			kills++
		}
	}
	t.Logf("seed %d: %d kills, %d sweeps came to their end and have the bytes of the one that was left alone", seed, kills, whole)
}

// Two processes on the runs of one part: the second is refused, with the first named and the command that breaks its lock. When
// the first is gone, its lock is taken over.
func TestSweepTwoProcesses(t *testing.T) {
	inSweep(t, strings.Replace(light, "ticks: 2", "ticks: 4000", 1))
	cmd, ended := child(t, "sweep e.yaml -o s -q --index 0-63:2")
	lock := filepath.Join("s", "journal", "index-0-63-2.lock")
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if info, err := os.Stat(lock); err == nil && info.Size() > 0 {
			break
		} else if time.Since(begun) > time.Minute {
			t.Fatal("no lock after a minute")
		}
	}
	code, _, text := call(t, "sweep", "e.yaml", "-o", "s", "-q", "--index", "0-63:2", "--resume")
	if code != 1 || !strings.Contains(text, fmt.Sprintf("process %d on ", cmd.Process.Pid)) || !strings.Contains(text, "rm '"+lock+"'") {
		t.Errorf("%d: %s", code, text)
	}
	_ = cmd.Process.Kill()
	<-ended
	if _, err := os.Stat(lock); err != nil {
		t.Error("a process that was killed cannot take its lock away: ", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if code, _, text := callWith(t, ctx, "sweep", "e.yaml", "-o", "s", "-q", "--index", "0-63:2", "--resume"); code != 1 || !strings.Contains(text, "stopped: 0 of 32 runs") {
		t.Errorf("%d: %s", code, text)
	}
	if _, err := os.Stat(lock); err == nil {
		t.Error("a lock is left behind")
	}
}
