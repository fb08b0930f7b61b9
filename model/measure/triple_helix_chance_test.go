package measure

import (
	"math/rand/v2"
	"testing"
)

// The mean over all orders of the sizes, one by one.
func TestTripleHelixByChanceIsTheMeanOfAllOrders(t *testing.T) {
	place, sector, size := []int32{0, 0, 1, 1, 2, 2, 2}, []int32{0, 1, 0, 1, 0, 0, 1}, []int32{0, 0, 1, 1, 2, 0, 0}
	sum, n := 0.0, 0.0
	var deal func(k int)
	deal = func(k int) {
		if k == len(size) {
			sum += must[Helix](t)(TripleHelix(place, sector, size)).T
			n++
			return
		}
		for j := k; j < len(size); j++ {
			size[k], size[j] = size[j], size[k]
			deal(k + 1)
			size[k], size[j] = size[j], size[k]
		}
	}
	deal(0)
	near(t, "7! orders", must[float64](t)(TripleHelixByChance(place, sector, size)), sum/n, 1e-12)
}

// Three independent classes: T is what chance makes of it, although far below 0; in one class of each there is nothing to know.
func TestTripleHelixByChanceOfIndependentClasses(t *testing.T) {
	r, n := rand.New(rand.NewPCG(1, 2)), 4000
	place, sector, size := make([]int32, n), make([]int32, n), make([]int32, n)
	for i := range n {
		place[i], sector[i], size[i] = int32(r.IntN(100)), int32(r.IntN(8)), int32(r.IntN(7))
	}
	is, by := must[Helix](t)(TripleHelix(place, sector, size)).T, must[float64](t)(TripleHelixByChance(place, sector, size))
	if is > -.3 {
		t.Errorf("T of independent classes is %v: the sample is too large to show anything", is)
	}
	near(t, "independent", by, is, .02)
	for _, n := range []int{1, 5} {
		one := make([]int32, n)
		near(t, "one class", must[float64](t)(TripleHelixByChance(one, one, one)), 0, 1e-15)
	}
	if _, err := TripleHelixByChance(nil, nil, nil); err == nil {
		t.Error("no firms: no error")
	}
}
