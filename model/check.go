//go:build !invariants

package model

import "agglo/model/world"

// check is the invariants of a tick; they are held under the build tag invariants.
var check func(w *world.World, tick int) error
