package demography

import (
	"agglo/model/world"
	"agglo/sim/page"
	"agglo/sim/rng"
)

// An origin is how a firm comes about.
type origin int

const (
	seedFirm origin = iota // of an emerging sector: whoever starts it has the money
	spinOff
	deNovo
)

// A founder is somebody who means to start a firm. All are listed before the first one does, because what they read lies anywhere in
// memory, and nothing that one founds changes from where another one comes.
type founder struct {
	parent int32 // row of the firm that he or she leaves; at first the cell, of those who leave related work
	sector int32 // of the new firm
	id     uint64
	how    origin
}

// Enter founds the tick's firms: seed firms of emerging sectors, spin-offs, founders who leave related work. They have no site yet,
// see Settle.
func (r *Rules) Enter(w *world.World, tick int) error {
	w.Count.Births, w.Count.SpinOffs, w.Count.DeNovo, w.Count.Refused, w.Count.Unfinanced = 0, 0, 0, 0, 0
	w.Foundings, r.born, r.founders = w.Foundings[:0], r.born[:0], r.founders[:0]
	for s := range w.Setting.Sectors {
		if e := w.Setting.Sectors[s].Emerging; e != nil && tick == max(1, e.From.Ticks(w.Setting.Start)) {
			r.plant(w, s, tick)
		}
	}
	r.spinOffs(w, tick)
	for c, k := range r.births {
		for j := range int(k) {
			r.founders = append(r.founders, founder{int32(c), 0, rng.Key(uint64(c), uint64(tick), uint64(j), 2), deNovo})
		}
	}
	for all := r.founders; len(all) > 0; all = all[min(Abreast, len(all)):] {
		some := all[:min(Abreast, len(all))]
		r.leave(w, some, tick)
		callParents(w, some)
		for _, by := range some {
			switch {
			case by.parent < 0 || !stands(&w.Firms, int(by.parent), tick) || !r.found(w, by, tick): // or the firm left has closed
			case by.how == spinOff:
				w.Count.SpinOffs++
			default:
				w.Count.DeNovo++
			}
		}
	}
	w.Count.Births = w.Count.SpinOffs + w.Count.DeNovo
	return nil
}

// plant lists who founds the seed firms of an emerging sector, where workers of related sectors are.
func (r *Rules) plant(w *world.World, sector, tick int) {
	for k := range w.Setting.Sectors[sector].Firms {
		id := rng.Key(rng.KeyOf("seed"), rng.KeyOf(w.Setting.Sectors[sector].ID), uint64(k))
		u := w.Seed.Uniform(drawSource, id, tick, 0)
		if n := len(w.Index.Rows); n > 0 {
			r.founders = append(r.founders, founder{w.Index.Rows[w.DrawJobs(0, n, u)], int32(sector), id, seedFirm})
		}
	}
}

// spinOffs lists who leaves a marked firm to found another of its sector.
func (r *Rules) spinOffs(w *world.World, tick int) {
	f := &w.Firms
	r.rows = f.Flagged(0, len(f.ID), world.FlagSpinOff, r.rows[:0])
	for _, i := range r.rows {
		if f.Flag[i]&world.FlagExit == 0 && f.ID[i] != 0 {
			r.founders = append(r.founders, founder{i, int32(f.Sector[i]), rng.Key(f.ID[i], uint64(tick), 0, 1), spinOff})
		}
	}
}

// callParents calls what is read of the firms that founders leave, and of the cells where these are.
func callParents(w *world.World, some []founder) {
	f := &w.Firms
	page.CallOf(f.ID, some)
	page.CallOf(f.Born, some)
	page.CallOf(f.Cell, some)
	page.CallOf(f.Sector, some)
	var cells [Abreast]int32
	for k := range some {
		cells[k] = f.Cell[max(some[k].parent, 0)]
	}
	at := cells[:len(some)]
	for _, field := range [...][]float64{w.Fields.Wage, w.Fields.Finance, w.Fields.Venture} {
		page.Call(field, at, 1, 0, 1)
	}
	page.Call(w.Cells.Market, at, 1, 0, 1)
	page.Call(w.Cells.Region, at, 1, 0, 1)
}
