//go:build !amd64 || purego

package knowledge

import "agglo/model/world"

func partnersWide(_ *world.Face, _ int, _, _ *world.TieRow, _ uint32, _ *lesson) {
	panic("knowledge: not on this processor")
}
