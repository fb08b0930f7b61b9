package plot

import (
	"math"
	"slices"
)

// history is series.csv for figures of one world: the rows of its first point and first policy, one block a
// replicate.
type history struct {
	*table
	blocks [][]int   // rows of a replicate, in order of ticks
	ticks  []float64 // all ticks, in order
	years  []float64 // their calendar years
}

// history returns the runs of the folder's first point and policy.
func (f *folder) history() (*history, error) {
	t, err := f.table("series.csv")
	if err != nil {
		return nil, err
	}
	h := &history{table: t}
	point, policy, run, tick := t.number["point"], t.word["policy"], t.number["run"], t.number["tick"]
	place := map[float64]int{}
	for i := range t.rows {
		same := point[i] == point[0] || math.IsNaN(point[i])
		if !same || policy[i] != policy[0] || math.IsNaN(tick[i]) || math.IsNaN(run[i]) {
			continue
		}
		k, ok := place[run[i]]
		if !ok {
			k = len(h.blocks)
			place[run[i]] = k
			h.blocks = append(h.blocks, nil)
		}
		h.blocks[k] = append(h.blocks[k], i)
		h.ticks = append(h.ticks, tick[i])
	}
	if len(h.ticks) == 0 {
		return nil, skip(f.say("note.empty", "series.csv"))
	}
	slices.Sort(h.ticks)
	h.ticks = slices.Compact(h.ticks)
	for _, b := range h.blocks {
		slices.SortStableFunc(b, func(x, y int) int { return int(tick[x] - tick[y]) })
	}
	for _, t := range h.ticks {
		h.years = append(h.years, f.year(t))
	}
	return h, nil
}

// spread is a column over replicates, tick by tick: the median and the band that holds the middle 80%.
type spread struct{ mid, lo, hi []float64 }

// fold summarises a column, given row by row, over the replicates. Where no replicate has a value there is a gap.
func (h *history) fold(column []float64) spread {
	at := map[float64][]float64{}
	for _, b := range h.blocks {
		for _, i := range b {
			if v := column[i]; !math.IsNaN(v) {
				tick := h.number["tick"][i]
				at[tick] = append(at[tick], v)
			}
		}
	}
	var s spread
	for _, t := range h.ticks {
		values := at[t]
		slices.Sort(values)
		s.mid = append(s.mid, quantile(values, .5))
		s.lo = append(s.lo, quantile(values, .1))
		s.hi = append(s.hi, quantile(values, .9))
	}
	return s
}

// quantile returns the q-th quantile of sorted values by linear interpolation between order statistics (type 7 of
// Hyndman and Fan, 1996, doi:10.1080/00031305.1996.10473566); NaN when there are none.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	k := int(at)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}

// yearly turns counts per row's period into a rate in % of firms a year, over the year that ends with the row: single
// quarters jump too much to be read. Rows before the first full year are gaps.
func (h *history) yearly(counts []float64, tickYears float64) []float64 {
	out := make([]float64, h.rows)
	for i := range out {
		out[i] = math.NaN()
	}
	tick, firms := h.number["tick"], h.number["firms"]
	for _, b := range h.blocks {
		for k := range b {
			sum, stock, n, from := 0.0, 0.0, 0.0, k
			for ; from > 0 && (tick[b[k]]-tick[b[from]])*tickYears < 1-1e-9; from-- {
				sum += counts[b[from]]
				stock += firms[b[from]]
				n++
			}
			span := (tick[b[k]] - tick[b[from]]) * tickYears
			if span >= 1-1e-9 && stock > 0 {
				out[b[k]] = 100 * sum / span / (stock / n)
			}
		}
	}
	return out
}

// scaled returns the values times a factor.
func scaled(values []float64, by float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v * by
	}
	return out
}

// known tells whether any value is there.
func known(values []float64) bool {
	return slices.ContainsFunc(values, func(v float64) bool { return !math.IsNaN(v) })
}

// first and last return the first and the last value that is there, NaN without one.
func first(values []float64) float64 {
	for _, v := range values {
		if !math.IsNaN(v) {
			return v
		}
	}
	return math.NaN()
}

func last(values []float64) float64 {
	for i := len(values) - 1; i >= 0; i-- {
		if !math.IsNaN(values[i]) {
			return values[i]
		}
	}
	return math.NaN()
}
