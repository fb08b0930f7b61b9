package knowledge

import (
	"math"

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
	c.join(&w.Firms, i)
	r.review(w, &c)
}

// together is how many partners are looked at together at most.
const together = 96

// A class is firms that review in one go. All their partners' faces are fetched first: the waits for memory, which lies anywhere,
// overlap.
type class struct {
	usual bool // see World.ResearchAsUsual
	firms int
	n     int // faces
	row   [together / 4]int32
	faces [together]world.Face // of the partners of one firm after the other, suppliers first, in the order of their slots
}

// full says whether there may be no room for another firm.
func (c *class) full() bool {
	return c.firms == len(c.row) || c.n > together-world.SupplySlots-world.CollaborationSlots
}

// join adds a firm and looks at its partners.
func (c *class) join(f *world.Firms, i int) {
	c.row[c.firms] = int32(i)
	c.firms++
	c.look(f.Face, f.SupplyOf(i), f.SupplyHeld(i))
	c.look(f.Face, f.CollabOf(i), f.CollabHeld(i))
}

// look fetches the faces of the partners in the slots held.
func (c *class) look(of []world.Face, ties []world.HalfTie, held world.Slots) {
	n := c.n
	for ; held != 0; held = held.Rest() {
		c.faces[n] = of[ties[held.First()].Partner]
		n++
	}
	c.n = n
}

// review sets what the firms of a class can learn, and empties it.
func (r *Rules) review(w *world.World, c *class) {
	f := &w.Firms
	faces := c.faces[:c.n]
	for _, row := range c.row[:c.firms] {
		i := int(row)
		p := r.pupil(w, i, c.usual)
		faces = p.listen(w, f.SupplyOf(i), f.SupplyHeld(i), faces)
		faces = p.listen(w, f.CollabOf(i), f.CollabHeld(i), faces)
		for d, pull := range p.pull {
			f.Z[i][d] = within(p.z[d] + pull)
		}
		r.access(w, i, p.taught, p.best, c.usual)
	}
	c.firms, c.n = 0, 0
}

// within is the nearest number to z from 0 to 1.
func within(z float32) float32 {
	if z < 0 {
		return 0
	}
	if z > 1 {
		return 1
	}
	return z
}

// access sets what firm i can learn, given what its partners teach and how far the best of them is ahead. usual is
// World.ResearchAsUsual.
func (r *Rules) access(w *world.World, i int, sum, best float64, usual bool) {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	if f.Pipeline[i] {
		sum += r.P.PipelineKnow
	}
	east, north := g.Shape.Beside()
	corner, wx, wy := g.First+int(f.Base[i]), float64(f.WX[i]), float64(f.WY[i])
	spent := w.ResearchShare(int(f.Sector[i])) * f.Sales[i]
	if !usual {
		spent = spending(w, i)
	}
	self := float64(f.SelfAir[i])
	near := max(grid.Bilinear(w.Fields.Research, corner, east, north, wx, wy)-float64(self*spent), 0)
	grown := w.Base.Research * w.Now.Wage * w.Now.Population
	// Fewer neighbours than half a firm have no average worth copying.
	if n := grid.Bilinear(w.Fields.Firms, corner, east, north, wx, wy) - self; n > .5 {
		lead := (grid.Bilinear(w.Fields.Tech, corner, east, north, wx, wy)-float64(self*f.LogTech[i]))/n - f.LogTech[i]
		if !usual {
			lead *= 1 - w.Protection(i)
		}
		best = max(best, lead)
	}
	f.Ahead[i] = float32(best)
	f.Spill[i] = float32(float64(r.P.Partners*sum) + float64(r.P.Air*num.LogQuick(1+near/grown)) +
		float64(r.P.Science*r.science(w, i)))
}

// A pupil is a firm that listens to its partners. What goes by their positions in knowledge space is reckoned in single precision,
// in which these are held.
type pupil struct {
	z        [3]float32 // where it stands
	tech     float64    // its log technology
	reach    float32    // square of its Reach over the number of dimensions
	converge float64    // how far an honoured dealing draws it to a partner whom it trusts fully
	usual    bool       // see World.ResearchAsUsual
	taught   float64    // sum of trust x nearness x N(D) x know
	best     float64    // how far the best partner is ahead of it, as far as it is trusted
	pull     [3]float32 // how far dealings draw it
}

// pupil is firm i before it has listened to anybody.
func (r *Rules) pupil(w *world.World, i int, usual bool) pupil {
	reach := r.Reach(w, i)
	return pupil{z: w.Firms.Z[i], tech: w.Firms.LogTech[i], reach: float32(reach * reach / 3), converge: r.P.Convergence, usual: usual}
}

// listen lets the firm listen to the partners in the slots held, whose faces come first in a list, and gives the rest of the list.
// Dealings are counted anew from then on.
func (p *pupil) listen(w *world.World, ties []world.HalfTie, held world.Slots, faces []world.Face) []world.Face {
	taught, best, east, north, up := p.taught, p.best, p.pull[0], p.pull[1], p.pull[2]
	n := held.Len()
	for k := range faces[:n] {
		face, t := &faces[k], &ties[held.First()]
		held = held.Rest()
		trust := t.Trust()
		x, y, z := face.Z[0]-p.z[0], face.Z[1]-p.z[1], face.Z[2]-p.z[2]
		if square := (float32(x*x) + float32(y*y) + float32(z*z)) * p.reach; square < 4 { // see value
			worth := 2*float32(math.Sqrt(float64(square))) - square
			taught += float64(trust * t.Nearness() * float64(float32(worth*face.Know)))
		}
		if lead := trust * (float64(face.LogTech) - p.tech); lead > best {
			if !p.usual {
				lead = max(best, lead*(1-w.Protection(int(t.Partner))))
			}
			best = lead
		}
		weight := float32(p.converge * trust * float64(t.Kept()))
		east += float32(weight * x)
		north += float32(weight * y)
		up += float32(weight * z)
	}
	p.taught, p.best, p.pull = taught, best, [3]float32{east, north, up}
	return faces[n:]
}

// absorb is absorptive capacity, 1 - e^(-3 R/yearly sales) (Cohen and Levinthal 1990 for the idea).
func (r *Rules) absorb(w *world.World, i int) float64 {
	if w.Firms.Sales[i] <= 0 {
		return 0
	}
	return 1 - num.Exp(-3*float64(w.Firms.Stock[i])/w.Firms.Sales[i])
}

// science is what firm i learns of universities and research centres: those around it, what policies add, and a part of what
// the partner knows better whom it trusts most for that.
func (r *Rules) science(w *world.World, i int) float64 {
	f := &w.Firms
	at := func(j int) float64 { return w.Fields.Science[f.Cell[j]] + w.Levers.Of(world.LeverScience, j) }
	own, told := at(i), 0.0
	if r.P.Referral == 0 {
		return own
	}
	for _, ties := range [...][]world.HalfTie{f.SupplyOf(i), f.CollabOf(i)} {
		for k := range ties {
			if t := &ties[k]; t.Partner >= 0 {
				told = max(told, t.Trust()*(at(int(t.Partner))-own))
			}
		}
	}
	return own + float64(r.P.Referral*told)
}
