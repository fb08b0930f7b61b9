package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
)

// flagsLitzenbergerSternberg sets up the cluster index of every region and sector.
func flagsLitzenbergerSternberg(f *pflag.FlagSet) compute {
	file := f.String("units", "", "`FILE` of units: region,sector,employment,firms,area,population; area and population are the region's")
	return func(_ context.Context, j *measurement) (*findings, error) {
		r, err := j.read("units", *file, textColumn("region"), textColumn("sector"), amountColumn("employment", "jobs"), amountColumn("firms", "firms"),
			amountColumn("area", "such as km2"), amountColumn("population", "inhabitants"))
		if err != nil {
			return nil, err
		}
		region, sector := r.labels("region"), r.labels("sector")
		area, errArea := ofRegions(r, region, "area")
		population, errPopulation := ofRegions(r, region, "population")
		if err := errors.Join(errArea, errPopulation); err != nil {
			return nil, err
		}
		n, m := len(region.Names), len(sector.Names)
		if float64(n)*float64(m) > mostCells {
			return nil, fmt.Errorf("%s: %d regions by %d sectors: want at most %d pairs of both", r.File, n, m, mostCells)
		}
		jobs, err := measure.NewCrosstab(region.Code, sector.Code, r.numbers("employment"), n, m)
		if err != nil {
			return nil, r.explain(err)
		}
		firms, err := measure.NewCrosstab(region.Code, sector.Code, r.numbers("firms"), n, m)
		if err != nil {
			return nil, r.explain(err)
		}
		return clusterIndices(j, region.Names, sector.Names, jobs, firms, area, population), nil
	}
}

// ofRegions gives a number that every row of a region repeats. Rows that differ are faults.
func ofRegions(r *orderedRows, region table.Labels, column string) ([]float64, error) {
	x, out := r.numbers(column), make([]float64, len(region.Names))
	first := make([]int, len(out)) // place of the region's first row, from 1
	var wrong []table.Fault
	for k, g := range region.Code {
		switch {
		case first[g] == 0:
			first[g], out[g] = k+1, x[k]
		case x[k] != out[g]:
			wrong = append(wrong, r.fault(k, column, "%v: want the same in all rows of the region %q; line %d has %v",
				x[k], region.Names[g], r.Line(int(r.order[first[g]-1])), out[g]))
		}
	}
	return out, asFaults(wrong)
}

// clusterIndices applies the index to every pair and counts why some do not exist.
func clusterIndices(j *measurement, regions, sectors []string, jobs, firms measure.Crosstab, area, population []float64) *findings {
	sectorJobs, sectorFirms := sectorTotals(jobs), sectorTotals(firms)
	totalArea, totalPopulation := sumOf(area), sumOf(population)
	out := &findings{columns: []string{"region", "sector", "value"}}
	for g, name := range regions {
		if area[g] == 0 || population[g] == 0 {
			j.note("region %s has no area or no inhabitants: no index", name)
		}
		for s := range sectors {
			at := g*len(sectors) + s
			v := measure.LitzenbergerSternberg(measure.ClusterUnit{
				Jobs: jobs.Jobs[at], SectorJobs: sectorJobs[s], Firms: firms.Jobs[at], SectorFirms: sectorFirms[s],
				Area: area[g], TotalArea: totalArea, Population: population[g], TotalPopulation: totalPopulation,
			})
			out.add(name, sectors[s], maybe(v))
			switch {
			case v.Defined || jobs.Jobs[at] == 0 || area[g] == 0 || population[g] == 0:
			case firms.Jobs[at] == 0:
				j.note("region %s, sector %s: jobs without firms: no index", name, sectors[s])
			default:
				j.note("region %s, sector %s: the index is too large for this arithmetic", name, sectors[s])
			}
		}
	}
	for s, name := range sectors {
		if sectorJobs[s] == 0 || sectorFirms[s] == 0 {
			j.note("sector %s has no jobs or no firms: no index", name)
		}
	}
	return out
}

// sectorTotals is the sum of each sector over the regions.
func sectorTotals(c measure.Crosstab) []float64 {
	out := make([]float64, c.Sectors)
	for g := range c.Regions {
		for s, v := range c.Region(g) {
			out[s] += v
		}
	}
	return out
}

func sumOf(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

// helixColumns are the columns of the triple helix behind that of the group.
var helixColumns = []string{"firms", "t_bits", "h_place", "h_sector", "h_size", "h_place_sector", "h_place_size",
	"h_sector_size", "h_place_sector_size", "t0", "term"}

// flagsTripleHelix sets up the mutual information of three classes.
func flagsTripleHelix(f *pflag.FlagSet) compute {
	file := f.String("units", "", "`FILE` of firms, one a row: place,sector,size and, if wanted, region")
	return func(_ context.Context, j *measurement) (*findings, error) {
		r, err := j.read("units", *file, optionalColumn(textColumn("region")), textColumn("place"), textColumn("sector"), textColumn("size"))
		if err != nil {
			return nil, err
		}
		out, err := tripleHelix(r)
		if err != nil {
			return nil, r.explain(err)
		}
		chance, err := measure.TripleHelixByChance(r.labels("place").Code, r.labels("sector").Code, r.labels("size").Code)
		if err != nil {
			return nil, r.explain(err)
		}
		j.note("sizes dealt out among these firms at random make %.4g bits of all of them, on the mean: read t_bits against that", chance)
		return out, nil
	}
}

// tripleHelix lays out all firms in the first row, which names no group, and the groups below: the regions if there are
// any, else the places.
func tripleHelix(r *orderedRows) (*findings, error) {
	name := "place"
	if r.Given("region") {
		name = "region"
	}
	group, place, sector, size := r.labels(name), r.labels("place").Code, r.labels("sector").Code, r.labels("size").Code
	all, err := measure.TripleHelix(place, sector, size)
	if err != nil {
		return nil, err
	}
	n := len(group.Names)
	between, terms := 0.0, make([]float64, n)
	if name == "region" {
		by, err := measure.TripleHelixByRegion(group.Code, place, sector, size, n)
		if err != nil {
			return nil, err
		}
		between = by.Between
		for g, region := range by.Regions {
			terms[g] = region.Part
		}
	} else {
		by, err := measure.TripleHelixByPlace(place, sector, size, n)
		if err != nil {
			return nil, err
		}
		between, terms = by.Between, by.Places
	}
	out := &findings{columns: append([]string{name}, helixColumns...)}
	out.helix("", len(place), all, between, sumOf(terms))
	for from, g := 0, int32(0); from < len(place); g++ {
		to := from
		for to < len(place) && group.Code[to] == g {
			to++
		}
		h, err := measure.TripleHelix(place[from:to], sector[from:to], size[from:to])
		if err != nil {
			return nil, err
		}
		out.helix(group.Names[g], to-from, h, nil, terms[g])
		from = to
	}
	return out, nil
}

// helix adds the row of one group.
func (r *findings) helix(group string, firms int, h measure.Helix, between any, term float64) {
	r.add(group, firms, h.T, h.Place, h.Sector, h.Size, h.PlaceSector, h.PlaceSize, h.SectorSize, h.Joint, between, term)
}
