package output

import (
	"math"

	"agglo/model/world"
)

// tally is the sums over a set of firms at a tick: all of them, a sector's, a region's or a cluster's. Firms are added in
// the order of their rows.
type tally struct {
	firms    float64
	jobs     float64
	added    float64 // value added, per year
	sales    float64 // per year
	priced   float64 // sales x price
	wages    float64 // jobs x wage, per year
	rents    float64 // jobs x rent, per year
	exports  float64 // per year
	research float64 // per year
	logTech  float64
	inFirms  float64 // in clusters
	inJobs   float64
	inAdded  float64
	split    world.Split
	trustIn  mean // trust in partners of the same cluster
	trustOut mean // in others

	// of the period since the last row
	births, deaths float64
}

// mean is a mean in the making.
type mean struct{ sum, n float64 }

func (m *mean) add(x float64) { m.sum += x; m.n++ }

// value is the mean, NaN of nothing.
func (m *mean) value() float64 { return ratio(m.sum, m.n) }

// ratio is a/b, NaN where b is 0: an empty cell.
func ratio(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// sample is what a tally takes from one firm.
type sample struct {
	jobs, added, sales, price, wage, rent, exports, research, logTech float64
	clustered                                                         bool
}

func sampleOf(v world.View, i int) sample {
	return sample{
		jobs: v.Jobs(i), added: v.ValueAdded(i), sales: v.Sales(i), price: v.Price(i), wage: v.Wage(i), rent: v.Rent(i),
		exports: v.Exports(i), research: v.Research(i), logTech: v.LogTech(i), clustered: v.Cluster(i) != 0,
	}
}

func (t *tally) add(s *sample) {
	t.firms++
	t.jobs += s.jobs
	t.added += s.added
	t.sales += s.sales
	t.priced += float64(s.sales * s.price)
	t.wages += float64(s.jobs * s.wage)
	t.rents += float64(s.jobs * s.rent)
	t.exports += s.exports
	t.research += s.research
	t.logTech += s.logTech
	if s.clustered {
		t.inFirms++
		t.inJobs += s.jobs
		t.inAdded += s.added
	}
}

// restart clears the sums of a tick and keeps those of the period.
func (t *tally) restart() { *t = tally{births: t.births, deaths: t.deaths} }

// addSplit adds a firm's split of value added.
func (t *tally) addSplit(s world.Split) {
	t.split.Base += s.Base
	t.split.Input += s.Input
	t.split.Labour += s.Labour
	t.split.Trust += s.Trust
	t.split.Knowledge += s.Knowledge
	t.split.Club += s.Club
}

// census knows who lived in which row, to count births and deaths by sector and region, and growth over a year.
type census struct {
	id       []uint64 // by row
	sector   []uint16
	region   []int32
	yearID   []uint64 // a year ago
	yearJobs []float64
}

// grow makes room for rows.
func (c *census) grow(rows int) {
	for len(c.id) < rows {
		c.id, c.sector, c.region = append(c.id, 0), append(c.sector, 0), append(c.region, 0)
		c.yearID, c.yearJobs = append(c.yearID, 0), append(c.yearJobs, 0)
	}
}

// count compares every row with the tick before and shows who is born and who has gone. A firm keeps its row for life.
func (c *census) count(v world.View, show func(born bool, sector, region int)) {
	c.grow(v.Rows())
	for i := range c.id {
		now := v.ID(i)
		if now != c.id[i] {
			if c.id[i] != 0 {
				show(false, int(c.sector[i]), int(c.region[i]))
			}
			if now != 0 {
				show(true, v.Sector(i), v.Region(i))
			}
			c.id[i] = now
		}
		if now != 0 {
			c.sector[i], c.region[i] = uint16(v.Sector(i)), int32(v.Region(i))
		}
	}
}

// survivors shows the workers of a year ago and of now of every firm that lived then and lives still, and then remembers
// the workers of now.
func (c *census) survivors(v world.View, show func(id uint64, before, now float64)) {
	c.grow(v.Rows())
	for i := range c.yearID {
		id := v.ID(i)
		if id != 0 && id == c.yearID[i] {
			show(id, c.yearJobs[i], v.Jobs(i))
		}
		c.yearID[i], c.yearJobs[i] = id, v.Jobs(i)
	}
}
