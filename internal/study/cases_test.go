package study

import (
	"math"
	"slices"
	"testing"

	"agglo/model/world"
)

// The tests on real cases can be planned: worlds, places, sectors and values of scenarios exist. They are large, so that each
// says how many replicates are enough.
func TestClaimsOnCases(t *testing.T) {
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	tests, err := c.Choose([]string{"C21", "C27", "C28", "C29"})
	if err != nil || len(tests) != 14 {
		t.Fatalf("%d tests, %v", len(tests), err)
	}
	for _, x := range tests {
		if x.Most < 2 || !x.Counted() {
			t.Errorf("%s: most %d", x.ID, x.Most)
		}
	}
	p := planned(t, tests...)
	if one, many := p.Work(1, nil), p.Work(1000, nil); many > 20*one {
		t.Errorf("a thousand replicates take %d quarters, one %d", many, one)
	}
}

// By hand: effects 1, 3 in one world and 5, 7 in another. Within, variance 2; between, 2 x (2-6)^2/2 = 16 on each side of the mean
// 4: n*sum(m-4)^2/(k-1) = 2*(4+4) = 16, so F = 8 and the share is (8-1)/(8+1) = 77.8%. Equal means give (0-1)/(0+1) = -100%.
func TestShareBetweenCountries(t *testing.T) {
	r := ClaimResult{Test: ClaimTest{Contrast: Country, Smallest: 10}}
	r.country([][]float64{{1, 3}, {5, 7}})
	near(t, "share", r.Effect, 100*7.0/9, 1e-9)
	// Of F with 1 and 2 degrees of freedom, whose root is Student's t with 2: the percentile 97.5 is 38.506, the percentile 2.5 is 1/799.5. Beyond a
	// share of 10%, F is 8/(1 + 2 x .1/.9) = 6.545, which has the chance 1 - sqrt(6.545/8.545) = .12482, on two sides twice that.
	near(t, "lower end", r.Lo, 100*(8/38.5063-1)/(8/38.5063+1), 1e-3)
	near(t, "upper end", r.Hi, 100*(8*799.5-1)/(8*799.5+1), 1e-3)
	near(t, "p", r.P, 2*(1-math.Sqrt(6.545454/8.545454)), 1e-6)
	if !(r.Lo < r.Effect && r.Effect < r.Hi) || r.P <= 0 || r.P > 1 {
		t.Errorf("interval %v to %v, p %v", r.Lo, r.Hi, r.P)
	}
	r.country([][]float64{{1, 3}, {1, 3}})
	near(t, "no share", r.Effect, -100, 1e-9)

	// With a true share of one half, 10 worlds and 20 pairs, the interval holds it in about 95% of samples.
	held := 0
	for sample := range 400 {
		effects := make([][]float64, 10)
		for w := range effects {
			between := testSeed.Normal(31, uint64(sample), w, 0)
			for k := range 20 {
				effects[w] = append(effects[w], between+testSeed.Normal(32, uint64(sample), w, k))
			}
		}
		if r.country(effects); r.Lo <= 50 && 50 <= r.Hi {
			held++
		}
	}
	if held < 368 || held > 392 {
		t.Errorf("the interval holds the truth in %d of 400 samples, want about 380", held)
	}
}

// 100 is 20 from 80, 70 is 10: 10 farther, which is 12.5% of 80. A level is taken off.
func TestContrastsOfCases(t *testing.T) {
	near(t, "nearer", away([]float64{100}, []float64{70}, []float64{80})[0], 12.5, 1e-9)
	x := ClaimTest{ID: "C29", Contrast: Level, Level: 20, Unit: "years", Expected: "-", Smallest: 1}
	r := judge(&x, readings([]float64{14, 15, 16}), 0, 1)
	if near(t, "level", r.Effect, -5, 1e-9); r.Verdict != Supported {
		t.Errorf("15 years against 20: %+v", r)
	}
}

// A trade is competitive at the first year's end at which both bars are passed, and never before.
func TestYearsCompetitive(t *testing.T) {
	r := &claimRecord{rows: make([]claimGauges, 17)}
	for k := range r.rows {
		r.rows[k].trade = sectorGauges{sales: 10, exports: 5, quotient: 1.5}
	}
	near(t, "never", yearsCompetitive(r, 16), 4, 0)
	for k := 5; k < 17; k++ {
		r.rows[k].trade.quotient = 2
	}
	near(t, "at the end of year 2", yearsCompetitive(r, 16), 2, 0)
	for k := range r.rows {
		r.rows[k].trade.exports = 1
	}
	near(t, "without exports", yearsCompetitive(r, 16), 4, 0)
}

// By hand: rows 0 to 8 hold numbers 0 to 8. The last year of a horizon of 8 quarters is rows 5 to 8; what is summed since the branch leaves
// row 0, which is the branch itself, out.
func TestOutcomesOfRows(t *testing.T) {
	r := &claimRecord{lived: 20, scale: 3} // three firms an agent: so much more of people and money, as many innovations, the same ratios
	for k := range 10 {
		x := float64(k)
		r.rows = append(r.rows, claimGauges{added: x, jobs: 2, sales: 4 * x, exports: x, innovations: x + 1, private: x + 1, spent: x + 1,
			survivors: 20 - x, members: 4, lent: x, efficiency: 2 * x, targetJobs: 8, targetInClusters: x, trade: sectorGauges{targetJobs: x}})
	}
	for name, want := range map[string]float64{
		"value_added": 3 * 6.5, "productivity": 3.25, "export_share": .25, "efficiency": math.Exp(6.5), "innovations": 44, "member_debt": 6.5 / 4, "private_money": 3 * 44,
		"survival": .6, "cluster_jobs_target": 6.5 / 8, "sector_jobs_target": 3 * 6.5, "innovation_rate": 30. / 2,
	} {
		o, ok := claimOutcome(name)
		if !ok {
			t.Fatalf("no outcome %s", name)
		}
		near(t, name, o.read(r, 8), want, 1e-9)
	}
	near(t, "spent", r.spent(8), 44, 0)
}

// On the rolls of two facilities are a firm that owes 3, twice, one that has money, and one whose row is another one's now: three places
// of firms that live, and 6 lent.
func TestLentToMembers(t *testing.T) {
	w := &world.World{Setting: &world.Setting{Scale: 1, Sectors: make([]world.Sector, 1), Regions: make([]world.Region, 1)}}
	w.Cells.Region = []int32{0}
	for id, cash := range []float64{-3, 5, -7, -9} {
		w.Firms.Cash[w.Firms.Found(uint64(id+1), 0)] = cash
	}
	w.Facilities = []world.Facility{
		{Members: []world.Member{{ID: 1, Row: 0}, {ID: 2, Row: 1}, {ID: 9, Row: 2}}}, {Members: []world.Member{{ID: 1, Row: 0}}},
	}
	r := claimRecord{}
	if err := r.Observe(world.NewView(w), 1); err != nil || r.rows[0].members != 3 || r.rows[0].lent != 6 {
		t.Errorf("%+v, %v", r.rows, err)
	}
}

// Three firms stand in the target at the branch. Ten years on one is there still, one lives elsewhere, and the row of the third is another one's
// now, who stands in the target: two of three have lived.
func TestSurvivorsOfTheTarget(t *testing.T) {
	w := &world.World{Setting: &world.Setting{Scale: 1, Sectors: make([]world.Sector, 1), Regions: make([]world.Region, 1)}}
	w.Cells.Region = []int32{0}
	f := &w.Firms
	for id := range 4 {
		f.Found(uint64(id+1), 0)
	}
	f.X[3] = 20 // outside
	r := claimRecord{circle: &world.Point{}, km: 3}
	for tick := range afterwards + 2 {
		if tick == 30 {
			f.X[1] = 30
			f.Retire(2)
			f.Found(9, 0)
		}
		if err := r.Observe(world.NewView(w), tick); err != nil {
			t.Fatal(err)
		}
	}
	o, _ := claimOutcome("survival_target")
	if f.ID[2] != 9 || !math.IsNaN(o.read(&r, afterwards-1)) || o.read(&r, afterwards) != 2./3 {
		t.Errorf("id %d in the row; %v before, then %v: want 9, NaN, 2/3", f.ID[2], o.read(&r, afterwards-1), o.read(&r, afterwards))
	}
}

// A test in another world runs there, and one without policies has none: what the arms spend tells it.
func TestArmsInOtherWorlds(t *testing.T) {
	x := tiny("C27", ClaimArm{}, ClaimArm{Without: true})
	x.Scenario, x.Branch, x.Set = "hsinchu", 0, map[string]string{"scale": "50"}
	x.C = &ClaimArm{Says: "c", World: "plain"}
	x.D = &ClaimArm{Says: "d", World: "plain", Policies: []ClaimPolicy{{Instrument: "burn"}}}
	x.Contrast, x.Outcome, x.Unit = Interaction, "jobs", "%"
	if faults := x.faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	r := runTiny(t, []ClaimTest{x}, ClaimOptions{Replicates: 1, Threads: 1}).Results[0]
	if !(r.SpentA > r.SpentB) || math.IsNaN(r.Effect) {
		t.Errorf("%+v", r)
	}
	worlds := planned(t, x).worlds
	var ids []string
	for _, a := range worlds[0].groups[0].arms {
		ids = append(ids, a.setup.Setting.ID)
	}
	if want := []string{"hsinchu", "hsinchu", "plain", "plain"}; !slices.Equal(ids, want) {
		t.Errorf("worlds %v, want %v", ids, want)
	}
	x.Branch = 4
	if faults := x.faults(); len(faults) != 3 {
		t.Errorf("with a branch: %v, want three faults", faults)
	}
}
