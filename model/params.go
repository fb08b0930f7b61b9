package model

import (
	"agglo/model/club"
	"agglo/model/cluster"
	"agglo/model/demography"
	"agglo/model/knowledge"
	"agglo/model/labour"
	"agglo/model/market"
	"agglo/model/policy"
	"agglo/model/production"
	"agglo/model/trust"
	"agglo/model/world"
	"agglo/sim/param"
)

//go:generate go run agglo/sim/param/gen -type Params -out docs_gen.go -markdown ../docs/parameters.md

// Params is the tree of the mechanisms' parameters. A parameter's path is made of the fields' names in snake case:
// Params.Trust.Loss is trust.loss.
type Params struct {
	Economy    world.Params
	Production production.Params
	Market     market.Params
	Labour     labour.Params
	Knowledge  knowledge.Params
	Trust      trust.Params
	Demography demography.Params
	Policy     policy.Params
	Cluster    cluster.Params
	Club       club.Params
	Start      StartParams
}

// StartParams say how firms are drawn where a scenario gives totals only.
type StartParams struct {
	// Tail is the tail exponent of firm sizes at the start.
	Tail float64 `default:"1.4" unit:"1" in:"(1,5]" src:"assumed"`
	// Years is the mean age of firms at the start.
	Years float64 `default:"10" unit:"year" in:"(0,100]" src:"assumed"`
	// Exporters is the share of firms that export at the start.
	Exporters float64 `default:"0.29" unit:"1" in:"[0,1]" src:"assumed"`
	// Cash is the cash of firms at the start, in yearly sales.
	Cash float64 `default:"0.2" unit:"years of sales" in:"[0,5]" src:"assumed"`
	// Scatter is the spread of a sector's firms in knowledge space.
	Scatter float64 `default:"0.1" unit:"1" in:"[0,1]" src:"assumed"`
}

// Describe lists every parameter with its unit, bounds, default, source and meaning.
func Describe() []param.Entry { return param.ListWith(Params{}, paramDocs) }

// Docs are the meanings of the parameters by "package.Type.Field", for schemas.
func Docs() map[string]string { return paramDocs }
