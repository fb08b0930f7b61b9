package demography

import "agglo/model/world"

// Bring puts a firm of a size on a site, from outside: it leaves no job and no parent, knows what the sector's mean job
// works with, is known by customers like the sector's firms are, and exports from the start. Its capital is paid for, and its
// first cash brought, by owners outside; nobody in the region pays. It gives the firm's row. It must run alone, between ticks.
// There must be firms in the sector. People and the region's books are the caller's.
func (r *Rules) Bring(w *world.World, id uint64, sector, area int, at world.Point, labour float64) int {
	f, s := &w.Firms, &w.Sectors[sector]
	var z [3]float64
	firms, own := 0.0, 0.0
	for i, have := range f.ID {
		if have != 0 && int(f.Sector[i]) == sector {
			for d := range z {
				z[d] += float64(f.Z[i][d])
			}
			own += f.OwnLogTech[i]
			firms++
		}
	}
	i := f.Found(id, sector)
	w.Place(i, area, at)
	f.Born[i] = int32(w.Now.Tick)
	f.LogTech[i], f.OwnLogTech[i] = s.JobsLogTech/s.Jobs, own/firms
	for d := range z {
		f.Z[i][d] = float32(z[d] / firms)
	}
	wage := w.Fields.Wage[f.Cell[i]]
	sales := r.Outside.SalesOf(w, labour, wage)
	f.Labour[i], f.Wage[i], f.Sales[i], f.Demand[i] = labour, wage, sales, sales
	f.Capital[i], f.Cash[i] = r.Outside.Capital(w, sales), r.P.Seed*wage*labour
	f.Appeal[i] = labour * s.Appeal / s.Jobs
	f.Exporter[i], f.Reach[i], f.Trustee[i] = true, 1, 1
	return i
}
