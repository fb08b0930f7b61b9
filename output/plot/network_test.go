package plot

import (
	"math"
	"slices"
	"testing"
)

// A few bonds of a strange trust do not take the shades from all others, and are said to lie beyond the scale.
func TestTrustScale(t *testing.T) {
	var bonds []bond
	for k := range 20 {
		bonds = append(bonds, bond{trust: .45 + .005*float64(k)})
	}
	bonds[3].trust, bonds[7].trust = .1, .9
	s := trustScaleOf(bonds)
	if s.lo < .44 || s.hi > .56 || !s.below || !s.beyond || s.tone(.1) != s.tone(s.lo) || s.tone(.9) != s.tone(s.hi) || s.tone(.47) == s.tone(.53) {
		t.Errorf("%+v", s)
	}
	if one := trustScaleOf(bonds[:1]); !(one.hi > one.lo) || one.below || one.beyond {
		t.Errorf("of one bond: %+v", one)
	}
}

// A number of two digits keeps clear of the ring of the smallest node.
func TestNumbersInRings(t *testing.T) {
	for _, number := range []string{"1", "10", "28"} {
		r := 7.5 - ring
		s := inRing(number, r)
		if far := math.Hypot(float64(s.Width(number))/2, .36*float64(s.Font.Size)); far > float64(r)-.5 || s.Font.Size < 5 {
			t.Errorf("%s: corners %.1f points from the middle of a ring of %.1f, type of %.1f", number, far, float64(r), float64(s.Font.Size))
		}
	}
}

// A count goes in steps: each value stays until the next one's year.
func TestSteps(t *testing.T) {
	l := line{steps: true}
	x, y := l.across([]float64{0, 1, 2}), l.upwards([]float64{11, 12, 11})
	if !slices.Equal(x, []float64{0, 1, 1, 2, 2}) || !slices.Equal(y, []float64{11, 11, 12, 12, 11}) {
		t.Errorf("%v, %v", x, y)
	}
	if l.steps = false; !slices.Equal(l.across(x), x) || !slices.Equal(l.upwards(y), y) {
		t.Error("a line that is no count has steps")
	}
}
