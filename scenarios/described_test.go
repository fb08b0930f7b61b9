package scenarios

import (
	"testing"

	"agglo/internal/text"
)

// Parameters, fields of lists by id, and policies are told by their tags; what is no number, or is not there, is not told.
func TestDescribed(t *testing.T) {
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(s.paths(), paramPaths(s)...) {
			unit, _ := s.Described(path)
			if _, ok := text.Unit(text.Russian, unit, 0); !ok {
				t.Errorf("%s: %s: no Russian text for the unit %q", name, path, unit)
			}
		}
	}
	for path, want := range map[string][2]string{
		"trust.loss": {"1/deal", "[0,1]"}, "params.trust.loss": {"1/deal", "[0,1]"}, "scenario.areas.plain.labour_force": {"workers", "(0,1e9]"},
		"areas.plain.cell_km": {"km", "[0.05,100]"}, "scenario.title": {}, "trust.los": {}, "areas.nowhere.land": {},
	} {
		unit, in := s.Described(path)
		if unit != want[0] || in != want[1] {
			t.Errorf("%s: %q %q, want %q", path, unit, in, want)
		}
	}
}
