//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// interrupted begins the program in a process of its own, sends it Ctrl-C's signal while it waits for the contents of a file, and then
// gives it the file.
func interrupted(t *testing.T, file, args string) (code int, out, said string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(file), syscall.Mkfifo(file, 0o600)); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS="+args)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	opened := make(chan *os.File, 1)
	go func() {
		pipe, err := os.OpenFile(file, os.O_WRONLY, 0) // returns when the process opens it to read
		if err != nil {
			t.Error(err)
		}
		opened <- pipe
	}()
	select {
	case err := <-ended:
		t.Fatalf("agglo %s has not read %s: %v: %s", args, file, err, stderr.String())
	case pipe := <-opened:
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)                                                    // what hears the signal is a goroutine, which a busy machine lets wait
		if err := errors.Join(os.Remove(file), os.WriteFile(file, text, 0o666)); err != nil { // for whoever reads it again
			t.Fatal(err)
		}
		_, _ = pipe.Write(text) // it may have gone already
		_ = pipe.Close()
	}
	<-ended
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// Ctrl-C while figures are drawn keeps those that are there, lists them, says so, and ends with 1; no report is made of a part of them.
func TestDrawingInterrupted(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "r", "--ticks", "8", "--no-plots", "-q")
	all := must(t, "plot", "r", "-q")
	for _, command := range []string{"plot", "report"} {
		if err := os.RemoveAll("r/figures"); err != nil {
			t.Fatal(err)
		}
		code, out, said := interrupted(t, "r/series.csv", command+" r -q")
		drawn, err := filepath.Glob("r/figures/*.png")
		if err != nil || code != 1 || len(drawn) == 0 || 2*len(drawn) >= strings.Count(all, "\n") || !strings.Contains(said, "stopped: figures drawn until then: ") || strings.Contains(said, "canceled") {
			t.Errorf("%s: exit code %d, %d figures: %s", command, code, len(drawn), said)
		}
		if listed := strings.Count(out, ".png"); command == "plot" && listed != len(drawn) {
			t.Errorf("%d figures are listed and %d are there", listed, len(drawn))
		}
		if _, err := os.Stat("r/report.html"); err == nil {
			t.Errorf("%s: there is a report", command)
		}
	}
	if again := must(t, "plot", "r", "-q"); again != all {
		t.Error("the same command again does not draw all")
	}
}

// Ctrl-C while a command draws what it has made: the tables are whole, and it says which command draws the rest.
func TestDrawingBehindARunInterrupted(t *testing.T) {
	inFolder(t)
	drawing := func() bool { found, _ := filepath.Glob("r/figures/*"); return len(found) > 0 }
	code, _, said := stoppedWhen(t, drawing, "run", "small.yaml", "-o", "r", "-q")
	if code != 1 || !strings.Contains(said, "its tables are whole: agglo report r draws the rest") || strings.Contains(said, "canceled") {
		t.Errorf("exit code %d: %s", code, said)
	}
	must(t, "verify", "r", "-q")
}

// Ctrl-C behind the last measurement of bench keeps them all and says what draws them.
func TestDrawingOfBenchInterrupted(t *testing.T) {
	inFolder(t)
	const measure = "bench --growth --sizes 200,400 --rounds 1 --ticks 4 --threads 1 -o b -q"
	must(t, strings.Fields(measure)...)
	if err := os.RemoveAll("b/figures"); err != nil {
		t.Fatal(err)
	}
	code, _, said := interrupted(t, "b/scaling.csv", measure+" --resume")
	if code != 1 || !strings.Contains(said, "b/scaling.csv holds all measurements, and --resume draws them") || strings.Contains(said, "canceled") {
		t.Errorf("exit code %d: %s", code, said)
	}
	must(t, append(strings.Fields(measure), "--resume")...)
	if _, err := os.Stat("b/figures/scaling.png"); err != nil {
		t.Error(err)
	}
}

// Ctrl-C in a merge leaves the runs where they are and no part of a table, and the same command makes the tables.
func TestMergeInterrupted(t *testing.T) {
	inSweep(t, light)
	must(t, "sweep", "e.yaml", "-o", "s", "--index", "0-63", "-q")
	code, _, said := interrupted(t, "s/manifest.json", "merge s -q --no-plots")
	if code != 1 || !strings.Contains(said, "stopped before the tables were whole; the runs are kept: agglo merge s makes them") || strings.Contains(said, "canceled") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if left, _ := filepath.Glob("s/*.part"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	must(t, "merge", "s", "-q", "--no-plots")
	must(t, "verify", "s", "-q")
}

// Ctrl-C while claims are made ready ends the command before it has written anything; while they run, it keeps the pairs that are done, or
// says that there are none.
func TestClaimsInterrupted(t *testing.T) {
	inFolder(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, _, said := callWith(t, ctx, "claims", "-o", "c", "-q")
	if _, err := os.Stat("c"); code != 1 || err == nil || !strings.Contains(said, "stopped before the first run; nothing has been written") {
		t.Errorf("exit code %d, the folder: %v: %s", code, err, said)
	}
	begun := func() bool { _, err := os.Stat("c"); return err == nil }
	code, _, said = stoppedWhen(t, begun, "claims", "C1", "--replicates", "100000", "-o", "c", "-q", "--no-plots")
	_, none := os.Stat("c/claims.csv")
	switch {
	case code != 1 || strings.Contains(said, "canceled"):
		t.Errorf("exit code %d: %s", code, said)
	case none != nil && !strings.Contains(said, "stopped before the first pair of worlds was done: c holds no tables"):
		t.Errorf("there are no tables: %s", said)
	case none == nil && !strings.Contains(said, "stopped: the tables of c hold the pairs that are done"):
		t.Errorf("there are tables: %s", said)
	}
}

// A terminal that is closed stops a run as Ctrl-C does, with all ticks up to there; one behind nohup does not hear it.
func TestTerminalClosed(t *testing.T) {
	inFolder(t)
	heard := make(chan os.Signal, 1) // a test that is itself run behind nohup must not hand that on
	signal.Notify(heard, syscall.SIGHUP)
	defer signal.Stop(heard)
	for _, c := range []struct {
		begin, dir string
		code       int
	}{{"", "closed", 1}, {`trap "" HUP; `, "nohup", 0}} {
		cmd := exec.Command("sh", "-c", c.begin+`exec "$0"`, os.Args[0])
		cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS=run small.yaml --ticks 400 --checkpoint 1 --no-plots -q -o "+c.dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(time.Millisecond) {
			if found, _ := filepath.Glob(c.dir + "/checkpoints/*.checkpoint"); len(found) > 0 {
				break
			}
		}
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for range 20 { // the shell says it, and the system may say it again
			time.Sleep(time.Millisecond)
			_ = cmd.Process.Signal(syscall.SIGHUP) // it may be over
		}
		_ = cmd.Wait() // its code is looked at next
		if code := cmd.ProcessState.ExitCode(); code != c.code {
			t.Errorf("%s: exit code %d", c.dir, code)
		}
		must(t, "verify", c.dir)
	}
}
