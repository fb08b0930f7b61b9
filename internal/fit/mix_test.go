package fit

import (
	"context"
	"math"
	"reflect"
	"testing"
)

// The best mix of a score with a known summit is found; shares are what they should be; the same seed gives the same mixes.
func TestMixes(t *testing.T) {
	summit := []float64{.5, 0, .3} // a fifth is left over
	best, first := 0., 0.
	weigh := func(_ context.Context, round int, mixes [][]float64) (scores []float64, err error) {
		for _, shares := range mixes {
			score, cost := 1., 0.
			for j, x := range shares {
				score -= (x - summit[j]) * (x - summit[j])
				cost += x
				if x < 0 || x > 1 || math.IsNaN(x) {
					t.Errorf("shares %v", shares)
				}
			}
			if cost > 1+1e-9 {
				t.Errorf("shares %v sum to more than 1", shares)
			}
			if best = max(best, score); round == 0 {
				first = max(first, score)
			}
			scores = append(scores, score)
		}
		return scores, nil
	}
	m := Mixes{Parts: 3, Points: 150, Seed: 1}
	tried, err := m.Search(t.Context(), weigh)
	if err != nil || len(tried) != 150 {
		t.Fatal(len(tried), err)
	}
	if best < .99 || best <= first {
		t.Errorf("the best scores %v, in the first round %v: want 1 nearly", best, first)
	}
	if !reflect.DeepEqual(tried[0].Shares, []float64{0, 0, 0}) || !reflect.DeepEqual(tried[2].Shares, []float64{0, 1, 0}) {
		t.Errorf("%v: want nothing, then each part alone", tried[:4])
	}
	if again, _ := m.Search(t.Context(), weigh); !reflect.DeepEqual(tried, again) {
		t.Error("a search does not repeat")
	}
	if few, err := (Mixes{Parts: 1, Points: 3, Seed: 1}).Search(t.Context(), weigh); err != nil || len(few) != 3 {
		t.Error(few, err)
	}
	if _, err := (Mixes{Parts: 3, Points: 4, Seed: 1}).Search(t.Context(), weigh); err == nil {
		t.Error("too few points are taken")
	}
}

func TestFront(t *testing.T) {
	scores, costs := []float64{0, 1, 1, 2, math.NaN(), .5}, []float64{0, 1, 2, 3, 0, 2}
	if got := Front(scores, costs); !reflect.DeepEqual(got, []bool{true, true, false, true, false, false}) {
		t.Error(got)
	}
}
