package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"agglo/model/measure"
)

const helpColocation = `Formula pairs of a firm of sector a and a firm of sector b in the same place / all such pairs.
Source  Howard, Newman and Tarp 2016, Journal of Economic Geography 16, before its comparison with chance.
Input   --units place,sector: one row a firm, both as text.
Output  sector_a,sector_b,value for each pair of two sectors once, from 0 to 1.
Empty   never: a sector of the file has a firm.`

const helpMutualInformation = `Formula T_ij = ln(p_ij / (p_i p_j)) of the shares p of a table of counts; in all, sum p_ij T_ij, in nats.
Source  Frenken 2000, Research Policy 29; Theil 1967, Economics and Information Theory.
Input   --counts row,column,count: counts at least 0; rows of the same pair are added up; a pair not listed has none.
Output  row,column,value: the first row names nothing and is of the whole table, at least 0; the others are T_ij, above
        0 where a row and a column meet more often than their sizes make likely.
Empty   T_ij of a pair that never meets.`

// flagsColocation sets up the share of pairs of firms in the same place.
func flagsColocation(f *pflag.FlagSet) compute {
	file := f.String("units", "", "`FILE` of firms, one a row: place,sector")
	return func(ctx context.Context, j *measurement) (*findings, error) {
		r, err := j.read("units", *file, textColumn("place"), textColumn("sector"))
		if err != nil {
			return nil, err
		}
		place, sector := r.labels("place"), r.labels("sector")
		out := &findings{columns: []string{"sector_a", "sector_b", "value"}}
		if len(sector.Names) < 2 {
			j.note("there is one sector: no pairs")
		}
		for a := range sector.Names {
			for b := a + 1; b < len(sector.Names) && ctx.Err() == nil; b++ {
				v, err := measure.Colocation(sector.Code, place.Code, int32(a), int32(b))
				if err != nil {
					return nil, r.explain(err)
				}
				out.add(sector.Names[a], sector.Names[b], v)
			}
		}
		return out, ctx.Err()
	}
}

// flagsMutualInformation sets up what rows and columns of a table tell of each other.
func flagsMutualInformation(f *pflag.FlagSet) compute {
	file := f.String("counts", "", "`FILE` of counts: row,column,count; a pair that is not listed has none")
	return func(_ context.Context, j *measurement) (*findings, error) {
		r, err := j.read("counts", *file, textColumn("row"), textColumn("column"), amountColumn("count", ""))
		if err != nil {
			return nil, err
		}
		row, column := r.labels("row"), r.labels("column")
		n, m := len(row.Names), len(column.Names)
		if float64(n)*float64(m) > mostCells {
			return nil, fmt.Errorf("%s: %d rows by %d columns: want at most %d pairs of both", r.File, n, m, mostCells)
		}
		counts, err := measure.NewCrosstab(row.Code, column.Code, r.numbers("count"), n, m)
		if err != nil {
			return nil, r.explain(err)
		}
		out := &findings{columns: []string{"row", "column", "value"}}
		told, err := measure.MutualInformation(counts.Jobs, m)
		if errors.Is(err, measure.ErrUndefined) {
			j.note("no value: %s", why(err))
			out.add("", "", nil)
			return out, nil
		}
		if err != nil {
			return nil, r.explain(err)
		}
		out.add("", "", told.Total)
		for k, term := range told.Terms {
			out.add(row.Names[k/m], column.Names[k%m], maybe(term))
		}
		return out, nil
	}
}
