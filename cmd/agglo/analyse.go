package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/table"
	"agglo/sim/design"
	"agglo/sim/param"
)

const analyseLong = `analyse reads a design and a program's results and says which factors matter.

  sobol        shares of the results' variance, from a design saltelli: S1 of a factor alone, ST of a factor with all its
               interactions, S2 of two factors (a:b) if the design was made with --second-order
  morris       elementary effects, from a design morris: mu, mu_star (mean size), sigma (curves and interactions)
  regression   standardised coefficients src of a straight line, and r2, the share of variance that it explains
  correlation  Spearman's rank correlation of each factor with the results
  oat          least and greatest result of each factor alone, and their range, from a design oat
  grid         mean result at each value (mean@value), range of the means, eta2, their share of variance; from a design grid

--design is a CSV with one column a factor, --values one with a column of results, a row for each row of the design, in
order. --factors FACTORS.yaml names the columns of the design that are factors, if there are others, and checks that each
value is one that its factor can have. Rows that do not fit the design, and results that are missing or NaN, are refused.

Output: factor,index,value,lo,hi. lo and hi bound an interval of 95 percent: from a bootstrap for sobol and morris. A cell
is empty where an index does not exist, as if all results are the same.`

// analyseFlags are the flags of agglo analyse.
type analyseFlags struct {
	design, values, column, factors, out string
	levels, resamples                    int
	seed                                 uint64
}

// newAnalyse makes agglo analyse.
func newAnalyse(c *console) *cobra.Command {
	f := &analyseFlags{}
	cmd := &cobra.Command{
		Use:   "analyse KIND",
		Short: "Say which factors matter, from a design and any program's results",
		Long:  analyseLong,
		Example: `  agglo analyse sobol --design points.csv --values results.csv
  agglo analyse morris --design points.csv --values results.csv --column jobs
  agglo analyse regression --design points.csv --values results.csv --json`,
		Args: wants(1, 1, "one KIND of "+strings.Join(design.Analyses, ", ")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return design.Analyses, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd, args[0]); err != nil {
				return err
			}
			j := &measurement{c: c, cmd: cmd}
			r, err := j.run(cmd.Context(), func(context.Context, *measurement) (*findings, error) { return f.analyse(j, args[0]) })
			if err != nil {
				return err
			}
			j.tell()
			return r.write(c, f.out)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.design, "design", "", "`FILE` of the design: one column a factor")
	flags.StringVar(&f.values, "values", "", "`FILE` of the results: one row for each row of the design, in order")
	flags.StringVar(&f.column, "column", "", "`NAME` of the column of results, if there are several")
	flags.StringVar(&f.factors, "factors", "", "`FACTORS.yaml` that the design was made from")
	flags.IntVar(&f.levels, "levels", 4, "morris: levels of the design")
	flags.IntVar(&f.resamples, "resamples", 1000, "sobol, morris: resamples of the bootstrap")
	flags.Uint64Var(&f.seed, "seed", 1, "seed of the bootstrap")
	flags.StringVarP(&f.out, "out", "o", "", "write the table to this `FILE`, which appears when it is whole")
	return cmd
}

// check finds mistakes in the command line.
func (f *analyseFlags) check(cmd *cobra.Command, kind string) error {
	if kind == "saltelli" {
		return usagef("saltelli is the design: its analysis is agglo analyse sobol")
	}
	if err := oneOf("KIND", kind, design.Analyses...); err != nil {
		return usagef("%s", strings.TrimPrefix(err.Error(), "--KIND "))
	}
	var wrong []string
	if f.design == "" {
		wrong = append(wrong, "want --design FILE")
	}
	if f.values == "" {
		wrong = append(wrong, "want --values FILE")
	}
	if f.design == "-" && f.values == "-" {
		wrong = append(wrong, "only one of --design and --values can be standard input")
	}
	if cmd.Flags().Changed("levels") && kind != "morris" {
		wrong = append(wrong, "--levels is for analyse morris")
	}
	if f.levels < 2 || f.levels%2 != 0 {
		wrong = append(wrong, fmt.Sprintf("--levels %d: want an even number of at least 2", f.levels))
	}
	if f.resamples < 20 || f.resamples > design.MostResamples {
		wrong = append(wrong, fmt.Sprintf("--resamples %d: want 20 to %d", f.resamples, design.MostResamples))
	}
	if len(wrong) > 0 {
		return usagef("analyse: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// analyse reads the files and computes the indices.
func (f *analyseFlags) analyse(j *measurement, kind string) (*findings, error) {
	d, points, err := f.readDesign(j)
	y, results, errY := f.readValues(j)
	if err := errors.Join(err, errY); err != nil {
		return nil, err
	}
	if points.Rows != results.Rows {
		return nil, fmt.Errorf("%s has %d rows and %s %d: want one result for each point, in order", results.File, results.Rows, points.File,
			points.Rows)
	}
	indices, err := design.Analysis{Kind: kind, Levels: f.levels, Resamples: f.resamples, Seed: f.seed}.Of(d, y)
	var row *design.RowError
	if errors.As(err, &row) && err.Error() == row.Error() {
		return nil, table.Fault{File: points.File, Line: points.Line(row.Row), What: row.Error()}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", points.File, err)
	}
	if !slices.ContainsFunc(y, func(v float64) bool { return v != y[0] }) {
		j.note("%s: the results are all the same: nothing matters, and shares of variance do not exist", results.File)
	}
	r := &findings{columns: []string{"factor", "index", "value", "lo", "hi"}}
	for _, index := range indices {
		r.add(index.Factor, index.Name, index.Value, index.Lo, index.Hi)
	}
	return r, nil
}

// mostMagnitude bounds numbers of designs and results, so that no sum of squares overflows.
const mostMagnitude = 1e140

// readDesign reads the design: the columns of --factors, or all. A column whose first cell is a number is one of numbers.
func (f *analyseFlags) readDesign(j *measurement) (design.Design, *table.Table, error) {
	var factors []design.Factor
	if f.factors != "" {
		var err error
		if factors, err = readFactors(j.c, f.factors); err != nil {
			return design.Design{}, nil, err
		}
	}
	name, data, err := j.slurp(f.design)
	if err != nil {
		return design.Design{}, nil, err
	}
	columns, err := describe(name, data, factors)
	if err != nil {
		return design.Design{}, nil, err
	}
	t, err := table.Read(name, bytes.NewReader(data), columns, table.Options{})
	if err != nil {
		return design.Design{}, nil, err
	}
	j.notes = append(j.notes, t.Notes...)
	d := design.Design{Points: make([][]float64, t.Rows)}
	for i := range d.Points {
		d.Points[i] = make([]float64, len(columns))
	}
	for k, c := range columns {
		d.Names = append(d.Names, c.Name)
		d.Words = append(d.Words, nil)
		if c.Kind == table.Number {
			for i, v := range t.Numbers(c.Name) {
				d.Points[i][k] = v
			}
			continue
		}
		l := t.Labels(c.Name)
		d.Words[k] = l.Names
		for i, code := range l.Code {
			d.Points[i][k] = float64(code)
		}
	}
	return d, t, possible(t, d, factors)
}

// possible finds values that a factor cannot have: the design is not one of these factors.
func possible(t *table.Table, d design.Design, factors []design.Factor) error {
	var faults []table.Fault
	for k, f := range factors {
		for i, point := range d.Points {
			v, text := point[k], strconv.FormatFloat(point[k], 'g', -1, 64)
			ok := f.Words == nil && f.Possible(v)
			if d.Words[k] != nil {
				text = d.Words[k][int(v)]
				ok = slices.Contains(f.Words, text)
			}
			if !ok {
				faults = append(faults, table.Fault{File: t.File, Line: t.Line(i), Name: f.Name, What: text + " is no value of this factor"})
			}
		}
	}
	return asFaults(faults)
}

// describe says what columns to read of a design: those of the factors, or all that the header names.
func describe(file string, data []byte, factors []design.Factor) ([]table.Column, error) {
	number := func(name string) table.Column {
		return table.Column{Name: name, Kind: table.Number, In: table.Between(-mostMagnitude, mostMagnitude)}
	}
	var columns []table.Column
	for _, f := range factors {
		if f.Words != nil {
			columns = append(columns, textColumn(f.Name))
		} else {
			columns = append(columns, number(f.Name))
		}
	}
	if factors != nil {
		return columns, nil
	}
	header, first := headOf(data)
	for k, name := range header {
		_, err := strconv.ParseFloat(strings.TrimSpace(append(first, make([]string, len(header))...)[k]), 64)
		switch {
		case name == "":
			return nil, table.Fault{File: file, Line: 1, What: fmt.Sprintf("column %d has no name: leave it out if it counts rows, or name the factors' columns with --factors", k+1)}
		case slices.ContainsFunc(columns, func(c table.Column) bool { return c.Name == name }):
			continue // the reader of the table says that it stands twice
		case err == nil:
			columns = append(columns, number(name))
		default:
			columns = append(columns, textColumn(name))
		}
	}
	return columns, nil
}

// headOf gives the names of a table's columns and its first row, as far as they can be read.
func headOf(data []byte) (header, first []string) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return nil, nil
	}
	for k := range header {
		header[k] = strings.TrimSpace(header[k])
	}
	if first, err = in.Read(); err != nil {
		first = nil
	}
	return header, first
}

// readValues reads the column of results.
func (f *analyseFlags) readValues(j *measurement) ([]float64, *table.Table, error) {
	name, data, err := j.slurp(f.values)
	if err != nil {
		return nil, nil, err
	}
	header, _ := headOf(data)
	column := f.column
	switch {
	case column == "" && len(header) > 1:
		return nil, nil, usagef("%s has the columns %s: want --column NAME", name, strings.Join(header, ", "))
	case column == "" && len(header) == 1:
		column = header[0]
	case column != "" && len(header) > 0 && !slices.Contains(header, column):
		if near, ok := param.Nearest(column, header); ok {
			return nil, nil, usagef("--column %s: %s has no such column: did you mean %s?", column, name, near)
		}
		return nil, nil, usagef("--column %s: %s has the columns %s", column, name, strings.Join(header, ", "))
	}
	described := table.Column{Name: column, Kind: table.Number, In: table.Between(-mostMagnitude, mostMagnitude)}
	t, err := table.Read(name, bytes.NewReader(data), []table.Column{described}, table.Options{})
	if err != nil {
		return nil, nil, err
	}
	return t.Numbers(column), t, nil
}

// slurp reads a whole file, - being standard input, and gives the name by which messages call it.
func (j *measurement) slurp(path string) (name string, data []byte, err error) {
	if path == "-" {
		data, err = io.ReadAll(j.c.in)
		return "standard input", data, err
	}
	data, err = os.ReadFile(path)
	return path, data, given(path, err)
}
