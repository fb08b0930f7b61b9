package model

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// odd is the description of the model, and a part of it between two lines that begin so.
func odd(t *testing.T, from, to string) string {
	t.Helper()
	data, err := os.ReadFile("../docs/odd.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(data), "\n"+from)
	part, _, ended := strings.Cut(rest, "\n"+to)
	if !found || !ended {
		t.Fatalf("docs/odd.md has no part from %q to %q", from, to)
	}
	return part
}

// The schedule of docs/odd.md is that of the engine: the same phases, in the same order.
func TestScheduleOfTheDescription(t *testing.T) {
	var told []string
	for line := range strings.Lines(odd(t, "## 3 Process", "## 4 Design")) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || strings.HasPrefix(line, "|---") || strings.TrimSpace(cells[1]) == "phase" {
			continue
		}
		told = append(told, strings.TrimSpace(cells[1]))
	}
	var run []string
	for _, p := range begun(t, small(t, 1, 100)).Phases {
		run = append(run, p.Name)
	}
	for k := range max(len(told), len(run)) {
		a, b := "nothing", "nothing"
		if k < len(told) {
			a = told[k]
		}
		if k < len(run) {
			b = run[k]
		}
		if a != b {
			t.Fatalf("phase %d: docs/odd.md says %q, the engine runs %q", k+1, a, b)
		}
	}
}

// Every purpose of random numbers of the rules stands in the table of section 4.1, and the table names no other.
func TestDrawsOfTheDescription(t *testing.T) {
	declared := map[string]bool{}
	purpose := regexp.MustCompile(`(?m)^\s*(draw[A-Z]\w*)(?:\s+rng\.Purpose)?\s*=\s*0x`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "measure") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range purpose.FindAllStringSubmatch(string(data), -1) {
			declared[m[1]] = true
		}
		single := regexp.MustCompile(`(?m)^(?:const\s+)?\s*(draw[A-Z]\w*)\s+rng\.Purpose\s*=`)
		for _, m := range single.FindAllStringSubmatch(string(data), -1) {
			declared[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(declared) < 30 {
		t.Fatalf("only %d purposes found: this test reads no longer what it should", len(declared))
	}
	var told []string
	for _, m := range regexp.MustCompile("`(draw[A-Z]\\w*)`").FindAllStringSubmatch(odd(t, "### 4.1 Who draws", "## 5 Init"), -1) {
		told = append(told, m[1])
		if !declared[m[1]] {
			t.Errorf("docs/odd.md names %s, which no rule draws by", m[1])
		}
	}
	for name := range declared {
		if !slices.Contains(told, name) {
			t.Errorf("docs/odd.md does not say who draws by %s", name)
		}
	}
}
