package text

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
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
		for _, e := range table {
			key := e.key
			if seen[key] {
				t.Errorf("%s stands there twice", key)
			}
			seen[key] = true
			if strings.TrimSpace(e.en) == "" || strings.TrimSpace(e.ru) == "" {
				t.Errorf("%s: a language is missing: %q, %q", key, e.en, e.ru)
			}
			if !slices.Equal(verbs(e.en), verbs(e.ru)) {
				t.Errorf("%s: verbs differ: %q, %q", key, e.en, e.ru)
			}
			checkForms(t, key, e.en, 2)
			checkForms(t, key, e.ru, 3)
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
		{"ru", "class.report.question", []any{"Фирмы", "21"}, "Через 21 квартал в мирах, которые запустили ученики: Фирмы."},
		{"ru", "class.asked", []any{"Фирмы", "2"}, "Мир живёт 2 года. Что измеряем в конце: Фирмы."},
		{"en", "class.years", []any{"1"}, "1 year"},
		{"ru", "lesson.build.left", []any{"22", "3", "денежных единиц"}, "В круге на 22 места меньше, чем без стройки, за 3 млн денежных единиц."},
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

// What a verb of package fmt prints keeps its bytes in English and takes the marks of numbers in Russian.
func TestPrinted(t *testing.T) {
	for _, c := range []struct {
		verb   string
		v      any
		en, ru string
	}{
		{"%.2f", -12.345, "-12.35", "−12,35"}, {"%+.0f", 7.0, "+7", "+7"}, {"%+.2f", -.5, "-0.50", "−0,50"}, {"%d", 12345, "12345", "12\u00a0345"}, {"%s", "1,234,567", "1,234,567", "1\u00a0234\u00a0567"},
		{"%.4g", .00001234, "1.234e-05", "1,234×10⁻⁵"}, {"%.4g", 1.5e21, "1.5e+21", "1,5×10²¹"}, {"%.2f", -.001, "-0.00", "0,00"}, {"%s", "-", "-", "-"}, {"%s", "uniform", "uniform", "uniform"},
		{"%.2f", math.NaN(), "NaN", "–"}, {"%g", 2.5, "2.5", "2,5"},
	} {
		if en, russian := Printed(English, c.verb, c.v), Printed(Russian, c.verb, c.v); en != c.en || russian != c.ru {
			t.Errorf("%s, %v: %q and %q, want %q and %q", c.verb, c.v, en, russian, c.en, c.ru)
		}
	}
	if got := Took(Russian, 3723*time.Second); got != "1\u00a0ч 2\u00a0мин 3\u00a0с" || Took(English, 3*time.Second) != "3s" {
		t.Errorf("%q", got)
	}
}

// A mix is named by its parts, in Russian as words within a sentence.
func TestMix(t *testing.T) {
	for english, want := range map[string][2]string{
		"nothing": {"nothing", "без мер"}, "rd_grant 60%, own-idea 40%": {"R&D grant 60%, own-idea 40%", "грант на НИОКР 60%, own-idea 40%"}, "loan 100%": {"Loan 100%", "заём 100%"},
	} {
		if en, ru := Mix(English, english), Mix(Russian, english); en != want[0] || ru != want[1] {
			t.Errorf("%s: %q, %q, want %q", english, en, ru, want)
		}
	}
}

func TestFigure(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", .0123456: "0.0123", 1.23456: "1.23", 12.3456: "12.3", 123.456: "123", 12345.6: "12,346",
		-1.5: "−1.50", 1e-12: "1×10⁻¹²", -3.5e-5: "−3.5×10⁻⁵", 1e-4: "0.000100",
	} {
		if got := Figure("en", value); got != want {
			t.Errorf("Figure(%v) = %q, want %q", value, got, want)
		}
	}
}

func TestPower(t *testing.T) {
	for _, c := range []struct {
		lang  string
		value float64
		want  string
	}{
		{"en", 3.2e-5, "3.2×10⁻⁵"}, {"ru", -1.46e-15, "−1,5×10⁻¹⁵"}, {"en", 1e-9, "1×10⁻⁹"}, {"en", 6.02e23, "6×10²³"}, {"en", math.NaN(), "–"}, {"en", math.Inf(-1), "−∞"},
	} {
		if got := Power(c.lang, c.value); got != c.want {
			t.Errorf("Power(%q, %v) = %q, want %q", c.lang, c.value, got, c.want)
		}
	}
}

// The number of a cluster's name stays, and a town that no scenario of ours names; the rest is put into the language.
func TestClusterName(t *testing.T) {
	for _, c := range []struct{ lang, name, group, want string }{
		{English, "San Jose software 2", "software", "San Jose software 2"},
		{Russian, "San Jose software 2", "software", "Сан-Хосе: программы 2"},
		{Russian, "Software Park software", "software", "Software Park: программы"},
		{Russian, "San Jose own group", "own-group", "Сан-Хосе: own group"},
		{Russian, "San Jose", "", "Сан-Хосе"},
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

// checkForms holds that each choice of a text has the forms of its language and refers to an argument that is there.
func checkForms(t *testing.T, key, words string, forms int) {
	t.Helper()
	for _, part := range choice().FindAllStringSubmatch(words, -1) {
		if got := strings.Count(part[2], "|") + 1; got != forms {
			t.Errorf("%s: %q has %d forms, want %d", key, part[0], got, forms)
		}
		if k := int(part[1][0] - '0'); k < 1 || k > len(verbs(strings.ReplaceAll(words, "%%", ""))) {
			t.Errorf("%s: %q refers to an argument that is not there", key, part[0])
		}
	}
}

func TestPlural(t *testing.T) {
	for _, c := range []struct{ lang, count, want string }{
		{"en", "1", "one"}, {"en", "0", "more"}, {"en", "2", "more"}, {"en", "21", "more"}, {"en", "1,000", "more"}, {"en", "1.0", "more"}, {"en", "\u22121", "one"},
		{"ru", "1", "one"}, {"ru", "2", "few"}, {"ru", "4", "few"}, {"ru", "5", "more"}, {"ru", "0", "more"}, {"ru", "11", "more"}, {"ru", "12", "more"},
		{"ru", "14", "more"}, {"ru", "21", "one"}, {"ru", "22", "few"}, {"ru", "111", "more"}, {"ru", "10\u00a0001", "one"}, {"ru", "1,5", "few"},
	} {
		forms := "{1:one|more}"
		if c.lang == "ru" {
			forms = "{1:one|few|more}"
		}
		if got := plural(c.lang, forms, []any{c.count}); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.lang, c.count, got, c.want)
		}
	}
	for _, c := range []struct{ lang, count, want string }{
		{"en", "1", "1 cluster holds 5% of jobs in 2020"}, {"en", "3", "3 clusters hold 5% of jobs in 2020"},
		{"ru", "1", "В 1 кластере — 5% рабочих мест (2020)"}, {"ru", "3", "В 3 кластерах — 5% рабочих мест (2020)"},
	} {
		if got := In(c.lang, "title.clustermap", c.count, "5", "2020"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// The heading of a class's differences is one line of its figure in the report, which has room for 98 letters of that type.
func TestTheHeadingOfDifferencesFits(t *testing.T) {
	for _, lang := range []string{English, Russian} {
		for _, e := range page {
			key := e.key
			if !strings.HasPrefix(key, "page.metric.") {
				continue
			}
			if head := In(lang, "class.chart.differences", In(lang, key)); utf8.RuneCountInString(head) > 98 {
				t.Errorf("%d letters: %s", utf8.RuneCountInString(head), head)
			}
		}
	}
}
