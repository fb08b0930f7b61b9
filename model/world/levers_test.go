package world

import "testing"

// Pushes add up by lever and row, other levers stay at zero, rows that came later are not reached, and a new tick forgets
// all of it.
func TestLevers(t *testing.T) {
	w := &World{Setting: &Setting{}}
	w.Cells.Region = make([]int32, 5)
	for id := range 3 {
		w.Firms.Found(uint64(id+1), 0)
	}
	w.ClearLevers()
	l := &w.Levers
	if l.Any || l.Sum() != 0 || l.Pulled(LeverTax) || l.Of(LeverTax, 2) != 0 || l.OfCell(LeverLand, 4) != 0 || l.Column(LeverTax) != nil {
		t.Error("levers act before anybody has pushed one")
	}
	l.Push(LeverTax, 1, .25)
	l.Push(LeverTax, 1, .5)
	l.Push(LeverExport, 2, 1)
	l.PushCell(LeverLand, 4, 10)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"two pushes", l.Of(LeverTax, 1), .75}, {"another row", l.Of(LeverTax, 0), 0}, {"another lever", l.Of(LeverExport, 1), 0},
		{"its own", l.Of(LeverExport, 2), 1}, {"a cell", l.OfCell(LeverLand, 4), 10}, {"another cell", l.OfCell(LeverLand, 3), 0},
		{"a newer row", l.Of(LeverTax, 3), 0}, {"all", l.Sum(), 11.75}, {"a column", l.Column(LeverTax)[1], .75}, {"cells", l.CellColumn(LeverLand)[4], 10},
	} {
		if c.got != c.want {
			t.Errorf("%s: %g, want %g", c.what, c.got, c.want)
		}
	}
	if !l.Any || !l.Pulled(LeverTax) || l.Pulled(LeverPrice) || !l.PulledAt(LeverLand) || l.PulledAt(LeverRent) {
		t.Error("it is not known which levers act")
	}
	l.Meetings = append(l.Meetings, Meeting{From: 1, To: 2})
	w.ClearLevers()
	if l.Any || l.Sum() != 0 || len(l.Meetings) != 0 {
		t.Error("a new tick remembers the levers of the last")
	}
	l.Push(LeverTax, 0, 1)
	if l.Of(LeverTax, 1) != 0 {
		t.Error("a column used again was not cleared")
	}
}
