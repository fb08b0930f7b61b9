package scenarios

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A region whose outline holds no cell is refused, whether it lies off the map or under another region.
func TestRegionWithoutLand(t *testing.T) {
	const head = `agglo: 1
id: two
origin: [0, 0]
areas: [{id: a, cell_km: 2, shape: {box_km: [20, 20]}, labour_force: 60}]
sectors: [{id: s, firms: 10, employment: 50}]
`
	for _, c := range []struct{ regions, want string }{
		{"regions: [{id: here, shape: {box_km: [20, 20]}}, {id: far, shape: {box_km: [10, 10], centre: [58, 10]}}]\n", "regions[1]: far has no cell with land"},
		{"regions: [{id: all, shape: {box_km: [90, 90]}}, {id: rest}]\n", "regions[1]: rest has no cell with land"},
		{"regions: [{id: west, shape: {box_km: [10, 20]}}, {id: rest}]\n", ""},
	} {
		_, err := Parse("two.yaml", []byte(head+c.regions), fstest.MapFS{})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.regions, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v, want %q", c.regions, err, c.want)
		}
	}
}

// An outline with its coordinates in the wrong order is refused, also where both orders are places on the globe; so is a
// town that the wrong order puts elsewhere.
func TestWrongOrder(t *testing.T) {
	const head = `agglo: 1
id: order
origin: [49, 32]
areas: [{id: a, cell_km: 10, shape: {file: m.geojson}, labour_force: 60}]
sectors: [{id: s, firms: 10, employment: 50}]
`
	square := func(points string) fstest.MapFS {
		return fstest.MapFS{"m.geojson": {Data: []byte(`{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[` + points + `]}}`)}}
	}
	right, wrong := square("[[31,48],[33,48],[33,50],[31,50],[31,48]]"), square("[[48,31],[50,31],[50,33],[48,33],[48,31]]")
	for _, c := range []struct {
		more string
		dir  fstest.MapFS
		want string
	}{
		{"", right, ""},
		{"", wrong, "order.yaml:4:44: areas[0].shape.file: the outline begins "},
		{"", wrong, "longitude stands first, then latitude"},
		{"", square("[[101,48],[103,48],[103,50],[101,48]]"), "want the origin in the middle of the map"},
		{"places: [{id: town, at: [48.5, 32]}]\n", right, ""},
		{"places: [{id: town, at: [32, 48.5]}]\n", right, "places[0].at: place town lies "},
		{"places: [{id: town, at: [32, 48.5]}]\n", right, "latitude stands first, then longitude"},
	} {
		_, err := Parse("order.yaml", []byte(head+c.more), c.dir)
		if (err == nil) != (c.want == "") || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.more, err, c.want)
		}
	}
}

// A town outside the region that it is said to lie in is refused; one inside is not.
func TestTownInItsRegion(t *testing.T) {
	const head = `agglo: 1
id: two
origin: [0, 0]
areas: [{id: a, cell_km: 2, shape: {box_km: [20, 20]}, labour_force: 60}]
regions: [{id: west, shape: {box_km: [10, 20], centre: [0, -0.045]}}, {id: rest}]
sectors: [{id: s, firms: 10, employment: 50}]
`
	for place, want := range map[string]string{
		"{id: t, at_km: [-5, 0], region: west}": "", "{id: t, at_km: [5, 0], region: rest}": "", "{id: t, at_km: [5, 0]}": "",
		"{id: t, at_km: [5, 0], region: west}":  "two.yaml:7:41: places[0].region: place t lies in rest, not in west",
		"{id: t, at_km: [-5, 0], region: rest}": "place t lies in west, not in rest",
		"{id: t, at_km: [5, 0], region: wst}":   "did you mean west?",
	} {
		_, err := Parse("two.yaml", []byte(head+"places: ["+place+"]\n"), fstest.MapFS{})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", place, err, want)
		}
	}
}
