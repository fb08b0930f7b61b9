package table

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
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
	groupCells = 1 << 20
	handedRows = 256
)

// WriteParquet writes a CSV table of this package again as a Parquet file: whole numbers as INT64, numbers as DOUBLE, text as
// STRING, an empty cell as null, columns in the order of the CSV. kind says what a column holds; whole numbers have no gaps. It
// streams, so memory does not grow with the rows; the same table gives the same bytes, and the file appears when it is whole.
func WriteParquet(from, to string, kind func(column string) Kind) (Written, error) {
	w, err := writeParquet(from, to, kind)
	if err != nil {
		return w, fmt.Errorf("%s: %w", to, err)
	}
	return w, nil
}

func writeParquet(from, to string, kind func(column string) Kind) (Written, error) {
	in, err := os.Open(from)
	if err != nil {
		return Written{}, err
	}
	defer in.Close()
	lines := csv.NewReader(bufio.NewReaderSize(in, 1<<16))
	lines.ReuseRecord = true
	head, err := lines.Read()
	if err != nil {
		return Written{}, fmt.Errorf("%s: %w", from, err)
	}
	head = slices.Clone(head)
	kinds := make([]Kind, len(head))
	for k, name := range head {
		kinds[k] = kind(name)
	}
	if err := Replaceable(to); err != nil {
		return Written{}, err
	}
	file, err := createPart(to)
	if err != nil {
		return Written{}, err
	}
	s := &sink{file: file, hash: sha256.New()}
	rows, err := copyRows(s, from, lines, head, kinds)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), to)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first error is the one to tell
		return Written{}, err
	}
	syncFolder(filepath.Dir(to))
	return Written{rows, s.n, hex.EncodeToString(s.hash.Sum(nil))}, nil
}

// copyRows writes the records as rows of a Parquet file, and gives their number. It is packed with Zstandard, whose packer gives
// the same bytes on every processor; that of Snappy in this library does not.
func copyRows(to io.Writer, from string, lines *csv.Reader, head []string, kinds []Kind) (int64, error) {
	w := parquet.NewGenericWriter[any](to, schemaOf(head, kinds), parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("agglo", "1", "0"), parquet.MaxRowsPerRowGroup(int64(max(1, groupCells/len(head)))))
	cells := make([]parquet.Value, handedRows*len(head))
	rows, total := make([]parquet.Row, 0, handedRows), int64(0)
	hand := func() error {
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
		row := parquet.Row(cells[len(rows)*len(head):][:len(head)])
		for k, text := range record {
			if row[k], err = cellOf(text, kinds[k], k); err != nil {
				line, at := lines.FieldPos(k)
				return total, Fault{from, line, at, head[k], err.Error()}
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
func cellOf(text string, kind Kind, k int) (parquet.Value, error) {
	switch {
	case kind == Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return parquet.Value{}, fmt.Errorf("%q: want %s", text, kind)
		}
		return parquet.Int64Value(n).Level(0, 0, k), nil
	case text == "":
		return parquet.NullValue().Level(0, 0, k), nil
	case kind == Number:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return parquet.Value{}, fmt.Errorf("%q: want %s", text, kind)
		}
		return parquet.DoubleValue(x).Level(0, 1, k), nil
	}
	return parquet.ByteArrayValue([]byte(text)).Level(0, 1, k), nil
}

// schemaOf is the schema of a table, its columns in order.
func schemaOf(head []string, kinds []Kind) *parquet.Schema {
	group := parquet.Group{}
	for k, name := range head {
		switch kinds[k] {
		case Integer:
			group[name] = parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)
		case Number:
			group[name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		case Text:
			group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
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
	return parquet.NewSchema("table", o)
}

// ordered is a group whose columns stand as they were given; a plain one has them by name.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

// Fields lists the columns.
func (o ordered) Fields() []parquet.Field { return o.fields }

// sink counts and hashes what goes to a file.
type sink struct {
	file *os.File
	hash hash.Hash
	n    int64
}

// Write writes to the file.
func (s *sink) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	_, _ = s.hash.Write(b[:n]) // a hash takes all
	s.n += int64(n)
	return n, err
}
