// Package trust holds personal ties between firms: how they are made, kept, broken and ended. Trust grows with honoured
// dealings and falls with broken ones; it is what lets firms rely on suppliers and learn from partners.
package trust

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Params are the parameters of ties and trust.
type Params struct {
	// Dealing is the chance that two tied firms deal in a quarter.
	Dealing float64 `default:"0.35" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// Gain is the share of missing trust that an honoured deal makes good.
	Gain float64 `default:"0.08" unit:"1/deal" in:"[0,1]" src:"assumed"`
	// Loss is the share of trust destroyed by a broken deal. It exceeds Gain because trust is easier lost than won.
	Loss float64 `default:"0.40" unit:"1/deal" in:"[0,1]" src:"assumed"`
	// Decay is the share of trust lost in a quarter without a dealing.
	Decay float64 `default:"0.0206" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// Honesty is the log odds of honouring a deal with a partner one does not trust at all.
	Honesty float64 `default:"2.5" unit:"1" in:"[-10,10]" src:"assumed"`
	// Regard is what full trust adds to those log odds.
	Regard float64 `default:"3" unit:"1" in:"[0,20]" src:"assumed"`
	// Shadow is what the log of one plus the expected yearly dealings adds: the shadow of the future.
	Shadow float64 `default:"0.5" unit:"1" in:"[0,10]" src:"doi:10.2307/1961366"`
	// Law is what the quality of contract law above .5 adds.
	Law float64 `default:"1" unit:"1" in:"[0,10]" src:"assumed"`
	// Damage is what a broken deal costs the victim, in yearly sales of the smaller firm.
	Damage float64 `default:"0.02" unit:"years of sales" in:"[0,1]" src:"assumed"`
	// Loot is the share of the damage that the breaker gains; the rest goes on lawyers and repairs.
	Loot float64 `default:"0.8" unit:"1" in:"[0,1]" src:"assumed"`
	// Dissolution is the chance that a tie ends without reason in a quarter.
	Dissolution float64 `default:"0.015" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// Least is the trust below which a tie ends.
	Least float64 `default:"0.05" unit:"1" in:"[0,1]" src:"assumed"`
	// TieBase and TieSize bound the ties of a kind that a firm can keep: TieBase + TieSize ln(1 + workers/4).
	TieBase float64 `default:"4" unit:"ties" in:"[0,12]" src:"assumed"`
	// TieSize is the part of the bound that grows with the log of size.
	TieSize float64 `default:"4" unit:"ties" in:"[0,12]" src:"assumed"`
	// SupplierSearch is the chance that a firm with room looks for a supplier in a quarter.
	SupplierSearch float64 `default:"0.6" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// PartnerSearch is the chance that a firm with room looks for a collaborator in a quarter.
	PartnerSearch float64 `default:"0.3" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// Referral is the part of the trust along two ties that carries over to a partner's partner.
	Referral float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// NearKM is the distance over which a partner's use, and the wish to have one, falls by e.
	NearKM float64 `default:"50" unit:"km" in:"(0,1000]" src:"assumed"`
	// NeighbourKM is the distance over which a place's chance falls by e where a firm looks for a collaborator next door; it looks
	// twice as far on average.
	NeighbourKM float64 `default:"4" unit:"km" in:"(0,500]" src:"assumed"`
	// Benefit is the weight of what a partner teaches in the choice of collaborators.
	Benefit float64 `default:"1" unit:"1" in:"[0,20]" src:"assumed"`
	// Closure is the weight of a common partner in that choice.
	Closure float64 `default:"1" unit:"1" in:"[0,20]" src:"assumed"`
	// Burden is what each tie held already takes off the wish for one more.
	Burden float64 `default:"0.05" unit:"1" in:"[0,20]" src:"assumed"`
	// Organisation says how firms find each other. In a network they look around them, and partners refer them. Centrally,
	// they deal with the largest firm of a group of sectors in their region only: a hub and its spokes.
	Organisation string `default:"network" in:"{network,central}" src:"assumed"`
	// StartRounds is how many quarters of search for ties go before tick 0.
	StartRounds int `default:"40" unit:"quarter" in:"[0,200]" src:"assumed"`
}

// Purposes of random draws.
const (
	drawDeal    rng.Purpose = 0x3601
	drawSearch  rng.Purpose = 0x3604
	drawPlace   rng.Purpose = 0x3605
	drawPick    rng.Purpose = 0x3606
	drawPartner rng.Purpose = 0x3607
	drawAccept  rng.Purpose = 0x3608
	drawFurther rng.Purpose = 0x3609
	drawMeeting rng.Purpose = 0x360a
)

// Rules are the rules of trust.
type Rules struct {
	P        Params
	asked    [][]proposal // by block of rows
	breaches [][]breach   // of the tick, by block of rows
	moved    []int32      // rows of firms that have moved, as partners see it in the tick
	read     float64      // has no meaning: what was read of firms to have it at hand
	places   *places      // that searches look at
	sectors  sectorDraw   // that searches look for
	hubs     hubs         // of a central organisation
	shadow   float64
	least    [world.CollaborationSlots + 1]float64 // by ties of a kind that are held: workers that can keep one more
	looks    [2]rng.Limit                          // by kind: chance that a firm looks for a tie in the tick
	passing  world.Passing                         // what a tick does to a tie
	betrayed world.Revision                        // what a broken deal does to it
	teach    Teach
	// discount makes of trust in suppliers, against the stranger's prior, what it is worth to the first n of a batch of buyers.
	discount func(prior, trust Means, n int) Means
}

// Means are numbers of a batch of firms. They are handed over by value, because what a function that is not known is given by
// reference would be kept on the heap.
type Means = [world.Batch]float64

// Teach is what firms could learn of each other, before trust and distance.
type Teach struct {
	// Reach is what firm i brings to it, the same for all lessons.
	Reach func(w *world.World, i int) float64
	// Lesson is what a firm at a place in knowledge space could learn of another, at most what the other knows.
	Lesson func(own *[3]float32, reach float64, other *world.Face) float64
}

// of is what firm i could learn of firm j.
func (t *Teach) of(w *world.World, i, j int) float64 {
	return t.Lesson(&w.Firms.Z[i], t.Reach(w, i), &w.Firms.Face[j])
}

// New makes the rules. discount makes of trust in suppliers what it is worth to buyers.
func New(p Params, teach Teach, discount func(prior, trust Means, n int) Means) *Rules {
	r := &Rules{P: p, teach: teach, discount: discount, shadow: p.Shadow * num.Log1p(p.Dealing*world.TicksPerYear)}
	r.passing.Ends, r.passing.Deals = rng.BarAt(p.Dissolution), rng.BarAt(p.Dissolution+float64((1-p.Dissolution)*p.Dealing))
	r.looks[supply], r.looks[collaboration] = rng.Below(p.SupplierSearch), rng.Below(p.PartnerSearch)
	of := p.revisions()
	for k := range r.passing.Revised {
		r.passing.Revised[k] = world.NewRevision(uint8(k), of[k].gain, of[k].keep)
	}
	r.betrayed = world.NewRevision(world.TieBroken, of[world.TieBroken].gain, of[world.TieBroken].keep)
	r.places = newPlaces()
	for held := range r.least {
		r.least[held] = p.workers(held + 1)
	}
	return r
}

// workers is how many workers a firm needs to keep so many ties of a kind: ties = TieBase + TieSize ln(1 + workers/4).
func (p *Params) workers(ties int) float64 {
	more := float64(ties) - p.TieBase
	switch {
	case ties > world.CollaborationSlots || more > 0 && p.TieSize == 0:
		return math.Inf(1)
	case more <= 0:
		return 0
	}
	return 4 * num.Expm1(more/p.TieSize)
}

// Breach is the chance that a partner in whom trust tau is placed breaks a deal, under law of a quality.
func (r *Rules) Breach(tau, law float64) float64 { return r.breach(tau, law, 0) }

// breach is Breach where sanctions add guard to the log odds of keeping a deal.
func (r *Rules) breach(tau, law, guard float64) float64 {
	return num.Logistic(-(r.P.Honesty + float64(r.P.Regard*tau) + r.shadow + float64(r.P.Law*(law-.5)) + guard))
}

// revision is what a tick makes of trust: tau becomes gain + keep tau.
type revision struct{ gain, keep float64 }

// revisions are those of a tick without a dealing, of an honoured and of a broken one.
func (p *Params) revisions() [3]revision {
	return [3]revision{
		world.TieIdle:   {0, 1 - p.Decay},
		world.TieKept:   {p.Gain, 1 - p.Gain},
		world.TieBroken: {0, 1 - p.Loss},
	}
}
