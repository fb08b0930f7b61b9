package labour

// Params are the parameters of labour markets.
type Params struct {
	// MarketKM is the width of a labour market. It should not exceed CommuteKM, or firms gather at corners of markets.
	MarketKM float64 `default:"12.5" unit:"km" in:"(0,500]" src:"assumed"`
	// CommuteKM is the standard deviation of commuting distance in each direction.
	CommuteKM float64 `default:"15" unit:"km" in:"[0,200]" src:"assumed"`
	// Quits is the share of workers who leave their firm in a quarter to look for another job.
	Quits float64 `default:"0.02" unit:"1/quarter" in:"[0,0.5]" src:"assumed"`
	// Adjust is the part of the gap between wanted and present workers that a firm tries to close in a quarter.
	Adjust float64 `default:"0.5" unit:"1/quarter" in:"(0,1]" src:"assumed"`
	// Matching is the number of hires per geometric mean of seekers and vacancies.
	Matching float64 `default:"1" unit:"1" in:"(0,10]" src:"assumed"`
	// Natural is the unemployment at which real wages grow with the world's.
	Natural float64 `default:"0.06" unit:"1" in:"(0,0.5)" src:"assumed"`
	// WageSlope is how fast log wages react to unemployment off its natural rate.
	WageSlope float64 `default:"0.25" unit:"1/quarter" in:"[0,5]" src:"assumed"`
	// WageStep is the largest such reaction in a quarter.
	WageStep float64 `default:"0.025" unit:"1/quarter" in:"(0,0.5]" src:"assumed"`
	// Migration is the share of workers who consider to move in a year.
	Migration float64 `default:"0.04" unit:"1/year" in:"[0,1]" src:"assumed"`
	// MigrationPull is the weight of a place's advantages in the choice of where to live.
	MigrationPull float64 `default:"3" unit:"1" in:"[0,50]" src:"assumed"`
	// RentWeight is the share of income spent on housing, which a high rent makes worth less.
	RentWeight float64 `default:"0.25" unit:"1" in:"[0,1]" src:"assumed"`
	// HousingElasticity is the elasticity of residents' rent to the number of residents per home.
	HousingElasticity float64 `default:"1" unit:"1" in:"[0,5]" src:"assumed"`
}
