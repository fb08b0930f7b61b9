package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// call runs the program in the present folder and gives exit code, standard output and standard error.
func call(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return callWith(t, t.Context(), args...)
}

func callWith(t testing.TB, ctx context.Context, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, messages bytes.Buffer
	err := run(ctx, args, strings.NewReader(""), &out, &messages)
	if err != nil {
		messages.WriteString(err.Error())
	}
	return exitCode(err), out.String(), messages.String()
}

// must is call for what has to succeed.
func must(t testing.TB, args ...string) string {
	t.Helper()
	code, stdout, stderr := call(t, args...)
	if code != 0 {
		t.Fatalf("agglo %s: exit code %d: %s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

// inFolder makes a new folder the present one and puts the small scenario there.
func inFolder(t testing.TB) {
	t.Helper()
	small, err := os.ReadFile(filepath.Join("testdata", "small.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("small.yaml", small, 0o666); err != nil {
		t.Fatal(err)
	}
}

// hashes gives the hash of every table of a run folder.
func hashes(t testing.TB, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: no tables: %v", dir, err)
	}
	columnar, err := filepath.Glob(filepath.Join(dir, "*.parquet")) // those of sweeps
	if err != nil {
		t.Fatal(err)
	}
	paths = append(paths, columnar...)
	out := map[string]string{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		out[filepath.Base(path)] = hex.EncodeToString(sum[:])
	}
	return out
}

func TestExitCodes(t *testing.T) {
	inFolder(t)
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("empty.yaml", "")
	write("faulty.yaml", "agglo: 1\nid: x\ncolour: red\nticks: 10.5\n")
	write("bytes.yaml", "agglo: 1\nid: \xff\n")
	for _, c := range []struct {
		args string
		code int
		want string // part of what is said
	}{
		{"", 0, "Available Commands"},
		{"--help", 0, "agglo run plain"},
		{"--version", 0, "agglo "},
		{"lst", 2, "did you mean list?"},
		{"help rn", 2, "did you mean run?"},
		{"help run", 0, "DIR#RUN"},
		{"help measure hoover", 0, "agglo measure hoover --table jobs.csv"},
		{"help measure hover", 2, "there is no command measure hover: did you mean measure hoover?"},
		{"help measure hoover twice", 2, `"twice" is one too many`},
		{"list now", 2, "one too many"},
		{"completion bsh", 2, "did you mean completion bash?"},
		{"completion bash now", 2, "one too many"},
		{"completion", 0, "agglo completion bash > "},
		{"run small.yaml --ticks 10 --every 4 --no-plots -o every", 0, "start  tick 8"},
		{"run small.yaml --ticks 8 --every 4 --no-plots -o every --force", 0, "start  end"},
		{"export every --geojson --tick 4", 2, "--tick 4 goes with --graphml and --edges"},
		{"run", 2, "want one SCENARIO"},
		{"run small.yaml -o -", 2, "-o -: agglo run writes a folder"},
		{"export small -o -", 2, "./- for a folder of that name"},
		{"init region -o -", 0, "id: region"},
		{"run small.yaml plain", 2, "one too many"},
		{"run pain", 2, "did you mean plain?"},
		{"run small.yaml --thraeds 2", 2, "did you mean --threads?"},
		{"run small.yaml --threads 0", 2, "want 1 to 4096"},
		{"run small.yaml --threads two", 2, "--threads two: want a whole number"},
		{"run small.yaml --ticks 1e9", 2, "--ticks 1e9: want a whole number"},
		{"run small.yaml --ticks=", 2, "--ticks \"\": want a whole number"},
		{"run small.yaml --ticks 99999999999999999999", 2, "--ticks 99999999999999999999: is too large"},
		{"run small.yaml --seed -1", 2, "--seed -1: want a whole number, 0 or more"},
		{"run small.yaml --force=maybe", 2, "--force maybe: want true or false"},
		{"bench --growth --sizes 200,many", 2, "--sizes 200,many: want whole numbers with commas between them"},
		{"measure moran --band x", 2, "--band x: want a number"},
		{"run small.yaml --seed 9007199254740992", 2, "below 2^53"},
		{"run small.yaml --ticks -1 --every 0", 2, "--every 0"},
		{"run small.yaml --ticks -1 --every 0", 2, "--ticks -1"},
		{"run small.yaml --replicates 0", 2, "--replicates 0"},
		{"run small.yaml --lang fr", 2, "want en or ru"},
		{"run small.yaml --set trust.loss", 2, "want PATH=VALUE"},
		{"run small.yaml --set trust.lss=.5", 2, "did you mean trust.loss?"},
		{"run small.yaml --set trust.loss=2", 2, "want [0,1]"},
		{"run small.yaml#0", 2, "not a run folder"},
		{"run nowhere#0", 2, "nothing of that name"},
		{"run faulty.yaml", 1, "faulty.yaml:3:1: colour: unknown key"},
		{"run empty.yaml", 1, "the file is empty"},
		{"run bytes.yaml", 1, "UTF-8"},
		{"run .", 1, ""},
		{"check faulty.yaml small.yaml", 1, "faulty.yaml:4:8: ticks: 10.5"},
		{"check small.yaml plain", 0, "small.yaml: no mistakes"},
		{"check nothing.yaml", 2, "no such scenario"},
		{"show pain", 2, "did you mean plain?"},
		{"show plain --set cluster.km=6", 0, "km: 6"},
		{"params trst", 2, "did you mean"},
		{"plot nowhere", 2, "there is no folder of that name"},
		{"plot .", 2, "not a run folder"},
		{"bench --firms 5", 2, "want 100 to"},
		{"bench --ticks 0", 2, "--ticks 0"},
		{"bench --sizes 5", 2, "--sizes goes with --growth"},
		{"bench --growth --firms 1000 --sizes 5,200 --rounds 0 --lang fr", 2, "--sizes 5: want 100 to"},
		{"bench --growth --firms 1000", 2, "--firms goes without --growth"},
		{"init Capital", 2, "small letters"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, stdout, stderr := call(t, strings.Fields(c.args)...)
			if code != c.code || !strings.Contains(stdout+stderr, c.want) {
				t.Errorf("exit code %d, want %d; said %q, want %q in it", code, c.code, stdout+stderr, c.want)
			}
			if _, err := os.Stat("runs"); err == nil {
				t.Fatal("a run folder was made")
			}
		})
	}
}

func TestSmallCommands(t *testing.T) {
	inFolder(t)
	if out := must(t, "list"); !strings.Contains(out, "silicon-valley") || !strings.Contains(out, "plain") {
		t.Errorf("list: %s", out)
	}
	var entries []map[string]any
	must(t, "run", "small.yaml", "--ticks", "1", "--no-plots", "-q", "-o", "r")
	for command, key := range map[string]string{"claims --list": "quote", "plot r": "files"} { // keys as everywhere
		err := json.Unmarshal([]byte(must(t, append(strings.Fields(command), "--json")...)), &entries)
		if err != nil || len(entries) == 0 {
			t.Errorf("%s --json: %d entries, %v", command, len(entries), err)
		}
		for have := range entries[0] {
			if _, there := entries[0][key]; !there || have != strings.ToLower(have) {
				t.Errorf("%s --json has the key %s, want %s", command, have, key)
			}
		}
		entries = nil
	}
	for _, command := range []string{"list", "params", "policies"} {
		if err := json.Unmarshal([]byte(must(t, command, "--json")), &entries); err != nil || len(entries) == 0 {
			t.Errorf("%s --json: %d entries, %v", command, len(entries), err)
		}
		if len(must(t, command)) < 100 {
			t.Errorf("%s says next to nothing", command)
		}
	}
	if out := must(t, "params", "trust"); !strings.Contains(out, "trust.loss") || strings.Contains(out, "economy.") {
		t.Errorf("params trust: %s", out)
	}
	var schema map[string]any
	if err := json.Unmarshal([]byte(must(t, "schema")), &schema); err != nil || schema["properties"] == nil {
		t.Errorf("schema: %v", err)
	}
	var scenario map[string]any
	if err := json.Unmarshal([]byte(must(t, "show", "small.yaml", "--json")), &scenario); err != nil || scenario["id"] != "small" {
		t.Errorf("show --json: %v, id %v", err, scenario["id"])
	}
	if _, out, _ := call(t, "completion", "bash"); !strings.Contains(out, "agglo") {
		t.Error("completion bash prints no script")
	}
	if out := must(t, "__complete", "run", ""); !strings.Contains(out, "plain") {
		t.Errorf("run completes to %q", out)
	}
	if out := must(t, "__complete", "run", "--set", "trust.lo"); !strings.Contains(out, "trust.loss=") {
		t.Errorf("--set completes to %q", out)
	}
}

// TestShowReadsBack takes what show prints for a scenario file: it must give the same tables.
func TestShowReadsBack(t *testing.T) {
	inFolder(t)
	if err := os.WriteFile("shown.yaml", []byte(must(t, "show", "small.yaml")), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "small.yaml", "-o", "a", "--no-plots")
	must(t, "run", "shown.yaml", "-o", "b", "--no-plots")
	same(t, "a", "b")
}

// same holds two folders to the same tables, byte by byte.
func same(t testing.TB, a, b string) {
	t.Helper()
	left, right := hashes(t, a), hashes(t, b)
	for name, h := range left {
		if right[name] != h {
			t.Errorf("%s differs between %s and %s", name, a, b)
		}
	}
	if len(left) != len(right) {
		t.Errorf("%s has %d tables, %s has %d", a, len(left), b, len(right))
	}
}

func TestInit(t *testing.T) {
	inFolder(t)
	must(t, "init", "valley")
	must(t, "check", "valley.yaml")
	must(t, "run", "valley.yaml", "--ticks", "1", "--no-plots")
	if code, _, said := call(t, "init", "valley"); code != 1 || !strings.Contains(said, "exists already") {
		t.Errorf("init over a file: exit code %d, %s", code, said)
	}
	if out := must(t, "init", "valley", "-o", "-"); !strings.Contains(out, "id: valley") {
		t.Errorf("init -o - prints %q", out)
	}
}

func TestMan(t *testing.T) {
	inFolder(t)
	must(t, "man", "pages")
	for _, name := range []string{"agglo.1", "agglo-run.1", "agglo-check.1", "agglo-bench.1", "agglo-measure.1", "agglo-measure-hoover.1"} {
		page, err := os.ReadFile(filepath.Join("pages", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{".TH AGGLO", ".SH NAME", ".SH SYNOPSIS", ".SH EXAMPLES", ".SH EXIT STATUS"} {
			if !strings.Contains(string(page), part) {
				t.Errorf("%s has no %s", name, part)
			}
		}
	}
	page, _ := os.ReadFile(filepath.Join("pages", "agglo-run.1"))
	for _, flag := range []string{`\-\-seed`, `\-\-threads`, `\-o, \-\-out DIR`, `\-\-json`} {
		if !strings.Contains(string(page), flag) {
			t.Errorf("agglo-run.1 does not tell of %s", flag)
		}
	}
	for _, s := range indicators() {
		page, err := os.ReadFile(filepath.Join("pages", "agglo-measure-"+s.name+".1"))
		if err != nil || !strings.Contains(string(page), "\n.TP\n.B Formula\n") || !strings.Contains(string(page), "\n.TP\n.B Output\n") {
			t.Errorf("the page of measure %s: %v\n%s", s.name, err, page)
		}
	}
}

func TestBench(t *testing.T) {
	var r struct {
		Firms, Ticks, Threads int
		Clustered             bool
		Ns                    float64  `json:"ns_per_firm_tick"`
		Bytes                 float64  `json:"bytes_per_firm"`
		Allocs                *float64 `json:"allocs_per_firm_tick"`
	}
	out := must(t, "bench", "--firms", "1000", "--ticks", "2", "--threads", "2", "--clustered")
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if r.Firms != 1000 || r.Ticks != 2 || r.Threads != 2 || !r.Clustered || r.Ns <= 0 || r.Bytes <= 0 || r.Allocs == nil {
		t.Errorf("bench prints %s", out)
	}
}
