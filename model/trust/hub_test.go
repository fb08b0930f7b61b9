package trust

import (
	"testing"

	"agglo/model/world"
)

// centre is a world of firms of three sectors in two groups, in two regions west and east of km 40, firm k with k+1 workers.
func centre(t *testing.T, firms int) (*world.World, *Rules) {
	t.Helper()
	w := plain(t, firms, scattered)
	w.Setting.Sectors = []world.Sector{{Group: "makers"}, {Group: "others"}, {Group: "makers"}}
	w.Setting.Regions = append(w.Setting.Regions, w.Setting.Regions[0])
	w.Now.Inputs = []float64{.4, .4, .2, .4, .4, .2, .4, .4, .2}
	for c := range w.Cells.Region {
		w.Cells.Region[c] = int32(c % 40 / 20)
	}
	for i := range w.Firms.ID {
		w.Firms.Sector[i], w.Firms.Labour[i] = uint16(i%3), float64(i+1)
	}
	w.Index.Start = make([]world.Bucket, 3*len(w.Cells.Region)+1)
	w.Reindex()
	p := standard()
	p.Organisation = organisedCentrally
	return w, rules(p)
}

// The hub is the largest living firm of its group in its region; groups hold sectors of one name.
func TestHubs(t *testing.T) {
	w, r := centre(t, 60)
	w.Firms.ID[59] = 0
	r.Ready(w)
	if r.hubs.groups != 2 || r.hubs.group[0] != r.hubs.group[2] || r.hubs.group[0] == r.hubs.group[1] {
		t.Errorf("groups %v", r.hubs.group)
	}
	for i := range 59 {
		for sector := range 3 {
			want := int32(-1)
			for j := range 59 {
				if w.Cells.Region[w.Firms.Cell[j]] == w.Cells.Region[w.Firms.Cell[i]] && (j%3 == 1) == (sector == 1) {
					want = int32(j) // the last one is the largest
				}
			}
			if got := r.hubs.of(w, i, sector); got != want {
				t.Fatalf("firm %d, sector %d: hub %d, want %d", i, sector, got, want)
			}
		}
	}
	for i := range 59 {
		w.Firms.ID[i] = 0
	}
	r.Ready(w)
	for _, row := range r.hubs.rows {
		if row != -1 {
			t.Error("a hub without a firm")
		}
	}
}

// Centrally organised firms hold ties to hubs only, those to partners with the hub of their own group or of one that they
// buy from; a network has ties between others too.
func TestCentralTies(t *testing.T) {
	w, r := centre(t, 600)
	for tick := range 30 {
		search(t, w, r, tick)
	}
	f := &w.Firms
	hub := map[int32]bool{}
	for _, row := range r.hubs.rows {
		hub[row] = true
	}
	supplies, collaborations := 0, 0
	for i := range f.ID {
		for _, s := range f.AllSupplies(i) {
			supplies++
			if !hub[s.Partner] {
				t.Fatalf("firm %d buys from %d, which is no hub", i, s.Partner)
			}
		}
		for _, c := range f.AllCollaborations(i) {
			collaborations++
			if !hub[c.Partner] && !hub[int32(i)] {
				t.Fatalf("firms %d and %d collaborate, and neither is a hub", i, c.Partner)
			}
		}
	}
	if len(hub) != 4 || supplies < 600 || collaborations < 2*12 {
		t.Errorf("%d hubs, %d supply ties, %d halves of collaborations", len(hub), supplies, collaborations)
	}
}
