package model

import (
	"math/bits"

	"agglo/model/world"
)

// shapley is the Shapley value of one of three players from the values of all eight coalitions, by bits.
func shapley(v *[8]float64, player int) float64 {
	me := 1 << player
	a, b := 1<<((player+1)%3), 1<<((player+2)%3)
	return float64((v[me]-v[0])*(1./3)) + float64((v[me|a]-v[a])*(1./6)) + float64((v[me|b]-v[b])*(1./6)) + float64((v[7]-v[a|b])*(1./3))
}

// shapleyOfFour are the Shapley values of four players: of the first three from the values of their coalitions without the
// fourth and with it, and of the fourth.
func shapleyOfFour(without, with *[8]float64) (of [4]float64) {
	var v [16]float64
	copy(v[:8], without[:])
	copy(v[8:], with[:])
	weight := [4]float64{1. / 4, 1. / 12, 1. / 12, 1. / 4} // by the size of the coalition that a player joins
	for player := range of {
		me := 1 << player
		for c := range v {
			if c&me == 0 {
				of[player] += float64(weight[bits.OnesCount(uint(c))] * (v[c|me] - v[c]))
			}
		}
	}
	return of
}

// clubSaving is what shared facilities take off the log price of firm i, by training and joint purchase.
func clubSaving(w *world.World, i int) float64 {
	p := &w.Params
	return float64(p.Beta*w.Levers.Of(world.LeverTraining, i)) + float64(p.InputShare()*w.Levers.Of(world.LeverPurchase, i))
}
