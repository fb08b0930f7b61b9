package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"agglo/output"
)

// ends reads series.csv as the values of each column at the first and at the last tick, one a replicate.
func (f *folder) ends() (first, last map[string][]float64, err error) {
	file, err := os.Open(filepath.Join(f.dir, "series.csv"))
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	in := csv.NewReader(output.Stoppable{From: file, Stop: f.stop})
	head, err := in.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("series.csv: %w", err)
	}
	at := slices.Index(head, "tick")
	if at < 0 {
		return nil, nil, errors.New("series.csv:1: no column tick")
	}
	var rows [][]string
	var ticks []float64
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("series.csv: %w", err)
		}
		if tick, err := strconv.ParseFloat(record[at], 64); err == nil {
			rows, ticks = append(rows, record), append(ticks, tick)
		}
	}
	if len(rows) == 0 {
		return nil, nil, nil
	}
	take := func(tick float64) map[string][]float64 {
		of := map[string][]float64{}
		for k, row := range rows {
			if ticks[k] != tick {
				continue
			}
			for c, value := range row {
				if v, err := strconv.ParseFloat(value, 64); err == nil {
					of[head[c]] = append(of[head[c]], v)
				}
			}
		}
		return of
	}
	return take(slices.Min(ticks)), take(slices.Max(ticks)), nil
}
