package policy

import "agglo/model/world"

// facilities are clubs: they have a site, places, a fee and members.
var facilities = []Entry{
	{
		ID: "technopark", Title: "Technopark", Stands: "I12",
		Doc: "Builds a park on one site: room for workers, and for members contacts and science. A share of the rents on the " +
			"site is paid for firms there while the programme runs.",
		Settings: append([]string{"policy.facility.science", "policy.facility.contacts", "policy.facility.rent"}, standing...),
		parts: func(s Spec, p *Params) []component {
			f := park(s, p, true, 0, gain{world.LeverScience, p.Facility.Science}, gain{world.LeverContacts, p.Facility.Contacts})
			return []component{f, {part: rentRelief{share: min(s.Intensity*p.Facility.Rent, 1)}, pays: ToFirms, at: onSites}}
		},
	},
	{
		ID: "incubator", Title: "Incubator", Stands: "I13",
		Doc: "Builds a house for young firms: they are sheltered and meet partners. A share of the cost of entry of founders " +
			"on the site is paid while the programme runs.",
		Settings: append([]string{"policy.facility.shelter", "policy.facility.contacts", "policy.facility.entry", "policy.facility.young",
			"policy.start_cost"}, standing...),
		parts: func(s Spec, p *Params) []component {
			f := park(s, p, false, p.Facility.Young, gain{world.LeverShelter, p.Facility.Shelter}, gain{world.LeverContacts, p.Facility.Contacts})
			return []component{f, {part: entryRelief{share: min(s.Intensity*p.Facility.Entry, 1), need: p.StartCost}, pays: AtEntry, at: onSites}}
		},
	},
	{
		ID: "special_zone", Title: "Special economic zone", Stands: "I15",
		Doc: "Builds a zone on one site: room for workers, and for members the way to customers abroad. Points of the profit " +
			"tax, which founders and movers see, and a share of the rents there are paid, or not asked for, while the programme runs.",
		Settings: append([]string{"policy.facility.export", "policy.facility.tax", "policy.facility.rent"}, standing...),
		parts: func(s Spec, p *Params) []component {
			f := park(s, p, true, 0, gain{world.LeverExport, p.Facility.Export})
			return []component{
				f,
				{part: rentRelief{share: min(s.Intensity*p.Facility.Rent, 1)}, pays: ToFirms, at: onSites},
				{part: taxBreak{points: s.Intensity * p.Facility.Tax}, pays: NotAsked, at: onSites},
			}
		},
	},
	{
		ID: "transfer_network", Title: "Transfer network", Stands: "I16",
		Doc:      "Runs an office, with the chamber of commerce, that brings members to universities and partners.",
		Settings: append([]string{"policy.facility.science", "policy.facility.contacts"}, run...),
		parts: office(func(f *world.FacilityParams) []gain {
			return []gain{{world.LeverScience, f.Science}, {world.LeverContacts, f.Contacts}}
		}),
	},
	{
		ID: "centre_of_expertise", Title: "Centre of expertise", Stands: "I30",
		Doc:      "Runs a centre that brings science, trains workers of members, and advises on sites and partners.",
		Settings: append([]string{"policy.facility.science", "policy.facility.training", "policy.facility.information"}, run...),
		parts: office(func(f *world.FacilityParams) []gain {
			return []gain{{world.LeverScience, f.Science}, {world.LeverTraining, f.Training}, {world.LeverInformation, f.Information}}
		}),
	},
	{
		ID: "cluster_organisation", Title: "Cluster organisation", Stands: "F2 I25 I30",
		Doc: "Runs an office of the cluster: members break fewer deals, meet more partners, reach customers abroad, and buy " +
			"together.",
		Settings: append([]string{"policy.facility.sanction", "policy.facility.contacts", "policy.facility.export", "policy.facility.purchase"}, run...),
		parts: office(func(f *world.FacilityParams) []gain {
			return []gain{{world.LeverSanction, f.Sanction}, {world.LeverContacts, f.Contacts}, {world.LeverExport, f.Export}, {world.LeverPurchase, f.Purchase}}
		}),
	},
}

// Settings that facilities have in common.
var (
	standing = []string{"policy.facility.place_capital", "policy.wear", "policy.facility.fee", "policy.facility.worth",
		"policy.facility.reach_km", "policy.outlay", "policy.admin"}
	run = []string{"policy.facility.place", "policy.facility.fee", "policy.facility.worth", "policy.facility.reach_km", "policy.outlay",
		"policy.admin"}
)

// park makes a facility that is built.
func park(s Spec, p *Params, land bool, young float64, gains ...gain) component {
	f := facility{spending{outlay: s.Intensity * p.Outlay}, &p.Facility, true, land, young, gains}
	return component{part: f, pays: ToBuilders, single: true}
}

// office makes a facility that is run.
func office(gains func(f *world.FacilityParams) []gain) func(Spec, *Params) []component {
	return func(s Spec, p *Params) []component {
		f := facility{spending: spending{outlay: s.Intensity * p.Outlay}, p: &p.Facility, gains: gains(&p.Facility)}
		return []component{{part: f, pays: ToProviders, single: true}}
	}
}
