// Package export makes files for other programs from the tables of a run folder: GeoJSON with time for maps, GraphML, GEXF
// and a list of edges for networks, Parquet. It reads tables only and streams them, so memory does not grow with the length of
// a run nor with the number of ties at a tick. Firms bear their keys as ids in every file. What a column is, and in which unit,
// stands in dictionary.csv beside the files.
//
// The same tables give the same bytes.
package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"agglo/output"
)

// A Folder is a run folder that files are made from.
type Folder struct {
	Dir      string
	Manifest *output.Manifest
	// Globe takes a place in the plane, in km, to degrees; nil if it is not known where the plane lies.
	Globe func(x, y float64) (lon, lat float64)
	// Tick is that of the files without time; below 0, the last one that the tables have.
	Tick int
	// Watch is told how many more bytes of tables have been read; may be nil.
	Watch func(bytes int64)

	ctx   context.Context
	to    string
	terms []term // what the files hold, for the dictionary
	most  int    // rows of a block; 0 = mostGathered
}

// Formats says what is to be made.
type Formats struct{ GeoJSON, GraphML, GEXF, Edges, Parquet bool }

// Written is a file that was made, or one that was not and why.
type Written struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
	Rows  int64  `json:"rows"` // features, nodes and edges, or rows
	Note  string `json:"note,omitempty"`
}

// piece makes one file. It returns the number of its rows.
type piece struct {
	name string
	make func(f *Folder, out *file) (int64, error)
}

// pieces lists the files of the formats.
func (x Formats) pieces() []piece {
	var all []piece
	if x.GeoJSON {
		all = append(all, piece{"regions.geojson", (*Folder).regions}, piece{"clusters.geojson", (*Folder).clusters},
			piece{"cells.geojson", (*Folder).cells}, piece{"firms.geojson", (*Folder).firms}, piece{"ties.geojson", (*Folder).ties})
	}
	if x.GraphML {
		all = append(all, piece{"network.graphml", (*Folder).graphML})
	}
	if x.GEXF {
		all = append(all, piece{"network.gexf", (*Folder).gexf})
	}
	if x.Edges {
		all = append(all, piece{"edges.csv", (*Folder).edges})
	}
	return all
}

// Tables lists the tables that the formats read.
func (x Formats) Tables() []string {
	var names []string
	if x.GeoJSON {
		names = append(names, "outline", "clusters", "cells")
	}
	if x.GeoJSON || x.GraphML || x.GEXF {
		names = append(names, "firms", "ties", "sectors")
	}
	if x.Parquet {
		names = append(names, "firms", "ties")
	}
	if x.Edges {
		names = append(names, "ties")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Reads is how many bytes of tables the formats read, for progress.
func (f *Folder) Reads(x Formats) int64 {
	size := func(name string) int64 {
		if info, err := os.Stat(f.path(name)); err == nil {
			return info.Size()
		}
		return 0
	}
	firms, ties := size("firms"), size("ties")
	n := int64(0)
	if x.GeoJSON {
		n += size("clusters") + 2*size("cells") + 2*firms + 2*ties
	}
	if x.GraphML {
		n += 2*firms + 2*ties
	}
	if x.GEXF {
		n += 2*firms + 2*ties
	}
	if x.Edges {
		n += ties
	}
	return n
}

// Write makes the files of the formats in the folder to. What cannot be made, because a table is missing or faulty, is told in
// the error, after all that can be made is there.
func (f *Folder) Write(ctx context.Context, to string, x Formats) ([]Written, error) {
	f.ctx, f.to, f.terms = ctx, to, nil
	if err := os.MkdirAll(to, 0o777); err != nil {
		return nil, err
	}
	var all []Written
	var faults []error
	for _, p := range x.pieces() {
		w, err := f.piece(p)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err != nil {
			w.Note = f.discard(w.File, err, &faults)
		}
		all = append(all, w)
	}
	if x.Parquet {
		made, more := f.parquet(ctx)
		all, faults = append(all, made...), append(faults, more...)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	f.recall(all)
	w, err := f.piece(piece{dictionaryFile, (*Folder).dictionary})
	return append(all, w), errors.Join(append(faults, err)...)
}

// discard removes an older file of a name that could not be made, for it is not of these tables, and says why there is none. What
// is wrong goes to the faults.
func (f *Folder) discard(path string, err error, faults *[]error) (note string) {
	_ = os.Remove(path)
	var none absent
	if errors.As(err, &none) {
		return none.Error()
	}
	*faults = append(*faults, fmt.Errorf("%s was not made: %w", filepath.Base(path), err))
	return "not made: see the error"
}

// piece makes one file; it gets its name when it is whole.
func (f *Folder) piece(p piece) (Written, error) {
	w := Written{File: filepath.Join(f.to, p.name)}
	out, err := create(w.File)
	if err != nil {
		return w, err
	}
	described := len(f.terms)
	w.Rows, err = p.make(f, out)
	if err != nil {
		f.terms = f.terms[:described] // of no file that there is
		out.abort()
		return w, err
	}
	w.Bytes, err = out.close()
	return w, err
}

// absent is why a file cannot be made although nothing is wrong: the run has no such data.
type absent string

// Error makes it an error value.
func (a absent) Error() string { return string(a) }

// path gives the file of a table.
func (f *Folder) path(name string) string { return filepath.Join(f.Dir, name+".csv") }

// missing makes the error of a table that is not there: a fault if the manifest lists it.
func (f *Folder) missing(name string, err error) error {
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, listed := f.Manifest.Tables[name+".csv"]; listed {
		return fmt.Errorf("%s.csv is missing: the manifest lists it, so it was removed after the run", name)
	}
	return absent(fmt.Sprintf("the folder has no %s.csv", name))
}

// date is the first day of the quarter in which a tick lies.
func (f *Folder) date(tick int64) time.Time {
	q := 4*f.Manifest.Start.Year + f.Manifest.Start.Quarter - 1 + int(tick)
	return time.Date(q/4, time.Month(3*(q%4)+1), 1, 0, 0, 0, 0, time.UTC)
}

// day writes a date as ISO 8601 has it.
func day(t time.Time) string { return t.Format("2006-01-02") }
