package demography

import "agglo/model/world"

// found starts a firm, which has no site yet, no knowledge and no ties: see Settle and Bequeath. It is refused when no workers are free, when
// the founders' money is more than half of what households of the place have, or when the founder neither has that money
// nor finds it.
func (r *Rules) found(w *world.World, by founder, tick int) bool {
	f, m := &w.Firms, &w.Markets
	id, sector, parent, how := by.id, int(by.sector), int(by.parent), by.how
	labour := r.size(w.Seed.Exponential(drawSize, id, tick, 0))
	wage := w.Fields.Wage[f.Cell[parent]]
	sales := r.Outside.SalesOf(w, labour, wage)
	capital := r.Outside.Capital(w, sales)
	brought := r.brings(labour, wage, capital)
	market := w.Cells.Market[f.Cell[parent]]
	if float64(w.Params.Staying()*m.Force[market])-m.Employed[market] < labour || brought > m.Balance[market]/2 {
		w.Count.Refused++
		return false
	}
	var book world.Founding
	if how != seedFirm {
		var ok bool
		if book, ok = r.backed(w, id, sector, parent, tick, brought); !ok {
			w.Count.Unfinanced++
			return false
		}
	}
	i := f.FoundNear(id, sector, rowNear(w, parent, sector))
	w.Levers.Forget(i) // those of the firm that had the row
	f.Born[i] = int32(tick)
	if book.Entry+book.Seed > 0 {
		book.Row = int32(i)
		w.Foundings = append(w.Foundings, book)
	}
	if how == spinOff {
		f.Parent[i] = f.ID[parent]
	}
	f.Labour[i], f.Capital[i] = labour, capital
	f.Sales[i], f.Demand[i], f.Wage[i] = sales, sales, wage
	s := &w.Sectors[sector]
	perJob := w.Base.Appeal[sector] / (w.Base.Size[sector] * w.Base.Firms[sector])
	if s.Jobs > 0 {
		perJob = s.Appeal / s.Jobs
	}
	f.Appeal[i] = labour * perJob
	r.born = append(r.born, newborn{int32(parent), int32(i)})
	m.Balance[market] += capital - brought // the founders pay; what they buy is paid to those who make it
	f.Cash[i] = brought - capital
	m.Employed[market] += float64(labour)
	return true
}

// rowNear is a row near which firms of a sector are that stand where a firm does.
func rowNear(w *world.World, parent, sector int) int {
	if int(w.Firms.Sector[parent]) == sector {
		return parent
	}
	x := &w.Index
	first, _ := w.Bucket(sector, int(w.Firms.Cell[parent]))
	return int(x.Rows[min(first, len(x.Rows)-1)])
}
