package scenarios

// Institution is a point with a capacity, acting on firms nearby.
type Institution struct {
	ID       string  `key:"id" need:"yes" form:"id" doc:"unique among the institutions"`
	Name     string  `key:"name" doc:"label; the id if absent"`
	Kind     string  `key:"kind" need:"yes" oneof:"university|college|research_centre|test_laboratory|training_centre|science_park|incubator|special_zone|centre_of_expertise|transfer_office|chamber|cluster_organisation|venture_fund|bank|investment_bank" doc:"what it is: the first three make knowledge, banks, funds and incubators finance founders, those between are shared facilities that firms join"`
	At       *LatLon `key:"at" doc:"[latitude, longitude]"`
	AtKM     *Pair   `key:"at_km" unit:"km" in:"[-5000,5000]" doc:"[east, north] of the origin, instead of at"`
	Capacity Number  `key:"capacity" unit:"1" in:"[0,10000]" default:"1" doc:"1 is an ordinary one of its kind, 40 stands for forty; a shared facility of 1 has club.places"`
	Budget   *Number `key:"budget" unit:"currency/year" in:"[0,1e15]" doc:"of a shared facility: what the region's treasury puts in, growing with the world's wage; what fees do not cover if absent"`
	Fee      *Number `key:"fee" unit:"currency/worker/year" in:"[0,1e9]" doc:"of a shared facility: what members pay, growing with the world's wage; policy.facility.fee if absent"`
	Sharing  bool    `key:"sharing" doc:"members of a shared facility share the cost that the budget leaves and decide how many they are, instead of paying a fee"`
	Source   string  `key:"source" doc:"where the entry's numbers come from"`
	Verified *bool   `key:"verified" doc:"false when the source was not at hand"`
}

// StartFrom says where the first firms are: around the towns, or where a table has them.
type StartFrom struct {
	TownKM *Number `key:"town_km" unit:"km" in:"(0,500]" doc:"firms are drawn around the places, by their weights, at a density that falls by e over this distance"`
	Firms  string  `key:"firms" doc:"a CSV file with the columns sector, employment and x, y (km) or lat, lon: a row a firm"`

	Employment string `key:"employment" doc:"a CSV file with the columns region, sector, employment and, if known, firms: firms are drawn over the land of each region, around its towns with town_km"`
}

// Policy is an instrument with its dates, money, strength and target.
type Policy struct {
	ID         string       `key:"id" need:"yes" form:"id" doc:"unique among the policies"`
	Instrument string       `key:"instrument" ref:"instruments" doc:"id of an instrument, see agglo policies; either this or instruments"`
	Elements   []Element    `key:"instruments" doc:"a strategy: instruments that share the budget"`
	Learning   bool         `key:"learning" doc:"a strategy moves what is left of its money once a year to the instruments whose firms have grown most"`
	From       Date         `key:"from" doc:"first quarter; the start if absent"`
	To         Date         `key:"to" doc:"first quarter without it; the run's end if absent"`
	Budget     *Number      `key:"budget" unit:"currency" in:"[0,1e18]" doc:"money in all; no limit if absent"`
	Currency   string       `key:"currency" doc:"a currency of currency.fx that the budget is in"`
	PriceYear  *Number      `key:"price_year" choice:"yes" whole:"yes" in:"[1800,2200]" doc:"year of the budget's prices; the scenario's if absent"`
	Intensity  Number       `key:"intensity" choice:"yes" unit:"1" in:"[0,10]" default:"1" doc:"strength; 1 is ordinary, 0 switches it off"`
	Finance    string       `key:"finance" oneof:"local_tax|outside" default:"local_tax" doc:"who pays"`
	Target     PolicyTarget `key:"target" doc:"whom it reaches; everyone if absent"`
	Style      string       `key:"style" oneof:"everyone|central|network" default:"everyone" doc:"whom a limited budget reaches: all, at the strength that can be paid for; the largest, whom an authority picks; those who apply to an open call, the best trusted first"`
	Pace       string       `key:"pace" oneof:"full|even" default:"full" doc:"how fast a limited budget is spent: at full strength until it is gone, or no more in a quarter than what is left over the quarters left"`
	Conditions *Conditions  `key:"conditions" doc:"what is asked of a firm before it takes part"`
	Potential  *Number      `key:"potential_assessment" unit:"1" in:"(0,1000]" doc:"acts only where the location quotient of the firm's sector in its labour market is at least this"`
	Source     string       `key:"source" doc:"where the entry's numbers come from"`
	Verified   *bool        `key:"verified" doc:"false when the source was not at hand"`
}

// Element is an instrument of a strategy.
type Element struct {
	Instrument string        `key:"instrument" need:"yes" ref:"instruments" doc:"id of an instrument; each once"`
	Share      Number        `key:"share" choice:"yes" need:"yes" unit:"1" in:"[0,1]" doc:"share of the strategy's budget; they sum to 1"`
	Intensity  *Number       `key:"intensity" choice:"yes" unit:"1" in:"[0,10]" doc:"strength; the strategy's if absent"`
	Target     *PolicyTarget `key:"target" doc:"whom it reaches; as the strategy if absent"`
}

// Conditions are asked of a firm before it takes part in a policy.
type Conditions struct {
	Match      Number `key:"match" unit:"1" in:"[0,0.95]" default:"0" doc:"share of the sum that the firm brings itself"`
	Membership string `key:"membership" oneof:"cluster|facility" doc:"of what the firm must be a member"`
	Trust      Number `key:"trust" unit:"1" in:"[0,1]" default:"0" doc:"least mean trust of the firm in its partners"`
}

// PolicyTarget chooses the firms that a policy reaches: those that pass every condition given.
type PolicyTarget struct {
	Regions []string `key:"regions" ref:"regions" doc:"ids of regions"`
	Sectors []string `key:"sectors" ref:"sectors" doc:"ids of sectors"`
	Within  *Circle  `key:"within" doc:"a circle"`
	Size    *Pair    `key:"size" unit:"workers" in:"[0,1e9]" doc:"[from, to): workers of the firm"`
	Age     *Pair    `key:"age" unit:"years" in:"[0,1000]" doc:"[from, to): age of the firm"`
	Cluster string   `key:"cluster" oneof:"any|existing|emerging|none" doc:"what cluster the firm is in"`
}

// Circle is a circle about a place.
type Circle struct {
	Place string  `key:"place" ref:"places" doc:"id of the place in its middle"`
	At    *LatLon `key:"at" doc:"[latitude, longitude] of its middle"`
	AtKM  *Pair   `key:"at_km" unit:"km" in:"[-5000,5000]" doc:"[east, north] of its middle from the origin"`
	KM    Number  `key:"km" choice:"yes" need:"yes" unit:"km" in:"(0,5000]" doc:"radius"`
}

// Shock is a change from outside, for a while.
type Shock struct {
	ID       string   `key:"id" need:"yes" form:"id" doc:"unique among the shocks"`
	What     string   `key:"what" need:"yes" oneof:"demand|venture|world_price" doc:"what changes; a shock of demand in all sectors moves the world's alone, as households spend what they have"`
	Sectors  []string `key:"sectors" ref:"sectors" doc:"ids of sectors; all if absent"`
	From     Date     `key:"from" need:"yes" doc:"first quarter that feels it"`
	To       Date     `key:"to" need:"yes" doc:"first quarter that does not"`
	Change   Number   `key:"change" need:"yes" unit:"1" in:"(-1,100]" doc:"relative change: -0.37 is a fall by 37%"`
	Source   string   `key:"source" doc:"where the entry's numbers come from"`
	Verified *bool    `key:"verified" doc:"false when the source was not at hand"`
}

// Credit says whom something that the scenario uses is owed to.
type Credit struct {
	What    string `key:"what" need:"yes" doc:"what was taken over, such as outlines"`
	By      string `key:"credit" need:"yes" doc:"the line that the owner asks for"`
	Licence string `key:"licence" doc:"on what terms"`
	Address string `key:"address" doc:"where it is found"`
}

// Target is a published figure to hold the results against.
type Target struct {
	Metric    string   `key:"metric" need:"yes" oneof:"firms|jobs|value_added|productivity|unit_cost|wage|unemployment|rent|exports|rd|innovations|births|deaths|moves|ties|degree|trust|share_firms_in_clusters|share_jobs_in_clusters|share_value_added_in_clusters|clusters|eg_gamma|synergy|public_cost|tax_revenue|treasury|jobs_share|exports_share|rd_share|with_partner_share|with_six_partners_share" doc:"a metric of the series, or a share: of these firms in all jobs or exports, of R&D in their value added, of those with one collaborator or six and more among them"`
	Sectors   []string `key:"sectors" ref:"sectors" doc:"sum or mean over these sectors; all if absent"`
	Regions   []string `key:"regions" ref:"regions" doc:"sum or mean over these regions; all if absent"`
	Within    *Circle  `key:"within" doc:"sum or mean over the firms in a circle; all if absent"`
	Date      Date     `key:"date" need:"yes" doc:"when"`
	Since     Date     `key:"since" doc:"the value is the relative change since then"`
	Absolute  bool     `key:"absolute" doc:"the value is the change since then in the metric's unit"`
	Nominal   bool     `key:"nominal" doc:"the value is in current prices, to be brought to the price year by currency.deflator"`
	Value     Number   `key:"value" need:"yes" doc:"in the metric's unit"`
	Tolerance Number   `key:"tolerance" choice:"yes" unit:"1" in:"(0,10]" default:"0.2" doc:"how far off is still near: relative; of a relative change since then, in yearly growth, 0.01 if absent"`
	Fitted    bool     `key:"fitted" doc:"whether the scenario's numbers were chosen to meet it"`
	Source    string   `key:"source" doc:"where the entry's numbers come from"`
	Verified  *bool    `key:"verified" doc:"false when the source was not at hand"`
}
