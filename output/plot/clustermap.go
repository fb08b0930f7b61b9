package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostNames is how many clusters, the largest, bear their names on the map.
const mostNames = 9

// cluster is one cluster as the map shows it.
type cluster struct {
	number      float64
	name, group string
	x, y        float64
	label       string  // name, without what withSynergy adds
	jobs, share float64 // workers; of all jobs
	synergy     float64 // what nearness adds, share of value added; NaN where it is not known
	cells       []vg.Point
	km          float64 // width of its cells
	color       color.NRGBA
}

// clusterMap draws the clusters of the last year's end on the land, outlined in the colour of their group, with their names.
func (f *folder) clusterMap() (*sheet, error) {
	all, tick, err := f.clustersOnMap()
	if err != nil {
		return nil, err
	}
	firms := &firmMap{}
	if t, err := f.table("firms.csv"); err == nil {
		end, _ := lastTick(t.number["tick"])
		firms = f.firmsAt(t, end)
	}
	g, err := f.groundOf(all, firms)
	if err != nil {
		return nil, err
	}
	share := 0.0
	for _, c := range all {
		share += c.share
	}
	return &sheet{
		title:  f.say("title.clustermap", f.num(float64(len(all)), 0), f.portion(share), f.date(tick)),
		sub:    f.say("sub.clustermap", f.first(), f.date(tick)),
		height: g.height() + 20,
		paint: func(c draw.Canvas) {
			v := g.in(mapBox(c))
			v.land(c)
			v.borders(c)
			for _, k := range all {
				v.fillCluster(c, &k)
			}
			v.dots(c, firms, all)
			for _, k := range all {
				v.outlineCluster(c, &k)
			}
			named := f.clusterNames(c, v, all)
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
			f.clusterKey(c, all, named)
		},
	}, nil
}

// groundOf is the land around clusters and firms.
func (f *folder) groundOf(all []cluster, firms *firmMap) (*ground, error) {
	var x, y []float64
	if firms != nil {
		x, y = slices.Clone(firms.x), slices.Clone(firms.y)
	}
	for _, c := range all {
		for _, p := range c.cells {
			x, y = append(x, float64(p.X)), append(y, float64(p.Y))
		}
	}
	return f.ground(x, y)
}

// clustersOnMap joins cells of clusters at their last tick with names and jobs, the largest first.
func (f *folder) clustersOnMap() ([]cluster, float64, error) {
	cells, err := f.table("cluster_cells.csv")
	if err != nil {
		return nil, 0, err
	}
	rows, err := f.table("clusters.csv")
	if err != nil {
		return nil, 0, err
	}
	end, _ := lastTick(cells.number["tick"])
	all := f.clustersAt(cells, rows, end)
	if len(all) == 0 {
		return nil, 0, skip(f.say("note.empty", "clusters.csv"))
	}
	look := map[string]color.NRGBA{}
	for k := range all {
		col, ok := look[all[k].group]
		if !ok {
			col = pale // of all further groups: nobody tells ten colours apart
			if len(look) < len(groupColors) {
				col = groupColors[len(look)]
			}
			look[all[k].group] = col
		}
		all[k].color = col
	}
	return all, end, nil
}

// clustersAt joins the cells that clusters have at a tick with what the last year's end said of them, the largest first.
func (f *folder) clustersAt(cells, rows *table, tick float64) []cluster {
	known := map[float64]int{}
	var all []cluster
	n := cells.number
	for i := range cells.rows {
		if n["tick"][i] != tick || math.IsNaN(n["x"][i]+n["y"][i]) || !(n["km"][i] > 0) {
			continue
		}
		k, ok := known[n["cluster"][i]]
		if !ok {
			k = len(all)
			known[n["cluster"][i]] = k
			all = append(all, cluster{number: n["cluster"][i], km: n["km"][i]})
		}
		all[k].cells = append(all[k].cells, vg.Point{X: vg.Length(n["x"][i]), Y: vg.Length(n["y"][i])})
	}
	n = rows.number
	for i := range rows.rows { // the last row of each until then is the one that stays
		if n["tick"][i] > tick {
			continue
		}
		if k, ok := known[n["cluster"][i]]; ok && n["run"][i] == n["run"][0] && n["jobs"][i] > 0 {
			c := &all[k]
			c.name, c.group = rows.word["name"][i], rows.word["sector_group"][i]
			c.x, c.y, c.jobs, c.share = n["x"][i], n["y"][i], n["jobs"][i], n["share_regional_jobs"][i]
			c.name = text.ClusterName(f.lang, c.name, c.group)
			c.label, c.synergy = c.name, math.NaN()
		}
	}
	all = slices.DeleteFunc(all, func(c cluster) bool { return c.jobs <= 0 || math.IsNaN(c.x+c.y+c.share) })
	f.withSynergy(all, tick)
	slices.SortStableFunc(all, func(a, b cluster) int { return cmp.Or(cmp.Compare(b.jobs, a.jobs), cmp.Compare(a.number, b.number)) })
	return all
}

// withSynergy sets what nearness adds to a cluster's value added behind its name, where the run has split it.
func (f *folder) withSynergy(all []cluster, tick float64) {
	t, err := f.table("synergy.csv")
	if err != nil {
		return
	}
	n := t.number
	for i := range t.rows {
		if n["tick"][i] != tick || n["run"][i] != n["run"][0] || math.IsNaN(n["total"][i]) {
			continue
		}
		for k := range all {
			if all[k].number == n["cluster"][i] {
				all[k].synergy = n["total"][i]
				all[k].name += " " + f.sign(100*n["total"][i]) + "%"
			}
		}
	}
}

// sign writes a number with its sign: whole, below 1 with one decimal, so that a small loss is no zero.
func (f *folder) sign(x float64) string {
	decimals := 0
	switch {
	case math.Abs(x) < .05:
		return f.num(0, 0)
	case math.Abs(x) < .95:
		decimals = 1
	}
	if x > 0 {
		return "+" + f.num(x, decimals)
	}
	return f.num(x, decimals)
}
