package world

import (
	"reflect"
	"slices"
	"testing"
)

// TestViewHandsOutNoWorld holds every method of View to giving values alone: a slice, a map or a pointer into the world
// would let an observer write it. Money, Group and LedgerEntry have a slice, which View leaves out.
func TestViewHandsOutNoWorld(t *testing.T) {
	w := &World{Groups: []Group{{Number: 1, Cells: []int32{7}}}}
	w.Money.Treasury = []float64{5}
	w.Ledger = []LedgerEntry{{Sites: []int32{3}}}
	v := NewView(w)
	if v.Money().Treasury != nil || v.Group(0).Cells != nil || v.Ledger(0).Sites != nil {
		t.Error("View hands out treasuries, the cells of a cluster or the sites of works")
	}
	leftOut := []reflect.Type{reflect.TypeFor[Money](), reflect.TypeFor[Group](), reflect.TypeFor[LedgerEntry]()}
	of := reflect.TypeOf(v)
	for m := range of.NumMethod() {
		method := of.Method(m)
		for k := range method.Type.NumOut() {
			out := method.Type.Out(k)
			if slices.Contains(leftOut, out) {
				continue
			}
			if path := hole(out); path != "" {
				t.Errorf("View.%s gives a way into the world: %s", method.Name, path)
			}
		}
	}
}

// hole names the first slice, map or pointer inside a type.
func hole(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Func, reflect.Chan, reflect.Interface:
		return t.String()
	case reflect.Array:
		return hole(t.Elem())
	case reflect.Struct:
		for k := range t.NumField() {
			if path := hole(t.Field(k).Type); path != "" {
				return t.Field(k).Name + " " + path
			}
		}
	}
	return ""
}

func TestViewByHand(t *testing.T) {
	w := &World{Setting: &Setting{Sectors: []Sector{{ID: "s", RDIntensity: .1}}, Regions: make([]Region, 1)}}
	w.Cells.Region = make([]int32, 1)
	w.Params.Interest, w.Params.Depreciation = .125, .25
	w.Now.Tick = 8
	i := w.Firms.Found(9, 0)
	f := &w.Firms
	f.Born[i], f.Sales[i], f.Orders[i], f.Demand[i], f.Exports[i] = -4, 10, 4, 20, 6
	v := NewView(w)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"age", v.Age(i), 3}, {"value added", v.ValueAdded(i), 6}, {"research", v.Research(i), 1},
		{"exports delivered", v.Exports(i), 3}, {"price", v.Price(i), 1}, {"user cost", v.UserCost(), .375},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
	f.Demand[i] = 0
	if v.Exports(i) != 0 {
		t.Error("exports without demand")
	}
}
