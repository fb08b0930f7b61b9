package world

// A Facility is the state of a shared facility that a scenario gives: an institution that firms join. Money is in
// worker-years.
type Facility struct {
	Institution int      // number in the setting
	Cell        int32    // of its site
	Members     []Member // by ascending rows; those who do not use it in the tick are on the roll too
	Barred      []Barred // who cheated members, and may not come in
	Balance     float64  // what is left of fees and grants
	Now         Service  // of the present tick
	Year        Paid     // of the year up to now
}

// A Member is a firm on the roll of a facility.
type Member struct {
	ID    uint64  // of the firm
	Row   int32   // and its row
	Idle  int32   // ticks for which it has not used the facility; 0 = it does
	Fee   float64 // that it pays in this tick, worker-years
	Serve float64 // service that it gets in this tick, [0,1]
}

// Barred is a firm that may not be a member before a tick.
type Barred struct {
	ID    uint64 // of the firm
	Until int    // first tick in which it may come in again
}

// Service is what a facility did in a tick. Money is in worker-years per tick.
type Service struct {
	Places float64 // workers for whom there are places
	Using  int     // members who use it
	Jobs   float64 // their workers
	Fees   float64 // that they pay
	Cost   float64 // of running it, paid to the households around
	Grant  float64 // put in by the region's treasury
	Relief float64 // rents and costs of entry on its site that the treasury pays
	Mean   float64 // service to those who use it, mean over their workers
}

// Paid is the money of a facility over some time, see Service.
type Paid struct{ Fees, Cost, Grant, Relief float64 }

// Add adds a tick.
func (p *Paid) Add(s Service) {
	p.Fees += s.Fees
	p.Cost += s.Cost
	p.Grant += s.Grant
	p.Relief += s.Relief
}

// Clubs says whether there are shared facilities: a scenario's own, or those of a policy.
func (v View) Clubs() bool {
	for k := range v.w.Ledger {
		if v.w.Ledger[k].Club {
			return true
		}
	}
	return len(v.w.Facilities) > 0
}

// Cut says whether a channel is cut in a replay.
func (v View) Cut(c Channels) bool { return v.w.Cut(c) }

// Facilities is the number of shared facilities that the scenario gives.
func (v View) Facilities() int { return len(v.w.Facilities) }

// FacilityOf is the institution that facility k is.
func (v View) FacilityOf(k int) Institution {
	return v.w.Setting.Institutions[v.w.Facilities[k].Institution]
}

// FacilityBalance is what facility k has left of fees and grants, worker-years.
func (v View) FacilityBalance(k int) float64 { return v.w.Facilities[k].Balance }

// FacilityYear is the money of facility k since the last year's end; all of the year at a year's end.
func (v View) FacilityYear(k int) Paid { return v.w.Facilities[k].Year }

// FacilityMembers is the number of firms on the roll of facility k, those who closed in this tick among them.
func (v View) FacilityMembers(k int) int { return len(v.w.Facilities[k].Members) }

// FacilityMember is the row of the n-th member of facility k and the service that it gets in this tick, [0,1]; 0 when it has closed.
func (v View) FacilityMember(k, n int) (row int, service float64) {
	m := &v.w.Facilities[k].Members[n]
	if !v.FacilityHolds(k, n) {
		return int(m.Row), 0
	}
	return int(m.Row), m.Serve
}

// FacilityHolds says whether the n-th member of facility k, a firm on its roll, lives.
func (v View) FacilityHolds(k, n int) bool {
	m := &v.w.Facilities[k].Members[n]
	return v.w.Firms.ID[m.Row] == m.ID
}

// FacilityService is what facility k did in this tick.
func (v View) FacilityService(k int) Service { return v.w.Facilities[k].Now }
