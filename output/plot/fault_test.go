package plot

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"agglo/internal/text"
)

// change rewrites a table of a folder.
func change(t *testing.T, dir, name string, to func(string) string) {
	t.Helper()
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(to(string(data))), 0o666); err != nil {
		t.Fatal(err)
	}
}

// drawn returns which figures have files.
func drawn(figures []Figure) string {
	var names []string
	for _, f := range figures {
		if len(f.Files) > 0 {
			names = append(names, f.Name)
		} else if f.Note == "" {
			names = append(names, f.Name+" has no note")
		}
	}
	return strings.Join(names, " ")
}

// ready returns which figures the tables of a folder allow, without drawing them.
func ready(t *testing.T, dir string) string {
	t.Helper()
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range append(append([]painter{}, ofRun...), ofCompare...) {
		if _, err := p.of(f); err == nil {
			names = append(names, p.name)
		} else if _, ok := err.(skip); !ok {
			t.Errorf("%s: %v", p.name, err)
		}
	}
	return strings.Join(names, " ")
}

func TestMissingTablesLeaveFiguresOut(t *testing.T) {
	for _, c := range []struct{ remove, gone string }{
		{"growth.csv", "growth"},
		{"sizes.csv", "sizes"},
		{"synergy.csv", "synergy synergy_map"},
		{"cells.csv", "density infrastructure"},
		{"infrastructure.csv", "infrastructure"},
		{"firms.csv", "map map_start years network"},
		{"ties.csv", "network"},
		{"series.csv", "clusters series"},
		{"clusters.csv", "cluster_map synergy_map network"},
		{"cluster_cells.csv", "cluster_map synergy_map network"},
		{"effects.csv", "effects forest variance_reduction"},
		{"pairs.csv", "plane"},
		{"ledger.csv", "ledger"},
		{"costs.csv", "costs"},
	} {
		want := strings.Join(slices.DeleteFunc(slices.Clone(every), func(name string) bool { return slices.Contains(strings.Fields(c.gone), name) }), " ")
		dir := t.TempDir()
		newToy(t, dir, 300, 1)
		if err := os.Remove(filepath.Join(dir, c.remove)); err != nil {
			t.Fatal(err)
		}
		if got := ready(t, dir); got != want {
			t.Errorf("without %s: %q, want %q", c.remove, got, want)
		}
	}
}

// TestHelpingTablesMayBeMissing: a map without outlines, names and ties is still a map, and so on.
func TestHelpingTablesMayBeMissing(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 300, 1)
	for _, name := range []string{"outline.csv", "places.csv", "sectors.csv", "ties.csv", "summary.csv", "works.csv", "institutions.csv"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	figures, err := both(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		if f.Name == "network" { // which is nothing but ties
			if len(f.Files) > 0 || !strings.Contains(f.Note, "ties.csv") {
				t.Errorf("network without ties: %+v", f)
			}
			continue
		}
		look(t, dir, f)
	}
}

func TestFaultyTableIsToldAndTheRestDrawn(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 300, 1)
	change(t, dir, "synergy.csv", func(s string) string { return strings.Replace(s, "\n0,4,0,", "\n0,4,zero,", 1) })
	change(t, dir, "sizes.csv", func(s string) string { return strings.Replace(s, "rank", "rnk", 1) })
	change(t, dir, "summary.csv", func(s string) string { return strings.Replace(s, "1.08", "Inf", 1) })
	figures, err := both(dir, "en")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`synergy.csv:6:3: cluster = "zero": want a finite number or nothing`,
		`sizes.csv:1: no column "rank"; there are: tick, jobs, rnk`,
		`summary.csv:2:2: value = "Inf": want a finite number or nothing`,
	} {
		if want = filepath.Join(dir, want); !strings.Contains(err.Error(), want) {
			t.Errorf("error %q, want %q in it", err, want)
		}
	}
	if got, want := drawn(figures), "map map_start years density cluster_map network facilities infrastructure clusters series growth premium targets effects forest costs plane variance_reduction ledger"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
}

func TestFolderFaults(t *testing.T) {
	if _, err := both(filepath.Join(t.TempDir(), "none"), "en"); err == nil {
		t.Error("a folder that is not there: no error")
	}
	dir := t.TempDir()
	figures, err := both(dir, "en")
	if err == nil || !strings.Contains(err.Error(), "manifest.json") || drawn(figures) != "" {
		t.Errorf("empty folder: %q, %v", drawn(figures), err)
	}
	newToy(t, dir, 300, 1)
	change(t, dir, "manifest.json", func(string) string { return "{half" })
	figures, err = both(dir, "en")
	if err == nil || drawn(figures) != strings.Join(every, " ") {
		t.Errorf("broken manifest: %q, %v", drawn(figures), err)
	}
}

// TestThinData draws what a run of one tick, or of no values, leaves: no panic, and every figure drawn or explained.
func TestThinData(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 1, 1)
	for _, name := range []string{"series.csv", "clusters.csv", "synergy.csv", "effects.csv", "growth.csv", "sizes.csv"} {
		change(t, dir, name, func(s string) string { return strings.Join(strings.SplitAfterN(s, "\n", 3)[:2], "") })
	}
	figures, err := both(dir, "en")
	if err != nil || strings.Contains(drawn(figures), "no note") {
		t.Errorf("%q, %v", drawn(figures), err)
	}
	if len(figures) != len(every) {
		t.Errorf("%d figures, want %d", len(figures), len(every))
	}
	for name := range shapes { // headers only
		change(t, dir, orManifest(t, dir, name), func(s string) string { head, _, _ := strings.Cut(s, "\n"); return head + "\n" })
	}
	figures, _ = both(dir, "ru")
	if got := drawn(figures); got != "" {
		t.Errorf("from headers only: drawn %q", got)
	}
}

// orManifest returns a table's name, writing it first if the toy has none.
func orManifest(t *testing.T, dir, name string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("column,unit,meaning\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

func TestManyPoliciesTakeMoreSheets(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 300, 1)
	change(t, dir, "effects.csv", func(s string) string {
		head, rows, _ := strings.Cut(s, "\n")
		return head + "\n" + rows + strings.ReplaceAll(rows, "subsidy", "my_own+subsidy")
	})
	figures, err := Draw(dir, Options{Lang: "en"})
	if got, want := drawn(figures), "effects effects_2 forest costs plane variance_reduction ledger"; err != nil || got != want {
		t.Errorf("drawn %q, error %v, want %q", got, err, want)
	}
}

// TestEveryTextIsInTheCatalogue looks for the keys in this package's source.
func TestEveryTextIsInTheCatalogue(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`"((?:axis|date|unit|note|sub|title|map|clustermap|density|clusters|series|sizes|growth|synergy|costs)\.[a-z_.]+)"`)
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(source), -1) {
			if strings.HasSuffix(m[1], ".csv") || strings.HasSuffix(m[1], ".") {
				continue
			}
			seen++
			if !text.Has(m[1]) {
				t.Errorf("%s: no text %q", name, m[1])
			}
		}
	}
	for _, c := range channels {
		if !text.Has("synergy." + c.name) {
			t.Errorf("no text for channel %s", c.name)
		}
	}
	for _, o := range outcomes {
		if !text.Has("metric." + o.metric) {
			t.Errorf("no text for metric %s", o.metric)
		}
	}
	if seen < 60 {
		t.Errorf("only %d keys found", seen)
	}
}
