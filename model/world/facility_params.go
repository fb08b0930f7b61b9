package world

// FacilityParams say what facilities are, and what full service does to a member.
type FacilityParams struct {
	// PlaceCapital is the capital of a built facility per worker whom it serves.
	PlaceCapital float64 `default:"2" unit:"worker-years/worker" in:"[0.01,1000]" src:"assumed"`
	// Place is what it takes to run an office per worker of its members, in world wages.
	Place float64 `default:"0.02" unit:"worker-years/worker/year" in:"[0.0001,10]" src:"assumed"`
	// Fee is what members pay per worker, in world wages.
	Fee float64 `default:"0.005" unit:"worker-years/worker/year" in:"[0,10]" src:"assumed"`
	// Worth is what firms take full service to be worth, as a share of their value added.
	Worth float64 `default:"0.01" unit:"1" in:"[0,1]" src:"assumed"`
	// ReachKM is the distance over which service falls by e.
	ReachKM float64 `default:"10" unit:"km" in:"(0,1000]" src:"assumed"`
	// Young is the age below which firms may be in an incubator.
	Young float64 `default:"5" unit:"year" in:"[0,100]" src:"assumed"`
	// Science adds to the science within reach.
	Science float64 `default:"0.2" unit:"1" in:"[0,10]" src:"assumed"`
	// Contacts adds to the chance of a search for a collaborator.
	Contacts float64 `default:"0.05" unit:"1/tick" in:"[0,1]" src:"assumed"`
	// Training adds to the log quality of matches with workers.
	Training float64 `default:"0.02" unit:"1" in:"[0,1]" src:"assumed"`
	// Information is further sites and partners looked at.
	Information float64 `default:"1" unit:"sites" in:"[0,100]" src:"assumed"`
	// Sanction adds to the log odds that a partner keeps a deal.
	Sanction float64 `default:"0.5" unit:"1" in:"[0,10]" src:"assumed"`
	// Export adds to the rate of becoming an exporter.
	Export float64 `default:"0.01" unit:"1/year" in:"[0,4]" src:"assumed"`
	// Purchase is taken off the log price of inputs.
	Purchase float64 `default:"0.01" unit:"1" in:"[0,1]" src:"assumed"`
	// Laboratory is added to effective R&D, as a share of it.
	Laboratory float64 `default:"0.3" unit:"1" in:"[0,10]" src:"assumed"`
	// Shelter is taken off the extra volatility of the young, as a share.
	Shelter float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// Entry is the share of founders' cost of entry paid on the site of an incubator.
	Entry float64 `default:"0.4" unit:"1" in:"[0,1]" src:"assumed"`
	// Rent is the share of rents paid on the site of a park or zone.
	Rent float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// Tax is what is taken off the tax rate on profits on the site of a zone.
	Tax float64 `default:"0.1" unit:"1" in:"[0,1]" src:"assumed"`
}
