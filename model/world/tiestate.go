package world

import "math/bits"

// tiesAstray notes, in a state that was read, ties to rows that there are not, ties that lie in one place or in none, and collaborations
// that one end knows alone: rules trust all that without asking.
func (w *World) tiesAstray(to *faults) {
	f, held, before := &w.Firms, make([]Slots, len(w.Firms.More)), len(*to)
	taken := make([]bool, len(f.More))
	for i := range f.TieRows {
		row, suppliers, collaborators := &f.TieRows[i], f.SupplySet[i], lanesOf(f.CollabSet[i])
		to.unless(f.ID[i] != 0 || suppliers|collaborators == 0, "Row %d holds ties, and no firm", i)
		to.within("A slot for suppliers", bits.Len16(uint16(suppliers)), SupplySlots+1)
		to.within("A slot for collaborators", bits.Len16(uint16(f.CollabSet[i])), CollaborationSlots+1)
		if of := f.MoreOf[i]; of != 0 {
			k := int(of) - 1
			if !to.within("Row of More", k, len(held)) {
				continue
			}
			to.unless(!taken[k], "Row %d of More holds the ties of two firms", k)
			to.unless(f.ID[i] != 0, "Row %d holds a row of More, and no firm", i)
			taken[k], held[k], collaborators = true, collaborators, 0
		}
		to.unless(suppliers&collaborators == 0, "Row %d holds a supplier and a collaborator in one place", i)
		w.rowAstray(row, suppliers|collaborators, to)
	}
	for k := range f.More {
		w.rowAstray(&f.More[k], held[k], to)
	}
	for i := 0; i < len(f.TieRows) && len(*to) == before; i++ { // there is what they lead to
		for slot, t := range f.AllCollaborations(i) {
			to.unless(f.known(i, slot, t), "Row %d holds a collaboration in slot %d that the other end does not know", i, slot)
		}
	}
}

// lanesOf is the lanes in which collaborators lie, by slot.
func lanesOf(collaborators Slots) Slots { return Slots(bits.Reverse16(uint16(collaborators))) }

// rowAstray notes lanes that are held and lead to no firm, and lanes that are free and lead somewhere.
func (w *World) rowAstray(row *TieRow, held Slots, to *faults) {
	for lane, partner := range row.partner {
		switch {
		case held>>lane&1 != 0:
			if to.within("Partner of a tie", int(partner), w.Rows()) {
				to.unless(w.Firms.ID[partner] != 0, "Partner of a tie is %d, where no firm is", partner)
			}
		case partner != nobody:
			to.unless(false, "A lane without a tie leads to row %d", partner)
		}
	}
}

// known says whether the partner of a collaboration, which row i holds in a slot, holds the other half of it.
func (f *Firms) known(i, slot int, t HalfTie) bool {
	j, at := int(t.Partner), back(t.key)
	theirs := f.CollabOf(j)
	return f.CollabSet[j]>>at&1 != 0 && int(theirs.Partner(at)) == i && theirs.Back(at) == slot
}
