package output

// Ranges of columns, as dictionary.csv says them.
const (
	share    = "[0,1]"
	positive = "> 0"
	natural  = ">= 0"
	counted  = ">= 1"
	anything = "" // any number, or a text
)

// ranges says what values columns may take: by table and column where a name means different things, else by column. Every column
// of every table stands here.
var ranges = map[string]string{
	// What identifies a row.
	"run": natural, "point": natural, "replicate": natural, "seed": natural, "tick": natural, "policy": anything,
	"sector": anything, "region": anything, "id": anything, "name": anything, "kind": anything, "facility": anything, "firm": anything,
	"from": anything, "to": anything, "cell": natural, "cluster": natural, "clusters.cluster": counted, "cluster_cells.cluster": counted,
	"x": anything, "y": anything, "x1": anything, "y1": anything, "x2": anything, "y2": anything, "km": positive,

	// What firms make, pay and sell.
	"firms": natural, "firms_real": natural, "jobs": natural, "firms.jobs": positive, "sizes.jobs": positive, "value_added": anything,
	"productivity": anything, "unit_cost": positive, "wage": natural, "unemployment": share,
	"rent": natural, "exports": natural, "rd": natural,
	"technology": positive, "world_technology": positive, "world_wage": positive, "age": natural,

	// Who comes and goes, who is tied to whom, where they cluster.
	"innovations": natural, "births": natural, "deaths": natural, "moves": natural, "ties": natural, "degree": natural, "suppliers": natural,
	"collaborators": natural, "trust": share, "trust_in": share, "trust_out": share, "trust_from": share, "trust_to": share,
	"share_firms_in_clusters": share, "share_jobs_in_clusters": share, "share_value_added_in_clusters": anything, "clusters": natural,
	"eg_gamma": anything, "tail_exponent": natural, "synergy": anything, "share_regional_jobs": share, "share_regional_value_added": anything,
	"sector_group": anything, "event": anything, "other": counted, "rank": counted, "ring": natural, "group": anything, "emerging": share,
	"lo": anything, "hi": anything,

	// What stands in a cell.
	"transport": natural, "utilities": natural, "communications": natural, "land": natural, "capital": natural, "instrument": anything,

	// What nearness adds, and what clusters are ahead by.
	"input": anything, "labour": anything, "knowledge": anything, "synergy.trust": anything, "premium.trust": anything,
	"replay.trust": anything, "club": anything, "total": anything, "mix": anything, "sorting": anything, "selection": anything,
	"premium.wage": ">= -1",

	// Money.
	"public_cost": natural, "tax_revenue": natural, "treasury": anything, "gross": natural, "forgone": natural, "admin": natural,
	"guarantee_loss": natural, "tax_back": anything, "private_levered": natural, "members": natural, "using": natural, "use": natural,
	"service": share, "fees": natural, "grant": natural, "relief": natural, "cost": natural, "balance": anything,

	// Published figures, which may be older than the run.
	"target": natural, "what": anything, "metric": anything, "sectors": anything, "regions": anything, "place": anything, "date": anything,
	"since": anything, "unit": anything, "targets.tick": anything, "tick_since": anything, "published": anything, "simulated": anything,
	"simulated_lo": anything, "simulated_hi": anything, "runs": natural, "verdict": anything, "role": anything, "verified": anything,
	"source": anything, "value": anything, "credit": anything, "licence": anything, "address": anything,

	// Statistics of all sorts, and the dictionary itself.
	"statistic": anything, "meaning": anything, "want_lo": anything, "want_hi": anything, "table": anything, "column": anything,
	"range": anything,
}

// rangeOf is the range of a column; known says whether it stands in the list.
func rangeOf(table, column string) (text string, known bool) {
	if text, known = ranges[table+"."+column]; !known {
		text, known = ranges[column]
	}
	return text, known
}
