package batch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A store is the two files of a worker.
type store struct {
	mu            sync.Mutex
	data, journal *os.File
	offset        int64  // end of the data
	waiting       []byte // lines of the journal whose rows may not have reached the disk
	broken        error  // the first fault; nothing is written behind it
}

// store makes the files of a worker: files of this session alone, because a process that has lost its lock, and does not know it yet, may
// still add to its own.
func (p Plan) store(index Index, worker int) (*store, error) {
	for number := worker; ; number++ {
		name := fmt.Sprint(number)
		if shard := index.name(); shard != "" {
			name = shard + "." + name
		}
		journal, err := os.OpenFile(filepath.Join(p.Dir, JournalDir, name+".jsonl"), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		return newStore(journal)
	}
}

// newStore is the store of a journal that has just been made; rows go behind what stands in its data file, of which no journal tells.
func newStore(journal *os.File) (*store, error) {
	data, err := os.OpenFile(dataOf(journal.Name()), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		_ = journal.Close() // nothing was written
		return nil, err
	}
	info, err := data.Stat()
	if err != nil {
		_, _ = journal.Close(), data.Close()
		return nil, err
	}
	return &store{journal: journal, data: data, offset: info.Size()}, nil
}

// keep writes the rows of a run, and the line that vouches for them once they are synced.
func (s *store) keep(p Plan, run int, status string, block []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	if _, err := s.data.Write(block); err != nil {
		s.broken = err
		return err
	}
	e := entry{Run: run, Key: p.key(run), Status: status, Offset: s.offset, Length: int64(len(block))}
	e.CRC = e.sum(block)
	s.offset += e.Length
	s.waiting = append(s.waiting, e.line()...)
	if len(s.waiting) > mostWaiting {
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

// close closes the files; what has not been synced by then is given up.
func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.data.Close()
	if fault := s.journal.Close(); err == nil {
		err = fault
	}
	return err
}

// bits is a set of runs.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(k int) bool { return b[k/64]>>(k%64)&1 == 1 }

func (b bits) set(k int) { b[k/64] |= 1 << (k % 64) }
