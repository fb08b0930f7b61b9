package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// harmed copies a folder and changes one byte of one of its files.
func harmed(t *testing.T, from, to, file string, change func(data []byte)) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(to, file)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before := bytes.Clone(data)
	if change(data); bytes.Equal(before, data) {
		t.Fatalf("%s: nothing was changed", file)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// flip turns a bit of the byte in the middle, which makes it no text at all.
func flip(data []byte) { data[len(data)/2] ^= 0x80 }

// another makes another digit of one before the middle: nothing but a hash can tell. It is that behind a point if there is one, since
// those of a tick or of a firm's number are of rows that others hang on.
func another(data []byte) {
	for _, before := range []string{".", ""} {
		for k := len(data) / 2; k > 0; k-- {
			if bytes.HasSuffix(data[:k], []byte(before)) && data[k] >= '0' && data[k] <= '9' {
				data[k] = '0' + (data[k]-'0'+1)%10
				return
			}
		}
	}
	data[len(data)/2] ^= 1
}

// A digit that has changed in a table of a run folder is told by agglo verify, with the table's name. A byte that has changed
// in a file is no trouble to the commands that read the folder, or a mistake that they name.
func TestAChangedByte(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "2", "--set", "trust.start_rounds=1", "--no-plots")
	for _, file := range []string{"manifest.json", "series.csv", "firms.csv", "clusters.csv", "ties.csv", "dictionary.csv"} {
		if strings.HasSuffix(file, "s.csv") {
			harmed(t, "a", "b", file, another)
			if code, found, said := call(t, "verify", "b", "--threads", "1"); code != 1 || !strings.Contains(found, file) {
				t.Errorf("another digit in %s: verify ends with %d: %s%s", file, code, found, said)
			}
		}
		harmed(t, "a", "b", file, flip)
		for _, args := range [][]string{{"report", "b"}, {"export", "b", "--edges"}} {
			if code, _, said := call(t, args...); code != 0 && (code != 1 || strings.TrimSpace(said) == "") {
				t.Errorf("flip of %s: %s ends with %d: %q", file, args[0], code, said)
			}
		}
	}
}

// Figures, films and exports are made of a table that was changed after the run, and the command says so and ends with 1; of those that
// it has not read it says nothing.
func TestAlteredTables(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "3", "--firms", "every:1", "--no-plots")
	for _, c := range []struct{ args, file, made string }{
		{"plot b", "cells.csv", "b/figures/map.png"}, {"plot b", "firms.csv", "b/figures/map.png"}, {"plot b", "series.csv", "b/figures/series.png"},
		{"export b --geojson", "cells.csv", "b/export/cells.geojson"}, {"export b --graphml", "firms.csv", "b/export/network.graphml"},
		{"export b --parquet", "ties.csv", "b/export/ties.parquet"}, {"export b --edges", "ties.csv", "b/export/edges.csv"}, {"export b --gif", "firms.csv", "b/export/clusters.gif"},
		{"report b", "firms.csv", "b/report.html"},
	} {
		harmed(t, "a", "b", c.file, another)
		code, _, said := call(t, append(strings.Fields(c.args), "-q")...)
		want := "b/" + c.file + ": not what the run wrote: its hash differs from that in manifest.json"
		if code != 1 || strings.Count(said, want) != 1 {
			t.Errorf("%s: exit code %d: %s", c.args, code, said)
		}
		if _, err := os.Stat(c.made); err != nil {
			t.Errorf("%s: %v", c.args, err)
		}
	}
	must(t, "export", "b", "--edges", "-q") // reads no firms
	harmed(t, "a", "b", "firms.csv", another)
	if err := os.Truncate("b/cells.csv", 4000); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove("b/clusters.csv"); err != nil {
		t.Fatal(err)
	}
	code, _, said := call(t, "plot", "b", "-q")
	for _, want := range []string{"b/cells.csv: not what the run wrote", "b/firms.csv: not what the run wrote", "b/clusters.csv: the manifest names it and it is not there"} {
		if code != 1 || strings.Count(said, want) != 1 {
			t.Errorf("plot: exit code %d, not once %q: %s", code, want, said)
		}
	}
}

// A run that is killed at any moment leaves a folder that says so, checkpoints that are whole, and a way to go on that ends in
// the rows of a run that nobody killed.
func TestRunKilled(t *testing.T) {
	inFolder(t)
	const ticks = "240" // a quarter takes a millisecond: the run must not be over when it is killed
	must(t, "run", "small.yaml", "-o", "whole", "--ticks", ticks, "--no-plots")
	want := rows(t, "whole/series.csv")
	gone := 0
	for kill := range 6 {
		dir := fmt.Sprint("killed", kill)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS=run small.yaml --no-plots -q --checkpoint 5 --ticks "+ticks+" -o "+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(time.Millisecond) { // until some checkpoints are there
			if found, _ := filepath.Glob(dir + "/checkpoints/*.checkpoint"); len(found) > kill {
				break
			}
		}
		time.Sleep(time.Duration(7*kill) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if _, err := os.Stat(filepath.Join(dir, "INCOMPLETE")); err != nil {
			continue // it was over before
		}
		gone++
		last := latest(t, dir)
		for _, reader := range []string{"plot", "report", "export", "verify"} {
			code, _, said := call(t, reader, dir)
			if code != 1 || !strings.Contains(said, dir) || !strings.Contains(said, "give its command again") || !strings.Contains(said, "--from "+last+" -o ANOTHER") {
				t.Errorf("%s of a killed run: exit code %d, %s", reader, code, said)
			}
		}
		must(t, "run", "small.yaml", "--no-plots", "--ticks", ticks, "--from", last, "-o", "on", "--force")
		on := rows(t, "on/series.csv")
		if tail := want[len(want)-len(on):]; !slices.EqualFunc(tail, on, func(a, b map[string]string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Errorf("from %s: the %d rows differ from those of a run that nobody killed", last, len(on))
		}
	}
	if gone == 0 {
		t.Error("every run was over before it could be killed")
	}
}

// Where files may not grow beyond some bytes the system takes a part of what a run writes, and no more. The run ends with the file and
// the reason; what it leaves says that it is not whole, and the same command makes it so.
func TestShortWrites(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "whole", "--ticks", "20", "--no-plots")
	want := rows(t, "whole/series.csv")
	again := exec.Command("sh", "-c", `ulimit -f 0 && exec "$0"`, os.Args[0])
	again.Env = append(os.Environ(), "AGGLO_TEST_ARGS=run small.yaml -o whole --ticks 20 --no-plots -q")
	if out, err := again.CombinedOutput(); err == nil || !strings.Contains(string(out), "file too large") {
		t.Errorf("no room: %v: %s", err, out)
	}
	must(t, "verify", "whole") // nothing could be begun: what was whole still is
	for _, blocks := range []string{"1", "40", "200"} {
		command := "run small.yaml --no-plots -q --ticks 20 --checkpoint 5 --force -o short" + blocks
		cmd := exec.Command("sh", "-c", "ulimit -f "+blocks+` && exec "$0"`, os.Args[0])
		cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS="+command)
		out, err := cmd.CombinedOutput()
		if said := string(out); err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said, "file too large") || !strings.Contains(said, "short"+blocks) || strings.Contains(said, "goroutine ") {
			t.Errorf("%s blocks: %v: %s", blocks, err, said)
		}
		if code, _, said := call(t, "plot", "short"+blocks); code != 1 || !strings.Contains(said, "short"+blocks) {
			t.Errorf("%s blocks: plot ends with %d: %s", blocks, code, said)
		}
		must(t, strings.Fields(command)...)
		if got := rows(t, "short"+blocks+"/series.csv"); !slices.EqualFunc(got, want, func(a, b map[string]string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Errorf("%s blocks: other rows", blocks)
		}
	}
}

// A manifest that is damaged is a faulty file for every command that reads it: exit code 1, with its path and the cause.
func TestDamagedManifest(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "2", "--no-plots")
	data, err := os.ReadFile("a/manifest.json")
	if err == nil {
		err = os.WriteFile("a/manifest.json", append(data, '}'), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", "a"}, {"export", "a"}, {"merge", "a"}, {"plot", "a"}, {"report", "a"}, {"run", "a#0"}} {
		if code, _, said := call(t, args...); code != 1 || !strings.Contains(said, "a/manifest.json: ") || !strings.Contains(said, "invalid character '}'") {
			t.Errorf("%v: exit code %d, %s", args, code, said)
		}
	}
}

// A report that could not be written is not listed; faults of tables have the path of their file.
func TestUnwritableReport(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "2", "--no-plots")
	spoil(t, "a/series.csv", "\n0,0,0,5,2,", "\n0,0,")
	if err := os.RemoveAll("a/report.html"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("a/report.html/mine", 0o777); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"report", "a"}, {"report", "a", "--json"}} {
		code, shown, said := call(t, args...)
		if code != 1 || strings.Contains(shown, "report.html") || !strings.Contains(said, "report.html is no regular file") || !strings.Contains(said, "a/series.csv: record on line 4") {
			t.Errorf("%v: exit code %d, printed %q: %s", args, code, shown, said)
		}
	}
}

// The command that writes a sweep's tables lists no report either that is not there.
func TestUnwritableReportOfASweep(t *testing.T) {
	inSweep(t, "agglo: 1\nscenario: small.yaml\nfactors: [{name: trust.loss, values: [.2, .6]}]\nticks: 1\n")
	must(t, "sweep", "e.yaml", "-o", "s", "--no-plots")
	if err := os.RemoveAll("s/report.html"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("s/report.html/mine", 0o777); err != nil {
		t.Fatal(err)
	}
	code, shown, said := call(t, "merge", "s")
	if code != 1 || strings.Contains(shown, "Report:") || !strings.Contains(shown, "Figures:") || !strings.Contains(said, "report.html is no regular file") {
		t.Errorf("exit code %d, printed %q: %s", code, shown, said)
	}
}

// fullDisk takes some bytes and no more.
type fullDisk struct{ room int }

// Write takes what there is room for.
func (f *fullDisk) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, syscall.ENOSPC
	}
	return len(b), nil
}

// A command whose words cannot be written has failed, whatever it was to say.
func TestFullStandardOutput(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "2", "--no-plots")
	if err := os.WriteFile("faulty.yaml", []byte("agglo: 1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", "a"}, {"verify", "a", "--json"}, {"check", "small.yaml"}, {"check", "faulty.yaml"}, {"list"}, {"plot", "a"}} {
		err := run(t.Context(), args, strings.NewReader(""), &fullDisk{}, io.Discard)
		if exitCode(err) != 1 || errors.Is(err, errShown) || strings.Count(err.Error(), "no space left on device") != 1 {
			t.Errorf("%v: %v", args, err)
		}
	}
}

// latest is the checkpoint of the highest tick in a folder.
func latest(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(dir + "/checkpoints/*.checkpoint")
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: checkpoints %v, %v", dir, found, err)
	}
	tick := func(path string) (n int) {
		if _, err := fmt.Sscanf(filepath.Base(path), "tick-%d.checkpoint", &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	return slices.MaxFunc(found, func(a, b string) int { return tick(a) - tick(b) })
}
