package text

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// verb matches one verb of package fmt, with its index if it has one.
var verb = regexp.MustCompile(`%(\[\d+\])?[-+#0]*[\d.]*[a-zA-Z%]`)

func verbs(s string) []string {
	var found []string
	for _, v := range verb.FindAllString(s, -1) {
		found = append(found, v[len(v)-1:])
	}
	slices.Sort(found)
	return found
}

func TestEveryTextInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range catalogue {
		for key, e := range table {
			if seen[key] {
				t.Errorf("%s stands in two tables", key)
			}
			seen[key] = true
			if strings.TrimSpace(e.en) == "" || strings.TrimSpace(e.ru) == "" {
				t.Errorf("%s: a language is missing: %q, %q", key, e.en, e.ru)
			}
			if !slices.Equal(verbs(e.en), verbs(e.ru)) {
				t.Errorf("%s: verbs differ: %q, %q", key, e.en, e.ru)
			}
			if strings.IndexFunc(e.en, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) >= 0 {
				t.Errorf("%s: the English text holds Cyrillic letters: %q", key, e.en)
			}
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d texts were looked at", len(seen))
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"en", "axis.year", nil, "Year"},
		{"ru", "axis.year", nil, "Год"},
		{"", "axis.year", nil, "Year"},
		{"de", "axis.year", nil, "Year"},
		{"en", "title.clusters.rise", []any{"6", "41"}, "Jobs in clusters rise from 6% to 41%"},
		{"en", "no such key", nil, "no such key"},
	} {
		if got := In(c.lang, c.key, c.args...); got != c.want {
			t.Errorf("In(%q, %q, %v) = %q, want %q", c.lang, c.key, c.args, got, c.want)
		}
	}
	if Has("no such key") || !Has("axis.year") {
		t.Error("Has does not tell a known key from an unknown one")
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		lang     string
		value    float64
		decimals int
		want     string
	}{
		{"en", 0, 0, "0"}, {"en", 999, 0, "999"}, {"en", 1000, 0, "1,000"}, {"en", 1234567.891, 1, "1,234,567.9"},
		{"en", -12.5, 1, "−12.5"}, {"en", -0.001, 1, "0.0"}, {"en", 999.96, 1, "1,000.0"},
		{"ru", 1000, 0, "1000"}, {"ru", 10000, 0, "10\u00a0000"}, {"ru", -1234567.5, 1, "−1\u00a0234\u00a0567,5"},
		{"en", math.NaN(), 1, "–"}, {"en", math.Inf(1), 1, "∞"}, {"en", math.Inf(-1), 1, "−∞"},
	} {
		if got := Number(c.lang, c.value, c.decimals); got != c.want {
			t.Errorf("Number(%q, %v, %d) = %q, want %q", c.lang, c.value, c.decimals, got, c.want)
		}
	}
}

func TestFigure(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", .0123456: "0.0123", 1.23456: "1.23", 12.3456: "12.3", 123.456: "123", 12345.6: "12,346",
		-1.5: "−1.50", 1e-12: "0.000000",
	} {
		if got := Figure("en", value); got != want {
			t.Errorf("Figure(%v) = %q, want %q", value, got, want)
		}
	}
}

// The town and the number of a cluster's name stay; the title of its group is put into the language.
func TestClusterName(t *testing.T) {
	for _, c := range []struct{ lang, name, group, want string }{
		{English, "San Jose software 2", "software", "San Jose software 2"},
		{Russian, "San Jose software 2", "software", "San Jose: программы 2"},
		{Russian, "Software Park software", "software", "Software Park: программы"},
		{Russian, "San Jose own group", "own-group", "San Jose: own group"},
		{Russian, "San Jose", "", "San Jose"},
		{Russian, "San Jose by hand", "software", "San Jose by hand"},
	} {
		if got := ClusterName(c.lang, c.name, c.group); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.name, c.group, got, c.want)
		}
	}
	if Group(English, "ict") != "ICT" || Group(Russian, "ict") != "ИКТ" || Group(English, "own-group") != "own group" {
		t.Error("titles of groups")
	}
}
