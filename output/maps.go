package output

import (
	"math"
	"path/filepath"
	"sort"
	"strconv"

	"agglo/internal/table"
	"agglo/model/world"
	"agglo/sim/num"
)

// heads0 are the headers of the tables that only the first replicate writes as it goes.
var heads0 = map[string][]string{
	"growth": {"tick", "lo", "hi", "firms"},
	"firms":  {"tick", "firm", "sector", "x", "y", "jobs", "age", "technology", "productivity", "cluster"},
	"cells":  {"tick", "cell", "x", "y", "km", "jobs"},

	"cluster_cells": {"tick", "cluster", "cell", "x", "y", "km"},

	"ties": {"tick", "from", "to", "kind", "trust_from", "trust_to", "x1", "y1", "x2", "y2"},
}

// maps writes the firms, cells and ties that are due at a tick: at the start, and as often as was asked for. Those of the
// end are Finish's.
func (r *Recorder) maps(v world.View, tick int) error {
	if r.run.Replicate > 0 {
		return nil
	}
	m := &r.folder.manifest
	if m.TiesEvery > 0 && tick%m.TiesEvery == 0 {
		r.tieRows(v, tick)
	}
	if tick == 0 || m.FirmsEvery > 0 && tick%m.FirmsEvery == 0 {
		return r.mapRows(v, tick)
	}
	return nil
}

// mapRows writes the firms and cells of a tick.
func (r *Recorder) mapRows(v world.View, tick int) error {
	r.shown = tick
	r.firmRows(v, tick)
	r.cellRows(v, tick)
	r.clusterCells(v, tick)
	return r.infrastructureRows(v, tick)
}

// ground writes what does not change: outlines of regions, places and sectors.
func (f *Folder) ground(v world.View) error {
	err := f.write("outline", []string{"id", "name", "ring", "x", "y"}, func(w *table.Writer) {
		for r := range v.Regions() {
			for ring := range v.RegionRings(r) {
				for k := range v.RingPoints(r, ring) {
					p := v.RingPoint(r, ring, k)
					w.Text(v.RegionID(r))
					w.Text(v.RegionName(r))
					w.Integer(int64(ring))
					w.Number(p.X)
					w.Number(p.Y)
					w.EndRow()
				}
			}
		}
	})
	if err != nil {
		return err
	}
	err = f.write("places", []string{"id", "name", "x", "y"}, func(w *table.Writer) {
		for k := range v.Places() {
			p := v.Place(k)
			w.Text(p.ID)
			w.Text(p.Name)
			w.Number(p.At.X)
			w.Number(p.At.Y)
			w.EndRow()
		}
	})
	if err != nil {
		return err
	}
	return f.write("sectors", []string{"id", "name", "group", "emerging", "rank"}, func(w *table.Writer) {
		for s := range v.Sectors() {
			w.Text(v.SectorID(s))
			w.Text(v.SectorName(s))
			w.Text(v.SectorGroup(s))
			if v.SectorEmerging(s) {
				w.Integer(1)
			} else {
				w.Integer(0)
			}
			w.Integer(int64(v.SectorRank(s) + 1))
			w.EndRow()
		}
	})
}

// firmRows writes every firm of a tick, in the order of rows.
func (r *Recorder) firmRows(v world.View, tick int) {
	w := r.firms
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		w.Integer(int64(tick))
		w.Text(key(v.ID(i)))
		w.Text(v.SectorID(v.Sector(i)))
		w.Number(v.X(i))
		w.Number(v.Y(i))
		w.Number(v.Jobs(i))
		w.Number(v.Age(i))
		w.Number(num.Exp(v.LogTech(i)))
		w.Number(ratio(v.ValueAdded(i), v.Jobs(i)))
		w.Integer(int64(v.Cluster(i)))
		w.EndRow()
	}
}

// key writes a firm's id, a whole number below 2^64. A reader that rounds it to a double rounds it alike in every table,
// so tables can still be joined.
func key(id uint64) string { return strconv.FormatUint(id, 10) }

// cellRows writes the jobs of every cell with land.
func (r *Recorder) cellRows(v world.View, tick int) {
	jobs := make([]float64, v.Cells())
	for i := range v.Rows() {
		if v.Living(i) {
			jobs[v.Cell(i)] += v.Jobs(i)
		}
	}
	w := r.cells
	for c := range jobs {
		if v.CellLand(c) <= 0 && jobs[c] == 0 {
			continue
		}
		putCell(w, v, tick, c)
		w.Number(jobs[c] * v.Scale())
		w.EndRow()
	}
}

// collaborationSlots is how many slots for collaborators a row may hold.
const collaborationSlots = world.CollaborationSlots

// tieRows writes the collaborations of a tick, each once, from the row below to the row above.
func (r *Recorder) tieRows(v world.View, tick int) {
	r.linked = tick
	w := r.ties
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		for k := range collaborationSlots {
			j, trust, ok := v.Collaboration(i, k)
			if !ok || j < i {
				continue
			}
			back, _ := v.TrustBack(i, k)
			w.Integer(int64(tick))
			w.Text(key(v.ID(i)))
			w.Text(key(v.ID(j)))
			w.Text("collaboration")
			w.Number(float64(float32(trust)))
			w.Number(float64(float32(back)))
			w.Number(v.X(i))
			w.Number(v.Y(i))
			w.Number(v.X(j))
			w.Number(v.Y(j))
			w.EndRow()
		}
	}
}

// thin is the ratio of one rank to the next in sizes.csv: dense enough for a curve, few enough for a figure.
const thin = 1.02

// sizeTable writes jobs by rank at the last tick, largest first; after the first 50 ranks ever fewer.
func (r *Recorder) sizeTable(v world.View) error {
	var jobs []float64
	for i := range v.Rows() {
		if v.Living(i) {
			jobs = append(jobs, v.Jobs(i))
		}
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(jobs)))
	return r.folder.write("sizes", []string{"tick", "jobs", "rank"}, func(w *table.Writer) {
		for rank := 1; rank <= len(jobs); {
			w.Integer(int64(r.tick))
			w.Number(jobs[rank-1])
			w.Integer(int64(rank))
			w.EndRow()
			next := max(rank+1, int(math.Ceil(float64(rank)*thin)))
			if rank < len(jobs) && next > len(jobs) {
				next = len(jobs)
			}
			rank = next
		}
	})
}

// path gives the file of a table.
func (f *Folder) path(name string) string { return filepath.Join(f.dir, name+".csv") }
