package policy

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// directives are what not to do.
var directives = []Entry{{
	ID: "directive_creation", Title: "Creation by directive", Stands: "I26 I32",
	Doc: "Puts firms of the target on one site, the middle of target.within or the densest cell, and joins each with the one " +
		"put there before it without asking. A firm bears the loss of its place, gets a compensation and the cost of moving, " +
		"or refuses. With target.within, the firms are those outside the circle.",
	Settings: []string{"policy.directive_rate", "policy.directive_pay", "policy.directive_refusal", "policy.admin"},
	parts: func(s Spec, p *Params) []component {
		return []component{{part: directive{rate: min(s.Intensity*p.DirectiveRate/world.TicksPerYear, 1), pay: p.DirectivePay,
			refusal: p.DirectiveRefusal}, pays: ToPurses, at: elsewhere, single: true}}
	},
}}

// directive moves firms.
type directive struct {
	plain
	rate    float64 // share of firms that are told to move, per tick
	pay     float64 // years of sales paid to one that does
	refusal float64 // chance that one refuses
}

// cost is what one in so many is paid.
func (d directive) cost(v world.View, i int) float64 {
	return d.rate * (1 - d.refusal) * d.pay * v.Sales(i)
}

// apply draws who is told, and who obeys, until the budget is gone. From then on the cost is that of those who go.
func (d directive) apply(r *reach, share float64, l *world.Levers) {
	clear(r.cost)
	if len(r.sites) == 0 {
		return
	}
	spent, last := 0.0, int32(-1)
	at := r.view.CellMid(int(r.sites[0]))
	for _, i := range r.lots(0) {
		if r.draw(int(i), 0) >= num.Clamp(share*d.rate, 0, 1) {
			break
		}
		pay := d.pay * r.view.Sales(int(i))
		if r.draw(int(i), 1) < d.refusal || spent+float64(pay) > r.left {
			continue
		}
		spent += float64(pay)
		r.cost[r.at(int(i))] = pay / share
		l.Moves = append(l.Moves, world.Placement{Row: i, Area: r.view.CellArea(int(r.sites[0])), At: at})
		if last >= 0 {
			l.Meetings = append(l.Meetings, world.Meeting{From: i, To: last, Forced: true})
		}
		last, l.Any = i, true
	}
}
