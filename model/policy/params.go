package policy

// Params say how strong an instrument of intensity 1 is, and what holds for all of them. At their defaults the subsidy,
// the tax break and the public outlays each cost between .4% and .7% of the value added of those they reach in a year, so
// that instruments of one intensity are comparable.
type Params struct {
	// Subsidy is the part of the yearly user cost of capital that the public pays: 3% of the .15 of interest and
	// depreciation.
	Subsidy float64 `default:"0.0045" unit:"1/year" in:"[0,0.1]" src:"assumed"`
	// TaxBreak is what is taken off the tax rate on profits.
	TaxBreak float64 `default:"0.02" unit:"1" in:"[0,1]" src:"assumed"`
	// Outlay is public spending on infrastructure, or on the placebo, as a share of the value added of the firms in the
	// target.
	Outlay float64 `default:"0.005" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Return is the freight cost that a unit of public transport capital saves in a year.
	Return float64 `default:"0.08" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Wear is the share of public works that wears out.
	Wear float64 `default:"0.03" unit:"1/year" in:"[0,1]" src:"assumed"`
	// MostSaving is the largest saving that roads can bring at one end of a journey, in logs: freight cannot cost less
	// than nothing.
	MostSaving float64 `default:"0.05" unit:"1" in:"[0,1]" src:"assumed"`
	// Admin is the cost of administration, as a share of what a policy gives.
	Admin float64 `default:"0.05" unit:"1" in:"[0,1]" src:"assumed"`
	// EmergingYears is how long a cluster counts as emerging after it was first seen; one that is there at the
	// start never does.
	EmergingYears float64 `default:"5" unit:"year" in:"[0,100]" src:"assumed"`
}
