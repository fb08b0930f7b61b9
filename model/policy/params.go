package policy

import "agglo/model/world"

// Params say how strong an instrument of intensity 1 is, and what holds for all of them. At their defaults the instruments
// whose cost is a rate or an outlay each cost between .4% and .7% of the value added of those they reach in a year, so
// that instruments of one intensity are comparable.
type Params struct {
	// Subsidy is the part of the yearly user cost of capital that the public pays: 3% of the .15 of interest and
	// depreciation.
	Subsidy float64 `default:"0.0045" unit:"1/year" in:"[0,0.1]" src:"assumed"`
	// ProductSubsidy is the share of sales that the public adds to the price.
	ProductSubsidy float64 `default:"0.003" unit:"1" in:"[0,0.5]" src:"assumed"`
	// TaxBreak is what is taken off the tax rate on profits.
	TaxBreak float64 `default:"0.02" unit:"1" in:"[0,1]" src:"assumed"`
	// ResearchDeduction is the share of its own R&D that a firm is given back.
	ResearchDeduction float64 `default:"0.1" unit:"1" in:"[0,1]" src:"assumed"`
	// Outlay is public spending on what is built, run or given, as a share of the value added of the firms in the target.
	Outlay float64 `default:"0.005" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Return is the money that a unit of public capital saves in a year.
	Return float64 `default:"0.08" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Wear is the share of public works that wears out.
	Wear float64 `default:"0.03" unit:"1/year" in:"[0,1]" src:"assumed"`
	// MostSaving is the largest saving that works can bring at one place, in logs: nothing can cost less than nothing.
	MostSaving float64 `default:"0.05" unit:"1" in:"[0,1]" src:"assumed"`
	// SiteCost is the capital that makes room for one more worker at base rent.
	SiteCost float64 `default:"2" unit:"worker-years/worker" in:"[0.01,1000]" src:"assumed"`
	// PartTransport is the part of transport in infrastructure; the four parts are taken over their sum.
	PartTransport float64 `default:"0.4" unit:"1" in:"[0,1]" src:"assumed"`
	// PartSites is the part of production sites in infrastructure.
	PartSites float64 `default:"0.2" unit:"1" in:"[0,1]" src:"assumed"`
	// PartUtilities is the part of utilities in infrastructure.
	PartUtilities float64 `default:"0.2" unit:"1" in:"[0,1]" src:"assumed"`
	// PartCommunications is the part of communications in infrastructure.
	PartCommunications float64 `default:"0.2" unit:"1" in:"[0,1]" src:"assumed"`
	// PrivateShare is what investors from outside bring of a public-private partnership.
	PrivateShare float64 `default:"0.4" unit:"1" in:"[0,0.95]" src:"assumed"`
	// Loan is what a guaranteed loan adds to the credit line, in yearly sales.
	Loan float64 `default:"0.02" unit:"years of sales" in:"[0,5]" src:"assumed"`
	// LoanYears is how long guarantees take to run off when their programme is over.
	LoanYears float64 `default:"5" unit:"year" in:"[0,50]" src:"assumed"`
	// SoftPoints is what the public pays of the interest on debt.
	SoftPoints float64 `default:"0.05" unit:"1/year" in:"[0,1]" src:"assumed"`
	// SoftForgiven is the share of debt that need not be repaid, a year.
	SoftForgiven float64 `default:"0.05" unit:"1/year" in:"[0,1]" src:"assumed"`
	// RiskShared is the share of owners' losses that a fund shares.
	RiskShared float64 `default:"0.25" unit:"1" in:"[0,1]" src:"assumed"`
	// LossCompensated is the share of owners' losses that a compensation makes good.
	LossCompensated float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// FundCost is what a venture fund of capacity 1 sets aside in a year per worker around its door, in world wages.
	FundCost float64 `default:"0.0005" unit:"worker-years/worker/year" in:"[0.000001,10]" src:"assumed"`
	// StartCost is the cost of entry of those who found, in a year, per worker who may become one: .02 foundings of half a
	// worker-year. It plans what relief will cost; what it does cost is booked.
	StartCost float64 `default:"0.01" unit:"worker-years/worker/year" in:"[0.0001,10]" src:"assumed"`
	// InventorRelief is the share of the cost of entry that inventors are spared.
	InventorRelief float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// TalentCost is what it takes to bring one person from outside, in world wages.
	TalentCost float64 `default:"1" unit:"worker-years/worker" in:"[0.01,100]" src:"assumed"`
	// MeetingCost is what it takes to bring two firms together, in world wages.
	MeetingCost float64 `default:"0.05" unit:"worker-years" in:"[0.001,10]" src:"assumed"`
	// MeetingTravel is what travel adds to it between clusters.
	MeetingTravel float64 `default:"0.05" unit:"worker-years" in:"[0,10]" src:"assumed"`
	// MeetingKM is the distance that counts at most between firms of two clusters that the public links.
	MeetingKM float64 `default:"30" unit:"km" in:"(0,1000]" src:"assumed"`
	// MeetingAlike lets the public link clusters of one group of sectors only; else any two.
	MeetingAlike bool `default:"false" unit:"1" in:"{true,false}" src:"assumed"`
	// DirectiveRate is the share of firms that are told to move.
	DirectiveRate float64 `default:"0.1" unit:"1/year" in:"[0,4]" src:"assumed"`
	// DirectivePay is what a firm gets that moves as it is told.
	DirectivePay float64 `default:"0.05" unit:"years of sales" in:"[0,5]" src:"assumed"`
	// DirectiveRefusal is the chance that a firm refuses.
	DirectiveRefusal float64 `default:"0.3" unit:"1" in:"[0,1]" src:"assumed"`
	// Admin is the cost of administration, as a share of what a policy gives.
	Admin float64 `default:"0.05" unit:"1" in:"[0,1]" src:"assumed"`
	// EmergingYears is how long a cluster counts as emerging after it was first seen; one that is there at the
	// start never does.
	EmergingYears float64 `default:"5" unit:"year" in:"[0,100]" src:"assumed"`
	// Learning is how fast a strategy that learns moves its money: each year the shares of its instruments grow by
	// e^(learning x measured log growth of those reached beyond that of all firms).
	Learning float64 `default:"20" unit:"1" in:"[0,1000]" src:"assumed"`
	// Gain is what services do per unit of effort.
	Gain GainParams
	// Facility is what shared facilities are and do, those of policies and those that a scenario has itself.
	Facility world.FacilityParams
}

// GainParams say how far services move a lever per unit of effort, which is their money over the value added of the firms
// served. At the ordinary outlay of .005 the effort is .005.
type GainParams struct {
	// Protection is points of strength of intellectual property.
	Protection float64 `default:"20" unit:"1" in:"[0,1000]" src:"assumed"`
	// Export adds to the rate of becoming an exporter, .02 a year without.
	Export float64 `default:"2" unit:"1/year" in:"[0,1000]" src:"assumed"`
	// Contacts adds to the chance of a search for a collaborator.
	Contacts float64 `default:"10" unit:"1/tick" in:"[0,1000]" src:"assumed"`
	// Information is further sites and partners looked at.
	Information float64 `default:"200" unit:"sites" in:"[0,10000]" src:"assumed"`
	// Awareness adds to the chance of a search for a collaborator.
	Awareness float64 `default:"5" unit:"1/tick" in:"[0,1000]" src:"assumed"`
	// AwarenessInformation is further sites and partners looked at.
	AwarenessInformation float64 `default:"100" unit:"sites" in:"[0,10000]" src:"assumed"`
}
