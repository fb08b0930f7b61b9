package export

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"

	"agglo/internal/table"
)

// term is a line of the dictionary: an attribute with its unit, meaning and range.
type term struct{ file, name, unit, meaning, span string }

// The attributes of the files.
var (
	timeTerms = []term{
		{name: "tick", unit: "quarters", meaning: "quarters since the start", span: "0 on"},
		{name: "begin", unit: "date", meaning: "first day on which it holds (ISO 8601)"},
		{name: "end", unit: "date", meaning: "first day on which it holds no more; the next tick that the table has"},
	}
	placeTerm = []term{{name: "geometry", unit: "degrees", meaning: "place of the firm, WGS 84"}}
	lineTerm  = []term{{name: "geometry", unit: "degrees", meaning: "line between the two firms, WGS 84"}}
	firmTerms = []term{
		{name: "firm", meaning: "key of the firm, the same in all files and ticks; a text, since it can be above 2^53"},
		{name: "sector", meaning: "id of the sector"}, {name: "sector_name", meaning: "name of the sector"},
		{name: "x_km", unit: "km", meaning: "east of the origin"}, {name: "y_km", unit: "km", meaning: "north of the origin"},
		{name: "jobs", unit: "workers", meaning: "workers of the firm; it stands for as many firms of this size as the manifest's scale says", span: "above 0"},
		{name: "age_years", unit: "years", meaning: "time since its founding", span: "0 on"},
		{name: "technology", unit: "1", meaning: "technology; the world's at tick 0 is 1", span: "above 0"},
		{name: "productivity_worker_years", unit: "worker-years/year/worker", meaning: "value added per job; 1 = the labour cost of a worker at the start"},
		{name: "cluster", meaning: "number of its cluster; 0 = none", span: "0 on"},
	}
	tieTerms = []term{
		{name: "from", meaning: "key of a firm"}, {name: "to", meaning: "key of its partner"}, {name: "kind", meaning: "collaboration"},
		{name: "weight", unit: "1", meaning: "mean of trust_from and trust_to", span: "0 to 1"},
		{name: "trust_from", unit: "1", meaning: "trust that from places in to", span: "0 to 1"},
		{name: "trust_to", unit: "1", meaning: "trust that to places in from", span: "0 to 1"},
		{name: "distance_km", unit: "km", meaning: "distance between the two", span: "0 on"},
	}
	arcTerms = []term{
		{name: "weight", unit: "1", meaning: "trust that the source places in the target; each tie is two arcs, one a direction", span: "0 to 1"},
		{name: "kind", meaning: "collaboration"}, {name: "distance_km", unit: "km", meaning: "distance between the two", span: "0 on"},
	}
	cellTerms = []term{
		{name: "cell", meaning: "number of the cell"}, {name: "geometry", unit: "degrees", meaning: "square of the cell, WGS 84"},
		{name: "jobs", unit: "workers", meaning: "workers at firms in the cell", span: "0 on"},
		{name: "jobs_per_km2", unit: "workers/km2", meaning: "jobs over the area of the cell", span: "0 on"},
	}
	clusterTerms = []term{
		{name: "cluster", meaning: "number of the cluster, the same for as long as it lives"}, {name: "name", meaning: "nearest place and group of sectors"},
		{name: "sector_group", meaning: "group of sectors whose firms it holds"},
		{name: "event", meaning: "what befell it since the year before: birth, split, merge, growth, decline, steady"},
		{name: "geometry", unit: "degrees", meaning: "centre of its jobs, WGS 84"},
		{name: "agents", unit: "agents", meaning: "firms in it as the model has them; each stands for as many real ones as the manifest's scale says"},
		{name: "jobs", unit: "workers", meaning: "workers in it"},
		{name: "value_added_worker_years_a_year", unit: "worker-years/year", meaning: "sales less inputs"},
		{name: "productivity_worker_years", unit: "worker-years/year/worker", meaning: "value added per job"},
		{name: "unit_cost", unit: "1", meaning: "mean price weighted by sales"},
		{name: "exports_worker_years_a_year", unit: "worker-years/year", meaning: "sales to the world"},
		{name: "trust_in", unit: "1", meaning: "mean trust of its firms in partners inside", span: "0 to 1"},
		{name: "trust_out", unit: "1", meaning: "mean trust of its firms in partners outside", span: "0 to 1"},
		{name: "share_regional_jobs", unit: "1", meaning: "its share of all jobs", span: "0 to 1"},
		{name: "share_regional_value_added", unit: "1", meaning: "its share of all value added"},
		{name: "wage_worker_years", unit: "worker-years/worker/year", meaning: "mean wage that its firms pay, weighted by jobs", span: "0 on"},
		{name: "rd_worker_years_a_year", unit: "worker-years/year", meaning: "R&D spending of its firms", span: "0 on"},
		{name: "technology", unit: "1", meaning: "technology of its firms, geometric mean; the world's at tick 0 is 1", span: "above 0"},
	}
	regionTerms = []term{
		{name: "region", meaning: "id of the region"}, {name: "name", meaning: "name of the region"},
		{name: "geometry", unit: "degrees", meaning: "its outline, WGS 84"},
	}
)

// describe adds the attributes of a file to the dictionary.
func (f *Folder) describe(out *file, lists ...[]term) {
	for _, list := range lists {
		for _, t := range list {
			t.file = filepath.Base(out.path)
			f.terms = append(f.terms, t)
		}
	}
}

// dictionaryFile lies beside the files.
const dictionaryFile = "dictionary.csv"

// recall adds what the dictionary that is there says of files which were made before, and are there still. All stand in the order in which
// they do when they are made at once.
func (f *Folder) recall(made []Written) {
	now := map[string]bool{}
	for _, w := range made {
		now[filepath.Base(w.File)] = true
	}
	var order []string
	for _, p := range (Formats{true, true, true, true, true}).pieces() {
		order = append(order, p.name)
	}
	for _, t := range parquetTables {
		order = append(order, t.name+".parquet")
	}
	data, err := os.ReadFile(filepath.Join(f.to, dictionaryFile))
	lines, fault := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err == nil && fault == nil && len(lines) > 0 && slices.Equal(lines[0], dictionaryHead) { // else there is none, or another one
		for _, l := range lines[1:] {
			if _, err := os.Stat(filepath.Join(f.to, filepath.Base(l[0]))); err == nil && !now[l[0]] && slices.Contains(order, l[0]) {
				f.terms = append(f.terms, term{l[0], l[1], l[2], l[3], l[4]})
			}
		}
	}
	slices.SortStableFunc(f.terms, func(a, b term) int { return slices.Index(order, a.file) - slices.Index(order, b.file) })
}

// dictionaryHead are the columns of the dictionary.
var dictionaryHead = []string{"file", "attribute", "unit", "meaning", "range"}

// dictionary writes what the files hold.
func (f *Folder) dictionary(out *file) (int64, error) {
	w := table.NewWriter(out, dictionaryHead...)
	for _, t := range f.terms {
		for _, cell := range []string{t.file, t.name, t.unit, t.meaning, t.span} {
			w.Text(cell)
		}
		w.EndRow()
	}
	return int64(len(f.terms)), w.Close()
}
