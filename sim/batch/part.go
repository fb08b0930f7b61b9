package batch

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// What is read at once of a part of a journal, and of its rows, bytes.
const (
	linesAtOnce = 1 << 13
	rowsAtOnce  = 1 << 15
)

// part reads a part of the journal by a reader of its own, which holds no file open: of a sweep in a thousand tasks there are more parts
// than a process may have files.
func (r *reader) part(from, end int64) *reader {
	p := &reader{plan: r.plan, path: r.path, size: r.size, at: from, end: end}
	lines := io.NewSectionReader(&shut{path: r.path}, from, end-from)
	p.lines = bufio.NewReaderSize(lines, int(min(linesAtOnce, end-from)))
	if r.data != nil {
		p.data = &shut{path: dataOf(r.path), ahead: rowsAtOnce}
	}
	return p
}

// shut is a file that is open only while it is read. It keeps what it has read ahead, if it does.
type shut struct {
	path  string
	ahead int // bytes that are read at once; 0 = those asked for
	from  int64
	kept  []byte // from there on
}

// ReadAt is that of the file.
func (s *shut) ReadAt(b []byte, at int64) (int, error) {
	if from := at - s.from; from >= 0 && from+int64(len(b)) <= int64(len(s.kept)) {
		return copy(b, s.kept[from:]), nil
	}
	file, err := os.Open(s.path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if len(b) >= s.ahead {
		return file.ReadAt(b, at)
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	s.from, s.kept = at, make([]byte, max(min(int64(s.ahead), info.Size()-at), 0))
	if _, err := file.ReadAt(s.kept, at); err != nil && !errors.Is(err, io.EOF) {
		s.kept = nil
		return 0, err
	}
	if n := copy(b, s.kept); n < len(b) {
		return n, io.EOF
	}
	return len(b), nil
}
