package scenarios

import "agglo/model"

// This file is the scenario format. The reader, the writer and the JSON schema all walk these structs, and no other list of
// keys exists. The tags of a field are
//
//   - key: the name in the file; need:"yes" if it may not be left out;
//   - unit, in: of a number; whole:"yes" if it has no fraction; default: what stands for an absent one;
//   - choice:"yes": a number that is nobody's measurement, and needs no source;
//   - oneof: the permitted words, ref: the section whose ids it may name (or instruments), form:"id" for an id;
//   - doc: what it means.

// Scenario is a region with what is done to it: the checked values of a scenario file.
type Scenario struct {
	Agglo    Number   `key:"agglo" need:"yes" whole:"yes" in:"[1,1]" doc:"version of the format"`
	ID       string   `key:"id" need:"yes" form:"id" doc:"name of the scenario"`
	Title    Text     `key:"title" doc:"a short title, plain or as {en: ..., ru: ...}"`
	Summary  Text     `key:"summary" doc:"one line on what it shows"`
	Start    Start    `key:"start" doc:"date of tick 0"`
	Ticks    Number   `key:"ticks" whole:"yes" unit:"quarters" in:"[0,4000]" default:"80" doc:"length of a run"`
	Seed     Number   `key:"seed" whole:"yes" in:"[0,9007199254740991]" default:"1" doc:"seed of all random draws, below 2^53"`
	Scale    Number   `key:"scale" unit:"firms per agent" in:"[1,100000]" default:"1" doc:"real firms that one agent stands for"`
	Currency Currency `key:"currency" doc:"the money of the file"`
	Origin   LatLon   `key:"origin" doc:"[latitude, longitude] of the plane's centre; needed when an outline comes from a map"`

	Areas        []Area        `key:"areas" need:"yes" doc:"travel-to-work areas: where the land is"`
	Regions      []Region      `key:"regions" doc:"authorities that tax and run policy; without any, one region has all the land"`
	Places       []Place       `key:"places" doc:"towns, which lend their names to clusters"`
	Sectors      []Sector      `key:"sectors" need:"yes" doc:"kinds of activity"`
	Institutions []Institution `key:"institutions" doc:"universities, research centres, banks, funds, shared facilities"`
	StartFrom    *StartFrom    `key:"start_from" doc:"where the first firms are; without it they are drawn from the sectors and stand anywhere"`
	Policies     []Policy      `key:"policies" doc:"what the authorities do"`
	Options      []Policy      `key:"options" doc:"named alternatives, which compare adds to the scenario one at a time"`
	Shocks       []Shock       `key:"shocks" doc:"changes from outside, for a while"`
	Targets      []Target      `key:"targets" doc:"published figures to hold the results against"`
	Remarks      []string      `key:"remarks" doc:"what a reader of the results should know"`
	Credits      []Credit      `key:"credits" doc:"whom maps, positions and data are owed to; goes into every run folder"`
	Params       model.Params  `key:"params" doc:"parameters of the rules; see agglo params"`

	Notes []string // warnings: what was read, and may not be what was meant

	shapes map[string]land // the outlines that the file names, in the plane
	plants []plant         // the rows of start_from.firms
	shares []share         // the rows of start_from.employment

	plantTable  *startTable // where they stand
	faultyStart bool        // a table to start from has faults, or cannot be read
	rows        ioTable     // the shared table of input shares
}

// Start is the date of tick 0.
type Start struct {
	Year    Number `key:"year" need:"yes" whole:"yes" in:"[1800,2200]" default:"2000" doc:"year"`
	Quarter Number `key:"quarter" whole:"yes" in:"[1,4]" default:"1" doc:"quarter of the year"`
}

// Currency is the money of the file, in whole units and never in thousands.
type Currency struct {
	Code       string            `key:"code" default:"unit" doc:"such as USD"`
	PriceYear  *Number           `key:"price_year" choice:"yes" whole:"yes" in:"[1800,2200]" doc:"year of the constant prices; the start's year if absent"`
	LabourCost Number            `key:"labour_cost" unit:"currency per worker and year" in:"(0,1e12]" default:"40000" doc:"cost of a worker for a year, in the price year; the model counts money in it"`
	Deflator   Number            `key:"deflator" unit:"1/year" in:"[-0.5,10]" default:"0" doc:"yearly rise of prices, which takes money of another year to the price year"`
	FX         map[string]Number `key:"fx" unit:"currency per unit" in:"(0,1e12]" doc:"rates of other currencies: units of code for one of theirs"`
}

// Shape is an outline: a box or a part of a map.
type Shape struct {
	File   string              `key:"file" doc:"a GeoJSON file of polygons, beside the scenario or built in"`
	Where  map[string][]string `key:"where" doc:"which features of the file: a property (or id) and its permitted values; all without it"`
	BoxKM  *Pair               `key:"box_km" unit:"km" in:"(0,5000]" doc:"[width, height] of a box"`
	Centre *LatLon             `key:"centre" doc:"[latitude, longitude] of the box's middle; the origin if absent"`
}

// Area is a travel-to-work area.
type Area struct {
	ID          string  `key:"id" need:"yes" form:"id" doc:"unique among the areas"`
	Name        string  `key:"name" doc:"label; the id if absent"`
	CellKM      Number  `key:"cell_km" choice:"yes" unit:"km" in:"[0.05,100]" default:"2" doc:"width of a cell"`
	Shape       *Shape  `key:"shape" need:"yes" doc:"outline; cells whose centre is outside have no land"`
	LabourForce Number  `key:"labour_force" need:"yes" unit:"workers" in:"(0,1e9]" doc:"people who work or look for work at tick 0"`
	Wage        *Number `key:"wage" unit:"currency per worker and year" in:"(0,1e12]" doc:"cost of a worker at tick 0; currency.labour_cost if absent"`
	Land        *Number `key:"land" unit:"workers per cell" in:"(0,1e9]" doc:"workers that a full cell carries at base rent; 100 per km2 if absent"`
	Source      string  `key:"source" doc:"where the entry's numbers come from"`
	Verified    *bool   `key:"verified" doc:"false when the source was not at hand"`
}

// Region is an authority that taxes and runs policy.
type Region struct {
	ID         string  `key:"id" need:"yes" form:"id" doc:"unique among the regions"`
	Name       string  `key:"name" doc:"label; the id if absent"`
	Country    string  `key:"country" doc:"the country it belongs to"`
	Shape      *Shape  `key:"shape" doc:"outline; one region may go without and takes the cells that no other has"`
	Tax        Number  `key:"tax" unit:"1" in:"[0,1)" default:"0.2" doc:"tax rate on profits"`
	TrustPrior Number  `key:"trust_prior" unit:"1" in:"[0,1]" default:"0.4" doc:"share of people who say that most people can be trusted"`
	Traits     *Traits `key:"traits" doc:"national traits"`
	Source     string  `key:"source" doc:"where the entry's numbers come from"`
	Verified   *bool   `key:"verified" doc:"false when the source was not at hand"`
}

// Traits are a region's national traits.
type Traits struct {
	LawQuality Number `key:"law_quality" unit:"1" in:"[0,1]" default:"0.5" doc:"quality of contract enforcement; 0.5 is the base"`
	IP         Number `key:"ip" unit:"1" in:"[0,1]" default:"0" doc:"strength of intellectual property; 0 is the base"`
	Enterprise Number `key:"enterprise" unit:"1" in:"(0,10]" default:"1" doc:"how many times people found firms as often as elsewhere"`
	EntryCost  Number `key:"entry_cost" unit:"1" in:"(0,100]" default:"1" doc:"how many times setting a firm up costs as much as elsewhere"`
}

// Place is a town.
type Place struct {
	ID   string  `key:"id" need:"yes" form:"id" doc:"unique among the places"`
	Name string  `key:"name" doc:"label; the id if absent"`
	At   *LatLon `key:"at" doc:"[latitude, longitude]"`
	AtKM *Pair   `key:"at_km" unit:"km" in:"[-5000,5000]" doc:"[east, north] of the origin, instead of at"`

	Region   string `key:"region" ref:"regions" doc:"region that it must lie in; not asked if absent"`
	Weight   Number `key:"weight" unit:"1" in:"[0,1e9]" default:"1" doc:"how many firms start there compared with other towns, such as inhabitants; see start_from.town_km"`
	Source   string `key:"source" doc:"where the entry's numbers come from"`
	Verified *bool  `key:"verified" doc:"false when the source was not at hand"`
}

// Sector is a kind of activity.
type Sector struct {
	ID           string            `key:"id" need:"yes" form:"id" doc:"unique among the sectors; random draws hang on it, so a name may change and an id may not"`
	Name         string            `key:"name" doc:"label; the id if absent"`
	Group        string            `key:"group" form:"id" doc:"sectors of one group make clusters together; the id if absent"`
	Code         map[string]string `key:"code" doc:"codes in statistical classifications, such as {naics: \"3344\"}"`
	Firms        Number            `key:"firms" whole:"yes" unit:"firms" in:"[0,1e7]" doc:"real firms at tick 0, needed unless a table of start_from has them; seed firms if the sector is emerging"`
	Employment   *Number           `key:"employment" unit:"workers" in:"[0,1e9]" doc:"workers at tick 0; needed unless the sector is emerging or a table of start_from has them"`
	NationShare  Number            `key:"nation_share" unit:"1" in:"[0,1]" default:"0" doc:"share of the sector in the nation's jobs, against which places are specialised; 0 = not known, the region stands for the nation"`
	DemandGrowth Number            `key:"demand_growth" unit:"1/year" in:"[-0.5,0.5]" default:"0" doc:"yearly growth of demand beyond the region's"`
	Tradable     Number            `key:"tradable" unit:"1" in:"[0,1]" default:"1" doc:"how far the sector sells to the world beside its home demand"`
	RDIntensity  Number            `key:"rd_intensity" unit:"1" in:"[0,1)" default:"0" doc:"share of sales spent on research; 0 stands for the parameter's value"`
	Inputs       map[string]Number `key:"inputs" ref:"sectors" unit:"1" in:"[0,1e6]" doc:"shares of its input spending by sector, scaled to sum to 1; from the shared table if absent"`
	Towns        map[string]Number `key:"towns" ref:"places" unit:"1" in:"[0,1e9]" doc:"weights of the towns where its first firms are, in place of those of the places, for towns that differ in what they make; towns not named weigh 0"`
	Emerging     *Emerging         `key:"emerging" doc:"for a sector that begins after the start"`
	Source       string            `key:"source" doc:"where the entry's numbers come from"`
	Verified     *bool             `key:"verified" doc:"false when the source was not at hand"`
}

// Emerging says when a new sector begins and how large it becomes.
type Emerging struct {
	From       Date   `key:"from" need:"yes" doc:"when the seed firms are founded"`
	Midpoint   Date   `key:"midpoint" need:"yes" doc:"when demand is half its mature size"`
	WidthYears Number `key:"width_years" choice:"yes" unit:"years" in:"(0,100]" default:"3" doc:"width of the logistic rise"`
	Mature     Number `key:"mature_employment" need:"yes" unit:"workers" in:"(0,1e9]" doc:"workers that the mature sector would have had at tick 0"`
}
