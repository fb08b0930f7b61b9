package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing/fstest"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim"
)

// A relation is something that must hold between runs of the same or of a related world.
type relation struct {
	name  string
	what  string
	holds func(t *trial) error
}

// on tries the relation. What it draws depends on the world and on the relation alone, so that it can be tried again by itself.
func (r *relation) on(t *trial) error {
	h := fnv.New64a()
	h.Write([]byte(r.name))
	t.dice = maker{rand.New(rand.NewPCG(t.recipe.Seed, h.Sum64()))}
	return guarded(func() error { return r.holds(t) })
}

// relations are all that are tried on every world.
var relations = []relation{
	{"accounts", "every unit of money and every worker is accounted for in every tick, nothing is NaN", accounts},
	{"people", "the labour force is what it was, grown as the population grows, with those who came", people},
	{"ledgers", "what policies and facilities book is what treasuries and the outside pay for them", ledgers},
	{"goods", "orders for inputs reach suppliers, receipts are never more, every sale has a buyer", goods},
	{"threads", "any number of threads gives the same bits", threads},
	{"stops", "a run that is stopped and goes on gives the same bits", stops},
	{"checkpoint", "a run from a checkpoint gives the same bits, on any threads, and the checkpoint is written again alike", resumes},
	{"branch", "a branch goes on as the run would, and the trunk does not feel it", branches},
	{"watched", "observers and idle phases change nothing, nor do phases beside others that come behind them", watched},
	{"file", "a scenario that is written out and read again is the same world", rewritten},
	{"labels", "free names are labels", labels},
	{"sectors", "sectors in another order give the same firms the same lives, but for draws that go through a list of sectors", sectors},
	{"hermit", "a firm alone in its area, sector and market can go without anybody noticing", hermit},
	{"money", "twice the money in everything is the same world", money},
	{"lengths", "twice the distance in everything is the same world, wider", lengths},
	{"nothing", "a policy without strength, money, time or firms is no policy", nothing},
	{"order", "policies in another order do the same", order},
	{"burn", "burning money from outside touches nobody", burn},
	{"announced", "a policy that begins behind a branch may have been announced at the start or not", announced},
	{"seed", "another seed is another world: the fingerprint sees something", otherSeed},
}

func accounts(t *trial) error {
	e, err := t.engine(t.recipe, 2)
	if err != nil {
		return err
	}
	for tick := range t.recipe.Ticks + 1 {
		if _, err := t.to(e, tick); err != nil {
			return err
		}
		if err := sound(e.World); err != nil {
			return err
		}
	}
	return same(t.end, e.World.Fingerprint())
}

func people(t *trial) error { return t.books.People }

func ledgers(t *trial) error { return t.books.Ledgers }

func goods(t *trial) error { return t.books.Goods }

func threads(t *trial) error {
	n := 2 + t.dice.IntN(7)
	got, err := t.whole(t.recipe, n)
	if err != nil {
		return err
	}
	if err := same(t.end, got); err != nil {
		return fmt.Errorf("%d threads: %w", n, err)
	}
	return nil
}

func stops(t *trial) error {
	e, err := t.engine(t.recipe, 1)
	if err != nil {
		return err
	}
	for tick := 0; tick < t.recipe.Ticks; tick += 1 + t.dice.IntN(6) {
		if _, err := t.to(e, tick); err != nil {
			return err
		}
		e.Threads = 1 + t.dice.IntN(3)
	}
	got, err := t.to(e, t.recipe.Ticks)
	if err != nil {
		return err
	}
	return same(t.end, got)
}

func resumes(t *trial) error {
	s, err := t.setup(t.recipe)
	if err != nil {
		return err
	}
	e, err := start(s, 1)
	if err != nil {
		return err
	}
	if _, err := t.to(e, t.middle); err != nil {
		return err
	}
	data, err := saved(e)
	if err != nil {
		return err
	}
	r, err := model.Resume(s, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	again, err := saved(r)
	if err != nil {
		return err
	}
	if !bytes.Equal(data, again) {
		return fmt.Errorf("what was read at tick %d is written otherwise", t.middle)
	}
	r.Threads = 1 + t.dice.IntN(4)
	got, err := t.to(r, t.recipe.Ticks)
	if err != nil {
		return err
	}
	return same(t.end, got)
}

func branches(t *trial) error {
	s, err := t.setup(t.recipe)
	if err != nil {
		return err
	}
	e, err := start(s, 2)
	if err != nil {
		return err
	}
	if _, err := t.to(e, t.middle); err != nil {
		return err
	}
	b, err := model.Branch(e, s)
	if err != nil {
		return err
	}
	got, err := t.to(b, t.recipe.Ticks)
	if err != nil {
		return err
	}
	if err := same(t.end, got); err != nil {
		return fmt.Errorf("branch at tick %d: %w", t.middle, err)
	}
	if err := same(t.half, e.World.Fingerprint()); err != nil {
		return fmt.Errorf("the trunk behind its branch: %w", err)
	}
	got, err = t.to(e, t.recipe.Ticks)
	if err != nil {
		return err
	}
	return same(t.end, got)
}

// looks is an observer that reads firms and ties.
type looks struct{ seen int }

// Observe counts the ties of all firms.
func (l *looks) Observe(v world.View, _ int) error {
	for i := range v.Rows() {
		v.EachTie(i, func(world.TieKind, int, float64) { l.seen++ })
	}
	return nil
}

func watched(t *trial) error {
	e, err := t.engine(t.recipe, 2)
	if err != nil {
		return err
	}
	e.Observers = append(e.Observers, new(looks))
	for k := range e.Phases {
		if p := e.Phases[k]; p.Beside != "" { // what two do side by side may be done in any order
			p.Beside = ""
			e.Phases[k], e.Phases[k+1] = e.Phases[k+1], p
		}
	}
	idle := sim.Phase[world.World]{Name: "rest", Rows: (*world.World).Rows, Each: func(*world.World, int, int, int) {}}
	alone := sim.Phase[world.World]{Name: "sleep", Once: func(*world.World, int) error { return nil }}
	for k := len(e.Phases); k >= 0; k -= 1 + t.dice.IntN(6) {
		e.Phases = slices.Insert(e.Phases, k, idle, alone)
	}
	got, err := t.to(e, t.recipe.Ticks)
	if err != nil {
		return err
	}
	return same(t.end, got)
}

func rewritten(t *trial) error {
	s, err := t.recipe.scenario()
	if err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	again, err := scenarios.Parse("again.yaml", s.YAML(), fstest.MapFS{})
	if err != nil {
		return fmt.Errorf("what was written is refused: %w", err)
	}
	setup, err := setupOf(again)
	if err != nil {
		return err
	}
	e, err := start(setup, 2)
	if err != nil {
		return err
	}
	got, err := t.to(e, t.recipe.Ticks)
	if err != nil {
		return err
	}
	return same(t.end, got)
}

// related runs a changed recipe and compares the ends.
func (t *trial) related(change func(r *recipe), but ...string) error {
	r := t.recipe
	r.Policies = slices.Clone(r.Policies)
	change(&r)
	got, err := t.whole(r, 2)
	if err != nil {
		return err
	}
	return same(t.end, got, but...)
}

func labels(t *trial) error {
	return t.related(func(r *recipe) { r.Label = " by another name" }, "Groups", "Ended", "Past.") // clusters are called after places and sectors
}

func money(t *trial) error { return t.related(func(r *recipe) { r.Dearer = 2 }) }

func lengths(t *trial) error {
	if len(t.recipe.Areas) > 1 {
		return errApart // areas lie degrees apart, not km
	}
	return t.related(func(r *recipe) { r.Stretch = 2 }, "Firms.X", "Firms.Y", "Firms.Face", "Groups", "Ended", "Past.", "Ranges.", "Facilities", "Ledger", "Cells.")
}

func nothing(t *trial) error {
	var p act
	err := t.related(func(r *recipe) {
		p = act{ID: "idle", Instrument: pick(t.dice, policy.Instruments()), From: t.dice.IntN(r.Ticks), To: -1, Budget: -1, Intensity: 1, Region: -1, Sector: -1}
		switch {
		case t.dice.chance(.3):
			p.Intensity = 0
		case t.dice.chance(.5):
			p.Budget = 0
		default: // out at sea
			p.X, p.Y, p.KM = 4000, 4000, .5
		}
		r.Policies = append(r.Policies, p)
	}, "Ledger")
	if err != nil {
		return fmt.Errorf("with {%s}: %w", p.yaml(number, number), err)
	}
	return nil
}

func order(t *trial) error {
	n := len(t.recipe.Policies)
	if n < 2 {
		return errApart
	}
	return t.related(func(r *recipe) {
		t.dice.Shuffle(n, func(i, j int) { r.Policies[i], r.Policies[j] = r.Policies[j], r.Policies[i] })
		if slices.EqualFunc(r.Policies, t.recipe.Policies, func(a, b act) bool { return a.ID == b.ID }) {
			slices.Reverse(r.Policies)
		}
	})
}

func burn(t *trial) error {
	return t.related(func(r *recipe) {
		r.Policies = append(r.Policies, act{ID: "fire", Instrument: "burn", From: 0, To: -1, Budget: 1e6, Intensity: 1, Outside: true, Region: -1, Sector: -1})
	}, "Ledger", "Money.PolicyIn", "Money.PolicyBurnt", "Money.PublicCost", "Money.Stock", "Money.Gap", "Money.Treasury")
}

func announced(t *trial) error {
	late := act{ID: "late", Instrument: pick(t.dice, policy.Instruments()), From: t.middle, To: -1, Budget: 1e7, Intensity: 2, Region: -1, Sector: -1}
	r := t.recipe
	r.Policies = append(slices.Clone(r.Policies), late)
	want, err := t.whole(r, 1)
	if err != nil {
		return err
	}
	e, err := t.engine(t.recipe, 2)
	if err != nil {
		return err
	}
	if _, err := t.to(e, t.middle-1); err != nil {
		return err
	}
	s, err := t.setup(r)
	if err != nil {
		return err
	}
	b, err := model.Branch(e, s)
	if err != nil {
		return err
	}
	got, err := t.to(b, r.Ticks)
	if err != nil {
		return err
	}
	if err := same(want, got); err != nil {
		return fmt.Errorf("%s announced at tick %d: %w", late.Instrument, t.middle-1, err)
	}
	return nil
}

func otherSeed(t *trial) error {
	r := t.recipe
	r.Seed ^= 1
	got, err := t.whole(r, 1)
	if err != nil {
		return err
	}
	if same(t.end, got) == nil {
		return fmt.Errorf("another seed gives the same world")
	}
	return nil
}
