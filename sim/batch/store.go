package batch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A store is the two files of a worker. They are made when the first run has ended, so that a session which is stopped before leaves
// none behind.
type store struct {
	mu            sync.Mutex
	open          func() (*os.File, error) // makes the journal
	data, journal *os.File                 // nil until there is something to keep
	offset        int64                    // end of the data
	waiting       []byte                   // lines of the journal whose rows may not have reached the disk
	broken        error                    // the first fault; nothing is written behind it
}

// store is that of a worker, with files of this session alone, because a process that has lost its lock, and does not know it yet, may
// still add to its own.
func (p Plan) store(index Index, worker int) *store {
	return &store{open: func() (*os.File, error) {
		for number := worker; ; number++ {
			name := fmt.Sprint(number)
			if shard := index.name(); shard != "" {
				name = shard + "." + name
			}
			journal, err := os.OpenFile(filepath.Join(p.Dir, JournalDir, name+".jsonl"), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o666)
			if !errors.Is(err, fs.ErrExist) {
				return journal, err
			}
		}
	}}
}

// begin makes the files; rows go behind what stands in the data file of a journal that has just been made, of which no journal tells.
func (s *store) begin() error {
	journal, err := s.open()
	if err != nil {
		return err
	}
	data, err := os.OpenFile(dataOf(journal.Name()), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		_, _ = journal.Close(), os.Remove(journal.Name()) // nothing was written
		return err
	}
	s.journal, s.data = journal, data // from here on close closes them
	info, err := data.Stat()
	if err == nil {
		s.offset = info.Size()
	}
	return err
}

// keep writes the rows of a run, and the line that vouches for them once they are synced. The first ones are synced at once: a session
// that is killed within its first second then has something to show, and leaves no journal without a line.
func (s *store) keep(p Plan, run int, status string, block []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	first := s.journal == nil
	if first {
		if s.broken = s.begin(); s.broken != nil {
			return s.broken
		}
	}
	if _, err := s.data.Write(block); err != nil {
		s.broken = err
		return err
	}
	e := entry{Run: run, Key: p.key(run), Status: status, Offset: s.offset, Length: int64(len(block))}
	e.CRC = e.sum(block)
	s.offset += e.Length
	s.waiting = append(s.waiting, e.line()...)
	if first || len(s.waiting) > mostWaiting {
		return s.flush()
	}
	return nil
}

// mostWaiting bounds what waits for the disk, bytes of a journal.
const mostWaiting = 1 << 18

// sync brings rows to the disk, then the lines that vouch for them.
func (s *store) sync() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flush()
}

func (s *store) flush() error {
	if s.broken != nil || len(s.waiting) == 0 {
		return s.broken
	}
	if s.broken = s.data.Sync(); s.broken == nil {
		_, s.broken = s.journal.Write(s.waiting)
	}
	if s.broken == nil {
		s.broken = s.journal.Sync()
	}
	s.waiting = s.waiting[:0]
	return s.broken
}

// close closes the files; what has not been synced by then is given up. A journal without a line, which a full disk leaves, goes with
// its rows.
func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return nil
	}
	own, fault := s.journal.Stat()
	err := errors.Join(s.data.Close(), s.journal.Close())
	if now, gone := os.Stat(s.journal.Name()); fault != nil || gone != nil || !os.SameFile(own, now) {
		return err // what has its name now is the session's that has taken the sweep over
	}
	_, fault = discard(s.journal.Name())
	return errors.Join(err, fault)
}

// discard takes away a journal without a line, and its rows, for which nothing vouches. It says whether it did.
func discard(journal string) (bool, error) {
	info, err := os.Stat(journal)
	if err != nil || info.Size() > 0 || !info.Mode().IsRegular() {
		return false, err
	}
	if err := os.Remove(dataOf(journal)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, os.Remove(journal) // behind its rows: new ones would else go behind those
}

// bits is a set of runs.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(k int) bool { return b[k/64]>>(k%64)&1 == 1 }

func (b bits) set(k int) { b[k/64] |= 1 << (k % 64) }
