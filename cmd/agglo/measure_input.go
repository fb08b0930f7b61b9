package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/table"
	"agglo/model/measure"
	"agglo/sim/param"
)

// orderedRows is a table that was read, with its rows in an order that depends on their cells alone: sums of the same numbers in
// another order differ in their last digits, and the order of a user's file must not show.
type orderedRows struct {
	*table.Table
	order []int32 // the file's row at each place
}

// textColumn, numberColumn and amountColumn (at least 0) describe the columns that the statistics share.
func textColumn(name string) table.Column { return table.Column{Name: name, Kind: table.Text} }

func numberColumn(name, unit string) table.Column {
	return table.Column{Name: name, Kind: table.Number, Unit: unit}
}

func amountColumn(name, unit string) table.Column {
	return table.Column{Name: name, Kind: table.Number, Unit: unit, In: table.AtLeast(0)}
}

// optionalColumn lets a column be missing from the header.
func optionalColumn(c table.Column) table.Column {
	c.Optional = true
	return c
}

// read reads the file of a flag, - being standard input, and orders its rows by the columns in their turn.
func (j *measurement) read(flag, path string, columns ...table.Column) (*orderedRows, error) {
	var t *table.Table
	var err error
	switch path {
	case "":
		return nil, usagef("%s: want --%s FILE; agglo %s--help shows the columns", j.cmd.Name(), flag, after(j.cmd))
	case "-":
		t, err = table.Read("standard input", j.c.in, columns, table.Options{})
	default:
		t, err = table.ReadFile(path, columns, table.Options{})
	}
	if err != nil {
		return nil, given(path, err)
	}
	if err := asFaults(tooLarge(t, columns)); err != nil {
		return nil, err
	}
	j.notes = append(j.notes, t.Notes...)
	r := &orderedRows{Table: t, order: make([]int32, t.Rows)}
	for k := range r.order {
		r.order[k] = int32(k)
	}
	var by []func(a, b int32) int
	for _, c := range columns {
		if t.Given(c.Name) {
			by = append(by, compareBy(t, c))
		}
	}
	slices.SortStableFunc(r.order, func(a, b int32) int {
		for _, compare := range by {
			if d := compare(a, b); d != 0 {
				return d
			}
		}
		return 0
	})
	return r, nil
}

// largest bounds the numbers of a file either way, so that a product of three of them is a number still.
const largest = 1e100

// tooLarge lists the numbers of a table that are none to reckon with: their sums, or products, would have no bound, and an index would
// not exist for a reason that nobody sees.
func tooLarge(t *table.Table, columns []table.Column) []table.Fault {
	var faults []table.Fault
	for _, c := range columns {
		if c.Kind != table.Number || !t.Given(c.Name) {
			continue
		}
		for row, x := range t.Numbers(c.Name) {
			if math.Abs(x) > largest {
				faults = append(faults, table.Fault{File: t.File, Line: t.Line(row), Name: c.Name, What: fmt.Sprintf("%v: want at most %v, else sums have no bound", x, largest)})
			}
		}
	}
	return faults
}

// compareBy compares two rows of the file by one column.
func compareBy(t *table.Table, c table.Column) func(a, b int32) int {
	switch c.Kind {
	case table.Number:
		x := t.Numbers(c.Name)
		return func(a, b int32) int { return cmp.Compare(x[a], x[b]) }
	case table.Integer:
		n := t.Integers(c.Name)
		return func(a, b int32) int { return cmp.Compare(n[a], n[b]) }
	}
	code := t.Labels(c.Name).Code
	return func(a, b int32) int { return cmp.Compare(code[a], code[b]) }
}

// numbers is a column in order; nil when an optional one is missing.
func (r *orderedRows) numbers(name string) []float64 {
	if !r.Given(name) {
		return nil
	}
	x := r.Numbers(name)
	out := make([]float64, len(r.order))
	for k, row := range r.order {
		out[k] = x[row]
	}
	return out
}

// labels is a column of text in order.
func (r *orderedRows) labels(name string) table.Labels {
	l := r.Labels(name)
	code := make([]int32, len(r.order))
	for k, row := range r.order {
		code[k] = l.Code[row]
	}
	return table.Labels{Code: code, Names: l.Names}
}

// fault is something wrong with a row, found after reading.
func (r *orderedRows) fault(k int, column, format string, args ...any) table.Fault {
	return table.Fault{File: r.File, Line: r.Line(int(r.order[k])), Name: column, What: fmt.Sprintf(format, args...)}
}

// explain gives an error of a formula the place in the file that it comes from.
func (r *orderedRows) explain(err error) error {
	var invalid *measure.Invalid
	if errors.As(err, &invalid) && invalid.Index >= 0 && invalid.Index < len(r.order) {
		return r.fault(invalid.Index, invalid.Array, "%v: want %s", invalid.Value, invalid.Want)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.File, err)
	}
	return nil
}

// why is the reason of an index that does not exist, without the words that every such error has.
func why(err error) string {
	_, reason, _ := strings.Cut(strings.TrimSuffix(err.Error(), ": "+measure.ErrUndefined.Error()), ": ")
	return reason
}

// asFaults is a list of faults as an error, or nil.
func asFaults(list []table.Fault) error {
	const most = 50 // as many as the reader of tables lists
	switch {
	case len(list) == 0:
		return nil
	case len(list) > most:
		return &table.Faults{List: list[:most], More: len(list) - most}
	}
	return &table.Faults{List: list}
}

// findName finds a name that a flag gives among those of the file.
func findName(flag, name string, names []string) (int32, error) {
	if at, ok := slices.BinarySearch(names, name); ok {
		return int32(at), nil
	}
	if near, ok := param.Nearest(name, names); ok {
		return 0, usagef("--%s %s: the file has no such name: did you mean %s?", flag, name, near)
	}
	return 0, usagef("--%s %s: the file has no such name", flag, name)
}

// oneOf checks a flag whose value is a word of a list.
func oneOf(flag, word string, words ...string) error {
	if slices.Contains(words, word) {
		return nil
	}
	if near, ok := param.Nearest(word, words); ok {
		return usagef("--%s %s: did you mean %s?", flag, word, near)
	}
	return usagef("--%s %s: want one of %v", flag, word, words)
}
