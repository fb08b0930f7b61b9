package export

import (
	"context"
	"path/filepath"

	"agglo/internal/table"
	"agglo/internal/table/parquet"
)

// parquetTables are the tables that become Parquet files, with the kinds of their columns; those that are not named are text.
var parquetTables = []struct {
	name  string
	kinds map[string]table.Kind
	terms []term
}{
	{"firms", map[string]table.Kind{"tick": table.Integer, "cluster": table.Integer, "x": table.Number, "y": table.Number, "jobs": table.Number,
		"age": table.Number, "technology": table.Number, "productivity": table.Number}, []term{
		{name: "tick", unit: "quarters", meaning: "quarters since the start", span: "0 on"}, firmTerms[0], firmTerms[1],
		{name: "x", unit: "km", meaning: "east of the origin"}, {name: "y", unit: "km", meaning: "north of the origin"}, firmTerms[5],
		{name: "age", unit: "years", meaning: "time since its founding", span: "0 on"}, firmTerms[7],
		{name: "productivity", unit: "worker-years/year/worker", meaning: firmTerms[8].meaning}, firmTerms[9],
	}},
	{"ties", map[string]table.Kind{"tick": table.Integer, "trust_from": table.Number, "trust_to": table.Number, "x1": table.Number, "y1": table.Number,
		"x2": table.Number, "y2": table.Number}, []term{
		{name: "tick", unit: "quarters", meaning: "quarters since the start", span: "0 on"}, tieTerms[0], tieTerms[1], tieTerms[2], tieTerms[4], tieTerms[5],
		{name: "x1", unit: "km", meaning: "place of from, east"}, {name: "y1", unit: "km", meaning: "north"},
		{name: "x2", unit: "km", meaning: "place of to, east"}, {name: "y2", unit: "km", meaning: "north"},
	}},
}

// parquet writes the firms and the ties of every tick as Parquet, with the columns of their tables.
func (f *Folder) parquet(ctx context.Context) ([]Written, []error) {
	var all []Written
	var faults []error
	for _, t := range parquetTables {
		w := Written{File: filepath.Join(f.to, t.name+".parquet")}
		made, err := parquet.Write(ctx, f.path(t.name), w.File, func(column string) table.Kind { return t.kinds[column] })
		if ctx.Err() != nil {
			return all, nil
		}
		w.Rows, w.Bytes = made.Rows, made.Bytes
		if err = f.missing(t.name, err); err != nil {
			w.Note = f.discard(w.File, err, &faults)
		} else {
			f.describe(&file{path: w.File}, t.terms)
		}
		all = append(all, w)
	}
	return all, faults
}
