package plot

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
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

// shape names the columns that the figures take from one table. Other columns may stand in the file and are not read.
type shape struct {
	numbers  []string // must be there
	optional []string // numbers that may be absent: the column is then empty
	words    []string // text that must be there
	labels   []string // text that may be absent
}

// shapes lists the tables of a run folder that figures are made from.
var shapes = map[string]shape{
	"series.csv": {
		numbers: []string{"run", "tick", "firms"},
		optional: []string{"point", "firms_real", "productivity", "wage", "world_wage", "unemployment", "births",
			"deaths", "trust", "suppliers", "collaborators", "technology", "world_technology", "clusters",
			"share_jobs_in_clusters"},
		labels: []string{"policy"},
	},
	"clusters.csv": {
		numbers: []string{"run", "tick", "cluster", "jobs"}, optional: []string{"x", "y", "share_regional_jobs", "other"},
		words: []string{"name"}, labels: []string{"event", "sector_group"},
	},
	"cluster_cells.csv": {numbers: []string{"tick", "cluster", "x", "y", "km"}},
	"synergy.csv":       {numbers: []string{"run", "tick", "cluster", "input", "labour", "knowledge", "trust", "club", "total"}},
	"premium.csv": {numbers: []string{"run", "tick", "cluster", "mix", "sorting", "selection", "input", "labour", "trust", "knowledge", "total"},
		optional: []string{"value_added", "wage"}},
	"firms.csv":   {numbers: []string{"tick", "firm", "x", "y", "jobs"}, optional: []string{"cluster"}, words: []string{"sector"}},
	sitesTable:    {numbers: []string{"tick", "x", "y"}, optional: []string{"run", "members", "service"}, words: []string{"facility", "kind"}},
	levelsOfCells: {numbers: []string{"tick", "x", "y", "km"}, optional: []string{"transport", "utilities", "communications", "land"}},
	worksTable:    {numbers: []string{"tick", "x", "y", "km", "capital"}, words: []string{"policy", "instrument"}},
	houses:        {numbers: []string{"x", "y"}},
	kdTable:       {numbers: []string{"distance", "kd", "lo", "hi"}, optional: []string{"global_lo", "global_hi"}, words: []string{"sector"}, labels: []string{"localised"}},
	scalingTable:  {numbers: []string{"firms", "clustered", "threads", "ns_per_firm_tick", "bytes_per_firm", "seconds_to_start"}},
	"ties.csv":    {numbers: []string{"tick", "trust_from", "trust_to", "x1", "y1", "x2", "y2"}, optional: []string{"from", "to"}},
	"outline.csv": {numbers: []string{"ring", "x", "y"}, words: []string{"id", "name"}},
	"places.csv":  {numbers: []string{"x", "y"}, words: []string{"id", "name"}},
	"sectors.csv": {optional: []string{"rank"}, words: []string{"id", "name"}},
	"growth.csv":  {numbers: []string{"tick", "lo", "hi", "firms"}},
	"sizes.csv":   {numbers: []string{"tick", "jobs", "rank"}},
	"cells.csv":   {numbers: []string{"tick", "cell", "x", "y", "km", "jobs"}},
	"summary.csv": {numbers: []string{"value"}, optional: []string{"lo", "hi"}, words: []string{"statistic"}},
	"effects.csv": {numbers: []string{"tick", "baseline", "effect", "lo", "hi"}, optional: []string{"replicates", "p_adjusted", "variance_reduction"}, words: []string{"metric", "policy"}},
	"costs.csv": {
		numbers:  []string{"net_cost", "net_jobs", "cost_per_net_job"},
		optional: []string{"net_cost_lo", "net_cost_hi", "net_jobs_lo", "net_jobs_hi", "cost_per_net_job_lo", "cost_per_net_job_hi", "stops"},
		words:    []string{"policy"},
	},
	"facts.csv": {
		numbers: []string{"value", "lo", "hi", "band_lo", "band_hi", "seeds", "tick"}, words: []string{"id", "statistic", "role", "verdict"},
	},
	"published.csv": {
		numbers: []string{"value", "lo", "hi", "smallest", "seeds"},
		words:   []string{"id", "statistic", "unit", "expected", "verdict", "standing"},
	},
	"claims.csv": {
		numbers: []string{"effect", "lo", "hi", "relative", "relative_lo", "relative_hi", "pairs"},
		words:   []string{"test", "quote", "unit", "verdict", "standing"},
	},
	"ledger.csv": {
		numbers: []string{"tick", "gross", "admin"}, optional: []string{"run", "guarantee_loss", "tax_back", "private_levered"}, words: []string{"policy"},
	},
	"sensitivity.csv": {
		numbers: []string{"tick", "value", "lo", "hi"}, words: []string{"stage", "policy", "metric", "statistic", "factor", "index"},
	},
	"tornado.csv": {
		numbers: []string{"tick", "at_low", "at_low_lo", "at_low_hi", "at_high", "at_high_lo", "at_high_hi"}, words: []string{"policy", "metric", "factor"},
	},
	"parameters.csv": {numbers: []string{"point", "lo", "hi"}, words: []string{"parameter", "told"}},
	"densities.csv":  {numbers: []string{"from", "to", "prior", "posterior"}, words: []string{"parameter"}},
	"fit.csv":        {numbers: []string{"wanted", "tolerance", "weight", "simulated", "lo", "hi", "off"}, words: []string{"target", "held_out"}},
	"mixes.csv": {
		numbers: []string{"search_score", "search_cost", "fresh_score", "fresh_lo", "fresh_hi", "fresh_cost", "fresh_cost_lo", "fresh_cost_hi", "chance_best", "p_adjusted"},
		words:   []string{"name", "front"},
	},
	"targets.csv": {
		numbers: []string{"target", "tick", "tick_since", "published", "lo", "hi", "simulated"},
		words:   []string{"what", "metric", "sectors", "regions", "place", "km", "kind", "verdict", "role"},
	},
	"targets_path.csv": {numbers: []string{"run", "tick", "target", "value"}},
	"pairs.csv":        {numbers: []string{"net_cost", "net_jobs"}, words: []string{"policy"}},
	"dictionary.csv":   {words: []string{"column", "unit"}},
	levelsTable: {
		numbers:  []string{"points", "mean"},
		optional: []string{"sd", "lo", "hi", "n"},
		words:    []string{"factor", "metric", "kind", "level", "over"}, labels: []string{"policy", "from"},
	},
	gridTable: {numbers: []string{"runs", "mean"}, words: []string{"x_name", "y_name", "x", "y", "metric"}, labels: []string{"policy"}},
}

// table is one file by columns. An absent value is NaN or "".
type table struct {
	rows   int
	number map[string][]float64
	word   map[string][]string
}

// mostFaults bounds how many faulty values of one file are told: a file spoilt by a wrong separator has as many faults
// as rows.
const mostFaults = 10

// readHashed takes the columns of a shape from a CSV file with a header, and gives the SHA-256 of the file where it could be read to its
// end. stop ends the reading with its error; nil = never. A file that does not exist is fs.ErrNotExist. Faults are returned together as path:row:column: name = value: what is wanted;
// rows count from 1, the header being 1.
func readHashed(dir, name string, stop func() error) (t *table, sum string, err error) {
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	hash := sha256.New()
	all := io.TeeReader(output.Stoppable{From: file, Stop: stop}, hash)
	t, err = readFrom(all, name, filepath.Join(dir, name))
	if _, broken := io.Copy(io.Discard, all); broken == nil { // what stands behind a fault
		sum = hex.EncodeToString(hash.Sum(nil))
	}
	return t, sum, err
}

// readFrom is readHashed of an open file; path is what faults call it.
func readFrom(file io.Reader, name, path string) (*table, error) {
	in := csv.NewReader(file)
	in.ReuseRecord = true
	head, err := in.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s:1: the file is empty: want a header", path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	at, err := find(shapes[name], path, slices.Clone(head))
	if err != nil {
		return nil, err
	}
	t := &table{number: map[string][]float64{}, word: map[string][]string{}}
	var faults []error
	known := map[string]string{}
	for row := 2; len(faults) < mostFaults; row++ {
		record, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", path, err))
			break
		}
		t.rows++
		for _, c := range at {
			faults = append(faults, t.add(path, row, c, record, known)...)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return t, nil
}

// column is one column of a shape and its place in the file, from 0; -1 when the file has none.
type column struct {
	name string
	at   int
	text bool
}

// find looks up the columns of a table by name.
func find(s shape, file string, head []string) ([]column, error) {
	if len(head) > 0 {
		head[0] = strings.TrimPrefix(head[0], "\ufeff") // spreadsheets put this mark before the first name
	}
	var found []column
	var faults []error
	look := func(names []string, text, must bool) {
		for _, n := range names {
			at := slices.Index(head, n)
			if at < 0 && must {
				faults = append(faults, fmt.Errorf("%s:1: no column %q; there are: %s", file, n, strings.Join(head, ", ")))
			}
			found = append(found, column{n, at, text})
		}
	}
	look(s.numbers, false, true)
	look(s.words, true, true)
	look(s.optional, false, false)
	look(s.labels, true, false)
	return found, errors.Join(faults...)
}

// add appends one value to its column. Words are kept once each: a table of firms repeats few of them very often.
func (t *table) add(file string, row int, c column, record []string, known map[string]string) []error {
	value := ""
	if c.at >= 0 {
		value = record[c.at]
	}
	if c.text {
		w, ok := known[value]
		if !ok {
			w = strings.ToValidUTF8(strings.Clone(value), "\ufffd")
			known[w] = w
		}
		t.word[c.name] = append(t.word[c.name], w)
		return nil
	}
	v := math.NaN()
	if value != "" {
		var err error
		v, err = strconv.ParseFloat(value, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return []error{fmt.Errorf("%s:%d:%d: %s = %q: want a finite number or nothing", file, row, c.at+1, c.name, value)}
		}
	}
	t.number[c.name] = append(t.number[c.name], v)
	return nil
}
