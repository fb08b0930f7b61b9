package output

import (
	"math"
	"path/filepath"

	"agglo/internal/table"
)

// A Series is the rows of series.csv, of series_sector.csv or of series_region.csv as they were written.
type Series struct {
	Replicate []int64
	Tick      []int64
	Group     []string // id of the sector or region; nil for series.csv
	metrics   map[string][]float64
}

// ReadSeries reads a series of a run folder: "series", "series_sector" or "series_region". A missing table is an error that
// is fs.ErrNotExist: a region with one sector has no series by sector.
func ReadSeries(dir, name string) (*Series, error) {
	columns := []table.Column{{Name: "replicate", Kind: table.Integer}, {Name: "tick", Kind: table.Integer}}
	var metrics []string
	group := ""
	for _, w := range dictionaryOf(name)[len(keys):] {
		if w.column == "sector" || w.column == "region" {
			group = w.column
			columns = append(columns, table.Column{Name: group})
			continue
		}
		metrics = append(metrics, w.column)
		columns = append(columns, table.Column{Name: w.column, Kind: table.Number, Gaps: true, Optional: true})
	}
	t, err := table.ReadFile(filepath.Join(dir, name+".csv"), columns, table.Options{AllowNoRows: true})
	if err != nil {
		return nil, err
	}
	s := &Series{Replicate: t.Integers("replicate"), Tick: t.Integers("tick"), metrics: map[string][]float64{}}
	for _, m := range metrics {
		if !t.Given(m) {
			continue
		}
		values := append([]float64(nil), t.Numbers(m)...)
		for row := range values {
			if !t.Has(m, row) {
				values[row] = math.NaN()
			}
		}
		s.metrics[m] = values
	}
	if group != "" {
		labels := t.Labels(group)
		s.Group = make([]string, t.Rows)
		for row := range s.Group {
			s.Group[row] = labels.Names[labels.Code[row]]
		}
	}
	return s, nil
}

// Values gives a metric at a tick, one value a replicate in their order, of one group (empty for series.csv). Replicates
// without a row or a value there are left out.
func (s *Series) Values(metric, group string, tick int) []float64 {
	var out []float64
	for row, v := range s.metrics[metric] {
		if int(s.Tick[row]) == tick && !math.IsNaN(v) && (s.Group == nil || s.Group[row] == group) {
			out = append(out, v)
		}
	}
	return out
}

// Median is the median over replicates of a metric at a tick; NaN if no replicate has it.
func (s *Series) Median(metric, group string, tick int) float64 {
	return median(s.Values(metric, group, tick))
}

// LastTick is the last tick that every replicate has reached; -1 without rows.
func (s *Series) LastTick() int {
	last := map[int64]int64{}
	for row, t := range s.Tick {
		last[s.Replicate[row]] = max(last[s.Replicate[row]], t)
	}
	least := int64(-1)
	for _, t := range last {
		if least < 0 || t < least {
			least = t
		}
	}
	return int(least)
}

// ReadSummary reads summary.csv; numbers that do not exist are NaN.
func ReadSummary(dir string) ([]Statistic, error) {
	columns := []table.Column{{Name: "statistic"}, {Name: "unit"}, {Name: "meaning"}}
	numbers := []string{"value", "lo", "hi", "want_lo", "want_hi"}
	for _, n := range numbers {
		columns = append(columns, table.Column{Name: n, Kind: table.Number, Gaps: true})
	}
	t, err := table.ReadFile(filepath.Join(dir, "summary.csv"), columns, table.Options{AllowNoRows: true})
	if err != nil {
		return nil, err
	}
	text := func(name string, row int) string { l := t.Labels(name); return l.Names[l.Code[row]] }
	number := func(name string, row int) float64 {
		if !t.Has(name, row) {
			return math.NaN()
		}
		return t.Numbers(name)[row]
	}
	out := make([]Statistic, t.Rows)
	for row := range out {
		out[row] = Statistic{
			Name: text("statistic", row), Unit: text("unit", row), Meaning: text("meaning", row),
			Value: number("value", row), Lo: number("lo", row), Hi: number("hi", row),
		}
		if t.Has("want_lo", row) && t.Has("want_hi", row) {
			out[row].Want = Band{number("want_lo", row), number("want_hi", row)}
		}
	}
	return out, nil
}
