package policy

import "agglo/model/world"

// services are paid by the public and given to firms. How far a lever goes is the parameter's gain times the effort: the
// money spent over the value added of those served.
var services = []Entry{
	{
		ID: "ip_protection", Title: "Protection of ideas", Stands: "I3 I21",
		Doc: "Offices and courts that protect ideas: points of strength against those who imitate. Others of the place imitate " +
			"less; firms answer with more R&D and pay for licences.",
		Settings: []string{"policy.outlay", "policy.gain.protection", "policy.admin"},
		parts:    served(func(g *GainParams) []gain { return []gain{{world.LeverProtection, g.Protection}} }),
	},
	{
		ID: "trade_mission", Title: "Trade mission", Stands: "I10",
		Doc:      "Brings firms to customers abroad: adds to the rate at which they become exporters.",
		Settings: []string{"policy.outlay", "policy.gain.export", "policy.admin"},
		parts:    served(func(g *GainParams) []gain { return []gain{{world.LeverExport, g.Export}} }),
	},
	{
		ID: "information_service", Title: "Information service", Stands: "I11 I22",
		Doc:      "Tells firms about sites and partners: they compare more of them.",
		Settings: []string{"policy.outlay", "policy.gain.information", "policy.admin"},
		parts:    served(func(g *GainParams) []gain { return []gain{{world.LeverInformation, g.Information}} }),
	},
	{
		ID: "awareness", Title: "Awareness of clusters", Stands: "I22 I23",
		Doc:      "Work with business on what clusters are for: firms look for partners more often, and among more of them.",
		Settings: []string{"policy.outlay", "policy.gain.awareness", "policy.gain.awareness_information", "policy.admin"},
		parts: served(func(g *GainParams) []gain {
			return []gain{{world.LeverContacts, g.Awareness}, {world.LeverInformation, g.AwarenessInformation}}
		}),
	},
	{
		ID: "brand", Title: "Brand", Stands: "I30",
		Doc: "Makes the name of the place known: firms become exporters sooner, and are found by more partners. Half the money " +
			"goes to each.",
		Settings: []string{"policy.outlay", "policy.gain.export", "policy.gain.contacts", "policy.admin"},
		parts: served(func(g *GainParams) []gain {
			return []gain{{world.LeverExport, g.Export / 2}, {world.LeverContacts, g.Contacts / 2}}
		}),
	},
	{
		ID: "talent", Title: "Attraction of talent", Stands: "I9",
		Doc: "Pays for people from outside to come and live where firms of the target are. They join the labour force, the " +
			"pool of workers and the search for homes.",
		Settings: []string{"policy.outlay", "policy.talent_cost", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: talent{spending{outlay: s.Intensity * p.Outlay}, p.TalentCost}, pays: ToProviders}}
		},
	},
}

// gain is what a lever on firms gets per unit of effort, or of a facility's service.
type gain struct {
	lever world.FirmLever
	x     float64
}

// served makes an instrument of one service.
func served(gains func(g *GainParams) []gain) func(Spec, *Params) []component {
	return func(s Spec, p *Params) []component {
		return []component{{part: service{spending{outlay: s.Intensity * p.Outlay}, gains(&p.Gain)}, pays: ToProviders}}
	}
}

// service pushes levers in proportion to the effort, which is the same for all who make value.
type service struct {
	spending
	gains []gain
}

func (g service) apply(r *reach, share float64, l *world.Levers) {
	for k, i := range r.rows {
		if r.cost[k] <= 0 {
			continue
		}
		for _, x := range g.gains {
			l.Push(x.lever, int(i), x.x*(share*g.outlay))
		}
	}
}

// talent brings people.
type talent struct {
	spending
	each float64 // worker-years per person
}

func (g talent) apply(r *reach, share float64, l *world.Levers) {
	r.byCell(share, func(cell int, money float64) {
		l.Arrivals = append(l.Arrivals, world.Arrival{Cell: cell, Workers: money / (g.each * r.view.WorldWage())})
		l.Any = true
	})
}
