package study

import (
	"math"
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

// claimGauges are what a run is asked in every tick; what takes sorting is read at years' ends and carried on.
type claimGauges struct {
	added, jobs, sales, exports, logPrice, efficiency, profit float64 // sums over firms; logPrice weighted by sales, efficiency by jobs
	survivors, innovations                                    float64 // survivors: living firms that lived at the branch
	private                                                   float64 // capital bought and own R&D, in the tick
	spent                                                     float64 // public money, in the tick
	inClusters                                                float64 // jobs
	targetFirms, targetAdded, targetJobs, targetInClusters    float64
	targetBefore, targetSurvivors                             float64 // firms in the target ten years before, and those of them that live
	residents                                                 float64 // workers who live in the target
	members, lent                                             float64 // firms on the rolls of the scenario's facilities, and their overdrafts
	lagging, theil, gap                                       float64
	trade                                                     sectorGauges
}

// claimRecord follows a run from its branch on.
type claimRecord struct {
	circle *world.Point
	km     float64
	shock  int      // first tick of the first shock, -1 = none
	first  int      // tick of the branch
	scale  float64  // firms for an agent
	ids    []uint64 // of firms at the branch, by row
	lived  int
	share  []float64  // by labour market: share of its land in the target
	there  [][]firmOf // by tick since the branch: who is in the target
	rows   []claimGauges

	sectors []string // that the test names
	named   []bool   // by sector; nil = none
}

// A firmOf is a firm by its row, which is another's once it has closed.
type firmOf struct {
	row int
	id  uint64
}

// afterwards is how many ticks firms are followed that stood in the target: ten years.
const afterwards = 10 * world.TicksPerYear

// Observe reads a tick.
func (r *claimRecord) Observe(v world.View, tick int) error {
	if len(r.rows) == 0 {
		r.begin(v, tick)
	}
	g := r.firms(v)
	m, count := v.Money(), v.Count()
	g.innovations, g.spent = float64(count.Innovations), v.Scale()*m.PublicCost
	for k, share := range r.share {
		if share > 0 {
			g.residents += float64(share * v.Force(k))
		}
	}
	g.members, g.lent = lentToMembers(v)
	if n := len(r.rows); n == 0 || tick%world.TicksPerYear == 0 {
		g.lagging, g.theil = incomes(v)
		g.gap = technologyGap(v)
	} else {
		last := &r.rows[n-1]
		g.lagging, g.theil, g.gap = last.lagging, last.theil, last.gap
	}
	if r.named != nil {
		last := &sectorGauges{}
		if n := len(r.rows); n > 0 {
			last = &r.rows[n-1].trade
		}
		g.trade = r.trades(v, tick%world.TicksPerYear == 0, last)
	}
	r.rows = append(r.rows, g)
	return nil
}

// begin remembers who lives, and which land is in the target.
func (r *claimRecord) begin(v world.View, tick int) {
	r.first, r.scale = tick, v.Scale()
	for i := range v.Rows() {
		r.ids = append(r.ids, v.ID(i))
		if v.Living(i) {
			r.lived++
		}
	}
	if len(r.sectors) > 0 {
		r.nameSectors(v)
	}
	if r.circle == nil {
		return
	}
	r.shares(v)
}

// shares works out which part of each labour market's land is in the target.
func (r *claimRecord) shares(v world.View) {
	land := make([]float64, v.Markets())
	r.share = make([]float64, v.Markets())
	for c := range v.Cells() {
		k := v.CellMarket(c)
		if k < 0 {
			continue
		}
		land[k] += v.CellLand(c)
		if r.inside(v.CellMid(c)) {
			r.share[k] += v.CellLand(c)
		}
	}
	for k := range land {
		if land[k] > 0 {
			r.share[k] /= land[k]
		}
	}
}

// inside says whether a point is in the target.
func (r *claimRecord) inside(p world.Point) bool {
	return r.circle != nil && math.Hypot(p.X-r.circle.X, p.Y-r.circle.Y) <= r.km
}

// firms sums up what firms do.
func (r *claimRecord) firms(v world.View) claimGauges {
	var g claimGauges
	var there []firmOf
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		jobs, added, sales := v.Jobs(i), v.ValueAdded(i), v.Sales(i)
		g.jobs += jobs
		g.added += added
		g.sales += sales
		g.exports += v.Exports(i)
		g.logPrice += float64(sales * v.LogPrice(i))
		g.efficiency += float64(jobs * v.LogEfficiency(i))
		g.profit += v.Profit(i)
		g.private += float64(v.Invest(i)) + float64(v.ResearchOwn(i)/world.TicksPerYear)
		if i < len(r.ids) && r.ids[i] == v.ID(i) {
			g.survivors++
		}
		clustered := v.Cluster(i) != 0
		if clustered {
			g.inClusters += jobs
		}
		if r.inside(world.Point{X: v.X(i), Y: v.Y(i)}) {
			there = append(there, firmOf{i, v.ID(i)})
			g.targetFirms++
			g.targetAdded += added
			g.targetJobs += jobs
			if clustered {
				g.targetInClusters += jobs
			}
		}
	}
	if r.circle != nil {
		r.there = append(r.there, there)
		if before := len(r.there) - 1 - afterwards; before >= 0 {
			g.targetBefore, g.targetSurvivors = alive(v, r.there[before])
		}
	}
	return g
}

// alive counts firms, and those of them that live, wherever they are.
func alive(v world.View, firms []firmOf) (all, living float64) {
	for _, f := range firms {
		if v.Living(f.row) && v.ID(f.row) == f.id {
			living++
		}
	}
	return float64(len(firms)), living
}

// lentToMembers counts the firms on the rolls of the facilities that the scenario gives, and adds up their overdrafts. A firm on two rolls
// counts twice.
func lentToMembers(v world.View) (members, lent float64) {
	for k := range v.Facilities() {
		for n := range v.FacilityMembers(k) {
			if !v.FacilityHolds(k, n) {
				continue
			}
			row, _ := v.FacilityMember(k, n)
			members++
			lent += max(-v.Cash(row), 0)
		}
	}
	return members, lent
}

// incomes reads labour markets: the mean wage income of those who live in the poorest quarter of them, by workers, and
// Theil's index of income between markets (Theil 1967), weighted by workers.
func incomes(v world.View) (lagging, theil float64) {
	type market struct{ force, income float64 }
	var list []market
	all, sum := 0.0, 0.0
	for k := range v.Markets() {
		if v.MarketExists(k) && v.Force(k) > 0 {
			m := market{v.Force(k), v.Employed(k) * v.MarketWage(k) / v.Force(k)}
			list = append(list, m)
			all += m.force
			sum += float64(m.force * m.income)
		}
	}
	slices.SortStableFunc(list, func(a, b market) int {
		switch {
		case a.income < b.income:
			return -1
		case a.income > b.income:
			return 1
		}
		return 0
	})
	left, mean := all/4, sum/all
	for _, m := range list {
		take := min(left, m.force)
		lagging += float64(take * m.income)
		left -= take
		if m.income > 0 {
			theil += float64(m.force / all * (m.income / mean) * num.Log(m.income/mean))
		}
	}
	return lagging / (all / 4), theil
}

// technologyGap is the mean over firms of how far their log technology lies behind the ninetieth percentile of their
// sector.
func technologyGap(v world.View) float64 {
	bySector := make([][]float64, v.Sectors())
	for i := range v.Rows() {
		if v.Living(i) {
			s := v.Sector(i)
			bySector[s] = append(bySector[s], v.LogTech(i))
		}
	}
	sum, n := 0.0, 0.0
	for _, x := range bySector {
		if len(x) < 2 {
			continue
		}
		slices.Sort(x)
		top := quantile(x, .9)
		for _, own := range x {
			sum += top - own
			n++
		}
	}
	return sum / n
}
