package output

import (
	"agglo/internal/table"
	"agglo/model/world"
)

// infrastructureRows writes what public works and shared facilities make of the cells at a tick, whose works they are, and, once,
// where institutions stand. A run in which nothing stands has none of these tables.
func (r *Recorder) infrastructureRows(v world.View, tick int) error {
	var cells []int
	for c := range v.Cells() {
		if !v.Infrastructure(c).None() {
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 {
		return nil
	}
	if r.levels == nil {
		if err := r.openInfrastructure(v); err != nil {
			return err
		}
	}
	for _, c := range cells {
		x := v.Infrastructure(c)
		putCell(r.levels, v, tick, c)
		r.levels.Number(x.Transport)
		r.levels.Number(x.Utilities)
		r.levels.Number(x.Communications)
		r.levels.Number(x.Land * v.Scale())
		r.levels.EndRow()
	}
	for k := range v.Policies() {
		book := v.Ledger(k)
		for n := range v.Sites(k) {
			putCell(r.works, v, tick, v.Site(k, n))
			r.works.Text(book.Policy)
			r.works.Text(book.Instrument)
			r.works.Number(book.Works / float64(v.Sites(k)) * v.Scale())
			r.works.EndRow()
		}
	}
	return nil
}

// putCell begins a row of a cell.
func putCell(w *table.Writer, v world.View, tick, c int) {
	at := v.CellMid(c)
	w.Integer(int64(tick))
	w.Integer(int64(c))
	w.Number(at.X)
	w.Number(at.Y)
	w.Number(v.CellKM(c))
}

// openInfrastructure begins the tables, and writes the one that does not change.
func (r *Recorder) openInfrastructure(v world.View) (err error) {
	if r.levels, err = table.Create(r.folder.path("infrastructure"), wordNames("infrastructure")...); err != nil {
		return err
	}
	if r.works, err = table.Create(r.folder.path("works"), wordNames("works")...); err != nil {
		return err
	}
	return r.folder.write("institutions", wordNames("institutions"), func(w *table.Writer) {
		for k := range v.Institutions() {
			one := v.Institution(k)
			w.Text(one.ID)
			w.Text(one.Name)
			w.Text(one.Kind)
			w.Number(one.At.X)
			w.Number(one.At.Y)
			w.EndRow()
		}
	})
}
