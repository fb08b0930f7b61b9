package param

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	names := []string{"trust.loss", "trust.gain", "market.home_share", "market.elasticity", "labour.match_rate",
		"firms", "productivity", "tax_break", "subsidy", "infrastructure"}
	for word, want := range map[string]string{
		"trust.los":             "trust.loss",
		"trust.lsos":            "trust.loss",
		"Trust.Loss":            "trust.loss",
		"truts.gain":            "trust.gain",
		"trade.gain":            "trust.gain",
		"gain":                  "trust.gain",
		"home_share":            "market.home_share",
		"homeshare":             "market.home_share",
		"trust.home-share":      "market.home_share",
		"labor.match_rate":      "labour.match_rate",
		"params.trust.loss":     "trust.loss",
		"market.elastisity":     "market.elasticity",
		"firm":                  "firms",
		"tax-break":             "tax_break",
		"taxbreak":              "tax_break",
		"subsidies":             "subsidy",
		"infrastucture":         "infrastructure",
		"weather":               "",
		"":                      "",
		".":                     "",
		"x":                     "",
		"trust":                 "",
		"productive_capacities": "",
	} {
		if got, ok := Nearest(word, names); got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", word, got, ok, want)
		}
	}
	if got, _ := Nearest("b.loss", []string{"long.way.loss", "a.loss"}); got != "a.loss" {
		t.Errorf("of two same last segments %s is taken, want the closer a.loss", got)
	}
}

func TestDistanceOfKnownPairs(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"abc", "", 3}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"flaw", "lawn", 2},
	} {
		if got := wholeDistance(c.a, c.b); got != c.want {
			t.Errorf("distance of %q and %q = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// One slip of the finger in a word of six letters or more must always be forgiven, and always in favour of its word.
func TestNearestForgivesOneSlip(t *testing.T) {
	names := []string{"unemployment", "productivity", "births", "deaths_rate", "synergy"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		at := rapid.IntRange(0, len(name)-2).Draw(t, "at")
		slips := []string{
			name[:at] + name[at+1:],
			name[:at] + "q" + name[at:],
			name[:at] + "q" + name[at+1:],
			name[:at] + name[at+1:at+2] + name[at:at+1] + name[at+2:],
		}
		slip := rapid.SampledFrom(slips).Draw(t, "slip")
		if got, _ := Nearest(slip, names); got != name {
			t.Fatalf("Nearest(%s) = %q, want %s", slip, got, name)
		}
	})
}
