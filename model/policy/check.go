package policy

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/model/world"
	"agglo/sim/param"
)

// clusterKinds are the words of Target.Cluster.
var clusterKinds = []string{"any", "existing", "emerging", "none"}

// check lists all that is wrong with policies in a world, each with the policy's id.
func check(specs []Spec, w *world.World) []error {
	var faults []error
	seen := []string{}
	for k := range specs {
		s := &specs[k]
		at := fmt.Sprintf("policy %s: ", s.ID)
		add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(at+format, args...)) }
		switch {
		case s.ID == "":
			at = fmt.Sprintf("policy %d of %d: ", k+1, len(specs))
			add("has no id")
		case slices.Contains(seen, s.ID):
			add("id is used twice: want each policy once")
		}
		seen = append(seen, s.ID)
		if _, known := Find(s.Instrument); !known {
			add("instrument %q does not exist%s: want one of %s", s.Instrument, nearest(s.Instrument, Instruments()), strings.Join(Instruments(), ", "))
		}
		if !(s.Intensity >= 0 && s.Intensity <= 10) {
			add("intensity = %g: want [0,10]", s.Intensity)
		}
		if math.IsNaN(s.Budget) {
			add("budget is not a number: want worker-years, or below 0 for no limit")
		}
		if s.To < s.From {
			add("ends at tick %d, before it begins at tick %d", s.To, s.From)
		}
		checkTarget(&s.Target, w, add)
		checkWrappers(s, add)
	}
	return faults
}

// checkWrappers lists what is wrong with how an instrument is wrapped.
func checkWrappers(s *Spec, add func(format string, args ...any)) {
	if e, known := Find(s.Instrument); known && e.Local() {
		if len(s.Target.Sectors) > 0 || s.Target.Size != nil || s.Target.Age != nil {
			add("%s serves all who pass: it can be aimed at regions, circles and clusters, not at sectors, sizes or ages", s.Instrument)
		}
		if s.Style != Everyone || s.Conditions != (Conditions{}) {
			add("%s serves all who pass: it can have no style and no conditions", s.Instrument)
		}
	}
	if s.Style < Everyone || s.Style > Network {
		add("style %d: want 0 to %d", s.Style, Network)
	}
	if s.Style != Everyone && (s.Budget < 0 || s.To-s.From > longest) {
		add("its style chooses whom the money of a quarter reaches: want a budget and an end")
	}
	if s.Pace != Full && s.Pace != Even {
		add("pace %d: want 0 or 1", s.Pace)
	}
	if s.Pace == Even && (s.Budget < 0 || s.To-s.From > longest) {
		add("its pace parts the budget over the quarters: want a budget and an end")
	}
	if c := &s.Conditions; !(c.Match >= 0 && c.Match <= mostMatch) || !(c.Trust >= 0 && c.Trust <= 1) {
		add("conditions: match = %g, trust = %g: want [0,%g] and [0,1]", c.Match, c.Trust, mostMatch)
	}
	if m := s.Conditions.Membership; m != "" && m != "cluster" && m != "facility" {
		add("conditions: membership %q: want cluster or facility", m)
	}
	if !(s.Potential >= 0) {
		add("potential = %g: want a location quotient >= 0", s.Potential)
	}
	if s.Learning && (s.Strategy == "" || s.Budget < 0) {
		add("learning moves money between the instruments of a strategy: want a strategy and a budget")
	}
}

// Bounds of wrappers: a programme with an end, ticks; a firm's own share that leaves the public one.
const (
	longest   = 100_000
	mostMatch = .95
)

// checkTarget lists what is wrong with a target.
func checkTarget(t *Target, w *world.World, add func(format string, args ...any)) {
	for _, r := range t.Regions {
		if r < 0 || r >= len(w.Setting.Regions) {
			add("target region %d: want 0 to %d", r, len(w.Setting.Regions)-1)
		}
	}
	for _, s := range t.Sectors {
		if s < 0 || s >= len(w.Setting.Sectors) {
			add("target sector %d: want 0 to %d", s, len(w.Setting.Sectors)-1)
		}
	}
	if c := t.Within; c != nil && !(c.KM > 0) {
		add("target within %g km: want above 0", c.KM)
	}
	for _, x := range []struct {
		what string
		span *[2]float64
	}{{"size", t.Size}, {"age", t.Age}} {
		if x.span != nil && !(x.span[0] < x.span[1]) {
			add("target %s [%g,%g): want the first number below the second", x.what, x.span[0], x.span[1])
		}
	}
	if t.Cluster != "" && !slices.Contains(clusterKinds, t.Cluster) {
		add("target cluster %q%s: want one of %s", t.Cluster, nearest(t.Cluster, clusterKinds), strings.Join(clusterKinds, ", "))
	}
}

// nearest is a hint at the name that was meant, or nothing.
func nearest(word string, among []string) string {
	if name, ok := param.Nearest(word, among); ok {
		return " (did you mean " + name + "?)"
	}
	return ""
}
