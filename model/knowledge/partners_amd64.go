//go:build !purego

package knowledge

import "agglo/model/world"

//go:noescape
func partnersWide(faces *world.Face, last int, suppliers, collaborators *world.TieRow, held uint32, l *lesson)
