package output

import "agglo/model/measure"

// helix is the triple-helix mutual information of square, sector and class of size among the firms last looked at, in bits: what the
// three tell of each other together beyond what they do pair by pair, below 0 where that is more. It is the third way in which synergy is
// told (docs/odd.md, 7.13), and asks for no value added. Beside it is what the same firms would have if sizes were dealt out among them
// at random, without which it says nothing. NaN without firms.
func (s *squares) helix() (bits, byChance float64) {
	class := make([]int32, len(s.jobs))
	for k, jobs := range s.jobs {
		class[k] = measure.SizeClass(jobs)
	}
	h, err := measure.TripleHelix(s.square, s.sector, class)
	if err != nil {
		return ratio(0, 0), ratio(0, 0)
	}
	byChance, err = measure.TripleHelixByChance(s.square, s.sector, class)
	if err != nil {
		return h.T, ratio(0, 0)
	}
	return h.T, byChance
}
