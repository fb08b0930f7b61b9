package world

// A Setting is what a scenario says about a region and what no rule changes: where land is, what the sectors are called,
// which institutions stand where. Lengths are km in the scenario's plane (x east, y north, origin = the scenario's
// origin), money is in base-year annual labour cost per worker ("worker-years"), rates are per year.
type Setting struct {
	ID           string        // the scenario's id
	Start        Date          // the date of tick 0
	Scale        float64       // firms that one agent stands for, >= 1
	Currency     Currency      // what a worker-year is in the scenario's money
	Areas        []Area        // travel-to-work areas; at least one
	Regions      []Region      // treasuries; at least one
	Places       []Place       // towns, which lend their names to clusters
	TownKM       float64       // firms start around places, at a density that falls by e over this distance; 0 = evenly over the land
	Sectors      []Sector      // at least one
	Inputs       [][]float64   // Inputs[r][s] is the share of sector r's input spending that goes to sector s; rows sum to 1
	Institutions []Institution // universities, research centres, banks, funds, shared facilities
	Shocks       []Shock       // changes of demand, venture finance or world prices
	Plants       []Plant       // firms to start from; empty means: draw them from the sectors
}

// Date is a quarter of a year: Quarter is 1 to 4.
type Date struct{ Year, Quarter int }

// Currency turns worker-years into the scenario's money: amount = worker-years x LabourCost.
type Currency struct {
	Code       string  // such as USD
	PriceYear  int     // whose constant prices the money is in
	LabourCost float64 // currency units per worker-year in the base year, > 0
}

// Area is a travel-to-work area: a dense grid of square cells. Cell (ix, iy) has index iy*NX+ix and its centre at
// (X0+(ix+.5)*CellKM, Y0+(iy+.5)*CellKM). Cells whose centre is outside the area have Land 0 and Region -1.
type Area struct {
	ID          string
	CellKM      float64   // width of a cell, km
	X0, Y0      float64   // south-west corner of the grid, km
	NX, NY      int       // cells east and north
	Land        []float64 // workers that a cell's land carries at base rent, one a cell; 0 = no land
	Region      []int32   // index of the region a cell belongs to, -1 = none
	LabourForce float64   // workers at tick 0 (agents' scale: real workers / Scale)
	Wage        float64   // base wage, worker-years per worker and year; 1 unless areas differ
}

// Region is an authority that taxes and runs policy.
type Region struct {
	ID, Name   string
	Country    string
	TaxRate    float64 // on profits, [0,1)
	TrustPrior float64 // share of people who say that most people can be trusted, [0,1] (World Values Survey)
	LawQuality float64 // quality of contract enforcement, [0,1]; .5 is the base
	IP         float64 // strength of intellectual property, [0,1]; 0 is the base
	Enterprise float64 // how many times people found firms as often as elsewhere, > 0; 0 stands for 1
	EntryCost  float64 // how many times setting a firm up costs as much as elsewhere, > 0; 0 stands for 1
	Outline    [][]Point
}

// Point is a place in the plane, km.
type Point struct{ X, Y float64 }

// Place is a town.
type Place struct {
	ID, Name string
	At       Point
	Weight   float64 // of the town in where firms start, >= 0; see Setting.TownKM
}

// Sector is a kind of activity.
type Sector struct {
	ID, Name     string
	Group        string    // sectors of one group make clusters together
	Firms        int       // agents at tick 0
	Employment   float64   // workers at tick 0 (agents' scale)
	DemandGrowth float64   // yearly growth of the sector's demand beyond the region's, 1/year
	Tradable     float64   // how far the sector sells to the world beside its home demand, [0,1]
	RDIntensity  float64   // share of sales spent on R&D, [0,1); 0 means the parameter's default
	Nation       float64   // the sector's share of the nation's jobs, [0,1]; 0 = not known
	Towns        []float64 // weight of each place in where the sector's first firms are, in place of Place.Weight; nil: as the places say
	Emerging     *Emerging // nil for a sector that is there from the start
}

// Emerging says when and how large a new sector becomes: its share of demand rises logistically from a few seed firms.
type Emerging struct {
	From       Date    // when the seed firms are founded
	Midpoint   Date    // when demand is half its mature size
	WidthYears float64 // of the logistic, > 0
	Mature     float64 // workers that the mature sector would have had at tick 0
}

// Institution is a point with a capacity, acting on firms nearby through one channel.
type Institution struct {
	ID, Name string
	Kind     string // university, college, research_centre, venture_fund, bank, science_park, ...
	At       Point
	Capacity float64 // 1 = an ordinary one of its kind
	// Of shared facilities, which firms join:
	Budget  float64 // what the region's treasury puts in, worker-years per year, growing with the world's wage; below 0 = what fees leave uncovered
	Fee     float64 // of members, per worker, in world wages; below 0 = the parameter's
	Sharing bool    // members share the cost that the budget leaves, and decide how many they are, instead of paying a fee
}

// Shock changes something outside for a while.
type Shock struct {
	ID       string
	What     string  // demand, venture, world_price
	Sectors  []int   // indices; empty = all
	From, To int     // ticks; From is the first that feels it, To the first that does not
	Change   float64 // relative: -.37 is a fall by 37%
}

// Plant is one firm to start from.
type Plant struct {
	Sector     int     // index in the setting
	At         Point   // km
	Employment float64 // workers, above 0
}

// Science says whether an institution makes knowledge that firms nearby can use.
func (in *Institution) Science() bool {
	return in.Kind == "university" || in.Kind == "college" || in.Kind == "research_centre"
}

// Finance says whether an institution lends to founders nearby.
func (in *Institution) Finance() bool {
	return in.Kind == "bank" || in.Kind == "investment_bank" || in.Kind == "incubator"
}

// Venture says whether an institution takes shares in firms that founders nearby set up.
func (in *Institution) Venture() bool { return in.Kind == "venture_fund" }

// Shared says whether an institution is a facility that firms join.
func (in *Institution) Shared() bool {
	switch in.Kind {
	case "test_laboratory", "training_centre", "science_park", "incubator", "special_zone", "centre_of_expertise", "transfer_office",
		"chamber", "cluster_organisation":
		return true
	}
	return false
}

// EnterpriseFactor is how many times people of the region found firms as often as elsewhere.
func (r *Region) EnterpriseFactor() float64 { return orOne(r.Enterprise) }

// EntryFactor is how many times setting a firm up costs as much as elsewhere.
func (r *Region) EntryFactor() float64 { return orOne(r.EntryCost) }

// orOne is a factor that nobody needs to give.
func orOne(x float64) float64 {
	if x == 0 {
		return 1
	}
	return x
}
