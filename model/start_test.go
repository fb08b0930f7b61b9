package model

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	"agglo/model/world"
)

// A sector with towns of its own starts there, another starts where the places say; both keep their jobs. The towns stand
// 25 km apart and firms fall by e over 1 km, so that the middle parts them.
func TestSectorsStartAtTheirTowns(t *testing.T) {
	s := even(t, 1, 2, 200)
	a := &s.Setting.Areas[0]
	west := world.Point{X: a.X0 + .25*float64(a.NX)*a.CellKM, Y: a.Y0 + .5*float64(a.NY)*a.CellKM}
	east := world.Point{X: a.X0 + .75*float64(a.NX)*a.CellKM, Y: west.Y}
	s.Setting.TownKM = 1
	s.Setting.Places = []world.Place{{ID: "west", At: west, Weight: 1}, {ID: "east", At: east}}
	s.Setting.Sectors[1].Towns = []float64{0, 3}
	e, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	count := [2][2]int{}
	jobs := [2]float64{}
	f := &e.World.Firms
	for i, id := range f.ID {
		if id == 0 {
			continue
		}
		side := 0
		if f.X[i] > (west.X+east.X)/2 {
			side = 1
		}
		count[f.Sector[i]][side]++
		jobs[f.Sector[i]] += f.Labour[i]
	}
	if count[0][0] < 195 || count[1][1] < 195 {
		t.Errorf("firms by sector and side: %v, want the first in the west and the second in the east", count)
	}
	for k := range jobs {
		if want := s.Setting.Sectors[k].Employment; jobs[k] < .999*want || jobs[k] > 1.001*want {
			t.Errorf("sector %d: %v jobs, want %v", k, jobs[k], want)
		}
	}
	s.Setting.Sectors[1].Towns = []float64{0, 0}
	if _, err := New(s); err == nil {
		t.Error("a sector without a town starts somewhere")
	}
}

// A labour market lies in the region that most of its land belongs to; cells without land or outside all regions do not count, and of two
// regions with the same land the first to have it wins.
func TestMarketsLieInTheRegionOfMostOfTheirLand(t *testing.T) {
	w := &world.World{Setting: &world.Setting{Regions: make([]world.Region, 3), Areas: []world.Area{{Wage: 1}}}}
	w.Markets.Force, w.Markets.LogWage = make([]float64, 2), make([]float64, 2) // those of an area before
	w.Cells.Region = []int32{0, 2, 1, 1, 2, 0, -1, 2, 1}
	w.Cells.Land = []float64{9, 1, 2, 1.5, 3, 0, 50, 4, 4}
	w.Cells.Market = []int32{0, 2, 2, 3, 2, -1, 3, 4, 4}
	g := &world.Ground{First: 1, Cells: 8, FirstMarket: 2}
	addMarkets(w, g, 0, []float64{6, 51.5, 8, 0})
	if want := []int32{2, 1, 2, 0}; !slices.Equal(w.Markets.Region, want) {
		t.Errorf("regions of markets are %v, want %v", w.Markets.Region, want)
	}
	if want := []bool{true, true, true, false}; !slices.Equal(w.Markets.Exists, want) {
		t.Errorf("markets exist: %v, want %v", w.Markets.Exists, want)
	}
	if len(w.Markets.Force) != 6 || len(w.Markets.LogWage) != 6 {
		t.Errorf("%d places for workers, %d for wages", len(w.Markets.Force), len(w.Markets.LogWage))
	}
}

// Firms are put on the map no further once somebody has stopped it: of a large world that alone takes minutes.
func TestPopulateStops(t *testing.T) {
	s := small(t, 1, 300)
	w := &world.World{Setting: &s.Setting, Params: s.Params.Economy, Seed: 1}
	if err := layOut(w, &s.Params); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := populate(ctx, w, &s.Params); !errors.Is(err, context.Canceled) || w.Rows() != 0 {
		t.Errorf("error %v with %d rows: want none, and that it was stopped", err, w.Rows())
	}
}

// A countdown is a context that is done after so many looks at it.
type countdown struct {
	context.Context
	looks int
}

// Err counts a look.
func (c *countdown) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

// The firms of the start get the order that sorting gives, and finding it can be stopped at any part of the way.
func TestOrderOfTheStartIsThatOfSortingAndStops(t *testing.T) {
	const sectors, cells, firms = 3, 50, 2*firmsPerLook + 7
	all := make([]newcomer, firms)
	want := make([]int32, firms)
	for k := range all {
		all[k] = newcomer{sector: k * 7919 % sectors, cell: k * k % cells}
		want[k] = int32(k)
	}
	slices.SortFunc(want, func(i, j int32) int {
		a, b := &all[i], &all[j]
		return cmp.Or(a.sector-b.sector, a.cell-b.cell, int(i-j))
	})
	looks := 0
	for ; looks < 100; looks++ {
		got, err := inOrder(&countdown{t.Context(), looks}, all, sectors, cells)
		if err == nil {
			if !slices.Equal(got, want) {
				t.Error("the order is not that of sorting by sector, cell and number")
			}
			break
		}
		if !errors.Is(err, context.Canceled) || got != nil {
			t.Fatalf("after %d looks: error %v and %d rows, want that it was stopped and none", looks, err, len(got))
		}
	}
	if looks != 6 { // three parts of firms, each counted and placed
		t.Errorf("%d looks whether it was stopped, want 6", looks)
	}
	if got, err := inOrder(t.Context(), nil, sectors, cells); err != nil || len(got) != 0 {
		t.Errorf("no firms: %v, %v", got, err)
	}
}
