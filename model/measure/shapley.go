package measure

import "math/bits"

// MostPlayers is the largest number of players Shapley takes.
const MostPlayers = 20

// Shapley shares the worth of all players together among them, each getting the mean of what it adds over all orders
// of joining (Shapley 1953). Worth holds the worth of each coalition at the number whose bit i says that player i is in
// it, so 2^n values for n players; the parts add up to worth[all] - worth[none]. The cost is n 2^n.
//
// A number of values that is no power of 2, or one above 2^MostPlayers, is an *Invalid.
func Shapley(worth []float64) ([]float64, error) {
	const name = "shapley"
	if len(worth) == 0 || len(worth)&(len(worth)-1) != 0 || len(worth) > 1<<MostPlayers {
		return nil, &Invalid{name, "worth length", -1, float64(len(worth)), "a power of 2, up to 2^20"}
	}
	if err := finite(name, "worth", worth); err != nil {
		return nil, err
	}
	n := bits.Len(uint(len(worth))) - 1
	weight := make([]float64, n) // by the size s of the coalition that is joined: s! (n-1-s)! / n!
	for s := range weight {
		weight[s] = 1 / float64(n)
		for k := 1; k <= s; k++ {
			weight[s] *= float64(k) / float64(n-k)
		}
	}
	part := make([]float64, n)
	for coalition, v := range worth { // differences, so that a player who adds nothing gets 0 to the bit
		size := bits.OnesCount(uint(coalition))
		for i := range part {
			if coalition>>i&1 == 0 {
				part[i] += float64(weight[size] * (worth[coalition|1<<i] - v))
			}
		}
	}
	return part, nil
}
