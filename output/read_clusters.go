package output

import (
	"errors"
	"io/fs"
	"path/filepath"

	"agglo/internal/table"
)

// A Cluster is a row of clusters.csv with its row of synergy.csv.
type Cluster struct {
	Number     int64           `json:"cluster"`
	Name       string          `json:"name"`
	Group      string          `json:"sector_group"`
	Region     string          `json:"region"`                       // where most of its jobs are
	Firms      float64         `json:"firms"`                        // agents
	Jobs       float64         `json:"jobs"`                         // workers
	Share      float64         `json:"share_regional_jobs"`          // of all jobs
	Added      *float64        `json:"share_regional_value_added"`   // of all value added; nil where there is none
	Premium    *float64        `json:"productivity_premium"`         // value added per job over that of all firms, less 1; nil likewise
	Synergy    *ClusterSynergy `json:"synergy,omitempty"`            // nil before the first split
	Efficiency *ClusterPremium `json:"efficiency_premium,omitempty"` // likewise
}

// A ClusterPremium is how much more efficient the firms of a cluster are than those outside of all clusters, in log points (1 = a
// factor of e), and the parts of it; see measure.Decompose.
type ClusterPremium struct {
	Mix       float64 `json:"mix"`
	Sorting   float64 `json:"sorting"`
	Selection float64 `json:"selection"`
	Input     float64 `json:"input"`
	Labour    float64 `json:"labour"`
	Knowledge float64 `json:"knowledge"`
	Trust     float64 `json:"trust"`
	Total     float64 `json:"total"`
}

// A ClusterSynergy is what nearness adds to the value added of a cluster's firms, over what it is with all channels off.
type ClusterSynergy struct {
	Input     float64 `json:"input"`
	Labour    float64 `json:"labour"`
	Knowledge float64 `json:"knowledge"`
	Trust     float64 `json:"trust"`
	Club      float64 `json:"club"`
	Total     float64 `json:"total"`
}

// LastClusters reads the clusters of the first replicate at its last year's end, in the order of the table; those that ended then
// are left out.
func LastClusters(dir string) ([]Cluster, error) {
	t, err := table.ReadFile(filepath.Join(dir, "clusters.csv"), []table.Column{
		{Name: "run", Kind: table.Integer}, {Name: "tick", Kind: table.Integer}, {Name: "cluster", Kind: table.Integer}, {Name: "name"},
		{Name: "sector_group"}, {Name: "region"}, {Name: "firms", Kind: table.Number}, {Name: "jobs", Kind: table.Number},
		{Name: "share_regional_jobs", Kind: table.Number, Gaps: true}, {Name: "share_regional_value_added", Kind: table.Number, Gaps: true},
	}, table.Options{AllowNoRows: true})
	if err != nil {
		return nil, err
	}
	run, tick := t.Integers("run"), t.Integers("tick")
	last := int64(-1)
	for row := range tick {
		if run[row] == run[0] {
			last = max(last, tick[row])
		}
	}
	word := func(column string, row int) string {
		l := t.Labels(column)
		return l.Names[l.Code[row]]
	}
	var out []Cluster
	for row := range tick {
		if run[row] != run[0] || tick[row] != last || t.Numbers("firms")[row] == 0 {
			continue
		}
		c := Cluster{
			Number: t.Integers("cluster")[row], Name: word("name", row), Group: word("sector_group", row), Region: word("region", row),
			Firms: t.Numbers("firms")[row], Jobs: t.Numbers("jobs")[row],
			Share: t.Numbers("share_regional_jobs")[row],
		}
		if t.Has("share_regional_value_added", row) && c.Share > 0 {
			added := t.Numbers("share_regional_value_added")[row]
			premium := added/c.Share - 1
			c.Added, c.Premium = &added, &premium
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, nil
	}
	err = addColumns(dir, "synergy", []string{"input", "labour", "knowledge", "trust", "club", "total"}, out, run[0], last,
		func(c *Cluster, x []float64) { c.Synergy = &ClusterSynergy{x[0], x[1], x[2], x[3], x[4], x[5]} })
	if err != nil {
		return nil, err
	}
	columns := []string{"mix", "sorting", "selection", "input", "labour", "knowledge", "trust", "total"}
	return out, addColumns(dir, "premium", columns, out, run[0], last, func(c *Cluster, x []float64) {
		c.Efficiency = &ClusterPremium{x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]}
	})
}

// addColumns adds a row of another table of a year's end to the clusters of a run. A folder without the table, and a row with a
// gap, add nothing.
func addColumns(dir, name string, names []string, clusters []Cluster, run, tick int64, add func(c *Cluster, x []float64)) error {
	columns := []table.Column{{Name: "run", Kind: table.Integer}, {Name: "tick", Kind: table.Integer}, {Name: "cluster", Kind: table.Integer}}
	for _, c := range names {
		columns = append(columns, table.Column{Name: c, Kind: table.Number, Gaps: true})
	}
	t, err := table.ReadFile(filepath.Join(dir, name+".csv"), columns, table.Options{AllowNoRows: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for row, at := range t.Integers("tick") {
		if at != tick || t.Integers("run")[row] != run {
			continue
		}
		x := make([]float64, len(names))
		known := true
		for k, c := range names {
			x[k] = t.Numbers(c)[row]
			known = known && t.Has(c, row)
		}
		for k := range clusters {
			if clusters[k].Number == t.Integers("cluster")[row] && known {
				add(&clusters[k], x)
			}
		}
	}
	return nil
}
