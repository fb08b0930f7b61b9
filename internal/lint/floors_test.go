package lint

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floors gives every package its floor. A package imports lower floors only.
var floors = []struct {
	floor    int
	packages []string
}{
	{0, []string{"sim/rng", "sim/num", "sim/param", "sim/grid", "sim/page", "sim/checkpoint", "internal/golden", "internal/process", "internal/table", "internal/text",
		"internal/schedule"}},
	{1, []string{"internal/table/parquet", "internal/fit", "sim", "sim/design", "sim/batch", "sim/param/comments", "model/world", "model/measure"}},
	{2, append([]string{"sim/param/gen"}, mechanisms...)},
	{3, []string{"model"}},
	{4, []string{"scenarios", "output"}},
	{5, []string{"output/plot", "output/export"}},
	{6, []string{"internal/study", "internal/bench", "internal/platforms", "internal/verification", "output/report", "output/live/session"}},
	{7, []string{"output/live/class"}},
	{8, []string{"output/live"}},
	{9, []string{"cmd/agglo", "output/live/wasm", "internal/lint", "internal/bench/count", "internal/bundle", "internal/site", "internal/torture"}},
}

// ground is the arithmetic that random streams and kernels are made of, and what tells living processes from dead: the other packages of
// floor 0 may import it.
var ground = []string{"sim/num", "internal/process"}

// mechanisms meet only in the world's columns.
var mechanisms = []string{"model/production", "model/market", "model/labour", "model/knowledge", "model/trust", "model/club",
	"model/demography", "model/policy", "model/cluster"}

// closed says which packages may not import which, although their floors would let them: what is drawn and written knows the
// world's state and the tables, never the rules.
var closed = []struct {
	packages  []string
	forbidden []string // with all below, but for the exceptions
	except    []string
	why       string
}{
	{[]string{"output"}, []string{"model"}, []string{"model/world", "model/measure"}, "output reads the state, not the rules"},
	{[]string{"output/plot", "output/report", "output/export"}, []string{"model", "scenarios"}, nil, "figures are made from tables alone"},
}

// floorOf gives a package's floor, or -1.
func floorOf(path string) int {
	for _, f := range floors {
		if slices.Contains(f.packages, path) {
			return f.floor
		}
	}
	return -1
}

// lookUp finds packages without a floor and imports that do not lead down. Tests may look up.
func lookUp(m *module) []finding {
	var found []finding
	for _, p := range m.packages {
		floor := floorOf(p.path)
		if floor < 0 {
			found = append(found, finding{p.path, "has no floor; give it one in floors_test.go"})
			continue
		}
		for _, f := range p.built() {
			for _, spec := range f.file.Imports {
				inner, ok := m.inside(pathOf(spec))
				if !ok {
					continue
				}
				other := floorOf(inner)
				switch {
				case other < 0:
					found = append(found, m.find(spec.Pos(), "%s (floor %d) imports %s, which has no floor", p.path, floor, inner))
				case slices.Contains(mechanisms, p.path) && slices.Contains(mechanisms, inner):
					found = append(found, m.find(spec.Pos(), "%s (floor %d) imports %s (floor %d): mechanisms meet only in the world",
						p.path, floor, inner, other))
				case other >= floor && !(floor == 0 && slices.Contains(ground, inner)):
					found = append(found, m.find(spec.Pos(), "%s (floor %d) imports %s (floor %d): a package imports lower floors only",
						p.path, floor, inner, other))
				}
				for _, c := range closed {
					if slices.Contains(c.packages, p.path) && under(inner, c.forbidden...) && !slices.Contains(c.except, inner) {
						found = append(found, m.find(spec.Pos(), "%s imports %s: %s", p.path, inner, c.why))
					}
				}
			}
		}
	}
	return found
}

// The table of docs/architecture.md has every package on its floor, and no others.
func TestArchitectureNamesEveryRoom(t *testing.T) {
	page, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range floors {
		row := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %d \| ([^|]*) \|`, f.floor)).FindStringSubmatch(string(page))
		if row == nil {
			t.Errorf("floor %d has no row", f.floor)
			continue
		}
		told := strings.Fields(strings.ReplaceAll(row[1], "`", ""))
		for _, name := range f.packages {
			if !slices.Contains(told, name) {
				t.Errorf("%s is not told of on floor %d", name, f.floor)
			}
		}
		for _, name := range told {
			if !slices.Contains(f.packages, name) {
				t.Errorf("%s is told of on floor %d and does not stand there", name, f.floor)
			}
		}
	}
}
