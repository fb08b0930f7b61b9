package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var all = Formats{GeoJSON: true, GraphML: true, GEXF: true, Edges: true, Parquet: true}

// edit changes a table by replacing a text once.
func edit(t *testing.T, f *Folder, name, old, now string) {
	t.Helper()
	path := filepath.Join(f.Dir, name)
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatal(name, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, now, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A table edited by hand or gone: what is wrong is said with its place, and what does not need it is made.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoil  func(f *Folder)
		want   []string // in the error
		absent string   // files that must not be there
		made   string   // files that must be
	}{
		{"number", func(f *Folder) { edit(t, f, "firms.csv", "12,"+ann+",a,3", "12,"+ann+",a,three") },
			[]string{`firms.csv:10:`, `x: "three": want a number (km)`}, "firms.geojson firms.parquet network.gexf network.graphml", "ties.parquet edges.csv ties.geojson regions.geojson"},
		{"key", func(f *Folder) { edit(t, f, "ties.csv", "12,"+bert, "12,bert") },
			[]string{`ties.csv:6:4: from: "bert": want the key of a firm`}, "network.gexf network.graphml", "firms.geojson edges.csv"},
		{"stranger", func(f *Folder) { edit(t, f, "ties.csv", "12,"+bert, "12,12") },
			[]string{`ties.csv:6:4: from: 12 is no firm of firms.csv`}, "network.gexf network.graphml", "firms.geojson edges.csv"},
		{"trust", func(f *Folder) { edit(t, f, "ties.csv", ".125", "1.25") },
			[]string{`trust_from: "1.25": want a number from 0 to 1`}, "network.gexf network.graphml edges.csv ties.geojson", "firms.geojson"},
		{"twice", func(f *Folder) { edit(t, f, "firms.csv", "12,"+bert, "12,"+ann) },
			[]string{`11 stands twice at tick 12`}, "network.gexf network.graphml", "edges.csv"},
		{"column", func(f *Folder) { edit(t, f, "ties.csv", "trust_to", "trust_back") },
			[]string{`trust_to: the column is missing`, `have tick,from,to,kind,trust_from,trust_back`}, "network.gexf edges.csv", "firms.geojson"},
		{"gone", func(f *Folder) { _ = os.Remove(f.path("ties")) },
			[]string{`ties.csv is missing: the manifest lists it`}, "network.gexf edges.csv ties.geojson", "firms.geojson cells.geojson"},
		{"tick", func(f *Folder) { f.Tick = 5 },
			[]string{`ties.csv has no tick 5: want one of 0, 4, 8, 12`}, "network.graphml edges.csv", "network.gexf firms.geojson"},
		{"tick without firms", func(f *Folder) {
			f.Tick = 12
			edit(t, f, "firms.csv", "12,"+ann, "11,"+ann)
			edit(t, f, "firms.csv", "12,"+bert, "11,"+bert)
			edit(t, f, "firms.csv", "12,"+dora, "11,"+dora)
		},
			[]string{`firms.csv has no tick 12, though ties.csv has: want one of 0, 4, 8, 11`}, "network.graphml", "network.gexf edges.csv"},
	} {
		f := small(t)
		c.spoil(f)
		files, _, err := made(t, f, all)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %s", c.name, err, want)
			}
		}
		for _, name := range strings.Fields(c.absent) {
			if _, there := files[name]; there {
				t.Errorf("%s: %s was made", c.name, name)
			}
			if strings.Contains(files["dictionary.csv"], "\n"+name+",") {
				t.Errorf("%s: the dictionary tells of %s, which was not made", c.name, name)
			}
		}
		for _, name := range strings.Fields(c.made + " dictionary.csv") {
			if _, there := files[name]; !there {
				t.Errorf("%s: %s was not made", c.name, name)
			}
		}
	}
}

// A folder without a place on the globe has no maps, and says so; that is no fault.
func TestNoGlobe(t *testing.T) {
	f := small(t)
	f.Globe = nil
	files, list, err := made(t, f, all)
	if err != nil || files["network.graphml"] == "" || files["firms.geojson"] != "" || strings.Contains(files["network.graphml"], "longitude") {
		t.Error(err, list)
	}
	for _, w := range list {
		if strings.HasSuffix(w.File, "geojson") && !strings.Contains(w.Note, "where on the globe") {
			t.Errorf("%+v", w)
		}
	}
}

// An older file of a table that has been spoilt since does not stay; work that is called off leaves nothing half done.
func TestOldFiles(t *testing.T) {
	f, to := small(t), t.TempDir()
	if _, err := f.Write(t.Context(), to, all); err != nil {
		t.Fatal(err)
	}
	edit(t, f, "firms.csv", "12,"+ann, "x,"+ann)
	if _, err := f.Write(t.Context(), to, all); err == nil {
		t.Error("a faulty table was exported")
	}
	if _, err := os.Stat(filepath.Join(to, "firms.geojson")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the file of the table as it was is still there")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Write(ctx, t.TempDir(), all); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Formats that are made one after another leave the dictionary of all that is there, as if they had been made at once; of what is there no
// more it tells nothing.
func TestDictionaryOfSeveralExports(t *testing.T) {
	f, at, one := small(t), t.TempDir(), t.TempDir()
	if _, err := f.Write(t.Context(), one, all); err != nil {
		t.Fatal(err)
	}
	said := func(dir string) string {
		data, err := os.ReadFile(filepath.Join(dir, "dictionary.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, x := range []Formats{{Parquet: true}, {Edges: true, GEXF: true}, {GeoJSON: true}, {GraphML: true}, {Edges: true}} {
		if _, err := f.Write(t.Context(), at, x); err != nil {
			t.Fatal(err)
		}
	}
	if said(at) != said(one) {
		t.Errorf("one by one:\n%s\nat once:\n%s", said(at), said(one))
	}
	if err := os.Remove(filepath.Join(at, "ties.geojson")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(t.Context(), at, Formats{Edges: true}); err != nil || strings.Contains(said(at), "ties.geojson") || !strings.Contains(said(at), "firms.geojson") {
		t.Errorf("%v: %s", err, said(at))
	}
	if err := os.WriteFile(filepath.Join(at, "dictionary.csv"), []byte("of something else"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(t.Context(), at, Formats{Edges: true}); err != nil || strings.Contains(said(at), "geojson") || !strings.Contains(said(at), "edges.csv,trust_to") {
		t.Errorf("%v: %s", err, said(at))
	}
}

// Every attribute that a file has stands in the dictionary, and the same tables give the same bytes.
func TestDictionary(t *testing.T) {
	first, _, err := made(t, small(t), all)
	if err != nil {
		t.Fatal(err)
	}
	second, _, _ := made(t, small(t), all)
	for name, text := range first {
		if second[name] != text {
			t.Errorf("%s differs in a second go", name)
		}
	}
	words, err := csv.NewReader(strings.NewReader(first["dictionary.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	for _, row := range words[1:] {
		told[row[0]] = append(told[row[0]], row[1])
	}
	for name, text := range first {
		var attributes []string
		if strings.HasSuffix(name, ".geojson") {
			var all struct {
				Features []struct{ Properties map[string]any }
			}
			if err := json.Unmarshal([]byte(text), &all); err != nil || len(all.Features) == 0 {
				t.Fatalf("%s: %d features, %v", name, len(all.Features), err)
			}
			attributes = append(slices.Collect(maps.Keys(all.Features[0].Properties)), "geometry")
		} else if name == "edges.csv" {
			attributes = strings.Split(strings.TrimSpace(strings.SplitN(text, "\n", 2)[0]), ",")
		} else {
			continue
		}
		slices.Sort(attributes)
		if is := slices.Sorted(slices.Values(told[name])); !slices.Equal(is, attributes) {
			t.Errorf("%s has %q, the dictionary tells of %q", name, attributes, is)
		}
	}
	for _, want := range []string{"firms.geojson,productivity_worker_years,worker-years/year/worker,", "network.graphml,weight,1,", "network.gexf,jobs,workers,",
		"edges.csv,trust_to,1,", "clusters.geojson,share_regional_jobs,1,", "cells.geojson,jobs_per_km2,workers/km2,"} {
		if !strings.Contains(first["dictionary.csv"], want) {
			t.Errorf("the dictionary lacks %s", want)
		}
	}
}
