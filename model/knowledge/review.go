package knowledge

import (
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
)

// Review sets what firm i can learn: S, the access to others' knowledge, and how far the best it can copy is ahead of it.
// Partners are drawn together in knowledge space by the dealings that they have honoured since the last review.
//
//	S = kp (sum over ties of trust x nearness x N(D) x know + pipeline) + ka ln(1+(F-own)/F0) + ku science
//
// know is ln(1+R/R0) of the partner over the load of its ties. What protection of intellectual property guards cannot be
// copied: neighbours' by that of the place, a partner's by that of the partner.
func (r *Rules) Review(w *world.World, i int) {
	c := class{usual: w.ResearchAsUsual()}
	c.join(w, i)
	r.review(w, &c)
}

// call calls what the batch of firms behind row hi learns from.
func call(w *world.World, hi int) {
	w.CallTies(hi)
	world.CallAround(w, hi, w.Fields.Research, 1)
	world.CallAround(w, hi, w.Fields.Firms, 1)
	world.CallAround(w, hi, w.Fields.Tech, 1)
	world.CallCells(w, hi, w.Fields.Science)
	world.CallCells(w, hi, w.Cells.Region)
}

// together is how many firms review in one go at most.
const together = 24

// A class is firms that review in one go. All their partners are called first: the waits for memory, which lies anywhere, overlap.
type class struct {
	usual bool // see World.ResearchAsUsual
	firms int
	row   [together]int32
}

// full says whether there is no room for another firm.
func (c *class) full() bool { return c.firms == len(c.row) }

// join adds a firm and calls its partners and the air around it.
func (c *class) join(w *world.World, i int) {
	f := &w.Firms
	c.row[c.firms] = int32(i)
	c.firms++
	world.CallPartners(f, f.Face, i)
}

// review sets what the firms of a class can learn, and empties it.
func (r *Rules) review(w *world.World, c *class) {
	f, rows := &w.Firms, c.row[:c.firms]
	var missing, others, heard [together]float64
	missed, other, air := missing[:len(rows)], others[:len(rows)], heard[:len(rows)]
	for k, row := range rows {
		missed[k] = unabsorbed(f, int(row))
	}
	num.Exps(missed)
	for k, row := range rows {
		i := int(row)
		sum, best := r.partners(w, i, r.reach(1-missed[k]), c.usual)
		if f.Pipeline[i] {
			sum += r.P.PipelineKnow
		}
		near, lead := neighbours(w, i, c.usual)
		f.Ahead[i] = float32(max(best, lead))
		other[k], air[k] = float64(r.P.Partners*sum)+float64(r.P.Science*r.science(w, i)), 1+near
	}
	num.Logs(air)
	for k, row := range rows {
		f.Spill[row] = float32(other[k] + float64(r.P.Air*air[k]))
	}
	c.firms = 0
}

// fewest is the number of firms nearby, the firm itself left out, from which on they have a mean worth copying.
const fewest = .5

// neighbours is the R&D of others around firm i, over the mean of the start, grown, and how far the mean of their technology is ahead
// of its own, as far as it can be copied; 0 where there are fewest at most. usual is
// World.ResearchAsUsual.
func neighbours(w *world.World, i int, usual bool) (near, lead float64) {
	var at stand
	at.home(w, i)
	return at.neighbours(w, i, usual)
}

// A stand is where a firm reads the air.
type stand struct {
	cell                int
	corner, east, north int // see grid.Bilinear
	wx, wy              float64
	self                float64 // what a unit of the firm's own adds to what it reads
}

// home makes it where firm i is.
func (at *stand) home(w *world.World, i int) {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	at.cell, at.corner = int(f.Cell[i]), g.First+int(f.Base[i])
	at.east, at.north = g.Shape.Beside()
	at.wx, at.wy, at.self = float64(f.WX[i]), float64(f.WY[i]), float64(f.SelfAir[i])
}

// neighbours is what firm i would find there.
func (at *stand) neighbours(w *world.World, i int, usual bool) (near, lead float64) {
	f := &w.Firms
	spent := w.ResearchShare(int(f.Sector[i])) * f.Sales[i]
	if !usual {
		spent = spending(w, i)
	}
	near = max(grid.Bilinear(w.Fields.Research, at.corner, at.east, at.north, at.wx, at.wy)-float64(at.self*spent), 0)
	if n := grid.Bilinear(w.Fields.Firms, at.corner, at.east, at.north, at.wx, at.wy) - at.self; n > fewest {
		lead = (grid.Bilinear(w.Fields.Tech, at.corner, at.east, at.north, at.wx, at.wy)-float64(at.self*f.LogTech[i]))/n - f.LogTech[i]
		if !usual {
			lead *= 1 - w.ProtectionAt(i, at.cell)
		}
	}
	return near / (w.Base.Research * w.Now.Wage * w.Now.Population), lead
}

// absorbed is how fast a firm learns to absorb, per year of sales that its stock of R&D is worth. Assumed.
const absorbed = 3

// unabsorbed is the log of what absorptive capacity lacks to 1: firm i absorbs 1 - e^(-absorbed R/yearly sales) (Cohen and Levinthal 1990 for
// the idea).
func unabsorbed(f *world.Firms, i int) float64 {
	if f.Sales[i] <= 0 {
		return 0
	}
	return -absorbed * float64(f.Stock[i]) / f.Sales[i]
}

// science is what firm i learns of universities and research centres where it is.
func (r *Rules) science(w *world.World, i int) float64 {
	return r.scienceAt(w, i, int(w.Firms.Cell[i]))
}

// scienceAt is what firm i learns of universities and research centres in a cell: those around it, what policies add, and a part of what
// the partner knows better whom it trusts most for that.
func (r *Rules) scienceAt(w *world.World, i, cell int) float64 {
	at := func(j, cell int) float64 { return w.Fields.Science[cell] + w.Levers.Of(world.LeverScience, j) }
	own, told := at(i, cell), 0.0
	if r.P.Referral == 0 {
		return own
	}
	world.NewView(w).EachTie(i, func(_ world.TieKind, partner int, trust float64) {
		told = max(told, trust*(at(partner, int(w.Firms.Cell[partner]))-own))
	})
	return own + float64(r.P.Referral*told)
}
