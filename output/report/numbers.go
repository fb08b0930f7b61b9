package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"agglo/internal/text"
)

// form is how the numbers of a column are written, so that they can be compared down the column: a share is told in per cent in every
// table, a difference of logarithms in hundredths, as figures do, and all numbers of a column have the same decimals.
type form struct {
	by       float64 // what numbers are multiplied by
	decimals int     // each: every number by itself
	unit     string  // in place of the dictionary's, unless empty
	fixed    bool    // decimals are given, so that what rounds to zero is zero
}

// each stands for decimals that are chosen number by number.
const each = -1

// shares lists columns that are shares although their names do not say so; by table where the name alone may be of another thing.
var shares = map[string][]string{
	"":        {"unemployment", "synergy", "rationed"},
	"synergy": {"input", "labour", "knowledge", "trust", "club", "total"},
	"parting": {"input", "labour", "knowledge", "trust", "club", "total"},
	// Of the table of statistics these are rows.
	"summary": {"births_per_year", "deaths_per_year", "unemployment_mean", "share_jobs_in_clusters", "synergy", "rationed_mean"},
}

// share tells whether a column of a table, or a metric, is a share of a whole.
func share(name, column string) bool {
	return strings.HasPrefix(column, "share_") || strings.HasSuffix(column, "_share") || slices.Contains(shares[""], column) || slices.Contains(shares[name], column)
}

// naming tells numbers that only name something, which have no thousands to be set apart.
func naming(column string) bool { return column == "seed" || column == "firm" }

// bound tells ends of bands of published values, which are round numbers.
func bound(column string) bool {
	return strings.HasPrefix(column, "want_") || strings.HasPrefix(column, "band_")
}

// form chooses how the numbers of a column are written.
func (f *folder) form(t *table, name string, at int) form {
	column := t.head[at]
	w, _ := f.meaning(t, column)
	switch {
	case t.column("unit") >= 0 || t.column("metric") >= 0 || t.column("statistic") >= 0: // each row is of another thing
		return form{by: 1, decimals: each}
	case share(name, column):
		return form{by: 100, decimals: 1, unit: "%", fixed: true}
	case w.unit == "log":
		return form{by: 100, decimals: 2, unit: f.say("report.unit.points"), fixed: true}
	}
	var values []float64
	for _, row := range t.rows {
		if v, err := strconv.ParseFloat(row[at], 64); err == nil {
			values = append(values, v)
		}
	}
	return form{by: 1, decimals: decimals(values)}
}

// decimals is how many decimals numbers that stand side by side take: three digits that count of the largest, two of the one in the
// middle; none where all are whole.
func decimals(values []float64) int {
	var sizes []float64
	broken := false
	for _, v := range values {
		if a := math.Abs(v); a > 0 && !math.IsInf(a, 0) {
			sizes = append(sizes, a)
			broken = broken || a != math.Trunc(a)
		}
	}
	if !broken {
		return 0
	}
	magnitude := func(v float64) int { return int(math.Floor(math.Log10(v))) }
	return min(max(2-magnitude(slices.Max(sizes)), 1-magnitude(middle(sizes)), 0), 4)
}

// inRow is how the numbers of a row are written where each row of a table is of another thing, with the row's unit if that is another
// than the table says.
func (f *folder) inRow(t *table, name string, row int) form {
	percent := form{by: 100, decimals: 1, unit: "%", fixed: true}
	since, kind, metric := t.cell(row, "since"), t.cell(row, "kind"), t.cell(row, "metric")
	switch {
	case name == "summary" && share(name, t.cell(row, "statistic")):
		if t.cell(row, "unit") == "1/year" {
			percent.unit = f.say("report.unit.yearly")
		}
		return percent
	case name != "targets" && name != "cases":
	case share(name, metric), kind == "growth", kind == "" && since != "" && t.cell(row, "unit") == "1":
		return percent
	}
	return form{by: 1, decimals: each}
}

// number writes a number of a table; it sorts by what the table holds.
func (f *folder) number(column, value string, how form) cell {
	v, err := strconv.ParseFloat(value, 64)
	c := cell{Text: value, Sort: value, Number: true}
	if err != nil || naming(column) || math.Abs(v) >= 1<<53 {
		return c
	}
	v *= how.by
	switch {
	case how.decimals == each && v == math.Trunc(v):
		c.Text = text.Number(f.lang, v, 0)
	case how.decimals == each && bound(column) && math.Abs(v) >= 1e-3 && math.Abs(v) < 100:
		_, broken, _ := strings.Cut(strconv.FormatFloat(v, 'g', 3, 64), ".")
		c.Text = text.Number(f.lang, v, len(broken))
	case how.decimals == each:
		c.Text = text.Figure(f.lang, v)
	case !how.fixed && v != 0 && math.Abs(v) < math.Pow10(-how.decimals)/2:
		c.Text = text.Power(f.lang, v)
	default:
		c.Text = text.Number(f.lang, v, how.decimals)
	}
	return c
}
