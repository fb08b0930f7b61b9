package policy

import (
	"testing"

	"agglo/model/world"
)

// What parts of instruments cost a quarter, in a world whose wage is 3: firm 0 has 5 workers, sales of 100, a debt of 8 and a rent of .125 a worker.
func TestCostsOfParts(t *testing.T) {
	w := two()
	w.Now.Wage, w.Params.Interest, w.Firms.Cash[0], w.Firms.Rent[0] = 3, .06, -8, .125
	v := world.NewView(w)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"half of the cost of entry, 2 wages a worker", entryRelief{share: .5, need: 2}.cost(v, 0), .5 * 2 * 3 * 5 / 4},
		{"half of the rent", rentRelief{share: .5}.cost(v, 0), .5 * .125 * 5 / 4},
		{"a hundredth of sales", price{rate: .01}.cost(v, 0), .25},
		{"of which half is given", price{rate: .01}.spent(v, nil, 0, .5, 9), .125},
		{"five points of a debt", interest{points: .05}.cost(v, 0), .05 * 8 / 4},
		{"no more points than there are", interest{points: .5}.cost(v, 0), .06 * 8 / 4},
		{"nothing of cash", interest{points: .05}.cost(v, 1), 0},
		{"a fee of a tenth of a wage a worker", facility{p: &world.FacilityParams{Fee: .1}}.fee(v, 0), .1 * 3 * 5},
		{"owners' losses", recovery{share: .5}.cost(v, 0), 40},
	} {
		near(t, c.what, c.got, c.want)
	}
}

// Works of all kinds are built in the proportions of their parts; of no parts, as transport.
func TestMixedWorks(t *testing.T) {
	m := mixed(&Params{PartTransport: 1, PartSites: 2, PartUtilities: 3, PartCommunications: 4})
	near(t, "transport", m.transport, .1)
	near(t, "sites", m.sites, .2)
	near(t, "utilities", m.utilities, .3)
	near(t, "communications", m.communications, .4)
	near(t, "no parts", mixed(&Params{}).transport, 1)
}

// Two policies that give back R&D, one three times as strong, pay what the public pays of firms' own R&D in all, and share it by their strengths.
// What firms are given for R&D beside it is another policy's.
func TestDeductionsShare(t *testing.T) {
	w := two()
	for k := range w.Setting.Sectors {
		w.Setting.Sectors[k].RDIntensity = .08
	}
	w.ClearLevers()
	for i := range 4 {
		w.Levers.Push(world.LeverResearchPrice, i, .4)
		w.Levers.Push(world.LeverResearch, i, .5)
	}
	v := world.NewView(w)
	for i := range 4 {
		own := v.ResearchOwn(i)
		one, three := deduction{rate: .1}.spent(v, &w.Levers, i, 1, 0), deduction{rate: .3}.spent(v, &w.Levers, i, 1, 0)
		near(t, "of both", one+three, .4*own/4)
		near(t, "of the stronger", three, 3*one)
		near(t, "at half its strength", deduction{rate: .3}.spent(v, &w.Levers, i, .5, 0), three/2)
		if !(own > 0 && v.Research(i) > own) {
			t.Fatalf("firm %d: own %v of %v", i, own, v.Research(i))
		}
	}
}
