package main

import (
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

// Every break still fits its file once, leaves Go, and names a test of its package; names are not used twice.
func TestMutantsFit(t *testing.T) {
	names := map[string]bool{}
	for _, m := range mutants {
		if names[m.name] {
			t.Errorf("two mutants are called %s", m.name)
		}
		names[m.name] = true
		text, err := m.broken(root)
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		if _, err := format.Source([]byte(text)); err != nil {
			t.Errorf("%s: what it leaves is no Go: %v", m.name, err)
		}
		if !tested(t, m.pack, m.test) {
			t.Errorf("%s: no test %s in %s", m.name, m.test, m.pack)
		}
	}
	const least = 25
	if len(mutants) < least {
		t.Errorf("%d mutants: want at least %d", len(mutants), least)
	}
}

// tested says whether a package has a test of a name.
func tested(t *testing.T, pack, test string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, pack, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "func "+test+"(t *testing.T)") {
			return true
		}
	}
	return false
}

// The page shows the table as it is, and every test that it names is there.
func TestPageListsMutants(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "verification.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), table()) {
		t.Errorf("docs/verification.md has another table; print it with: go run ./internal/verification -list")
	}
	for _, name := range regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(string(page), -1) {
		there := false
		for _, pack := range []string{".", "internal/verification", "scenarios", "model", "model/market", "model/labour", "model/demography",
			"model/knowledge", "model/trust", "model/production", "model/policy", "model/cluster", "model/world", "sim/grid", "sim/rng", "sim/design", "internal/study", "internal/fit", "output"} {
			there = there || tested(t, pack, name[1])
		}
		if !there {
			t.Errorf("docs/verification.md names %s, which is nowhere", name[1])
		}
	}
}

// A break that does not fit, or that nobody sees, is refused with the reason.
func TestMutantsAreRefused(t *testing.T) {
	stale := mutant{name: "stale", file: "model/setup.go", from: "no such text", to: "x", pack: "model", test: "TestGolden"}
	if _, err := stale.run(root, t.TempDir(), false); err == nil || !strings.Contains(err.Error(), "0 times: want once") {
		t.Errorf("a stale break: %v", err)
	}
	twice := mutant{name: "twice", file: "model/setup.go", from: "e", to: "e", pack: "model", test: "TestGolden"}
	if _, err := twice.run(root, t.TempDir(), false); err == nil || !strings.Contains(err.Error(), "want once") {
		t.Errorf("a break that fits anywhere: %v", err)
	}
	harmless := mutant{name: "harmless", file: "sim/rng/key.go", from: "package rng\n", to: "package rng\n\n", pack: "sim/rng", test: "TestNames"}
	if _, err := harmless.run(root, t.TempDir(), false); err == nil || !strings.Contains(err.Error(), "TestNames of sim/rng passes") {
		t.Errorf("a break that breaks nothing: %v", err)
	}
	silly := mutant{name: "silly", file: "sim/rng/key.go", from: "package rng\n", to: "package rng\n\nvar x int = \"\"\n", pack: "sim/rng", test: "TestNames"}
	if _, err := silly.run(root, t.TempDir(), false); err == nil || !strings.Contains(err.Error(), "did not fail, but the command did") {
		t.Errorf("a break that does not compile: %v", err)
	}
}
