package output

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// column is a column of a table: its name, unit and meaning for the dictionary, and how a row gets its value.
type column struct {
	name, unit, meaning string
	value               func(r *Recorder, v world.View) float64
}

// names gives the header of the series: what identifies a row, then the metrics.
func names(columns []column) []string {
	head := []string{"run", "point", "replicate", "seed", "tick", "policy"}
	for _, c := range columns {
		head = append(head, c.name)
	}
	return head
}

// identify writes the cells that say which row this is.
func (r *Recorder) identify(name string, tick int) {
	w := r.writers[name]
	w.Integer(int64(r.run.Run))
	w.Integer(int64(r.run.Point))
	w.Integer(int64(r.run.Replicate))
	w.Integer(int64(r.run.Seed))
	w.Integer(int64(tick))
	w.Text("")
}

// seriesRow writes the row of a tick into the series of the region, of its sectors and of its regions.
func (r *Recorder) seriesRow(v world.View, tick int) {
	w := r.writers["series"]
	r.identify("series", tick)
	for _, c := range r.columns {
		w.Number(c.value(r, v))
	}
	w.EndRow()
	if r.writers["series_sector"] != nil {
		for s := range r.sector {
			r.groupRow("series_sector", v, tick, v.SectorID(s), &r.sector[s], sectorColumns(), s)
		}
	}
	if r.writers["series_region"] != nil {
		for k := range r.region {
			r.groupRow("series_region", v, tick, v.RegionID(k), &r.region[k], regionColumns(), k)
		}
	}
}

// seriesColumns lists the metrics of the series.
func seriesColumns() []column {
	return append(append(economyColumns(), lifeColumns()...), contextColumns()...)
}

// economyColumns are what firms make, pay and sell.
func economyColumns() []column {
	return []column{
		{"firms", "agents", "living firms", func(r *Recorder, _ world.View) float64 { return r.all.firms }},
		{"firms_real", "firms", "firms that the agents stand for", func(r *Recorder, v world.View) float64 { return r.all.firms * v.Scale() }},
		{"jobs", "workers", "workers at firms", func(r *Recorder, v world.View) float64 { return r.all.jobs * v.Scale() }},
		{"value_added", "worker-years/year", "sales less inputs, at the rate of this tick", func(r *Recorder, v world.View) float64 { return r.all.added * v.Scale() }},
		{"productivity", "worker-years/year/worker", "value added per job", func(r *Recorder, _ world.View) float64 { return ratio(r.all.added, r.all.jobs) }},
		{"unit_cost", "1", "mean price weighted by sales; the world's good costs 1", func(r *Recorder, _ world.View) float64 { return ratio(r.all.priced, r.all.sales) }},
		{"wage", "worker-years/worker/year", "mean wage of the labour markets, weighted by the employed", func(r *Recorder, _ world.View) float64 { return r.latest.wage }},
		{"unemployment", "1", "share of the labour force without work", func(r *Recorder, _ world.View) float64 { return r.latest.unemployment }},
		{"rent", "worker-years/worker/year", "mean rent that firms pay for a worker's room, weighted by jobs", func(r *Recorder, _ world.View) float64 { return ratio(r.all.rents, r.all.jobs) }},
		{"exports", "worker-years/year", "sales to the world, at the rate of this tick", func(r *Recorder, v world.View) float64 { return r.all.exports * v.Scale() }},
		{"rd", "worker-years/year", "R&D spending of firms, at the rate of this tick", func(r *Recorder, v world.View) float64 { return r.all.research * v.Scale() }},
	}
}

// lifeColumns are who comes and goes, who is tied to whom, and where they cluster.
func lifeColumns() []column {
	return []column{
		{"innovations", "agents/period", "innovations since the row before", func(r *Recorder, _ world.View) float64 { return r.period.innovations }},
		{"births", "agents/period", "firms founded since the row before", func(r *Recorder, _ world.View) float64 { return r.period.births }},
		{"deaths", "agents/period", "firms closed since the row before", func(r *Recorder, _ world.View) float64 { return r.period.deaths }},
		{"moves", "agents/period", "firms that changed their site since the row before", func(r *Recorder, _ world.View) float64 { return r.period.moves }},
		{"ties", "ties", "supply ties and collaborations, a collaboration counted once", func(r *Recorder, _ world.View) float64 { return r.latest.ties }},
		{"degree", "ties/firm", "mean number of collaborators", func(r *Recorder, _ world.View) float64 { return ratio(r.latest.partner, r.all.firms) }},
		{"trust", "1", "mean trust tau over half-ties, 0 to 1", func(r *Recorder, _ world.View) float64 { return r.latest.trust.value() }},
		{"share_firms_in_clusters", "1", "share of firms in clusters, as of the last year's end", func(r *Recorder, _ world.View) float64 { return ratio(r.all.inFirms, r.all.firms) }},
		{"share_jobs_in_clusters", "1", "share of jobs in clusters", func(r *Recorder, _ world.View) float64 { return ratio(r.all.inJobs, r.all.jobs) }},
		{"share_value_added_in_clusters", "1", "share of value added in clusters", func(r *Recorder, _ world.View) float64 { return ratio(r.all.inAdded, r.all.added) }},
		{"clusters", "clusters", "number of clusters, as of the last year's end", func(_ *Recorder, v world.View) float64 { return float64(v.Groups()) }},
		{"eg_gamma", "1", "Ellison-Glaeser gamma on squares of 10 km, median of the sectors", func(r *Recorder, _ world.View) float64 { return r.latest.egGamma }},
		{"synergy", "1", "what nearness adds to value added, over value added with all channels off, as of the last year's end", func(r *Recorder, _ world.View) float64 { return splitTotal(r.split) }},
	}
}

// contextColumns are public money, technology and the world's yardsticks.
func contextColumns() []column {
	return []column{
		{"public_cost", "worker-years/period", "public money spent on policies since the row before", func(r *Recorder, _ world.View) float64 { return r.period.publicCost }},
		{"tax_revenue", "worker-years/period", "taxes on profits since the row before", func(r *Recorder, _ world.View) float64 { return r.period.taxRevenue }},
		{"treasury", "worker-years", "balance of all treasuries", func(r *Recorder, _ world.View) float64 { return r.latest.treasury }},
		{"technology", "1", "technology of firms, geometric mean; the world's at tick 0 is 1", func(r *Recorder, _ world.View) float64 { return num.Exp(ratio(r.all.logTech, r.all.firms)) }},
		{"world_technology", "1", "technology of the world; 1 at tick 0", func(_ *Recorder, v world.View) float64 { return num.Exp(v.WorldLogTech()) }},
		{"world_wage", "worker-years/worker/year", "wage of the world", func(_ *Recorder, v world.View) float64 { return v.WorldWage() }},
		{"suppliers", "ties/firm", "mean number of supply ties that a firm holds as buyer", func(r *Recorder, _ world.View) float64 { return ratio(r.latest.suppliers, r.all.firms) }},
		{"collaborators", "ties/firm", "mean number of collaborators that a firm holds; the same as degree", func(r *Recorder, _ world.View) float64 { return ratio(r.latest.partner, r.all.firms) }},
		{"tail_exponent", "1", "exponent of the upper tail of jobs per firm: slope of log(rank - 1/2) on log size, largest tenth", func(r *Recorder, _ world.View) float64 { return r.latest.tail }},
	}
}

// splitTotal is the sum of the channels over value added with all channels off; NaN before the first split.
func splitTotal(s world.Split) float64 {
	return ratio(s.Input+s.Labour+s.Trust+s.Knowledge+s.Club, s.Base)
}

// groupColumn is a column of a long series: value of a tally, and of the k-th sector or region.
type groupColumn struct {
	name, unit, meaning string
	value               func(r *Recorder, v world.View, t *tally, k int) float64
}

// groupHead gives the header of a long series.
func groupHead(group string, columns []groupColumn) []string {
	head := append(names(nil), group)
	for _, c := range columns {
		head = append(head, c.name)
	}
	return head
}

// groupRow writes one row of a long series.
func (r *Recorder) groupRow(name string, v world.View, tick int, id string, t *tally, columns []groupColumn, k int) {
	w := r.writers[name]
	r.identify(name, tick)
	w.Text(id)
	for _, c := range columns {
		w.Number(c.value(r, v, t, k))
	}
	w.EndRow()
}

// tallyColumns are what a tally of firms tells of itself.
func tallyColumns() []groupColumn {
	return []groupColumn{
		{"firms", "agents", "living firms", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return t.firms }},
		{"firms_real", "firms", "firms that the agents stand for", func(_ *Recorder, v world.View, t *tally, _ int) float64 { return t.firms * v.Scale() }},
		{"jobs", "workers", "workers at firms", func(_ *Recorder, v world.View, t *tally, _ int) float64 { return t.jobs * v.Scale() }},
		{"value_added", "worker-years/year", "sales less inputs, at the rate of this tick", func(_ *Recorder, v world.View, t *tally, _ int) float64 { return t.added * v.Scale() }},
		{"productivity", "worker-years/year/worker", "value added per job", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return ratio(t.added, t.jobs) }},
		{"unit_cost", "1", "mean price weighted by sales", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return ratio(t.priced, t.sales) }},
		{"rent", "worker-years/worker/year", "mean rent of a worker's room, weighted by jobs", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return ratio(t.rents, t.jobs) }},
		{"exports", "worker-years/year", "sales to the world, at the rate of this tick", func(_ *Recorder, v world.View, t *tally, _ int) float64 { return t.exports * v.Scale() }},
		{"rd", "worker-years/year", "R&D spending, at the rate of this tick", func(_ *Recorder, v world.View, t *tally, _ int) float64 { return t.research * v.Scale() }},
		{"births", "agents/period", "firms founded since the row before", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return t.births }},
		{"deaths", "agents/period", "firms closed since the row before", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return t.deaths }},
		{"share_jobs_in_clusters", "1", "share of jobs in clusters", func(_ *Recorder, _ world.View, t *tally, _ int) float64 { return ratio(t.inJobs, t.jobs) }},
		{"technology", "1", "technology of firms, geometric mean; the world's at tick 0 is 1", func(_ *Recorder, _ world.View, t *tally, _ int) float64 {
			return num.Exp(ratio(t.logTech, t.firms))
		}},
	}
}

// sectorColumns lists the metrics of series_sector.csv.
func sectorColumns() []groupColumn {
	return append(tallyColumns(),
		groupColumn{"wage", "worker-years/worker/year", "mean wage that the sector's firms pay, weighted by jobs", func(_ *Recorder, _ world.View, t *tally, _ int) float64 {
			return ratio(t.wages, t.jobs)
		}},
		groupColumn{"eg_gamma", "1", "Ellison-Glaeser gamma on squares of 10 km", func(r *Recorder, _ world.View, _ *tally, k int) float64 {
			if k < len(r.latest.gamma) && r.latest.gamma[k].Defined {
				return r.latest.gamma[k].Gamma
			}
			return ratio(0, 0)
		}},
	)
}

// regionColumns lists the metrics of series_region.csv.
func regionColumns() []groupColumn {
	return append(tallyColumns(),
		groupColumn{"wage", "worker-years/worker/year", "mean wage of the labour markets whose middle lies in the region", func(_ *Recorder, v world.View, _ *tally, k int) float64 {
			wage, _ := wages(v, func(m int) bool { return v.MarketRegion(m) == k })
			return wage
		}},
		groupColumn{"unemployment", "1", "unemployment of those markets", func(_ *Recorder, v world.View, _ *tally, k int) float64 {
			_, u := wages(v, func(m int) bool { return v.MarketRegion(m) == k })
			return u
		}},
		groupColumn{"treasury", "worker-years", "balance of the treasury", func(_ *Recorder, v world.View, _ *tally, k int) float64 {
			return v.Treasury(k) * v.Scale()
		}},
	)
}
