package world

import "agglo/sim/rng"

// A Passing is what a tick does to half-ties on which nothing rare happens: the two firms deal, or they do not. Revised must note TieIdle
// and TieKept, as the assembly does.
type Passing struct {
	Ends, Deals, Breaks rng.Bar     // that the tie ends; that it ends or the firms deal; the most that a partner breaks a deal with
	Revised             [2]Revision // a tick without a dealing, one with an honoured dealing
}

// Passed is what the half-ties of a row have seen of a tick.
type Passed struct {
	Trust    int32  // the sum of trust placed, in parts of FullTrust, of those on which nothing rare happened
	Rare     Slots  // those that were left as they are: the tie may end, or the partner break a deal
	Dealings uint16 // of those on which nothing rare happened
}

// PassSupplies lets a tick pass over what rows from lo on hold of supply ties.
func (f *Firms) PassSupplies(lo int, p *Passing, deck rng.Deck, passed []Passed) {
	p.pass(f.Supply[lo*SupplySlots:][:len(passed)*SupplySlots], f.supplyHeld[lo:], f.ID[lo:], deck, passed, wide())
}

// PassCollaborations lets a tick pass over what rows from lo on hold of collaborations.
func (f *Firms) PassCollaborations(lo int, p *Passing, deck rng.Deck, passed []Passed) {
	p.pass(f.Collab[lo*CollaborationSlots:][:len(passed)*CollaborationSlots], f.collabHeld[lo:], f.ID[lo:], deck, passed, wide())
}

// rowSlots is how many slots a row has for each kind of tie. The loop in assembly takes the first eight and the last eight.
const rowSlots = 12

var _, _ = [1]struct{}{}[SupplySlots-rowSlots], [1]struct{}{}[CollaborationSlots-rowSlots] // both kinds have as many

// pass lets a tick pass over the half-ties of rows, but for those on which there may be an event that few see in a tick: the tie ends, or
// the partner breaks a deal. One draw, by the pair, decides whether the firms part, else whether they deal. Whether the partner breaks the
// deal is drawn by the same draw times the firm's own id, so that it differs at the two ends.
func (p *Passing) pass(ties []HalfTie, held []Slots, ids []uint64, deck rng.Deck, passed []Passed, wide bool) {
	held, ids = held[:len(passed)], ids[:len(passed)]
	if wide && len(passed) > 0 {
		passWide(&ties[0], &held[0], &ids[0], len(passed), uint32(deck), uint32(deck>>32), p, &passed[0])
		return
	}
	for k, id := range ids {
		passed[k] = p.row(ties[k*rowSlots:][:rowSlots], held[k], OwnShort(id), deck)
	}
}

// OwnShort is the factor by which a firm makes draws of its own out of those that it shares with a partner.
func OwnShort(id uint64) uint32 { return uint32(id) | 1 }

// row is pass for one row.
func (p *Passing) row(ties []HalfTie, held Slots, own uint32, deck rng.Deck) (all Passed) {
	for ; held != 0; held = held.Rest() {
		t := &ties[held.First()]
		draw := deck.Short(t.Pair())
		due := 0
		if p.Deals.Holds(draw) {
			due = 1
		}
		if p.Ends.Holds(draw) || due != 0 && p.Breaks.Holds(draw*own) {
			all.Rare |= held &^ held.Rest()
			continue
		}
		all.Trust += int32(t.Revise(&p.Revised[due]))
		all.Dealings += uint16(due)
	}
	return all
}
