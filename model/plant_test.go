package model

import (
	"context"
	"math"
	"slices"
	"testing"

	"agglo/model/world"
)

// A plant from outside brings its money and takes people without work: nobody and no money comes from nowhere, its twin stays
// as it is, and the world with it goes on with closed accounts.
func TestSettle(t *testing.T) {
	s := small(t, 3, 400)
	e := begun(t, s)
	to(t, e, 12)
	b, err := Branch(e, s)
	if err != nil {
		t.Fatal(err)
	}
	w, jobs := b.World, 0.0
	for i, id := range w.Firms.ID {
		if id != 0 {
			jobs += w.Firms.Labour[i]
		}
	}
	people := sumOf(w.Markets.Force)
	money := w.Total()
	p := Plant{Sector: int(w.Firms.Sector[w.Index.Rows[0]]), At: world.Point{X: w.Firms.X[w.Index.Rows[0]], Y: w.Firms.Y[w.Index.Rows[0]]}, Jobs: .01 * jobs}
	id, err := Settle(b, s, p)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.Index(w.Firms.ID, id)
	if i < 0 || w.Firms.Labour[i] != p.Jobs || w.Firms.X[i] != p.At.X || !(w.Firms.Capital[i] > 0) || w.Firms.Parent[i] != 0 {
		t.Fatalf("the plant is in row %d", i)
	}
	if now := sumOf(w.Markets.Force); math.Abs(now-people) > 1e-9*people {
		t.Errorf("%g people, were %g", now, people)
	}
	if now := sumOf(w.Markets.Employed); math.Abs(now-jobs-p.Jobs) > 1e-9*jobs {
		t.Errorf("%g at work, want %g more than %g", now, p.Jobs, jobs)
	}
	for k, force := range w.Markets.Force {
		if force < w.Markets.Employed[k]-1e-9 {
			t.Errorf("market %d: %g people, %g at work", k, force, w.Markets.Employed[k])
		}
	}
	if brought := w.Total() - money; math.Abs(brought-w.Firms.Cash[i]) > 1e-9 || math.Abs(w.Money.Stock-w.Total()) > 1e-9*money {
		t.Errorf("the region's money rose by %g and its book is %g: want %g and %g", brought, w.Money.Stock, w.Firms.Cash[i], w.Total())
	}
	if err := w.Invariants(); err != nil {
		t.Error(err)
	}
	for range 8 {
		if err := b.Run(context.Background(), b.Tick+1); err != nil {
			t.Fatal(err)
		}
		if gap := math.Abs(w.Money.Gap); gap > 1e-9*w.Money.Turnover {
			t.Errorf("tick %d: money gap %g", b.Tick, gap)
		}
	}
	if slices.Contains(e.World.Firms.ID, id) {
		t.Error("the plant is in the twin, too")
	}
}

// A plant that cannot be is refused, and changes nothing.
func TestSettleRefusals(t *testing.T) {
	s := small(t, 3, 400)
	e := begun(t, s)
	to(t, e, 4)
	at := world.Point{X: e.World.Firms.X[e.World.Index.Rows[0]], Y: e.World.Firms.Y[e.World.Index.Rows[0]]}
	people, rows := sumOf(e.World.Markets.Force), e.World.Firms.Alive
	for name, p := range map[string]Plant{
		"no such sector": {Sector: 99, At: at, Jobs: 3}, "outside the map": {At: world.Point{X: 1e6}, Jobs: 3},
		"no workers": {At: at}, "too many workers": {At: at, Jobs: 1e6}, "no such area": {Area: 7, At: at, Jobs: 3},
	} {
		if _, err := Settle(e, s, p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	b, err := Branch(e, s)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.World.Firms.Sector { // as if the last firms of the first sector had closed since sectors were added up
		if b.World.Firms.Sector[i] == 0 {
			b.World.Firms.Sector[i] = 1
		}
	}
	if _, err := Settle(b, s, Plant{Sector: 0, At: at, Jobs: 3}); err == nil {
		t.Error("a sector whose last firm has closed: no error")
	}
	if sumOf(e.World.Markets.Force) != people || e.World.Firms.Alive != rows {
		t.Error("a refused plant changed the world")
	}
}

func sumOf(x []float64) float64 {
	t := 0.0
	for _, v := range x {
		t += v
	}
	return t
}
