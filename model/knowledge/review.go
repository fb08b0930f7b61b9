package knowledge

import (
	"agglo/model/world"
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
	var c class
	c.join(&w.Firms, i)
	r.review(w, &c)
}

// together is how many half-ties are read together at most.
const together = 224

// A class is firms that review in one go. Their half-ties are noted first, then all their partners' faces are fetched: the
// waits for memory, which lies anywhere, overlap.
type class struct {
	firms int
	row   [together / 4]int32
	end   [together / 4]int32 // by firm: how many half-ties there are up to its last one
	n     int                 // half-ties
	ties  [together]world.HalfTie
	faces [together]world.Face
}

// full says whether there may be no room for another firm.
func (c *class) full() bool {
	return c.firms == len(c.row) || c.n > together-world.SupplySlots-world.CollaborationSlots
}

// join adds a firm with its half-ties, whose dealings are counted anew from now on.
func (c *class) join(f *world.Firms, i int) {
	note := func(slots []world.HalfTie, held world.Slots) {
		for ; held != 0; held = held.Rest() {
			t := &slots[held.First()]
			c.ties[c.n] = *t
			t.Kept()
			c.n++
		}
	}
	note(f.SupplyOf(i), f.SupplyHeld(i))
	note(f.CollabOf(i), f.CollabHeld(i))
	c.row[c.firms], c.end[c.firms] = int32(i), int32(c.n)
	c.firms++
}

// review sets what the firms of a class can learn, and empties it.
func (r *Rules) review(w *world.World, c *class) {
	f := &w.Firms
	ties, faces := c.ties[:c.n], c.faces[:c.n]
	for k := range ties {
		faces[k] = f.Face[ties[k].Partner]
	}
	from := int32(0)
	for k, row := range c.row[:c.firms] {
		sum, best := r.partners(w, int(row), ties[from:c.end[k]], faces[from:c.end[k]])
		r.access(w, int(row), sum, best)
		from = c.end[k]
	}
	c.firms, c.n = 0, 0
}

// access sets what firm i can learn, given what its partners teach and how far the best of them is ahead.
func (r *Rules) access(w *world.World, i int, sum, best float64) {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	if f.Pipeline[i] {
		sum += r.P.PipelineKnow
	}
	cells := func(field []float64) float64 {
		return w.Read(field[g.First:g.First+g.Cells], i)
	}
	self := float64(f.SelfAir[i])
	near := max(cells(w.Fields.Research)-float64(self*spending(w, i)), 0)
	grown := w.Base.Research * w.Now.Wage * w.Now.Population
	if n := cells(w.Fields.Firms) - self; n > .5 { // too few neighbours to have an average worth copying below that
		lead := (cells(w.Fields.Tech)-float64(self*f.LogTech[i]))/n - f.LogTech[i]
		best = max(best, lead*(1-w.Protection(i)))
	}
	f.Ahead[i] = float32(best)
	f.Spill[i] = float32(float64(r.P.Partners*sum) + float64(r.P.Air*num.Log1p(near/grown)) +
		float64(r.P.Science*r.science(w, i)))
}

// partners is what firm i can learn of its partners, and how far the best of them is ahead of it, as far as it is trusted.
func (r *Rules) partners(w *world.World, i int, ties []world.HalfTie, faces []world.Face) (sum, best float64) {
	f := &w.Firms
	near := r.Reach(w, i)
	own, tech := f.Z[i], f.LogTech[i]
	var pull [3]float64
	for k := range ties {
		t, face := &ties[k], &faces[k]
		trust := t.Trust()
		sum += float64(trust * t.Nearness() * value(cognitive(&own, &face.Z)*near) * float64(face.Know))
		if lead := trust * (float64(face.LogTech) - tech); lead > best {
			best = max(best, lead*(1-w.Protection(int(t.Partner))))
		}
		weight := r.P.Convergence * trust * float64(t.Kept())
		pull[0] += float64(weight * float64(face.Z[0]-own[0]))
		pull[1] += float64(weight * float64(face.Z[1]-own[1]))
		pull[2] += float64(weight * float64(face.Z[2]-own[2]))
	}
	for d := range pull {
		f.Z[i][d] = float32(num.Clamp(float64(own[d])+pull[d], 0, 1))
	}
	return sum, best
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
