package scenarios

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"agglo/sim/param"
)

// Evidence counts how well a scenario's numbers are known.
type Evidence struct {
	Sourced       int // numbers with a source, their own or their entry's
	Doubtful      int // of those: assumed, or verified: false
	Bare          int // numbers that the file gives without any source
	Params        int // parameters of the rules
	AssumedParams int // of those: with the source assumed
}

// String is a sentence on the scenario's numbers.
func (e Evidence) String() string {
	return fmt.Sprintf("Numbers with a source: %d, of which %d (%.0f%%) assumed or not verified; without one: %d.",
		e.Sourced, e.Doubtful, percent(e.Doubtful, e.Sourced), e.Bare)
}

// ofParams is a sentence on the parameters of the rules.
func (e Evidence) ofParams() string {
	return fmt.Sprintf("Parameters of the rules: %d, the defaults of %d (%.0f%%) assumed.",
		e.Params, e.AssumedParams, percent(e.AssumedParams, e.Params))
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// evidential are the sections that describe the region, what happens to it and what it is held against.
var evidential = []string{"currency", "areas", "regions", "places", "start_from", "sectors", "institutions", "policies", "options", "shocks", "targets"}

// ofDefault stands as the source of a number that no file gives, in a scenario that was written with every default filled in. It is no
// source: such a number counts as little as one that is absent.
const ofDefault = "default"

// Standing is what is known of a source.
type Standing string

// Standings of a source. One of which nobody says whether it was at hand has none.
const (
	Verified Standing = "verified" // it was at hand
	Doubtful Standing = "doubtful" // it was not
	Assumed  Standing = "assumed"  // there is none
)

// Source is where numbers come from.
type Source struct {
	Text     string
	Standing Standing
	Numbers  int
}

// Evidence counts the numbers of all sections that describe the region, what happens to it and what it is held against. Dates,
// coordinates and choices such as the width of a cell are not counted.
func (s *Scenario) Evidence() Evidence {
	var e Evidence
	s.numbers(func(source string, verified *bool) {
		switch standing := standingOf(source, verified); {
		case source == "" && verified == nil:
			e.Bare++
		case standing == Assumed || standing == Doubtful:
			e.Doubtful++
			fallthrough
		default:
			e.Sourced++
		}
	})
	for _, p := range param.List(s.Params) {
		e.Params++
		if assumed(p.Source) {
			e.AssumedParams++
		}
	}
	return e
}

// Sources lists where the numbers that Evidence counts come from, in the order of the file.
func (s *Scenario) Sources() []Source {
	var list []Source
	s.numbers(func(text string, verified *bool) {
		if text == "" && verified == nil {
			return
		}
		standing := standingOf(text, verified)
		k := slices.IndexFunc(list, func(x Source) bool { return x.Text == text && x.Standing == standing })
		if k < 0 {
			k = len(list)
			list = append(list, Source{Text: text, Standing: standing})
		}
		list[k].Numbers++
	})
	return list
}

// standingOf is what is known of a number.
func standingOf(source string, verified *bool) Standing {
	switch {
	case assumed(source):
		return Assumed
	case verified == nil:
		return ""
	case *verified:
		return Verified
	}
	return Doubtful
}

// numbers shows every number that the file gives, with the source that it or its entry has.
func (s *Scenario) numbers(show func(source string, verified *bool)) {
	whole := reflect.ValueOf(s).Elem()
	for _, f := range fieldsOf(whole.Type()) {
		if slices.Contains(evidential, f.key) {
			inside(whole.Field(f.index), "", nil, show)
		}
	}
}

// inside shows the numbers inside v, whose entry has a source.
func inside(v reflect.Value, source string, verified *bool, show func(source string, verified *bool)) {
	switch x := v.Interface().(type) {
	case Number:
		if x.Source != "" {
			source = x.Source
		}
		if x.Verified != nil {
			verified = x.Verified
		}
		if x.given && x.Source != countedFrom { // else it stands in no file, and the table has a source of its own or none
			show(source, verified)
		}
		return
	case map[string]Number:
		for _, key := range sortedKeys(x) {
			inside(reflect.ValueOf(x[key]), source, verified, show)
		}
		return
	}
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		inside(v.Elem(), source, verified, show)
	case v.Kind() == reflect.Slice && isGroup(v.Type().Elem()):
		for i := range v.Len() {
			inside(v.Index(i), source, verified, show)
		}
	case isGroup(v.Type()):
		if own := v.FieldByName("Source"); own.IsValid() && own.String() != "" {
			source = own.String()
		}
		if own := v.FieldByName("Verified"); own.IsValid() && !own.IsNil() {
			verified = own.Interface().(*bool)
		}
		for _, f := range fieldsOf(v.Type()) {
			if !f.choice {
				inside(v.Field(f.index), source, verified, show)
			}
		}
	}
}

// assumed says whether a source is the honest word that there is none.
func assumed(source string) bool { return strings.HasPrefix(source, "assumed") }
