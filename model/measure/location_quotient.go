package measure

// LocationQuotient is a sector's share in a region over its share in the economy, (jobs/region)/(sector/economy):
// above 1 the region is specialised in the sector (Florence 1939, Report on the Location of Industry).
//
// It does not exist where the region, the sector or the economy has no jobs.
func LocationQuotient(jobs, region, sector, economy float64) Optional {
	if !(region > 0) || !(sector > 0) || !(economy > 0) || !(jobs >= 0) {
		return Optional{}
	}
	return defined((jobs / region) / (sector / economy))
}

// LocationQuotients gives the quotient of every cell, laid out as c.Jobs.
func LocationQuotients(c Crosstab) ([]Optional, error) {
	if err := nonNegative("location-quotient", "jobs", c.Jobs); err != nil {
		return nil, err
	}
	sector, region, economy := make([]float64, c.Sectors), make([]float64, c.Regions), 0.0
	for j := range c.Regions {
		for i, e := range c.Region(j) {
			sector[i] += e
			region[j] += e
			economy += e
		}
	}
	out := make([]Optional, len(c.Jobs))
	for j := range c.Regions {
		for i, e := range c.Region(j) {
			out[j*c.Sectors+i] = LocationQuotient(e, region[j], sector[i], economy)
		}
	}
	return out, nil
}

// defined is an Optional of a number that was computed, empty if the arithmetic overflowed.
func defined(v float64) Optional {
	if finite("", "", []float64{v}) != nil {
		return Optional{}
	}
	return Optional{v, true}
}
