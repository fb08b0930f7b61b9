package club

import (
	"math"
	"testing"

	"agglo/model/world"
)

// Institutions are shared facilities if the rules know their kind, and only then.
func TestKinds(t *testing.T) {
	for _, kind := range []string{"university", "college", "research_centre", "test_laboratory", "training_centre", "science_park", "incubator",
		"special_zone", "centre_of_expertise", "transfer_office", "chamber", "cluster_organisation", "venture_fund", "bank", "investment_bank"} {
		in := world.Institution{Kind: kind}
		if (kindOf(&in) != nil) != in.Shared() {
			t.Errorf("%s: shared %v, known to the rules %v", kind, in.Shared(), kindOf(&in) != nil)
		}
	}
}

// trio is three firms, 0 and 1 members of a facility, in a region with a prior of .1 + .4 x trust.
func trio(trust float64) (*Rules, *world.World, *world.Facility) {
	w := &world.World{Setting: &world.Setting{Regions: []world.Region{{TrustPrior: trust}}}}
	w.Cells.Region = []int32{0}
	for id := range uint64(3) {
		w.Firms.Found(10+id, 0)
	}
	f := &world.Facility{Members: []world.Member{{ID: 10, Row: 0}, {ID: 11, Row: 1}}}
	return &Rules{P: Params{Trust: .2, Sponsor: .3, Barred: 2}, roll: []bool{true, true, false}}, w, f
}

// A stranger comes in where strangers are trusted. Where they are not, it needs trust in members, or one who trusts it.
func TestWelcome(t *testing.T) {
	for _, c := range []struct {
		name          string
		prior         float64
		own, back     float64 // trust in a member, and of the member; 0 = no tie
		barred, first bool
		want          bool
	}{
		{"a stranger among people who trust", .5, 0, 0, false, false, true},
		{"a stranger among people who do not", .1, 0, 0, false, false, false},
		{"the first", .1, 0, 0, false, true, true},
		{"trusts members", .1, .4, .1, false, false, true},
		{"trusts them too little", .1, .3, .1, false, false, false},
		{"has a sponsor", .1, .1, .35, false, false, true},
		{"is barred", .5, .9, .9, true, false, false},
	} {
		r, w, f := trio(c.prior)
		if c.own > 0 {
			w.Firms.Join(2, 0, c.own, 1)
			w.Firms.CollabOf(0).Bond(w.Firms.CollabOf(2).Back(0)).SetTrust(c.back)
		}
		if c.barred {
			f.Barred = []world.Barred{{ID: 12, Until: 9}}
		}
		if c.first {
			f.Members = nil
		}
		if got := r.welcome(w, f, 2); got != c.want {
			t.Errorf("%s: welcome %v, want %v", c.name, got, c.want)
		}
	}
}

// Who cheats a member leaves the roll for two years, and comes back in no sooner; who cheats somebody else stays.
func TestBar(t *testing.T) {
	for _, victim := range []int{0, 2} {
		r, w, f := trio(.5)
		w.Facilities = []world.Facility{*f}
		f = &w.Facilities[0]
		w.Firms.Join(victim, 1, .5, 1)
		w.Firms.CollabOf(victim).Bond(0).SetState(world.TieBroken)
		w.Firms.Flag[victim] |= world.FlagBroken
		if err := r.Bar(w, 5); err != nil {
			t.Fatal(err)
		}
		if barred := len(f.Barred) == 1 && f.Barred[0].ID == 11 && len(f.Members) == 1; barred != (victim == 0) {
			t.Errorf("firm %d was cheated: members %v, barred %v", victim, f.Members, f.Barred)
		}
		for tick, want := range map[int]int{13: 1, 14: 0} {
			g := world.Facility{Barred: append([]world.Barred(nil), f.Barred...)}
			if r.strike(w, &g, tick); victim == 0 && len(g.Barred) != want {
				t.Errorf("tick %d: %d barred, want %d", tick, len(g.Barred), want)
			}
		}
	}
}

// A zone with no more workers than places takes a tenth off the tax of firms on its site, and those who compare sites see it there; where
// half as many again work it takes as much less as roads that full are slower.
func TestZoneIsSeen(t *testing.T) {
	for _, jobs := range []float64{0, 150} {
		r, w, f := trio(.5)
		w.Setting.Regions[0].TaxRate, w.Cells.Region = .2, []int32{0, 0}
		w.Index.Rows = []int32{0, 1, 2}
		w.Firms.Cell[1], w.Firms.Cell[2] = 1, 1
		r.Does.Tax = .1
		r.kinds, r.levers = []*kind{{id: "zone", tax: true, gains: func(*world.FacilityParams) []gain { return nil }}}, make([]site, 1)
		f.Members, f.Cell, f.Now.Places, f.Now.Jobs = nil, 1, 100, jobs
		w.ClearLevers()
		r.push(w, f, 0)
		off := .1 / (1 + .15*math.Pow(jobs/100, 4))
		for row, want := range []float64{0, off, off} {
			if got := w.Levers.Of(world.LeverTax, row); math.Abs(got-want) > 1e-15 {
				t.Errorf("%g workers, firm %d is spared %v, want %v", jobs, row, got, want)
			}
		}
		for cell, want := range []float64{.2, .2 - off} {
			if got := w.TaxAt(0, cell, world.Point{}); math.Abs(got-want) > 1e-15 {
				t.Errorf("%g workers, cell %d: a rate of %v, want %v", jobs, cell, got, want)
			}
		}
	}
}

// Members who do not use a facility stay on the roll for a year; firms that are gone leave at once.
func TestStrike(t *testing.T) {
	r, w, f := trio(.5)
	r.P.Idle = 1
	f.Members[0].Idle, f.Members[1].ID = 3, 99
	if r.strike(w, f, 1); len(f.Members) != 1 || f.Members[0].ID != 10 {
		t.Errorf("members %v", f.Members)
	}
	f.Members[0].Idle = 4
	if r.strike(w, f, 1); len(f.Members) != 0 {
		t.Errorf("members %v", f.Members)
	}
	r, w, f = trio(.5)
	r.P.Idle = 0 // who uses it stays
	f.Members[0].Idle = 1
	if r.strike(w, f, 1); len(f.Members) != 1 || f.Members[0].ID == 10 {
		t.Errorf("members %v, want who was not idle", f.Members)
	}
}

// Of the cost of entry that two facilities and a policy on one cell take from founders, in parts of .2, .2 and .1 of it, the facilities pay four fifths of
// what was advanced; a founder in another cell is not theirs. Households get it, the treasury pays it, and it stands in the books of the year.
func TestMakeGood(t *testing.T) {
	w := &world.World{
		Cells:   world.Cells{Region: []int32{0, 1}, Market: []int32{0, 1}},
		Markets: world.Markets{Balance: []float64{0, 0}}, Money: world.Money{Treasury: []float64{0, 0}},
		Facilities: []world.Facility{{Cell: 1}, {Cell: 1}, {Cell: 1}},
		Foundings:  []world.Founding{{Cell: 1, Region: 1, Entry: 10}, {Cell: 0, Region: 0, Entry: 10}},
	}
	w.ClearLevers()
	w.Levers.PushCell(world.LeverEntry, 1, .5)
	r := &Rules{levers: []site{{entry: .2}, {entry: .2}, {rent: .3}}}
	if err := r.MakeGood(w, 1); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"households", w.Markets.Balance[1], 8}, {"those of the other cell", w.Markets.Balance[0], 0}, {"treasury", w.Money.Treasury[1], -8},
		{"public cost", w.Money.PublicCost, 8}, {"left to policies", w.Foundings[0].Entry, 2}, {"elsewhere", w.Foundings[1].Entry, 10},
		{"relief of the first", w.Facilities[0].Year.Relief, 4}, {"of the third", w.Facilities[2].Year.Relief, 0},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}

// The service that members get is told by the mean over their workers: 3 in full and 1 at half is 3.5/4, without a crowd. Who was on the roll and uses
// nothing is idle a quarter more, and fees are a quarter's.
func TestEnrol(t *testing.T) {
	w := &world.World{}
	for id := range uint64(3) {
		w.Firms.Found(id+1, 0)
	}
	r := &Rules{work: []world.Candidate{{ID: 1, Jobs: 3}, {ID: 3, Jobs: 1}}, rows: []int32{0, 2}, near: []float64{1, .5}}
	f := &world.Facility{Members: []world.Member{{ID: 2, Row: 1, Idle: 1, Fee: 9}, {ID: 3, Row: 2, Idle: 5}}}
	r.enrol(w, f, quarter{in: []int{0, 1}, users: 4, places: 1e9, fee: .8})
	if len(f.Members) != 3 || f.Members[0].ID != 1 || f.Members[1].Idle != 2 || f.Members[1].Fee != 0 || f.Members[2].Idle != 0 {
		t.Errorf("members %+v", f.Members)
	}
	if s := f.Now; s.Using != 2 || s.Jobs != 4 || math.Abs(s.Mean-3.5/4) > 1e-12 || math.Abs(s.Fees-.8*4/4) > 1e-12 {
		t.Errorf("%+v", s)
	}
}

// A facility with a budget has the places that the budget and the fees of those who use them pay for, whatever the numbers: rounding
// must not take the fees away.
func TestPlacesReachAsFarAsTheMoney(t *testing.T) {
	const fee, place = .005, .005
	r := &Rules{work: []world.Candidate{{ID: 1, Jobs: 7.3, Worth: 1e9}}}
	for k := range 1000 {
		money := .01 + .0007*float64(k)
		q := r.sell(quarter{places: 1000, fee: fee}, place, money, false)
		if have := money + fee*7.3/world.TicksPerYear; math.Abs(q.places*place-have) > 1e-12 {
			t.Fatalf("with %g at hand: %g places, want %g", money, q.places, have/place)
		}
	}
}
