package study

import (
	"encoding/json"
	"strings"
	"testing"

	"agglo/sim/design"
)

// What differs is told in the words of the experiment file, factor by factor, and nothing of how it is kept.
func TestDepartures(t *testing.T) {
	kept := func(value any) string {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	base := 2.5
	values := design.Factor{Name: "trust.loss", Values: []float64{.2, .6}}
	law := design.Factor{Name: "trust.loss", Shape: design.Uniform, Of: [3]float64{.2, .6}}
	words := design.Factor{Name: "style", Words: []string{"central", "network"}, Values: []float64{0, 1}, Base: &base}
	for _, c := range []struct {
		name          string
		first, second any
		want          string
	}{
		{"factors", []design.Factor{values}, []design.Factor{law}, "factors: trust.loss: was values [0.2, 0.6], is uniform [0.2, 0.6]"},
		{"factors", []design.Factor{values, words}, []design.Factor{values}, "factors: style: was values [central, network], base 2.5, is nothing"},
		{"factors", nil, []design.Factor{values}, "factors: trust.loss: was nothing, is values [0.2, 0.6]"},
		{"factors", []design.Factor{values, words}, []design.Factor{words, values}, "factors: the order differs"},
		{"design", design.Plan{Kind: "grid"}, design.Plan{Kind: "lhs", N: 1000000}, "design: kind: was grid, is lhs\ndesign: n: was 0, is 1000000"},
		{"policies", nil, []string{"none", "subsidy"}, "policies: was nothing, is none, subsidy"},
		{"stop", "", "jobs > 3", "stop: was nothing, is jobs > 3"},
		{"report.at", []int{4}, []int{3, 4}, "report.at: was 4, is 3, 4"},
		{"files", map[string]string{"p.yaml": "a: 1\nb: 2\n"}, map[string]string{"p.yaml": "a: 1\nb: 3\n"}, "files: p.yaml: line 2 was b: 2, is b: 3"},
		{"files", map[string]hashedFile{"p.csv": {1, "ab"}}, map[string]hashedFile{"p.csv": {1, "cd"}}, "files: p.csv: its contents differ"},
		{"files", nil, map[string]hashedFile{"p.csv": {1, "cd"}}, "files: p.csv: was nothing, is a file"},
		{"files", map[string]string{"p.yaml": "a"}, map[string]string{"p.yaml": strings.Repeat("é", 120) + "e"}, "files: p.yaml: was a, is " + strings.Repeat("é", 120) + "..."},
		{"settings", struct{ MostRuns int }{3}, struct{ MostRuns int }{4}, "settings: most runs: was 3, is 4"},
	} {
		same := part{"ticks", kept(4)}
		err := departures([]part{same, {c.name, kept(c.first)}}, []part{same, {c.name, kept(c.second)}}, "was", "is")
		if err == nil || err.Error() != c.want {
			t.Errorf("%v and %v: %v, want %s", c.first, c.second, err, c.want)
		}
	}
}

// hashedFile is what a manifest says of a file.
type hashedFile struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}
