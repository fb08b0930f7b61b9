package measure

// ClusterUnit is what the cluster index needs to know of one sector in one region, and of the sector in all regions.
type ClusterUnit struct {
	Jobs, SectorJobs            float64 // employment of the sector: here, in all regions
	Firms, SectorFirms          float64 // firms of the sector: here, in all regions
	Area, TotalArea             float64 // area: of this region, of all
	Population, TotalPopulation float64 // inhabitants: of this region, of all
}

// LitzenbergerSternberg is the cluster index: relative density of the sector times its relative weight among the
// inhabitants over the relative size of its firms,
//
//	CI = (e/E)/(a/A) * (e/E)/(p/P) / ((e/b)/(E/B))
//
// with jobs e, firms b, area a, population p here and in capitals in all regions, in [0, inf); 1 is average
// (Litzenberger and Sternberg 2006, Geographische Zeitschrift 94; Sternberg and Litzenberger 2004,
// European Planning Studies 12).
//
// A region without jobs of the sector has index 0. The index does not exist where jobs stand without firms, where the
// region has no area or no inhabitants, or where any total is 0; negative and missing values count as such.
func LitzenbergerSternberg(u ClusterUnit) Optional {
	for _, total := range []float64{u.SectorJobs, u.SectorFirms, u.TotalArea, u.TotalPopulation, u.Area, u.Population} {
		if !(total > 0) {
			return Optional{}
		}
	}
	if u.Jobs == 0 {
		return Optional{0, true}
	}
	if !(u.Jobs > 0) || !(u.Firms > 0) {
		return Optional{}
	}
	jobs := u.Jobs / u.SectorJobs
	density, weight := jobs/(u.Area/u.TotalArea), jobs/(u.Population/u.TotalPopulation)
	size := (u.Jobs / u.Firms) / (u.SectorJobs / u.SectorFirms)
	return defined(density * weight / size)
}
