package main

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"agglo/model/policy"
)

// A few worlds, all relations.
func TestWorldsHold(t *testing.T) {
	sum, err := torture(context.Background(), options{time: time.Hour, first: 1, most: 3, workers: 2}, io.Discard)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(sum.Broken, "\n"))
	}
	if sum.Worlds == 0 || sum.Held["accounts"] != sum.Worlds || sum.Held["checkpoint"] != sum.Worlds {
		t.Errorf("nothing was tried:\n%s", sum.text())
	}
}

// The number of a world is all that it takes to make it again; the worlds have one of everything, and most can be run.
func TestDraw(t *testing.T) {
	used, refused := map[string]bool{}, 0
	const n = 150
	for k := range uint64(n) {
		r := draw(k)
		if !reflect.DeepEqual(r, draw(k)) {
			t.Fatalf("world %d differs from itself", k)
		}
		for _, p := range r.Policies {
			used[p.Instrument] = true
		}
		for _, in := range r.Institutions {
			used[in.Kind] = true
		}
		if _, err := r.scenario(); err != nil {
			refused++
		}
	}
	for _, k := range append(policy.Instruments(), kinds...) {
		if !used[k] {
			t.Errorf("%s is in none of %d worlds", k, n)
		}
	}
	if refused > n/4 {
		t.Errorf("%d of %d worlds are refused: the worlds are no test", refused, n)
	}
}

// What breaks is found, also when it is a panic, and the world is left without what has nothing to do with it.
func TestShrink(t *testing.T) {
	r := draw(3)
	for k := uint64(4); len(r.Policies) < 2 || len(r.Institutions) < 1; k++ {
		r = draw(k)
	}
	guilty := r.Policies[1].ID
	bad := relation{name: "planted", holds: func(t *trial) error {
		for _, p := range t.recipe.Policies {
			if p.ID == guilty {
				panic("a policy that breaks everything")
			}
		}
		return nil
	}}
	small, err := shrink(context.Background(), bad, r, errors.New("before"))
	if err == nil || !strings.Contains(err.Error(), "breaks everything") {
		t.Errorf("the reason is %v", err)
	}
	if len(small.Policies) != 1 || small.Policies[0].ID != guilty || len(small.Institutions)+len(small.Shocks)+len(small.Params) > 0 {
		t.Errorf("what is left has %d policies, %d institutions, %d shocks, %d parameters: want the guilty policy alone", len(small.Policies), len(small.Institutions), len(small.Shocks), len(small.Params))
	}
}

func TestSame(t *testing.T) {
	a, b := prints{"Firms.X": 1, "Firms.ID": 2, "Money": 3}, prints{"Firms.X": 1, "Firms.ID": 4, "Money": 5}
	for _, c := range []struct {
		but  []string
		want string
	}{{nil, "Firms.ID Money"}, {[]string{"Money"}, "Firms.ID"}, {[]string{"Firms.", "Money"}, ""}} {
		err := same(a, b, c.but...)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasSuffix(err.Error(), ": "+c.want) {
			t.Errorf("but for %v: %v, want %q", c.but, err, c.want)
		}
	}
}
