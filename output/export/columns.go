package export

import (
	"math"

	"agglo/internal/table"
)

// Places of the columns of firms.csv. From firmX on, up to the cluster, they are numbers.
const (
	firmTick = iota
	firmKey
	firmSector
	firmCluster
	firmX
	firmY
	firmJobs
	firmAge
	firmTechnology
	firmProductivity
)

// firmColumns are the columns of firms.csv.
var firmColumns = []table.Column{
	{Name: "tick", Kind: table.Integer, In: table.AtLeast(0)}, {Name: "firm"}, {Name: "sector"}, {Name: "cluster", Kind: table.Integer},
	{Name: "x", Kind: table.Number, Unit: "km"}, {Name: "y", Kind: table.Number, Unit: "km"}, {Name: "jobs", Kind: table.Number, Unit: "workers"},
	{Name: "age", Kind: table.Number, Unit: "years", Gaps: true}, {Name: "technology", Kind: table.Number, Gaps: true},
	{Name: "productivity", Kind: table.Number, Gaps: true},
}

// firmNumbers are the names that the numbers of a firm bear in files: with their unit where it is not plain. From firmX on.
var firmNumbers = []string{"x_km", "y_km", "jobs", "age_years", "technology", "productivity_worker_years"}

// Places of the columns of ties.csv.
const (
	tieTick = iota
	tieFrom
	tieTo
	tieKind
	tieTrust
	tieBack
	tieX1
	tieY1
	tieX2
	tieY2
)

// tieColumns are the columns of ties.csv.
var tieColumns = []table.Column{
	{Name: "tick", Kind: table.Integer, In: table.AtLeast(0)}, {Name: "from"}, {Name: "to"}, {Name: "kind"},
	{Name: "trust_from", Kind: table.Number, In: table.Between(0, 1)}, {Name: "trust_to", Kind: table.Number, In: table.Between(0, 1)},
	{Name: "x1", Kind: table.Number, Unit: "km"}, {Name: "y1", Kind: table.Number, Unit: "km"},
	{Name: "x2", Kind: table.Number, Unit: "km"}, {Name: "y2", Kind: table.Number, Unit: "km"},
}

// weight is the weight of a tie: the mean of both directions of trust.
func weight(r *rows) float64 { return (r.Number(tieTrust) + r.Number(tieBack)) / 2 }

// length is the distance between both ends of a tie, km.
func length(r *rows) float64 {
	return math.Hypot(r.Number(tieX1)-r.Number(tieX2), r.Number(tieY1)-r.Number(tieY2))
}
