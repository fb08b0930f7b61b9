package knowledge

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
)

// mostWide is of how many firms eight partners are taken at a time: four times a row must fit into 32 bits.
const mostWide = 1 << 30

// A lesson is what a firm learns of its partners in a review. All is reckoned in single precision, in which positions and what can be seen
// of partners are held, and in the steps in which trust and nearness are.
type lesson struct {
	own      [3]float32 // where the firm is in knowledge space
	tech     float32    // the log of its technology
	narrow   float32    // a square of a distance times this is the square of the cognitive distance, in those from which it learns most
	converge float32    // how far an honoured dealing with a partner trusted by one step draws the firm towards it, a part of 1

	told  float32    // what it can learn, in steps of trust times nearness
	pull  [3]float32 // its dealings: how far each would draw it alone, added up
	drawn float32    // its dealings: what part of the way each would draw it alone, added up
	ahead float32    // how far the best of the partners is ahead of it, in steps of trust
}

// partners is what firm i can learn of its partners, and how far the best of them is ahead of it, as far as it is trusted. Dealings
// are counted anew from then on. reach is the firm's, usual is World.ResearchAsUsual.
func (r *Rules) partners(w *world.World, i int, reach float64, usual bool) (sum, best float64) {
	f := &w.Firms
	var l lesson
	z := &f.Z[i]
	l.own = *z
	l.tech, l.narrow, l.converge = float32(f.LogTech[i]), float32(reach*reach/3), float32(r.P.Convergence/world.FullTrust)
	if wide() && len(f.Face) <= mostWide {
		l.learnWide(f, i)
	} else {
		l.learn(f, i)
	}
	if !usual && l.ahead > 0 {
		l.ahead = l.guarded(w, i)
	}
	all := drawnBy(l.drawn)
	for k := range z {
		z[k] = within(l.own[k] + float32(all*l.pull[k]))
	}
	return float64(l.told) / (world.FullTrust * world.FullNearness), float64(l.ahead) / world.FullTrust
}

// drawnBy is how much less dealings draw a firm one after the other than each would alone from where the firm was, where those ways add up to
// weight: (1-e^-weight)/weight. A dealing that draws a firm the part dw of the way to a partner leaves the next ones a shorter way, so that the
// firm nears the weighted middle of its partners as e^-w and never passes it.
func drawnBy(weight float32) float32 {
	if weight == 0 {
		return 1
	}
	return float32(-num.Expm1(-float64(weight)) / float64(weight))
}

// guarded is how far the best partner is ahead where protection of intellectual property guards what some know.
func (l *lesson) guarded(w *world.World, i int) (ahead float32) {
	f := &w.Firms
	ties, held := f.SupplyOf(i), f.SupplyHeld(i)
	for range 2 { // suppliers, then collaborators
		for ; held != 0; held = held.Rest() {
			j := ties.Partner(held.First())
			if lead := float32(ties.Bond(held.First()).TrustSteps()) * (f.Face[j].LogTech - l.tech); lead > ahead {
				ahead = max(ahead, lead*float32(1-w.Protection(int(j))))
			}
		}
		ties, held = f.CollabOf(i), f.CollabHeld(i)
	}
	return ahead
}

// learn reads the partners of firm i. Where the processor can, eight are read at a time, in assembly (partners_amd64.s), with the same bits:
// see learnWide.
func (l *lesson) learn(f *world.Firms, i int) {
	own, tech, converge := l.own, l.tech, l.converge
	var pullX, pullY, pullZ, told, ahead float32
	var honoured float32 // by trust, in its steps; whole numbers that 24 bits hold, so that their order says nothing
	ties, held := f.SupplyOf(i), f.SupplyHeld(i)
	for range 2 { // suppliers, then collaborators
		for ; held != 0; held = held.Rest() {
			j, t := ties.Partner(held.First()), ties.Bond(held.First())
			face, trust := &f.Face[j], t.TrustSteps()
			x, y, z := face.Z[0]-own[0], face.Z[1]-own[1], face.Z[2]-own[2]
			if square := (float32(x*x) + float32(y*y) + float32(z*z)) * l.narrow; square < 4 { // see value
				root := float32(math.Sqrt(float64(square)))
				worth := float32(2*root) - float32(square)
				told += float32(float32(trust*t.NearSteps()) * float32(worth*face.Know))
			}
			if lead := float32(trust) * (face.LogTech - tech); lead > ahead {
				ahead = lead
			}
			kept := float32(trust * int32(t.Kept()))
			honoured += kept
			weight := converge * kept
			pullX += float32(weight * x)
			pullY += float32(weight * y)
			pullZ += float32(weight * z)
		}
		ties, held = f.CollabOf(i), f.CollabHeld(i)
	}
	l.told, l.pull, l.drawn, l.ahead = told, [3]float32{pullX, pullY, pullZ}, converge*honoured, ahead
}

// learnWide is learn, eight lanes of ties at a time.
func (l *lesson) learnWide(f *world.Firms, i int) {
	held := uint32(f.SupplyHeld(i)) | uint32(f.CollabHeld(i))<<16
	partnersWide(&f.Face[0], len(f.Face)-1, f.SupplyOf(i).Row(), f.CollabOf(i).Row(), held, l)
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
