package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
)

// readPoints reads plants with coordinates. Coordinates stand first in the order of rows because the formulas go from
// west to east.
func readPoints(j *measurement, path string, employment table.Column) (*orderedRows, measure.Points, []string, error) {
	r, err := j.read("plants", path, numberColumn("x", "one unit for both, such as km"), numberColumn("y", "one unit for both, such as km"),
		textColumn("sector"), employment)
	if err != nil {
		return nil, measure.Points{}, nil, err
	}
	sector := r.labels("sector")
	return r, measure.Points{X: r.numbers("x"), Y: r.numbers("y"), Sector: sector.Code, Weight: r.numbers("employment")}, sector.Names, nil
}

// densityFlags are the flags of the density of distances.
type densityFlags struct {
	plants    string
	run       string // a run folder whose firms of the last tick are the plants
	figures   string // folder for the table and its figure
	draws     int
	seed      uint64
	level     float64
	threads   int
	distances []float64
	sectors   []string
	weighted  bool
}

// flagsDurantonOverman sets up the density of distances.
func flagsDurantonOverman(f *pflag.FlagSet) compute {
	o := &densityFlags{}
	f.StringVar(&o.plants, "plants", "", "`FILE` of plants: sector,x,y and, if wanted, employment")
	f.StringVar(&o.run, "run", "", "run folder `DIR`: its firms at the last tick are the plants, instead of --plants")
	f.StringVar(&o.figures, "figures", "", "folder `DIR` for kd.csv, its figures and a report, instead of printing the table")
	f.IntVar(&o.draws, "draws", 1000, "random sectors for the envelopes")
	f.Uint64Var(&o.seed, "seed", 1, "seed of the draws")
	f.Float64Var(&o.level, "level", .05, "chance that a random sector leaves the envelope to one side")
	f.Float64SliceVar(&o.distances, "distances", nil, "`DISTANCES` at which the density is wanted, such as 1,5,20; without it 101 from 0 to the median of all pairs")
	f.StringArrayVar(&o.sectors, "sector", nil, "only this `SECTOR`; may be given again")
	f.BoolVar(&o.weighted, "weighted", false, "weigh pairs by the product of their jobs")
	f.IntVar(&o.threads, "threads", 0, "workers; all cores if not given; no result depends on it")
	return o.compute
}

// compute measures one sector after the other.
func (o *densityFlags) compute(ctx context.Context, j *measurement) (*findings, error) {
	options, err := o.options(j)
	if err != nil {
		return nil, err
	}
	r, points, names, err := o.read(j)
	if err != nil {
		return nil, err
	}
	j.figures = o.figures
	if !o.weighted && points.Weight != nil {
		j.note("employment is not used: --weighted weighs pairs by it")
		points.Weight = nil
	}
	sectors, err := o.chosen(names)
	if err != nil {
		return nil, err
	}
	if pairs := distancesAsked(points.Sector, sectors, o.draws); pairs > mostDistances {
		return nil, fmt.Errorf("%s: --draws %d make %.0e distances: want at most %.0e; name fewer sectors with --sector, or take fewer draws",
			r.File, o.draws, pairs, mostDistances)
	}
	if len(options.Distances) == 0 {
		if options.Distances, err = measure.DistanceRange(points.X, points.Y, 100, o.seed); err != nil {
			return nil, r.explain(err)
		}
	}
	out := &findings{columns: []string{"sector", "distance", "kd", "lo", "hi", "global_lo", "global_hi", "localised"}}
	bar := newSteps(j.c, len(sectors), "sector")
	defer bar.end()
	for _, s := range sectors {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d, err := measure.DurantonOverman(points, s, options)
		switch {
		case errors.Is(err, measure.ErrUndefined):
			j.note("sector %s has no density: %s", names[s], why(err))
			out.add(append([]any{names[s]}, blank(7)...)...)
		case err != nil:
			return nil, r.explain(err)
		default:
			for k, at := range options.Distances {
				out.add(names[s], at, d.Kd[k], d.Lo[k], d.Hi[k], d.GlobalLo[k], d.GlobalHi[k], d.Localised)
			}
		}
		bar.step()
	}
	return out, nil
}

// read takes the plants from a file, or from the firms of a run's last tick.
func (o *densityFlags) read(j *measurement) (*orderedRows, measure.Points, []string, error) {
	jobs := table.Column{Name: "employment", Kind: table.Number, Unit: "jobs", In: table.AtLeast(0), Optional: !o.weighted}
	if o.run == "" {
		return readPoints(j, o.plants, jobs)
	}
	if o.plants != "" {
		return nil, measure.Points{}, nil, usagef("--run and --plants: want one of them")
	}
	if err := folderThere(o.run); err != nil {
		return nil, measure.Points{}, nil, err
	}
	r, err := j.read("run", filepath.Join(o.run, "firms.csv"), numberColumn("x", "km"), numberColumn("y", "km"), textColumn("sector"),
		table.Column{Name: "tick", Kind: table.Integer}, table.Column{Name: "jobs", Kind: table.Number, Unit: "jobs", In: table.AtLeast(0)})
	if err != nil {
		return nil, measure.Points{}, nil, err
	}
	ticks := r.Integers("tick")
	last := slices.Max(ticks)
	r.order = slices.DeleteFunc(r.order, func(row int32) bool { return ticks[row] != last })
	sector := r.labels("sector")
	points := measure.Points{X: r.numbers("x"), Y: r.numbers("y"), Sector: sector.Code}
	if o.weighted {
		points.Weight = r.numbers("jobs")
	}
	return r, points, sector.Names, nil
}

// mostDistances is where duranton-overman gives up: a core takes a second for a thousand million, so weeks.
const mostDistances = 1e15

// distancesAsked is the number of distances in the random sectors of a call.
func distancesAsked(sector, wanted []int32, draws int) float64 {
	plants := map[int32]float64{}
	for _, s := range sector {
		plants[s]++
	}
	pairs := 0.0
	for _, s := range wanted {
		pairs += plants[s] * (plants[s] - 1) / 2
	}
	return pairs * float64(draws)
}

// options checks the flags.
func (o *densityFlags) options(j *measurement) (measure.DensityOptions, error) {
	threads, err := workers(j.cmd, o.threads)
	wrong := []error{err}
	if !(o.level > 0 && o.level < .5) {
		wrong = append(wrong, usagef("--level %v: want a number between 0 and 0.5", o.level))
	} else if float64(o.draws)*o.level < 1 || o.draws > 1_000_000 {
		wrong = append(wrong, usagef("--draws %d: want %.0f to 1000000", o.draws, 1/o.level))
	}
	wrong = append(wrong, distances("distances", o.distances))
	slices.Sort(o.distances)
	return measure.DensityOptions{Distances: o.distances, Draws: o.draws, Level: o.level, Seed: o.seed, Threads: threads,
		Weighted: o.weighted}, errors.Join(wrong...)
}

// distances checks a list of distances that a flag gives.
func distances(flag string, list []float64) error {
	for _, d := range list {
		if !(d >= 0) || d > 1e300 {
			return usagef("--%s %v: want numbers of at least 0, in the unit of the coordinates", flag, d)
		}
	}
	return nil
}

// chosen gives the sectors asked for, all if none is named.
func (o *densityFlags) chosen(names []string) ([]int32, error) {
	var out []int32
	var wrong []error
	for _, name := range o.sectors {
		i, err := findName("sector", name, names)
		out, wrong = append(out, i), append(wrong, err)
	}
	if len(o.sectors) == 0 {
		for i := range names {
			out = append(out, int32(i))
		}
	}
	return out, errors.Join(wrong...)
}

// flagsMarconPuech sets up the cumulative share of a sector around plants.
func flagsMarconPuech(f *pflag.FlagSet) compute {
	file := f.String("plants", "", "`FILE` of plants: sector,x,y and, if wanted, employment, which weighs them")
	radii := f.Float64Slice("radii", []float64{1, 5, 20}, "`RADII` in the unit of the coordinates")
	pairs := f.StringArray("pair", nil, "`A,B`: sector B around the plants of A; may be given again; without it every sector around itself")
	return func(ctx context.Context, j *measurement) (*findings, error) {
		if err := distances("radii", *radii); err != nil {
			return nil, err
		}
		r, points, names, err := readPoints(j, *file, optionalColumn(amountColumn("employment", "jobs")))
		if err != nil {
			return nil, err
		}
		both, err := pairsOf(*pairs, names)
		if err != nil {
			return nil, err
		}
		out := &findings{columns: []string{"sector", "neighbour", "r", "m"}}
		bar := newSteps(j.c, len(both), "sector")
		defer bar.end()
		for _, pair := range both {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			neighbour := ""
			if pair[0] != pair[1] {
				neighbour = names[pair[1]]
			}
			m, err := measure.MarconPuech(points, pair[0], pair[1], *radii)
			if err != nil {
				return nil, r.explain(err)
			}
			for k, v := range m {
				out.add(names[pair[0]], neighbour, (*radii)[k], maybe(v))
				if !v.Defined {
					j.note("sector %s, radius %v: none of its plants has a neighbour there, or there is none to find: no value",
						strings.TrimSuffix(names[pair[0]]+" with "+neighbour, " with "), (*radii)[k])
				}
			}
			bar.step()
		}
		return out, nil
	}
}

// pairsOf finds the pairs of sectors asked for; without any it is each sector with itself.
func pairsOf(pairs, names []string) ([][2]int32, error) {
	var out [][2]int32
	var wrong []error
	for _, pair := range pairs {
		a, b, both := strings.Cut(pair, ",")
		if !both {
			wrong = append(wrong, usagef("--pair %s: want two sectors A,B", pair))
			continue
		}
		i, errA := findName("pair", a, names)
		k, errB := findName("pair", b, names)
		out, wrong = append(out, [2]int32{i, k}), append(wrong, errA, errB)
	}
	if len(pairs) == 0 {
		for i := range names {
			out = append(out, [2]int32{int32(i), int32(i)})
		}
	}
	return out, errors.Join(wrong...)
}
