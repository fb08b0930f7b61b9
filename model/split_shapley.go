package model

import (
	"math/bits"

	"agglo/model/world"
)

// shapley is the Shapley values of three players from the values of all eight coalitions, by bits.
func shapley(v *[8]float64) (first, second, third float64) {
	first = joins(v[1]-v[0], v[3]-v[2], v[5]-v[4], v[7]-v[6])
	second = joins(v[2]-v[0], v[6]-v[4], v[3]-v[1], v[7]-v[5])
	third = joins(v[4]-v[0], v[5]-v[1], v[6]-v[2], v[7]-v[3])
	return first, second, third
}

// joins is the mean of what a player adds to nobody, to each of the two others, to both, over all orders of the three.
func joins(alone, one, other, both float64) float64 {
	return float64(alone*(1./3)) + float64(one*(1./6)) + float64(other*(1./6)) + float64(both*(1./3))
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
