package club

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"agglo/model/world"
)

// The table of facilities in docs/odd.md has a line for every kind, with the levers of members and those of the site.
func TestFacilitiesOfTheDescription(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"../../docs/odd.md", "../world/levers.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	var names []string // of the levers on firms, which are declared first
	for _, m := range regexp.MustCompile(`(?m)^\tLever([A-Z]\w*)`).FindAllStringSubmatch(files["../world/levers.go"], -1) {
		names = append(names, m[1])
	}
	word := regexp.MustCompile(`\b[A-Z]\w+\b`)
	for _, k := range kinds {
		rows := regexp.MustCompile("(?m)^\\| `"+k.id+"` \\|[^|]*\\|([^|]*)\\|([^|]*)\\|$").FindAllStringSubmatch(files["../../docs/odd.md"], -1)
		if len(rows) != 1 {
			t.Errorf("%s has %d lines", k.id, len(rows))
			continue
		}
		var members, site []string
		for _, g := range k.gains(&world.FacilityParams{}) {
			members = append(members, names[g.lever])
		}
		for _, x := range []struct {
			pulls bool
			name  string
		}{{k.land, "Land"}, {k.rent, "Rent"}, {k.entry, "Entry"}, {k.tax, "Tax"}} {
			if x.pulls {
				site = append(site, x.name)
			}
		}
		if have := word.FindAllString(rows[0][1], -1); !slices.Equal(have, members) {
			t.Errorf("%s pulls %v for members, its line tells of %v", k.id, members, have)
		}
		if have := word.FindAllString(rows[0][2], -1); !slices.Equal(have, site) {
			t.Errorf("%s pulls %v on its site, its line tells of %v", k.id, site, have)
		}
		if young := regexp.MustCompile("younger").MatchString(rows[0][1]); young != k.young {
			t.Errorf("%s is for the young: %v, and its line says %v", k.id, k.young, young)
		}
	}
}
