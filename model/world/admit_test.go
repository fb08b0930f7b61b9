package world

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// crowd makes firms of one worker to whom full service is worth the same.
func crowd(n int, worth float64) []Candidate {
	all := make([]Candidate, n)
	for k := range all {
		all[k] = Candidate{ID: uint64(k + 1), Jobs: 1, Worth: worth}
	}
	return all
}

// Buchanan (1965): with n alike members who share a cost c, net gain b/(1+.15 x^4) - c/n with x = n/Q is greatest where what one
// more member saves the others, c/n, is how much it crowds them, so at the cost
//
//	c = .6 b Q x^5 / (1 + .15 x^4)^2,
//
// and members gain there as long as 1 + .15 x^4 > .6 x^4.
func TestBuchanan(t *testing.T) {
	for _, places := range []float64{40, 200, 1000} {
		for _, x := range []float64{.5, .7, .9, 1.1, 1.2} {
			const worth = 3
			jam := 1 + .15*math.Pow(x, 4)
			cost := .6 * worth * places * math.Pow(x, 5) / (jam * jam)
			all := crowd(int(3*places), worth)
			if n := len(AdmitSharing(all, Queue(all, 0), places, cost)); math.Abs(float64(n)-x*places) > 1 {
				t.Errorf("%g places, cost %g: %d members, want %g", places, cost, n, x*places)
			}
			// whoever is let in freely at that share of the cost crowds the club beyond its optimum
			fee := cost / (x * places)
			free := places * math.Pow((worth/fee-1)/.15, .25)
			if n := len(Admit(all, Queue(all, 0), places, fee)); math.Abs(float64(n)-min(free, 3*places)) > 1 || float64(n) < x*places-1 {
				t.Errorf("%g places, fee %g: %d members, want %g", places, fee, n, free)
			}
		}
	}
	all := crowd(100, 1)
	for _, c := range []struct {
		name              string
		places, fee, cost float64
		open, sharing     int
	}{
		{"no places", 0, .1, 1, 0, 0}, {"a fee above the gain", 50, 1, 100, 0, 0}, {"no end of places", 1e9, .9, 1, 100, 100},
	} {
		if n := len(Admit(all, Queue(all, 0), c.places, c.fee)); n != c.open {
			t.Errorf("%s: %d of 100 let in, want %d", c.name, n, c.open)
		}
		if n := len(AdmitSharing(all, Queue(all, 0), c.places, c.cost)); n != c.sharing {
			t.Errorf("%s: %d of 100 share, want %d", c.name, n, c.sharing)
		}
	}
}

// Whoever the firms are: all who share gain, and no other number of those who want it most gains more on the mean while all
// gain.
func TestAdmitSharing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]Candidate, rapid.IntRange(0, 30).Draw(t, "firms"))
		for k := range all {
			all[k] = Candidate{ID: uint64(k + 1), Jobs: rapid.Float64Range(.5, 20).Draw(t, "workers"), Worth: rapid.Float64Range(0, 5).Draw(t, "worth")}
		}
		places, cost := rapid.Float64Range(1, 200).Draw(t, "places"), rapid.Float64Range(0, 20).Draw(t, "cost")
		queue := Queue(all, 0)
		mean := func(n int) (gain float64, everyone bool) {
			users, worth := 0.0, 0.0
			for _, k := range queue[:n] {
				users += all[k].Jobs
				worth += all[k].Worth
			}
			everyone = true
			for _, k := range queue[:n] {
				everyone = everyone && all[k].Worth/Crowding(users/places) > all[k].Jobs/users*cost*(1-1e-9)
			}
			return worth/Crowding(users/places)/users - cost/users, everyone
		}
		n := len(AdmitSharing(all, queue, places, cost))
		best := 0.0
		if n > 0 {
			gain, everyone := mean(n)
			if best = gain; !everyone || gain <= 0 {
				t.Fatalf("%d members: not all gain, %g on the mean", n, gain)
			}
		}
		for m := 1; m <= len(queue); m++ {
			if gain, everyone := mean(m); everyone && gain > best*(1+1e-9)+1e-9 {
				t.Errorf("%d members gain %g on the mean, %d would gain %g", n, best, m, gain)
			}
		}
	})
}

// Who would not pay the fee for service that nobody crowds is left out of the queue; nothing else comes of it.
func TestQueueLeavesOutWhoIsNeverLetIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]Candidate, rapid.IntRange(0, 40).Draw(t, "firms"))
		for k := range all {
			all[k] = Candidate{ID: uint64(k + 1), Jobs: rapid.Float64Range(0, 20).Draw(t, "workers"), Worth: rapid.Float64Range(0, 5).Draw(t, "worth")}
		}
		places, fee := rapid.Float64Range(0, 200).Draw(t, "places"), rapid.Float64Range(0, 1).Draw(t, "fee")
		short, long := Queue(all, fee), Queue(all, 0)
		if a, b := Admit(all, short, places, fee), Admit(all, long, places, fee); !slices.Equal(a, b) {
			t.Fatalf("%v are let in from a queue of %v, %v from one of all", a, short, b)
		}
		for n := 1; n < len(long); n++ {
			a, b := &all[long[n-1]], &all[long[n]]
			if x, y := a.Worth/a.Jobs, b.Worth/b.Jobs; x < y || x == y && a.ID >= b.ID {
				t.Fatalf("%v stands before %v", *a, *b)
			}
		}
	})
}
