package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"agglo/internal/table"
	"agglo/model/measure"
)

// findings are the table that a statistic gives. A cell is a string, an int, a float64, a bool, or nil where there is no
// value.
type findings struct {
	columns []string
	rows    [][]any
}

// add adds a row.
func (r *findings) add(cells ...any) { r.rows = append(r.rows, cells) }

// maybe is the cell of a number that may not exist.
func maybe(o measure.Optional) any {
	if !o.Defined {
		return nil
	}
	return o.Value
}

// blank is n cells without value.
func blank(n int) []any { return make([]any, n) }

// write prints the table on standard output, or into a file that appears when it is whole: CSV, or JSON if asked for.
func (r *findings) write(c *console, path string) error {
	switch {
	case c.json && (path == "" || path == "-"):
		return r.json(c.out)
	case c.json:
		return table.Whole(path, r.json)
	case path == "" || path == "-":
		return r.csv(table.NewWriter(c.out, r.columns...))
	}
	w, err := table.Create(path, r.columns...)
	if err != nil {
		return err
	}
	return r.csv(w)
}

// csv writes the rows and closes the table.
func (r *findings) csv(w *table.Writer) error {
	for _, row := range r.rows {
		for _, cell := range row {
			switch v := cell.(type) {
			case string:
				w.Text(v)
			case int:
				w.Integer(int64(v))
			case float64:
				w.Number(v)
			case bool:
				w.Text(fmt.Sprint(v))
			default:
				w.Empty()
			}
		}
		w.EndRow()
	}
	return w.Close()
}

// json writes the rows as a list of objects, one a line, with null where there is no value.
func (r *findings) json(to io.Writer) error {
	w := bufio.NewWriter(to)
	keys := make([][]byte, len(r.columns))
	for k, name := range r.columns {
		keys[k], _ = json.Marshal(name) // a string always can be
	}
	before := "[\n  {" // an error of the buffered writer stays in it until Flush
	for _, row := range r.rows {
		_, _ = w.WriteString(before)
		before = ",\n  {"
		for k, cell := range row {
			if v, ok := cell.(float64); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
				cell = nil
			}
			value, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			if k > 0 {
				_, _ = w.WriteString(", ")
			}
			_, _ = w.Write(keys[k])
			_, _ = w.WriteString(": ")
			_, _ = w.Write(value)
		}
		_, _ = w.WriteString("}")
	}
	if len(r.rows) == 0 {
		_, _ = w.WriteString("[")
	}
	_, _ = w.WriteString("\n]\n")
	return w.Flush()
}
