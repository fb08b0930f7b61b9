package text

import "testing"

// What is summed between rows names the time from one to the next, in the form that goes with the number.
func TestUnitPerPeriod(t *testing.T) {
	for _, c := range []struct {
		lang, unit string
		quarters   int
		want       string
	}{
		{English, "worker-years/period", 1, "worker-years per quarter"},
		{English, "worker-years/period", 4, "worker-years per 4 quarters"},
		{English, "worker-years/period", 0, "worker-years since the row before"},
		{Russian, "worker-years/period", 1, "человеко-лет за квартал"},
		{Russian, "worker-years/period", 4, "человеко-лет за 4 квартала"},
		{Russian, "worker-years/period", 8, "человеко-лет за 8 кварталов"},
		{Russian, "agents/period", 21, "агентов за 21 квартал"},
		{Russian, "agents/period", 0, "агентов с предыдущей строки"},
		{English, "agents/period", 1, "agents per quarter"},
		{English, "worker-years/year", 4, "worker-years per year"},
		{English, "furlongs/period", 4, "furlongs/period"},
		{English, "EUR/year/worker", 0, "EUR/year/worker"},
		{Russian, "EUR/year/worker", 0, "EUR в год на место"},
		{Russian, "unit/year", 0, "денежных единиц в год"},
		{Russian, "EUR/furlong", 0, "EUR/furlong"},
	} {
		if got, _ := Unit(c.lang, c.unit, c.quarters); got != c.want {
			t.Errorf("%s of %d quarters in %s is %q, want %q", c.unit, c.quarters, c.lang, got, c.want)
		}
	}
}

// Money of no country has words, other money its code.
func TestCurrency(t *testing.T) {
	for _, c := range [][3]string{{English, "unit", "units of money"}, {Russian, "unit", "денежных единиц"}, {Russian, "USD", "USD"}} {
		if got := Currency(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s is %q, want %q", c[1], c[0], got, c[2])
		}
	}
}

// Sums say the year of their prices where the money is a country's.
func TestMoney(t *testing.T) {
	for _, c := range []struct {
		lang, code string
		year       int
		want       string
	}{
		{English, "USD", 2001, "USD at prices of 2001"}, {Russian, "USD", 2001, "USD в ценах 2001 года"}, {English, "USD", 0, "USD"},
		{English, "unit", 2000, "units of money"}, {Russian, "unit", 2000, "денежных единиц"},
	} {
		if got := Money(c.lang, c.code, c.year); got != c.want {
			t.Errorf("%s of %d in %s is %q, want %q", c.code, c.year, c.lang, got, c.want)
		}
	}
}
