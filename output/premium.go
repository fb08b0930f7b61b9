package output

import (
	"agglo/model/measure"
	"agglo/model/world"
)

var premiumColumns = []string{"run", "tick", "cluster", "mix", "sorting", "selection", "input", "labour", "trust", "knowledge", "total",
	"value_added", "wage"}

// youngYears is the age below which a firm counts as young in the decomposition of a premium, years: at most as long as
// newborn firms are followed by the statistics of business demography.
const youngYears = 5

// premiums gathers, once a year, what the decomposition of premiums needs: of each cluster, of all of them together and
// of the firms outside.
type premiums struct {
	inside, outside side
	cluster         []side
}

// side is a set of firms.
type side struct {
	sums               *measure.PremiumSum
	jobs, added, wages float64
}

func newSide(sectors int) side { return side{sums: measure.NewPremiumSum(sectors, 5)} }

func (s *side) add(v world.View, i int, terms []float64) {
	s.sums.Add(v.Sector(i), v.Jobs(i), v.Age(i) < youngYears, terms)
	s.jobs += v.Jobs(i)
	s.added += v.ValueAdded(i)
	s.wages += float64(v.Jobs(i) * v.Wage(i))
}

// restart begins a year with so many clusters.
func (p *premiums) restart(sectors, clusters int) {
	p.inside, p.outside, p.cluster = newSide(sectors), newSide(sectors), nil
	for range clusters {
		p.cluster = append(p.cluster, newSide(sectors))
	}
}

// add adds a firm that has sold something: newborn ones have no price of inputs yet.
func (p *premiums) add(v world.View, i, cluster int, clustered bool) {
	if v.Sales(i) <= 0 {
		return
	}
	own, input, labour, trust, knowledge := v.EfficiencyTerms(i)
	terms := [...]float64{own, input, labour, trust, knowledge}
	if !clustered {
		p.outside.add(v, i, terms[:])
		return
	}
	p.inside.add(v, i, terms[:])
	p.cluster[cluster].add(v, i, terms[:])
}

// premiumRows writes the premiums of a year's end over the firms outside all clusters: of all clusters together (cluster
// 0) and of each.
func (r *Recorder) premiumRows(v world.View, tick int) {
	if at, ok := v.SynergyTick(); !ok || at != tick || len(r.cluster) == 0 {
		return
	}
	r.premiumRow(tick, 0, &r.premium.inside)
	for k := range r.premium.cluster {
		r.premiumRow(tick, int64(v.Group(k).Number), &r.premium.cluster[k])
	}
}

func (r *Recorder) premiumRow(tick int, cluster int64, in *side) {
	out := &r.premium.outside
	p := measure.Decompose(in.sums, out.sums)
	w := r.writers["premium"]
	w.Integer(int64(r.run.Run))
	w.Integer(int64(tick))
	w.Integer(cluster)
	for _, part := range [...]float64{p.Mix, p.Sorting, p.Selection, p.Channels[0], p.Channels[1], p.Channels[2], p.Channels[3], p.Total} {
		w.Number(part)
	}
	w.Number(ratio(ratio(in.added, in.jobs), ratio(out.added, out.jobs)) - 1)
	w.Number(ratio(ratio(in.wages, in.jobs), ratio(out.wages, out.jobs)) - 1)
	w.EndRow()
}
