//go:build invariants

package model

import (
	"errors"

	"agglo/model/world"
)

// hold lets an engine be checked after each tick: the invariants of the world, and its accounts.
func hold(e *Engine, s *Setup) {
	a := Audit(e, s)
	e.Check = func(w *world.World, _ int) error { return errors.Join(w.Invariants(), a.Err()) }
}
