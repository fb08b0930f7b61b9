package scenarios

import (
	"slices"
)

// Tolerances of targets that a file does not give: 20% of the published figure, one point of yearly growth. Numbers of the
// program, not of a source; they were chosen before the cases were judged.
const growthTolerance = .01

// Growth says whether a target is a relative change since a date, which is judged as yearly growth.
func (t *Target) Growth() bool { return t.Since != (Date{}) && !t.Absolute }

// ofFirms lists the metrics of targets that are told of any set of firms; the others are told of the whole scenario only,
// save wages and unemployment, which regions have too.
var ofFirms = []string{"firms", "jobs", "value_added", "productivity", "unit_cost", "wage", "rent", "exports", "rd", "births", "deaths",
	"share_firms_in_clusters", "share_jobs_in_clusters", "share_value_added_in_clusters", "degree", "jobs_share", "exports_share", "rd_share",
	"with_partner_share", "with_six_partners_share"}

// checkPublished wants a target to be a figure that the program can take.
func (s *Scenario) checkPublished(r *reader, t *Target, path string) {
	checkCircle(r, t.Within, path)
	if t.Absolute && t.Since == (Date{}) && !r.wrong(path+".since") {
		r.faultAt(path+".absolute", "stands without since: want the date from which the change is counted")
	}
	part := len(t.Sectors) > 0 || len(t.Regions) > 0 || t.Within != nil
	byRegion := t.Metric == "unemployment" && len(t.Sectors) == 0 && t.Within == nil
	if part && t.Metric != "" && !slices.Contains(ofFirms, t.Metric) && !byRegion {
		r.faultAt(path+".metric", "%s is known of all firms together only: want no sectors, regions or within beside it, or one of %v", t.Metric, ofFirms)
	}
}
