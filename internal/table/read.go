package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// faultLimit is how many faults are listed before the rest is only counted.
const faultLimit = 50

// Options of a reader.
type Options struct {
	RefuseUnknown bool // columns that nobody asked for are faults, not notes
	AllowNoRows   bool // a header alone is enough
}

// ReadFile reads the table in a file. The error is a *Faults, or tells that the file cannot be read.
func ReadFile(path string, columns []Column, o Options) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(path, f, columns, o)
}

// Read reads a table in CSV (RFC 4180: commas, a header line, double quotes where needed; a byte order mark is skipped)
// with the columns described. The name of the file stands in messages only. If anything is wrong the error is a
// *Faults with all that is. Beside it stands a table of the rows that are sound, in which whoever knows more can look for more faults;
// nil if the header is not sound.
func Read(file string, r io.Reader, columns []Column, o Options) (*Table, error) {
	in := newReader(file, r, columns)
	if err := in.header(o); err != nil {
		return nil, err
	}
	head := len(in.faults.List)
	if err := in.rows(o); err != nil {
		return nil, err
	}
	if head > 0 {
		return nil, in.faults
	}
	for _, col := range in.table.columns {
		col.index, col.labels = nil, col.labels.sorted()
	}
	return in.table, in.failed()
}

// newReader is a reader in front of the header.
func newReader(file string, r io.Reader, columns []Column) *reader {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if head, _ := buffered.Peek(3); string(head) == "\ufeff" {
		_, _ = buffered.Discard(3) // three bytes that were just looked at
	}
	c := csv.NewReader(buffered)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	in := &reader{file: file, csv: c, table: &Table{File: file}, faults: &Faults{}}
	for _, described := range columns {
		in.table.columns = append(in.table.columns, &column{Column: described, at: -1})
	}
	return in
}

// reader is the state of reading one file.
type reader struct {
	file   string
	csv    *csv.Reader
	table  *Table
	faults *Faults
	width  int // fields of the header
}

// fault takes down what is wrong, or counts it when the list is full.
func (in *reader) fault(line, col int, name, format string, args ...any) {
	if len(in.faults.List) >= faultLimit {
		in.faults.More++
		return
	}
	in.faults.List = append(in.faults.List, Fault{in.file, line, col, name, fmt.Sprintf(format, args...)})
}

// failed returns the faults found, if any, as an error.
func (in *reader) failed() error {
	if len(in.faults.List) > 0 {
		return in.faults
	}
	return nil
}

// header reads the names and gives each column described its place. It gives an error if the rows cannot be read either: the faults of
// names that can be come back with theirs.
func (in *reader) header(o Options) error {
	record, err := in.csv.Read()
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		in.fault(0, 0, "", "the file is empty: want a header line with %s", in.wanted())
		return in.faults
	case errors.As(err, &parse):
		in.fault(parse.Line, parse.Column, "", "the header is no CSV: %v", parse.Err)
		return in.faults
	case err != nil:
		return fmt.Errorf("%s: %w", in.file, err)
	}
	if strings.HasPrefix(record[0], "PK\x03\x04") {
		in.fault(0, 0, "", "this is a workbook or an archive: save the sheet as CSV in UTF-8")
		return in.faults
	}
	names := make([]string, len(record))
	for i, name := range record {
		names[i] = strings.TrimSpace(name)
		if !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
			in.fault(1, 0, "", "the header is not UTF-8 text: save the file as CSV in UTF-8")
			return in.faults
		}
	}
	in.width = len(names)
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t") {
		in.fault(1, 0, "", "the columns seem to be separated by semicolons or tabs: want commas")
		return in.faults
	}
	in.place(names, o)
	return nil
}

// place looks up each column described among the names of the header and remarks on the names left over.
func (in *reader) place(names []string, o Options) {
	used := make([]bool, len(names))
	for _, c := range in.table.columns {
		for i, name := range names {
			if name != c.Name {
				continue
			}
			used[i] = true
			if c.at >= 0 {
				in.headerFault(i, c.Name, "the column stands twice in the header")
				continue
			}
			c.at = i
		}
		if c.Gaps && c.at >= 0 {
			c.gap = []bool{}
		}
	}
	var free []string
	for i, name := range names {
		if !used[i] {
			free = append(free, name)
		}
	}
	for _, c := range in.table.columns {
		if c.at >= 0 || c.Optional {
			continue
		}
		hint := ""
		if other := nearest(c.Name, free); other != "" {
			hint = fmt.Sprintf("; is %q meant?", other)
		}
		in.fault(1, 0, c.Name, "the column is missing: want %s, have %s%s", in.wanted(), strings.Join(names, ","), hint)
	}
	for i, name := range names {
		if used[i] {
			continue
		}
		if o.RefuseUnknown {
			hint := ""
			if other := nearest(name, in.missing()); other != "" {
				hint = fmt.Sprintf("; is %q meant?", other)
			}
			in.headerFault(i, name, "unknown column: want %s%s", in.wanted(), hint)
		} else {
			in.table.Notes = append(in.table.Notes, fmt.Sprintf("%s: column %q is not used", in.file, name))
		}
	}
}

// headerFault is a fault at a name of the header.
func (in *reader) headerFault(field int, name, format string, args ...any) {
	line, col := in.csv.FieldPos(field)
	in.fault(line, col, name, format, args...)
}

// wanted lists the columns described, optional ones in brackets.
func (in *reader) wanted() string {
	names := make([]string, 0, len(in.table.columns))
	for _, c := range in.table.columns {
		if c.Optional {
			names = append(names, "["+c.Name+"]")
		} else {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ",")
}

// missing lists the columns described that the header lacks.
func (in *reader) missing() []string {
	var names []string
	for _, c := range in.table.columns {
		if c.at < 0 {
			names = append(names, c.Name)
		}
	}
	return names
}

// rows reads all rows, going on after a fault so that all are told. It gives an error if the file cannot be read.
func (in *reader) rows(o Options) error {
	head := in.faults.count()
	for {
		record, err := in.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			in.fault(parse.Line, parse.Column, "", "no CSV: %v", parse.Err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", in.file, err)
		}
		line, _ := in.csv.FieldPos(0)
		if len(record) != in.width {
			in.fault(line, 0, "", "%d cells: want %d, as in the header", len(record), in.width)
			continue
		}
		before := in.faults.count()
		for _, c := range in.table.columns {
			if c.at >= 0 {
				in.cell(c, record[c.at])
			}
		}
		if in.faults.count() > before {
			for _, c := range in.table.columns {
				c.cut(in.table.Rows)
			}
			continue
		}
		in.table.lines = append(in.table.lines, int32(line))
		in.table.Rows++
	}
	if in.table.Rows == 0 && !o.AllowNoRows && in.faults.count() == head {
		in.fault(0, 0, "", "no rows below the header")
	}
	return nil
}

// cut leaves the first rows of a column: a row with a fault in it is none.
func (c *column) cut(rows int) {
	c.number = c.number[:min(rows, len(c.number))]
	c.whole = c.whole[:min(rows, len(c.whole))]
	c.labels.Code = c.labels.Code[:min(rows, len(c.labels.Code))]
	if c.gap != nil {
		c.gap = c.gap[:min(rows, len(c.gap))]
	}
}

// cell checks one cell and adds it to its column.
func (in *reader) cell(c *column, text string) {
	if c.gap != nil {
		c.gap = append(c.gap, text == "")
	} else if text == "" {
		in.cellFault(c, "empty: want %s", c.want())
		return
	}
	switch c.Kind {
	case Text:
		if c.Among != nil {
			text = strings.TrimSpace(text) // as names in the header
		}
		if !utf8.ValidString(text) {
			in.cellFault(c, "not UTF-8 text")
			return
		}
		if c.Among != nil && text != "" && !slices.Contains(c.Among, text) {
			in.cellFault(c, "%s: want %s%s", quoted(text), oneOf(c.Among), meant(text, c.Among))
		}
		c.addLabel(text)
	case Number:
		v, ok := parseNumber(text)
		if text != "" && (!ok || !c.In.holds(v)) {
			in.cellFault(c, "%s: want %s%s", quoted(text), c.want(), withPoint(text))
		}
		c.number = append(c.number, v)
	case Integer:
		v, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if text != "" && (err != nil || !c.In.holds(float64(v))) {
			in.cellFault(c, "%s: want %s", quoted(text), c.want())
		}
		c.whole = append(c.whole, v)
	}
}

// cellFault is a fault at the cell of a column in the record just read.
func (in *reader) cellFault(c *column, format string, args ...any) {
	line, col := in.csv.FieldPos(c.at)
	in.fault(line, col, c.Name, format, args...)
}

// want is what the column's cells must be, with the unit.
func (c *column) want() string {
	if c.Unit == "" {
		return c.In.want(c.Kind)
	}
	return c.In.want(c.Kind) + " (" + c.Unit + ")"
}

// oneOf lists words while they are few.
func oneOf(words []string) string {
	if len(words) > 24 {
		return fmt.Sprintf("one of %d words, such as %s", len(words), words[0])
	}
	return "one of " + strings.Join(words, ", ")
}

// meant is a hint at the nearest word.
func meant(text string, words []string) string {
	if near := nearest(text, words); near != "" {
		return fmt.Sprintf("; is %q meant?", near)
	}
	return ""
}

// withPoint is a hint for a number with a decimal comma, or with commas or spaces between thousands: three digits behind a comma may be either.
func withPoint(text string) string {
	text = strings.TrimSpace(text)
	if whole := strings.Join(strings.FieldsFunc(text, unicode.IsSpace), ""); whole != text && isNumber(whole) {
		return "; write " + whole + ", without spaces"
	}
	parts := strings.Split(text, ",")
	if len(parts) < 2 {
		return ""
	}
	if !slices.ContainsFunc(parts[1:], func(s string) bool { return len(strings.SplitN(s, ".", 2)[0]) != 3 }) {
		if whole := strings.Join(parts, ""); isNumber(whole) {
			return "; write " + whole + ", without commas, if they part thousands"
		}
	}
	if point := strings.Join(parts, "."); isNumber(point) {
		return "; write " + point + ", with a point"
	}
	return ""
}

func isNumber(text string) bool {
	_, ok := parseNumber(text)
	return ok
}

// quoted shortens and quotes a cell for a message.
func quoted(text string) string {
	if len(text) > 40 {
		text = strings.ToValidUTF8(text[:40], "") + "..."
	}
	return strconv.Quote(text)
}

// parseNumber reads a decimal number; words such as NaN and inf, hexadecimal digits and overflow are refused.
func parseNumber(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	for i := range len(text) {
		switch b := text[i]; {
		case b >= '0' && b <= '9', b == '.', b == '-', b == '+', b == 'e', b == 'E':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	return v, true
}

// addLabel adds a text to a column by the number of its distinct value.
func (c *column) addLabel(text string) {
	code, known := c.index[text]
	if !known {
		if c.index == nil {
			c.index = map[string]int32{}
		}
		text = strings.Clone(text) // the record it is part of would else stay in memory
		code = int32(len(c.labels.Names))
		c.index[text] = code
		c.labels.Names = append(c.labels.Names, text)
	}
	c.labels.Code = append(c.labels.Code, code)
}
