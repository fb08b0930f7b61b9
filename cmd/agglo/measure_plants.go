package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
	"agglo/sim/param"
)

// mostCells is the largest table of one class by another, such as sectors by regions, that is laid out in memory.
const mostCells = 100_000_000

// plantFiles are the flags of statistics on plants in regions.
type plantFiles struct{ plants, regions string }

func newPlantFiles(f *pflag.FlagSet) *plantFiles {
	p := &plantFiles{}
	f.StringVar(&p.plants, "plants", "", "`FILE` of plants: region,sector,employment")
	f.StringVar(&p.regions, "regions", "", "`FILE` of regions: region,employment; without it the plants' sums are taken")
	return p
}

// population is plants with the names of their sectors and regions, and the rows they come from.
type population struct {
	measure.Plants
	sectors, regions []string
	rows             *orderedRows
}

// read reads the plants and, if there is a file of them, the regions.
func (p *plantFiles) read(j *measurement) (*population, error) {
	plants, err := j.read("plants", p.plants, textColumn("region"), textColumn("sector"), amountColumn("employment", "jobs"))
	if p.plants == "" {
		return nil, err
	}
	if p.regions == "" {
		if err != nil {
			return nil, err
		}
		return newPopulation(plants), nil
	}
	regions, errRegions := j.read("regions", p.regions, textColumn("region"), amountColumn("employment", "jobs"))
	if err = errors.Join(err, errRegions); err != nil {
		return nil, err
	}
	out := newPopulation(plants)
	return out, out.weigh(j, regions)
}

func newPopulation(r *orderedRows) *population {
	region, sector := r.labels("region"), r.labels("sector")
	return &population{
		Plants: measure.Plants{Region: region.Code, Sector: sector.Code, Employment: r.numbers("employment"),
			Regions: len(region.Names), Sectors: len(sector.Names)},
		sectors: sector.Names, regions: region.Names, rows: r,
	}
}

// weigh takes the regions and their totals from a file. It must name each region once and every region of a plant.
func (p *population) weigh(j *measurement, r *orderedRows) error {
	given, jobs := r.labels("region"), r.numbers("employment")
	var wrong []table.Fault
	for k := 1; k < len(given.Code); k++ {
		if given.Code[k] == given.Code[k-1] {
			wrong = append(wrong, r.fault(k, "region", "%q stands twice: want each region once", given.Names[given.Code[k]]))
		}
	}
	at := make([]int32, len(p.regions))
	for own, name := range p.regions {
		found, ok := slices.BinarySearch(given.Names, name)
		if at[own] = int32(found); ok {
			continue
		}
		hint := ""
		if near, close := param.Nearest(name, given.Names); close {
			hint = "; is " + near + " meant?"
		}
		first := slices.Index(p.rows.Labels("region").Code, int32(own))
		wrong = append(wrong, table.Fault{File: p.rows.File, Line: p.rows.Line(first), Name: "region",
			What: "\"" + name + "\" is not among the regions of " + r.File + hint})
	}
	if err := asFaults(wrong); err != nil {
		return err
	}
	sums := make([]float64, len(given.Names))
	for k, own := range p.Region {
		p.Region[k] = at[own]
		sums[at[own]] += p.Employment[k]
	}
	for k, sum := range sums {
		if sum > jobs[k]*(1+1e-9) {
			j.note("region %s: its plants have %v jobs, more than the %v that %s gives", given.Names[k], sum, jobs[k], r.File)
		}
	}
	p.Regions, p.regions, p.RegionEmployment = len(given.Names), given.Names, jobs
	return nil
}

// flagsEllisonGlaeser sets up the concentration index of plants.
func flagsEllisonGlaeser(f *pflag.FlagSet) compute {
	files := newPlantFiles(f)
	return func(_ context.Context, j *measurement) (*findings, error) {
		p, err := files.read(j)
		if err != nil {
			return nil, err
		}
		index, err := measure.EllisonGlaeser(p.Plants)
		if err != nil {
			return nil, p.rows.explain(err)
		}
		out := &findings{columns: []string{"sector", "plants", "gamma", "g", "h", "z"}}
		for i, a := range index {
			some := a.Plants > 0
			out.add(p.sectors[i], a.Plants, maybe(measure.Optional{Value: a.Gamma, Defined: a.Defined}),
				maybe(measure.Optional{Value: a.G, Defined: some}), maybe(measure.Optional{Value: a.H, Defined: some}),
				maybe(measure.Optional{Value: a.Z, Defined: a.Tested}))
			switch {
			case !some:
				j.note("sector %s has no jobs: no index", p.sectors[i])
			case a.Plants == 1:
				j.note("sector %s has one plant: no gamma", p.sectors[i])
			case !a.Defined:
				j.note("sector %s: all jobs of the economy lie in one region: no gamma", p.sectors[i])
			case !a.Tested:
				j.note("sector %s: G has no variance under the dartboard: no z", p.sectors[i])
			}
		}
		return out, nil
	}
}

// flagsCoagglomeration sets up the co-agglomeration of pairs and of a group.
func flagsCoagglomeration(f *pflag.FlagSet) compute {
	files := newPlantFiles(f)
	group := f.StringSlice("group", nil, "one more row with the index of these `SECTORS` (two or more, A,B,...) as a group")
	return func(_ context.Context, j *measurement) (*findings, error) {
		p, err := files.read(j)
		if err != nil {
			return nil, err
		}
		if n := float64(p.Sectors); n*float64(p.Regions) > mostCells || n*n/2 > mostCells {
			return nil, fmt.Errorf("%s: %d sectors in %d regions: want at most %d pairs of sectors, or of a sector and a region",
				p.rows.File, p.Sectors, p.Regions, mostCells)
		}
		members, err := p.members(*group)
		if err != nil {
			return nil, err
		}
		pairs, err := measure.Coagglomeration(p.Plants)
		if err != nil {
			return nil, p.rows.explain(err)
		}
		out := &findings{columns: []string{"sector_a", "sector_b", "gamma_c"}}
		for _, pair := range pairs {
			out.add(p.sectors[pair.A], p.sectors[pair.B], maybe(pair.Gamma))
			if !pair.Gamma.Defined {
				j.note("sectors %s and %s: one has no jobs, or all jobs of the economy lie in one region: no index",
					p.sectors[pair.A], p.sectors[pair.B])
			}
		}
		if len(pairs) == 0 {
			j.note("the file has one sector: there are no pairs")
		}
		if members == nil {
			return out, nil
		}
		gamma, err := measure.GroupCoagglomeration(p.Plants, members)
		if err != nil && !errors.Is(err, measure.ErrUndefined) {
			return nil, p.rows.explain(err)
		}
		if err != nil {
			j.note("group %s has no index: %s", strings.Join(*group, ","), why(err))
		}
		out.add(strings.Join(*group, ","), "", maybe(measure.Optional{Value: gamma, Defined: err == nil}))
		return out, nil
	}
}

// members finds the sectors of a group, which are named once each.
func (p *population) members(names []string) ([]int32, error) {
	if len(names) == 1 {
		return nil, usagef("--group %s: want two or more sectors, with commas between", names[0])
	}
	var out []int32
	var wrong []error
	for k, name := range names {
		i, err := findName("group", name, p.sectors)
		if err == nil && slices.Contains(names[:k], name) {
			err = usagef("--group: %s stands twice", name)
		}
		wrong = append(wrong, err)
		out = append(out, i)
	}
	slices.Sort(out)
	return out, errors.Join(wrong...)
}
