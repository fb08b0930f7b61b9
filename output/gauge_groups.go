package output

import (
	"slices"

	"agglo/model/world"
)

// GroupMetrics lists what a gauge tells of sectors, or of regions: the columns of series_sector.csv and series_region.csv but
// for those that are summed over a period.
func GroupMetrics(regions bool) []string {
	var all []string
	for _, c := range groupColumns(regions) {
		all = append(all, c.name)
	}
	return all
}

func groupColumns(regions bool) []groupColumn {
	columns := sectorColumns()
	if regions {
		columns = regionColumns()
	}
	return slices.DeleteFunc(columns, func(c groupColumn) bool { return c.name == "births" || c.name == "deaths" })
}

// Group gives a metric of a sector, or of a region, at the tick that was shown last; the metric is one of GroupMetrics, k the
// number of the sector or region.
func (g *Gauge) Group(v world.View, regions bool, metric string, k int) float64 {
	g.look(v)
	columns, of := groupColumns(regions), g.r.sector
	if regions {
		of = g.r.region
	}
	i := slices.IndexFunc(columns, func(c groupColumn) bool { return c.name == metric })
	return columns[i].value(g.r, v, &of[k], k)
}
