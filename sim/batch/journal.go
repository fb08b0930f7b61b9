package batch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/table"
)

const (
	statusDone   = "done"
	statusFailed = "failed"
)

// An entry is a line of a journal: it vouches for the rows of a run.
type entry struct {
	Run    int    `json:"run"`
	Key    string `json:"key"`    // of the run in this batch
	Status string `json:"status"` // done or failed
	Offset int64  `json:"offset"` // of the rows in the data file, bytes
	Length int64  `json:"length"`
	CRC    string `json:"crc"` // CRC-32C of the fields before and the rows
}

// key is that of a run in a batch of this identity.
func (p Plan) key(run int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", p.Identity, run))
	return hex.EncodeToString(sum[:8])
}

// sum is the check sum of an entry with its rows.
func (e entry) sum(block []byte) string {
	c := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	fmt.Fprintf(c, "%d %s %s %d %d\n", e.Run, e.Key, e.Status, e.Offset, e.Length)
	_, _ = c.Write(block) // a hash takes all
	return fmt.Sprintf("%08x", c.Sum32())
}

// line is the entry as it stands in a journal, with its end.
func (e entry) line() []byte {
	text, err := json.Marshal(e)
	if err != nil {
		panic("batch: an entry of numbers and words cannot be written: " + err.Error())
	}
	return append(text, '\n')
}

// journals lists the journals of the folder whose shard passes, in order; nil passes all.
func (p Plan) journals(pass func(shard string) bool) ([]string, error) {
	files, err := os.ReadDir(filepath.Join(p.Dir, JournalDir))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var paths []string
	for _, f := range files {
		stem, yes := strings.CutSuffix(f.Name(), ".jsonl")
		if !yes {
			continue
		}
		shard := ""
		if k := strings.LastIndexByte(stem, '.'); k >= 0 {
			shard = stem[:k]
		}
		if pass == nil || pass(shard) {
			paths = append(paths, filepath.Join(p.Dir, JournalDir, f.Name()))
		}
	}
	return paths, nil
}

// Lines is the number of lines of all journals: about that of the runs that have ended, at the cost of a glance.
func (p Plan) Lines() (int, error) {
	paths, err := p.journals(nil)
	lines := 0
	for _, path := range paths {
		text, fault := os.ReadFile(path)
		if fault != nil && err == nil {
			err = fault
		}
		lines += bytes.Count(text, []byte("\n"))
	}
	return lines, err
}

// Fits counts the whole lines of all journals that are entries of this batch, and those that are entries of another one: the key of a
// run is made of the identity of its batch, so that one line tells of which batch a journal is.
func (p Plan) Fits() (own, other int, err error) {
	paths, err := p.journals(nil)
	if err != nil {
		return 0, 0, err
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return own, other, err
		}
		for line := range bytes.Lines(text) {
			var e entry
			switch {
			case json.Unmarshal(line, &e) != nil || !bytes.Equal(e.line(), line): // torn
			case e.Key == p.key(e.Run):
				own++
			default:
				other++
			}
		}
	}
	return own, other, nil
}

// dataOf is the data file of a journal.
func dataOf(journal string) string {
	stem := strings.TrimSuffix(filepath.Base(journal), ".jsonl")
	return filepath.Join(filepath.Dir(filepath.Dir(journal)), DataDir, stem+".csv")
}

// A reader walks the entries of a journal whose rows are there, unharmed.
type reader struct {
	plan    Plan
	path    string // of the journal
	lines   *bufio.Reader
	data    io.ReaderAt // nil if there is none
	size    int64       // of the data
	files   []*os.File  // that are held open
	end     int64       // of the part of the journal that is read
	at      int64       // bytes of the journal read
	damaged int         // lines that are no entries of this batch, or whose rows are harmed or not there
}

// open begins to read a journal.
func (p Plan) open(path string) (*reader, error) {
	r := &reader{plan: p, path: path}
	journal, size, err := r.hold(path)
	if err != nil {
		return nil, err
	}
	r.end = size
	r.lines = bufio.NewReader(io.LimitReader(journal, r.end)) // lines that a living process adds behind are left for another time
	data, size, err := r.hold(dataOf(path))
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		r.close()
		return nil, err
	}
	r.data, r.size = data, size
	return r, nil
}

// hold opens a file until close, and gives its size.
func (r *reader) hold(path string) (*os.File, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close() // the first error is the one to tell
		return nil, 0, err
	}
	r.files = append(r.files, file)
	return file, info.Size(), nil
}

func (r *reader) close() {
	for _, file := range r.files {
		_ = file.Close() // only read from
	}
}

// next gives the next good entry and its rows.
func (r *reader) next() (e entry, block []byte, ok bool, err error) {
	for r.at < r.end {
		line, err := r.lines.ReadBytes('\n')
		r.at += int64(len(line))
		if errors.Is(err, io.EOF) {
			if len(line) > 0 {
				r.damaged++ // torn
			}
			return e, nil, false, nil
		} else if err != nil {
			return e, nil, false, err
		}
		e, block, ok, err = r.check(line)
		if err != nil || ok {
			return e, block, ok, err
		}
		r.damaged++
	}
	return e, nil, false, nil
}

// check says whether a line is an entry of this batch whose rows are there.
func (r *reader) check(line []byte) (e entry, block []byte, ok bool, err error) {
	if json.Unmarshal(line, &e) != nil || !bytes.Equal(e.line(), line) {
		return e, nil, false, nil
	}
	if e.Run < 0 || e.Run >= r.plan.Runs || e.Key != r.plan.key(e.Run) || e.Offset < 0 || e.Length < 0 ||
		e.Offset > r.size || e.Length > r.size-e.Offset {
		return e, nil, false, nil
	}
	block = make([]byte, e.Length)
	if e.Length > 0 {
		if _, err := r.data.ReadAt(block, e.Offset); err != nil {
			return e, nil, false, err
		}
	}
	return e, block, e.CRC == e.sum(block) && (e.Status == statusDone || e.Status == statusFailed), nil
}

// repair cuts torn ends off a journal and its data, and takes out lines that are damaged. It gives their number.
func (p Plan) repair(path string) (int, error) {
	in, err := p.open(path)
	if err != nil {
		return 0, err
	}
	part := path + ".part"
	out, err := os.Create(part)
	if err != nil {
		in.close()
		return 0, err
	}
	w, dataEnd := bufio.NewWriter(out), int64(0)
	for {
		e, _, ok, fault := in.next()
		if err = fault; err != nil || !ok {
			break
		}
		dataEnd = max(dataEnd, e.Offset+e.Length)
		_, _ = w.Write(e.line()) // an error stays in w until Flush
	}
	in.close() // before another file gets its name: Windows allows that to no file that is open
	if err == nil {
		err = w.Flush()
	}
	if err == nil && in.data != nil && dataEnd < in.size {
		err = os.Truncate(dataOf(path), dataEnd)
	}
	if err == nil && in.damaged > 0 {
		return in.damaged, table.Settle(out, path)
	}
	_ = out.Close() // nothing to repair, or the first error is the one to tell
	_ = os.Remove(part)
	return in.damaged, err
}

// place is the first line of the module's own code in a stack, so that a message says where a program broke.
func place(stack []byte) string {
	lines := strings.Split(string(stack), "\n")
	k := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "panic(") })
	for _, line := range lines[max(k, 0):] {
		if file, yes := strings.CutPrefix(line, "\t"); yes && !strings.Contains(file, "/runtime/") {
			file, _, _ = strings.Cut(file, " ")
			return filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
		}
	}
	return "place unknown"
}
