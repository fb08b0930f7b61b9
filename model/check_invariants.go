//go:build invariants

package model

import "agglo/model/world"

// check holds the invariants after each tick.
func check(w *world.World, _ int) error { return w.Invariants() }
