package world

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"agglo/sim/checkpoint"
)

// rebuilt are the parts of a world that a checkpoint leaves out: what a setup says, what is made of it, and levers, which do
// not last.
var rebuilt = []string{"Setting", "Params", "Ground", "Levers"}

// Columns lists what a checkpoint of a world holds, a line a column, with types.
func Columns() []string { return checkpoint.Columns(new(World), rebuilt...) }

// Encode writes all that lasts from tick to tick.
func (w *World) Encode(to io.Writer) error { return checkpoint.Encode(to, w, rebuilt...) }

// Decode reads what Encode has written, in size bytes, into a world whose ground is laid out and that has no firm yet. A
// state that does not fit the ground or itself is an error.
func (w *World) Decode(from io.Reader, size int64) error {
	laid := w.shape()
	fresh := World{Setting: w.Setting, Params: w.Params, Ground: w.Ground}
	if err := checkpoint.Decode(from, size, &fresh, rebuilt...); err != nil {
		return err
	}
	*w = fresh
	if err := w.fits(laid); err != nil {
		return err
	}
	w.Firms.recount()
	return nil
}

// columnLength is how many entries a column has.
type columnLength struct {
	name string
	n    int
}

// lengths lists the columns of a part of the world with their lengths.
func lengths(part string, of reflect.Value) []columnLength {
	var all []columnLength
	for k := range of.NumField() {
		if f := of.Type().Field(k); f.IsExported() && of.Field(k).Kind() == reflect.Slice {
			all = append(all, columnLength{part + "." + f.Name, of.Field(k).Len()})
		}
	}
	return all
}

// shape is the lengths of the columns that a ground decides on: by cell, market, sector, region, plane.
func (w *World) shape() []columnLength {
	all := []columnLength{{"Index.Start", len(w.Index.Start)}, {"Money.Treasury", len(w.Money.Treasury)}, {"Sectors", len(w.Sectors)}}
	all = append(all, lengths("Cells", reflect.ValueOf(w.Cells))...)
	all = append(all, lengths("Markets", reflect.ValueOf(w.Markets))...)
	all = append(all, lengths("Base", reflect.ValueOf(w.Base))...)
	all = append(all, lengths("Now", reflect.ValueOf(w.Now))...)
	for _, c := range lengths("Fields", reflect.ValueOf(w.Fields)) {
		if c.name != "Fields.Orders" { // by row
			all = append(all, c)
		}
	}
	return all
}

// fits says what of a state that was read contradicts the ground, or itself, so that a rule would not find its row or cell.
func (w *World) fits(laid []columnLength) error {
	var f faults
	late := map[string]int{"Markets.Arrived": len(w.Markets.Force), "Fields.Crowding": len(w.Cells.Region)}
	for k, c := range w.shape() {
		if n, is := late[c.name]; is && c.n == n {
			continue // made when somebody first arrives, when roads first fill
		}
		f.unless(c.n == laid[k].n, "%s has %d entries: want %d", c.name, c.n, laid[k].n)
	}
	for _, c := range lengths("Firms", reflect.ValueOf(w.Firms)) {
		f.unless(c.n == w.Rows() || c.name == "Firms.More", "%s has %d entries: want %d", c.name, c.n, w.Rows())
	}
	most, sectors := w.Rows()*len(w.Setting.Sectors), len(w.Setting.Sectors) // rows that are new have not ordered yet
	f.unless(len(w.Fields.Orders) <= most && len(w.Fields.Orders)%sectors == 0, "Fields.Orders has %d entries: want a multiple of %d up to %d",
		len(w.Fields.Orders), sectors, most)
	if f == nil {
		w.astray(&f)
	}
	return errors.Join(f...)
}

// faults are what is wrong with a state, the first few of it.
type faults []error

func (f *faults) unless(right bool, format string, args ...any) {
	if !right && len(*f) < 10 {
		*f = append(*f, fmt.Errorf(format, args...))
	}
}

// within notes an index that leads nowhere.
func (f *faults) within(name string, x, n int) bool {
	if x < 0 || x >= n {
		f.unless(false, "%s is %d: want 0 to %d", name, x, n-1)
		return false
	}
	return true
}

// astray notes numbers of rows, cells, sectors and areas that there are not.
func (w *World) astray(to *faults) {
	f, alive := &w.Firms, 0
	for i, id := range f.ID {
		to.within("Firms.Sector", int(f.Sector[i]), len(w.Setting.Sectors)) // a free row is kept for its sector
		if id == 0 {
			continue
		}
		alive++
		to.within("Firms.Cell", int(f.Cell[i]), len(w.Cells.Region))
		to.within("Firms.Cluster", int(f.Cluster[i]), len(w.Past.Lives)+1) // 0 = none
		if to.within("Firms.Area", int(f.Area[i]), len(w.Ground)) {
			to.within("Firms.Base", int(f.Base[i]), w.Ground[f.Area[i]].Cells)
		}
	}
	to.unless(alive == f.Alive, "Firms.Alive is %d: want %d", f.Alive, alive)
	w.tiesAstray(to)
	for k := range w.Past.Groups {
		of := &w.Past.Groups[k]
		to.unless(len(of.Number) == len(of.Cell) && len(of.Jobs) == len(of.Cell), "Past.Groups has %d cells, %d numbers and %d counts of jobs", len(of.Cell), len(of.Number), len(of.Jobs))
		for _, c := range of.Cell {
			to.within("Past.Groups.Cell", int(c), len(w.Cells.Region))
		}
	}
	for k := range w.Facilities {
		of := &w.Facilities[k]
		to.within("Facilities.Institution", of.Institution, len(w.Setting.Institutions))
		to.within("Facilities.Cell", int(of.Cell), len(w.Cells.Region))
		for n := range of.Members {
			to.within("Facilities.Members.Row", int(of.Members[n].Row), w.Rows())
		}
	}
}
