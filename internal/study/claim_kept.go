package study

import "agglo/sim/checkpoint"

// ClaimPairs are the pairs of worlds of tests of claims; see Kept.
type ClaimPairs = Kept[claimKept]

// A claimKept is what a replicate has found: by world, of those that have so many, by group.
type claimKept struct {
	Worlds [][]readingsKept
}

// A readingsKept is what stays of claimReadings.
type readingsKept struct {
	Outcome, Spent [][]float64
	Menu           [][][]float64
}

// OpenClaimPairs is OpenPairs for tests of claims.
func OpenClaimPairs(dir, program string, facts []checkpoint.Fact, read bool) (*ClaimPairs, error) {
	return openKept[claimKept](dir, program, facts, read)
}

// readings gives the readings of the k-th replicate, if it is there, by world and group; false if it is not.
func (x *claimKept) readings(k int, worlds []*claimWorld, done [][]*claimReadings) bool {
	if x == nil || len(x.Worlds) != len(worlds) {
		return false
	}
	for w, groups := range x.Worlds {
		if n := len(groups); n != len(worlds[w].groups) && (n > 0 || k < worlds[w].pairs(k+1)) {
			return false
		}
	}
	for w, groups := range x.Worlds {
		for _, one := range groups {
			done[w] = append(done[w], &claimReadings{one.Outcome, one.Spent, one.Menu})
		}
	}
	return true
}

// claimKeptOf is what stays of a replicate.
func claimKeptOf(done [][]*claimReadings) *claimKept {
	x := &claimKept{Worlds: make([][]readingsKept, len(done))}
	for w, groups := range done {
		for _, one := range groups {
			x.Worlds[w] = append(x.Worlds[w], readingsKept{one.outcome, one.spent, one.menu})
		}
	}
	return x
}
