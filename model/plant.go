package model

import (
	"fmt"
	"slices"

	"agglo/model/world"
	"agglo/sim/rng"
)

// A Plant is a firm that comes from outside.
type Plant struct {
	Sector int         // index in the setting, of a sector with firms
	Area   int         // index in the setting
	At     world.Point // on land of the area, km
	Jobs   float64     // workers, above 0
}

// Settle puts a plant into an engine's world, where it will act from the next tick on; run it on a Branch, whose twin goes on
// without it. What it costs is paid from outside: its cash is booked as money of owners outside, its capital is bought there.
// Its workers are people of the region without work, from all labour markets in proportion, who move to where the plant's
// workers live; so neither money nor people come from nowhere. It gives the plant's id. It is an error if the sector has
// no firms, if the site has no land, or if the plant wants more than half of the people without work.
func Settle(e *Engine, s Setup, p Plant) (id uint64, err error) {
	w := e.World
	if p.Sector < 0 || p.Sector >= len(w.Sectors) || !(w.Sectors[p.Sector].Jobs > 0) || !inhabited(w, p.Sector) {
		return 0, fmt.Errorf("a plant in sector %d: want a sector with firms", p.Sector)
	}
	if p.Area < 0 || p.Area >= len(w.Ground) || !w.Ground[p.Area].Inside(p.At) || w.Cells.Land[w.Ground[p.Area].First+w.Ground[p.Area].CellAt(p.At)] <= 0 {
		return 0, fmt.Errorf("a plant at (%g, %g) km in area %d: want a site on land", p.At.X, p.At.Y, p.Area)
	}
	r, m := newRules(w, &s.Params), &w.Markets
	r.labour.Count(w)
	idle := 0.0
	for k, force := range m.Force {
		idle += max(force-m.Employed[k], 0)
	}
	if !(p.Jobs > 0) || p.Jobs > idle/2 {
		return 0, fmt.Errorf("a plant of %g workers: want more than 0 and at most half of the %g people without work", p.Jobs, idle)
	}
	for k, force := range m.Force {
		m.Force[k] -= p.Jobs * max(force-m.Employed[k], 0) / idle
	}
	before := slices.Clone(m.Employed)
	id = rng.Key(rng.KeyOf("plant from outside"), uint64(w.Now.Tick), uint64(w.Ground[p.Area].First+w.Ground[p.Area].CellAt(p.At)))
	i := r.demography.Bring(w, id, p.Sector, p.Area, p.At, p.Jobs)
	r.labour.Count(w)
	for k, now := range m.Employed {
		m.Force[k] += now - before[k]
	}
	w.Money.OwnersOut -= w.Firms.Cash[i]
	w.Money.Stock += w.Firms.Cash[i]
	return id, nil
}

// inhabited says whether a firm of a sector lives: the last ones may have closed since sectors were added up.
func inhabited(w *world.World, sector int) bool {
	f := &w.Firms
	for i := range f.ID {
		if f.Living(i) && int(f.Sector[i]) == sector {
			return true
		}
	}
	return false
}
