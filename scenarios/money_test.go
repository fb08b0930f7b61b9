package scenarios

import (
	"fmt"
	"reflect"
	"testing"
)

// Money is a veil: a scenario whose every price and amount is twice as high, or that counts in pence instead of pounds, is
// the same run to the bit, because the model sees worker-years only. Doubling the cost of labour alone is another one.
func TestMoneyIsAVeil(t *testing.T) {
	in := func(labourCost, wage, budget, rate float64) string {
		return fmt.Sprintf(`agglo: 1
id: veil
currency: {code: GBP, price_year: 2000, labour_cost: %g, fx: {DEM: %g}, deflator: .02}
areas: [{id: here, shape: {box_km: [20, 10]}, labour_force: 1000, wage: %g}]
sectors: [{id: metals, firms: 100, employment: 900}]
policies:
  - {id: a, instrument: subsidy, from: 2001, budget: %g}
  - {id: b, instrument: burn, from: 2001, budget: 5e5, currency: DEM, price_year: 2003}
`, labourCost, rate, wage, budget)
	}
	want := setup(t, parse(t, in(32000, 30000, 1e6, .25)))
	for _, by := range []float64{2, 64, .5} {
		got := setup(t, parse(t, in(32000*by, 30000*by, 1e6*by, .25*by)))
		got.Setting.Currency = want.Setting.Currency
		if !reflect.DeepEqual(got, want) {
			t.Errorf("money worth 1/%g: another setup", by)
		}
	}
	if other := setup(t, parse(t, in(64000, 30000, 1e6, .25))); reflect.DeepEqual(other.Policies, want.Policies) || other.Setting.Areas[0].Wage == want.Setting.Areas[0].Wage {
		t.Error("a cost of labour twice as high changes nothing: the test would see no money")
	}
}
