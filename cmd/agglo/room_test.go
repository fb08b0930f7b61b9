package main

import (
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
