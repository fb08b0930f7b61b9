package checkpoint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// CreateRecords is Create of a file that is made of records: each part stands in one of its own, in the form of a whole file, with the
// header and a checksum. Damage to such a file costs the records that it touches, see EachRecord.
func CreateRecords(path string, h Header, parts ...Part) error {
	return create(path, func(file *os.File) error {
		for k := range parts {
			if err := write(file, h, parts[k:k+1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// A Damage is a stretch of a file that is no whole record, from its first byte to the one behind its last.
type Damage struct {
	Path     string
	From, To int64
}

// String tells where it is.
func (d Damage) String() string { return fmt.Sprintf("%s, bytes %d to %d", d.Path, d.From, d.To) }

// EachRecord reads the whole records of a file one after another, and shows each to do, whose first error ends it. What Create has
// written is a file of one record. The stretches between whole records come back: a record that is damaged, or that another form of
// program wrote, is never shown, and the next one is looked for behind its beginning.
func EachRecord(path string, do func(f *File) error) ([]Damage, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	end := info.Size()
	if !info.Mode().IsRegular() || end == 0 {
		return []Damage{{path, 0, end}}, nil
	}
	var damages []Damage
	sound := int64(0) // behind the last whole record
	for at := int64(0); at < end; {
		f := &File{path: path, file: file, begin: at}
		size, err := f.read(end - at)
		if errors.Is(err, ErrUnfit) {
			if at, err = next(file, at+1, end); err != nil {
				return damages, err
			}
			continue
		}
		if err == nil {
			err = do(f)
		}
		if err != nil {
			return damages, err
		}
		if at > sound {
			damages = append(damages, Damage{path, sound, at})
		}
		at += size
		sound = at
	}
	if sound < end {
		damages = append(damages, Damage{path, sound, end})
	}
	return damages, nil
}

// next is where the next record may begin, end if there is none.
func next(file io.ReaderAt, at, end int64) (int64, error) {
	b := make([]byte, min(4*chunk, end-at))
	for at < end {
		n, err := file.ReadAt(b[:min(int64(len(b)), end-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return end, err
		}
		if k := bytes.Index(b[:n], []byte(magic)); k >= 0 {
			return at + int64(k), nil
		}
		if n < len(magic) {
			return end, nil
		}
		at += int64(n - len(magic) + 1) // it may lie across two stretches
	}
	return end, nil
}
