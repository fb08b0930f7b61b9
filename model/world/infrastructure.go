package world

import "agglo/sim/num"

// An Infrastructure is what stands in a cell: what public works save there, and the land that works and shared facilities add. What
// full roads cost is no part of it.
type Infrastructure struct {
	Transport      float64 // log saving of freight at this end of a journey, >= 0
	Utilities      float64 // log saving of unit cost, >= 0
	Communications float64 // log saving of what it costs to sell to households and to the world, >= 0
	Land           float64 // workers whom the cell carries more at base rent, >= 0
}

// None says that there is nothing.
func (x Infrastructure) None() bool { return x == Infrastructure{} }

// Infrastructure is what stands in a cell, as it acted in the tick that the world has reached. There is none at the start; nor in a
// world that was just read from a checkpoint or copied, until its next tick, since levers are no state.
func (v View) Infrastructure(c int) Infrastructure {
	l := &v.w.Levers
	x := Infrastructure{Utilities: l.OfCell(LeverRunning, c), Communications: l.OfCell(LeverReach, c), Land: l.OfCell(LeverLand, c)}
	if l.PulledAt(LeverAccess) && l.OfCell(LeverAccess, c) > 0 { // savings of several works add up to a bound that the end points know
		x.Transport = num.Log(v.w.Fields.EndPoint[c]) / (v.w.Params.Sigma - 1)
	}
	return x
}
