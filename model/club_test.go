package model

import (
	"bytes"
	"math"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// shared are the kinds of institutions that firms join; the incubator comes last, because it finances founders too.
var shared = []string{"test_laboratory", "training_centre", "science_park", "special_zone", "centre_of_expertise", "transfer_office",
	"chamber", "cluster_organisation", "incubator"}

// joined is a small world with a facility of each of some kinds along its diagonal.
func joined(t testing.TB, kinds ...string) Setup {
	s := small(t, 5, 900)
	for k, kind := range kinds {
		at := world.Point{X: 4 + 3*float64(k), Y: 14 + 2*float64(k)}
		s.Setting.Institutions = append(s.Setting.Institutions, world.Institution{ID: kind, Kind: kind, At: at, Capacity: 1, Budget: -1, Fee: -1})
	}
	return s
}

// With facilities of every kind, beside policies that open the same on the same sites: money comes from named sources only,
// every facility is used and paid for, and its books add up.
func TestFacilitiesAddUp(t *testing.T) {
	s := joined(t, shared...)
	in := s.Setting.Institutions[1:]
	in[0].Budget = .4                                    // the laboratory has some money, and places for that
	in[6].Sharing, in[6].Budget = true, 8                // members of the chamber share what is left
	in[7].Budget, in[7].Fee = 0, 0                       // nobody pays for the organisation
	in[8].At = busiest(world.NewView(begun(t, s).World)) // where somebody is sure to found a firm
	s.Params.Demography.SpinOff, s.Params.Demography.DeNovo = .4, .3
	for k, instrument := range map[int]string{2: "technopark", 3: "special_zone", 8: "incubator"} {
		s.Policies = append(s.Policies, policy.Spec{ID: instrument, Instrument: instrument, From: 2, To: 30, Budget: -1, Intensity: 1,
			Target: policy.Target{Within: &policy.Within{At: in[k].At, KM: 4}}})
	}
	e := begun(t, s)
	paid, used, barred := make([]world.Paid, len(in)), make([]int, len(in)), 0
	for tick := 1; tick <= 40; tick++ {
		w := to(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
		if m := &w.Money; math.Abs(m.Gap) > 1e-12*m.Turnover {
			t.Errorf("tick %d: %g of money came from nowhere, turnover %g", tick, m.Gap, m.Turnover)
		}
		for k := range w.Facilities {
			f := &w.Facilities[k]
			paid[k].Add(f.Now)
			used[k] += f.Now.Using
			barred += len(f.Barred)
			p := &paid[k]
			if rest := p.Fees + p.Grant - p.Cost; math.Abs(rest-f.Balance) > 1e-9 || rest < -1e-9 {
				t.Errorf("tick %d: %s has %g left of %g", tick, in[k].ID, f.Balance, rest)
			}
		}
	}
	for k := range in {
		if none := k == 7; (used[k] == 0) != none || (paid[k].Fees == 0) != none || (paid[k].Cost == 0) != none {
			t.Errorf("%s: used %d times, %+v", in[k].ID, used[k], paid[k])
		}
		if (paid[k].Relief > 0) != (k == 2 || k == 3 || k == 8) {
			t.Errorf("%s: %g for rents and founders", in[k].ID, paid[k].Relief)
		}
	}
	if barred == 0 {
		t.Error("nobody ever cheated a member")
	}
}

// busiest is the middle of the cell with most workers.
func busiest(v world.View) world.Point {
	jobs, best := make([]float64, v.Cells()), 0
	for i := range v.Rows() {
		jobs[v.Cell(i)] += v.Jobs(i)
	}
	for c, n := range jobs {
		if n > jobs[best] {
			best = c
		}
	}
	return v.CellMid(best)
}

// A facility of no capacity leaves no trace, and neither does one that a replay has cut.
func TestClosedFacilitiesLeaveNoTrace(t *testing.T) {
	const ticks = 10
	kinds := shared[:8]
	plain := print(to(t, begun(t, joined(t)), ticks))
	none := joined(t, shared...)
	none.Params.Club.Known = 1
	for k := range none.Setting.Institutions[1:] {
		none.Setting.Institutions[1+k].Capacity = 0
	}
	same(t, "no capacity", plain, print(to(t, begun(t, none), ticks)), "Facilities", "Cuts")
	s := joined(t, kinds...)
	s.Params.Club.Known = 1
	e := begun(t, s)
	e.World.Cuts.Off = world.ChannelClub
	same(t, "cut", plain, print(to(t, e, ticks)), "Facilities", "Cuts")
	e = begun(t, s)
	open := to(t, e, ticks)
	if print(open)["Firms.Cash"] == plain["Firms.Cash"] || !open.Levers.Acts(world.LeverStanding) {
		t.Error("open facilities changed nothing")
	}
	open.Cuts.Off = world.ChannelClub
	if cut := to(t, e, ticks+1); cut.Levers.Any {
		t.Error("facilities that are cut act on those on the roll")
	}
}

// Facilities are state of the world: any number of threads gives the same bits, and a run goes on from a state that was saved.
func TestFacilitiesRepeat(t *testing.T) {
	s := joined(t, shared...)
	s.Params.Club.Known, s.Params.Market.Collusion = 1, 1 // lenders know members; firms of a cluster agree on prices
	s.Params.Cluster.Density, s.Params.Cluster.Quotient = 1, 1
	last := to(t, begun(t, s), 9)
	for lever, does := range map[world.FirmLever]string{world.LeverStanding: "knows", world.LeverAgreement: "agrees with"} {
		if !last.Levers.Acts(lever) {
			t.Errorf("nobody %s anybody", does)
		}
	}
	want := print(last)
	e := begun(t, s)
	e.Threads = 3
	to(t, e, 6)
	var saved bytes.Buffer
	if err := Save(e, &saved); err != nil {
		t.Fatal(err)
	}
	same(t, "three threads", want, print(to(t, e, 9)))
	on, err := Resume(s, bytes.NewReader(saved.Bytes()), int64(saved.Len()))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "saved", want, print(to(t, on, 9)))
}

// With no end of places everybody within reach uses a facility who gains by its fee uncrowded and can pay; with a fee above
// that, nobody does.
func TestFacilityLimits(t *testing.T) {
	for _, c := range []struct {
		name     string
		capacity float64
		fee      float64
	}{{"no end of places", 1e9, .001}, {"dear", 1, 10}} {
		s := joined(t, "training_centre")
		in := &s.Setting.Institutions[1]
		in.Capacity, in.Fee = c.capacity, c.fee
		s.Params.Club.Trust = 0
		e := begun(t, s)
		want, f := 0, &e.World.Facilities[0]
		after(t, e, "policy acts", phase{Name: "count", Once: func(w *world.World, _ int) error {
			v, p := world.NewView(w), &s.Params.Policy.Facility
			for i := range v.Rows() {
				km := math.Hypot(v.X(i)-in.At.X, v.Y(i)-in.At.Y)
				fee := c.fee * v.WorldWage() * v.Jobs(i)
				gain := p.Worth * math.Exp(-km/p.ReachKM) * v.ValueAdded(i)
				if v.Living(i) && km < 8*p.ReachKM && gain > fee && v.Cash(i) >= fee/4 {
					want++
				}
			}
			return nil
		}})
		to(t, e, 1)
		if f.Now.Using != want || (want == 0) != (c.name == "dear") {
			t.Errorf("%s: %d firms, want %d", c.name, f.Now.Using, want)
		}
	}
}

// Training and joint purchase are a channel of the split: it adds up, and a firm that uses neither has no part. Firms that agree on prices
// spend less of their sales on inputs; what the public pays on top of sales is no value added.
func TestSplitOfClubs(t *testing.T) {
	s := joined(t, "training_centre", "cluster_organisation")
	set(t, &s, append([]string{"market.collusion", "1"}, everywhere...)...)
	s.Policies = []policy.Spec{{ID: "paid", Instrument: "product_subsidy", From: 1, To: 30, Budget: -1, Intensity: 1}}
	e := begun(t, s)
	w := to(t, e, 8)
	v, f, p, l := world.NewView(w), &w.Firms, &w.Params, &w.Levers
	sum := 0.0
	for i, id := range f.ID {
		x := v.Split(i)
		want := 0.0
		if id != 0 && f.Sales[i] > 0 && f.Capacity[i] > 0 {
			want = (1 - p.InputShare()*p.CostShare()*math.Exp(-l.Of(world.LeverAgreement, i))) * min(f.Demand[i], float64(f.Capacity[i]))
		}
		if all := x.Base + x.Input + x.Labour + x.Trust + x.Knowledge + x.Club; math.Abs(all-want) > 1e-12*(1+want) {
			t.Fatalf("the parts of firm %d sum to %g, want %g", i, all, want)
		}
		trained, saved := l.Of(world.LeverTraining, i), l.Of(world.LeverPurchase, i)
		if x.Club < 0 || x.Club > 0 && trained+saved == 0 {
			t.Errorf("firm %d: %g from facilities that do nothing for it", i, x.Club)
		}
		sum += x.Club
	}
	if sum <= 0 || !l.Acts(world.LeverAgreement) || !l.Acts(world.LeverPrice) {
		t.Error("facilities, agreements or subsidies do nothing")
	}
}

// A member of a laboratory has so much more effective R&D: its stock grows by that beside what it spends.
func TestLaboratory(t *testing.T) {
	stocks := func(x float64) []float32 {
		s := small(t, 3, 300)
		e := begun(t, s)
		after(t, e, "policy acts", phase{Name: "laboratory", Once: func(w *world.World, _ int) error {
			w.Levers.Push(world.LeverLaboratory, 7, x)
			return nil
		}})
		to(t, e, 1)
		return e.World.Firms.Stock
	}
	without, with := stocks(0), stocks(.3)
	s := small(t, 3, 300)
	w := to(t, begun(t, s), 1)
	own, given := w.Research(7)
	if got, want := float64(with[7]-without[7]), .25*.3*(own+given); math.Abs(got/want-1) > 1e-3 || with[8] != without[8] {
		t.Errorf("the stock grew by %g, want %g", got, want)
	}
}
