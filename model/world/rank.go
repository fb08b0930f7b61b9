package world

// SectorRank is a sector's place by size, 0 for the one of most workers at tick 0; one that emerges counts as large as it will be.
// Maps and the page give colours and marks by it, so that a sector looks the same in every picture of a case, whatever a run does.
func (v View) SectorRank(s int) int { return v.w.Setting.SectorRank(s) }

// SectorRank is that of a world that is still to be made.
func (g *Setting) SectorRank(s int) int {
	all := g.Sectors
	size := func(k int) float64 {
		if e := all[k].Emerging; e != nil {
			return e.Mature
		}
		return all[k].Employment
	}
	rank := 0
	for k := range all {
		if size(k) > size(s) || size(k) == size(s) && k < s {
			rank++
		}
	}
	return rank
}
