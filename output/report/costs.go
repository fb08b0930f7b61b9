package report

import (
	"slices"
	"strconv"
	"strings"

	"agglo/internal/text"
)

// spanned adds its interval to a number that has one in columns of their own.
func (f *folder) spanned(t *table, row, at int, how form, c cell) cell {
	column := t.head[at]
	lo, hi := t.cell(row, column+"_lo"), t.cell(row, column+"_hi")
	if lo == "" || hi == "" {
		return c
	}
	c.Span = f.say("report.span", f.number(column, lo, how).Text, f.number(column, hi, how).Text)
	return c
}

// leftOver says which policies have not spent their budgets.
func (f *folder) leftOver(t *table) string {
	var says []string
	for row := range t.rows {
		budget, fault := strconv.ParseFloat(t.cell(row, "budget"), 64)
		left, none := strconv.ParseFloat(t.cell(row, "unspent"), 64)
		if fault == nil && none == nil && left > 0 && budget > 0 {
			says = append(says, f.say("report.unspent", f.name("policy", t.cell(row, "policy")), text.Number(f.lang, 100*left/budget, 0)))
		}
	}
	return strings.Join(says, " ")
}

// nought says that a column holds nothing but zeros.
func nought(t *table, at int) bool {
	return !slices.ContainsFunc(t.rows, func(r []string) bool {
		v, err := strconv.ParseFloat(r[at], 64)
		return err != nil || v != 0
	})
}
