package world

import "agglo/sim/checkpoint"

// Clone is a copy of a world that shares nothing with it but what no rule writes: the setting, and the kernels of the
// ground. All that lasts from tick to tick is state of the world, so that the copy goes on as the world itself would. Levers do
// not last; those of the copy are empty until the next tick.
func (w *World) Clone() *World {
	lasting := *w
	lasting.Levers = Levers{}
	c := new(World)
	checkpoint.Clone(c, &lasting)
	c.Firms.recount()
	return c
}
