package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Several sizes are measured, kept row by row and drawn; an earlier measurement is not written over by accident.
func TestBenchGrowth(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bench")
	out := must(t, "bench", "--growth", "--sizes", "200,400", "--rounds", "2", "--ticks", "4", "--threads", "1", "-o", dir)
	rows, err := os.ReadFile(filepath.Join(dir, "scaling.csv"))
	if lines := strings.Count(string(rows), "\n"); err != nil || lines != 1+2*2*2 || !strings.HasPrefix(string(rows), "firms,clustered,threads,ticks,ns_per_firm_tick,") {
		t.Errorf("%v: %d lines\n%s", err, lines, rows)
	}
	for _, name := range []string{"scaling.png", "scaling.svg"} {
		if _, err := os.Stat(filepath.Join(dir, "figures", name)); err != nil || !strings.Contains(out, name) {
			t.Errorf("%v, and it prints %s", err, out)
		}
	}
	if code, _, said := call(t, "bench", "--growth", "--sizes", "200,400", "-o", dir); code != 2 || !strings.Contains(said, "--force") {
		t.Errorf("code %d: %s", code, said)
	}
}

// Measurements that were kept stay to the byte when those that are not there are made, of the same sizes and of more; others than those
// that are asked for are refused. The figure is that of the rows, or there is none.
func TestBenchGrowthResumed(t *testing.T) {
	inFolder(t)
	measure := func(args string) (int, string, string) {
		return call(t, strings.Fields("bench --growth --ticks 4 --threads 1 -o b "+args)...)
	}
	read := func() []string {
		text, err := os.ReadFile("b/scaling.csv")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(string(text)), "\n")
	}
	figure := func() bool { _, err := os.Stat("b/figures/scaling.png"); return err == nil }
	if code, _, said := measure("--sizes 200,400 --rounds 1 --resume"); code != 0 || !figure() { // nothing was begun
		t.Fatalf("%d: %s", code, said)
	}
	whole := read()
	if err := os.WriteFile("b/scaling.csv", []byte(strings.Join(whole[:3], "\n")+"\n"), 0o666); err != nil { // as if it had been stopped
		t.Fatal(err)
	}
	code, out, said := measure("--sizes 200,400,600 --rounds 1 --resume --json")
	var made struct {
		Measurements []struct{ Firms int }
		Figures      []string
	}
	if err := json.Unmarshal([]byte(out), &made); code != 0 || err != nil || len(made.Measurements) != 6 || made.Measurements[5].Firms != 600 || len(made.Figures) != 2 {
		t.Errorf("%d, %v: %s%s", code, err, out, said)
	}
	if now := read(); len(now) != 7 || strings.Join(now[:3], "\n") != strings.Join(whole[:3], "\n") {
		t.Errorf("%q went on to %q", whole[:3], now)
	}
	if code, _, said := measure("--sizes 200,400 --resume"); code != 2 || !strings.Contains(said, "600 firms") {
		t.Errorf("%d: %s", code, said)
	}
	if code, _, said := measure("--sizes 200 --rounds 1 --force"); code != 0 || figure() || !strings.Contains(said, "no figure: ") {
		t.Errorf("one size has the figure of others: %v; %d: %s", figure(), code, said)
	}
	if code, _, said := measure("--force --resume"); code != 2 {
		t.Errorf("%d: %s", code, said)
	}
}
