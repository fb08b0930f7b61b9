package scenarios

import "testing"

// The headlines are those that reading the whole scenarios gives.
func TestHeadlines(t *testing.T) {
	all := Headlines()
	if len(all) != len(Names()) {
		t.Fatalf("%d headlines of %d scenarios", len(all), len(Names()))
	}
	for _, h := range all {
		if s := load(t, h.ID); h.Title != s.Title || h.Summary != s.Summary {
			t.Errorf("%s: %+v, want %v, %v", h.ID, h, s.Title, s.Summary)
		}
	}
}
