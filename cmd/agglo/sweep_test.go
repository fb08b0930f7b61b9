package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"agglo/internal/study"
)

// The test of kills runs the program in a process of its own: this one, with these arguments.
func TestMain(m *testing.M) {
	if args := os.Getenv("AGGLO_TEST_ARGS"); args != "" {
		os.Args = append(os.Args[:1], strings.Fields(args)...)
		main() // which hears signals
	}
	os.Exit(m.Run())
}

// experiment has 4 points, 3 replicates, two policies and both tables.
const experiment = `agglo: 1
scenario: small.yaml
set: {demography.sharpness: 1.5}
factors:
  - {name: trust.loss, values: [.2, .6]}
  - {name: scenario.areas.square.land, values: [300, 500]}
replicates: 3
ticks: 9
burn_in: 5
policies: [none, subsidy]
report: {at: [5, 9], every: 4}
`

// inSweep makes a new folder with the small scenario and an experiment.
func inSweep(t *testing.T, text string) {
	t.Helper()
	inFolder(t)
	if err := os.WriteFile("e.yaml", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// sameTables fails unless two sweeps have the same tables.
func sameTables(t *testing.T, a, b string) {
	t.Helper()
	if x, y := hashes(t, a), hashes(t, b); !reflect.DeepEqual(x, y) {
		t.Errorf("%s and %s have other tables: %v, %v", a, b, x, y)
	}
}

// The rows of a sweep are those of runs with their seeds and values.
func TestSweepRows(t *testing.T) {
	inSweep(t, strings.Replace(experiment, "policies: [none, subsidy]\n", "", 1))
	must(t, "sweep", "e.yaml", "-o", "s", "-q")
	series, last := rows(t, "s/series.csv"), rows(t, "s/runs.csv")
	if len(series) != 12*3 || len(last) != 12*2 || len(rows(t, "s/failures.csv")) != 0 {
		t.Fatalf("%d rows of series, %d of runs", len(series), len(last))
	}
	seeds := map[string]string{}
	for k, row := range series {
		if want := fmt.Sprint(k/3, " ", k/9, " ", k/3%3, " ", k%3*4); want != row["run"]+" "+row["point"]+" "+row["replicate"]+" "+row["tick"] {
			t.Errorf("row %d is of %v", k, row)
		}
		if seen := seeds[row["replicate"]]; seen != "" && seen != row["seed"] {
			t.Error("replicates of two points have different seeds")
		}
		seeds[row["replicate"]] = row["seed"]
	}
	for _, r := range []int{0, 7, 11} {
		row := series[3*r]
		must(t, "run", "small.yaml", "--ticks", "9", "--every", "4", "--seed", row["seed"], "--set", "demography.sharpness=1.5", "--set", "trust.loss="+row["trust.loss"],
			"--set", "areas.square.land="+row["scenario.areas.square.land"], "-o", "one", "--force", "--no-plots", "-q")
		for k, one := range rows(t, "one/series.csv") {
			for name, value := range one {
				if got := series[3*r+k][name]; got != value && name != "run" && name != "point" && name != "replicate" {
					t.Errorf("run %d, tick %s: %s is %s, in a run of its own %s", r, one["tick"], name, got, value)
				}
			}
		}
	}
	for _, r := range []int{0, 7, 11} { // and by their number
		must(t, "run", fmt.Sprintf("s#%d", r), "-o", "one", "--force", "--no-plots", "-q")
		for k, one := range rows(t, "one/series.csv") {
			for name, value := range one {
				if got := series[3*r+k][name]; got != value && name != "run" && name != "point" && name != "replicate" {
					t.Errorf("s#%d, tick %s: %s is %s, in the sweep %s", r, one["tick"], name, value, got)
				}
			}
		}
		must(t, "verify", "one", "-q")
	}
	if code, _, stderr := call(t, "run", "s#12"); code != 2 || !strings.Contains(stderr, "0 to 11") {
		t.Errorf("%d, %s", code, stderr)
	}
	words := rows(t, "s/dictionary.csv")
	if head := len(last[0]); words[head-1]["table"] != "runs" || words[head]["table"] != "series" {
		t.Errorf("the dictionary has not the %d columns of runs", head)
	}
	told := map[string]string{"trust.loss": "1/deal [0,1]", "scenario.areas.square.land": "workers per cell (0,1e9]", "jobs": "workers >= 0", "status": " "}
	for _, w := range words {
		if w["meaning"] == "" {
			t.Errorf("no meaning of %v", w)
		}
		if want, known := told[w["column"]]; known && w["unit"]+" "+w["range"] != want {
			t.Errorf("%v: want %s", w, want)
		}
	}
}

// What the command line gives stands above the file: the tables, and what the folder says of itself, are those of a file with these values.
func TestSweepGiven(t *testing.T) {
	inSweep(t, experiment)
	written := strings.NewReplacer("ticks: 9", "seed: 77\nticks: 10", "sharpness: 1.5", "sharpness: 1.2, trust.gain: .1").Replace(experiment)
	if err := os.WriteFile("written.yaml", []byte(written), 0o666); err != nil {
		t.Fatal(err)
	}
	given := []string{"--seed", "77", "--ticks", "10", "--set", "demography.sharpness=1.2", "--set", "trust.gain=.1", "-q", "--no-plots"}
	must(t, "sweep", "written.yaml", "-o", "written", "-q", "--no-plots")
	must(t, append([]string{"sweep", "e.yaml", "-o", "given", "--index", "0-4"}, given...)...)
	if code, _, said := call(t, "sweep", "e.yaml", "-o", "given", "--resume"); code != 2 || !strings.Contains(said, "ticks: was 10, is 9") {
		t.Errorf("without what was given: %d, %s", code, said)
	}
	must(t, append([]string{"sweep", "e.yaml", "-o", "given", "--resume"}, given...)...)
	sameTables(t, "written", "given")
	must(t, "sweep", "given", "-o", "again", "-q", "--no-plots")
	sameTables(t, "written", "again")
	must(t, "verify", "given", "--sample", "2", "-q")
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"given --ticks 9", 2, "the folder of a sweep, given, is run again as it was"},
		{"e.yaml --set trust.los=1", 2, "did you mean trust.loss?"},
		{"e.yaml --set trust.loss", 2, "want PATH=VALUE"},
		{"e.yaml --seed 9007199254740992", 2, "want a whole number below 2^53"},
		{"e.yaml --ticks 0", 2, "--ticks 0: want 1 to 8000"},
		{"e.yaml --ticks 8", 1, "report.at[1]: 9 is behind the end of the runs, 8"},
		{"e.yaml --set trust.loss=.3", 1, "trust.loss is under set too, or --set"},
	} {
		if code, _, said := call(t, append([]string{"sweep", "-o", "none"}, strings.Fields(c.args)...)...); code != c.code || !strings.Contains(said, c.want) {
			t.Errorf("%s: %d, %s", c.args, code, said)
		}
	}
}

// Threads, parts and policies beside a policy do not show.
func TestSweepSameBytes(t *testing.T) {
	inSweep(t, experiment)
	must(t, "sweep", "e.yaml", "-o", "one", "--threads", "1", "-q", "--no-plots")
	must(t, "sweep", "e.yaml", "-o", "many", "--threads", "7", "-q", "--no-plots")
	sameTables(t, "one", "many")
	var dirs []string
	for k := range 7 {
		dir, index := fmt.Sprint("part", k), fmt.Sprintf("%d-11:7", k)
		must(t, "sweep", "e.yaml", "-o", dir, "--index", index, "-q", "--threads", fmt.Sprint(k%3+1))
		dirs = append(dirs, dir)
	}
	for _, index := range []string{"1-11:2", "0-11:2"} {
		must(t, "sweep", "e.yaml", "-o", "parts", "--index", index, "-q")
	}
	must(t, "merge", "parts", "--no-plots")
	sameTables(t, "one", "parts")
	must(t, append([]string{"merge", "--no-plots"}, dirs...)...)
	sameTables(t, "one", "part0")
	inTwo := rows(t, "one/runs.csv")
	if err := os.WriteFile("e.yaml", []byte(strings.Replace(experiment, "[none, subsidy]", "[subsidy]", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "sweep", "e.yaml", "-o", "alone", "-q")
	alone := rows(t, "alone/runs.csv")
	differ := false
	for k, row := range alone {
		if with := inTwo[k/2*4+2+k%2]; !reflect.DeepEqual(with, row) {
			t.Errorf("from a burn-in %v, alone %v", with, row)
		}
		differ = differ || row["jobs"] != inTwo[k/2*4+k%2]["jobs"]
	}
	if !differ {
		t.Error("the policy changes no jobs")
	}
}

// A folder of another sweep, and one at which another process works, are left alone.
func TestSweepRefused(t *testing.T) {
	inSweep(t, experiment)
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--index", "0-1")
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "s", "--index", "0-1", "-q"); code != 2 || !strings.Contains(text, "--resume") {
		t.Errorf("%d: %s", code, text)
	}
	if code, _, text := call(t, "merge", "s"); code != 1 || !strings.Contains(text, "10 of 12 runs are missing (2, 3, ") {
		t.Errorf("%d: %s", code, text)
	}
	if out := must(t, "merge", "s", "--partial"); !strings.Contains(out, "2 runs, 10 missing") {
		t.Error(out)
	}
	lock := filepath.Join("s", "journal", "all.lock")
	if err := os.WriteFile(lock, []byte(`{"host":"far","pid":7,"started":"noon"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "s", "--resume", "-q"); code != 1 || !strings.Contains(text, "rm '"+lock+"'") || !strings.Contains(text, "process 7 on far") {
		t.Errorf("%d: %s", code, text)
	}
	other := strings.Replace(strings.Replace(experiment, "replicates: 3", "replicates: 4", 1), "sharpness: 1.5", "sharpness: 1.25", 1)
	if err := os.WriteFile("e.yaml", []byte(other), 0o666); err != nil {
		t.Fatal(err)
	}
	code, _, text := call(t, "sweep", "e.yaml", "-o", "s", "--resume", "-q")
	if code != 2 || !strings.Contains(text, "replicates: was 3, is 4") || !strings.Contains(text, "scenario: line") || !strings.Contains(text, "was sharpness: 1.5, is sharpness: 1.25") {
		t.Errorf("%d: %s", code, text)
	}
	if err := os.Mkdir("own", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("own/letter", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "own", "-q"); code != 2 || !strings.Contains(text, "not the folder of a sweep") {
		t.Errorf("%d: %s", code, text)
	}
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "/proc/agglo", "-q"); code != 1 || !strings.Contains(text, "/proc/agglo") {
		t.Errorf("%d: %s", code, text)
	}
}

// A run that cannot be is a row, and the others go on.
func TestSweepFailures(t *testing.T) {
	inSweep(t, `agglo: 1
scenario: small.yaml
factors:
  - {name: sectors.tools.firms, values: [80, 650]}
  - {name: sectors.tools.employment, values: [160, 700]}
ticks: 2
metrics: [jobs]
`)
	code, out, text := call(t, "sweep", "e.yaml", "-o", "s", "-q")
	failed := rows(t, "s/failures.csv")
	if code != 1 || len(failed) != 1 || failed[0]["run"] != "2" || !strings.Contains(failed[0]["message"], "at least one worker a firm") {
		t.Errorf("%d: %v\n%s", code, failed, text)
	}
	if f := failed[0]; f["status"] != "failed" || f["stage"] != "setup" || f["tick"] != "" || f["seed"] == "" || f["sectors.tools.firms"] != "650" {
		t.Errorf("%v", f)
	}
	if len(rows(t, "s/runs.csv")) != 3 || !strings.Contains(out, "4 runs, 1 of them failed") {
		t.Error(out)
	}
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "off", "-q", "--error", "off"); code != 0 {
		t.Errorf("%d: %s", code, text)
	}
	must(t, "sweep", "e.yaml", "-o", "parts", "-q", "--index", "0-1")
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "parts", "-q", "--index", "2-3"); code != 1 {
		t.Errorf("%d: %s", code, text)
	}
	if code, _, text := call(t, "merge", "parts", "-q", "--no-plots"); code != 1 || !strings.Contains(text, "1 of 4 runs failed; failures.csv says why") {
		t.Errorf("%d: %s", code, text)
	}
	sameTables(t, "s", "parts")
	must(t, "merge", "parts", "-q", "--no-plots", "--error", "off")
	if code, _, text := call(t, "sweep", "e.yaml", "-o", "fast", "-q", "--error", "fast", "--threads", "1"); code != 1 || !strings.Contains(text, "a run failed: run 2") {
		t.Errorf("%d: %s", code, text)
	}
}

// A condition ends runs, also within the burn-in, where all policies share the end.
func TestSweepStop(t *testing.T) {
	inSweep(t, experiment+"stop: \"firms >= 1\"\n")
	must(t, "sweep", "e.yaml", "-o", "s", "-q")
	all := rows(t, "s/runs.csv")
	if len(all) != 24 {
		t.Fatalf("%d rows", len(all))
	}
	for _, row := range all {
		if row["tick"] != "0" {
			t.Errorf("%v", row)
		}
	}
}

func TestSweepStopped(t *testing.T) {
	inSweep(t, experiment)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, _, text := callWith(t, ctx, "sweep", "e.yaml", "-o", "s", "-q")
	if code != 1 || !strings.Contains(text, "stopped: 0 of 12 runs are done") || !strings.Contains(text, "--resume") {
		t.Errorf("%d: %s", code, text)
	}
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--resume")
}

func TestSweepDryRun(t *testing.T) {
	inSweep(t, experiment)
	var f study.Forecast
	if err := json.Unmarshal([]byte(must(t, "sweep", "e.yaml", "--dry-run", "--json")), &f); err != nil {
		t.Fatal(err)
	}
	if f.Runs != 12 || f.Points != 4 || f.Rows != 12*2*(2+3) || f.Ticks != 12*(5+2*4) || f.Seconds <= 0 || f.Memory <= 0 {
		t.Errorf("%+v", f)
	}
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots")
	size := int64(0)
	for _, pattern := range []string{"*.*", "journal/*.jsonl", "data/*", "inputs/*"} {
		paths, _ := filepath.Glob(filepath.Join("s", pattern))
		for _, path := range paths {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			size += info.Size()
		}
	}
	if f.Bytes < size*8/10 || f.Bytes > size*12/10 {
		t.Errorf("predicted %d bytes, took %d", f.Bytes, size)
	}
	var drawn study.Forecast
	if err := json.Unmarshal([]byte(must(t, "sweep", "e.yaml", "--dry-run", "--json", "--no-plots")), &f); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(must(t, "sweep", "e.yaml", "--dry-run", "--json")), &drawn); err != nil {
		t.Fatal(err)
	}
	if f.Memory < 15e6 || drawn.Memory < drawingMemory { // the program itself takes 15 MB and more
		t.Errorf("predicted %d bytes of memory, %d with figures", f.Memory, drawn.Memory)
	}
	if out := must(t, "sweep", "e.yaml", "--dry-run"); !strings.Contains(out, "runs    12 (4 points, 3 replicates)") {
		t.Error(out)
	}
}

// A task of a job array does its part. Where the array has gaps nobody knows which that is, and a task behind the last run has none:
// neither may do the runs of others.
func TestSweepArray(t *testing.T) {
	inSweep(t, experiment)
	for _, c := range []struct{ id, count, least, most, step, want, refusal string }{
		{"7", "5", "4", "8", "1", "3-11:5", ""},
		{"7", "5", "4", "", "1", "3-11:5", ""},
		{"8", "3", "4", "8", "2", "2-11:3", ""},
		{"8", "3", "4", "9", "2", "2-11:3", ""}, // Slurm tells the end that was asked for
		{"3", "1", "3", "3", "1", "", ""},
		{"", "", "", "", "", "", ""},
		{"7", "2", "3", "7", "1", "", "--index"},
		{"3", "2", "3", "7", "1", "", "--index"},
		{"12", "20", "0", "19", "1", "", "none to do"},
	} {
		for name, value := range map[string]string{"ID": c.id, "COUNT": c.count, "MIN": c.least, "MAX": c.most, "STEP": c.step} {
			t.Setenv("SLURM_ARRAY_TASK_"+name, value)
		}
		got, err := arrayPart(12)
		if got.String() != c.want || (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
		if c.refusal == "" {
			continue
		}
		if code, _, said := call(t, "sweep", "e.yaml", "-o", "s", "-q"); code != 2 || !strings.Contains(said, c.refusal) {
			t.Errorf("%+v: exit code %d: %s", c, code, said)
		}
	}
}
