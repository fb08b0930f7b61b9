package policy

import (
	"math"
	"slices"
	"testing"

	"agglo/model/world"
)

// rich is two with cash 10 in every firm, so that all can pay fees and own parts.
func rich() *world.World {
	w := two()
	for i := range w.Firms.ID {
		w.Firms.Cash[i] = 10
	}
	return w
}

// s0 and s1 are a facility's service to the firms of cells 0 and 1: it stands in the middle of cell 0 with a yearly money of
// .005 x 180 = .9; all 14 workers are of members.
func service2(places float64) (s0, s1 float64) {
	crowd := 1 + .15*math.Pow(14/places, 4)
	return 1 / crowd, math.Exp(-.1) / crowd
}

// Every instrument moves its levers by what its parameters say, and no other lever. Value added of the firms is 60, 30, 60,
// 30, sales 100, 50, 100, 50, capital 80, 40, 80, 40, workers 5, 2, 5, 2.
func TestChannels(t *testing.T) {
	type want struct {
		lever world.FirmLever
		x     []float64
	}
	type wantCell struct {
		lever world.CellLever
		x     []float64
	}
	all := func(x float64) []float64 { return []float64{x, x, x, x} }
	a, b := service2(.9 / .02)
	told := map[string]bool{}
	at := func(x float64) []float64 { return []float64{a * x, a * x, b * x, b * x} }
	for _, c := range []struct {
		id    string
		firms []want
		cells []wantCell
	}{
		{"awareness", []want{{world.LeverContacts, all(.025)}, {world.LeverInformation, all(.5)}}, nil},
		{"brand", []want{{world.LeverExport, all(.005)}, {world.LeverContacts, all(.025)}}, nil},
		{"burn", nil, nil},
		{"centre_of_expertise", []want{{world.LeverScience, at(.2)}, {world.LeverTraining, at(.02)}, {world.LeverInformation, at(1)}}, nil},
		{"cluster_organisation", []want{{world.LeverSanction, at(.5)}, {world.LeverContacts, at(.05)}, {world.LeverExport, at(.01)},
			{world.LeverPurchase, at(.01)}}, nil},
		{"communications", nil, nil}, // works act when they stand: see TestWorks
		{"directive_creation", nil, nil},
		{"incubator", nil, []wantCell{{world.LeverEntry, []float64{.4, 0}}}},
		{"information_service", []want{{world.LeverInformation, all(1)}}, nil},
		{"infrastructure", nil, nil},
		{"inter_cluster_links", nil, nil},
		{"inventor_relief", nil, []wantCell{{world.LeverEntry, []float64{.5, .5}}}},
		{"ip_protection", []want{{world.LeverProtection, all(.1)}}, nil},
		{"joint_programme", []want{{world.LeverResearch, []float64{.15, .075, .15, .075}}}, nil},
		{"loan", []want{{world.LeverCredit, []float64{2, 1, 2, 1}}}, nil},
		{"loss_compensation", []want{{world.LeverRecovery, all(.5)}}, nil},
		{"ppp", nil, nil},
		{"product_subsidy", []want{{world.LeverPrice, all(.003)}}, nil},
		{"production_sites", nil, nil},
		{"rd_grant", []want{{world.LeverResearch, []float64{.3, .15, .3, .15}}}, nil},
		{"rd_tax_deduction", []want{{world.LeverResearchPrice, all(.1)}}, nil},
		{"regional_innovation_fund", []want{{world.LeverResearch, []float64{.15, .075, .15, .075}}},
			[]wantCell{{world.LeverFinance, []float64{.225 / (.0005 * 7), .225 / (.0005 * 7)}}}},
		{"risk_sharing", []want{{world.LeverCredit, []float64{2, 1, 2, 1}}, {world.LeverRecovery, all(.25)}}, nil},
		{"soft_loan", []want{{world.LeverCredit, []float64{2, 1, 2, 1}}, {world.LeverInterest, all(.05)}}, nil},
		{"special_zone", []want{{world.LeverTax, []float64{.1, .1, 0, 0}}}, []wantCell{{world.LeverRent, []float64{.5, 0}}}},
		{"subsidy", []want{{world.LeverUserCost, all(.0045)}}, nil},
		{"talent", nil, nil},
		{"tax_break", []want{{world.LeverTax, []float64{.02, .02, .01, .01}}}, nil},
		{"technopark", nil, []wantCell{{world.LeverRent, []float64{.5, 0}}}},
		{"trade_fair", []want{{world.LeverExport, all(.005)}}, nil},
		{"trade_mission", []want{{world.LeverExport, all(.01)}}, nil},
		{"transfer_network", []want{{world.LeverScience, at(.2)}, {world.LeverContacts, at(.05)}}, nil},
		{"transport", nil, nil},
		{"utilities", nil, nil},
		{"venture_fund", nil, []wantCell{{world.LeverFinance, []float64{.45 / (.0005 * 7), .45 / (.0005 * 7)}}}},
	} {
		w := rich()
		told[c.id] = true
		step(t, rules(t, w, always("a", c.id)), w, 1)
		sum := 0.0
		for _, x := range c.firms {
			for i, want := range x.x {
				close9(t, c.id+": lever on firms", w.Levers.Of(x.lever, i), want)
				sum += want
			}
		}
		for _, x := range c.cells {
			for i, want := range x.x {
				close9(t, c.id+": lever on cells", w.Levers.OfCell(x.lever, i), want)
				sum += want
			}
		}
		close9(t, c.id+": all levers", w.Levers.Sum(), sum)
	}
	for _, id := range Instruments() {
		if !told[id] {
			t.Errorf("%s: no line says which levers it moves", id)
		}
	}
}

func close9(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s = %v: want %v", what, got, want)
	}
}

// After a tick .9/4 = .225 of capital stands, .1125 in each cell among sales of 150 and inputs of 60 there; worn by the
// next tick's end, but not yet when it acts. In the mixture .4 is roads, .2 each of sites, utilities, communications.
// Of a partnership .6 is public, so capital is .375, of which .4 takes .05 + .03 of the .08 that it saves.
func TestWorks(t *testing.T) {
	for _, c := range []struct {
		id                           string
		access, running, reach, land float64
	}{
		{"transport", .08 * .225 / 420, 0, 0, 0},
		{"utilities", 0, .08 * .225 / 300, 0, 0},
		{"communications", 0, 0, .08 * .225 / 300, 0},
		{"production_sites", 0, 0, 0, .225 / 2 / 2},
		{"infrastructure", .08 * .09 / 420, .08 * .045 / 300, .08 * .045 / 300, .045 / 2 / 2},
		{"ppp", .08 * .6 * .15 / 420, .08 * .6 * .075 / 300, .08 * .6 * .075 / 300, .6 * .075 / 2 / 2},
	} {
		w := rich()
		r := rules(t, w, always("a", c.id))
		step(t, r, w, 1)
		if w.Levers.Any {
			t.Errorf("%s acts on the day when the money is spent", c.id)
		}
		step(t, r, w, 2)
		for cell := range 2 {
			near(t, c.id+": access", w.Levers.OfCell(world.LeverAccess, cell), c.access)
			near(t, c.id+": running", w.Levers.OfCell(world.LeverRunning, cell), c.running)
			near(t, c.id+": reach", w.Levers.OfCell(world.LeverReach, cell), c.reach)
			near(t, c.id+": land", w.Levers.OfCell(world.LeverLand, cell), c.land)
		}
		e := &w.Ledger[0]
		near(t, c.id+": all money", w.Total()-40, w.Money.PolicyIn*2)
		if c.id == "ppp" {
			near(t, "investors", e.Now.PrivateLevered, .225*.4/.6)
			near(t, "from investors", w.Money.PolicyIn, .225*.4/.6)
			near(t, "works", e.Works, 2*.375-.375*.0075)
		}
	}
}

// A park of capital 20 has 10 places: the 14 workers of four firms use each 1.4 times, and all pay .005 per worker a year.
// One of capital 4 has 2: at 3.51 times crowding takes what is worth more than the fee to a firm of 12 value added a worker at
// the door, that of 7.02 workers: first those of 15 a worker near by, then those of 15 farther off; one with 5 has no room.
func TestParks(t *testing.T) {
	for _, c := range []struct {
		id              string
		works, land, in float64
	}{{"technopark", 20, 10, 14}, {"incubator", 20, 0, 14}, {"special_zone", 20, 10, 14}, {"technopark", 4, 2, 4}, {"technopark", .1, .05, 0}} {
		w := rich()
		r := rules(t, w, always("a", c.id))
		w.Ledger[0].Works = c.works
		step(t, r, w, 1)
		near(t, c.id+": land", w.Levers.OfCell(world.LeverLand, 0), c.land)
		near(t, c.id+": land elsewhere", w.Levers.OfCell(world.LeverLand, 1), 0)
		near(t, c.id+": fees", w.Ledger[0].Now.PrivateLevered, c.in*.005/4)
		near(t, c.id+": all money", w.Total(), 40)
		crowd := world.Crowding(1.4)
		if c.id == "incubator" {
			close9(t, "shelter", w.Levers.Of(world.LeverShelter, 2), .5*math.Exp(-.1)/crowd)
			w.Now.Tick = 30
			step(t, r, w, 30)
			near(t, "nobody is young any more", w.Ledger[0].Now.PrivateLevered, 0)
		}
	}
}

// Crowding where U/Q is 1 is 1.15, and 3.4 where it is 2.
func TestCrowding(t *testing.T) {
	near(t, "one each", world.Crowding(1), 1.15)
	near(t, "two each", world.Crowding(2), 3.4)
	near(t, "nobody", world.Crowding(0), 1)
}

// Half a fair's money, .1125 a quarter, gives 2.25 meetings at .05: two pairs of four firms, and no third. Firms of
// another cluster are all that links between clusters look for, at 30 km; the groups of the two sectors have no name, so
// they are relatives.
func TestMeetings(t *testing.T) {
	for _, c := range []struct {
		id   string
		near float64
		n    int
	}{{"trade_fair", 0, 2}, {"joint_programme", 0, 2}, {"inter_cluster_links", 30, 2}} {
		w := rich()
		copy(w.Firms.Cluster, []int32{7, 7, 9, 9})
		step(t, rules(t, w, always("a", c.id)), w, 1)
		if len(w.Levers.Meetings) != c.n {
			t.Errorf("%s: meetings %v", c.id, w.Levers.Meetings)
		}
		seen := map[int32]bool{}
		for _, m := range w.Levers.Meetings {
			if seen[m.From] || seen[m.To] || m.Near != c.near || m.Forced {
				t.Errorf("%s: meetings %v", c.id, w.Levers.Meetings)
			}
			if c.id == "inter_cluster_links" && (m.From < 2) == (m.To < 2) {
				t.Errorf("linked inside a cluster: %v", m)
			}
			seen[m.From], seen[m.To] = true, true
		}
		copy(w.Firms.Cluster, []int32{7, 7, 7, 7})
		w.Now.Tick = 2
		links := rules(t, w, always("b", "inter_cluster_links"))
		step(t, links, w, 2)
		if book := w.Ledger[1]; len(w.Levers.Meetings) != 0 || book.Policy != "b" || book.Now.Gross != 0 {
			t.Errorf("nobody to meet, but %v for %+v", w.Levers.Meetings, book.Now)
		}
	}
}

// Firms 0 and 2 are of sector 0, 1 and 3 of sector 1, of two groups. Clusters of one group meet, whatever is asked; clusters of two groups where any two may.
func TestLinksOfClustersAlike(t *testing.T) {
	for _, c := range []struct {
		alike   bool
		cluster []int32
		n       int
	}{
		{false, []int32{7, 8, 9, 6}, 2}, {true, []int32{7, 8, 9, 6}, 2}, // 7 and 9 of group a, 8 and 6 of b
		{false, []int32{7, 8, 7, 8}, 2}, {true, []int32{7, 8, 7, 8}, 0},
		{true, []int32{7, 8, 9, 0}, 1},
	} {
		w := rich()
		w.Setting.Sectors[0].Group, w.Setting.Sectors[1].Group = "a", "b"
		copy(w.Firms.Cluster, c.cluster)
		p := params(t)
		p.MeetingAlike = c.alike
		r, err := New([]Spec{always("a", "inter_cluster_links")}, p, w)
		if err != nil {
			t.Fatal(err)
		}
		step(t, r, w, 1)
		if n := len(w.Levers.Meetings); n != c.n {
			t.Errorf("alike %v, clusters %v: %d meetings, want %d", c.alike, c.cluster, n, c.n)
		}
		for _, m := range w.Levers.Meetings {
			if c.alike && w.Firms.Sector[m.From] != w.Firms.Sector[m.To] {
				t.Errorf("clusters %v: %v are not alike", c.cluster, m)
			}
		}
	}
}

// Told in every tick, all outside the circle move or refuse. Those who go are paid .05 of yearly sales, and each is joined
// with the one before.
func TestDirective(t *testing.T) {
	w := rich()
	s := always("a", "directive_creation")
	s.Target.Within = &Within{At: world.Point{X: 1.5, Y: .5}, KM: .5}
	r := rules(t, w, s)
	r.acts[0].parts[0].part = directive{rate: 1, pay: .05}
	step(t, r, w, 1)
	rows := []int32{}
	for _, m := range w.Levers.Moves {
		rows = append(rows, m.Row)
		if m.At != (world.Point{X: 1.5, Y: .5}) {
			t.Errorf("moved to %v", m.At)
		}
	}
	slices.Sort(rows)
	if !slices.Equal(rows, []int32{0, 1}) || len(w.Levers.Meetings) != 1 || !w.Levers.Meetings[0].Forced {
		t.Errorf("moves %v, meetings %v", w.Levers.Moves, w.Levers.Meetings)
	}
	near(t, "paid", w.Ledger[0].Now.Gross, .05*150)
	near(t, "cash", w.Firms.Cash[0], 10+5)
	near(t, "all money", w.Total(), 40)

	w = rich()
	s.Budget = 6 // pays for one of them
	r = rules(t, w, s)
	r.acts[0].parts[0].part = directive{rate: 1, pay: .05}
	step(t, r, w, 1)
	if len(w.Levers.Moves) != 1 || w.Ledger[0].Total.Sum() > 6 {
		t.Errorf("moves %v for %v", w.Levers.Moves, w.Ledger[0].Total.Sum())
	}
	w = rich()
	r = rules(t, w, always("a", "directive_creation"))
	r.acts[0].parts[0].part = directive{rate: 1, pay: .05, refusal: 1}
	step(t, r, w, 1)
	if len(w.Levers.Moves) != 0 || w.Ledger[0].Now.Gross != 0 {
		t.Errorf("all refuse, but %v", w.Levers.Moves)
	}
}

// .225 a quarter brings .225 people, half to each cell.
func TestTalent(t *testing.T) {
	w := rich()
	step(t, rules(t, w, always("a", "talent")), w, 1)
	if len(w.Levers.Arrivals) != 2 {
		t.Fatalf("arrivals %v", w.Levers.Arrivals)
	}
	for _, a := range w.Levers.Arrivals {
		near(t, "arrivals", a.Workers, .1125)
	}
}

// A firm that owes 3 of which a loan guarantees 2 leaves the public 2; the loan lives on for five years after its end,
// falling by a twentieth a quarter, for firms that were there.
func TestGuarantee(t *testing.T) {
	w := rich()
	s := always("a", "loan")
	s.To = 2
	r := rules(t, w, s)
	step(t, r, w, 1)
	near(t, "no money yet", w.Ledger[0].Now.Sum(), 0)
	w.Closures = []world.Closure{{Row: 0, Region: 0, WrittenOff: 1, Guaranteed: 2}}
	if err := r.MakeGood(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "loss", w.Ledger[0].Now.GuaranteeLoss, 2)
	near(t, "repaid", w.Money.Repaid, 2)
	near(t, "treasury", w.Money.Treasury[0], -2.1)
	w.Closures = nil
	for tick, want := range map[int]float64{2: 2, 12: 1, 21: .1, 22: 0} {
		v := *r
		w.Now.Tick = tick
		w.Ledger[0].Lent = 1
		if err := v.Act(w, tick); err != nil {
			t.Fatal(err)
		}
		near(t, "line in its tail", w.Levers.Of(world.LeverCredit, 0), want)
	}
	w.Ledger[0].Lent, w.Now.Tick, w.Firms.Born[0] = 1, 12, 5
	if err := r.Act(w, 12); err != nil {
		t.Fatal(err)
	}
	near(t, "line of one founded behind the end", w.Levers.Of(world.LeverCredit, 0), 0)
}

// Two policies share a loss by what each stood for, 1 to 3, and what founders were spared by their strengths.
func TestSharedLosses(t *testing.T) {
	w := rich()
	b := always("b", "risk_sharing")
	b.Intensity = 3
	c, d := always("c", "inventor_relief"), always("d", "incubator")
	r := rules(t, w, always("a", "loan"), b, c, d)
	step(t, r, w, 1)
	w.Closures = []world.Closure{{Row: 2, Region: 1, Guaranteed: 4, Recovered: 1}}
	w.Foundings = []world.Founding{{Cell: 0, Region: 0, Entry: .9}, {Cell: 1, Region: 1, Entry: .5}}
	before := w.Markets.Balance[0] + w.Markets.Balance[1]
	if err := r.MakeGood(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "a", w.Ledger[0].Now.GuaranteeLoss, 1)
	near(t, "b", w.Ledger[1].Now.GuaranteeLoss, 3+1)
	near(t, "c", w.Ledger[2].Now.Gross, .5+.5)
	near(t, "d", w.Ledger[3].Now.Gross-.225, .4)
	near(t, "households", w.Markets.Balance[0]+w.Markets.Balance[1]-before, 1.4+.05*(5+1.4))
}

// A debt of 8 costs .05 x 8 / 4 in interest, paid to the bank, and as much is forgiven.
func TestSoftLoan(t *testing.T) {
	w := two()
	w.Firms.Cash[0] = -8
	w.Money.Interest = 0
	step(t, rules(t, w, always("a", "soft_loan")), w, 1)
	near(t, "gross", w.Ledger[0].Now.Gross, .2)
	near(t, "to banks", w.Money.Interest, .1)
	near(t, "debt", w.Firms.Cash[0], -7.9)
	near(t, "all money", w.Total(), -8-.1)
}

// Two such loans take off no more interest than there is: each pays half of it.
func TestSoftLoansShareTheInterest(t *testing.T) {
	w := two()
	w.Firms.Cash[0] = -8
	w.Money.Interest = 0
	one := two()
	one.Firms.Cash[0] = -8
	step(t, rules(t, one, always("a", "soft_loan")), one, 1)
	step(t, rules(t, w, always("a", "soft_loan"), always("b", "soft_loan")), w, 1)
	near(t, "to banks", w.Money.Interest, one.Money.Interest)
	near(t, "a and b", w.Ledger[0].Now.Gross, w.Ledger[1].Now.Gross)
}
