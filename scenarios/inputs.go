package scenarios

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"
)

// ioTable holds, by group of sectors, how their input spending falls on the groups that supply them.
type ioTable map[string]map[string]float64

// tableFormat is the format of the shared table.
type tableFormat struct {
	Agglo Number     `key:"agglo" need:"yes" whole:"yes" in:"[1,1]" doc:"version of the format"`
	Rows  []tableRow `key:"rows" need:"yes" doc:"one row a group"`
}

// tableRow is the input spending of a group.
type tableRow struct {
	ID     string            `key:"group" need:"yes" form:"id" doc:"the group that buys"`
	Shares map[string]Number `key:"shares" need:"yes" unit:"1" in:"[0,1]" doc:"share of its input spending by group that sells; sums to 1"`
	Source string            `key:"source" need:"yes" doc:"where the row comes from"`
}

// sharedTable gives the shared table of input shares. It is the same for all scenarios, which read it only.
var sharedTable = sync.OnceValues(readTable)

// readTable reads the shared table of input shares. A fault in it is a mistake of the program, not of its user.
func readTable() (ioTable, error) {
	data, err := builtIn.ReadFile(tableFile)
	if err != nil {
		return nil, fmt.Errorf("the built-in table of input shares: %w", err)
	}
	root, err := parseYAML(tableFile, data, "it comes with the program")
	if err != nil {
		return nil, fmt.Errorf("the built-in table of input shares: %w", err)
	}
	var table tableFormat
	r := &reader{file: tableFile, at: map[string]*yaml.Node{}}
	r.group(root, reflect.ValueOf(&table).Elem(), "")
	if err := r.faults.or(); err != nil {
		return nil, fmt.Errorf("the built-in table of input shares: %w", err)
	}
	rows := ioTable{}
	for _, row := range table.Rows {
		rows[row.ID] = map[string]float64{}
		for _, group := range sortedKeys(row.Shares) {
			rows[row.ID][group] = row.Shares[group].Value
		}
	}
	return rows, nil
}

// takeTable gives the scenario the shared table, and notes the sectors that find no row in it.
func (s *Scenario) takeTable() (err error) {
	if s.rows, err = sharedTable(); err != nil {
		return err
	}
	for _, x := range s.Sectors {
		if x.Inputs == nil && s.rows[x.Group] == nil {
			s.note("sector %s has no inputs, and its group %s is not in the shared table: its input spending falls on all sectors by their size", x.ID, x.Group)
		}
	}
	return nil
}

// inputShares gives, for each sector, the share of its input spending that goes to each sector; rows sum to 1. A sector's
// own row goes before its group's row of the shared table. What a group's row gives to a group is shared out among that
// group's sectors by their size; what it gives to groups that the scenario has not got is left out.
func (s *Scenario) inputShares() [][]float64 {
	size := make([]float64, len(s.Sectors))
	groupSize := map[string]float64{}
	for i, x := range s.Sectors {
		switch {
		case x.Emerging != nil:
			size[i] = x.Emerging.Mature.Value
		case x.Employment != nil:
			size[i] = x.Employment.Value
		}
		groupSize[x.Group] += size[i]
	}
	shares := make([][]float64, len(s.Sectors))
	for i, x := range s.Sectors {
		row := make([]float64, len(s.Sectors))
		for k, supplier := range s.Sectors {
			if x.Inputs != nil {
				row[k] = x.Inputs[supplier.ID].Value
			} else if given := s.rows[x.Group][supplier.Group]; given > 0 && size[k] > 0 {
				row[k] = given * (size[k] / groupSize[supplier.Group])
			}
		}
		if sum(row) <= 0 {
			copy(row, size)
		}
		if sum(row) <= 0 {
			row = slices.Repeat([]float64{1}, len(row))
		}
		total := sum(row)
		for k := range row {
			row[k] /= total
		}
		shares[i] = row
	}
	return shares
}

func sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}

// Groups lists the groups that the shared table of input shares has a row for.
func (s *Scenario) Groups() []string { return slices.Sorted(maps.Keys(s.rows)) }
