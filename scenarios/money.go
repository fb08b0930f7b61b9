package scenarios

import (
	"regexp"
	"strings"
)

// isoCode is a currency's code as ISO 4217 has them.
var isoCode = regexp.MustCompile(`^[A-Z]{3}$`)

// currencies gives codes to what people call the money of the countries that scenarios have been of.
var currencies = map[string]string{
	"euro": "EUR", "euros": "EUR", "€": "EUR", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "$": "USD", "us$": "USD", "pound": "GBP",
	"pounds": "GBP", "sterling": "GBP", "£": "GBP", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "₽": "RUB",
	"hryvnia": "UAH", "hryvnias": "UAH", "₴": "UAH", "tenge": "KZT", "₸": "KZT", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "rupee": "INR",
	"rupees": "INR", "₹": "INR", "shekel": "ILS", "shekels": "ILS", "nis": "ILS", "₪": "ILS", "yen": "JPY", "won": "KRW", "zloty": "PLN", "lira": "TRY",
	"franc": "CHF", "francs": "CHF", "real": "BRL", "rand": "ZAR",
}

// leastCost is the yearly cost of a worker below which whole units of a modern country's currency were hardly meant; the least of the
// built-in cases is 3,800 hryvnias of 2000.
const leastCost = 500

// modern is the price year from which leastCost holds: earlier, a pound a week was a wage.
const modern = 1950

// noteMoney warns of money that may not be what was meant.
func (s *Scenario) noteMoney(r *reader) {
	if r.wrong("currency", "currency.code", "currency.labour_cost", "currency.price_year") {
		return
	}
	c := s.Currency
	if c.Code != "unit" && !isoCode.MatchString(c.Code) {
		near, known := currencies[strings.ToLower(strings.TrimSpace(c.Code))]
		if upper := strings.ToUpper(strings.TrimSpace(c.Code)); !known && isoCode.MatchString(upper) {
			near, known = upper, true
		}
		meant := ""
		if known {
			meant = "; did you mean " + near + "?"
		}
		s.note("%scurrency.code: %q is no code of a currency: want three capital letters such as USD (ISO 4217), or unit for money of no country%s",
			r.where("currency.code"), c.Code, meant)
	}
	if cost := c.LabourCost.Value; c.Code != "unit" && s.priceYear() >= modern && cost < leastCost {
		s.note("%scurrency.labour_cost: %.6g %s for a worker and year is very little: want the cost of a year in whole units of the currency, not of a month, a day or an hour, and not in thousands",
			r.where("currency.labour_cost"), cost, c.Code)
	}
}
