package study

import (
	"math"
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

// A metric is an outcome with its unit and meaning.
type metric struct{ name, unit, meaning string }

// metrics lists what is compared, in the order in which readers ask for it. jobs_target is told by arm, and only of a
// policy that is aimed at places or sectors.
var metrics = []metric{
	{"productivity", "worker-years/year/worker", "value added per job"},
	{"jobs", "workers", "workers at firms"},
	{jobsTarget, "workers", "workers at firms in the places and sectors that the policy is aimed at"},
	{"synergy", "1", "what nearness adds to value added, over value added with all channels off, as of the last year's end"},
	{publicCost, "worker-years/period", "public money spent on policies since the row before, taxes not asked for included"},
	{"value_added", "worker-years/year", "sales less inputs, at the rate of the tick"},
	{"efficiency", "1", "how much firms make of labour and capital in units: exp of the mean of (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta), weighted by jobs"},
	{"wage", "worker-years/worker/year", "mean wage of the labour markets, weighted by the employed"},
	{"firms", "agents", "living firms"},
	{"exports", "worker-years/year", "sales to the world, at the rate of the tick"},
}

const (
	jobsTarget = "jobs_target"
	publicCost = "public_cost"
)

// Metrics lists the outcomes that can be compared.
func Metrics() []string {
	names := make([]string, len(metrics))
	for k := range metrics {
		names[k] = metrics[k].name
	}
	return names
}

// chosen lists the metrics asked for, in the order of Metrics; jobs_target only if some arm has a target.
func chosen(asked []string, arms []Arm) []string {
	local := slices.ContainsFunc(arms, local)
	var names []string
	for _, m := range Metrics() {
		if (len(asked) == 0 || slices.Contains(asked, m)) && (m != jobsTarget || local) {
			names = append(names, m)
		}
	}
	return names
}

// local says whether an arm is aimed at places or sectors.
func local(a Arm) bool {
	for k := range a.Policies {
		if a.Policies[k].Target.Local() {
			return true
		}
	}
	return false
}

// record is what one run shows. It is an observer.
type record struct {
	arms  []Arm
	own   []string // ids of the policies that the arm adds
	first int
	ticks []int

	values  [][]float64 // by metric of the list metrics, by reported tick; NaN where not known
	targets [][]float64 // by arm, by reported tick: jobs_target
	beside  [][]float64 // by arm, by reported tick: jobs of those outside the target who are in its places or sectors
	prints  []uint64    // by tick behind first
	books   books
	ends    []int    // by arm: the last tick of its policies; 0 = not asked of this run
	census  [][]book // by arm, at that tick
	traced  float64  // money given to firms more than to their twins, worker-years
	wasted  float64  // of it, to firms whose twin grew as much
	flows   []flow   // by tick behind first
	spent   float64  // public money since the last reported tick, of all policies
}

// flow is what is added up over every tick.
type flow struct {
	jobs  float64    // workers
	added float64    // value added in the tick
	taxes float64    // revenue of the tick
	cost  world.Cost // of the arm's own policies, in the tick
}

func newRecord(r *Result, arms []Arm, own []string) *record {
	n := len(arms)
	return &record{
		arms: arms, own: own, first: r.First, ticks: r.Ticks,
		values: make([][]float64, len(metrics)), targets: make([][]float64, n), beside: make([][]float64, n),
		ends: make([]int, n), census: make([][]book, n),
	}
}

// Observe reads a tick.
func (r *record) Observe(v world.View, tick int) error {
	if tick > r.first {
		r.follow(v)
		r.prints = append(r.prints, worldPrint(v))
		r.books.add(v)
		for k, end := range r.ends {
			if tick == end {
				r.census[k] = r.books.census(v)
			}
		}
	}
	if slices.Contains(r.ticks, tick) {
		r.row(v)
	}
	return nil
}

// follow adds the tick to the flows.
func (r *record) follow(v world.View) {
	var f flow
	m, scale := v.Money(), v.Scale()
	for i := range v.Rows() {
		if v.Living(i) {
			f.jobs += v.Jobs(i)
			f.added += v.ValueAdded(i)
		}
	}
	f.jobs *= scale
	f.added *= scale / world.TicksPerYear
	f.taxes = scale * m.TaxRevenue
	r.spent += float64(scale * m.PublicCost)
	for k := range v.Policies() {
		if e := v.Ledger(k); slices.Contains(r.own, e.Policy) {
			f.cost.Add(e.Now.Times(scale))
		}
	}
	r.flows = append(r.flows, f)
}

// row reads every metric.
func (r *record) row(v world.View) {
	var jobs, added, exports, efficiency float64
	var split world.Split
	inside, beside := make([]float64, len(r.arms)), make([]float64, len(r.arms))
	_, known := v.SynergyTick()
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		jobs += v.Jobs(i)
		added += v.ValueAdded(i)
		exports += v.Exports(i)
		efficiency += float64(v.Jobs(i) * v.LogEfficiency(i))
		if known {
			s := v.Split(i)
			split.Base += s.Base
			split.Input += s.Input + s.Labour + s.Trust + s.Knowledge + s.Club
		}
		for k := range r.arms {
			if within(&r.arms[k], v, i) {
				inside[k] += v.Jobs(i)
			} else if touched(&r.arms[k], v, i) {
				beside[k] += v.Jobs(i)
			}
		}
	}
	scale := v.Scale()
	row := []float64{
		added / jobs, scale * jobs, math.NaN(), split.Input / split.Base, r.spent, scale * added, num.Exp(efficiency / jobs),
		wage(v), float64(v.Alive()), scale * exports,
	}
	for k, x := range row {
		r.values[k] = append(r.values[k], x)
	}
	for k := range r.targets {
		r.targets[k] = append(r.targets[k], scale*inside[k])
		r.beside[k] = append(r.beside[k], scale*beside[k])
	}
	r.spent = 0
}

// within says whether row i is among those at whom an arm is aimed.
func within(a *Arm, v world.View, i int) bool {
	for k := range a.Policies {
		if t := &a.Policies[k].Target; t.Local() && t.Holds(v, i) {
			return true
		}
	}
	return false
}

// touched says whether row i, outside an arm's target, is its neighbour or rival: in the places of a target, or in its sectors.
func touched(a *Arm, v world.View, i int) bool {
	for k := range a.Policies {
		t := &a.Policies[k].Target
		if !t.Local() {
			continue
		}
		places, sectors := *t, *t
		places.Sectors, sectors.Regions, sectors.Within = nil, nil, nil
		if places.Holds(v, i) || sectors.Holds(v, i) {
			return true
		}
	}
	return false
}

// wage is the mean wage of the labour markets, weighted by the employed.
func wage(v world.View) float64 {
	sum, n := 0.0, 0.0
	for k := range v.Markets() {
		if v.MarketExists(k) {
			sum += float64(v.Employed(k) * v.MarketWage(k))
			n += v.Employed(k)
		}
	}
	return sum / n
}

// series is a metric of the record as an arm sees it, by reported tick.
func (r *record) series(name string, arm int) []float64 {
	if name == jobsTarget {
		return r.targets[arm]
	}
	return r.values[slices.Index(Metrics(), name)]
}
