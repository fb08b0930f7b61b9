package lint

import (
	"slices"
	"testing"
)

// deterministic are the rooms whose results must be the same bits on every machine.
var deterministic = []string{"sim", "model"}

// rules are those that read source alone.
var rules = []struct {
	name string
	find func(*module) []finding
}{
	{"parses", func(m *module) []finding { return m.faults }},
	{"floors", lookUp},
	{"length", tooLong},
	{"comments", uncommented},
	{"names", misnamed},
}

// typedRules are those that need types; they hold in the deterministic rooms.
var typedRules = []struct {
	name string
	find func(*module, *typed) []finding
}{
	{"compiles", faulty},
	{"chance", chance},
	{"order", unordered},
	{"fused", fused},
	{"variables", variables},
}

// find applies one rule, or all if the name is empty, and gives what it finds by the rule's name, in order and once each.
func find(t *testing.T, m *module, name string) map[string][]finding {
	t.Helper()
	found := map[string][]finding{}
	for _, r := range rules {
		if name == "" || name == r.name {
			found[r.name] = r.find(m)
		}
	}
	for _, tags := range [][]string{nil, {"invariants"}} {
		packages, err := m.check(tags, deterministic...)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range typedRules {
			for _, p := range packages {
				if (name == "" || name == r.name) && (under(p.path, deterministic...) || r.name == "compiles") {
					found[r.name] = append(found[r.name], r.find(m, p)...)
				}
			}
		}
		if name == "" || name == "purposes" {
			found["purposes"] = append(found["purposes"], purposes(m, packages)...)
		}
	}
	for rule, list := range found {
		var once []finding
		for _, f := range list {
			if !slices.Contains(once, f) {
				once = append(once, f)
			}
		}
		found[rule] = once
	}
	return found
}

// TestHouse holds the rules over the whole module.
func TestHouse(t *testing.T) {
	m := load(t, "../..")
	if m.name != "agglo" || m.folder("sim") == nil || m.folder("model") == nil {
		t.Fatalf("module %q with %d packages is not the one to look at", m.name, len(m.packages))
	}
	for rule, list := range find(t, m, "") {
		t.Run(rule, func(t *testing.T) {
			for _, f := range list {
				t.Error(f)
			}
		})
	}
}
