package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"agglo/internal/study"
	"agglo/output"
)

// stoppedWhen runs a command and stops it as Ctrl-C does, as soon as something is so.
func stoppedWhen(t *testing.T, is func() bool, args ...string) (code int, out, said string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for ctx.Err() == nil {
			if is() {
				stop()
			}
			time.Sleep(100 * time.Microsecond)
		}
	}()
	return callWith(t, ctx, args...)
}

// Ctrl-C in a run of many replicates keeps those that are done and those that have begun, in one message; the folder is whole, and agglo
// verify makes it again. The same command then does them all.
func TestReplicatesStopped(t *testing.T) {
	inFolder(t)
	done := func(dir string) func() bool {
		return func() bool { _, err := os.Stat(filepath.Join(dir, "series.csv.run2")); return err == nil }
	}
	command := []string{"run", "small.yaml", "--ticks", "40", "--replicates", "16", "--threads", "2", "-o", "r", "--no-plots", "-q"}
	code, _, said := stoppedWhen(t, done("r"), command...)
	if code != 1 || strings.Contains(said, "canceled") || !strings.Contains(said, " of 16 replicates are done") || !strings.Contains(said, "had not begun") || strings.Count(strings.TrimSpace(said), "\n") > 0 {
		t.Errorf("exit code %d: %s", code, said)
	}
	m, err := output.Open("r")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(m.Runs); m.Complete || m.StoppedAt == nil || m.Replicates != 16 || n < 3 || n > 15 || m.Fingerprint() != m.Command {
		t.Errorf("the manifest: complete %v, stopped at %v, %d of %d runs", m.Complete, m.StoppedAt, n, m.Replicates)
	}
	kept := map[string]int{}
	for _, row := range rows(t, "r/series.csv") {
		kept[row["replicate"]]++
	}
	for _, run := range m.Runs {
		if n := kept[fmt.Sprint(run.Run)]; n != run.Ticks+1 || run.Run < 2 && n != 41 {
			t.Errorf("replicate %d: %d rows, %d ticks", run.Run, n, run.Ticks)
		}
	}
	if left, _ := filepath.Glob("r/*.run*"); len(kept) != len(m.Runs) || len(left) > 0 {
		t.Errorf("rows of %d replicates, the manifest has %d; left over: %v", len(kept), len(m.Runs), left)
	}
	must(t, "verify", "r", "--threads", "2", "-q")
	must(t, "report", "r", "-q")
	must(t, command...)
	if m, err = output.Open("r"); err != nil || !m.Complete || len(m.Runs) != 16 || m.Replicates != 0 {
		t.Errorf("the same command again: complete %v, %d runs, %v", m.Complete, len(m.Runs), err)
	}

	code, out, said := stoppedWhen(t, done("all/small"), "cases", "small.yaml", "--ticks", "40", "--seeds", "16", "--threads", "2", "-o", "all", "--no-plots", "-q")
	if code != 1 || strings.Contains(said, "canceled") || !strings.Contains(said, " of 16 replicates are done") || !strings.Contains(out, "small") {
		t.Errorf("cases: exit code %d: %s", code, said)
	}
}

// Ctrl-C in the replay behind a run leaves the tables of the run, and says that the replay is missing.
func TestReplayStopped(t *testing.T) {
	inFolder(t)
	ended := func() bool { _, err := os.Stat("r/series.csv"); return err == nil }
	code, _, said := stoppedWhen(t, ended, "run", "small.yaml", "--replay", "400", "-o", "r", "--no-plots", "-q")
	if code != 1 || !strings.Contains(said, "stopped in the replay") || !strings.Contains(said, "no replay.csv") {
		t.Errorf("exit code %d: %s", code, said)
	}
	m, err := output.Open("r")
	if err != nil || m.Complete || m.StoppedAt != nil || len(m.Notes) == 0 || len(rows(t, "r/series.csv")) != 9 {
		t.Errorf("complete %v, stopped at %v, notes %q, %v", m.Complete, m.StoppedAt, m.Notes, err)
	}
	must(t, "verify", "r", "-q")
}

// A validation that is stopped tells how many seeds are done, on the screen and in the manifest, and that they are few; before the first
// it says that there is nothing.
func TestValidateStopped(t *testing.T) {
	inFolder(t)
	args := []string{"validate", "T1a", "--seeds", "200", "--ticks", "20", "--threads", "2", "--no-plots", "-q", "-o", "v",
		"--set", "scenario.scale=10", "--set", "areas.plain.cell_km=5", "--set", "areas.plain.land=2500"}
	var code int
	var out, said string
	for wait := 100 * time.Millisecond; ; wait *= 2 { // until a seed is done, however slow the machine is
		begun := time.Now()
		code, out, said = stoppedWhen(t, func() bool { return time.Since(begun) > wait }, args...)
		if !strings.Contains(said, "before the first run") {
			break
		}
	}
	var m study.ValidateManifest
	data, err := os.ReadFile("v/manifest.json")
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	done := m.Validation.Done["plain"]
	if code != 1 || err != nil || done < 1 || done > 199 || m.Validation.Unfinished != 200-done {
		t.Fatalf("exit code %d, %d seeds done, %d not, %v: %s%s", code, done, m.Validation.Unfinished, err, out, said)
	}
	if !strings.Contains(out, fmt.Sprintf("%d of 200 seeds of plain, tick 20", done)) {
		t.Errorf("%d seeds are done, and it says\n%s", done, out)
	}
	few := done < study.FewSeeds
	if strings.Contains(out, "Fewer than 30 seeds") != few || strings.Contains(fmt.Sprint(m.Notes), "fewer than 30") != few {
		t.Errorf("%d seeds: %s; notes %q", done, out, m.Notes)
	}
	reached := 0
	for _, run := range m.Runs {
		reached += run.Ticks
	}
	if reached != 20*done {
		t.Errorf("the runs of the manifest have %d ticks, want 20 of each of %d", reached, done)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, more := range [][]string{{"T1a"}, {"--effects"}, {"--switches"}} {
		args := append([]string{"validate", "--seeds", "2", "--no-plots", "-q", "-o", "none", "--force"}, more...)
		if code, _, said := callWith(t, ctx, args...); code != 1 || !strings.Contains(said, "stopped before ") || strings.Contains(said, "canceled") {
			t.Errorf("%v: exit code %d: %s", more, code, said)
		}
	}
}
