package main

import (
	"testing"

	"agglo/internal/text"
)

// Every unit of a parameter has its Russian, for the reports that list what was changed.
func TestUnitsOfParametersInRussian(t *testing.T) {
	for _, p := range parameters() {
		if _, ok := text.Unit(text.Russian, p.Unit, 0); !ok {
			t.Errorf("%s: no Russian for the unit %q", p.Path, p.Unit)
		}
	}
}
