package checkpoint

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Format is the version of the form of files.
const Format = 1

// A file is a preamble (magic, Format, CRC of the rest, length of the rest, where the header begins), the parts, and the
// header as JSON. All numbers are little endian.
const (
	magic    = "agglo\x00cp"
	preamble = 32
	// longestHeader is far above what a header takes.
	longestHeader = 1 << 24
)

// ErrUnfit is in the errors of Open and Check for a file that cannot be gone on from: another form, cut short, damaged, of
// another run.
var ErrUnfit = errors.New("the checkpoint does not fit")

// A Header says what a file is of.
type Header struct {
	Program string   `json:"program"` // version that wrote it, for people
	Tick    int      `json:"tick"`
	Seed    uint64   `json:"seed"`
	Facts   []Fact   `json:"facts"`   // what must be the same where the run goes on
	Columns []string `json:"columns"` // what the state is made of, see Columns
	Sizes   []Size   `json:"sizes"`
}

// Fact is something that decides on the run.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Size is the length of a part in bytes.
type Size struct {
	Part  string `json:"part"`
	Bytes int64  `json:"bytes"`
}

// A Part is a named stretch of a file.
type Part struct {
	Name  string
	Write func(to io.Writer) error
}

// Create writes a file: under another name, brought to the disk, and only then given its name, so that a file that is there
// is whole.
func Create(path string, h Header, parts ...Part) error {
	return create(path, func(file *os.File) error { return write(file, h, parts) })
}

// create is Create of what fill writes.
func create(path string, fill func(file *os.File) error) error {
	part := path + ".part"
	file, err := os.Create(part)
	if err != nil {
		return err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part) // the first error is the one to tell
		return fmt.Errorf("checkpoint: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // not all systems can; the file itself is on the disk
		_ = dir.Close()
	}
	return nil
}

// summing counts and sums up what is written through it.
type summing struct {
	to  io.Writer
	n   int64
	crc uint32
}

func (s *summing) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	s.n += int64(n)
	s.crc = crc32.Update(s.crc, crc32.MakeTable(crc32.Castagnoli), b[:n])
	return n, err
}

// write writes the form of a file from where the file stands on, and leaves it behind that.
func write(file *os.File, h Header, parts []Part) error {
	begin, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	to := bufio.NewWriterSize(file, 4*chunk)
	if _, err := to.Write(make([]byte, preamble)); err != nil {
		return err
	}
	sum := &summing{to: to}
	for _, p := range parts {
		before := sum.n
		if err := p.Write(sum); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		h.Sizes = append(h.Sizes, Size{p.Name, sum.n - before})
	}
	head, err := json.Marshal(h)
	if err != nil {
		return err
	}
	at := sum.n
	if _, err := sum.Write(head); err != nil {
		return err
	}
	if err := to.Flush(); err != nil {
		return err
	}
	b := append(make([]byte, 0, preamble), magic...)
	b = binary.LittleEndian.AppendUint32(b, Format)
	b = binary.LittleEndian.AppendUint32(b, sum.crc)
	b = binary.LittleEndian.AppendUint64(b, uint64(sum.n))
	b = binary.LittleEndian.AppendUint64(b, uint64(at))
	_, err = file.WriteAt(b, begin)
	return err
}

// A File is a whole file that is open for reading, or a record of one; see EachRecord.
type File struct {
	Header
	path  string
	file  *os.File
	begin int64 // of the record
}

// Open opens a file and reads it once to see that it is whole.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{path: path, file: file}
	if err := f.whole(); err != nil {
		_ = file.Close() // it was only read
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

func unfit(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnfit, fmt.Sprintf(format, args...))
}

// whole reads a file that holds nothing else.
func (f *File) whole() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return unfit("it is no file")
	}
	size, err := f.read(info.Size())
	if err == nil && size != info.Size() {
		err = unfit("it is cut short or has grown: %d bytes, want %d", info.Size(), size)
	}
	return err
}

// read reads once what begins at f.begin, to see that it is whole, and gives its size; left is how many bytes there are.
func (f *File) read(left int64) (int64, error) {
	b := make([]byte, preamble)
	if n, err := f.file.ReadAt(b, f.begin); n < preamble || string(b[:len(magic)]) != magic {
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		return 0, unfit("it is no checkpoint (%d bytes read)", n)
	}
	if form := binary.LittleEndian.Uint32(b[8:]); form != Format {
		return 0, unfit("it has form %d, and this program reads form %d", form, Format)
	}
	length, at := binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
	if length > uint64(left-preamble) {
		return 0, unfit("it is cut short or has grown: %d bytes, want %d", left, length+preamble)
	}
	sum := &summing{to: io.Discard}
	if _, err := io.Copy(sum, f.stretch(preamble, int64(length))); err != nil {
		return 0, err
	}
	if want := binary.LittleEndian.Uint32(b[12:]); sum.crc != want {
		return 0, unfit("it is damaged: its checksum is %08x, want %08x", sum.crc, want)
	}
	if at > length || length-at > longestHeader {
		return 0, unfit("its header begins at byte %d of %d", at, length)
	}
	head := make([]byte, length-at)
	if _, err := f.file.ReadAt(head, f.begin+preamble+int64(at)); err != nil {
		return 0, err
	}
	if err := json.Unmarshal(head, &f.Header); err != nil {
		return 0, unfit("its header: %v", err)
	}
	unread := int64(at)
	for _, s := range f.Sizes {
		if s.Bytes < 0 || s.Bytes > unread {
			return 0, unfit("its part %q has %d bytes, and %d are left", s.Part, s.Bytes, unread)
		}
		unread -= s.Bytes
	}
	if unread != 0 {
		return 0, unfit("%d bytes belong to no part", unread)
	}
	return preamble + int64(length), nil
}

// Part gives a part to read and its size.
func (f *File) Part(name string) (io.Reader, int64, error) {
	at := int64(preamble)
	for _, s := range f.Sizes {
		if s.Part == name {
			return f.stretch(at, s.Bytes), s.Bytes, nil
		}
		at += s.Bytes
	}
	return nil, 0, fmt.Errorf("%s: %w", f.path, unfit("it has no part %q", name))
}

// stretch gives so many bytes to read from a place behind the beginning on.
func (f *File) stretch(at, bytes int64) io.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(f.file, f.begin+at, bytes), int(min(4*chunk, bytes)))
}

// Check says in what a file is not of the run that is to go on: columns and facts, all at once.
func (f *File) Check(facts []Fact, columns []string) error {
	var faults []string
	here, there := without(columns, f.Columns), without(f.Columns, columns)
	if len(here)+len(there) > 0 {
		faults = append(faults, fmt.Sprintf("it was written by a program (%s) that keeps other state: the file has %s, this program %s",
			f.Program, few(there), few(here)))
	}
	was := map[string]string{}
	for _, x := range f.Facts {
		was[x.Name] = x.Value
	}
	for _, x := range facts {
		if value, ok := was[x.Name]; !ok {
			faults = append(faults, fmt.Sprintf("%s: the file does not say: want %s", x.Name, x.Value))
		} else if value != x.Value {
			faults = append(faults, fmt.Sprintf("%s is %s in the file, and here %s", x.Name, value, x.Value))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%s: %w:\n  %s", f.path, ErrUnfit, strings.Join(faults, "\n  "))
}

// without is what of a list is not in another.
func without(list, other []string) []string {
	in := map[string]bool{}
	for _, x := range other {
		in[x] = true
	}
	var rest []string
	for _, x := range list {
		if !in[x] {
			rest = append(rest, x)
		}
	}
	return rest
}

// few names the first of a list.
func few(list []string) string {
	switch n := len(list); {
	case n == 0:
		return "nothing more"
	case n > 3:
		return fmt.Sprintf("%s and %d more", strings.Join(list[:3], ", "), n-3)
	}
	return strings.Join(list, ", ")
}
