package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
)

// mostNeighbours is how many pairs of neighbours a band may make: each takes some 100 bytes on the way.
const mostNeighbours = 20_000_000

// moranFlags are the flags of the spatial autocorrelation.
type moranFlags struct {
	points, weights string
	band            float64
}

// flagsMoran sets up the spatial autocorrelation.
func flagsMoran(f *pflag.FlagSet) compute {
	o := &moranFlags{}
	f.StringVar(&o.points, "points", "", "`FILE` of places: x,y,value; with --weights value alone, and id if wanted")
	f.Float64Var(&o.band, "band", 0, "places at most this far apart are neighbours, in the unit of the coordinates")
	f.StringVar(&o.weights, "weights", "", "`FILE` of weights: i,j,w; i and j are ids, or rows of the points from 1 if they have no id")
	return o.compute
}

// compute reads places and weights, or makes the weights from the band.
func (o *moranFlags) compute(_ context.Context, j *measurement) (*findings, error) {
	banded := j.cmd.Flags().Changed("band")
	switch {
	case banded == (o.weights != ""):
		return nil, usagef("moran: want either --band or --weights")
	case banded && (!(o.band > 0) || math.IsInf(o.band, 0)):
		return nil, usagef("--band %v: want a distance above 0", o.band)
	}
	x, y := numberColumn("x", "one unit for both, such as km"), numberColumn("y", "one unit for both, such as km")
	if !banded {
		x, y = optionalColumn(x), optionalColumn(y)
	}
	places, err := j.read("points", o.points, optionalColumn(textColumn("id")), x, y, numberColumn("value", ""))
	if err != nil {
		return nil, err
	}
	if err := onceEach(places, "id"); err != nil {
		return nil, err
	}
	var weights []measure.Weight
	if banded {
		weights, err = bandWeights(places, o.band)
	} else {
		weights, err = o.readWeights(j, places)
	}
	if err != nil {
		return nil, err
	}
	out := &findings{columns: []string{"i", "expected", "z", "p"}}
	a, err := measure.Moran(places.numbers("value"), weights)
	switch {
	case errors.Is(err, measure.ErrUndefined):
		j.note("the index does not exist: %s", why(err))
		out.add(blank(4)...)
	case err != nil:
		return nil, places.explain(err)
	default:
		out.add(a.I, a.Expected, a.Z, a.P)
	}
	return out, nil
}

// onceEach wants each text of a column once. The column may be missing.
func onceEach(r *orderedRows, column string) error {
	if !r.Given(column) {
		return nil
	}
	var wrong []table.Fault
	id := r.labels(column)
	for k := 1; k < len(id.Code); k++ {
		if id.Code[k] == id.Code[k-1] {
			wrong = append(wrong, r.fault(k, column, "%q stands twice: want each once", id.Names[id.Code[k]]))
		}
	}
	return asFaults(wrong)
}

// bandWeights makes places within a distance neighbours, unless there would be too many for the memory.
func bandWeights(r *orderedRows, band float64) ([]measure.Weight, error) {
	x, y := r.numbers("x"), r.numbers("y")
	west := make([]int32, len(x))
	for k := range west {
		west[k] = int32(k)
	}
	slices.SortFunc(west, func(a, b int32) int { return cmp.Compare(x[a], x[b]) })
	pairs := 0
	for at, i := range west {
		for _, k := range west[at+1:] {
			if x[k]-x[i] > band {
				break
			}
			if math.Hypot(x[k]-x[i], y[k]-y[i]) <= band {
				pairs++
			}
		}
		if pairs > mostNeighbours {
			return nil, fmt.Errorf("%s: --band %v makes more than %d pairs of neighbours: want a smaller band, or --weights",
				r.File, band, mostNeighbours)
		}
	}
	weights, err := measure.BandWeights(x, y, band)
	return weights, r.explain(err)
}

// readWeights reads weights between places and gives them the places' numbers.
func (o *moranFlags) readWeights(j *measurement, places *orderedRows) ([]measure.Weight, error) {
	kind := table.Column{Kind: table.Integer, In: table.Between(1, float64(places.Rows)), Unit: "a row of the points"}
	if places.Given("id") {
		kind = table.Column{Kind: table.Text}
	}
	first, second := kind, kind
	first.Name, second.Name = "i", "j"
	r, err := j.read("weights", o.weights, first, second, amountColumn("w", ""))
	if err != nil {
		return nil, err
	}
	i, errFirst := places.numbered(r, "i")
	k, errSecond := places.numbered(r, "j")
	if err := errors.Join(errFirst, errSecond); err != nil {
		return nil, err
	}
	out := make([]measure.Weight, len(i))
	var wrong []table.Fault
	for row, w := range r.numbers("w") {
		out[row] = measure.Weight{I: i[row], J: k[row], Value: w}
		if i[row] == k[row] {
			wrong = append(wrong, r.fault(row, "j", "the same place as i: want two different places"))
		}
	}
	slices.SortStableFunc(out, func(a, b measure.Weight) int {
		return cmp.Or(cmp.Compare(a.I, b.I), cmp.Compare(a.J, b.J), cmp.Compare(a.Value, b.Value))
	})
	return out, asFaults(wrong)
}

// numbered gives the place that each row of another table names in a column, by id or by row of the file.
func (r *orderedRows) numbered(other *orderedRows, column string) ([]int32, error) {
	out := make([]int32, len(other.order))
	if !r.Given("id") {
		at := make([]int32, len(r.order))
		for k, row := range r.order {
			at[row] = int32(k)
		}
		n := other.Integers(column)
		for k, row := range other.order {
			out[k] = at[n[row]-1]
		}
		return out, nil
	}
	ids, names := r.labels("id"), other.labels(column) // ids stand in order and once each: a code is a place
	var wrong []table.Fault
	for k, code := range names.Code {
		at, ok := slices.BinarySearch(ids.Names, names.Names[code])
		if out[k] = int32(at); !ok {
			wrong = append(wrong, other.fault(k, column, "%q is no id of %s", names.Names[code], r.File))
		}
	}
	return out, asFaults(wrong)
}
