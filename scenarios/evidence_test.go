package scenarios

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// A scenario that is written with every default filled in, and read, is known as well as before: defaults do not become numbers of the
// file, with the source of what they stand beside or without one.
func TestEvidenceStays(t *testing.T) {
	for _, name := range Names() {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		text := s.YAML()
		again, err := Parse(name, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if was, is := s.Evidence(), again.Evidence(); was != is {
			t.Errorf("%s: %+v became %+v", name, was, is)
		}
		if !bytes.Equal(text, again.YAML()) {
			t.Errorf("%s: written again it is another text", name)
		}
	}
}

// A number that was changed is the file's own, though it still says that it is a default.
func TestEvidenceOfAChangedDefault(t *testing.T) {
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	const kept = "deflator: {value: 0, source: default}"
	text := string(s.YAML())
	if !strings.Contains(text, kept) {
		t.Fatalf("no %q in\n%s", kept, text)
	}
	changed, err := Parse("mine", []byte(strings.Replace(text, kept, "deflator: {value: 0.1, source: default}", 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if was, is := s.Evidence(), changed.Evidence(); is.Sourced+is.Bare != was.Sourced+was.Bare+1 {
		t.Errorf("%+v became %+v", was, is)
	}
}

// Of nine numbers eight have a source; two are assumed and two were not at hand. One source that was at hand for some numbers and not for
// others stands twice.
func TestEvidenceByHand(t *testing.T) {
	s := parse(t, `agglo: 1
id: mine
currency: {code: EUR, price_year: 2000, labour_cost: {value: 50000, source: Office, verified: true}}
areas: [{id: here, shape: {box_km: [20, 10]}, labour_force: {value: 1000, source: Census, verified: false}, land: {value: 400, source: assumed}}]
regions: [{id: west, tax: .2, trust_prior: {value: .3, source: "assumed, as elsewhere"}}]
sectors:
  - {id: tools, firms: {value: 100, source: Office, verified: true}, employment: {value: 900, source: Yearbook}, nation_share: {value: .3, source: Census, verified: false}}
targets: [{metric: jobs, date: 2001Q1, value: 900, tolerance: .5, source: Census, verified: true}]
`)
	e := s.Evidence()
	if e.Sourced != 8 || e.Doubtful != 4 || e.Bare != 1 {
		t.Errorf("%+v", e)
	}
	want := []Source{{"Office", Verified, 2}, {"Census", Doubtful, 2}, {"assumed", Assumed, 1}, {"assumed, as elsewhere", Assumed, 1}, {"Yearbook", "", 1}, {"Census", Verified, 1}}
	if got := s.Sources(); !slices.Equal(got, want) {
		t.Errorf("sources %v, want %v", got, want)
	}
}
