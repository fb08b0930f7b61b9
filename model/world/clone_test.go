package world

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// unlike fills every field that it can reach with something of its own, slices with two elements, and leaves pointers alone.
func unlike(v reflect.Value, next *int) {
	*next++
	switch v.Kind() {
	case reflect.Struct:
		for k := range v.NumField() {
			if v.Type().Field(k).IsExported() {
				unlike(v.Field(k), next)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 5))
		for k := range v.Len() {
			unlike(v.Index(k), next)
		}
	case reflect.Array:
		for k := range v.Len() {
			unlike(v.Index(k), next)
		}
	case reflect.String:
		v.SetString(strconv.Itoa(*next))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(*next) + .5)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*next % 100))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*next % 100))
	case reflect.Bool:
		v.SetBool(*next%2 == 0)
	}
}

// filled is a world with something in every field that lasts: two firms with all their ties.
func filled() *World {
	w, next := new(World), 0
	unlike(reflect.ValueOf(w).Elem(), &next)
	w.Setting = &Setting{ID: "here"}
	f := &w.Firms
	f.freeRows = make([]uint64, 1)
	f.TieRows, f.More = []TieRow{{partner: noPartners}, {partner: noPartners}}, []TieRow{{partner: noPartners}}
	f.SupplySet, f.CollabSet = []Slots{1<<SupplySlots - 1 - 1<<3, 1<<4 - 1}, []Slots{1<<CollaborationSlots - 1, 1<<5 - 1}
	f.MoreOf = []int32{1, 0}
	f.moreHeld.add(0)
	for i := range f.TieRows {
		half := func(k int, partner int32) HalfTie {
			tie := NewHalfTie(partner, 1<<20, uint64(k)<<17, .25+float64(k)/100, .5+float64(k)/100)
			tie.SetState(TieKept)
			return tie
		}
		for held := f.SupplySet[i]; held != 0; held = held.Rest() {
			f.SupplyOf(i).put(held.First(), half(held.First(), int32(held.First()%2)))
		}
		for held := f.CollabSet[i]; held != 0; held = held.Rest() {
			k := held.First()
			tie := half(k, int32(1-i))
			if k > 4 { // of these two firms the second has no more: the first collaborates with itself
				tie.Partner = 0
			}
			tie.key |= uint32(k)
			f.CollabOf(i).put(k, tie)
		}
	}
	for k := range w.Past.Groups {
		w.Past.Groups[k].Cell = []int32{0, 1}
	}
	f.freeOf = nil
	f.keepFor(max(f.Sector[0], f.Sector[1]))
	return w
}

// A copy has all that the world has, and no slice of it. Scratch and levers carry nothing from tick to tick and are made anew; the setting and the kernels are never written and shared. A field that Clone forgets fails here.
func TestCloneForgetsAndSharesNothing(t *testing.T) {
	w := filled()
	w.Ground[0].scratch = make([]Scratch, 1)
	c := w.Clone()
	alike(t, "World", reflect.ValueOf(w).Elem(), reflect.ValueOf(c).Elem())
	if w.Clone().Firms.Cash[0] = -1; w.Firms.Cash[0] == -1 {
		t.Error("writing into a copy writes into the world")
	}
}

// A world that was written and read has all that lasts; what is made anew from a setup is left to it.
func TestEncodeForgetsNothing(t *testing.T) {
	w := filled()
	w.Firms.Sector, w.Firms.Area, w.Firms.Cell, w.Firms.Base, w.Firms.Alive = []uint16{0, 1}, []uint16{1, 0}, []int32{1, 0}, []int32{0, 1}, 2
	w.Firms.freeOf, w.Firms.Cluster = nil, []int32{0, 2} // two clusters have lived
	w.Firms.keepFor(1)
	w.Setting.Sectors = make([]Sector, 2)
	w.Fields.Orders = []float32{1, 2, 3, 4}
	w.Setting.Institutions = make([]Institution, 1)
	w.Facilities = []Facility{{Cell: 1, Members: []Member{{ID: 7, Row: 1, Fee: 2}}, Barred: []Barred{{ID: 8, Until: 9}}, Balance: 3}}
	w.Ground[0].Cells, w.Ground[1].Cells = 2, 2
	data := encodedWorld(t, w)
	into := func() *World { // columns of the same lengths, as a ground that is laid out has them
		c := filled()
		c.Setting, c.Ground, c.Params, c.Levers = w.Setting, w.Ground, w.Params, w.Levers
		return c
	}
	read := into()
	if err := read.Decode(bytes.NewReader(data), int64(len(data))); err != nil {
		t.Fatal(err)
	}
	read.Levers = w.Levers
	if !reflect.DeepEqual(read, w) {
		t.Error("a world that was written and read is another")
	}
	for name, spoil := range map[string]func(w *World){
		"Firms.Cash has 3 entries: want 2": func(w *World) { w.Firms.Cash = append(w.Firms.Cash, 1) }, "Firms.TieRows has": func(w *World) { w.Firms.TieRows = w.Firms.TieRows[1:] },
		"Cells.Land has 1 entries: want 2": func(w *World) { w.Cells.Land = w.Cells.Land[:1] }, "Fields.Orders has 3": func(w *World) { w.Fields.Orders = w.Fields.Orders[1:] },
		"Facilities.Members.Row is 2: want 0 to 1": func(w *World) { w.Facilities[0].Members[0].Row = 2 },
		"Firms.Cell is 9: want 0 to 1":             func(w *World) { w.Firms.Cell = []int32{9, 0} }, "Firms.Alive is 3": func(w *World) { w.Firms.Alive = 3 },
		"Past.Groups.Cell is 9":           func(w *World) { w.Past.Groups[0].Cell[0] = 9 },
		"3 cells, ":                       func(w *World) { w.Past.Groups[0].Cell = append(w.Past.Groups[0].Cell, 1) },
		"Firms.Cluster is 3: want 0 to 2": func(w *World) { w.Firms.Cluster[0] = 3 }, "Firms.Cluster is -1": func(w *World) { w.Firms.Cluster[1] = -1 },
		"Firms.Area is 9":                func(w *World) { w.Firms.Area = []uint16{9, 0} },
		"Partner of a tie is 5":          func(w *World) { w.Firms.TieRows[1].partner[1] = 5 },
		"Partner of a tie is -1":         func(w *World) { w.Firms.CollabSet[1] = 1 << 7 },
		"A slot for suppliers is 14":     func(w *World) { w.Firms.SupplySet[1] = 1 << 13 },
		"A slot for collaborators is 13": func(w *World) { w.Firms.CollabSet[1] = 1 << 12 },
		"that the other end does not":    func(w *World) { w.Firms.TieRows[1].key[lanes-1] |= 15 },
		"slot 4 that the other end does": func(w *World) { w.Firms.More[0].partner[lanes-5] = 0 },
		"holds ties, and no firm":        func(w *World) { w.Firms.ID[1], w.Firms.Alive = 0, 1 },
		"where no firm is":               func(w *World) { w.Firms.ID[0], w.Firms.Alive = 0, 1 },
		"holds a row of More, and no":    func(w *World) { w.Firms.ID[0], w.Firms.Alive = 0, 1 },
		"without a tie leads to row 1":   func(w *World) { w.Firms.TieRows[1].partner[8] = 1 },
		"without a tie leads to row 2": func(w *World) {
			w.Firms.More = append(w.Firms.More, TieRow{partner: noPartners})
			w.Firms.More[1].partner[3] = 2
		},
		"Row of More is 1":           func(w *World) { w.Firms.MoreOf[0] = 2 },
		"holds the ties of two":      func(w *World) { w.Firms.MoreOf[1] = 1 },
		"Row 1 holds a supplier and": func(w *World) { w.Firms.SupplySet[1] = 1 << 11 }, "Firms.Sector is 2": func(w *World) { w.Firms.Sector = []uint16{0, 2} },
	} {
		bad := into()
		if err := bad.Decode(bytes.NewReader(data), int64(len(data))); err != nil {
			t.Fatal(err)
		}
		spoil(bad)
		data := encodedWorld(t, bad)
		if err := into().Decode(bytes.NewReader(data), int64(len(data))); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v: want %s", err, name)
		}
	}
}

func encodedWorld(t *testing.T, w *World) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func alike(t *testing.T, path string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.Struct:
		for k := range a.NumField() {
			field := path + "." + a.Type().Field(k).Name
			if !strings.HasSuffix(field, ".scratch") && field != "World.Levers" { // carry nothing from tick to tick
				alike(t, field, a.Field(k), b.Field(k))
			}
		}
	case reflect.Slice, reflect.Array:
		if a.Len() == 0 && a.Kind() == reflect.Slice {
			t.Errorf("%s is empty in the test's world: fill it", path)
		}
		if a.Len() != b.Len() {
			t.Errorf("%s has %d elements in the copy, want %d", path, b.Len(), a.Len())
			return
		}
		if a.Kind() == reflect.Slice && a.Len() > 0 && a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared", path)
		}
		for k := range a.Len() {
			alike(t, path+"["+strconv.Itoa(k)+"]", a.Index(k), b.Index(k))
		}
	case reflect.Pointer:
		switch a.Type().String() {
		case "*world.Setting", "*grid.Kernel", "*grid.Coupling":
			if a.Pointer() != b.Pointer() {
				t.Errorf("%s is not shared", path)
			}
		default:
			t.Errorf("%s is a %s: say whether copies share it", path, a.Type())
		}
	default:
		if !a.Equal(b) {
			t.Errorf("%s is %v in the copy, want %v", path, b, a)
		}
	}
}
