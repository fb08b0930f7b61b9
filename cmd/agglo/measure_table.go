package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
	"agglo/sim/num"
)

// jobsTable is a table of jobs by region and sector with its names.
type jobsTable struct {
	measure.Crosstab
	regions, sectors []string
	rows             *orderedRows
}

// jobColumns are the columns of a table of jobs.
func jobColumns() []table.Column {
	return []table.Column{textColumn("region"), textColumn("sector"), amountColumn("employment", "jobs")}
}

// newTableFile is the flag of statistics on a table of jobs.
func newTableFile(f *pflag.FlagSet) *string {
	return f.String("table", "", "`FILE` of jobs: region,sector,employment; a pair that is not listed has none")
}

// newBy is the flag that chooses whose index is wanted.
func newBy(f *pflag.FlagSet, usual string) *string {
	return f.String("by", usual, "`WHOSE` index: sector (concentration over regions) or region (specialisation over sectors)")
}

// readTable reads a table of jobs and adds up rows of the same pair.
func readTable(j *measurement, path string) (*jobsTable, error) {
	r, err := j.read("table", path, jobColumns()...)
	if err != nil {
		return nil, err
	}
	region, sector := r.labels("region"), r.labels("sector")
	out := &jobsTable{regions: region.Names, sectors: sector.Names, rows: r}
	if float64(len(region.Names))*float64(len(sector.Names)) > mostCells {
		return nil, fmt.Errorf("%s: %d regions by %d sectors: want at most %d pairs of both",
			r.File, len(region.Names), len(sector.Names), mostCells)
	}
	out.Crosstab, err = measure.NewCrosstab(region.Code, sector.Code, r.numbers("employment"), len(region.Names), len(sector.Names))
	return out, r.explain(err)
}

// flagsLocationQuotient sets up the quotient of every region and sector.
func flagsLocationQuotient(f *pflag.FlagSet) compute {
	file := newTableFile(f)
	return func(_ context.Context, j *measurement) (*findings, error) {
		t, err := readTable(j, *file)
		if err != nil {
			return nil, err
		}
		quotients, err := measure.LocationQuotients(t.Crosstab)
		if err != nil {
			return nil, t.rows.explain(err)
		}
		out := &findings{columns: []string{"region", "sector", "value"}}
		missing := 0
		for k, q := range quotients {
			out.add(t.regions[k/t.Sectors], t.sectors[k%t.Sectors], maybe(q))
			if !q.Defined {
				missing++
			}
		}
		if missing > 0 {
			j.note("quotients that do not exist: %d; their region or their sector has no jobs", missing)
		}
		return out, nil
	}
}

// formula is an index of a part against a whole.
type formula func(part, whole []float64) (float64, error)

// each applies a formula to every region or every sector, as by says, and notes why a value does not exist.
func (t *jobsTable) each(j *measurement, by string, of formula) (*findings, error) {
	names, over := t.sectors, t.BySector
	if by == "region" {
		names, over = t.regions, t.ByRegion
	}
	at := 0
	values, err := over(func(part, whole []float64) (float64, error) {
		v, err := of(part, whole)
		if errors.Is(err, measure.ErrUndefined) {
			j.note("%s %s has no value: %s", by, names[at], why(err))
		}
		at++
		return v, err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %s %s: %w", t.rows.File, by, names[at-1], err)
	}
	out := &findings{columns: []string{by, "value"}}
	for k, v := range values {
		out.add(names[k], maybe(v))
	}
	return out, nil
}

// flagsIndex sets up an index by sector or region; choose gives its formula when the flags are known.
func flagsIndex(f *pflag.FlagSet, usual string, choose func(t *jobsTable, by string) (formula, error)) compute {
	file, by := newTableFile(f), newBy(f, usual)
	return func(_ context.Context, j *measurement) (*findings, error) {
		if err := oneOf("by", *by, "sector", "region"); err != nil {
			return nil, err
		}
		t, err := readTable(j, *file)
		if err != nil {
			return nil, err
		}
		formula, err := choose(t, *by)
		if err != nil {
			return nil, err
		}
		return t.each(j, *by, formula)
	}
}

// flagsHoover sets up the Hoover index.
func flagsHoover(f *pflag.FlagSet) compute {
	return flagsIndex(f, "sector", func(*jobsTable, string) (formula, error) { return measure.Hoover, nil })
}

// flagsKrugman sets up Krugman's index against all, or against one region or sector.
func flagsKrugman(f *pflag.FlagSet) compute {
	against := f.String("against", "", "compare with the `REGION` (or sector, with --by sector) of this name, not with all together")
	return flagsIndex(f, "region", func(t *jobsTable, by string) (formula, error) {
		if *against == "" {
			return measure.Krugman, nil
		}
		if by == "sector" {
			i, err := findName("against", *against, t.sectors)
			other := t.Sector(int(i))
			return func(part, _ []float64) (float64, error) { return measure.Krugman(part, other) }, err
		}
		i, err := findName("against", *against, t.regions)
		other := t.Region(int(i))
		return func(part, _ []float64) (float64, error) { return measure.Krugman(part, other) }, err
	})
}

// flagsGini sets up the three forms of the Gini index.
func flagsGini(f *pflag.FlagSet) compute {
	form := f.String("form", "quotient", "`FORM`: quotient (of location quotients), lorenz (Hoover-Gini) or plain (of jobs)")
	return flagsIndex(f, "sector", func(*jobsTable, string) (formula, error) {
		switch *form {
		case "quotient":
			return measure.GiniLocation, nil
		case "lorenz":
			return measure.GiniLorenz, nil
		}
		return func(part, _ []float64) (float64, error) { return measure.Gini(part) },
			oneOf("form", *form, "quotient", "lorenz", "plain")
	})
}

// flagsHerfindahl sets up the three forms of the Herfindahl-Hirschman index.
func flagsHerfindahl(f *pflag.FlagSet) compute {
	form := f.String("form", "index", "`FORM`: index, normalised (0 to 1) or equivalent (number of equal units)")
	return flagsIndex(f, "sector", func(*jobsTable, string) (formula, error) {
		return func(part, _ []float64) (float64, error) {
			h, err := measure.Herfindahl(part)
			switch {
			case *form == "equivalent":
				return h.Equivalent, err
			case *form == "index" || err != nil:
				return h.H, err
			case !h.Normalised.Defined:
				return 0, fmt.Errorf("hhi: one unit cannot be normalised: %w", measure.ErrUndefined)
			}
			return h.Normalised.Value, nil
		}, oneOf("form", *form, "index", "normalised", "equivalent")
	})
}

// flagsTheil sets up Theil's indices and their parts.
func flagsTheil(f *pflag.FlagSet) compute {
	file := f.String("table", "", "`FILE` of jobs: region,sector,employment; every pair listed is a value")
	by := f.String("by", "region", "`GROUPS` that inequality is parted by: region or sector")
	return func(_ context.Context, j *measurement) (*findings, error) {
		if err := oneOf("by", *by, "region", "sector"); err != nil {
			return nil, err
		}
		r, err := j.read("table", *file, jobColumns()...)
		if err != nil {
			return nil, err
		}
		group, names, x := listed(r, *by)
		return theil(j, r, *by, group, names, x)
	}
}

// listed adds up the rows of each pair of region and sector, and gives the group of each pair.
func listed(r *orderedRows, by string) (group []int32, names []string, x []float64) {
	region, sector, jobs := r.labels("region"), r.labels("sector"), r.numbers("employment")
	of := region
	if by == "sector" {
		of = sector
	}
	for k, e := range jobs {
		if k > 0 && region.Code[k] == region.Code[k-1] && sector.Code[k] == sector.Code[k-1] {
			x[len(x)-1] += e
			continue
		}
		x, group = append(x, e), append(group, of.Code[k])
	}
	return group, of.Names, x
}

// theil lays out the indices of all values in the first row, which names no group, and those of each group below, with
// its parts of the sums within and between.
func theil(j *measurement, r *orderedRows, by string, group []int32, names []string, x []float64) (*findings, error) {
	all, err := measure.Theil(x, group, len(names))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.File, err)
	}
	out := &findings{columns: []string{by, "T", "L", "within", "between"}}
	out.add("", all.T, maybe(all.L), all.Within, all.Between)
	if !all.L.Defined {
		j.note("a value is 0: L does not exist where it counts")
	}
	members, total := make([][]float64, len(names)), 0.0
	for k, g := range group {
		members[g] = append(members[g], x[k])
		total += x[k]
	}
	for g, values := range members {
		own, err := measure.Theil(values, nil, 0)
		if errors.Is(err, measure.ErrUndefined) {
			j.note("%s %s has no jobs: no index of its own", by, names[g])
			out.add(names[g], nil, nil, 0.0, 0.0)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s %s: %w", r.File, by, names[g], err)
		}
		share := 0.0
		for _, v := range values {
			share += v / total
		}
		relative := share * float64(len(x)) / float64(len(values))
		out.add(names[g], own.T, maybe(own.L), float64(share*own.T), float64(share*num.Log(relative)))
	}
	return out, nil
}
