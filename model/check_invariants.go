//go:build invariants

package model

import "agglo/model/world"

// checks is what is held after each tick: the invariants of the world.
func checks() func(w *world.World, tick int) error {
	return func(w *world.World, _ int) error { return w.Invariants() }
}
