package output

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"agglo/model/world"
)

// A cluster's rows: its share of all jobs and of all value added, its region; when it ends, a last row with what befell it.
func TestClusterRows(t *testing.T) {
	w := hamlet()
	w.Firms.LogTech[0], w.Firms.LogTech[2] = .3, .6
	w.Groups[0].Region, w.Groups[0].Cells = 1, []int32{0, 1}
	dir, _ := record(t, w, 8, 1, func(tick int) {
		w.Groups[0].Event = "growth"
		if tick == 8 {
			g := w.Groups[0]
			g.Event, g.Other, g.Jobs, g.Cells = "merged", 9, 0, nil
			w.Ended, w.Groups = []world.Group{g}, nil
			clear(w.Firms.Cluster)
		}
	})
	rows := records(t, dir, "clusters")
	if len(rows) != 3 {
		t.Fatalf("%d rows, want one a year's end: %v", len(rows), rows)
	}
	wants(t, rows[1], map[string]float64{"tick": 4, "share_regional_jobs": .6, "share_regional_value_added": 21. / 31, "other": math.NaN(),
		"wage": 1, "rd": 10 * (.05*20 + .1*20), "technology": math.Exp(.9 / 3)})
	if rows[1]["region"] != "east" || rows[1]["event"] != "growth" {
		t.Errorf("row: %v", rows[1])
	}
	wants(t, rows[2], map[string]float64{"tick": 8, "cluster": 3, "x": 4, "y": 5, "firms": 0, "jobs": 0, "value_added": 0,
		"productivity": math.NaN(), "trust_in": math.NaN(), "wage": math.NaN(), "rd": 0, "technology": math.NaN(), "other": 9, "share_regional_jobs": 0})
	if rows[2]["event"] != "merged" || rows[2]["name"] != "The Mill food" {
		t.Errorf("last row: %v", rows[2])
	}
	cells := records(t, dir, "cluster_cells")
	if len(cells) != 2 { // at the end there is none
		t.Fatalf("cluster_cells.csv: %v", cells)
	}
	wants(t, cells[1], map[string]float64{"tick": 0, "cluster": 3, "cell": 1, "x": 15, "y": 5, "km": 10})
	if last, err := LastClusters(dir); err != nil || len(last) != 0 {
		t.Errorf("a cluster that has ended is among the last: %+v, %v", last, err)
	}
}

// The premium is 21/12 over 31/20 of value added per job, and the split is that of the cluster's own row.
func TestLastClusters(t *testing.T) {
	w := hamlet()
	dir, _ := record(t, w, 4, 1, func(tick int) {
		if tick == 4 {
			w.Synergy = world.Synergy{Tick: 4, Base: []float64{10, 10, 0, 20}, Input: []float32{1, 1, 0, 2}, Labour: []float32{1, 0, 0, 0},
				Trust: []float32{0, 0, 0, -1}, Knowledge: []float32{2, 2, 0, 4}}
		}
	})
	last, err := LastClusters(dir)
	if err != nil || len(last) != 1 {
		t.Fatalf("%+v, %v", last, err)
	}
	c := last[0]
	if c.Number != 3 || c.Name != "The Mill food" || c.Group != "food" || c.Region != "west" || c.Firms != 3 || c.Jobs != 120 || c.Share != .6 {
		t.Errorf("%+v", c)
	}
	if math.Abs(*c.Premium-(21./12/(31./20)-1)) > 1e-12 || math.Abs(*c.Added-21./31) > 1e-12 {
		t.Errorf("premium %v, share of value added %v", *c.Premium, *c.Added)
	}
	if c.Synergy == nil || math.Abs(c.Synergy.Total-.35) > 1e-12 || math.Abs(c.Synergy.Labour-.05) > 1e-12 {
		t.Errorf("synergy %+v", c.Synergy)
	}
	if _, err := LastClusters(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there: no error")
	}
}

// What a table leaves empty is told as what does not exist, not as zero: a premium of -1 would say that a cluster makes nothing.
func TestLastClustersWithGaps(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"clusters": "run,tick,cluster,name,sector_group,region,firms,jobs,share_regional_jobs,share_regional_value_added\n0,4,1,The Mill,food,west,3,120,.6,\n0,4,2,The Quay,food,west,2,80,.4,.5\n0,4,3,The Idle,food,west,2,0,0,0\n",
		"synergy":  "run,tick,cluster,input,labour,knowledge,trust,club,total\n0,4,1,.1,.1,.1,.1,,.4\n0,4,2,.1,0,0,0,0,.1\n",
		"premium":  "run,tick,cluster,mix,sorting,selection,input,labour,trust,knowledge,total\n0,4,1,,,,,,,,\n0,4,2,0,0,0,0,0,0,0,0\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".csv"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	last, err := LastClusters(dir)
	if err != nil || len(last) != 3 {
		t.Fatalf("%+v, %v", last, err)
	}
	if c := last[2]; c.Premium != nil {
		t.Errorf("a cluster without jobs: %+v", c)
	}
	if c := last[0]; c.Added != nil || c.Premium != nil || c.Synergy != nil || c.Efficiency != nil {
		t.Errorf("a cluster of which nothing is known: %+v", c)
	}
	if c := last[1]; c.Premium == nil || math.Abs(*c.Premium-.25) > 1e-12 || c.Synergy == nil || c.Efficiency == nil {
		t.Errorf("a cluster of which all is known: %+v", c)
	}
}

// Two triangles of friends with one weak tie between them are two communities: Newman and Girvan's modularity of six ties of 1
// inside and one of .5 between is 6/6.5 - 2 (6.5/13)^2 = .423.
func TestCircles(t *testing.T) {
	w := hamlet()
	w.Firms.Part(0, 0)
	for k := range 4 { // eight firms, of which two stay alone
		found(w, uint64(20+k), 0, 0, 1, 1, 0)
	}
	tie := func(i, j int, trust float64) {
		w.Firms.Join(i, j, trust, 1)
	}
	for _, first := range []int{0, 3} {
		tie(first, first+1, 1)
		tie(first, first+2, 1)
		tie(first+1, first+2, 1)
	}
	tie(2, 3, .5)
	count, modularity := circles(world.NewView(w))
	if count != 2 || math.Abs(modularity-(6/6.5-.5)) > 1e-9 {
		t.Errorf("%v communities, modularity %v", count, modularity)
	}
	clear(w.Firms.ID)
	if count, modularity = circles(world.NewView(w)); count != 0 || !math.IsNaN(modularity) {
		t.Errorf("nobody: %v communities, modularity %v", count, modularity)
	}
}
