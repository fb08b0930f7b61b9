package policy

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"agglo/model/world"
)

// read is a file of the repository, from the package's folder.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// leverNames are the names of the levers on firms, then of those on cells, without Lever.
func leverNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^\tLever([A-Z]\w*)`).FindAllStringSubmatch(read(t, "../world/levers.go"), -1) {
		names = append(names, m[1])
	}
	if len(names) != int(world.FirmLevers)+int(world.CellLevers) {
		t.Fatalf("%d names of levers are declared, want %d and %d", len(names), world.FirmLevers, world.CellLevers)
	}
	return names
}

// pulled are the levers that an instrument pulls on a day on which it has money and works stand.
func pulled(t *testing.T, id string, names []string) (pulls []string) {
	t.Helper()
	w := rich()
	r := rules(t, w, always("a", id))
	w.Ledger[0].Works = 20
	step(t, r, w, 1)
	for k, name := range names {
		if cell := k - int(world.FirmLevers); cell < 0 && w.Levers.Pulled(world.FirmLever(k)) || cell >= 0 && w.Levers.PulledAt(world.CellLever(cell)) {
			pulls = append(pulls, name)
		}
	}
	return pulls
}

// told are the levers that a text names, in the order of names.
func told(text string, names []string) (found []string) {
	for _, name := range names {
		if regexp.MustCompile(`\b` + name + `\b`).MatchString(text) {
			found = append(found, name)
		}
	}
	return found
}

// docs/odd.md has a line for every lever and for every instrument, the latter with the levers that it pulls and no others; and
// facilities of policies do what its table of facilities says.
func TestLeversOfTheDescription(t *testing.T) {
	text, names := read(t, "../../docs/odd.md"), leverNames(t)
	for _, name := range names {
		if n := strings.Count(text, "\n| `Lever"+name+"` |"); n != 1 {
			t.Errorf("Lever%s has %d lines", name, n)
		}
	}
	for _, id := range Instruments() {
		want := pulled(t, id, names)
		rows := regexp.MustCompile("(?m)^\\| `"+id+"`(?: \\(placebo\\))? \\|([^|]*)\\|[^|]*\\|$").FindAllStringSubmatch(text, -1)
		if len(rows) != 1 {
			t.Errorf("%s has %d lines", id, len(rows))
		} else if have := told(rows[0][1], names); !slices.Equal(have, want) {
			t.Errorf("%s pulls %v, its line tells of %v", id, want, have)
		}
		rows = regexp.MustCompile("(?m)^\\| `\\w+` \\| `"+id+"` \\|(.*)\\|$").FindAllStringSubmatch(text, -1)
		entry, _ := Find(id)
		var p Params
		if shared := slices.ContainsFunc(entry.parts(Spec{}, &p), func(c component) bool {
			_, is := c.part.(facility)
			return is
		}); shared != (len(rows) == 1) {
			t.Errorf("%s is a facility: %v, and has %d lines among the facilities", id, shared, len(rows))
		} else if shared {
			if have := told(rows[0][1], names); !slices.Equal(have, want) {
				t.Errorf("%s pulls %v, the line of the facility tells of %v", id, want, have)
			}
		}
	}
}
