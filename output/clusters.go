package output

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
)

var (
	clusterColumns = []string{"run", "tick", "cluster", "name", "sector_group", "x", "y", "firms", "jobs", "value_added",
		"productivity", "unit_cost", "exports", "trust_in", "trust_out", "event", "other", "region", "share_regional_jobs", "share_regional_value_added",
		"wage", "rd", "technology"}
	synergyColumns = []string{"run", "tick", "cluster", "input", "labour", "knowledge", "trust", "club", "total"}
)

// clusterRows writes the clusters of a year's end, in the order of the world, and behind them those that have ended: a last row
// without firms.
func (r *Recorder) clusterRows(v world.View, tick int) {
	r.clusterTrust(v)
	for k := range r.cluster {
		r.clusterRow(v, tick, v.Group(k), &r.cluster[k])
	}
	for k := range v.Ended() {
		r.clusterRow(v, tick, v.EndedGroup(k), &tally{})
	}
}

func (r *Recorder) clusterRow(v world.View, tick int, g world.Group, t *tally) {
	w := r.writers["clusters"]
	w.Integer(int64(r.run.Run))
	w.Integer(int64(tick))
	w.Integer(int64(g.Number))
	w.Text(g.Name)
	w.Text(g.Group)
	w.Number(g.At.X)
	w.Number(g.At.Y)
	w.Number(t.firms)
	w.Number(t.jobs * v.Scale())
	w.Number(t.added * v.Scale())
	w.Number(ratio(t.added, t.jobs))
	w.Number(ratio(t.priced, t.sales))
	w.Number(t.exports * v.Scale())
	w.Number(t.trustIn.value())
	w.Number(t.trustOut.value())
	w.Text(g.Event)
	if g.Other == 0 {
		w.Number(math.NaN())
	} else {
		w.Integer(int64(g.Other))
	}
	w.Text(v.RegionID(g.Region))
	w.Number(ratio(t.jobs, r.all.jobs))
	w.Number(ratio(t.added, r.all.added))
	w.Number(ratio(t.wages, t.jobs))
	w.Number(t.research * v.Scale())
	w.Number(num.Exp(ratio(t.logTech, t.firms)))
	w.EndRow()
}

// clusterTrust takes the mean trust of each cluster's firms in partners inside and outside of it.
func (r *Recorder) clusterTrust(v world.View) {
	if len(r.cluster) == 0 {
		return
	}
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		own, ok := r.place[v.Cluster(i)]
		if !ok {
			continue
		}
		t := &r.cluster[own]
		v.EachTie(i, func(_ world.TieKind, partner int, trust float64) {
			if v.Cluster(partner) == v.Cluster(i) {
				t.trustIn.add(trust)
			} else {
				t.trustOut.add(trust)
			}
		})
	}
}

// clusterCells writes the cells of the clusters of a tick.
func (r *Recorder) clusterCells(v world.View, tick int) {
	w := r.reach
	for k := range v.Groups() {
		g := v.Group(k)
		for n := range v.GroupCells(k) {
			c := v.GroupCell(k, n)
			at := v.CellMid(c)
			w.Integer(int64(tick))
			w.Integer(int64(g.Number))
			w.Integer(int64(c))
			w.Number(at.X)
			w.Number(at.Y)
			w.Number(v.CellKM(c))
			w.EndRow()
		}
	}
}

// synergyRows writes the split of value added of a year's end, for all firms (cluster 0) and for each cluster.
func (r *Recorder) synergyRows(v world.View, tick int) {
	if at, ok := v.SynergyTick(); !ok || at != tick {
		return
	}
	r.synergyRow(tick, 0, r.all.split)
	for k := range r.cluster {
		r.synergyRow(tick, int64(v.Group(k).Number), r.cluster[k].split)
	}
}

func (r *Recorder) synergyRow(tick int, cluster int64, s world.Split) {
	w := r.writers["synergy"]
	w.Integer(int64(r.run.Run))
	w.Integer(int64(tick))
	w.Integer(cluster)
	for _, part := range []float64{s.Input, s.Labour, s.Knowledge, s.Trust, s.Club} {
		w.Number(ratio(part, s.Base))
	}
	w.Number(splitTotal(s))
	w.EndRow()
}
