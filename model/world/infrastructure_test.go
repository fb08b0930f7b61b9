package world

import (
	"math"
	"testing"
)

// Of two cells works stand in one: the road there saves 2%, whatever more was pushed, since its end point is bounded.
func TestInfrastructureByHand(t *testing.T) {
	w := &World{}
	w.Params.Sigma = 5
	w.Cells.Region = make([]int32, 2)
	w.Fields.EndPoint = []float64{1, math.Exp(4 * .02)}
	w.Fields.Crowding = []float64{.9, .9} // full roads are none of it
	v := NewView(w)
	w.ClearLevers()
	if !v.Infrastructure(0).None() || !v.Infrastructure(1).None() {
		t.Error("without levers there is infrastructure: want none, even where the end points are of another tick")
	}
	w.Levers.PushCell(LeverAccess, 1, .05)
	w.Levers.PushCell(LeverRunning, 1, .01)
	w.Levers.PushCell(LeverReach, 1, .03)
	w.Levers.PushCell(LeverLand, 1, 40)
	w.Levers.PushCell(LeverLand, 1, 10)
	if x := v.Infrastructure(0); !x.None() {
		t.Errorf("the cell without works has %+v", x)
	}
	x := v.Infrastructure(1)
	near(t, "transport", x.Transport, .02)
	near(t, "utilities", x.Utilities, .01)
	near(t, "communications", x.Communications, .03)
	near(t, "land", x.Land, 50)
}
