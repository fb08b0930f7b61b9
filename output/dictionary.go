package output

import (
	"errors"
	"io/fs"
	"os"

	"agglo/internal/table"
)

// word is a line of the dictionary.
type word struct{ column, unit, meaning string }

// keys says what identifies a row of the series.
var keys = []word{
	{"run", "", "number of the execution, from 0: point x replicates + replicate"},
	{"point", "", "number of the point of a design; 0 in a single run"},
	{"replicate", "", "number of the replicate, from 0"},
	{"seed", "", "seed of the run; agglo run with it gives the same row"},
	{"tick", "quarters", "quarters since the start; 0 is the start itself"},
	{"policy", "", "policy that was added to the scenario; empty = the scenario as it stands"},
}

// dictionaryOf lists the columns of a table.
func dictionaryOf(name string) []word {
	switch name {
	case "series":
		return append(append([]word(nil), keys...), wordsOf(seriesColumns())...)
	case "series_sector":
		return append(append(append([]word(nil), keys...), word{"sector", "", "id of the sector"}), groupWords(sectorColumns())...)
	case "series_region":
		return append(append(append([]word(nil), keys...), word{"region", "", "id of the region"}), groupWords(regionColumns())...)
	}
	return fixed[name]
}

func wordsOf(columns []column) []word {
	var words []word
	for _, c := range columns {
		words = append(words, word{c.name, c.unit, c.meaning})
	}
	return words
}

func groupWords(columns []groupColumn) []word {
	var words []word
	for _, c := range columns {
		words = append(words, word{c.name, c.unit, c.meaning})
	}
	return words
}

// mapTicks says at which ticks the map is written.
const mapTicks = "start, end, and as often as --firms asks; of the first replicate only"

// fixed describes the tables whose columns do not depend on the run.
var fixed = map[string][]word{
	"clusters": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "year's end"},
		{"cluster", "", "number of the cluster, the same for as long as it lives"},
		{"name", "", "nearest place and group of sectors; given once, no two are the same"},
		{"sector_group", "", "id of the group of sectors whose firms it holds"},
		{"x", "km", "east of the origin: centre of its jobs"}, {"y", "km", "north of the origin"},
		{"firms", "agents", "firms in it"}, {"jobs", "workers", "workers in it"},
		{"value_added", "worker-years/year", "sales less inputs"}, {"productivity", "worker-years/year/worker", "value added per job"},
		{"unit_cost", "1", "mean price weighted by sales"}, {"exports", "worker-years/year", "sales to the world"},
		{"trust_in", "1", "mean trust of its firms in partners inside it"},
		{"trust_out", "1", "mean trust of its firms in partners outside"},
		{"event", "", "what befell it since the year before: birth, split, merge, growth, decline, steady; last row, without firms: merged, death"},
		{"other", "", "number of the cluster that it split from, took in or merged into"},
		{"region", "", "id of the region where most of its jobs are"},
		{"share_regional_jobs", "1", "its share of all jobs, of all regions together"},
		{"share_regional_value_added", "1", "its share of all value added"},
		{"wage", "worker-years/worker/year", "mean wage that its firms pay, weighted by jobs"},
		{"rd", "worker-years/year", "R&D spending of its firms"},
		{"technology", "1", "technology of its firms, geometric mean; the world's at tick 0 is 1"},
	},
	"synergy": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "year's end"},
		{"cluster", "", "number of the cluster; 0 = all firms"},
		{"input", "1", "share of value added from suppliers nearby; over value added with all channels off, like all here"},
		{"labour", "1", "from the shared labour pool"}, {"knowledge", "1", "from knowledge of neighbours and partners"},
		{"trust", "1", "from trust"}, {"club", "1", "from training and joint purchase in shared facilities"}, {"total", "1", "sum of the channels"},
	},
	"premium": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "year's end"},
		{"cluster", "", "number of the cluster; 0 = all clusters together. All is beside the firms outside of clusters"},
		{"mix", "log", "of total: more of the sectors that are efficient everywhere"},
		{"sorting", "log", "of total: the young, below 5 years, came with more ability, within sectors"},
		{"selection", "log", "of total: the rest of the difference in own ability: who stayed, and what they learned alone"},
		{"input", "log", "of total: suppliers nearby"}, {"labour", "log", "of total: the labour pool"},
		{"trust", "log", "of total: trust in suppliers"}, {"knowledge", "log", "of total: knowledge of neighbours and partners"},
		{"total", "log", "efficiency inside less efficiency outside, weighted by workers; efficiency is (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta)"},
		{"value_added", "1", "value added per job, inside over outside, less 1"}, {"wage", "1", "mean wage, inside over outside, less 1"},
	},
	"replay": {
		{"tick", "quarters", "from which the replays with channels cut begin; of the first replicate only"},
		{"cluster", "", "number of the cluster, with its members of that tick; 0 = all firms"},
		{"input", "1", "what shared suppliers cause, over value added with all channels cut, like all here"},
		{"labour", "1", "labour pooling"}, {"knowledge", "1", "knowledge of neighbours, partners and universities"},
		{"trust", "1", "trust in suppliers"}, {"club", "1", "shared facilities"}, {"total", "1", "sum of the channels"},
		{"value_added", "worker-years/year", "in the last year of the replay with no channel cut, of the members that are left"},
	},
	"ledger": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "quarters since the start"}, {"policy", "", "id of the policy"},
		{"gross", "worker-years/period", "all that the policy gave since the row before"},
		{"forgone", "worker-years/period", "of gross: taxes that were not asked for"},
		{"admin", "worker-years/period", "administration"}, {"guarantee_loss", "worker-years/period", "paid for debts and owners' losses at closing that the policy stands for"},
		{"tax_back", "worker-years/period", "taxes that came back; only a comparison with a twin can tell, else empty"},
		{"private_levered", "worker-years/period", "own parts, fees and investors' money put in as the policy asks"},
	},
	"facilities": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "year's end"}, {"facility", "", "id of the institution"},
		{"kind", "", "what it is"}, {"x", "km", "east of the origin"}, {"y", "km", "north of the origin"},
		{"members", "agents", "firms on its roll"}, {"using", "agents", "of members: those who use it in this quarter, and pay"},
		{"use", "1", "their workers over its places; empty without places"},
		{"service", "1", "service to those who use it, 1 at the door of an empty one; mean over their workers"},
		{"fees", "worker-years/year", "fees in the year"}, {"grant", "worker-years/year", "put in by the region's treasury in the year"},
		{"relief", "worker-years/year", "rents and costs of entry on its site that the treasury paid in the year"},
		{"cost", "worker-years/year", "cost of running it, paid to households around"}, {"balance", "worker-years", "what is left of fees and grants"},
	},
	"targets": {
		{"target", "", "number of the published figure"}, {"what", "", "what it is a figure of"}, {"metric", "", "metric of the series, or a share"},
		{"sectors", "", "ids of the sectors that it is of; empty = all"}, {"regions", "", "ids of the regions"},
		{"place", "", "place in the middle of the circle"}, {"km", "km", "radius of the circle; empty = anywhere"},
		{"date", "", "when"}, {"since", "", "the figure is the change since then; empty = a level"},
		{"kind", "", "level; growth = relative change; change = in the metric's unit"}, {"unit", "", "of the figures in this row; money in the scenario's currency"},
		{"tick", "quarters", "of the date"}, {"tick_since", "quarters", "of the date before"},
		{"published", "", "the published figure"}, {"lo", "", "lower end of what is near it: 20% unless the source says more, one point of yearly growth"},
		{"hi", "", "upper end"}, {"simulated", "", "mean over runs"}, {"simulated_lo", "", "lower end of its 95% interval (Student); empty with one run"},
		{"simulated_hi", "", "upper end"}, {"runs", "", "runs that have it"},
		{"verdict", "", "near, off, not reached (the run ends before), not told (no row at that quarter, or a share of nothing)"},
		{"role", "", "fitted = the scenario's numbers were taken from it; held out"}, {"verified", "", "whether the source was at hand"},
		{"source", "", "where the published figure is from"},
	},
	"targets_path": {
		{"run", "", "number of the execution"}, {"tick", "quarters", "quarters since the start"}, {"target", "", "number of the published figure"},
		{"value", "", "the metric at this tick, in the unit of the figure; of a change the level itself"},
	},
	"credits": {
		{"what", "", "what was taken over"}, {"credit", "", "whom it is owed to"}, {"licence", "", "on what terms"}, {"address", "", "where it is found"},
	},
	"firms": {
		{"tick", "quarters", mapTicks}, {"firm", "", "key of the firm"},
		{"sector", "", "id of the sector"}, {"x", "km", "east of the origin"}, {"y", "km", "north of the origin"},
		{"jobs", "workers", "workers of the firm; a row stands for as many firms of this size as the manifest's scale says"}, {"age", "years", "time since its founding"},
		{"technology", "1", "technology; the world's at tick 0 is 1"},
		{"productivity", "worker-years/year/worker", "value added per job"}, {"cluster", "", "number of its cluster; 0 = none"},
	},
	"ties": {
		{"tick", "quarters", "end, and as often as --ties asks; of the first replicate only"}, {"from", "", "key of a firm"}, {"to", "", "key of its partner"},
		{"kind", "", "collaboration"}, {"trust_from", "1", "trust that from places in to"}, {"trust_to", "1", "trust that to places in from"},
		{"x1", "km", "place of from, east"}, {"y1", "km", "north"}, {"x2", "km", "place of to, east"}, {"y2", "km", "north"},
	},
	"cells": {
		{"tick", "quarters", mapTicks}, {"cell", "", "number of the cell"},
		{"x", "km", "middle, east of the origin"}, {"y", "km", "middle, north of the origin"}, {"km", "km", "width"},
		{"jobs", "workers", "workers at firms in the cell"},
	},
	"cluster_cells": {
		{"tick", "quarters", mapTicks}, {"cluster", "", "number of the cluster"},
		{"cell", "", "number of a cell that it covers, as of the last year's end"}, {"x", "km", "middle, east of the origin"},
		{"y", "km", "middle, north of the origin"}, {"km", "km", "width"},
	},
	"infrastructure": {
		{"tick", "quarters", mapTicks}, {"cell", "", "number of a cell in which public works or shared facilities stand"}, {"x", "km", "middle, east of the origin"},
		{"y", "km", "middle, north of the origin"}, {"km", "km", "width"}, {"transport", "log", "saving of freight at this end of a journey"},
		{"utilities", "log", "saving of unit cost"}, {"communications", "log", "saving of what it costs to sell to households and to the world"},
		{"land", "workers", "workers whom the cell carries more at base rent"},
	},
	"works": {
		{"tick", "quarters", mapTicks}, {"cell", "", "number of a cell in which works of the policy stand"}, {"x", "km", "middle, east of the origin"},
		{"y", "km", "middle, north of the origin"}, {"km", "km", "width"}, {"policy", "", "id of the policy"}, {"instrument", "", "what it does"},
		{"capital", "worker-years", "public capital that stands in the cell, worn, at base prices"},
	},
	"institutions": {
		{"id", "", "id of the institution"}, {"name", "", "label"}, {"kind", "", "what it is"}, {"x", "km", "east of the origin"}, {"y", "km", "north of the origin"},
	},
	"growth": {
		{"tick", "quarters", "year's end, from the third year on; of the first replicate only"}, {"lo", "log", "lower edge of the bin, in it"},
		{"hi", "log", "upper edge, not in it"}, {"firms", "agents", "survivors of the year whose jobs grew so, natural logarithm"},
	},
	"sizes": {
		{"tick", "quarters", "end; of the first replicate only"}, {"jobs", "workers", "workers of the firm of this rank; it stands for as many firms of this size as the manifest's scale says"},
		{"rank", "", "1 is the largest; behind the first ranks only some are written"},
	},
	"outline": {
		{"id", "", "id of the region"}, {"name", "", "label"}, {"ring", "", "number of the ring of its outline"},
		{"x", "km", "east of the origin"}, {"y", "km", "north of the origin"},
	},
	"places": {{"id", "", "id of the place"}, {"name", "", "label"}, {"x", "km", "east of the origin"}, {"y", "km", "north of the origin"}},
	"sectors": {{"id", "", "id of the sector"}, {"name", "", "label"}, {"group", "", "group with which it makes clusters"}, {"emerging", "", "1 = begins after the start"},
		{"rank", "", "1 = most workers at the start, a sector that emerges as large as it will be; colours on maps go by it"}},
	"summary": {
		{"statistic", "", "name"}, {"value", "", "value of one run, median of several replicates"},
		{"lo", "", "one run: lower end of the estimate's 95% interval; several: tenth percentile"},
		{"hi", "", "one run: upper end; several: ninetieth percentile"}, {"unit", "", "of the value"}, {"meaning", "", "in words"},
		{"want_lo", "", "lower end of what is known of real economies"}, {"want_hi", "", "upper end"},
	},
	"dictionary": {{"table", "", "name of the table"}, {"column", "", "name of the column"}, {"unit", "", "unit; 1 is a pure number"}, {"meaning", "", "in words"},
		{"range", "", "values that it may take, such as [0,1] or >= 0; empty = any number, or a text"}},
}

// dictionary writes dictionary.csv: every column of every table, with unit, meaning and range.
func (f *Folder) dictionary() error {
	return f.write("dictionary", []string{"table", "column", "unit", "meaning", "range"}, func(w *table.Writer) {
		for _, t := range tables {
			if _, err := os.Stat(f.path(t.name)); t.name != "dictionary" && errors.Is(err, fs.ErrNotExist) {
				continue
			}
			for _, x := range dictionaryOf(t.name) {
				w.Text(t.name)
				w.Text(x.column)
				w.Text(x.unit)
				w.Text(x.meaning)
				span, _ := rangeOf(t.name, x.column)
				w.Text(span)
				w.EndRow()
			}
		}
	})
}
