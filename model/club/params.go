package club

// Params say how the shared facilities that a scenario gives are run and whom they let in. What full service does to a member
// is the same as for facilities of policies, see world.FacilityParams.
type Params struct {
	// Places is the number of workers for whom a facility of capacity 1 has places.
	Places float64 `default:"500" unit:"workers" in:"(0,1000000]" src:"assumed"`
	// Trust is the least mean trust that a firm must place in members, two strangers among them, to come in without a sponsor.
	Trust float64 `default:"0.2" unit:"1" in:"[0,1]" src:"assumed"`
	// Sponsor is the least trust that a member must place in a firm whom it brings in.
	Sponsor float64 `default:"0.3" unit:"1" in:"[0,1]" src:"assumed"`
	// Known is how far lenders judge a firm on the roll by its own record of profit and not by its sector's middle firm: 0 = not at all.
	Known float64 `default:"0" unit:"1" in:"[0,1]" src:"assumed"`
	// Idle is how long a member that does not use a facility stays on the roll.
	Idle float64 `default:"1" unit:"year" in:"[0,100]" src:"assumed"`
	// Barred is how long a member that broke a deal with another one stays outside.
	Barred float64 `default:"2" unit:"year" in:"[0,100]" src:"assumed"`
}
