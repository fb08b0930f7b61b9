package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// mindNoise is the standard deviation, per dimension, by which a newborn stands apart in knowledge space from the firm that its founder
// left; the same as knowledge.Params.Scatter is by default for an innovation. Assumed.
const mindNoise = .03

// learn gives newborn i what its founder has learned in the firm that he or she left: technology and a place in knowledge space near its own, and
// its reach.
func (r *Rules) learn(w *world.World, i, parent, tick int) {
	f, id := &w.Firms, w.Firms.ID[i]
	skill := r.P.EntrantNoise * w.Seed.Normal(drawSkill, id, tick, 0)
	f.LogTech[i], f.OwnLogTech[i] = f.LogTech[parent]+float64(skill), f.OwnLogTech[parent]+float64(skill)
	for d := range f.Z[i] {
		z := float64(f.Z[parent][d]) + float64(mindNoise*w.Seed.Normal(drawMind, id, tick, d))
		f.Z[i][d] = float32(num.Clamp(z, 0, 1))
	}
	f.Reach[i], f.Trustee[i] = f.Reach[parent], 1
}

// Bequeath gives spin-offs, which have their sites, some of their parents' collaborators. It must run alone.
func (r *Rules) Bequeath(w *world.World, _ int) error {
	f, born := &w.Firms, r.born
	for ; len(born) > 0; born = born[min(Abreast, len(born)):] {
		some := born[:min(Abreast, len(born))]
		for _, b := range some {
			if f.Parent[b.row] != 0 {
				f.CallCollab(int(b.parent))
			}
		}
		for _, b := range some {
			if f.Parent[b.row] != 0 {
				r.inherit(w, int(b.row), int(b.parent))
			}
		}
	}
	return nil
}

// inherit gives a spin-off some of its parent's collaborators.
func (r *Rules) inherit(w *world.World, child, parent int) {
	held, left := w.Firms.CollabHeld(parent), r.P.HeirTies
	for ; held != 0 && left > 0; held = held.Rest() {
		ties := w.Firms.CollabOf(parent)
		r.Outside.Inherit(w, child, int(ties.Partner(held.First())), ties.Bond(held.First()).Trust()/2)
		left--
	}
}
