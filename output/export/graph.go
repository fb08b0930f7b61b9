package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"agglo/internal/table"
)

// at decides on the tick of a file without time: what was asked for, else the last one of the ties. Firms must be known then.
func (f *Folder) at() (int64, error) {
	ties, err := f.ticks("ties")
	if err != nil {
		return 0, err
	}
	tick := ties[len(ties)-1]
	if f.Tick >= 0 {
		tick = int64(f.Tick)
	}
	if !slices.Contains(ties, tick) {
		return 0, fmt.Errorf("ties.csv has no tick %d: want one of %s (agglo run --ties every:N writes more)", tick, list(ties))
	}
	firms, err := f.ticks("firms")
	if err != nil {
		return 0, err
	}
	if !slices.Contains(firms, tick) {
		return 0, fmt.Errorf("firms.csv has no tick %d, though ties.csv has: want one of %s (agglo run --firms every:N writes more)", tick, list(firms))
	}
	return tick, nil
}

// list writes ticks, the first of many.
func list(ticks []int64) string {
	const most = 12
	var words []string
	for _, t := range ticks[:min(len(ticks), most)] {
		words = append(words, strconv.FormatInt(t, 10))
	}
	if len(ticks) > most {
		words = append(words, "...", strconv.FormatInt(ticks[len(ticks)-1], 10))
	}
	return strings.Join(words, ", ")
}

// key reads the key of a firm; a row in which it is none is a fault.
func key(r *rows, k int) (uint64, bool) {
	id, err := strconv.ParseUint(r.Text(k), 10, 64)
	if err != nil {
		r.Fault(k, "%q: want the key of a firm, a whole number below 2^64", r.Text(k))
	}
	return id, err == nil
}

// members is a set of firms by key.
type members map[uint64]int32

// both looks up the two ends of a tie. One that is no firm is a fault.
func (m members) both(r *rows) (a, b int32, ok bool) {
	ends := [2]int32{}
	for k, column := range [2]int{tieFrom, tieTo} {
		id, sound := key(r, column)
		if !sound {
			return 0, 0, false
		}
		at, known := m[id]
		if !known {
			r.Fault(column, "%s is no firm of firms.csv", r.Text(column))
			return 0, 0, false
		}
		ends[k] = at
	}
	return ends[0], ends[1], true
}

// edges writes the ties of every tick as a list: agglo measure network reads it, and so do Gephi (as Source, Target), igraph and
// pandas.
func (f *Folder) edges(out *file) (int64, error) {
	f.describe(out, timeTerms[:1], []term{{name: "date", unit: "date", meaning: "first day of the quarter (ISO 8601)"}}, tieTerms)
	w := table.NewWriter(out, "tick", "date", "from", "to", "weight", "trust_from", "trust_to", "distance_km", "kind")
	n := int64(0)
	err := f.each("ties", tieColumns, func(r *rows) {
		if f.Tick >= 0 && r.Integer(tieTick) != int64(f.Tick) {
			return
		}
		n++
		w.Integer(r.Integer(tieTick))
		w.Text(day(f.date(r.Integer(tieTick))))
		w.Text(r.Text(tieFrom))
		w.Text(r.Text(tieTo))
		w.Number(weight(r))
		w.Number(r.Number(tieTrust))
		w.Number(r.Number(tieBack))
		w.Number(length(r))
		w.Text(r.Text(tieKind))
		w.EndRow()
	})
	if err == nil && n == 0 && f.Tick >= 0 {
		err = fmt.Errorf("ties.csv has no tick %d", f.Tick)
	}
	if fault := w.Close(); err == nil {
		err = fault
	}
	return n, err
}
