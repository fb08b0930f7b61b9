package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Writer writes a table cell by cell. The first error stops it; the calls after do nothing and Close returns it.
type Writer struct {
	out     *bufio.Writer
	columns int
	quoted  bool // every cell stands in quotes
	cell    int  // cells written in the current row
	scratch []byte
	err     error
	file    *os.File // nil when writing to a stream
	path    string   // the name the file gets when it is whole
}

// NewWriter writes a table to a stream, such as standard output. Close flushes but does not close the stream.
func NewWriter(w io.Writer, columns ...string) *Writer {
	out := &Writer{out: bufio.NewWriterSize(w, 1<<16)}
	out.header(columns)
	return out
}

// header writes the names of the columns.
func (w *Writer) header(columns []string) {
	w.columns = len(columns)
	for _, name := range columns {
		w.Text(name)
	}
	w.EndRow()
}

// Create writes a table to a new file. Until Close it lies beside its place under a name that ends in .part, so nobody
// takes half a table for a whole one; an older file of the name stays until then.
func Create(path string, columns ...string) (*Writer, error) {
	return create(path, false, nil, columns)
}

// CreateQuoted is Create for programs that want every cell in quotes, and lines of their own above the header.
func CreateQuoted(path string, above [][]string, columns ...string) (*Writer, error) {
	return create(path, true, above, columns)
}

func create(path string, quoted bool, above [][]string, columns []string) (*Writer, error) {
	if err := Replaceable(path); err != nil {
		return nil, err
	}
	file, err := CreatePart(path)
	if err != nil {
		return nil, err
	}
	w := &Writer{out: bufio.NewWriterSize(file, 1<<16), quoted: quoted, file: file, path: path}
	for _, cells := range above {
		w.header(cells)
	}
	w.header(columns)
	return w, nil
}

// Replaceable refuses a path at which something other than a file lies, a device such as /dev/null or a folder: giving its name
// to a finished file would put the file in its place.
func Replaceable(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no regular file, and is not replaced by one; standard output can be sent anywhere", path)
	}
	return nil
}

// Whole writes a file that appears under its name when it is whole and on the disk; after an error nothing is left of it.
func Whole(path string, fill func(w io.Writer) error) error {
	if err := Replaceable(path); err != nil {
		return err
	}
	file, err := CreatePart(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		_, _ = file.Close(), os.Remove(file.Name()) // the first error is the one to tell
		return err
	}
	return Settle(file, path)
}

// Settle brings a finished file to the disk and gives it its name in one step; after an error nothing is left of it.
func Settle(file *os.File, path string) error {
	err := file.Sync()
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first error is the one to tell
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// Replace writes a file of these bytes as Whole does: who reads an older one under that name has all of it or all of the new one.
func Replace(path string, data []byte) error {
	return Whole(path, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// Text writes a cell of text, quoted where CSV asks for it.
func (w *Writer) Text(s string) {
	if s == "" {
		w.Empty()
		return
	}
	w.separate()
	if !w.quoted && !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		w.write(s)
		return
	}
	w.write(`"`)
	w.write(strings.ReplaceAll(s, `"`, `""`))
	w.write(`"`)
}

// Number writes a number with the fewest digits that give the same bits back; NaN and infinities give an empty cell.
func (w *Writer) Number(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.Empty()
		return
	}
	w.separate()
	if v == 0 {
		v = 0 // no minus sign on zero
	}
	w.scratch = strconv.AppendFloat(w.scratch[:0], v, 'g', -1, 64)
	w.digits()
}

// Integer writes a whole number.
func (w *Writer) Integer(v int64) {
	w.separate()
	w.scratch = strconv.AppendInt(w.scratch[:0], v, 10)
	w.digits()
}

// Maybe writes a number if it is defined and else an empty cell.
func (w *Writer) Maybe(v float64, defined bool) {
	if !defined {
		v = math.NaN()
	}
	w.Number(v)
}

// Empty writes an empty cell: the value does not exist. In a table of one column it is a pair of quotes, since readers
// skip blank lines.
func (w *Writer) Empty() {
	w.separate()
	if w.quoted || w.columns == 1 {
		w.write(`""`)
	}
}

// EndRow ends the row. It panics unless the row has as many cells as the header: that is the program's own fault.
func (w *Writer) EndRow() {
	if w.cell != w.columns {
		panic(fmt.Sprintf("table: a row of %d cells in a table of %d columns", w.cell, w.columns))
	}
	w.cell = 0
	w.write("\n")
}

// Flush hands all that was written to the operating system.
func (w *Writer) Flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// Close ends the table. A file is flushed, synced to the disk and only then given its name; after an error it is
// removed and the error returned.
func (w *Writer) Close() error {
	_ = w.Flush() // the error stays in w.err
	if w.file == nil {
		return w.err
	}
	if w.err != nil {
		_, _ = w.file.Close(), os.Remove(w.file.Name()) // the first error is the one to tell
	} else {
		w.err = Settle(w.file, w.path)
	}
	if w.err != nil {
		return fmt.Errorf("%s: %w", w.path, w.err)
	}
	return nil
}

// Abort gives the table up and removes its unfinished file.
func (w *Writer) Abort() {
	if w.err == nil {
		w.err = errors.New("table: given up")
	}
	if w.file != nil {
		_ = w.file.Close() // the file goes next
		_ = os.Remove(w.file.Name())
	}
}

// syncFolder makes the new name lasting. Some systems cannot sync a folder, so a failure is no error.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// separate begins a cell.
func (w *Writer) separate() {
	if w.cell > 0 {
		w.write(",")
	}
	w.cell++
}

func (w *Writer) write(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
	}
}

// digits writes the number in scratch.
func (w *Writer) digits() {
	if w.quoted {
		w.scratch = append(append([]byte{'"'}, w.scratch...), '"')
	}
	if w.err == nil {
		_, w.err = w.out.Write(w.scratch)
	}
}
