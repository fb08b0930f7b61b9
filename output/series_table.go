package output

import (
	"io"

	"agglo/internal/table"
)

// WriteSeries writes the series.csv of one run from the rows of a gauge of all Metrics: the bytes that the run folder of the
// same run holds. Row k is of tick first + k x every.
func WriteSeries(to io.Writer, run Run, first, every int, rows [][]float64) error {
	w := table.NewWriter(to, names(seriesColumns())...)
	for k, row := range rows {
		keys := []int64{int64(run.Run), int64(run.Point), int64(run.Replicate), int64(run.Seed), int64(first + k*every)}
		for _, key := range keys {
			w.Integer(key)
		}
		w.Text("")
		for _, value := range row {
			w.Number(value)
		}
		w.EndRow()
	}
	return w.Close()
}
