package export

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"strconv"

	"agglo/internal/table"
)

// file is a file that is being made. The first error stays; the calls after do nothing.
type file struct {
	f    *os.File
	w    *bufio.Writer
	path string
	n    int64
	tmp  []byte
	err  error
}

// create begins a file beside its place.
func create(path string) (*file, error) {
	if err := table.Replaceable(path); err != nil {
		return nil, err
	}
	f, err := table.CreatePart(path)
	if err != nil {
		return nil, err
	}
	return &file{f: f, w: bufio.NewWriterSize(f, 1<<18), path: path}, nil
}

// Write makes a file a stream.
func (o *file) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	var n int
	n, o.err = o.w.Write(b)
	o.n += int64(n)
	return n, o.err
}

// put writes texts one after another.
func (o *file) put(texts ...string) {
	for _, s := range texts {
		if o.err != nil {
			return
		}
		var n int
		n, o.err = o.w.WriteString(s)
		o.n += int64(n)
	}
}

// number writes a number with the fewest digits that give the same bits back.
func (o *file) number(v float64) {
	o.tmp = appendNumber(o.tmp[:0], v)
	_, _ = o.Write(o.tmp) // the error stays in o.err
}

// integer writes a whole number.
func (o *file) integer(v int64) {
	o.tmp = strconv.AppendInt(o.tmp[:0], v, 10)
	_, _ = o.Write(o.tmp) // the error stays in o.err
}

// whole writes a key.
func (o *file) whole(v uint64) {
	o.tmp = strconv.AppendUint(o.tmp[:0], v, 10)
	_, _ = o.Write(o.tmp) // the error stays in o.err
}

// degrees writes a coordinate with seven decimals, a centimetre.
func (o *file) degrees(v float64) {
	v = math.Round(v*1e7) / 1e7
	if v == 0 {
		v = 0 // no minus sign on zero
	}
	o.tmp = strconv.AppendFloat(o.tmp[:0], v, 'f', -1, 64)
	_, _ = o.Write(o.tmp) // the error stays in o.err
}

// quoted writes a text as JSON has it.
func (o *file) quoted(s string) {
	b, err := json.Marshal(s)
	if err != nil && o.err == nil {
		o.err = err
	}
	_, _ = o.Write(b) // the error stays in o.err
}

// close brings the file to the disk and gives it its name.
func (o *file) close() (int64, error) {
	if o.err == nil {
		o.err = o.w.Flush()
	}
	if o.err != nil {
		o.abort()
	} else {
		o.err = table.Settle(o.f, o.path)
	}
	return o.n, o.err
}

// abort gives the file up.
func (o *file) abort() {
	_ = o.f.Close() // the file goes next
	_ = os.Remove(o.f.Name())
}

// appendNumber writes a number as tables have it.
func appendNumber(to []byte, v float64) []byte {
	if v == 0 {
		v = 0 // no minus sign on zero
	}
	return strconv.AppendFloat(to, v, 'g', -1, 64)
}
