package club

import "agglo/model/world"

// gain is what a lever on firms gets at full service.
type gain struct {
	lever world.FirmLever
	x     float64
}

// A kind is what institutions of a kind do for members, and on their site.
type kind struct {
	id    string
	gains func(p *world.FacilityParams) []gain
	young bool // for young firms only
	land  bool // places are room for workers too
	rent  bool // a share of rents on the site is paid
	entry bool // a share of the cost of entry of founders on the site is paid
	tax   bool // points of the tax on profits are not asked for on the site
}

// kinds are the shared facilities among institutions, by the names that scenarios give them.
var kinds = []kind{
	{id: "test_laboratory", gains: func(p *world.FacilityParams) []gain { return []gain{{world.LeverLaboratory, p.Laboratory}} }},
	{id: "training_centre", gains: func(p *world.FacilityParams) []gain { return []gain{{world.LeverTraining, p.Training}} }},
	{id: "science_park", land: true, rent: true, gains: office},
	{id: "incubator", young: true, entry: true, gains: func(p *world.FacilityParams) []gain {
		return []gain{{world.LeverShelter, p.Shelter}, {world.LeverContacts, p.Contacts}}
	}},
	{id: "special_zone", land: true, rent: true, tax: true, gains: func(p *world.FacilityParams) []gain {
		return []gain{{world.LeverExport, p.Export}}
	}},
	{id: "transfer_office", gains: office},
	{id: "chamber", gains: office},
	{id: "centre_of_expertise", gains: func(p *world.FacilityParams) []gain {
		return []gain{{world.LeverScience, p.Science}, {world.LeverTraining, p.Training}, {world.LeverInformation, p.Information}}
	}},
	{id: "cluster_organisation", gains: func(p *world.FacilityParams) []gain {
		return []gain{{world.LeverSanction, p.Sanction}, {world.LeverContacts, p.Contacts}, {world.LeverExport, p.Export}, {world.LeverPurchase, p.Purchase}}
	}},
}

// office brings members to science and to partners.
func office(p *world.FacilityParams) []gain {
	return []gain{{world.LeverScience, p.Science}, {world.LeverContacts, p.Contacts}}
}

// kindOf finds the kind of an institution; nil if it is no shared facility.
func kindOf(in *world.Institution) *kind {
	for k := range kinds {
		if kinds[k].id == in.Kind {
			return &kinds[k]
		}
	}
	return nil
}
