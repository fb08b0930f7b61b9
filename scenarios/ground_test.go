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
