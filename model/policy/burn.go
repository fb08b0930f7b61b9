package policy

import "agglo/model/world"

// placebos do nothing.
var placebos = []Entry{{
	ID: "burn", Title: "Placebo: burn money", Stands: "",
	Doc:      "Spends like infrastructure and does nothing. A comparison that finds an effect beyond that of the tax is wrong.",
	Settings: []string{"policy.outlay", "policy.admin"},
	parts: func(s Spec, p *Params) []component {
		return []component{{part: spending{outlay: s.Intensity * p.Outlay}, pays: Burnt}}
	},
}}

// spending is a share of value added, which does nothing by itself.
type spending struct {
	plain
	outlay float64 // per year and unit of value added
}

// cost is a share of the firm's value added in a quarter.
func (b spending) cost(v world.View, i int) float64 { return outlay(v, i, b.outlay) }
