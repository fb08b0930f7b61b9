package world

import (
	"math/bits"

	"agglo/sim/rng"
)

// A Passing is what a tick does to half-ties on which nothing rare happens: the two firms deal, or they do not. Revised must note TieIdle
// and TieKept, as the assembly does.
type Passing struct {
	Ends, Deals, Breaks rng.Bar     // that the tie ends; that it ends or the firms deal; the most that a partner breaks a deal with
	Revised             [2]Revision // a tick without a dealing, one with an honoured dealing
	Decks               [2]rng.Deck // that draws of supply ties, of collaborations come from
}

// Passed is what the half-ties of a row have seen of a tick.
type Passed struct {
	Trust    int32     // the sum of trust placed in suppliers, in parts of FullTrust, where nothing rare happened
	rare     [2]uint16 // lanes of supply ties, of collaborations that were left as they are: the tie may end, or the partner break a deal
	Dealings uint16    // on ties on which nothing rare happened
	more     uint16    // 1: collaborations lie in a row of their own, on which no tick has passed yet
}

// Rare is 1 if something rare may happen on a tie, else 0.
func (p *Passed) Rare() int {
	if p.rare[0]|p.rare[1] != 0 {
		return 1
	}
	return 0
}

// RareSupplies is the slots of suppliers on which something rare may happen.
func (p *Passed) RareSupplies() Slots { return Slots(p.rare[0]) }

// RareCollaborations is the slots of collaborators on which something rare may happen.
func (p *Passed) RareCollaborations() Slots { return Slots(bits.Reverse16(p.rare[1])) }

// Pass lets a tick pass over the half-ties of rows from lo on, but for those on which there may be an event that few see in a tick: the tie
// ends, or the partner breaks a deal. One draw, by the pair, decides whether the firms part, else whether they deal. Whether the partner
// breaks the deal is drawn by the same draw times the firm's own id, so that it differs at the two ends.
func (f *Firms) Pass(lo int, p *Passing, passed []Passed) { f.pass(lo, p, passed, wide()) }

func (f *Firms) pass(lo int, p *Passing, passed []Passed, wide bool) {
	hi := lo + len(passed)
	p.pass(f.TieRows[lo:hi], f.SupplySet[lo:hi], f.CollabSet[lo:hi], f.MoreOf[lo:hi], f.ID[lo:hi], passed, wide)
	for k := range passed {
		if all := &passed[k]; all.more != 0 {
			i := lo + k
			more := f.MoreOf[i]
			var one [1]Passed
			p.pass(f.More[more-1:more], make([]Slots, 1), f.CollabSet[i:i+1], make([]int32, 1), f.ID[i:i+1], one[:], wide)
			all.rare[1], all.Dealings = one[0].rare[1], all.Dealings+one[0].Dealings
		}
	}
}

// pass is Pass over these rows of ties alone; where more is not 0, collaborations are not there.
func (p *Passing) pass(ties []TieRow, suppliers, collaborators []Slots, more []int32, ids []uint64, passed []Passed, wide bool) {
	suppliers, collaborators, more, ids = suppliers[:len(ties)], collaborators[:len(ties)], more[:len(ties)], ids[:len(ties)]
	if passed = passed[:len(ties)]; len(ties) == 0 {
		return
	}
	if wide {
		passWide(&ties[0], &suppliers[0], &collaborators[0], &more[0], &ids[0], len(ties), p, &passed[0])
		return
	}
	for k := range ties {
		passed[k] = p.row(&ties[k], suppliers[k], collaborators[k], more[k] != 0, OwnShort(ids[k]))
	}
}

// OwnShort is the factor by which a firm makes draws of its own out of those that it shares with a partner.
func OwnShort(id uint64) uint32 { return uint32(id) | 1 }

// row is pass for one row.
func (p *Passing) row(row *TieRow, suppliers, collaborators Slots, more bool, own uint32) Passed {
	if suppliers|collaborators == 0 {
		return Passed{}
	}
	trust, dealings, rare := p.ties(Ties{row, 0}, suppliers, own, p.Decks[0])
	all := Passed{Trust: trust, Dealings: dealings, rare: [2]uint16{uint16(rare)}}
	if more {
		all.more = 1
		return all
	}
	_, dealings, rare = p.ties(Ties{row, lanes - 1}, collaborators, own, p.Decks[1])
	all.Dealings, all.rare[1] = all.Dealings+dealings, bits.Reverse16(uint16(rare))
	return all
}

// ties is pass for the ties of one kind.
func (p *Passing) ties(ties Ties, held Slots, own uint32, deck rng.Deck) (trust int32, dealings uint16, rare Slots) {
	for ; held != 0; held = held.Rest() {
		slot := held.First()
		draw := deck.Short(ties.Pair(slot))
		due := 0
		if p.Deals.Holds(draw) {
			due = 1
		}
		if p.Ends.Holds(draw) || due != 0 && p.Breaks.Holds(draw*own) {
			rare |= held &^ held.Rest()
			continue
		}
		trust += int32(ties.Bond(slot).Revise(&p.Revised[due]))
		dealings += uint16(due)
	}
	return trust, dealings, rare
}
