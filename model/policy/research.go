package policy

import "agglo/model/world"

// research brings money to R&D and to founders.
var research = []Entry{
	{
		ID: "rd_grant", Title: "R&D grant", Stands: "I5 I29",
		Doc: "Gives money for R&D, in proportion to value added. Firms that could pay for R&D themselves spend less of their " +
			"own; those short of credit do not.",
		Settings: []string{"policy.outlay", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: gift{spending{outlay: s.Intensity * p.Outlay}}, pays: ToFirms}}
		},
	},
	{
		ID: "venture_fund", Title: "Venture fund", Stands: "I6 I29",
		Doc: "Brings seed money within reach of founders around the firms of the target, as so many funds as the money set aside " +
			"would run there. What founders take of it is paid; what they do not take is not.",
		Settings: []string{"policy.outlay", "policy.fund_cost", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: seed{spending{outlay: s.Intensity * p.Outlay}, p.FundCost}, pays: AtEntry}}
		},
	},
	{
		ID: "regional_innovation_fund", Title: "Regional innovation fund", Stands: "I14 I29",
		Doc:      "Half R&D grants, half seed money for founders.",
		Settings: []string{"policy.outlay", "policy.fund_cost", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			half := spending{outlay: s.Intensity * p.Outlay / 2}
			return []component{{part: gift{half}, pays: ToFirms}, {part: seed{half, p.FundCost}, pays: AtEntry}}
		},
	},
	{
		ID: "inventor_relief", Title: "Inventor relief", Stands: "I7",
		Doc: "Pays a share of the cost of entry for those who found a firm where firms of the target are. A place's founders " +
			"are helped whatever they make.",
		Settings: []string{"policy.inventor_relief", "policy.start_cost", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: entryRelief{share: min(s.Intensity*p.InventorRelief, 1), need: p.StartCost}, pays: AtEntry}}
		},
	},
}

// gift is money for R&D.
type gift struct{ spending }

func (g gift) apply(r *reach, share float64, l *world.Levers) {
	for k, i := range r.rows {
		if r.cost[k] > 0 {
			l.Push(world.LeverResearch, int(i), share*world.TicksPerYear*r.cost[k])
		}
	}
}

// seed is seed money for founders. What it costs is known only when firms are founded: see later.
type seed struct {
	spending
	fund float64 // what a fund of capacity 1 spends in a year per worker around
}

func (g seed) apply(r *reach, share float64, l *world.Levers) {
	r.byCell(share, func(cell int, money float64) {
		r.give(l, world.LeverFinance, cell, world.TicksPerYear*money/(g.fund*r.view.WorldWage()*max(r.jobs[cell], 1)))
	})
}

func (seed) spent(world.View, *world.Levers, int, float64, float64) float64 { return 0 }

// entryRelief pays a share of founders' cost of entry. What it costs is known only when firms are founded: see later.
type entryRelief struct {
	plain
	share float64
	need  float64 // cost of entry of those who found, a year, per worker who may
}

// cost is the share of what founders out of the firm's workers are expected to need in a quarter.
func (g entryRelief) cost(v world.View, i int) float64 {
	return g.share * g.need * v.WorldWage() * v.Jobs(i) / world.TicksPerYear
}

func (g entryRelief) apply(r *reach, share float64, l *world.Levers) {
	r.byCell(1, func(cell int, _ float64) { r.give(l, world.LeverEntry, cell, share*g.share) })
}

func (entryRelief) spent(world.View, *world.Levers, int, float64, float64) float64 { return 0 }
