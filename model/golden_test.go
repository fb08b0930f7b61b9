package model

import (
	"fmt"
	"strings"
	"testing"

	"agglo/internal/golden"
	"agglo/model/world"
	"agglo/sim/num"
)

// A short run in a dozen sums, to ten digits. It fails when any rule, draw or default changes a result: renew it with
// -update, and look at the change as a result.
func TestGolden(t *testing.T) {
	s := small(t, 20, 400)
	s.Policies = acts()
	e := begun(t, s)
	var b strings.Builder
	for _, tick := range []int{0, 8, 16, 24} {
		sums(&b, to(t, e, tick), tick)
	}
	golden.File(t, "testdata/small.txt", []byte(b.String()))
}

// sums writes a dozen sums of a world.
func sums(b *strings.Builder, w *world.World, tick int) {
	f := &w.Firms
	ties, trust := 0, 0.0
	for i := range f.ID {
		ties += f.Suppliers(i) + f.Collaborators(i)
		for _, t := range f.AllCollaborations(i) {
			trust += t.Trust()
		}
	}
	jobs := num.Sum(f.Labour)
	public := 0.0
	for _, l := range w.Ledger {
		public += l.Total.Sum()
	}
	fmt.Fprintf(b, "tick %d\n", tick)
	for _, x := range []struct {
		name  string
		value float64
	}{
		{"firms", float64(f.Alive)}, {"workers", jobs}, {"sales", num.Sum(f.Sales)}, {"capital", num.Sum(f.Capital)}, {"cash", num.Sum(f.Cash)},
		{"log technology, workers' mean", num.Dot(f.Labour, f.LogTech) / jobs}, {"log price, sum", num.Sum(f.LogPrice)},
		{"log wage, residents' mean", num.Dot(w.Markets.Force, w.Markets.LogWage) / num.Sum(w.Markets.Force)},
		{"ties", float64(ties)}, {"trust, sum", trust}, {"R&D stock", total(f.Stock)}, {"exports", w.Money.Exports}, {"money", w.Money.Stock},
		{"distance of workers from the corner, mean", num.Dot(f.Labour, f.X)/jobs + num.Dot(f.Labour, f.Y)/jobs},
		{"public cost", public}, {"synergy of inputs", total(w.Synergy.Input)}, {"clusters", float64(len(w.Groups))},
	} {
		fmt.Fprintf(b, "  %-42s %.10g\n", x.name, x.value)
	}
}

// total adds up a column of 32 bits.
func total[T float32 | float64](column []T) float64 {
	sum := 0.0
	for _, x := range column {
		sum += float64(x)
	}
	return sum
}
