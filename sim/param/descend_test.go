package param

import (
	"reflect"
	"testing"
)

// near has names that begin alike, a name of its own, and a struct inside.
type near struct {
	Near   inner
	NearKM float64 `default:"1" unit:"km" in:"[0,9]" src:"assumed"`
	Nearby inner   `name:"near_by"`
	Kind   string  `default:"a" in:"{a,b}" src:"assumed"`
	Wrong  float64 `default:"7" unit:"1" in:"[0,1]" src:"assumed"`
}

type inner struct {
	On   bool `default:"true" src:"assumed"`
	Many int  `default:"2" unit:"1" in:"[0,9]" src:"assumed"`
}

// A parameter is found by its path as a walk over all finds it, and without reading the tags of the others.
func TestFindIsTheWalks(t *testing.T) {
	var p near
	v := reflect.ValueOf(&p).Elem()
	leaves, _ := walk(v)
	if len(leaves) != 7 {
		t.Fatalf("%d parameters", len(leaves))
	}
	for _, l := range leaves {
		got, err := find(v, l.path)
		if (err == nil) != (l.err == nil) {
			t.Errorf("%s: error %v, want %v", l.path, err, l.err)
			continue
		}
		if err == nil && (got.docKey != l.docKey || got.value.Addr() != l.value.Addr() || !reflect.DeepEqual(got.tag, l.tag)) {
			t.Errorf("%s: %+v, want %+v", l.path, got, l)
		}
	}
	for _, path := range []string{"near", "near_by.", "near_by.on.x", "nea", "near.on2", ""} {
		if _, err := find(v, path); err == nil {
			t.Errorf("%q is found", path)
		}
	}
	one := testing.AllocsPerRun(10, func() { _, _ = find(v, "near.on") })
	if all := testing.AllocsPerRun(10, func() { walk(v) }); one > all/2 {
		t.Errorf("one parameter takes %v allocations, all %v", one, all)
	}
}
