package scenarios

import (
	"fmt"
	"reflect"
	"strings"
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

// Money that was hardly meant is a warning with its line, what is wanted and the nearest right name; money of no country may be counted
// in anything.
func TestStrangeMoneyIsNoted(t *testing.T) {
	for money, want := range map[string]string{
		"{code: Euro, labour_cost: 40000}":                 `line 5: currency.code: "Euro" is no code of a currency: want three capital letters such as USD (ISO 4217), or unit for money of no country; did you mean EUR?`,
		"{code: uah, labour_cost: 40000}":                  "did you mean UAH?",
		"{code: thalers, labour_cost: 40000}":              `"thalers" is no code of a currency`,
		"{code: EUR, labour_cost: 42}":                     "line 5: currency.labour_cost: 42 EUR for a worker and year is very little: want the cost of a year in whole units",
		"{code: GBP, price_year: 1850, labour_cost: 42}":   "",
		"{labour_cost: 1}":                                 "",
		"{code: UAH, price_year: 2000, labour_cost: 3800}": "",
	} {
		notes := strings.Join(parse(t, with("currency: "+money+"\n")).Notes, "\n")
		if told := strings.Contains(notes, "currency."); told != (want != "") || !strings.Contains(notes, want) {
			t.Errorf("%s: %q, want %q", money, notes, want)
		}
	}
}

// Names that can be chosen are listed once each.
func TestSuggestListsNamesOnce(t *testing.T) {
	if got, want := suggest("hil", []string{"hill", "hill", "dale", "hill"}), "; did you mean hill? (valid: hill, dale)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
