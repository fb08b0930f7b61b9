package policy

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// public are works that last: they act with the capital that stands, nothing on the day when the money is spent, and
// something still when the programme is over.
var public = []Entry{
	{
		ID: "transport", Title: "Transport", Stands: "I18 I19",
		Doc: "Builds roads in the cells of the target. They lower the cost of every journey that begins or ends there by their " +
			"yearly return over the yearly sales and input spending of the firms there.",
		Settings: append([]string{"policy.outlay"}, lasting...),
		parts:    builds(func(*Params) works { return works{transport: 1} }),
	},
	{
		ID: "production_sites", Title: "Production sites", Stands: "I18 I19",
		Doc:      "Builds land over: the cells of the target carry more workers at base rent.",
		Settings: []string{"policy.outlay", "policy.site_cost", "policy.wear", "policy.admin"},
		parts:    builds(func(*Params) works { return works{sites: 1} }),
	},
	{
		ID: "utilities", Title: "Utilities", Stands: "I18 I19",
		Doc: "Builds water, power and heat. They lower unit cost in the cells of the target by their yearly return over the " +
			"yearly sales there.",
		Settings: append([]string{"policy.outlay"}, lasting...),
		parts:    builds(func(*Params) works { return works{utilities: 1} }),
	},
	{
		ID: "communications", Title: "Communications", Stands: "I18 I22",
		Doc: "Builds networks. They lower what it costs to sell to households and to the world from the cells of the target by " +
			"their yearly return over the yearly sales there.",
		Settings: append([]string{"policy.outlay"}, lasting...),
		parts:    builds(func(*Params) works { return works{communications: 1} }),
	},
	{
		ID: "infrastructure", Title: "Infrastructure", Stands: "I18 I19",
		Doc:      "Transport, production sites, utilities and communications in given shares.",
		Settings: append(append([]string{"policy.outlay", "policy.site_cost"}, mixture...), lasting...),
		parts:    builds(mixed),
	},
	{
		ID: "ppp", Title: "Public-private partnership", Stands: "I20",
		Doc: "Infrastructure of which investors from outside pay a share. They take interest and wear of their share out of " +
			"what the works save, as tolls, so that users keep less of it.",
		Settings: append(append([]string{"policy.outlay", "policy.private_share", "policy.site_cost"}, mixture...), lasting...),
		parts: func(s Spec, p *Params) []component {
			all := builds(mixed)(s, p)
			w, _ := all[0].part.(works)
			w.tolls, all[0].private = p.PrivateShare, p.PrivateShare
			all[0].part = w
			return all
		},
	},
}

// Settings that works have in common.
var (
	lasting = []string{"policy.return", "policy.wear", "policy.most_saving", "policy.admin"}
	mixture = []string{"policy.part_transport", "policy.part_sites", "policy.part_utilities", "policy.part_communications"}
)

// builds makes an instrument of works.
func builds(of func(p *Params) works) func(Spec, *Params) []component {
	return func(s Spec, p *Params) []component {
		w := of(p)
		w.spending, w.p = spending{outlay: s.Intensity * p.Outlay}, p
		return []component{{part: w, pays: ToBuilders, at: onSites}}
	}
}

// mixed is infrastructure of all four kinds.
func mixed(p *Params) works {
	sum := p.PartTransport + p.PartSites + p.PartUtilities + p.PartCommunications
	if sum <= 0 {
		return works{transport: 1}
	}
	return works{transport: p.PartTransport / sum, sites: p.PartSites / sum, utilities: p.PartUtilities / sum, communications: p.PartCommunications / sum}
}

// works are public capital of four kinds, in shares that sum to 1.
type works struct {
	spending
	p                                           *Params
	transport, sites, utilities, communications float64
	tolls                                       float64 // share of the capital whose owners take tolls
}

// Saving is what public capital saves in a year over the yearly money that it could be saved of, in logs.
func (p *Params) Saving(capital, traffic float64) float64 {
	if traffic <= 0 {
		return 0
	}
	return min(p.Return*capital/traffic, p.MostSaving)
}

// stand pushes what the capital saves, or carries, at each of its sites.
func (g works) stand(r *reach, l *world.Levers) {
	v, sales, traffic := r.view, 0.0, 0.0
	for _, i := range r.rows {
		sales += v.Sales(int(i))
		traffic += v.Sales(int(i)) + v.Orders(int(i))
	}
	capital := r.works
	if g.tolls > 0 && g.p.Return > 0 {
		capital *= max(1-float64(g.tolls*(v.Interest()+g.p.Wear)/g.p.Return), 0)
	}
	for _, x := range []struct {
		lever world.CellLever
		share float64
		over  float64
	}{{world.LeverAccess, g.transport, traffic}, {world.LeverRunning, g.utilities, sales}, {world.LeverReach, g.communications, sales}} {
		if x.share <= 0 {
			continue
		}
		saving := g.p.Saving(x.share*capital, x.over)
		for _, c := range r.sites {
			l.PushCell(x.lever, int(c), saving)
		}
	}
	if g.sites > 0 {
		for _, c := range r.sites {
			l.PushCell(world.LeverLand, int(c), g.sites*capital/g.p.SiteCost/float64(len(r.sites)))
		}
	}
}

// lay lets savings of transport scale masses: at either end of a journey mass counts e^((sigma-1) saving) times.
func (r *Rules) lay(w *world.World) {
	if !w.Levers.PulledAt(world.LeverAccess) {
		return
	}
	for c := range w.Fields.EndPoint {
		saving := w.Levers.OfCell(world.LeverAccess, c)
		w.Fields.EndPoint[c] = 1
		if saving > 0 {
			w.Fields.EndPoint[c] = num.Exp((w.Params.Sigma - 1) * min(saving, r.P.MostSaving))
		}
	}
}
