package knowledge

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Foresee is the growth of log technology a year that a firm may expect at a site, by the rules of its review and of innovation and
// imitation, as far as it hangs on the site:
//
//	step x lambda (R&D/normal)^eR (1+S)^eS + iota max(ln Aw - ln A, best, 0)
//
// S and best are those that it would review there: partners who are so far away teach so much less (nearKM, the distance over which their use
// falls by e), and the air, universities and the protection of ideas are those of the site. Levers are the firm's own wherever it stands.
// That the world copies leaders is left out, being the same everywhere. It reads what is settled, and nobody who was founded in this tick.
func (r *Rules) Foresee(w *world.World, v *world.Visit, nearKM float64) float64 {
	if w.Cut(world.ChannelKnowledge) {
		return 0
	}
	f, i := &w.Firms, int(v.Row)
	at := standAt(w, v, r.P.AirKM)
	sum, best := r.taught(w, v, at.cell == int(f.Cell[i]), nearKM)
	if f.Pipeline[i] {
		sum += r.P.PipelineKnow
	}
	usual, research := w.ResearchAsUsual(), 1.0
	if !usual {
		spent := spending(w, i) * (1 + max(w.Levers.Of(world.LeverLaboratory, i), 0))
		research = r.intensity(spent, w.ResearchShare(int(f.Sector[i]))*f.Sales[i])
	}
	near, lead := at.neighbours(w, i, usual)
	access := float64(r.P.Partners*sum) + float64(r.P.Air*num.Log1p(near)) + float64(r.P.Science*r.scienceAt(w, i, at.cell))
	return r.P.growth(research, access, max(w.Now.LogTech-f.LogTech[i], best, lead))
}

// growth is the growth of log technology a year to be expected with R&D that makes innovation so many times as frequent, at access s to
// others' knowledge, of a firm that far behind the best that it can copy.
func (p *Params) growth(research, s, behind float64) float64 {
	return float64(p.meanStep()*research*p.Rate(s)) + float64(p.Imitation*max(behind, 0))
}

// meanStep is the mean gain from an innovation, an exponential that is cut: step (1 - e^(-largest/step)).
func (p *Params) meanStep() float64 {
	if p.Step == 0 {
		return 0
	}
	return p.Step * (1 - num.Exp(-p.Largest/p.Step))
}

// standAt is where a firm would read the air on a visit. In its own cell it is where it is. Elsewhere it leaves out what it spends where
// it is by the distance to there, up to the error of the field; a newborn is in no field yet.
func standAt(w *world.World, v *world.Visit, airKM float64) stand {
	f, g, i := &w.Firms, &w.Ground[v.Area], int(v.Row)
	var at stand
	at.home(w, i)
	if cell := g.First + g.CellAt(v.At); cell != at.cell {
		base, wx, wy := g.Shape.Cloud(v.At.X, v.At.Y)
		at = stand{cell: cell, corner: g.First + int(base), wx: wx, wy: wy}
		at.east, at.north = g.Shape.Beside()
		if int(f.Area[i]) == int(v.Area) {
			at.self = num.Exp(-num.Hypot(v.At.X-f.X[i], v.At.Y-f.Y[i]) / airKM)
		}
	}
	if int(f.Born[i]) == w.Now.Tick {
		at.self = 0
	}
	return at
}

// taught is what the partners of a firm would teach it on a visit, and how far the best of them is ahead of it, as far as it is trusted and
// its ideas are not protected. In its own cell they are as near as the firm knows them to be.
func (r *Rules) taught(w *world.World, v *world.Visit, there bool, nearKM float64) (sum, best float64) {
	f, i := &w.Firms, int(v.Row)
	reach := r.Reach(w, i)
	ties, held := f.SupplyOf(i), f.SupplyHeld(i)
	for range 2 { // suppliers, then collaborators
		for ; held != 0; held = held.Rest() {
			j, bond := int(ties.Partner(held.First())), ties.Bond(held.First())
			if int(f.Born[j]) == w.Now.Tick {
				continue // nobody has seen it yet
			}
			face, trust, nearness := &f.Face[j], bond.Trust(), bond.Nearness()
			if !there {
				nearness = num.Exp(-num.Hypot(v.At.X-float64(face.X), v.At.Y-float64(face.Y)) / nearKM)
			}
			sum += float64(trust * nearness * Lesson(&f.Z[i], reach, face))
			best = max(best, trust*(float64(face.LogTech)-f.LogTech[i])*(1-w.Protection(j)))
		}
		ties, held = f.CollabOf(i), f.CollabHeld(i)
	}
	return sum, best
}
