// Package parquet writes tables again as Parquet files. It stands apart from package table, so that a program that needs no more
// than tables, such as the engine of the page, does without the library.
package parquet

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"strconv"

	lib "github.com/parquet-go/parquet-go"

	"agglo/internal/table"
)

// Written says what a file holds.
type Written struct {
	Rows   int64
	Bytes  int64
	SHA256 string
}

// Sizes of a Parquet file: cells of a group of rows, which bound the memory that writing takes, and rows that are handed over
// at once. The bytes of a file depend on the first.
const (
	GroupCells = 1 << 20
	handedRows = 256
)

// Write writes a CSV table of package table again as a Parquet file: whole numbers as INT64, numbers as DOUBLE, text as
// STRING, an empty cell as null, columns in the order of the CSV. kind says what a column holds; whole numbers have no gaps. It
// streams, so memory does not grow with the rows; the same table gives the same bytes, and the file appears when it is whole.
func Write(ctx context.Context, from, to string, kind func(column string) table.Kind) (Written, error) {
	w, err := write(ctx, from, to, kind)
	if err != nil {
		return w, fmt.Errorf("%s: %w", to, err)
	}
	return w, nil
}

func write(ctx context.Context, from, to string, kind func(column string) table.Kind) (Written, error) {
	in, err := os.Open(from)
	if err != nil {
		return Written{}, err
	}
	defer in.Close()
	lines := csv.NewReader(bufio.NewReaderSize(in, 1<<16))
	lines.ReuseRecord = true
	head, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return Written{}, fmt.Errorf("%s: the file is empty: want a header", from)
	} else if err != nil {
		return Written{}, fmt.Errorf("%s: %w", from, err)
	}
	head = slices.Clone(head)
	kinds := make([]table.Kind, len(head))
	for k, name := range head {
		kinds[k] = kind(name)
	}
	s := &sink{hash: sha256.New()}
	rows := int64(0)
	err = table.Whole(to, func(w io.Writer) (err error) {
		s.to = w
		rows, err = copyRows(ctx, s, from, lines, head, kinds)
		return err
	})
	if err != nil {
		return Written{}, err
	}
	return Written{rows, s.n, hex.EncodeToString(s.hash.Sum(nil))}, nil
}

// copyRows writes the records as rows of a Parquet file, and gives their number. It is packed with Zstandard, whose packer gives
// the same bytes on every processor; that of Snappy in this library does not.
func copyRows(ctx context.Context, to io.Writer, from string, lines *csv.Reader, head []string, kinds []table.Kind) (int64, error) {
	w := lib.NewGenericWriter[any](to, schemaOf(head, kinds), lib.Compression(&lib.Zstd),
		lib.CreatedBy("agglo", "1", "0"), lib.MaxRowsPerRowGroup(int64(max(1, GroupCells/len(head)))))
	cells := make([]lib.Value, handedRows*len(head))
	rows, total := make([]lib.Row, 0, handedRows), int64(0)
	hand := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := w.WriteRows(rows)
		total += int64(n)
		rows = rows[:0]
		return err
	}
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return total, fmt.Errorf("%s: %w", from, err)
		}
		row := lib.Row(cells[len(rows)*len(head):][:len(head)])
		for k, text := range record {
			if row[k], err = cellOf(text, kinds[k], k); err != nil {
				line, at := lines.FieldPos(k)
				return total, table.Fault{File: from, Line: line, Column: at, Name: head[k], What: err.Error()}
			}
		}
		if rows = append(rows, row); len(rows) == handedRows {
			if err := hand(); err != nil {
				return total, err
			}
		}
	}
	if err := hand(); err != nil {
		return total, err
	}
	return total, w.Close()
}

// cellOf is the value of a cell in the k-th column.
func cellOf(text string, kind table.Kind, k int) (lib.Value, error) {
	switch {
	case kind == table.Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return lib.Value{}, fmt.Errorf("%q: want %s", text, kind)
		}
		return lib.Int64Value(n).Level(0, 0, k), nil
	case text == "":
		return lib.NullValue().Level(0, 0, k), nil
	case kind == table.Number:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return lib.Value{}, fmt.Errorf("%q: want %s", text, kind)
		}
		return lib.DoubleValue(x).Level(0, 1, k), nil
	}
	return lib.ByteArrayValue([]byte(text)).Level(0, 1, k), nil
}

// schemaOf is the schema of a table, its columns in order.
func schemaOf(head []string, kinds []table.Kind) *lib.Schema {
	group := lib.Group{}
	for k, name := range head {
		switch kinds[k] {
		case table.Integer:
			group[name] = lib.Encoded(lib.Int(64), &lib.DeltaBinaryPacked)
		case table.Number:
			group[name] = lib.Optional(lib.Leaf(lib.DoubleType))
		case table.Text:
			group[name] = lib.Optional(lib.Encoded(lib.String(), &lib.RLEDictionary))
		}
	}
	o := ordered{Group: group}
	for _, name := range head {
		for _, f := range group.Fields() {
			if f.Name() == name {
				o.fields = append(o.fields, f)
			}
		}
	}
	return lib.NewSchema("table", o)
}

// ordered is a group whose columns stand as they were given; a plain one has them by name.
type ordered struct {
	lib.Group
	fields []lib.Field
}

// Fields lists the columns.
func (o ordered) Fields() []lib.Field { return o.fields }

// sink counts and hashes what goes to a file.
type sink struct {
	to   io.Writer
	hash hash.Hash
	n    int64
}

// Write writes on.
func (s *sink) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	_, _ = s.hash.Write(b[:n]) // a hash takes all
	s.n += int64(n)
	return n, err
}
