package production

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
)

// reduced makes the rules those of the reduced form, with elasticities of .03 to the pool and .05 to suppliers.
func reduced(r *Rules) { r.P.ReducedForm, r.P.ReducedPool, r.P.ReducedSupply = true, .03, .05 }

// The mean site is worth nothing. Twice the pool is worth .03 ln(2.1/1.1) of value added, twice the suppliers .05 ln(2.1/1.1), trust in
// them and the end of the journey as much as more of them; half of value added is in the price. So it is where a firm stands and where it
// looks. Orders are those of the rules as they stand, to the bit.
func TestReducedForm(t *testing.T) {
	none, twice := 0., math.Log(2.1/1.1)
	for _, c := range []struct{ pool, mass, trust, end, people, want float64 }{
		{1, 1, 1, 1, 1, none}, {2, 1, 1, 1, 1, .03 * twice}, {1, 2, 1, 1, 1, .05 * twice}, {2, 2, 1, 1, 1, .08 * twice}, {2, 2, 1, 1, 2, none},
		{1, 1, 2, 1, 1, .05 * twice}, {1, 1, 1, 2, 1, .05 * twice}, {0, 0, 1, 1, 1, .08 * math.Log(.1/1.1)},
	} {
		w, r := plain(t, 2)
		i := add(w, 0, world.Point{X: 5, Y: 6}, 4, 0)
		f := &w.Firms
		f.SelfPool[i], f.Trustee[i], w.Now.Population, f.Reach[i] = 0, float32(c.trust), c.people, .5
		for k := range w.Fields.SupplyAt {
			w.Fields.SupplyAt[k] = float32(c.mass * w.Base.Supply[k%2])
		}
		for k := range w.Fields.EndPoint {
			w.Fields.EndPoint[k] = c.end
		}
		for k := range w.Fields.Pool {
			w.Fields.Pool[k], w.Fields.Access[k] = c.pool*w.Base.Pool[0], 1
		}
		there := world.Point{X: 9, Y: 9}
		r.Ready(w)
		r.Cost(w, 1, 0, 1)
		price, site, orders := f.LogPrice[i], siteOf(r, w, i, there), fmt.Sprint(w.OrdersOf(i), f.Orders[i])
		reduced(r)
		r.Ready(w)
		r.Cost(w, 1, 0, 1)
		what := fmt.Sprintf("%+v", c)
		single(t, what+": efficiency", float32(world.NewView(w).LogEfficiency(i)), c.want)
		near(t, what+": price", f.LogPrice[i], -.5*c.want)
		near(t, what+": another site", siteOf(r, w, i, there)-site, -.8*(f.LogPrice[i]-price))
		if now := fmt.Sprint(w.OrdersOf(i), f.Orders[i]); now != orders {
			t.Errorf("%s: orders %s, by the rules as they stand %s", what, now, orders)
		}
	}
}

// Elasticities of 0 are no use of nearness: matches and inputs are those of the mean site wherever a firm is, to the bit.
func TestReducedFormOfNothing(t *testing.T) {
	w, r, i := town(t)
	reduced(r)
	r.P.ReducedPool, r.P.ReducedSupply = 0, 0
	r.Ready(w)
	r.Cost(w, 1, 0, w.Rows())
	if f := &w.Firms; f.Match[i] != 0 || f.LogInput[i] != 0 || f.LogPrice[i] != 0 {
		t.Errorf("ln m = %v, ln q = %v, ln p = %v: want 0", f.Match[i], f.LogInput[i], f.LogPrice[i])
	}
}

// town is a world of 31 firms of two sectors who trust their suppliers more or less, with its fields and the first of them.
func town(t *testing.T) (*world.World, *Rules, int) {
	w, r := plain(t, 2)
	i := add(w, 0, world.Point{X: 5.3, Y: 6.9}, 4, 5)
	for k := range 30 {
		add(w, k%2, world.Point{X: float64(k%6) * 1.9, Y: float64(k%5) * 2.1}, 5+float64(k%4), 1.5)
		w.Firms.Trustee[k+1] = 1 + .05*float32(k)
	}
	w.Firms.Trustee[i] = 1.4
	w.Reindex()
	r.Gather(w, 1, 0, 2)
	r.Lay(w, 1, 0, 36)
	return w, r, i
}

// byHand is the reduced form of firm i by the letter, with the given trust: gL ln(1+P_L) + gI sum of omega ln(1+P_s), less the same at a
// mean site, P_L = n/(n0 nbar), P_s = g e V/(n0 V0).
func byHand(w *world.World, r *Rules, i int, trust float64, suppliers, pool []float64) float64 {
	f, n0, own := &w.Firms, r.P.PoolFloor, int(w.Firms.Sector[i])
	n := w.Read(w.Fields.Pool[own*36:][:36], i) - f.Labour[i]*float64(f.SelfPool[i])
	if pool != nil {
		n = pool[own]
	}
	at := r.P.ReducedPool * (math.Log(1+n/(n0*w.PoolUnit(own))) - math.Log(1+1/n0))
	for s := range w.Setting.Sectors {
		mass := w.Supply(i, s)
		if s == own {
			mass -= float64(f.Mass[i]) * float64(f.SelfSupply[i])
		}
		if suppliers != nil {
			mass = suppliers[s]
		}
		at += r.P.ReducedSupply * w.Now.Inputs[own*2+s] * (math.Log(1+trust*mass/(n0*w.SupplyUnit(s))) - math.Log(1+1/n0))
	}
	return at
}

// What firms get of the reduced form, at their places, elsewhere as the split thinks of it, with trust or without, and when channels are
// cut, is the formula written out.
func TestReducedFormByHand(t *testing.T) {
	w, r, _ := town(t)
	reduced(r)
	r.Ready(w)
	r.Cost(w, 1, 0, w.Rows())
	v, f, suppliers, pools := world.NewView(w), &w.Firms, []float64{30, 10}, []float64{50, 70}
	twins, lacks := r.Twins(w, suppliers, pools), make([]Lack, w.Rows())
	twins.Of(w, 0, lacks)
	for i := range f.ID {
		here := byHand(w, r, i, float64(f.Trustee[i]), nil, nil)
		single(t, fmt.Sprintf("firm %d", i), float32(v.LogEfficiency(i)), here)
		for _, c := range []struct {
			what             string
			got, trust       float64
			suppliers, pools []float64
		}{
			{"pool", lacks[i].Pool, float64(f.Trustee[i]), nil, pools}, {"suppliers", lacks[i].Supply, float64(f.Trustee[i]), suppliers, nil},
			{"trust", lacks[i].Trust, 1, nil, nil}, {"suppliers and trust", lacks[i].SupplyAndTrust, 1, suppliers, nil},
		} {
			single(t, fmt.Sprintf("firm %d lacks %s", i, c.what), float32(c.got), .5*(here-byHand(w, r, i, c.trust, c.suppliers, c.pools)))
		}
	}
	w.Cuts = world.Cuts{Off: world.ChannelInput | world.ChannelLabour, Supply: []float64{1.5, .5}, Pool: []float64{.5, .7}}
	r.Cost(w, 1, 0, w.Rows())
	for i := range f.ID {
		want := byHand(w, r, i, float64(f.Trustee[i]), suppliers, pools)
		single(t, fmt.Sprintf("firm %d, channels cut", i), float32(v.LogEfficiency(i)), want)
	}
	w.Cuts.Off |= world.ChannelTrust
	r.Cost(w, 1, 0, w.Rows())
	single(t, "trust cut too", float32(v.LogEfficiency(9)), byHand(w, r, 9, 1, suppliers, pools))
	there := world.Point{X: 9, Y: 9}
	site, want := siteOf(r, w, 9, there), byHand(w, r, 9, 1, suppliers, pools)
	r.P.ReducedPool, r.P.ReducedSupply = 0, 0
	near(t, "another site, all cut", site-siteOf(r, w, 9, there), .8*.5*want)
}
