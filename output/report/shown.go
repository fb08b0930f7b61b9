package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"agglo/internal/text"
)

// shown is a table as the page shows it.
type shown struct {
	ID, Title, Note string
	Head            []heading
	Rows            [][]cell
	Meanings        []meaning // of its columns
}

// heading is the name of a column, with its unit.
type heading struct {
	Name, Unit string
	Number     bool
}

// cell is a value: as it is read, the interval below it where it has one, and as it is sorted where that is another thing.
type cell struct {
	Text, Sort string
	Number     bool
	Span       string
}

// meaning is what a column means; Lang is the language that it is told in where that is not the page's.
type meaning struct{ Column, Unit, Means, Lang string }

// raw lists tables that figures and programs read: they are named among the files and not shown. Credits stand in a list of their own,
// from the scenario in the manifest, of which credits.csv is a copy for those who take the tables alone.
var raw = []string{
	"cells", "cluster_cells", "credits", "dictionary", "facts_seeds", "firms", "growth", "infrastructure", "institutions", "ledger", "levels", "outline", "pairs", "parting", "places", "published_seeds", "replay", "sectors", "series",
	"sizes", "targets_path", "ties", "works",
}

// mostColumns is how many columns fit on a printed page for sure. Tables whose columns are chosen below were looked at.
const mostColumns = 10

// columns chooses and orders the columns of tables that hold more than a reader wants to see; the file has the others.
var columns = map[string][]string{
	"clusters":      {"run", "name", "firms", "jobs", "share_regional_jobs", "share_regional_value_added", "productivity", "unit_cost", "exports", "trust_in", "trust_out", "event"},
	"summary":       {"statistic", "value", "lo", "hi", "unit", "want_lo", "want_hi"},
	"synergy":       {"run", "cluster", "input", "labour", "knowledge", "trust", "club", "total"},
	"premium":       {"run", "cluster", "mix", "sorting", "selection", "input", "labour", "trust", "knowledge", "total"},
	"effects":       {"metric", "policy", "tick", "baseline", "effect", "effect_pct", "lo", "hi", "p_adjusted"},
	"costs":         {"policy", "gross", "admin", "guarantee_loss", "tax_back", "private_levered", "deadweight", "displacement", "net_cost", "net_jobs", "cost_per_net_job", "budget", "unspent"},
	"facilities":    {"facility", "tick", "kind", "members", "using", "use", "service", "fees", "grant", "relief", "cost"},
	"series_region": {"run", "region", "firms_real", "jobs", "productivity", "wage", "unemployment", "exports", "rd", "share_jobs_in_clusters", "treasury"},
	"series_sector": {"run", "sector", "firms_real", "jobs", "productivity", "unit_cost", "exports", "rd", "share_jobs_in_clusters", "technology"},
	"claims":        {"test", "effect", "lo", "hi", "unit", "smallest", "detectable", "p", "p_adjusted", "verdict", "standing"},
	"published":     {"id", "statistic", "expected", "value", "lo", "hi", "twin", "unit", "smallest", "found", "verdict", "standing"},
	"targets":       {"what", "date", "since", "published", "lo", "hi", "simulated", "simulated_lo", "simulated_hi", "unit", "verdict", "role"},
	"cases":         {"case", "what", "date", "since", "published", "lo", "hi", "simulated", "simulated_lo", "simulated_hi", "unit", "verdict", "role"},
	"facts":         {"id", "statistic", "value", "lo", "hi", "band_lo", "band_hi", "role", "verdict"},
}

// keys are columns that identify rows for programs; where they say one and the same in all rows they are left out.
var keys = []string{"run", "point", "replicate", "seed", "tick", "policy"}

// shownTables makes the tables of the page: the run at a glance first, then those of the folder.
func (f *folder) shownTables() []shown {
	var all []shown
	if s, ok := f.glance(); ok {
		all = append(all, s)
	}
	for _, t := range f.tables {
		name := strings.TrimSuffix(t.name, ".csv")
		if slices.Contains(raw, name) || len(t.rows) == 0 || (t.total > mostRows && !t.latest && f.kind != sweep && f.kind != cases) {
			continue
		}
		all = append(all, f.shown(t, name))
	}
	for k := range all {
		all[k].ID = "table-" + strconv.Itoa(k+1)
	}
	return all
}

// shown makes a table of the page from one of the folder.
func (f *folder) shown(t *table, name string) shown {
	s := shown{Title: f.say("report.file", t.name)}
	if key := "report.table." + name; text.Has(key) {
		s.Title = f.say(key)
	}
	var notes []string
	if t.latest {
		notes = append(notes, f.say("report.latest", t.cell(0, "tick")))
	}
	if shownRows := len(t.rows); t.cut {
		notes = append(notes, f.say("report.cut", f.whole(shownRows), f.whole(t.total), t.name))
	}
	if key := "report.note." + name; text.Has(key) {
		notes = append(notes, f.say(key))
	}
	picked := f.picked(t, name)
	if len(picked) > mostColumns && columns[name] == nil {
		notes = append(notes, f.say("report.columns.cut", f.whole(mostColumns), f.whole(len(picked)), t.name))
		picked = picked[:mostColumns]
	}
	s.Note = strings.Join(notes, " ")
	forms := make([]form, len(picked))
	for k, at := range picked {
		column := t.head[at]
		h := heading{Name: f.labelIn(name, column), Number: numeric(t, at) && column != "cluster"}
		if h.Number {
			forms[k] = f.form(t, name, at)
		}
		if w, ok := f.meaning(t, column); ok {
			h.Unit = f.unit(w.unit)
			s.Meanings = append(s.Meanings, f.told(column, h.Unit, w.meaning)) // of the file, whose unit that is
		}
		h.Unit = cmp.Or(forms[k].unit, h.Unit)
		s.Head = append(s.Head, h)
	}
	f.order(t, name)
	for r := range t.rows {
		var line []cell
		for k, at := range picked {
			c := f.in(t, name, r, at, forms[k], s.Head[k].Number)
			if name == "costs" {
				c = f.spanned(t, r, at, forms[k], c)
			}
			line = append(line, c)
		}
		s.Rows = append(s.Rows, line)
	}
	switch name {
	case "summary":
		f.judge(t, &s)
	case "costs":
		s.Note = strings.TrimSpace(s.Note + " " + f.leftOver(t))
	}
	return s
}

// judge says of each statistic whether it lies in the band of real economies, which the file leaves to its reader.
func (f *folder) judge(t *table, s *shown) {
	s.Head = append(s.Head, heading{Name: f.label("verdict")})
	for r := range s.Rows {
		value, fault := strconv.ParseFloat(t.cell(r, "value"), 64)
		lo, none := strconv.ParseFloat(t.cell(r, "want_lo"), 64)
		hi, open := strconv.ParseFloat(t.cell(r, "want_hi"), 64)
		verdict := "–"
		switch {
		case fault != nil || none != nil || open != nil || math.IsNaN(value):
		case value >= lo && value <= hi:
			verdict = f.say("verdict.in band")
		default:
			verdict = f.say("verdict.outside")
		}
		s.Rows[r] = append(s.Rows[r], cell{Text: verdict})
	}
}

// in is a cell of a table by its row and column.
func (f *folder) in(t *table, name string, row, at int, how form, number bool) cell {
	column, value := t.head[at], t.rows[row][at]
	if value == "" {
		return cell{Text: "–", Number: number}
	}
	switch own := f.inRow(t, name, row); {
	case column == "cluster":
		return cell{Text: f.cluster(name, value, t.cell(row, "run"))}
	case number:
		if how.decimals == each {
			how = own
		}
		return f.number(column, value, how)
	case column == "unit" && own.unit != "":
		return cell{Text: own.unit}
	case name == "clusters" && column == "name":
		return cell{Text: text.ClusterName(f.lang, value, t.cell(row, "sector_group"))}
	case name == "targets" && column == "what" && t.cell(row, "metric") != "":
		return cell{Text: f.held(t, row)}
	case name == "factors" && column == "on", name == "fit" && column == "target", name == "cases" && column == "what":
		return cell{Text: text.Reading(f.lang, value, f.ofScenario)}
	case column == "statistic" && (name == "facts" || name == "published"):
		words, _ := text.Statistic(f.lang, value)
		return cell{Text: words}
	case name == "mixes" && column == "name" && f.lang == text.Russian:
		return cell{Text: text.Mix(f.lang, value)}
	case column == "verdict" && t.cell(row, "verified") == "false":
		return cell{Text: f.say("report.unverified", f.name(column, value))}
	}
	if words, ok := f.date(value); ok {
		return cell{Text: words, Sort: value}
	}
	return cell{Text: f.name(column, value)}
}

// picked are the columns of a table that the page shows, in order: those that are chosen, else all; none that say nothing.
func (f *folder) picked(t *table, name string) []int {
	chosen := columns[name]
	if name == "runs" && f.manifest.Sweep != nil {
		chosen = []string{"run", "tick", "policy"}
		for _, factor := range f.manifest.Sweep.Experiment.Factors {
			chosen = append(chosen, factor.Name)
		}
		chosen = append(chosen, "jobs", "productivity", "synergy")
		for _, c := range t.head {
			if !slices.Contains(keys, c) { // seed, point and replicate follow from the run
				chosen = append(chosen, c)
			}
		}
	}
	var picked []int
	for _, c := range chosen {
		if at := t.column(c); at >= 0 && !slices.Contains(picked, at) {
			picked = append(picked, at)
		}
	}
	if len(picked) == 0 {
		for at := range t.head {
			picked = append(picked, at)
		}
	}
	return slices.DeleteFunc(picked, func(at int) bool {
		return empty(t, at) || name == "costs" && t.head[at] == "guarantee_loss" && nought(t, at) || slices.Contains(keys, t.head[at]) && (len(t.rows) > 1 || slices.Contains(atEnd, t.name)) && same(t, at)
	})
}

// order puts the largest first where a reader looks for them first.
func (f *folder) order(t *table, name string) {
	by, ok := map[string]string{"clusters": "jobs", "series_region": "jobs", "series_sector": "jobs"}[name]
	at := t.column(by)
	if !ok || at < 0 {
		return
	}
	size := func(r []string) float64 {
		v, err := strconv.ParseFloat(r[at], 64)
		if err != nil {
			return math.Inf(-1)
		}
		return v
	}
	slices.SortStableFunc(t.rows, func(a, b []string) int { return cmp.Compare(size(b), size(a)) })
}

// cluster is the name of a cluster by its number and run; 0 stands for all, of which each table means others.
func (f *folder) cluster(table, number, of string) string {
	if key := "report.all." + table; number == "0" && text.Has(key) {
		return f.say(key)
	}
	if number == "0" {
		return f.say("report.all")
	}
	if t := f.named("clusters.csv"); t != nil {
		for row := range t.rows {
			if t.cell(row, "cluster") == number && t.cell(row, "run") == of && t.cell(row, "name") != "" {
				return text.ClusterName(f.lang, t.cell(row, "name"), t.cell(row, "sector_group"))
			}
		}
	}
	return number
}

// held says what a published figure is of, by names: the table says it by ids, and in English alone.
func (f *folder) held(t *table, row int) string {
	names := func(list, ids string) []string {
		var names []string
		for _, id := range strings.Fields(ids) {
			names = append(names, f.called(list, id))
		}
		return names
	}
	words := text.Held(f.lang, f.label(t.cell(row, "metric")), names("sectors", t.cell(row, "sectors")), names("regions", t.cell(row, "regions")),
		t.cell(row, "km"), f.called("places", t.cell(row, "place")))
	if t.cell(row, "since") != "" {
		words = f.say("report.change", words)
	}
	return words
}

// empty tells whether a column holds nothing, same whether it holds one value in all rows, numeric whether all its values
// are numbers.
func empty(t *table, at int) bool {
	return !slices.ContainsFunc(t.rows, func(r []string) bool { return r[at] != "" })
}

func same(t *table, at int) bool {
	return !slices.ContainsFunc(t.rows, func(r []string) bool { return r[at] != t.rows[0][at] })
}

func numeric(t *table, at int) bool {
	return !slices.ContainsFunc(t.rows, func(r []string) bool {
		_, err := strconv.ParseFloat(r[at], 64)
		return r[at] != "" && err != nil
	})
}

// label is the name of a column in the page's language, its id where the catalogue has none.
func (f *folder) label(column string) string { return f.labelIn("", column) }

// labelIn is the name of a column of a table, which may have one of its own.
func (f *folder) labelIn(table, column string) string {
	if instrument, share := strings.CutPrefix(column, "share_"); share && table == "mixes" {
		if f.lang == text.Russian {
			instrument = text.Lower(text.Named(f.lang, "policy.", instrument))
		}
		return f.say("column.mixes.share", instrument)
	}
	for _, key := range []string{"column." + table + "." + column, "column." + column, "metric." + column} {
		if text.Has(key) {
			return f.say(key)
		}
	}
	return column
}

// unit is a unit in the page's language; a share has none. Only a run's rows are known to be evenly apart. Where an agent is a firm it
// is called one, as everywhere else on the page.
func (f *folder) unit(u string) string {
	quarters := 0
	if f.kind == run {
		quarters = max(f.manifest.Every, 1)
	}
	if per, ok := strings.CutPrefix(u, "agents"); ok && f.manifest.Scale == 1 {
		u = "firms" + per
	}
	words, _ := text.Unit(f.lang, u, quarters)
	return words
}

// told is what a column means in the page's language, in the dictionary's own where the catalogue does not know the words, as of a
// folder that another version of the program wrote.
func (f *folder) told(column, unit, words string) meaning {
	m := meaning{Column: column, Unit: unit}
	known := false
	if m.Means, known = text.Meaning(f.lang, words); !known {
		m.Lang = text.English
	}
	return m
}

// name is what an id of a column is called.
func (f *folder) name(column, id string) string {
	switch column {
	case "policy":
		return f.policy(id)
	case "unit":
		if key := "claims." + id; text.Has(key) {
			return f.say(key)
		}
		return f.unit(id)
	case "sector":
		if t := f.named("sectors.csv"); t != nil {
			for row := range t.rows {
				if t.cell(row, "id") == id && t.cell(row, "name") != "" {
					return text.Name(f.lang, t.cell(row, "name"))
				}
			}
		}
		return id
	case "region":
		return f.called("regions", id)
	case "facility":
		return f.called("institutions", id)
	case "id", "test":
		for _, kind := range []string{"fact.", "claim."} {
			if text.Has(kind + id) {
				return id + " " + f.say(kind+id)
			}
		}
		return id
	}
	for _, key := range []string{column + "." + id, "value." + id} {
		if text.Has(key) {
			return f.say(key)
		}
	}
	return id
}
