package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// at lists the rows of a table at a tick.
func at(t *testing.T, path, tick string) []map[string]string {
	t.Helper()
	return slices.DeleteFunc(rows(t, path), func(r map[string]string) bool { return r["tick"] != tick })
}

// Maps and networks of more ticks change nothing else, and those of the start and the end are the same with and without. A
// stored run can be run again with more of them.
func TestMapsEvery(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "plain", "--no-plots")
	must(t, "run", "small.yaml", "-o", "maps", "--no-plots", "--firms", "every:3", "--ties", "every:4", "--threads", "3")
	for _, c := range []struct{ table, ticks string }{{"firms", "0 3 6 8"}, {"cells", "0 3 6 8"}, {"ties", "0 4 8"}} {
		var ticks []string
		for _, r := range rows(t, "maps/"+c.table+".csv") {
			if !slices.Contains(ticks, r["tick"]) {
				ticks = append(ticks, r["tick"])
			}
		}
		if strings.Join(ticks, " ") != c.ticks {
			t.Errorf("%s.csv has the ticks %v: want %s", c.table, ticks, c.ticks)
		}
	}
	for _, c := range []struct{ table, tick string }{{"firms", "0"}, {"firms", "8"}, {"cells", "8"}, {"ties", "8"}} {
		a, b := at(t, "plain/"+c.table+".csv", c.tick), at(t, "maps/"+c.table+".csv", c.tick)
		if len(a) == 0 || len(a) != len(b) {
			t.Fatalf("%s at tick %s: %d rows and %d", c.table, c.tick, len(a), len(b))
		}
		for k := range a {
			for name, value := range a[k] {
				if b[k][name] != value {
					t.Errorf("%s at tick %s: %s = %s and %s", c.table, c.tick, name, value, b[k][name])
				}
			}
		}
	}
	left, right := hashes(t, "plain"), hashes(t, "maps")
	for _, name := range []string{"series.csv", "clusters.csv", "synergy.csv", "growth.csv", "summary.csv"} {
		if left[name] != right[name] {
			t.Errorf("maps of more ticks change %s", name)
		}
	}
	must(t, "run", "plain#0", "-o", "again", "--no-plots", "--firms", "every:3", "--ties", "every:4")
	same(t, "maps", "again")
	must(t, "run", "maps#0", "-o", "third", "--no-plots")
	same(t, "maps", "third")
	for _, flag := range []string{"every:0", "4", "every:x", "every:"} {
		if code, _, stderr := call(t, "run", "small.yaml", "--firms", flag); code != 2 || !strings.Contains(stderr, "want every:N") {
			t.Errorf("--firms %s: exit code %d: %s", flag, code, stderr)
		}
	}
}

func TestExport(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--firms", "every:4", "--ties", "every:4")
	out := must(t, "export", "a")
	for _, name := range []string{"regions.geojson", "clusters.geojson", "cells.geojson", "firms.geojson", "ties.geojson", "network.graphml",
		"network.gexf", "edges.csv", "firms.parquet", "ties.parquet", "dictionary.csv"} {
		if path := filepath.Join("a", "export", name); !strings.Contains(out, path) {
			t.Errorf("%s is not listed:\n%s", path, out)
		} else if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", path, err)
		}
	}
	var made []struct {
		File string
		Rows int
	}
	if err := json.Unmarshal([]byte(must(t, "export", "a", "--edges", "--json", "-o", "b")), &made); err != nil || len(made) != 2 {
		t.Fatal(made, err)
	}
	if want := len(rows(t, "a/ties.csv")); made[0].Rows != want || len(rows(t, "b/edges.csv")) != want {
		t.Errorf("%d edges: want %d", made[0].Rows, want)
	}
	if left, _ := os.ReadDir("b"); len(left) != 3 { // and source.json
		t.Errorf("--edges made %v", left)
	}
	must(t, "run", "small.yaml", "-o", "other", "--no-plots", "--seed", "8", "--ticks", "4")
	if code, _, stderr := call(t, "export", "other", "--geojson", "-o", "b"); code != 2 || !strings.Contains(stderr, "b holds those of small, seed 5") {
		t.Errorf("files of two runs in one folder: %d, %s", code, stderr)
	}
	must(t, "export", "a", "--graphml", "-o", "b")          // of the same run
	must(t, "measure", "network", "--edges", "b/edges.csv") // one program reads what the other writes
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--seed", "9", "--force")
	if _, err := os.Stat("a/export/firms.geojson"); !os.IsNotExist(err) {
		t.Error("the files of another run are still in its folder")
	}
}

// What a folder may be that is not as a run has left it.
func TestExportFaults(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "whole", "--no-plots", "--ticks", "4")
	must(t, "compare", "small.yaml", "--policy", "subsidy", "--replicates", "2", "--burn-in", "2", "--ticks", "4", "-o", "compared", "--no-plots")
	change := func(path, old, now string) {
		data, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(data), old) {
			t.Fatal(path, err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, now, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	copied := func(name string) string {
		if err := os.CopyFS(name, os.DirFS("whole")); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, c := range []struct {
		dir  string
		do   func(dir string)
		code int
		want string
	}{
		{"compared", func(string) {}, 2, "is not the folder of a run"},
		{"nowhere", func(string) {}, 2, "there is nothing of that name"},
		{copied("writing"), func(d string) { _ = os.WriteFile(d+"/INCOMPLETE", nil, 0o666) }, 1, "a run is still writing this folder, or was killed"},
		{copied("newer"), func(d string) { change(d+"/manifest.json", `"agglo": 1`, `"agglo": 2`) }, 1, "2"},
		{copied("no manifest"), func(d string) { _ = os.Remove(d + "/manifest.json") }, 2, "it has no manifest.json"},
		{copied("gone"), func(d string) { _ = os.Remove(d + "/ties.csv") }, 1, "ties.csv is missing: the manifest lists it"},
		{copied("edited"), func(d string) { change(d+"/firms.csv", "0,", "0x,") }, 1, "firms.csv: not what the run wrote"},
	} {
		c.do(c.dir)
		code, stdout, stderr := call(t, "export", c.dir)
		if code != c.code || !strings.Contains(stderr, c.want) || strings.Contains(stderr, "goroutine") {
			t.Errorf("%s: exit code %d, want %d: %s", c.dir, code, c.code, stderr)
		}
		if (c.dir == "gone" || c.dir == "edited") && !strings.Contains(stdout, "cells.geojson") {
			t.Errorf("%s: what is sound was not made: %s", c.dir, stdout)
		}
	}
}
