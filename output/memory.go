package output

import (
	"fmt"

	"agglo/model/world"
)

// Memory is what a recorder remembers from tick to tick beyond the rows that it has written, so that the rows of a run that
// goes on from a checkpoint are those that the run without a break has.
type Memory struct {
	Tick     int
	Period   [6]float64   // sums since the last row of the series
	Sectors  [][2]float64 // births and deaths since then
	Regions  [][2]float64
	ID       []uint64 // who lived in which row
	Sector   []uint16
	Region   []int32
	YearID   []uint64 // a year ago
	YearJobs []float64
	Split    world.Split
	Paid     []world.Cost // by policy
	Limit    uint64       // of the sample of growth rates
	Keys     []uint64
	Rates    []float64
	Means    [5][2]float64 // of the whole run: sums and numbers
	Gap      float64
	Turnover bool
}

// means are those of the whole run, in the order of Memory.Means.
func (l *longRun) means() [5]*mean {
	return [5]*mean{&l.births, &l.deaths, &l.firms, &l.unemployed, &l.rationed}
}

// sums are those of the period, in the order of Memory.Period.
func (p *period) sums() [6]*float64 {
	return [6]*float64{&p.births, &p.deaths, &p.moves, &p.innovations, &p.publicCost, &p.taxRevenue}
}

// Memory shows what the recorder remembers. It shares columns with it: write it before the next tick.
func (r *Recorder) Memory() Memory {
	c := &r.census
	m := Memory{Tick: r.tick, ID: c.id, Sector: c.sector, Region: c.region, YearID: c.yearID, YearJobs: c.yearJobs, Split: r.split,
		Paid: r.paid, Limit: r.pool.limit, Keys: r.pool.keys, Rates: r.pool.rates, Gap: r.long.gap, Turnover: r.long.turnover}
	for k, x := range r.period.sums() {
		m.Period[k] = *x
	}
	for k, x := range r.long.means() {
		m.Means[k] = [2]float64{x.sum, x.n}
	}
	m.Sectors, m.Regions = lives(r.sector), lives(r.region)
	return m
}

func lives(tallies []tally) [][2]float64 {
	all := make([][2]float64, len(tallies))
	for k := range tallies {
		all[k] = [2]float64{tallies[k].births, tallies[k].deaths}
	}
	return all
}

// Resume begins the tables of a run that goes on from a tick, with what another recorder remembered there. Tables of the
// state show that tick as their start; the series begins behind it. A memory that is not of this world is an error.
func (r *Recorder) Resume(v world.View, m Memory) error {
	if rows := len(m.ID); m.Tick != v.Tick() || len(m.Sectors) != v.Sectors() || len(m.Regions) != v.Regions() || rows > v.Rows() ||
		len(m.Sector) != rows || len(m.Region) != rows || len(m.YearID) != rows || len(m.YearJobs) != rows || len(m.Keys) != len(m.Rates) ||
		len(m.Paid) > v.Policies() {
		return fmt.Errorf("what was counted until tick %d does not fit the world at tick %d", m.Tick, v.Tick())
	}
	if err := r.begin(v); err != nil {
		return err
	}
	r.tick, r.split, r.paid = m.Tick, m.Split, m.Paid
	r.census = census{id: m.ID, sector: m.Sector, region: m.Region, yearID: m.YearID, yearJobs: m.YearJobs}
	r.pool = pool{limit: m.Limit, keys: m.Keys, rates: m.Rates}
	r.long.gap, r.long.turnover = m.Gap, m.Turnover
	for k, x := range r.period.sums() {
		*x = m.Period[k]
	}
	for k, x := range r.long.means() {
		x.sum, x.n = m.Means[k][0], m.Means[k][1]
	}
	for k, x := range m.Sectors {
		r.sector[k].births, r.sector[k].deaths = x[0], x[1]
	}
	for k, x := range m.Regions {
		r.region[k].births, r.region[k].deaths = x[0], x[1]
	}
	if r.run.Replicate == 0 {
		r.mapRows(v, r.tick)
		if r.folder.manifest.TiesEvery > 0 {
			r.tieRows(v, r.tick)
		}
	}
	return r.flush()
}
