package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"agglo/model/measure"
)

// flagsDistribution sets up the fits of a sample.
func flagsDistribution(f *pflag.FlagSet) compute {
	file := f.String("values", "", "`FILE` of values, one a row: value")
	top := f.Float64("top", .1, "share of the largest values that the tail is fitted to")
	return func(_ context.Context, j *measurement) (*findings, error) {
		if !(*top > 0 && *top <= 1) {
			return nil, usagef("--top %v: want a share above 0, at most 1", *top)
		}
		r, err := j.read("values", *file, numberColumn("value", ""))
		if err != nil {
			return nil, err
		}
		return distribution(j, r, *top)
	}
}

// distribution gives the one row of a sample. A fit that does not exist leaves its cells empty.
func distribution(j *measurement, r *orderedRows, share float64) (*findings, error) {
	x := r.numbers("value")
	top := measure.TopCount(len(x), share)
	fits := &fitted{to: j, rows: r}
	hill, errHill := measure.Hill(x, min(top, len(x)-1))
	rank, errRank := measure.RankSize(x, top)
	laplace, errLaplace := measure.Laplace(x)
	subbotin, errSubbotin := measure.Subbotin(x)
	gauss, errGauss := measure.Gauss(x)
	contest, errContest := measure.LognormalAgainstPareto(x, top)
	out := &findings{columns: []string{"n", "hill", "rank_size_slope", "se", "laplace_location", "laplace_scale", "subbotin_b",
		"kurtosis", "lognormal_vs_pareto"}}
	out.add(len(x), fits.cell("hill", hill.Exponent, errHill), fits.cell("rank_size_slope", -rank.Exponent, errRank),
		fits.cell("", rank.SE, errRank), fits.cell("laplace", laplace.Location, errLaplace), fits.cell("", laplace.Scale, errLaplace),
		fits.cell("subbotin_b", subbotin.Shape, errSubbotin), fits.cell("kurtosis", gauss.Kurtosis, errGauss),
		fits.cell("lognormal_vs_pareto", contest.Vuong, errContest))
	return out, fits.err
}

// fitted collects the errors of fits.
type fitted struct {
	to   *measurement
	rows *orderedRows
	err  error
}

// cell is the number of a fit, or nil and a note with its name where it does not exist. Values of 0 or below among the
// largest are no mistake: growth rates have them, and have no tail of sizes then.
func (s *fitted) cell(name string, v float64, err error) any {
	var invalid *measure.Invalid
	switch {
	case err == nil:
		return v
	case name == "":
	case errors.As(err, &invalid) && invalid.Array == "sizes" && invalid.Value <= 0:
		s.to.note("%s does not exist: the largest values hold %v, and a tail wants sizes above 0", name, invalid.Value)
	case errors.Is(err, measure.ErrUndefined):
		s.to.note("%s does not exist: %s", name, why(err))
	default:
		s.err = errors.Join(s.err, fmt.Errorf("%s: %w", name, s.rows.explain(err)))
	}
	return nil
}
