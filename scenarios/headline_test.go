package scenarios

import "testing"

// The headlines are those that reading the whole scenarios gives.
func TestHeadlines(t *testing.T) {
	all := Headlines()
	if len(all) != len(Names()) {
		t.Fatalf("%d headlines of %d scenarios", len(all), len(Names()))
	}
	for _, h := range all {
		if title, summary := Describe(h.ID); h.Title != title || h.Summary != summary {
			t.Errorf("%s: %+v, want %v, %v", h.ID, h, title, summary)
		}
	}
}
