package class

import (
	"math/rand/v2"
	"slices"
)

// A slot is a world that is to be run: an arm and the number of its seed.
type slot struct{ arm, replicate int }

// dealer gives worlds to students. The j-th world of an arm is replicate j, whoever runs it, so that arms share their seeds as
// far as they go. What was dealt and not run comes first the next time; where a student runs all arms she owes it herself.
type dealer struct {
	deal  string
	next  []int // by arm: the next replicate
	block []int // of random: arms of the block that are left
	back  []slot
}

func newDealer(deal string, arms int) dealer { return dealer{deal: deal, next: make([]int, arms)} }

// give deals what a student runs next: one world, or one of every arm. Arm is the student's choice where students choose.
func (d *dealer) give(arm int) []slot {
	switch d.deal {
	case All:
		var slots []slot
		for k := range d.next {
			slots = append(slots, slot{k, d.next[k]})
			d.next[k]++
		}
		return slots
	case Choose:
		if k := slices.IndexFunc(d.back, func(s slot) bool { return s.arm == arm }); k >= 0 {
			s := d.back[k]
			d.back = slices.Delete(d.back, k, k+1)
			return []slot{s}
		}
	default:
		if len(d.back) > 0 {
			s := d.back[0]
			d.back = slices.Delete(d.back, 0, 1)
			return []slot{s}
		}
		if len(d.block) == 0 {
			d.block = rand.Perm(len(d.next))
		}
		arm = d.block[0]
		d.block = d.block[1:]
	}
	s := slot{arm, d.next[arm]}
	d.next[arm]++
	return []slot{s}
}
