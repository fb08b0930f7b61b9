package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/output"
)

// mostRows is how many rows of a table the page shows; larger tables are filtered, and if that does not help cut.
const mostRows = 60

// mostCases is how many rows it shows of the table of cases, which is all that such a folder has.
const mostCases = 500

// fewRows is up to how many rows a table is shown with the rows of all its ticks.
const fewRows = 12

// whole lists tables in which a tick is no moment of a history that goes on.
var whole = []string{"facts.csv", "claims.csv", "runs.csv"}

// atEnd lists tables that are shown as they are at the last tick, however few rows they have: the columns that the page shows of them
// do not say the tick, so that rows of several could not be told apart.
var atEnd = []string{"clusters.csv", "synergy.csv", "premium.csv", "series_region.csv", "series_sector.csv"}

// table is a CSV file: its header, the rows that the page shows and how many there are in all.
type table struct {
	name   string // with its ending
	head   []string
	rows   [][]string
	total  int
	latest bool // rows are those of the last tick alone
	cut    bool // there are more rows of the kind shown
}

// table reads a CSV file. Of a file with many rows and a column tick it keeps the rows of the last tick.
func (f *folder) table(name string) (*table, error) {
	file, err := os.Open(filepath.Join(f.dir, name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	t := &table{name: name}
	in := csv.NewReader(output.Stoppable{From: file, Stop: f.stop})
	in.ReuseRecord = true
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: the file is empty: want a header", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t.head = clean(head)
	t.head[0] = strings.TrimPrefix(t.head[0], "\ufeff") // spreadsheets put this mark before the first name
	at := slices.Index(t.head, "tick")
	var first, last [][]string
	most := mostRows
	if name == "cases.csv" {
		most = mostCases
	}
	latest := math.Inf(-1)
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		t.total++
		if len(first) <= most {
			first = append(first, clean(record))
		}
		if at < 0 {
			continue
		}
		switch tick, err := strconv.ParseFloat(record[at], 64); {
		case err != nil || tick < latest:
		case tick > latest:
			latest, last = tick, [][]string{clean(record)}
		case len(last) <= mostRows:
			last = append(last, clean(record))
		}
	}
	t.rows = first
	if t.total > len(last) && len(last) > 0 && (t.total > fewRows && !slices.Contains(whole, name) || slices.Contains(atEnd, name)) {
		t.rows, t.latest = last, true
	}
	if len(t.rows) > most {
		t.rows, t.cut = t.rows[:most], true
	}
	return t, nil
}

// clean copies a record, with what is no UTF-8 replaced.
func clean(record []string) []string {
	out := make([]string, len(record))
	for k, s := range record {
		out[k] = strings.ToValidUTF8(strings.Clone(s), "\ufffd")
	}
	return out
}

// column gives the place of a column, -1 without it.
func (t *table) column(name string) int { return slices.Index(t.head, name) }

// cell gives a value by row and column, "" where there is none.
func (t *table) cell(row int, column string) string {
	if at := t.column(column); at >= 0 && at < len(t.rows[row]) {
		return t.rows[row][at]
	}
	return ""
}

// named gives a table of the folder, nil without it.
func (f *folder) named(name string) *table {
	for _, t := range f.tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

// dictionary reads what dictionary.csv says of columns, by table and by column alone.
func (f *folder) dictionary() map[string]map[string]word {
	all := map[string]map[string]word{}
	file, err := os.Open(filepath.Join(f.dir, "dictionary.csv"))
	if err != nil {
		return all
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil || len(records) == 0 {
		return all // told where the table itself is read
	}
	at := map[string]int{}
	for k, name := range records[0] {
		at[name] = k
	}
	of, column, unit, meaning := -1, -1, -1, -1
	for _, p := range []struct {
		name string
		at   *int
	}{{"table", &of}, {"column", &column}, {"unit", &unit}, {"meaning", &meaning}} {
		if k, ok := at[p.name]; ok {
			*p.at = k
		}
	}
	if column < 0 || unit < 0 || meaning < 0 {
		return all
	}
	for _, r := range records[1:] {
		w := word{strings.ToValidUTF8(r[unit], "\ufffd"), strings.ToValidUTF8(r[meaning], "\ufffd")}
		keys := []string{""}
		if of >= 0 {
			keys = append(keys, r[of])
		}
		for _, key := range keys {
			if all[key] == nil {
				all[key] = map[string]word{}
			}
			if _, known := all[key][r[column]]; !known {
				all[key][r[column]] = w
			}
		}
	}
	return all
}

// meaning is what the dictionary says of a column of a table, if it does.
func (f *folder) meaning(t *table, column string) (word, bool) {
	for _, key := range []string{strings.TrimSuffix(t.name, ".csv"), ""} {
		if w, ok := f.meanings[key][column]; ok {
			return w, true
		}
	}
	return word{}, false
}
