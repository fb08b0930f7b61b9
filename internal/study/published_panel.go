package study

import (
	"math"
	"slices"

	"agglo/model/policy"
	"agglo/model/world"
	"agglo/sim/num"
)

// clearStep is a step of log technology in a quarter that only an innovation makes: imitation moves by a few thousandths.
const clearStep = .02

// innovator is the outcome that a panel counts itself: whether technology has stepped up in some quarter of the year.
const innovator = "innovator"

// A firmOutcome is what a panel reads of a firm at a year's end. NaN where it does not exist.
type firmOutcome struct {
	name, unit, meaning string
	relative            bool // a change is told in % of the treated firms' mean at the branch
	scale               float64
	of                  func(v world.View, i int) float64
}

// logOf is the log of a positive number.
func logOf(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	return num.Log(x)
}

// firmOutcomes lists what panels read. Logs are told in log points, which are % for small changes.
func firmOutcomes() []firmOutcome {
	perSales := func(of func(v world.View, i int) float64) func(v world.View, i int) float64 {
		return func(v world.View, i int) float64 { return over(of(v, i), v.Sales(i)) }
	}
	return []firmOutcome{
		{name: innovator, unit: "points", scale: 100, meaning: "share of firms whose technology rose by more than 2% in some quarter of the year"},
		{name: "own_research", unit: "%", relative: true, meaning: "R&D that firms decide on, over sales, against the treated firms' mean at the branch",
			of: perSales(world.View.ResearchOwn)},
		{name: "research", unit: "%", relative: true, meaning: "all R&D over sales, alike", of: perSales(world.View.Research)},
		{name: leverage, unit: "1", meaning: "all R&D more than before, over public money for R&D; both over sales", of: perSales(world.View.Research)},
		{name: "jobs", unit: "log %", scale: 100, meaning: "workers", of: func(v world.View, i int) float64 { return logOf(v.Jobs(i)) }},
		{name: "sales", unit: "log %", scale: 100, meaning: "sales", of: func(v world.View, i int) float64 { return logOf(v.Sales(i)) }},
		{name: "capital", unit: "log %", scale: 100, meaning: "capital", of: func(v world.View, i int) float64 { return logOf(v.Capital(i)) }},
		{name: "exports", unit: "log %", scale: 100, meaning: "sales to the world", of: func(v world.View, i int) float64 { return logOf(v.Exports(i)) }},
		{name: "productivity", unit: "log %", scale: 100, meaning: "value added per job",
			of: func(v world.View, i int) float64 { return logOf(over(v.ValueAdded(i), v.Jobs(i))) }},
		{name: "technology", unit: "log %", scale: 100, meaning: "technology", of: world.View.LogTech},
		{name: "wage", unit: "log %", scale: 100, meaning: "wage at the firm's place", of: func(v world.View, i int) float64 { return logOf(v.Wage(i)) }},
		{name: "exporter", unit: "points", scale: 100, meaning: "share of exporters", of: func(v world.View, i int) float64 {
			if v.Exporter(i) {
				return 1
			}
			return 0
		}},
		{name: "ties", unit: "ties", scale: 1, meaning: "suppliers and collaborators of a firm",
			of: func(v world.View, i int) float64 { return float64(v.Suppliers(i) + v.Collaborators(i)) }},
	}
}

// leverage is the outcome that sets R&D beside public money.
const leverage = "leverage"

// firmOutcomeNames lists the names of firmOutcomes.
func firmOutcomeNames() []string {
	var names []string
	for _, o := range firmOutcomes() {
		names = append(names, o.name)
	}
	return names
}

// sumNames lists what is summed over firms where places or the world are compared.
var sumNames = [...]string{"firms", "jobs", "value_added", "capital"}

// unitOfOutcome is the unit of an outcome of firms or of a sum.
func unitOfOutcome(name string) string {
	for _, o := range firmOutcomes() {
		if o.name == name {
			return o.unit
		}
	}
	return "log %"
}

// A panel follows the firms that live at a branch, and counts all firms, year by year. It is an observer of the year before
// the branch and of what follows.
type panel struct {
	first    int // tick of the branch
	outcomes []firmOutcome
	rows     []rowTrace // by row, of the tick before
	firms    []panelFirm
	years    []panelYear // 0 = the branch
}

// rowTrace is what a panel remembers of a row from tick to tick.
type rowTrace struct {
	id      uint64
	tech    float64
	stepped bool // has innovated in this year
}

// panelFirm is a firm of the branch.
type panelFirm struct {
	row    int
	id     uint64
	sector int
	at     world.Point
	region int
	size   float64
	age    float64
}

// panelYear is what a panel reads at a year's end.
type panelYear struct {
	values [][]float64 // by outcome, by firm of the branch; NaN for one that has closed
	paid   []float64   // by firm of the branch: public money for R&D over sales
	census []counted
}

// counted is a living firm as sums take it.
type counted struct {
	sector, region int
	at             world.Point
	sums           [len(sumNames)]float64
}

func newPanel(branch int) *panel { return &panel{first: branch, outcomes: firmOutcomes()} }

// clone is a panel that goes on alone.
func (p *panel) clone() *panel {
	c := *p
	c.rows, c.firms, c.years = slices.Clone(p.rows), slices.Clone(p.firms), slices.Clone(p.years)
	return &c
}

// Observe reads a tick.
func (p *panel) Observe(v world.View, tick int) error {
	p.trace(v, tick > p.first-world.TicksPerYear)
	if tick < p.first || (tick-p.first)%world.TicksPerYear != 0 {
		return nil
	}
	if tick == p.first {
		for i := range v.Rows() {
			if v.Living(i) {
				p.firms = append(p.firms, panelFirm{i, v.ID(i), v.Sector(i), world.Point{X: v.X(i), Y: v.Y(i)}, v.Region(i), v.Jobs(i), v.Age(i)})
			}
		}
	}
	p.years = append(p.years, p.read(v))
	for k := range p.rows {
		p.rows[k].stepped = false
	}
	return nil
}

// trace marks whose technology has stepped up since the tick before.
func (p *panel) trace(v world.View, mark bool) {
	for len(p.rows) < v.Rows() {
		p.rows = append(p.rows, rowTrace{})
	}
	for i := range p.rows {
		r := &p.rows[i]
		if !v.Living(i) {
			*r = rowTrace{}
			continue
		}
		tech := v.LogTech(i)
		if r.id != v.ID(i) {
			*r = rowTrace{id: v.ID(i)}
		} else if mark && tech-r.tech > clearStep {
			r.stepped = true
		}
		r.tech = tech
	}
}

// read reads a year's end.
func (p *panel) read(v world.View) panelYear {
	y := panelYear{values: make([][]float64, len(p.outcomes)), paid: make([]float64, len(p.firms))}
	for o := range y.values {
		y.values[o] = make([]float64, len(p.firms))
		for k, f := range p.firms {
			y.values[o][k] = math.NaN()
			if v.ID(f.row) != f.id {
				continue
			}
			if of := p.outcomes[o].of; of != nil {
				y.values[o][k] = of(v, f.row)
			} else if y.values[o][k] = 0; p.rows[f.row].stepped {
				y.values[o][k] = 1
			}
		}
	}
	for k, f := range p.firms {
		if v.ID(f.row) == f.id {
			y.paid[k] = over(v.ResearchPaid(f.row), v.Sales(f.row))
		}
	}
	for i := range v.Rows() {
		if v.Living(i) {
			y.census = append(y.census, counted{v.Sector(i), v.Region(i), world.Point{X: v.X(i), Y: v.Y(i)},
				[len(sumNames)]float64{1, v.Jobs(i), v.ValueAdded(i), v.Capital(i)}})
		}
	}
	return y
}

// stands says where a firm stands to a target: whether it is of its sectors, in its places, and in the ring around its
// circle, up to twice the radius.
func stands(t *policy.Target, sector, region int, at world.Point) (sectors, places, ring bool) {
	sectors = len(t.Sectors) == 0 || slices.Contains(t.Sectors, sector)
	places = len(t.Regions) == 0 || slices.Contains(t.Regions, region)
	if t.Within != nil {
		d := math.Hypot(at.X-t.Within.At.X, at.Y-t.Within.At.Y)
		ring = places && d > t.Within.KM && d <= 2*t.Within.KM
		places = places && d <= t.Within.KM
	}
	return sectors, places, ring
}
