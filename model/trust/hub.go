package trust

import "agglo/model/world"

// The organisations of ties, see Params.Organisation.
const (
	organisedAsNetwork = "network"
	organisedCentrally = "central"
)

// hubs are the firms through which a centrally organised region deals: the largest of each group of sectors, by area and
// region (the hub-and-spoke district: Markusen 1996, doi:10.2307/144402). They are found anew in each tick.
type hubs struct {
	group  []int32 // by sector: number of its group
	groups int
	rows   []int32 // by area, region and group; -1 = the group has no firm there
}

// find finds the hubs of a tick; of two firms of one size the one with the lower id.
func (h *hubs) find(w *world.World) {
	if h.group == nil {
		h.number(w.Setting.Sectors)
	}
	f := &w.Firms
	h.rows = h.rows[:0]
	for range len(w.Ground) * len(w.Setting.Regions) * h.groups {
		h.rows = append(h.rows, -1)
	}
	for i, id := range f.ID {
		if id == 0 {
			continue
		}
		hub := &h.rows[h.at(w, i, int(f.Sector[i]))]
		if *hub < 0 || f.Labour[i] > f.Labour[*hub] || f.Labour[i] == f.Labour[*hub] && id < f.ID[*hub] {
			*hub = int32(i)
		}
	}
}

// number gives the groups of sectors numbers.
func (h *hubs) number(sectors []world.Sector) {
	h.group = make([]int32, len(sectors))
	for s := range sectors {
		h.group[s] = int32(h.groups)
		for k := range s {
			if sectors[k].Group == sectors[s].Group {
				h.group[s] = h.group[k]
			}
		}
		if int(h.group[s]) == h.groups {
			h.groups++
		}
	}
}

// at is the place among the hubs for a sector's group where firm i is.
func (h *hubs) at(w *world.World, i, sector int) int {
	f := &w.Firms
	region := int(max(w.Cells.Region[f.Cell[i]], 0))
	return (int(f.Area[i])*len(w.Setting.Regions)+region)*h.groups + int(h.group[sector])
}

// of is the hub of a sector's group where firm i is, -1 when there is none.
func (h *hubs) of(w *world.World, i, sector int) int32 { return h.rows[h.at(w, i, sector)] }
