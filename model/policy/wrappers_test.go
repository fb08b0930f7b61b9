package policy

import (
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/model/world"
)

// An authority with money for .1 a quarter sees the largest first: firm 0 costs .09, then nobody fits. The open call goes to
// those who make a profit and whom partners trust: firm 2, whose partner 0 trusts it most, before firm 0.
func TestStyles(t *testing.T) {
	for _, c := range []struct {
		style Style
		money float64
		want  []int32
	}{
		{Everyone, .1, []int32{0, 1, 2, 3}},
		{Central, .1, []int32{0}},
		{Central, .2, []int32{0, 2}},
		{Central, .24, []int32{0, 1, 2}},
		{Central, .08, nil},
		{Network, .1, []int32{2}},
		{Network, 9, []int32{0, 2}},
	} {
		w := rich()
		w.Firms.Labour[0] = 6
		w.Firms.Join(0, 2, .4, 1)
		trusts(w, 0, .8)
		w.Firms.Join(0, 1, .2, 1) // firm 1 loses money: it does not apply
		s := always("a", "subsidy")
		s.Style, s.From, s.To, s.Budget = c.style, 1, 11, c.money*10*1.05
		r := rules(t, w, s)
		step(t, r, w, 1)
		if got := r.acts[0].target; !slices.Equal(got, c.want) {
			t.Errorf("style %d with %g: %v, want %v", c.style, c.money, got, c.want)
		}
		if c.style != Everyone {
			for _, i := range c.want {
				near(t, "full strength", w.Levers.Of(world.LeverUserCost, int(i)), .0045)
			}
		}
		if spent := w.Ledger[0].Now.Sum(); c.style != Everyone && spent > c.money*1.05+1e-12 {
			t.Errorf("style %d spends %g of %g", c.style, spent, c.money*1.05)
		}
	}
}

// Awareness for all would cost .005 x 180 / 4 = .225 a quarter. With .4 for four quarters it is gone in the second, or goes by .1 a quarter;
// what is not spent while nobody is there to be reached is spent later.
func TestPace(t *testing.T) {
	for _, c := range []struct {
		pace  Pace
		empty int // first quarters without anybody in the target
		want  []float64
	}{
		{Full, 0, []float64{.225, .175, 0, 0, 0}},
		{Even, 0, []float64{.1, .1, .1, .1, 0}},
		{Full, 2, []float64{0, 0, .225, .175, 0}},
		{Even, 2, []float64{0, 0, .2, .2, 0}},
		{Even, 3, []float64{0, 0, 0, .225, 0}},
	} {
		w := rich()
		s := always("a", "awareness")
		s.Pace, s.From, s.To, s.Budget, s.Target.Age = c.pace, 1, 5, .4*1.05, &[2]float64{1, 100}
		r := rules(t, w, s)
		for k, gross := range c.want {
			for i := range w.Firms.ID {
				w.Firms.Born[i] = int32(k)
				if k >= c.empty {
					w.Firms.Born[i] = -40
				}
			}
			step(t, r, w, 1+k)
			near(t, "gross", w.Ledger[0].Now.Gross, gross)
			near(t, "lever", w.Levers.Of(world.LeverContacts, 0), .025*gross/.225)
		}
	}
}

// A zone that serves one picked firm of another place still pays the rents of all who are on its site.
func TestPickedBesideASite(t *testing.T) {
	w := rich()
	for i := range w.Firms.ID {
		w.Firms.Rent[i] = .1
	}
	w.Firms.Labour[2] = 6
	s := always("a", "special_zone")
	s.Style, s.From, s.To, s.Budget, s.Target.Sectors = Central, 1, 11, 20, []int{0}
	s.Target.Within = &Within{At: world.Point{X: .5, Y: .5}, KM: 2}
	r := rules(t, w, s)
	step(t, r, w, 1)
	if !slices.Equal(r.acts[0].target, []int32{0, 2}) || !slices.Equal(r.acts[0].reach[1].rows, []int32{0, 1}) {
		t.Errorf("picked %v, on the site %v", r.acts[0].target, r.acts[0].reach[1].rows)
	}
	s.ID, s.Budget = "b", 1.2 // .12 a quarter: one firm for .075
	r = rules(t, w, s)
	step(t, r, w, 2)
	if !slices.Equal(r.acts[1].target, []int32{2}) || !slices.Equal(r.acts[1].reach[1].rows, []int32{0, 1}) {
		t.Errorf("picked %v, on the site %v", r.acts[1].target, r.acts[1].reach[1].rows)
	}
}

// trusts sets the trust of row i's first collaboration.
func trusts(w *world.World, i int, trust float64) {
	w.Firms.CollabOf(i).Bond(0).SetTrust(trust)
}

// A quarter of the sum is the firm's: of services .75 of the cost is public at full strength, and the rest is taken from
// cash; of a subsidy only .75 is paid. Firm 3 has not got its part, firm 1 just has it.
func TestMatch(t *testing.T) {
	for _, id := range []string{"awareness", "subsidy"} {
		w := rich()
		w.Firms.Cash[3] = 0
		s := always("a", id)
		s.Conditions.Match = .25
		r := rules(t, w, s)
		step(t, r, w, 1)
		if !slices.Equal(r.acts[0].target, []int32{0, 1, 2}) {
			t.Fatalf("%s: reaches %v", id, r.acts[0].target)
		}
		e := &w.Ledger[0]
		if id == "subsidy" {
			near(t, "lever", w.Levers.Of(world.LeverUserCost, 0), .75*.0045)
			near(t, "gross", e.Now.Gross, .75*.0045*200/4)
			near(t, "own", e.Now.PrivateLevered, 0)
			continue
		}
		near(t, "lever", w.Levers.Of(world.LeverContacts, 0), .025)
		near(t, "gross", e.Now.Gross, .75*.005*150/4)
		near(t, "own", e.Now.PrivateLevered, .25*.005*150/4)
		near(t, "cash", w.Firms.Cash[0], 10-.25*.005*60/4)
		near(t, "all money", w.Total(), 30)
	}
}

// With money for half of its part the public pays half of it, and firms add half of theirs.
func TestMatchOfAPoorPolicy(t *testing.T) {
	w := rich()
	s := always("a", "awareness")
	s.Conditions.Match, s.Budget = .25, .5*.75*.005*180/4*1.05
	step(t, rules(t, w, s), w, 1)
	near(t, "gross", w.Ledger[0].Now.Gross, .5*.75*.005*180/4)
	near(t, "own", w.Ledger[0].Now.PrivateLevered, .5*.25*.005*180/4)
	near(t, "cash", w.Firms.Cash[0], 10-.5*.25*.005*60/4)
	near(t, "all money", w.Total(), 40)
}

// Who picks firms reckons with the public part alone: firm 0 would cost .09, of which .0675 are public.
func TestPickedByThePublicPart(t *testing.T) {
	for _, c := range []struct {
		money float64
		want  []int32
	}{{.07, []int32{0}}, {.065, nil}} {
		w := rich()
		w.Firms.Labour[0] = 6
		s := always("a", "subsidy")
		s.Style, s.From, s.To, s.Budget, s.Conditions.Match = Central, 1, 11, c.money*10*1.05, .25
		r := rules(t, w, s)
		step(t, r, w, 1)
		if got := r.acts[0].target; !slices.Equal(got, c.want) {
			t.Errorf("with %g: %v, want %v", c.money, got, c.want)
		}
	}
}

// Members of a facility are those of this tick, whatever the order of the ids; a trusting firm trusts its partners on average: firm 2 has trust of .6
// and .3, firm 3 of .3.
func TestConditions(t *testing.T) {
	w := rich()
	w.Firms.Cluster[3] = 4
	w.Firms.Join(0, 2, .6, 1)
	w.Firms.Join(2, 3, .3, 1)
	w.Firms.Cash[1] = 0 // cannot pay the fee
	a, b, c, d := always("a", "subsidy"), always("b", "subsidy"), always("c", "subsidy"), always("d", "transfer_network")
	a.Conditions.Membership, b.Conditions.Membership, c.Conditions.Trust = "facility", "cluster", .5
	r := rules(t, w, a, b, c, d)
	step(t, r, w, 1)
	for k, want := range [][]int32{{0, 2, 3}, {3}, {0}} {
		if got := r.acts[k].target; !slices.Equal(got, want) {
			t.Errorf("policy %d reaches %v, want %v", k, got, want)
		}
	}
}

// Members of the scenario's facilities count as well: those whom one has served in the last quarter and who live.
func TestConditionOfMembershipInAGivenFacility(t *testing.T) {
	w := rich()
	w.Setting.Institutions = []world.Institution{{ID: "park"}}
	f := &w.Firms
	w.Facilities = []world.Facility{{Members: []world.Member{{ID: f.ID[1], Row: 1, Serve: .5}, {ID: f.ID[2], Row: 2}, {ID: 1 << 60, Row: 3, Serve: .5}}}}
	a := always("a", "subsidy")
	a.Conditions.Membership = "facility"
	r := rules(t, w, a)
	step(t, r, w, 1)
	if got := r.acts[0].target; !slices.Equal(got, []int32{1}) {
		t.Errorf("it reaches %v, want 1 alone: 2 was not served, and row 3 is another firm's", got)
	}
}

// Two markets of equal sectors, but firm 3 has 8 workers: in the east sector 1 has 8/13 of the jobs and 10/20 of all.
func TestPotential(t *testing.T) {
	for _, c := range []struct {
		bound float64
		want  []int32
		sites []int32
	}{{1.2, []int32{0, 3}, []int32{0, 1}}, {1.3, []int32{0}, []int32{0}}, {2, nil, nil}} {
		w := rich()
		w.Firms.Labour[3] = 8
		s, road := always("a", "subsidy"), always("b", "transport")
		s.Potential, road.Potential = c.bound, c.bound
		r := rules(t, w, s, road)
		step(t, r, w, 1)
		if got := r.acts[0].target; !slices.Equal(got, c.want) {
			t.Errorf("at %g: %v, want %v", c.bound, got, c.want)
		}
		if !slices.Equal(w.Ledger[1].Sites, c.sites) {
			t.Errorf("at %g: sites %v, want %v", c.bound, w.Ledger[1].Sites, c.sites)
		}
	}
}

// A year of growth by .01 more than others, at a learning of 20, makes a share e^.2 times what it was before all are taken
// over their sum; what has been spent stays spent, and the whole stays what it was.
func TestLearning(t *testing.T) {
	w := rich()
	a, b := always("s.subsidy", "subsidy"), always("s.burn", "burn")
	a.From, a.Budget, b.Budget = 1, 8, 8
	b.From = 1
	for _, s := range []*Spec{&a, &b} {
		s.Strategy, s.Learning = "s", true
	}
	r := rules(t, w, a, b)
	w.Ledger[0].Measured, w.Ledger[1].Measured = -.01, 0 // burn, subsidy
	w.Ledger[0].Total.Gross = 2
	step(t, r, w, 5)
	x, y := 6*math.Exp(-.2), 8.0
	near(t, "burn", w.Ledger[0].Budget, 2+14*x/(x+y))
	near(t, "subsidy", w.Ledger[1].Budget, 14*y/(x+y))
	near(t, "measured from now on", w.Ledger[0].Measured, 0)
	step(t, r, w, 6)
	near(t, "once a year", w.Ledger[0].Budget, 2+14*x/(x+y))
}

// What the target grew beyond all is measured over the tick.
func TestMeasured(t *testing.T) {
	w := rich()
	s := always("s.subsidy", "subsidy")
	s.Strategy, s.Learning, s.Budget, s.Target.Regions = "s", true, 9, []int{0}
	r := rules(t, w, s)
	w.Now.Tick = 1
	if err := r.Act(w, 1); err != nil {
		t.Fatal(err)
	}
	w.Firms.Sales[0] += 9 // 90 to 99 in the west, 180 to 189 in all
	if err := r.Charge(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "measured", w.Ledger[0].Measured, math.Log(1.1)-math.Log(1.05))
}

// Whatever the instrument, its style and its conditions, it spends no more than its budget; only what is paid on flows of
// the tick itself could be off, and here they do not change.
func TestBudgetsHold(t *testing.T) {
	for _, id := range Instruments() {
		for k := range 4 { // three styles, and everyone at an even pace
			style, pace := Style(k%3), Pace(k/3)
			e, _ := Find(id)
			if style != Everyone && e.Local() {
				continue
			}
			w := rich()
			w.Firms.Join(0, 2, .6, 1)
			w.Firms.Cash[1] = -5
			s := always(id, id)
			s.Style, s.Pace, s.From, s.To, s.Budget, s.Intensity = style, pace, 1, 41, .9, 3
			r := rules(t, w, s)
			for tick := 1; tick < 60; tick++ {
				step(t, r, w, tick)
				// Every firm closes with all that is guaranteed.
				w.Closures = w.Closures[:0]
				for i := range 4 {
					if tick == 7 {
						lent := w.Levers.Of(world.LeverCredit, i)
						w.Closures = append(w.Closures, world.Closure{Row: int32(i), Region: int32(i / 2), Guaranteed: lent,
							Recovered: w.Levers.Of(world.LeverRecovery, i) * w.Firms.Capital[i]})
					}
				}
				if err := r.MakeGood(w, tick); err != nil {
					t.Fatal(err)
				}
			}
			if spent := w.Ledger[0].Total.Sum(); spent > .9*(1+1e-12) || spent < 0 {
				t.Errorf("%s, style %d, pace %d: spent %v of .9", id, style, pace, spent)
			}
		}
	}
}

func TestFaultsOfWrappers(t *testing.T) {
	bad := func(id string, change func(*Spec)) Spec {
		s := always(id, "subsidy")
		change(&s)
		return s
	}
	_, err := New([]Spec{
		bad("a", func(s *Spec) { s.Style = Central }),
		bad("b", func(s *Spec) { s.Style, s.Budget, s.To = Network, 1, math.MaxInt32 }),
		bad("c", func(s *Spec) { s.Conditions.Match = 1 }),
		bad("d", func(s *Spec) { s.Conditions.Membership = "club" }),
		bad("e", func(s *Spec) { s.Conditions.Trust = -1 }),
		bad("f", func(s *Spec) { s.Potential = math.NaN() }),
		bad("g", func(s *Spec) { s.Learning = true }),
		bad("h", func(s *Spec) { s.Instrument, s.Conditions.Match = "ppp", .2 }),
		bad("i", func(s *Spec) { s.Instrument, s.Target.Sectors = "utilities", []int{0} }),
		bad("j", func(s *Spec) { s.Style = 9 }),
		bad("k", func(s *Spec) { s.Pace = Even }),
		bad("l", func(s *Spec) { s.Pace, s.Budget, s.To = Even, 1, math.MaxInt32 }),
		bad("m", func(s *Spec) { s.Pace = 2 }),
	}, params(t), two())
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"a: its style", "b: its style", "c: conditions: match = 1", "d: conditions: membership \"club\"", "e: conditions",
		"f: potential", "g: learning", "h: ppp serves all", "i: utilities serves all", "j: style 9", "k: its pace", "l: its pace", "m: pace 2"} {
		if !strings.Contains(err.Error(), "policy "+want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}
