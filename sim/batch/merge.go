package batch

import (
	"bufio"
	"bytes"
	"container/heap"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"agglo/internal/table"
)

// A Merged says what Merge has found and written.
type Merged struct {
	Runs    int // done or failed
	Failed  int // of Runs
	Missing int
	First   []int // the first of the missing runs, at most 10
	Damaged int   // entries that do not count
	Tables  []Written
}

// Written is a table that Merge has written.
type Written struct {
	Name   string // as in the plan
	Bytes  int64
	SHA256 string
}

// Merge writes the tables of the plan into the folder to, sorted by run, from the journals of all folders dirs. Memory does
// not grow with the number of runs. With runs missing it writes only if partial is set. Each table gets its name when all are
// whole. Two results of one run that differ are an error: then the jobs are not what they were. When ctx is done it stops, with ctx's
// error, and writes no table.
func (p Plan) Merge(ctx context.Context, dirs []string, to string, partial bool) (Merged, error) {
	var m Merged
	var parts []*reader
	ended := newBits(p.Runs)
	for _, dir := range dirs {
		from := p
		from.Dir = dir
		journals, err := from.journals(nil)
		if err != nil {
			return m, err
		}
		for _, path := range journals {
			found, damaged, err := from.parts(ctx, path, ended)
			parts = append(parts, found...)
			m.Damaged += damaged
			if err != nil {
				return m, err
			}
		}
	}
	for run := range p.Runs {
		if ended.has(run) {
			m.Runs++
			continue
		}
		if m.Missing++; len(m.First) < 10 {
			m.First = append(m.First, run)
		}
	}
	if m.Missing > 0 && !partial {
		return m, nil
	}
	return m, p.write(ctx, &m, parts, to)
}

// parts gives the parts of a journal in which runs rise: a session does its runs in order, so there are as many as sessions.
func (p Plan) parts(ctx context.Context, path string, ended bits) (readers []*reader, damaged int, err error) {
	scan, err := p.open(path)
	if err != nil {
		return nil, 0, err
	}
	defer scan.close()
	last, from := -1, int64(0)
	before := int64(0)
	for {
		e, _, ok, err := scan.next()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return readers, scan.damaged, err
		}
		if !ok {
			break
		}
		ended.set(e.Run)
		if e.Run <= last {
			readers = append(readers, scan.part(from, before))
			from = before
		}
		last, before = e.Run, scan.at
	}
	if before > from {
		readers = append(readers, scan.part(from, before))
	}
	return readers, scan.damaged, nil
}

// head is the next entry of a part.
type head struct {
	entry
	block []byte
	from  *reader
}

// heads is a heap by run; done runs stand before failed ones.
type heads []head

func (h heads) Len() int { return len(h) }
func (h heads) Less(i, j int) bool {
	if h[i].Run != h[j].Run {
		return h[i].Run < h[j].Run
	}
	if h[i].Status != h[j].Status {
		return h[i].Status == statusDone
	}
	return bytes.Compare(h[i].block, h[j].block) < 0
}
func (h heads) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push adds an entry; for the heap.
func (h *heads) Push(x any) { *h = append(*h, x.(head)) }

// Pop takes the last entry; for the heap.
func (h *heads) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// each shows one entry of every run, in order.
func each(parts []*reader, show func(head) error) error {
	var h heads
	draw := func(r *reader) error {
		e, block, ok, err := r.next()
		if ok {
			heap.Push(&h, head{e, block, r})
		}
		return err
	}
	for _, r := range parts {
		if err := draw(r); err != nil {
			return err
		}
	}
	last := head{entry: entry{Run: -1}}
	for len(h) > 0 {
		x := heap.Pop(&h).(head)
		if x.Run != last.Run {
			if err := show(x); err != nil {
				return err
			}
			last = x
		} else if x.Status == statusDone && !bytes.Equal(x.block, last.block) {
			return fmt.Errorf("run %d was done twice, with different results (%s, %s): the program or the machine does not give the same bits",
				x.Run, last.from.path, x.from.path)
		}
		if err := draw(x.from); err != nil {
			return err
		}
	}
	return nil
}

// A sheet is a table that is being written.
type sheet struct {
	file *os.File
	w    *bufio.Writer
	hash hash.Hash
	n    int64
}

// Write counts and hashes what goes to the file.
func (s *sheet) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	_, _ = s.hash.Write(b[:n]) // a hash takes all
	s.n += int64(n)
	return n, err
}

// write makes the tables.
func (p Plan) write(ctx context.Context, m *Merged, parts []*reader, to string) (err error) {
	sheets := make([]*sheet, 0, len(p.Tables))
	defer func() {
		for _, s := range sheets {
			_ = s.file.Close()           // closed already unless there was an error
			_ = os.Remove(s.file.Name()) // renamed already
		}
	}()
	for _, t := range p.Tables {
		file, err := table.CreatePart(filepath.Join(to, t.Name+".csv"))
		if err != nil {
			return err
		}
		s := &sheet{file: file, hash: sha256.New()}
		s.w = bufio.NewWriterSize(s, 1<<16)
		sheets = append(sheets, s)
		_, _ = io.WriteString(s.w, t.Head+"\n") // an error stays in w until Flush
	}
	shown := 0
	err = each(parts, func(x head) error {
		shown++
		if x.Status == statusFailed {
			m.Failed++
		}
		for line := range bytes.Lines(x.block) {
			name, cells, _ := bytes.Cut(line, []byte(","))
			for k, t := range p.Tables {
				if t.Name == string(name) {
					_, _ = sheets[k].w.Write(cells) // an error stays in w until Flush
				}
			}
		}
		return ctx.Err()
	})
	if err == nil && shown != m.Runs {
		err = fmt.Errorf("%d of %d runs were taken away while they were put together: the journals of the sweep were repaired meanwhile; merge it again", m.Runs-shown, m.Runs)
	}
	for _, s := range sheets {
		if err == nil {
			err = s.w.Flush()
		}
	}
	for k, s := range sheets {
		if err == nil {
			err = table.Settle(s.file, filepath.Join(to, p.Tables[k].Name+".csv"))
		}
		m.Tables = append(m.Tables, Written{p.Tables[k].Name, s.n, hex.EncodeToString(s.hash.Sum(nil))})
	}
	return err
}
