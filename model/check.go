//go:build !invariants

package model

import "agglo/model/world"

// checks is what is held after each tick: nothing, unless the program is built with the tag invariants.
func checks() func(w *world.World, tick int) error { return nil }
