package study

import (
	"cmp"
	"context"
	"math"
	"slices"

	"agglo/model"
	"agglo/model/world"
	"agglo/sim/rng"
)

// mostParted is how many firms of a pair are named where its histories part.
const mostParted = 3

// A Parting is where the history of an arm leaves that of the baseline: the first tick in which anything that can be seen of
// firms, labour markets or treasuries differs, and some of the firms that differ in it.
type Parting struct {
	Policy    string
	Replicate int
	Tick      int    // 0 = the histories are one, to the last bit
	What      string // the first of the traits that differs; empty if Tick is 0
	Firms     int    // how many firms differ in that tick
	Firm      uint64 // one of them; 0 if no firm does
	Sector    string
	X, Y      float64 // where it stands, km; NaN without a firm
}

// traits is what is compared of a firm, in the order in which a difference is named.
var traits = []struct {
	name string
	of   func(v world.View, i int) float64
}{
	{"site", world.View.X}, {"site", world.View.Y}, {"jobs", world.View.Jobs}, {"price", world.View.LogPrice},
	{"sales", world.View.Sales}, {"wage", world.View.Wage}, {"capital", world.View.Capital}, {"technology", world.View.LogTech},
	{"exports", world.View.ExportDemand}, {"cash", world.View.Cash},
}

// printOf is a fingerprint of all that is compared of a firm.
func printOf(v world.View, i int) uint64 {
	h := v.ID(i)
	for k := range traits {
		h = rng.Key(h, math.Float64bits(traits[k].of(v, i)))
	}
	return h
}

// surroundings is a fingerprint of labour markets and treasuries.
func surroundings(v world.View) uint64 {
	h := uint64(0)
	for k := range v.Markets() {
		h = rng.Key(h, math.Float64bits(v.Force(k)), math.Float64bits(v.Employed(k)), math.Float64bits(v.MarketWage(k)))
	}
	for r := range v.Regions() {
		h = rng.Key(h, math.Float64bits(v.Treasury(r)))
	}
	return h
}

// worldPrint is a fingerprint of a tick. Adding those of firms makes it no matter in which row a firm stands.
func worldPrint(v world.View) uint64 {
	h := surroundings(v)
	for i := range v.Rows() {
		if v.Living(i) {
			h += printOf(v, i)
		}
	}
	return h
}

// parting finds where an arm of a replicate left the baseline. start stands at the last tick without a policy; where the
// prints of the two histories differ, both are run again from there to that tick, and their firms compared.
func (r *Result) parting(ctx context.Context, start *model.Engine, setup model.Setup, arm, replicate int, with, base *record) ([]Parting, error) {
	p := Parting{Policy: r.Arms[arm].ID, Replicate: replicate, X: math.NaN(), Y: math.NaN()}
	at := 0
	for at < len(with.prints) && with.prints[at] == base.prints[at] {
		at++
	}
	if at == len(with.prints) {
		return []Parting{p}, nil
	}
	p.Tick = r.First + 1 + at
	a, _, err := branch(start, setup, &r.Arms[arm])
	if err != nil {
		return nil, err
	}
	b, err := model.Branch(start, setup)
	if err != nil {
		return nil, err
	}
	for _, e := range []*model.Engine{a, b} {
		if err := e.Run(ctx, p.Tick); err != nil {
			return nil, err
		}
	}
	return p.firms(world.NewView(a.World), world.NewView(b.World)), nil
}

// firms names the firms that differ between two worlds, those that were given money first, then the largest; where none does, it says what else differs.
func (p Parting) firms(with, base world.View) []Parting {
	twins := map[uint64]int{}
	for i := range base.Rows() {
		if base.Living(i) {
			twins[base.ID(i)] = i
		}
	}
	type found struct {
		row  int
		what string
		paid bool
		jobs float64
	}
	var differ []found
	for i := range with.Rows() {
		if !with.Living(i) {
			continue
		}
		twin, known := twins[with.ID(i)]
		delete(twins, with.ID(i))
		if !known {
			differ = append(differ, found{i, "founded", with.Given(i) > 0, with.Jobs(i)})
		} else if printOf(with, i) != printOf(base, twin) {
			differ = append(differ, found{i, trait(with, base, i, twin), with.Given(i) > 0, with.Jobs(i)})
		}
	}
	p.Firms = len(differ) + len(twins) // those left have closed, or were not founded
	if len(differ) == 0 {
		p.What = "closed"
		if len(twins) == 0 {
			p.What = "treasuries or labour markets"
		}
		return []Parting{p}
	}
	slices.SortFunc(differ, func(a, b found) int {
		if a.paid != b.paid {
			if a.paid {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.jobs, a.jobs), cmp.Compare(with.ID(a.row), with.ID(b.row)))
	})
	var list []Parting
	for _, f := range differ[:min(len(differ), mostParted)] {
		p.What, p.Firm, p.Sector = f.what, with.ID(f.row), with.SectorID(with.Sector(f.row))
		p.X, p.Y = with.X(f.row), with.Y(f.row)
		list = append(list, p)
	}
	return list
}

// trait names the first trait in which two rows differ.
func trait(with, base world.View, i, twin int) string {
	for k := range traits {
		if math.Float64bits(traits[k].of(with, i)) != math.Float64bits(traits[k].of(base, twin)) {
			return traits[k].name
		}
	}
	return ""
}
