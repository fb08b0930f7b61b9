package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"agglo/output"
)

// rows reads a table as records by column.
func rows(t testing.TB, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var out []map[string]string
	for _, record := range all[1:] {
		row := map[string]string{}
		for k, name := range all[0] {
			row[name] = record[k]
		}
		out = append(out, row)
	}
	return out
}

func TestRunFolder(t *testing.T) {
	inFolder(t)
	out := must(t, "run", "small.yaml", "-o", "a")
	for _, part := range []string{"small: A small square", "2000Q1 to 2002Q1", "seed 5", "Beside real economies", "jobs of tools", "near", "not reached", filepath.Join("a", "figures")} {
		if !strings.Contains(out, part) {
			t.Errorf("the summary says nothing of %q:\n%s", part, out)
		}
	}
	if n := strings.Count(out, "\n"); n > 50 {
		t.Errorf("the summary has %d lines: no single screen", n)
	}
	m, err := output.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	if !m.Complete || m.StoppedAt != nil || m.Scenario != "small" || m.Seed != 5 || m.Ticks != 8 || len(m.Params) < 50 || m.TickYears != .25 {
		t.Errorf("manifest: %+v", m)
	}
	for name, h := range hashes(t, "a") {
		if m.Tables[name].SHA256 != h {
			t.Errorf("the manifest's hash of %s is not that of the file", name)
		}
	}
	series := rows(t, "a/series.csv")
	if len(series) != 9 || series[0]["tick"] != "0" || series[8]["tick"] != "8" || series[3]["seed"] != "5" {
		t.Errorf("series.csv has %d rows, first %v", len(series), series[0])
	}
	for _, name := range []string{"map.png", "map.svg", "series.png", "sizes.png", "density.png"} {
		if info, err := os.Stat(filepath.Join("a/figures", name)); err != nil || info.Size() < 1000 {
			t.Errorf("figure %s: %v", name, err)
		}
	}
	if n := len(rows(t, "a/series_sector.csv")); n != 27 {
		t.Errorf("series_sector.csv has %d rows, want 9 ticks of 3 sectors", n)
	}
	if n := len(rows(t, "a/series_region.csv")); n != 18 {
		t.Errorf("series_region.csv has %d rows, want 9 ticks of 2 regions", n)
	}
}

// TestSameBytes is the promise of the program: no result depends on the number of threads, on figures, on how much is
// said.
func TestSameBytes(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "one", "--threads", "1", "--ticks", "13")
	for _, threads := range []string{"2", "3", "8"} {
		must(t, "run", "small.yaml", "-o", threads, "--threads", threads, "--ticks", "13", "--no-plots", "-q")
		same(t, "one", threads)
	}
	must(t, "run", "small.yaml", "-o", "r1", "--threads", "1", "--replicates", "4", "--no-plots")
	must(t, "run", "small.yaml", "-o", "r3", "--threads", "3", "--replicates", "4", "--no-plots")
	same(t, "r1", "r3")
	for _, threads := range []string{"1", "2", "5"} { // a case, which is held against published figures
		must(t, "run", "skolkovo", "-o", "case"+threads, "--threads", threads, "--ticks", "9", "--no-plots", "-q")
	}
	if len(rows(t, "case1/targets_path.csv")) == 0 {
		t.Error("the case is held against nothing")
	}
	same(t, "case1", "case2")
	same(t, "case1", "case5")
}

// TestEvery holds --every to changing no number: the rows that are there are those of every tick, flows summed.
func TestEvery(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "one", "--no-plots", "--ticks", "12")
	must(t, "run", "small.yaml", "-o", "three", "--no-plots", "--ticks", "12", "--every", "3")
	a, b := rows(t, "one/series.csv"), rows(t, "three/series.csv")
	if len(b) != 5 {
		t.Fatalf("%d rows, want ticks 0, 3, 6, 9, 12", len(b))
	}
	births := 0
	for k, row := range b {
		for name, value := range row {
			switch name {
			case "innovations", "births", "deaths", "moves", "public_cost", "tax_revenue":
				continue
			}
			if a[3*k][name] != value {
				t.Errorf("tick %d: %s = %s with --every 3, %s without", 3*k, name, value, a[3*k][name])
			}
		}
		births += number(t, row["births"])
	}
	all := 0
	for _, row := range a {
		all += number(t, row["births"])
	}
	if births != all || all == 0 {
		t.Errorf("%d births with --every 3, %d without", births, all)
	}
	for _, name := range []string{"firms.csv", "clusters.csv", "synergy.csv", "growth.csv", "summary.csv", "ties.csv"} {
		if hashes(t, "one")[name] != hashes(t, "three")[name] {
			t.Errorf("--every changes %s", name)
		}
	}
}

// number reads a whole number of a cell.
func number(t testing.TB, cell string) int {
	t.Helper()
	var n int
	if err := json.Unmarshal([]byte(cell), &n); err != nil {
		t.Fatalf("%q: %v", cell, err)
	}
	return n
}

func TestReplicates(t *testing.T) {
	inFolder(t)
	out := must(t, "run", "small.yaml", "--replicates", "3", "-o", "r", "--no-plots", "--json")
	var result struct {
		Runs       int
		Statistics []struct {
			Name          string
			Value, Lo, Hi *float64
		}
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil || result.Runs != 3 {
		t.Fatalf("%v: %s", err, out)
	}
	for _, s := range result.Statistics {
		if s.Name == "jobs" && (s.Lo == nil || *s.Lo > *s.Value || *s.Hi < *s.Value || *s.Lo == *s.Hi) {
			t.Errorf("jobs: %v to %v around %v", *s.Lo, *s.Hi, *s.Value)
		}
	}
	series := rows(t, "r/series.csv")
	if len(series) != 27 || series[26]["replicate"] != "2" || series[26]["run"] != "2" || series[0]["seed"] == series[26]["seed"] {
		t.Fatalf("series.csv: %d rows, last %v", len(series), series[len(series)-1])
	}
	// Clusters are those of one history, and the summary says of which.
	if out := must(t, "run", "small.yaml", "--replicates", "3", "-o", "r", "--no-plots", "--set", "cluster.firms=1", "--set", "cluster.ties=0",
		"--set", "cluster.density=0", "--set", "cluster.quotient=0", "--force"); !strings.Contains(out, "Largest clusters in replicate 0 ") {
		t.Errorf("the summary does not say whose clusters it names:\n%s", out)
	}
	must(t, "run", "small.yaml", "--replicates", "3", "-o", "r", "--no-plots", "--force")
	// A stored replicate runs again, from its folder alone and from its seed as printed.
	if err := os.Remove("small.yaml"); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "r#2", "-o", "again", "--no-plots")
	again := rows(t, "again/series.csv")
	for k, row := range again {
		for _, name := range []string{"jobs", "trust", "tick", "seed", "eg_gamma"} {
			if row[name] != series[18+k][name] {
				t.Errorf("row %d: %s = %s again, %s stored", k, name, row[name], series[18+k][name])
			}
		}
	}
	if code, _, said := call(t, "run", "r#3"); code != 2 || !strings.Contains(said, "0 to 2") {
		t.Errorf("r#3: exit code %d, %s", code, said)
	}
	if code, _, said := call(t, "run", "r#1", "--seed", "3"); code != 2 || !strings.Contains(said, "--seed does not go") {
		t.Errorf("r#1 --seed: exit code %d, %s", code, said)
	}
}

func TestRunAgainBesideItself(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "--no-plots")
	must(t, "run", "runs/small-5#0", "--no-plots")
	same(t, "runs/small-5", "runs/small-5-again")
}

// TestOwnMap runs a scenario with a map of its own, and runs it again when nothing but the run folder is left.
func TestOwnMap(t *testing.T) {
	inFolder(t)
	text, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(text), "box_km: [40, 40]", "file: maps/square.geojson", 1)
	square := `{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon",
		"coordinates": [[[-0.18, -0.18], [0.18, -0.18], [0.18, 0.18], [-0.18, 0.18], [-0.18, -0.18]]]}}]}`
	err = errors.Join(os.MkdirAll("case/maps", 0o777), os.WriteFile("case/own.yaml", []byte(own), 0o666),
		os.WriteFile("case/maps/square.geojson", []byte(square), 0o666))
	if err != nil {
		t.Fatal(err)
	}
	must(t, "run", "case/own.yaml", "-o", "a", "--no-plots")
	if err := os.RemoveAll("case"); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "a#0", "-o", "b", "--no-plots")
	same(t, "a", "b")
	must(t, "run", "b#0", "-o", "c", "--no-plots")
	same(t, "a", "c")
}

func TestOccupiedFolder(t *testing.T) {
	inFolder(t)
	if err := os.Mkdir("mine", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("mine/thesis.txt", []byte("ten years of work"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, force := range [][]string{nil, {"--force"}} {
		code, _, said := call(t, append([]string{"run", "small.yaml", "-o", "mine", "--no-plots"}, force...)...)
		if code != 2 || !strings.Contains(said, "not a run folder") {
			t.Errorf("run into a folder of the user %v: exit code %d, %s", force, code, said)
		}
	}
	if entries, _ := os.ReadDir("mine"); len(entries) != 1 {
		t.Errorf("the user's folder holds %v now", entries)
	}
	if code, _, said := call(t, "run", "small.yaml", "-o", "small.yaml"); code != 1 || said == "" {
		t.Errorf("run into a file: exit code %d, %s", code, said)
	}
	must(t, "run", "small.yaml", "-o", "a", "--no-plots")
	if code, _, said := call(t, "run", "small.yaml", "-o", "a", "--seed", "6", "--no-plots"); code != 2 || !strings.Contains(said, "--force") {
		t.Errorf("run into the folder of another run: exit code %d, %s", code, said)
	}
	for _, c := range []struct{ args, want string }{
		{"--seed 6", "seed was 5, is 6)"}, {"--firms every:4", "--firms every was none, is 4)"}, {"--ties every:2", "--ties every was none, is 2)"},
		{"--set trust.loss=.6", "trust.loss was 0.4, is 0.6)"}, {"--replay 8", "--replay was none, is 8)"}, {"--set trust.loss=.6@2", "--set in the middle of the run was , is trust.loss=.6@2)"},
		{"--ticks 3 --replicates 2", "ticks was 8, is 3; number of runs was 1, is 2)"}, {"--set scenario.areas.square.land=90", "what is in the scenario)"},
	} {
		code, _, said := call(t, append(strings.Fields("run small.yaml -o a --no-plots"), strings.Fields(c.args)...)...)
		if code != 2 || !strings.Contains(said, "holds another run (small, seed 5, 8 ticks; "+c.want) {
			t.Errorf("%s: exit code %d, %s", c.args, code, said)
		}
	}
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--checkpoint", "4") // the very same run
	if err := os.WriteFile("a/notes.txt", []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "small.yaml", "-o", "a", "--seed", "6", "--no-plots", "--force")
	if _, err := os.Stat("a/notes.txt"); err != nil {
		t.Error("--force removed a file that no run had written")
	}
}

func TestReadOnlyFolder(t *testing.T) {
	inFolder(t)
	if err := os.Mkdir("locked", 0o555); err != nil {
		t.Fatal(err)
	}
	if os.WriteFile("locked/probe", nil, 0o666) == nil { // the superuser may write everywhere; a file in the way is as good
		if err := os.WriteFile("wall", nil, 0o444); err != nil {
			t.Fatal(err)
		}
		if code, _, said := call(t, "run", "small.yaml", "-o", "wall/run", "--no-plots"); code != 1 || said == "" {
			t.Errorf("exit code %d, %s", code, said)
		}
		return
	}
	if code, _, said := call(t, "run", "small.yaml", "-o", "locked/run", "--no-plots"); code != 1 || !strings.Contains(said, "permission") {
		t.Errorf("exit code %d, %s", code, said)
	}
}

// A world whose making is stopped leaves no folder.
func TestInterruptedBeforeTheStart(t *testing.T) {
	inFolder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, _, said := callWith(t, ctx, "run", "small.yaml", "-o", "a")
	if code != 1 || !strings.Contains(said, "stopped before tick 0; nothing has been written") {
		t.Errorf("exit code %d, %s", code, said)
	}
	if _, err := os.Stat("a"); err == nil {
		t.Error("a folder was left")
	}
	if code, _, said = callWith(t, ctx, "cases", "small.yaml", "--seeds", "1", "-o", "b"); code != 1 || !strings.Contains(said, "stopped before tick 0") {
		t.Errorf("cases: exit code %d, %s", code, said)
	}
}

// TestInterrupted stops a long run as Ctrl-C does: the folder is whole as far as it goes, and says so.
func TestInterrupted(t *testing.T) {
	inFolder(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { // press Ctrl-C when some rows are on the disk
		for ctx.Err() == nil {
			if parts, _ := filepath.Glob("a/series.csv.*.part"); len(parts) > 0 {
				if data, err := os.ReadFile(parts[0]); err == nil && strings.Count(string(data), "\n") > 14 {
					cancel()
				}
			}
			time.Sleep(time.Millisecond)
		}
	}()
	code, _, said := callWith(t, ctx, "run", "small.yaml", "-o", "a", "--ticks", "4000")
	cancel()
	if code != 1 || !strings.Contains(said, "stopped at tick") {
		t.Fatalf("exit code %d, %s", code, said)
	}
	m, err := output.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	series := rows(t, "a/series.csv")
	if m.Complete || m.StoppedAt == nil || *m.StoppedAt != len(series)-1 || m.Runs[0].Ticks != *m.StoppedAt {
		t.Errorf("manifest of a stopped run: complete %v, stopped at %v, %d rows", m.Complete, m.StoppedAt, len(series))
	}
	for name, h := range hashes(t, "a") {
		if m.Tables[name].SHA256 != h {
			t.Errorf("%s: the hash is not that of the file", name)
		}
	}
	must(t, "run", "small.yaml", "-o", "b", "--ticks", "12", "--no-plots")
	whole := rows(t, "b/series.csv")
	for k := range whole {
		for name, value := range whole[k] {
			if series[k][name] != value {
				t.Errorf("tick %d: %s differs from a run that was not stopped", k, name)
			}
		}
	}
	must(t, "plot", "a")
}

// TestThreadsDefault follows the cluster's grant and the environment.
func TestThreadsDefault(t *testing.T) {
	t.Setenv("SLURM_CPUS_PER_TASK", "1")
	cmd := newRun(&console{})
	if n, err := workers(cmd, 0); n != 1 || err != nil {
		t.Errorf("SLURM_CPUS_PER_TASK=1 gives %d threads, %v", n, err)
	}
	t.Setenv("SLURM_CPUS_PER_TASK", "many")
	if n, err := workers(cmd, 0); n != runtime.GOMAXPROCS(0) || err != nil {
		t.Errorf("a word in SLURM_CPUS_PER_TASK gives %d threads, %v", n, err)
	}
}

// TestQuiet holds -q to silence on standard error, and progress to standard error alone.
func TestQuiet(t *testing.T) {
	inFolder(t)
	code, out, said := call(t, "run", "small.yaml", "-q", "--no-plots")
	if code != 0 || said != "" || !strings.Contains(out, "small") {
		t.Errorf("exit code %d, standard error %q", code, said)
	}
	code, out, said = call(t, "run", "small.yaml", "-v", "--no-plots", "--json")
	if code != 0 || !strings.Contains(said, "8 ticks") || !json.Valid([]byte(out)) {
		t.Errorf("exit code %d, standard error %q, standard output %q", code, said, out)
	}
}
