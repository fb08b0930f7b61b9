package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A sweep that finds no room says that what is there is kept and how it goes on, also when it was going on already.
func TestSweepWithoutRoom(t *testing.T) {
	inSweep(t, light)
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots", "--index", "0-3")
	cmd := exec.Command("sh", "-c", `ulimit -f 0 && exec "$0"`, os.Args[0]) // no file may grow, as on a full disk
	cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS=sweep e.yaml -o s --resume -q --no-plots")
	said, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "what had reached the disk is kept in s; --resume goes on") {
		t.Errorf("%v: %s", err, said)
	}
	must(t, "sweep", "e.yaml", "-o", "s", "--resume", "-q", "--no-plots")
}

// A sweep that may not open as many files as it needs says so, whichever file it was that found none left, and goes on where it may.
func TestFewOpenFiles(t *testing.T) {
	inSweep(t, strings.Replace(light, "replicates: 32", "replicates: 4", 1))
	must(t, "sweep", "e.yaml", "-o", "whole", "-q", "--no-plots")
	stopped := 0
	for limit := 12; limit <= 20; limit++ {
		dir := fmt.Sprint("s", limit)
		cmd := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -n %d && exec "$0"`, limit), os.Args[0])
		cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS=sweep e.yaml -q --no-plots --threads 4 -o "+dir)
		if said, err := cmd.CombinedOutput(); err != nil {
			stopped++
			if text := string(said); cmd.ProcessState.ExitCode() != 1 || !strings.Contains(text, "too many open files") || strings.Contains(text, "no longer") {
				t.Errorf("%d open files: %v: %s", limit, err, text)
			}
		}
		must(t, "sweep", "e.yaml", "-o", dir, "--resume", "-q", "--no-plots")
		if a, b := hashes(t, "whole"), hashes(t, dir); !maps.Equal(a, b) {
			t.Errorf("%d open files: other tables: %v and %v", limit, a, b)
		}
	}
	if stopped == 0 {
		t.Error("no limit stopped a sweep")
	}
}
