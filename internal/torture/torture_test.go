package main

import (
	"context"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"agglo/model/policy"
	"agglo/model/world"
)

// A few worlds, all relations.
func TestWorldsHold(t *testing.T) {
	sum, err := torture(context.Background(), options{time: time.Hour, first: 1, most: 3, workers: 2}, io.Discard)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(sum.Broken, "\n"))
	}
	if sum.Worlds == 0 || sum.Held["accounts"] != sum.Worlds || sum.Held["checkpoint"] != sum.Worlds || sum.Held["people"] != sum.Worlds ||
		sum.Held["hermit"] == 0 || sum.Held["sectors"] == 0 {
		t.Errorf("nothing was tried:\n%s", sum.text())
	}
}

// A relation that has nothing to say about a world is counted apart, not as held.
func TestApart(t *testing.T) {
	var tried *trial
	for k := uint64(1); tried == nil && k < 2000; k++ {
		if r := draw(k); len(r.Areas) == 2 && len(r.Policies) == 1 && len(r.Sectors) == 1 {
			tried, _ = begin(context.Background(), r) // nil where the world is refused
		}
	}
	if tried == nil {
		t.Fatal("no world of two areas, one policy and one sector runs")
	}
	for _, rel := range relations {
		if apart := errors.Is(rel.on(tried), errApart); apart != (rel.name == "lengths" || rel.name == "order" || rel.name == "sectors") {
			t.Errorf("%s of a world of two areas, one policy and one sector: apart %t", rel.name, apart)
		}
	}
	sum := &summary{Held: map[string]int{}, Apart: map[string]int{}}
	sum.add(finding{held: []string{"money"}, apart: []string{"order"}})
	if text := sum.text(); !strings.Contains(text, "1 checks held, 0 did not; 1 more say nothing about their world") {
		t.Errorf("a world with one held relation and one apart is summed up so:\n%s", text)
	}
}

// A hermit that goes is not noticed; another firm is. What is wrong with people, ledgers and goods is told by the relation of its name.
func TestRelationsSee(t *testing.T) {
	tried, err := begin(context.Background(), draw(1))
	if err != nil {
		t.Fatal(err)
	}
	s, err := tried.far()
	if err != nil {
		t.Fatal(err)
	}
	if err := tried.without(s, len(s.Setting.Areas)-1); err != nil {
		t.Errorf("without the hermit: %v", err)
	}
	if err := tried.without(s, 0); err == nil {
		t.Error("without a firm among others nobody sees a difference")
	}
	want := errors.New("broken")
	tried.books = &world.Audit{People: want, Ledgers: want, Goods: want}
	for _, rel := range relations {
		if books := rel.name == "people" || rel.name == "ledgers" || rel.name == "goods"; books && !errors.Is(rel.on(tried), want) {
			t.Errorf("%s: broken books are not seen", rel.name)
		}
	}
	one := map[uint64]life{1: {2: 5}, 2: {}}
	for _, other := range []map[uint64]life{{1: {2: 5}}, {1: {2: 5}, 3: {}}, {1: {2: 5.001}, 2: {}}, {1: {2: math.NaN()}, 2: {}}} {
		if agree(one, other, 1e-6) == nil {
			t.Errorf("%v agrees with %v", other, one)
		}
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
