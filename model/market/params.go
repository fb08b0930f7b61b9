// Package market holds trade and the accounts it leaves: how demand reaches firms, what they deliver, who pays whom.
package market

// Params are the parameters of trade, customers and accounts.
type Params struct {
	// HomeKM is the distance over which households' access to a seller falls by e.
	HomeKM float64 `default:"40" unit:"km" in:"(0,1000]" src:"assumed"`
	// Reach is the part of world demand that a firm reaches through traders, without exporting itself.
	Reach float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// ReachSpeed is the share of the gap to its reach that a new or former exporter closes in a quarter.
	ReachSpeed float64 `default:"0.1" unit:"1/quarter" in:"(0,1]" src:"assumed"`
	// ExportStart is the chance that a firm becomes an exporter; it is doubled when its price is below its sector's mean.
	ExportStart float64 `default:"0.02" unit:"1/year" in:"[0,1]" src:"assumed"`
	// ExportStop is the chance that an exporter gives up.
	ExportStop float64 `default:"0.05" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Clumping says how far orders come in bunches: 1 = geometric counts of opportunities per firm and year, which makes
	// growth rates Laplace; 0 = Poisson counts, which makes them Gauss.
	Clumping float64 `default:"1" unit:"1" in:"[0,1]" src:"doi:10.1111/j.1756-2171.2006.tb00014.x"`
	// Opportunities is the mean number of opportunities per firm and year.
	Opportunities float64 `default:"100" unit:"1/year" in:"[1,10000]" src:"assumed"`
	// Volatility is the yearly standard deviation of the log customer base of a firm of mean size.
	Volatility float64 `default:"0.35" unit:"1/year^0.5" in:"[0,2]" src:"assumed"`
	// SizeExponent is the elasticity of volatility to size. Growth rates of real firms vary with size to the power -0.14 to
	// -0.20 (Riccaboni et al. 2008, doi 10.1073/pnas.0810478105); those of jobs do not here, where overhead steadies the
	// smallest (docs/validation.md, T4), and a larger exponent would thin the tail of firm sizes.
	SizeExponent float64 `default:"-0.03" unit:"1" in:"[-0.5,0]" src:"assumed"`
	// YoungVolatility is what youth adds to volatility at birth, as a share; it fades over YoungYears.
	YoungVolatility float64 `default:"1" unit:"1" in:"[0,5]" src:"assumed"`
	// YoungYears is the time over which the extra volatility of the young falls by e.
	YoungYears float64 `default:"3" unit:"year" in:"(0,50]" src:"assumed"`
	// RiskResponse is what full insurance of owners against loss adds to volatility, as a share: moral hazard; 0 switches
	// it off.
	RiskResponse float64 `default:"0.5" unit:"1" in:"[0,5]" src:"assumed"`
	// Intake is the most by which the customers of a sector's firms grow in a quarter, beyond their own luck, when the
	// sector has more customers than its few firms serve.
	Intake float64 `default:"0.25" unit:"1/quarter" in:"(0,10]" src:"assumed"`
	// Collusion is how far firms of a sector in one cluster count what a lower price takes from each other: 0 = each competes alone,
	// 1 = they ask what one owner of all of them would.
	Collusion float64 `default:"0" unit:"1" in:"[0,1]" src:"assumed"`
	// Reversion is the yearly pull of appeals back to the sector's mean.
	Reversion float64 `default:"0" unit:"1/year" in:"[0,1]" src:"assumed"`
	// DividendShare is the share of cash above the cushion that owners take in a quarter.
	DividendShare float64 `default:"0.25" unit:"1/quarter" in:"[0,1]" src:"assumed"`
	// Cushion is the cash that owners leave in the firm, in yearly sales.
	Cushion float64 `default:"0.25" unit:"years of sales" in:"[0,5]" src:"assumed"`
	// CreditSales is the credit line in yearly sales.
	CreditSales float64 `default:"0.1" unit:"years of sales" in:"[0,5]" src:"assumed"`
	// CreditCapital is the credit line on capital.
	CreditCapital float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
}
