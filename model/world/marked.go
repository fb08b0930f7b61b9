package world

// Marked finds in which slots rows from lo on hold suppliers who bear one of these marks. Nothing may write marks meanwhile.
func (f *Firms) Marked(lo int, marks uint8, found []Slots) { f.marked(lo, marks, found, wide()) }

func (f *Firms) marked(lo int, marks uint8, found []Slots, wide bool) {
	ties, suppliers := f.TieRows[lo:][:len(found)], f.SupplySet[lo:][:len(found)]
	if wide && len(found) > 0 {
		markedWide(&ties[0], &suppliers[0], len(found), &f.Flag[0], uint32(marks), &found[0])
		return
	}
	for k := range found {
		found[k] = markedOf(Ties{&ties[k], 0}, suppliers[k], f.Flag, marks)
	}
}

// markedOf is those of the held slots whose partner bears one of these marks.
func markedOf(ties Ties, held Slots, flags []uint8, marks uint8) (found Slots) {
	for ; held != 0; held = held.Rest() {
		if flags[ties.Partner(held.First())]&marks != 0 {
			found |= held &^ held.Rest()
		}
	}
	return found
}
