package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Stream reads a table row by row, in memory that does not grow with its length. Faulty rows are told, all in one list, and
// left out.
type Stream struct {
	in      *reader
	file    *os.File
	line    int
	text    []string
	number  []float64 // NaN in gaps
	integer []int64   // 0 in gaps
	err     error
}

// OpenStream opens the table in a file and reads its header; the rules are those of Read. Values are asked for by the place of
// their column in the list.
func OpenStream(path string, columns ...Column) (*Stream, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &Stream{
		in: newReader(path, file, columns), file: file,
		text: make([]string, len(columns)), number: make([]float64, len(columns)), integer: make([]int64, len(columns)),
	}
	err = s.in.header(Options{})
	if err == nil && s.in.failed() != nil {
		for s.Next() { // what is wrong with the rows is told at once
		}
		err = s.Err()
	}
	if err != nil {
		_ = file.Close() // nothing was written
		return nil, err
	}
	return s, nil
}

// Next goes to the next sound row; false behind the last. Err then says what was wrong.
func (s *Stream) Next() bool {
	for s.err == nil && len(s.in.faults.List) < faultLimit {
		record, err := s.in.csv.Read()
		if errors.Is(err, io.EOF) {
			return false
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			s.in.fault(parse.Line, parse.Column, "", "no CSV: %v", parse.Err)
			continue
		}
		if err != nil {
			s.err = fmt.Errorf("%s: %w", s.in.file, err)
			return false
		}
		s.line, _ = s.in.csv.FieldPos(0)
		if len(record) != s.in.width {
			s.in.fault(s.line, 0, "", "%d cells: want %d, as in the header", len(record), s.in.width)
			continue
		}
		before := len(s.in.faults.List)
		for k, c := range s.in.table.columns {
			if c.at >= 0 {
				s.cell(k, c, record[c.at])
			}
		}
		if len(s.in.faults.List) == before {
			return true
		}
	}
	return false
}

// cell takes one cell of the row.
func (s *Stream) cell(k int, c *column, text string) {
	s.text[k], s.number[k], s.integer[k] = text, math.NaN(), 0
	if text == "" {
		if c.gap == nil {
			s.in.cellFault(c, "empty: want %s", c.want())
		}
		return
	}
	switch c.Kind {
	case Text:
		if !utf8.ValidString(text) {
			s.in.cellFault(c, "not UTF-8 text")
		}
	case Number:
		v, ok := parseNumber(text)
		if !ok || !c.In.holds(v) {
			s.in.cellFault(c, "%s: want %s", quoted(text), c.want())
		}
		s.number[k] = v
	case Integer:
		v, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil || !c.In.holds(float64(v)) {
			s.in.cellFault(c, "%s: want %s", quoted(text), c.want())
		}
		s.integer[k] = v
	}
}

// Fault takes down that a value of the row is wrong for a reason that the caller knows.
func (s *Stream) Fault(k int, format string, args ...any) {
	s.in.cellFault(s.in.table.columns[k], format, args...)
}

// Text is the row's cell in the column of that place, as it stands in the file.
func (s *Stream) Text(k int) string { return s.text[k] }

// Number is the row's cell in a Number column; NaN in a gap.
func (s *Stream) Number(k int) float64 { return s.number[k] }

// Integer is the row's cell in an Integer column; 0 in a gap.
func (s *Stream) Integer(k int) int64 { return s.integer[k] }

// Offset is how many bytes of the file have been read.
func (s *Stream) Offset() int64 { return s.in.csv.InputOffset() }

// Err is what was wrong: a *Faults, or that the file cannot be read; nil if nothing was.
func (s *Stream) Err() error {
	if s.err != nil {
		return s.err
	}
	return s.in.failed()
}

// Close closes the file.
func (s *Stream) Close() error { return s.file.Close() }
