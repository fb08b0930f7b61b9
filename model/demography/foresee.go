package demography

import "agglo/model/world"

// foresee adds to the values of judged sites what their firms would learn there. A gain of log technology is a fall of log price, and
// revenue is p^(1-sigma), so that in units of log profit over sigma
//
//	value += (sigma-1)/sigma x years x growth of log technology a year
//
// where the years are those whose gain a firm counts, as if it had it at once and kept it. Who has no ties yet, as founders have none
// before they settle, counts air and universities alone.
func (r *Rules) foresee(w *world.World, visits []world.Visit) {
	if r.P.LearningYears == 0 {
		return
	}
	worth := (w.Params.Sigma - 1) / w.Params.Sigma * r.P.LearningYears
	for k := range visits {
		visits[k].Value += float64(worth * r.Outside.Foresee(w, &visits[k]))
	}
}
