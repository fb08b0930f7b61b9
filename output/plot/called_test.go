package plot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agglo/internal/text"
	"agglo/output"
	"agglo/scenarios"

	"gonum.org/v1/plot/vg"
)

// The Russian names of sectors, longer than the English ones, stand in the key of a map in full.
func TestRussianSectorsFitTheKey(t *testing.T) {
	s := style(noteSize, black, false)
	wide := keyWide - 14
	room := wide - 13 - s.Width("100%") - 4
	for _, id := range scenarios.Names() {
		sc, err := scenarios.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range sc.Sectors {
			name := text.Name(text.Russian, x.Name)
			lines := wrap(s, name, room)
			rest := strings.Join(lines[1:], " ")
			over := max(s.Width(lines[0])-room, s.Width(rest)-(wide-13))
			if over > 0 {
				t.Errorf("%s, %s: %q is %.1f points too long: %q, %q", id, x.Name, name, over/vg.Points(1), lines[0], rest)
			}
		}
	}
}

func TestNamesOfTheScenario(t *testing.T) {
	names := output.NamesOf("sectors: [{id: chips, name: Semiconductors}, {id: own, name: My sector}]\ninstitutions:\n  - {id: park, name: MATAM park, kind: science_park}\n")
	spelt := func(id string) string { return "(" + id + ")" }
	for _, c := range []struct{ lang, list, id, want string }{
		{text.Russian, "sectors", "chips", "Полупроводники"},
		{text.Russian, "sectors", "own", "My sector"},
		{text.Russian, "institutions", "park", "Парк МАТАМ"},
		{text.Russian, "regions", "none", "(none)"},
		{text.English, "sectors", "chips", "Semiconductors"},
	} {
		f := &folder{lang: c.lang, names: names}
		if got := f.calledIn(c.list, c.id, spelt); got != c.want {
			t.Errorf("%s, %s %s: %q, want %q", c.lang, c.list, c.id, got, c.want)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, output.ManifestFile), []byte(`{"scenario_yaml": "sectors: [{id: chips, name: Semiconductors}]"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if f, err := open(dir, text.English); f == nil || f.calledIn("sectors", "chips", spelt) != "Semiconductors" {
		t.Errorf("the folder's names are not read: %v", err)
	}
	if output.NamesOf("[") != nil {
		t.Error("names of no scenario")
	}
}
