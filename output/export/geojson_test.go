package export

import (
	"encoding/json"
	"fmt"
	"testing"
)

// collectionOf is GeoJSON as a reader sees it.
type collectionOf struct {
	Type     string
	Features []struct {
		ID       string
		Geometry struct {
			Type        string
			Coordinates json.RawMessage
		}
		Properties map[string]any
	}
}

func TestGeoJSON(t *testing.T) {
	files, _, err := made(t, small(t), Formats{GeoJSON: true})
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string, features int) collectionOf {
		var c collectionOf
		if err := json.Unmarshal([]byte(files[name]), &c); err != nil {
			t.Fatal(name, err)
		}
		if c.Type != "FeatureCollection" || len(c.Features) != features {
			t.Fatalf("%s: %s of %d: want %d", name, c.Type, len(c.Features), features)
		}
		return c
	}
	check := func(name string, got any, want string) {
		if s := fmt.Sprint(got); s != want {
			t.Errorf("%s = %s: want %s", name, s, want)
		}
	}
	firm := read("firms.geojson", 11).Features[3]
	check("id", firm.ID, bert+"@4")
	check("place", string(firm.Geometry.Coordinates), "[0.03,-0.04]")
	for name, want := range map[string]string{"firm": bert, "tick": "4", "begin": "2000-07-01", "end": "2001-07-01", "sector_name": `<Sea>, "wide"`,
		"x_km": "3", "jobs": "3", "productivity_worker_years": "<nil>", "cluster": "1"} {
		check(name, firm.Properties[name], want)
	}
	tie := read("ties.geojson", 5).Features[1]
	check("line", string(tie.Geometry.Coordinates), "[[0,0],[0.03,0.04]]")
	check("end of a tie, until the next tick of ties", tie.Properties["end"], "2001-07-01")
	check("weight", tie.Properties["weight"], "0.625")
	cells := read("cells.geojson", 2)
	check("cell", string(cells.Features[0].Geometry.Coordinates), "[[[0,0],[0.02,0],[0.02,0.02],[0,0.02],[0,0]]]")
	check("density", cells.Features[0].Properties["jobs_per_km2"], "2")
	check("end of the last", cells.Features[1].Properties["end"], "2003-07-01")
	cluster := read("clusters.geojson", 1).Features[0]
	check("cluster", cluster.Properties["name"], "Town A")
	check("when it was", []any{cluster.Properties["tick"], cluster.Properties["begin"], cluster.Properties["end"]}, "[4 2000-07-01 2001-07-01]")
	check("no trust outside", cluster.Properties["trust_out"], "<nil>")
	region := read("regions.geojson", 1).Features[0]
	check("region", string(region.Geometry.Coordinates), "[[[[0,0],[0.1,0],[0.1,0.1],[0,0.1],[0,0]],[[0.02,0.02],[0.02,0.08],[0.08,0.08],[0.08,0.02],[0.02,0.02]]],"+
		"[[[0.04,0.04],[0.06,0.04],[0.06,0.06],[0.04,0.06],[0.04,0.04]]]]")
}
