package policy

import (
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

// infrastructure spends a share of the value added around on transport capital. Its effect comes with the capital that
// stands, see lay: nothing on the day when the money is spent, and something still when the programme is over.
type infrastructure struct{ outlay float64 } // per year and unit of value added

func newInfrastructure(s Spec, p *Params) Policy { return infrastructure{s.Intensity * p.Outlay} }

// Cost is a share of the firm's value added in a quarter: building goes where things are made.
func (b infrastructure) Cost(v world.View, i int) float64 { return outlay(v, i, b.outlay) }

// Apply does nothing: works act, not spending.
func (b infrastructure) Apply(int, float64, *world.Levers) {}

// Spent is what was planned.
func (b infrastructure) Spent(_ world.View, _ *world.Levers, _ int, _, planned float64) float64 {
	return planned
}

// sites lists, in ascending order, the cells with land that a target chooses.
func (r *Rules) sites(v world.View, t *Target) []int32 {
	var cells []int32
	for c := range v.Cells() {
		if v.CellLand(c) > 0 && t.place(v.CellRegion(c), v.CellMid(c)) && t.groupedAt(v, c, r.emerging) {
			cells = append(cells, int32(c))
		}
	}
	return cells
}

// built says whether works of e stand in a cell.
func built(e *world.LedgerEntry, cell int) bool {
	_, found := slices.BinarySearch(e.Sites, int32(cell))
	return found
}

// Saving is the log saving at one end of a journey where public transport capital stands: the freight cost that it saves
// in a year over the yearly sales and input spending of the firms there, whose journeys begin or end there.
func (p *Params) Saving(capital, traffic float64) float64 {
	if traffic <= 0 {
		return 0
	}
	return min(p.Return*capital/traffic, p.MostSaving)
}

// lay lets the works that stand lower the cost of journeys in their cells: mass at either end of a journey counts
// e^((sigma-1) saving) times. Works keep working, worn, when the programme that built them is over.
func (r *Rules) lay(w *world.World) {
	stands := false
	for k := range w.Ledger {
		e := &w.Ledger[k]
		if e.Works <= 0 {
			continue
		}
		stands = true
		saving := r.P.Saving(e.Works, traffic(w, e))
		for _, c := range e.Sites {
			w.Levers.PushCell(world.LeverAccess, int(c), saving)
		}
	}
	if !stands {
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

// traffic is the yearly sales and input spending of the firms among the works of e.
func traffic(w *world.World, e *world.LedgerEntry) float64 {
	f, sum := &w.Firms, 0.0
	for i, id := range f.ID {
		if id != 0 && built(e, int(f.Cell[i])) {
			sum += f.Sales[i] + f.Orders[i]
		}
	}
	return sum
}
