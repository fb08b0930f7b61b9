package model

import (
	"context"
	"math"
	"reflect"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/param"
)

// small is a square of 40 x 40 km with so many firms in three sectors, a fourth that emerges in tick 6, a university, a
// shock and a strip of sea. It is small enough to be run many times and has one of everything.
func small(t testing.TB, seed uint64, firms int) Setup {
	t.Helper()
	s := Setup{Seed: seed, Setting: world.Setting{
		ID: "small", Start: world.Date{Year: 2000, Quarter: 1}, Scale: 1, Currency: world.Currency{Code: "unit", PriceYear: 2000, LabourCost: 1},
		Regions:      []world.Region{{ID: "west", TaxRate: .2, TrustPrior: .4, LawQuality: .5}, {ID: "east", TaxRate: .3, TrustPrior: .2, LawQuality: .7}},
		Institutions: []world.Institution{{ID: "u", Kind: "university", At: world.Point{X: 10, Y: 10}, Capacity: 1}},
		Shocks:       []world.Shock{{ID: "slump", What: "demand", Sectors: []int{1}, From: 10, To: 14, Change: -.2}},
		Inputs:       [][]float64{{.5, .2, .2, .1}, {.2, .5, .2, .1}, {.1, .3, .4, .2}, {.3, .2, .2, .3}},
	}}
	if err := param.Fill(&s.Params); err != nil {
		t.Fatal(err)
	}
	jobs := 4.6 * float64(firms)
	area := world.Area{ID: "square", CellKM: 2, X0: -4, Y0: 6, NX: 20, NY: 20, Wage: 1, LabourForce: jobs / .94}
	for c := range 400 {
		land, region := jobs/100, int32(c%20/10)
		if c/20 == 19 {
			land, region = 0, -1
		}
		area.Land, area.Region = append(area.Land, land), append(area.Region, region)
	}
	s.Setting.Areas = []world.Area{area}
	for k, id := range []string{"metals", "machines", "services"} {
		n := firms / 3
		if k == 0 {
			n += firms % 3
		}
		s.Setting.Sectors = append(s.Setting.Sectors, world.Sector{ID: id, Name: id, Group: id, Firms: n, Employment: 4.6 * float64(n), Tradable: .5 * float64(k)})
	}
	s.Setting.Sectors = append(s.Setting.Sectors, world.Sector{ID: "new", Name: "new", Group: "new", Firms: 3, Tradable: 1, DemandGrowth: .01, RDIntensity: .08,
		Emerging: &world.Emerging{From: world.Date{Year: 2001, Quarter: 3}, Midpoint: world.Date{Year: 2005, Quarter: 1}, WidthYears: 2, Mature: jobs / 3}})
	return s
}

// acts are policies of every kind, some in time and some in money.
func acts() []policy.Spec {
	return []policy.Spec{
		{ID: "a", Instrument: "subsidy", From: 2, To: 30, Budget: -1, Intensity: 1, Target: policy.Target{Regions: []int{1}}},
		{ID: "b", Instrument: "tax_break", From: 5, To: 20, Budget: 20, Intensity: 2},
		{ID: "c", Instrument: "transport", From: 4, To: 12, Budget: -1, Intensity: 1, Finance: policy.Outside},
		{ID: "d", Instrument: "burn", From: 8, To: 10, Budget: 5, Intensity: 1},
	}
}

// begun is a Setup's engine at tick 0.
func begun(t testing.TB, s Setup) *Engine {
	t.Helper()
	e, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// to takes an engine's world to a tick.
func to(t testing.TB, e *Engine, tick int) *world.World {
	t.Helper()
	if err := e.Run(context.Background(), tick); err != nil {
		t.Fatal(err)
	}
	return e.World
}

// after puts phases behind the one of a name.
func after(t testing.TB, e *Engine, name string, more ...phase) {
	t.Helper()
	for k := range e.Phases {
		if e.Phases[k].Name == name {
			e.Phases = append(e.Phases[:k+1:k+1], append(more, e.Phases[k+1:]...)...)
			return
		}
	}
	t.Fatalf("no phase %q", name)
}

// print is a hash of each part of a world, by name, down to the last bit of every column. The setting, the kernels, and the
// books of policies are left out.
func print(w *world.World) map[string]uint64 {
	prints := map[string]uint64{}
	of := reflect.ValueOf(w).Elem()
	for k := range of.NumField() {
		part := of.Type().Field(k).Name
		switch part {
		case "Setting", "Ground", "Ledger", "Levers", "Params":
		case "Firms", "Fields", "Markets", "Money":
			for j := range of.Field(k).NumField() {
				prints[part+"."+of.Field(k).Type().Field(j).Name] = hash(of.Field(k).Field(j), 1)
			}
		default:
			prints[part] = hash(of.Field(k), 1)
		}
	}
	return prints
}

func hash(v reflect.Value, h uint64) uint64 {
	mix := func(x uint64) uint64 {
		h = (h ^ x) * 0x9e3779b97f4a7c15
		return h ^ h>>29
	}
	switch v.Kind() {
	case reflect.Struct:
		for k := range v.NumField() {
			h = hash(v.Field(k), h)
		}
	case reflect.Slice, reflect.Array:
		h = mix(uint64(v.Len()))
		for k := range v.Len() {
			h = hash(v.Index(k), h)
		}
	case reflect.String:
		for _, c := range []byte(v.String()) {
			h = mix(uint64(c))
		}
	case reflect.Float32, reflect.Float64:
		h = mix(math.Float64bits(v.Float()))
	case reflect.Int, reflect.Int32, reflect.Int64:
		h = mix(uint64(v.Int()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		h = mix(v.Uint())
	case reflect.Bool:
		if v.Bool() {
			h = mix(1)
		}
		h = mix(2)
	default:
		panic("a world with a " + v.Kind().String())
	}
	return h
}

// same fails with the names of the parts in which two worlds differ.
func same(t *testing.T, what string, want, got map[string]uint64, but ...string) {
	t.Helper()
	for _, part := range but {
		if _, ok := want[part]; !ok {
			t.Fatalf("a world has no part %q", part)
		}
	}
	for part, h := range want {
		if got[part] != h && !contains(but, part) {
			t.Errorf("%s: %s differs", what, part)
		}
	}
}

func contains(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}

type watch func(v world.View, tick int) error

func (f watch) Observe(v world.View, tick int) error { return f(v, tick) }

var _ sim.Observer[world.View] = watch(nil)
