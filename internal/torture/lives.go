package main

import (
	"fmt"
	"math"
	"slices"

	"agglo/model"
	"agglo/model/world"
)

// life is what is compared of a firm, by its id, where rows may stand otherwise.
type life [9]float64

// lives lists the firms of a world, but for those of an area from which on nobody is asked.
func lives(w *world.World, before int) map[uint64]life {
	f, all := &w.Firms, map[uint64]life{}
	for i, id := range f.ID {
		if id != 0 && int(f.Area[i]) < before {
			all[id] = life{f.X[i], f.Y[i], f.Labour[i], f.Capital[i], f.Cash[i], f.Appeal[i], f.LogTech[i], f.Sales[i], f.Profit[i]}
		}
	}
	return all
}

// agree says where the same firms have not led the same lives, up to a part of each number.
func agree(want, got map[uint64]life, tolerance float64) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d firms, want %d", len(got), len(want))
	}
	for id, x := range want {
		y, there := got[id]
		if !there {
			return fmt.Errorf("firm %x is missing", id)
		}
		for k := range x {
			if !(math.Abs(y[k]-x[k]) <= tolerance*max(1, math.Abs(x[k]))) {
				return fmt.Errorf("firm %x: number %d of its life is %.17g, want %.17g", id, k, y[k], x[k])
			}
		}
	}
	return nil
}

// brief is how many ticks are run where another order of sums must not have grown into another world.
const brief = 8

// idle is how many times as many people as before live in a settled world.
const idle = 10

// settled is a recipe whose sectors are all there from the start, with many people out of work, without policies and without
// facilities that bring firms together: these look for partners through the list of sectors, and anywhere.
func settled(r recipe) recipe {
	r.Policies, r.Sectors, r.Areas = nil, slices.Clone(r.Sectors), slices.Clone(r.Areas)
	for k := range r.Sectors {
		if s := &r.Sectors[k]; s.Emerges >= 0 {
			s.Emerges, s.Jobs = -1, 2*s.Firms
			r.Areas[0].Force += 2 * s.Jobs * float64(len(r.Areas))
		}
	}
	for k := range r.Areas {
		r.Areas[k].Force *= idle
	}
	r.Institutions = slices.DeleteFunc(slices.Clone(r.Institutions), func(in institution) bool { return slices.Contains(shared, in.Kind) })
	return r
}

// sectors lists the sectors in another order. Draws that go through a list of sectors are left out: whom a buyer looks for, what
// founders of no sector found, whom the first firms of a new sector leave; and so is all from the tick on in which founders find no
// workers or no money where they live, and firms that move, because the first in the list goes first.
func sectors(t *trial) error {
	n := len(t.recipe.Sectors)
	if n < 2 {
		return errApart
	}
	r := settled(t.recipe)
	for _, path := range []string{"trust.supplier_search", "trust.partner_search", "demography.de_novo", "demography.move"} {
		r.put(path, "0")
	}
	// The lives at the end of each tick, up to the first in which a founder is refused.
	run := func(order []int) (ticks []map[uint64]life, err error) {
		r.Order = order
		e, err := t.engine(r, 2)
		if err != nil {
			return nil, err
		}
		for tick := range min(r.Ticks, brief) {
			if _, err := t.to(e, tick+1); err != nil {
				return nil, err
			}
			if e.World.Count.Refused > 0 {
				break
			}
			ticks = append(ticks, lives(e.World, len(r.Areas)))
		}
		return ticks, nil
	}
	want, err := run(nil)
	if err != nil {
		return err
	}
	order := t.dice.Perm(n)
	if slices.IsSorted(order) {
		slices.Reverse(order)
	}
	got, err := run(order)
	if err != nil {
		return err
	}
	last := min(len(want), len(got)) - 1 // money may suffice for all founders in one order, and not in another
	if last < 0 {
		return errApart
	}
	if err := agree(want[last], got[last], 1e-6); err != nil {
		return fmt.Errorf("sectors in the order %v: %w", order, err)
	}
	return nil
}

// hermit puts a firm far away, in an area, a region, a sector and a market of its own, to which the world does not sell, and lets it
// go. Policies are left out, which may reach it, and so is whatever crosses areas: people and firms that move, partners and founders
// from elsewhere, new sectors, whose first founders come from anywhere. People without work are everywhere, so that nobody is fetched
// from far away.
func hermit(t *trial) error {
	s, err := t.far()
	if err != nil {
		return err
	}
	return t.without(s, len(s.Setting.Areas)-1)
}

// without runs a world that has a hermit, and without the first firm of an area, and compares the lives of all but the hermit.
func (t *trial) without(s model.Setup, area int) error {
	trunk, err := start(s, 2)
	if err != nil {
		return err
	}
	var ends [2]map[uint64]life
	for k := range ends {
		e, err := model.Branch(trunk, s)
		if err != nil {
			return err
		}
		if k == 1 {
			retire(e.World, slices.Index(e.World.Firms.Area, uint16(area)))
		}
		if _, err := t.to(e, min(t.recipe.Ticks, brief)); err != nil {
			return err
		}
		ends[k] = lives(e.World, len(s.Setting.Areas)-1)
	}
	return agree(ends[0], ends[1], 1e-9) // a child of the hermit moves the bounds between which orders are added up
}

// far is the setup of the trial's world with a hermit in the last area.
func (t *trial) far() (s model.Setup, err error) {
	r := settled(t.recipe)
	for _, path := range []string{"labour.migration", "labour.wage_slope", "trust.partner_search", "demography.de_novo", "demography.move"} {
		r.put(path, "0")
	}
	r.put("demography.stay", "1")
	if s, err = t.setup(r); err != nil {
		return s, err
	}
	e, err := start(s, 1)
	if err != nil {
		return s, err
	}
	f, set, n := &e.World.Firms, &s.Setting, len(s.Setting.Sectors)
	for i, id := range f.ID {
		if id != 0 {
			set.Plants = append(set.Plants, world.Plant{Sector: int(f.Sector[i]), At: world.Point{X: f.X[i], Y: f.Y[i]}, Employment: f.Labour[i]})
		}
	}
	east := 0.0
	for k := range set.Areas {
		a := &set.Areas[k]
		east = max(east, a.X0+float64(a.NX)*a.CellKM)
	}
	a := world.Area{ID: "far", CellKM: 2, X0: east + 1000, NX: 6, NY: 6, Wage: 1, LabourForce: 60}
	for range a.NX * a.NY {
		a.Land, a.Region = append(a.Land, 10), append(a.Region, int32(len(set.Regions)))
	}
	set.Areas = append(set.Areas, a)
	set.Regions = append(set.Regions, world.Region{ID: "far", TaxRate: .2, TrustPrior: .4, LawQuality: .5})
	set.Sectors = append(set.Sectors, world.Sector{ID: "hermits", Name: "hermits", Group: "hermits", Firms: 1, Employment: 40})
	set.Plants = append(set.Plants, world.Plant{Sector: n, At: world.Point{X: a.X0 + 6, Y: 6}, Employment: 40})
	for k := range set.Inputs {
		set.Inputs[k] = append(slices.Clone(set.Inputs[k]), 0)
	}
	set.Inputs = append(set.Inputs, append(make([]float64, n), 1))
	return s, nil
}

// retire takes a firm out of a world between two ticks, with its ties and its money.
func retire(w *world.World, i int) {
	f := &w.Firms
	for row := range f.ID {
		for k, tie := range f.AllSupplies(row) {
			if tie.Partner == int32(i) {
				f.DropSupplier(row, k)
			}
		}
	}
	f.Retire(i)
	w.Money.Stock = w.Total()
}
