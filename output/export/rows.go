package export

import (
	"os"
	"slices"

	"agglo/internal/table"
)

// rows is a table being read: it stops when the work is called off, and tells how far it is.
type rows struct {
	*table.Stream
	f    *Folder
	n    int
	told int64 // bytes
	size int64
	err  error
}

// watchEvery is how many rows are read between two looks around.
const watchEvery = 4096

// open opens a table.
func (f *Folder) open(name string, columns ...table.Column) (*rows, error) {
	s, err := table.OpenStream(f.path(name), columns...)
	if err != nil {
		return nil, f.missing(name, err)
	}
	r := &rows{Stream: s, f: f}
	if info, err := os.Stat(f.path(name)); err == nil {
		r.size = info.Size()
	}
	return r, nil
}

// next goes to the next row.
func (r *rows) next() bool {
	if r.n++; r.n%watchEvery == 0 {
		if r.err = r.f.ctx.Err(); r.err != nil {
			return false
		}
		r.tell(r.Offset())
	}
	return r.Next()
}

func (r *rows) tell(at int64) {
	if r.f.Watch != nil {
		r.f.Watch(at - r.told)
	}
	r.told = at
}

// end closes the table and says what was wrong with it.
func (r *rows) end() error {
	r.tell(r.size)
	_ = r.Close() // it was only read
	if r.err != nil {
		return r.err
	}
	return r.Err()
}

// each shows every row of a table.
func (f *Folder) each(name string, columns []table.Column, show func(r *rows)) error {
	r, err := f.open(name, columns...)
	if err != nil {
		return err
	}
	for r.next() {
		show(r)
	}
	return r.end()
}

// ticks lists the ticks that a table has, rising.
func (f *Folder) ticks(name string) ([]int64, error) {
	var all []int64
	last := int64(-1)
	err := f.each(name, []table.Column{{Name: "tick", Kind: table.Integer, In: table.AtLeast(0)}}, func(r *rows) {
		if tick := r.Integer(0); tick != last {
			last = tick
			if k, known := slices.BinarySearch(all, tick); !known {
				all = slices.Insert(all, k, tick)
			}
		}
	})
	if err == nil && len(all) == 0 {
		err = absent(name + ".csv has no rows")
	}
	return all, err
}

// spans gives each tick the tick until which what stands there is taken to last: the next one, and behind the last as long as
// the step before it, at least one quarter.
func spans(ticks []int64) map[int64]int64 {
	until := map[int64]int64{}
	for k, t := range ticks {
		switch {
		case k+1 < len(ticks):
			until[t] = ticks[k+1]
		case k > 0:
			until[t] = t + max(1, min(t-ticks[k-1], 4))
		default:
			until[t] = t + 1
		}
	}
	return until
}

// names reads the names of ids from a small table.
func (f *Folder) names(name string) map[string]string {
	of := map[string]string{}
	t, err := table.ReadFile(f.path(name), []table.Column{{Name: "id"}, {Name: "name"}}, table.Options{AllowNoRows: true})
	if err != nil {
		return of // ids stand in for names
	}
	ids, names := t.Labels("id"), t.Labels("name")
	for row := range t.Rows {
		of[ids.Names[ids.Code[row]]] = names.Names[names.Code[row]]
	}
	return of
}
