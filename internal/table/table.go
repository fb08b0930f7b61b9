// Package table reads and writes CSV tables strictly.
//
// Reading: columns are found by their names in the header, in any order; every cell is checked for its kind and range;
// all faults of a file come back at once, each with file, line and column, so that a user mends them in one go. No
// cell that is missing or that is no number ever turns into NaN.
//
// Writing: numbers are printed with the fewest digits that read back as the same bits; NaN and infinities become empty
// cells. A file appears under its name only when it is whole and on the disk.
package table

import (
	"fmt"
	"math"
	"strings"
)

// Kind is what the cells of a column hold.
type Kind uint8

// The kinds of cells.
const (
	Text    Kind = iota // any UTF-8 text without line breaks at either end
	Number              // a decimal number such as -1.5 or 2e6, never NaN, infinite or hexadecimal
	Integer             // a whole number within 64 bits, without fraction or exponent
)

// String is the kind in the words of an error message.
func (k Kind) String() string {
	return [...]string{"text", "a number", "a whole number"}[k]
}

// Range is a closed range for numbers; the zero value is no limit.
type Range struct {
	limited bool
	lo, hi  float64
}

// Between limits numbers to lo..hi, both included.
func Between(lo, hi float64) Range { return Range{true, lo, hi} }

// AtLeast limits numbers to lo and above.
func AtLeast(lo float64) Range { return Range{true, lo, math.Inf(1)} }

// holds tells whether v lies in the range.
func (r Range) holds(v float64) bool { return !r.limited || v >= r.lo && v <= r.hi }

// want is the range in words, after the kind.
func (r Range) want(k Kind) string {
	switch {
	case !r.limited:
		return k.String()
	case math.IsInf(r.hi, 1):
		return fmt.Sprintf("%s of at least %v", k, r.lo)
	}
	return fmt.Sprintf("%s from %v to %v", k, r.lo, r.hi)
}

// Column describes a column that a reader looks for.
type Column struct {
	Name     string // as in the header, exactly
	Kind     Kind
	Unit     string   // for messages, such as "km"; may be empty
	In       Range    // for Number and Integer
	Optional bool     // the column may be missing from the header
	Gaps     bool     // empty cells are allowed: see Table.Has
	Among    []string // words that a Text column may hold; nil = any
}

// Fault is one thing wrong with a file.
type Fault struct {
	File   string
	Line   int    // from 1; 0 for the file as a whole
	Column int    // byte of the line, from 1; 0 for the line as a whole
	Name   string // the table's column, or empty
	What   string // what is wrong and what was wanted
}

// Error prints file:line:column: name: what, leaving out the parts that do not apply.
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
		if f.Column > 0 {
			fmt.Fprintf(&b, ":%d", f.Column)
		}
	}
	b.WriteString(": ")
	if f.Name != "" {
		b.WriteString(f.Name + ": ")
	}
	b.WriteString(f.What)
	return b.String()
}

// Faults is every fault of a file, in the order of the file; beyond a limit they are only counted.
type Faults struct {
	List []Fault
	More int // faults found beyond those listed
}

// count is how many there are, those that are not listed too.
func (f *Faults) count() int { return len(f.List) + f.More }

// Error prints one fault a line.
func (f *Faults) Error() string {
	lines := make([]string, 0, len(f.List)+1)
	for _, fault := range f.List {
		lines = append(lines, fault.Error())
	}
	if f.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", f.More))
	}
	return strings.Join(lines, "\n")
}

// Table is what was read: whole columns by name.
type Table struct {
	File  string
	Rows  int
	Notes []string // harmless remarks, such as columns that nobody asked for

	lines   []int32 // line of each row in the file
	columns []*column
}

// column is one column while and after it is read.
type column struct {
	Column
	at     int // place in a record; -1 when the column is missing
	number []float64
	whole  []int64
	labels Labels
	gap    []bool // nil unless Gaps
	index  map[string]int32
}

// find panics when a program asks for a column which it did not describe, or as another kind: no user can cause that.
func (t *Table) find(name string, kind Kind) *column {
	for _, c := range t.columns {
		if c.Name == name {
			if c.Kind != kind {
				panic("table: column " + name + " was not described as " + kind.String())
			}
			return c
		}
	}
	panic("table: column " + name + " was not described")
}

// Given tells whether the header has the column.
func (t *Table) Given(name string) bool {
	for _, c := range t.columns {
		if c.Name == name {
			return c.at >= 0
		}
	}
	return false
}

// Has tells whether a row has a value in a column with Gaps; in other columns every row has.
func (t *Table) Has(name string, row int) bool {
	for _, c := range t.columns {
		if c.Name == name {
			return c.at >= 0 && (c.gap == nil || !c.gap[row])
		}
	}
	return false
}

// Numbers are the cells of a Number column, 0 in gaps; nil when an optional column is missing.
func (t *Table) Numbers(name string) []float64 { return t.find(name, Number).number }

// Integers are the cells of an Integer column, 0 in gaps; nil when an optional column is missing.
func (t *Table) Integers(name string) []int64 { return t.find(name, Integer).whole }

// Labels are the cells of a Text column; gaps have the label of the empty text.
func (t *Table) Labels(name string) Labels { return t.find(name, Text).labels }

// Line is the line of the file on which a row (from 0) begins, for messages about a value found wrong later.
func (t *Table) Line(row int) int { return int(t.lines[row]) }
