package policy

import (
	"cmp"
	"slices"

	"agglo/model/world"
)

// meetings bring firms together.
var meetings = []Entry{
	{
		ID: "trade_fair", Title: "Trade fair", Stands: "I10 I22",
		Doc: "Half the money brings pairs of firms of the target together by lot, each of whom may propose a collaboration; " +
			"the other half shows them to customers abroad.",
		Settings: []string{"policy.outlay", "policy.meeting_cost", "policy.gain.export", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			half := spending{outlay: s.Intensity * p.Outlay / 2}
			return []component{
				{part: meeting{half, p.MeetingCost, 0, anybody}, pays: ToProviders},
				{part: service{half, []gain{{world.LeverExport, p.Gain.Export}}}, pays: ToProviders},
			}
		},
	},
	{
		ID: "joint_programme", Title: "Joint programme", Stands: "I24 F2",
		Doc:      "Half the money pays for R&D, half for meetings of firms of the target whose sectors belong together.",
		Settings: []string{"policy.outlay", "policy.meeting_cost", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			half := spending{outlay: s.Intensity * p.Outlay / 2}
			return []component{
				{part: gift{half}, pays: ToFirms},
				{part: meeting{half, p.MeetingCost, 0, relatives}, pays: ToProviders},
			}
		},
	},
	{
		ID: "inter_cluster_links", Title: "Links between clusters", Stands: "I28",
		Doc: "Pays for meetings of firms of different clusters, of any two or of those alike. Their distance counts as at most some km, at a " +
			"cost of travel.",
		Settings: []string{"policy.outlay", "policy.meeting_cost", "policy.meeting_travel", "policy.meeting_km", "policy.meeting_alike", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			all, who := spending{outlay: s.Intensity * p.Outlay}, strangers
			if p.MeetingAlike {
				who = counterparts
			}
			return []component{{part: meeting{all, p.MeetingCost + p.MeetingTravel, p.MeetingKM, who}, pays: ToProviders}}
		},
	},
}

// meeting brings pairs together.
type meeting struct {
	spending
	each float64 // worker-years per meeting
	near float64 // km that distance counts as at most; 0 = as it is
	meet func(v world.View, i, j int) bool
}

// apply pairs firms in an order drawn anew in each tick. What is left over for a part of a meeting gives one with the
// chance of that part. From then on the cost is that of the meetings that could be held.
func (g meeting) apply(r *reach, share float64, l *world.Levers) {
	money := share * r.planned() / (g.each * r.view.WorldWage())
	wanted := int(money + r.seed.Uniform(drawCall, r.key, r.tick, 2))
	left := wanted
	order := r.lots(0)
	met := make([]bool, len(order))
	for a := 0; a < len(order) && left > 0; a++ {
		if met[a] {
			continue
		}
		for b := a + 1; b < min(a+lookedAt, len(order)); b++ {
			if i, j := int(order[a]), int(order[b]); !met[b] && g.meet(r.view, i, j) {
				met[a], met[b] = true, true
				l.Meetings = append(l.Meetings, world.Meeting{From: order[a], To: order[b], Near: g.near})
				l.Any = true
				left--
				break
			}
		}
	}
	if left > 0 {
		for k := range r.cost {
			r.cost[k] *= min(float64(wanted-left)/money, 1)
		}
	}
}

// lookedAt is how many others at most are looked through for one who may meet a firm.
const lookedAt = 64

// lots is the rows in an order drawn by the firms' ids.
func (r *reach) lots(k int) []int32 {
	type lot struct {
		u   float64
		id  uint64
		row int32
	}
	drawn := make([]lot, len(r.rows))
	for n, i := range r.rows {
		drawn[n] = lot{r.draw(int(i), k), r.view.ID(int(i)), i}
	}
	slices.SortFunc(drawn, func(a, b lot) int { return cmp.Or(cmp.Compare(a.u, b.u), cmp.Compare(a.id, b.id)) })
	order := make([]int32, len(drawn))
	for n := range drawn {
		order[n] = drawn[n].row
	}
	return order
}

// anybody may meet anybody.
func anybody(world.View, int, int) bool { return true }

// relatives are firms of sectors of one group.
func relatives(v world.View, i, j int) bool {
	return v.SectorGroup(v.Sector(i)) == v.SectorGroup(v.Sector(j))
}

// counterparts are firms of two clusters of one group.
func counterparts(v world.View, i, j int) bool { return strangers(v, i, j) && relatives(v, i, j) }

// strangers are firms of two clusters.
func strangers(v world.View, i, j int) bool {
	return v.Cluster(i) != 0 && v.Cluster(j) != 0 && v.Cluster(i) != v.Cluster(j)
}
