package study

import "strings"

// Ranges of columns, as dictionary.csv says them.
const (
	share    = "[0,1]"
	natural  = ">= 0"
	anything = "" // any number, or a text
)

// ranges says what values columns may take: by table and column where a name means different things, else by column. Every column of
// every table with a fixed header stands here.
var ranges = map[string]string{
	// What a row is about.
	"metric": anything, "policy": anything, "factor": anything, "parameter": anything, "statistic": anything, "index": anything, "stage": anything,
	"tick": natural, "replicate": natural, "seed": natural, "seeds": natural, "runs": natural, "replicates": natural, "round": natural, "mix": natural, "name": anything,
	"id": anything, "world": anything, "source": anything, "role": anything, "verdict": anything, "standing": anything, "note": anything, "unit": anything,
	"outcome": anything, "instrument": anything, "arm": anything, "test": anything, "claim": anything, "quote": anything, "scenario": anything, "contrast": anything,
	"expected": anything, "found": anything, "by": anything, "switch": anything, "target": anything, "table": anything, "column": anything, "meaning": anything, "range": anything,

	// Numbers with their intervals, in the unit of what they are of.
	"value": anything, "lo": anything, "hi": anything, "mean": anything, "sd": natural, "median": anything, "base": anything, "baseline": anything, "effect": anything, "effect_pct": anything,
	"detectable": natural, "variance_reduction": natural, "p": share, "p_adjusted": share, "net_jobs_p": share, "smallest": natural, "relative": anything,
	"relative_lo": anything, "relative_hi": anything, "a": anything, "b": anything, "band_lo": anything, "band_hi": anything, "change": anything, "change_lo": anything,
	"change_hi": anything, "twin": anything, "twin_lo": anything, "twin_hi": anything, "works": share, "branch": natural, "horizon": natural, "pairs": natural,

	// Money and jobs.
	"gross": natural, "admin": natural, "guarantee_loss": natural, "tax_back": anything, "private_levered": natural, "traced": natural, "budget": natural,
	"unspent": natural, "stops": natural, "net_cost": anything, "net_cost_lo": anything, "net_cost_hi": anything, "net_jobs": anything, "net_jobs_lo": anything,
	"net_jobs_hi": anything, "cost_per_net_job": anything, "cost_per_net_job_lo": anything, "cost_per_net_job_hi": anything, "cost_per_value_added": anything,
	"cost_per_value_added_lo": anything, "cost_per_value_added_hi": anything, "spent": natural, "per_spent": anything, "rank": ">= 1", "deadweight": natural, "deadweight_lo": anything, "deadweight_hi": anything,
	"displacement": anything, "displacement_lo": anything, "displacement_hi": anything, "spent_a": natural, "spent_b": natural, "search_cost": natural,
	"fresh_cost": natural, "search_score": anything, "chance_best": share, "front": anything, "choice": anything,

	// Outcomes of comparisons.
	"productivity": anything, "jobs": natural, "jobs_target": natural, "synergy": anything, "public_cost": natural, "value_added": anything, "efficiency": "> 0",
	"wage": natural, "firms": natural, "exports": natural,

	// Where two histories part.
	"what": anything, "firm": anything, "sector": anything, "x": anything, "y": anything,

	// Factors and fits.
	"x_name": anything, "y_name": anything, "kind": anything, "level": anything, "from": anything, "to": anything, "points": natural, "over": anything, "n": natural,
	"part": share, "on": anything, "survives": anything, "fixed": anything, "low": anything, "high": anything, "at_low": anything, "at_low_lo": anything,
	"at_low_hi": anything, "at_high": anything, "at_high_lo": anything, "at_high_hi": anything, "wanted": anything, "tolerance": natural, "weight": natural,
	"particles.weight": share, "simulated": anything, "off": anything, "held_out": anything, "point": anything, "prior_lo": anything, "prior_median": anything,
	"prior_hi": anything, "width": natural, "told": anything, "failed": natural, "best": natural, "rounds.median": natural, "accepted": natural, "effective": natural,
	"prior": share, "posterior": share, "distance": natural,
}

// rangeOf is the range of a column.
func rangeOf(table, column string) string {
	text, _ := findRange(table, column)
	return text
}

// findRange is rangeOf, and says whether the column stands in the list.
func findRange(table, column string) (text string, known bool) {
	if text, known = ranges[table+"."+column]; known {
		return text, true
	}
	if strings.HasPrefix(column, "share_") && table == "mixes" {
		return share, true
	}
	text, known = ranges[column]
	return text, known
}
