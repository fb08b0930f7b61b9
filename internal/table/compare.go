package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Side is one of two tables that are compared.
type Side struct {
	Name string // of the file, for messages
	From io.Reader
	// Keep says whether a row counts, from its cells by place in the header; nil = all do.
	Keep func(cell func(name string) string) bool
}

// A Difference is a place at which two tables part.
type Difference struct {
	Line   int    `json:"line"`             // of the left file, from 1; where a row is missing, that of the row behind
	Row    string `json:"row"`              // what identifies it, such as run 0, tick 4
	Column string `json:"column,omitempty"` // empty for a whole row
	Left   string `json:"left"`
	Right  string `json:"right"`
	Whole  string `json:"whole,omitempty"` // what is wrong with a whole row: missing, or one too many
}

// A Comparison says where two tables part.
type Comparison struct {
	Rows      int64        `json:"rows"`      // of the right table
	Different int64        `json:"different"` // rows that differ, are missing or are too many
	Extra     int64        `json:"extra"`     // of Different: those that are too many, and none of Rows
	First     []Difference `json:"first,omitempty"`
}

// mostShown is how many differences are told in full.
const mostShown = 5

// identifying are the columns that say which row it is, in the order in which they are told.
var identifying = []string{"run", "replicate", "tick", "policy", "sector", "region", "cluster", "facility", "metric", "statistic", "firm", "cell",
	"from", "to", "table", "column", "test", "id"}

// Compare reads two tables side by side, cell by cell as text. Columns of the list leave are not compared. An error tells that a
// side cannot be read, or that the headers differ.
func Compare(left, right Side, leave ...string) (Comparison, error) {
	var c Comparison
	a, err := left.open()
	if err != nil {
		return c, err
	}
	b, err := right.open()
	if err != nil {
		return c, err
	}
	if !slices.Equal(a.head, b.head) {
		return c, fmt.Errorf("%s: the header is %s: want %s", left.Name, strings.Join(a.head, ","), strings.Join(b.head, ","))
	}
	p := pair{c: &c, a: a, b: b, leave: leave}
	for _, s := range []*side{a, b} {
		if err := s.next(); err != nil {
			return c, err
		}
	}
	return c, p.run()
}

// pair is two tables being compared.
type pair struct {
	c     *Comparison
	a, b  *side
	leave []string
}

// run compares row by row. Where the rows at hand are not of one and the same thing, the row behind tells which side has one more.
func (p *pair) run() error {
	for p.a.row != nil || p.b.row != nil {
		a, b := p.a.key(p.leave), p.b.key(p.leave)
		var err error
		switch {
		case p.b.row == nil || p.a.row != nil && a != b && p.a.behind(p.leave) == b:
			p.c.Extra++
			p.whole(p.a.line, p.a.key(nil), "is one too many")
			err = p.a.next()
		case p.a.row == nil || a != b && p.b.behind(p.leave) == a:
			p.c.Rows++
			p.whole(p.a.line, b, "is missing")
			err = p.b.next()
		default:
			p.c.Rows++
			p.cells()
			if err = p.a.next(); err == nil {
				err = p.b.next()
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *pair) whole(line int, row, what string) {
	p.c.Different++
	if len(p.c.First) < mostShown {
		p.c.First = append(p.c.First, Difference{Line: line, Row: row, Whole: what})
	}
}

// cells compares the two rows at hand.
func (p *pair) cells() {
	differs, row := false, p.b.key(nil)
	if len(p.leave) > 0 {
		row = p.a.key(nil) // of the right side, some of what identifies a row is another
	}
	for k, name := range p.a.head {
		if p.a.row[k] == p.b.row[k] || slices.Contains(p.leave, name) {
			continue
		}
		differs = true
		if len(p.c.First) < mostShown {
			p.c.First = append(p.c.First, Difference{Line: p.a.line, Row: row, Column: name, Left: p.a.row[k], Right: p.b.row[k]})
		}
	}
	if differs {
		p.c.Different++
	}
}

// side is a table being read, with the row at hand and the one behind it.
type side struct {
	Side
	csv        *csv.Reader
	head       []string
	row, ahead []string // nil behind the last
	line, then int
}

func (s Side) open() (*side, error) {
	out := &side{Side: s, csv: csv.NewReader(bufio.NewReaderSize(s.From, 1<<16))}
	var err error
	if out.head, err = out.csv.Read(); err != nil {
		return nil, fmt.Errorf("%s: the header cannot be read: %w", s.Name, err)
	}
	return out, out.next()
}

// next goes to the next row that counts.
func (s *side) next() error {
	s.row, s.line = s.ahead, s.then
	for {
		record, err := s.csv.Read()
		if errors.Is(err, io.EOF) {
			s.ahead = nil
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		s.then, _ = s.csv.FieldPos(0)
		cell := func(name string) string {
			if k := slices.Index(s.head, name); k >= 0 {
				return record[k]
			}
			return ""
		}
		if s.Keep == nil || s.Keep(cell) {
			s.ahead = record
			return nil
		}
	}
}

// key says which row is at hand.
func (s *side) key(leave []string) string { return s.identify(s.row, leave) }

// behind says which row is the next.
func (s *side) behind(leave []string) string { return s.identify(s.ahead, leave) }

func (s *side) identify(row, leave []string) string {
	var words []string
	for _, name := range identifying {
		if k := slices.Index(s.head, name); row != nil && k >= 0 && row[k] != "" && !slices.Contains(leave, name) {
			words = append(words, name+" "+row[k])
		}
	}
	return strings.Join(words, ", ")
}
