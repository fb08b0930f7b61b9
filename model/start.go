package model

import (
	"context"
	"errors"
	"fmt"

	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Purposes of random draws at the start.
const (
	drawStartCell  rng.Purpose = 0x1002
	drawStartPlace rng.Purpose = 0x1003
	drawStartSkill rng.Purpose = 0x1004
	drawStartMind  rng.Purpose = 0x1005
	drawStartAge   rng.Purpose = 0x1006
	drawStartTrade rng.Purpose = 0x1007
)

// layOut makes the ground of a world: cells, kernels, labour markets, empty fields.
func layOut(w *world.World, p *Params) error {
	w.Ranges = p.ranges()
	for a := range w.Setting.Areas {
		if err := addArea(w, p, &w.Setting.Areas[a]); err != nil {
			return fmt.Errorf("area %s: %w", w.Setting.Areas[a].ID, err)
		}
	}
	cells, sectors := len(w.Cells.Region), len(w.Setting.Sectors)
	f := &w.Fields
	f.SupplyAt = make([]float32, cells*sectors)
	for _, x := range []*[]float64{&f.Pool, &f.Rivals, &f.Access, &f.Receipts} {
		*x = make([]float64, cells*sectors)
	}
	for _, x := range []*[]float64{&f.Research, &f.Firms, &f.Tech, &f.Science, &f.Finance, &f.Venture, &f.Jobs, &f.LogWage, &f.Wage, &f.Filled, &f.Spending, &f.EndPoint} {
		*x = make([]float64, cells)
	}
	for c := range f.EndPoint {
		f.EndPoint[c] = 1
	}
	w.Index.Start = make([]world.Bucket, sectors*cells+1)
	w.Sectors = make([]world.SectorState, sectors)
	w.Money.Treasury = make([]float64, len(w.Setting.Regions))
	n := &w.Now
	n.Demand, n.Share, n.World, n.Inputs = make([]float64, sectors), make([]float64, sectors), make([]float64, sectors), make([]float64, sectors*sectors)
	b := &w.Base
	for _, x := range []*[]float64{&b.Share, &b.Supply, &b.Pool, &b.Rivals, &b.World, &b.Appeal, &b.Firms, &b.Sales, &b.Size} {
		*x = make([]float64, sectors)
	}
	return nil
}

// ranges are the distances that the ground is laid out for.
func (p *Params) ranges() world.Ranges {
	return world.Ranges{Input: p.Production.InputKM, Pool: p.Production.PoolKM, Air: p.Knowledge.AirKM, Home: p.Market.HomeKM,
		Market: p.Labour.MarketKM, Commute: p.Labour.CommuteKM}
}

// addArea adds one area's cells, kernels and labour markets.
func addArea(w *world.World, p *Params, a *world.Area) error {
	shape := grid.Shape{NX: a.NX, NY: a.NY, CellKM: a.CellKM, X0: a.X0, Y0: a.Y0}
	g := world.Ground{Shape: shape, First: len(w.Cells.Region), Cells: a.NX * a.NY, FirstMarket: len(w.Markets.Force)}
	var err error
	for _, k := range []struct {
		to *(*grid.Kernel)
		km float64
	}{{&g.Supply, w.Ranges.Input}, {&g.Pool, w.Ranges.Pool}, {&g.Air, w.Ranges.Air}, {&g.Home, w.Ranges.Home}} {
		if *k.to, err = grid.Exponential(shape, k.km); err != nil {
			return err
		}
	}
	all, err := grid.NewCoupling(shape, p.Labour.MarketKM, p.Labour.CommuteKM, nil)
	if err != nil {
		return err
	}
	mx, land := all.MX, make([]float64, all.Markets())
	area := len(w.Ground)
	of := make([]int32, g.Cells)
	for c := range g.Cells {
		x := int((float64(c%a.NX) + .5) * a.CellKM / p.Labour.MarketKM)
		y := int((float64(c/a.NX) + .5) * a.CellKM / p.Labour.MarketKM)
		of[c] = int32(y*mx + x)
		land[of[c]] += a.Land[c]
		g.Centre.X += float64(a.Land[c] * g.Mid(c).X)
		g.Centre.Y += float64(a.Land[c] * g.Mid(c).Y)
	}
	total := num.Sum(a.Land)
	if !(total > 0) {
		return fmt.Errorf("no cell with land")
	}
	g.Centre.X, g.Centre.Y = g.Centre.X/total, g.Centre.Y/total
	g.Commute, err = grid.NewCoupling(shape, p.Labour.MarketKM, p.Labour.CommuteKM, func(m int) bool { return land[m] > 0 })
	if err != nil {
		return err
	}
	for c := range g.Cells {
		w.Cells.Area = append(w.Cells.Area, uint16(area))
		w.Cells.Region = append(w.Cells.Region, a.Region[c])
		w.Cells.Land = append(w.Cells.Land, a.Land[c])
		market, share := int32(-1), 0.0
		if a.Land[c] > 0 {
			market, share = int32(g.FirstMarket)+of[c], a.Land[c]/land[of[c]]
		}
		w.Cells.Market = append(w.Cells.Market, market)
		w.Cells.Share = append(w.Cells.Share, share)
	}
	addMarkets(w, &g, area, land)
	w.Ground = append(w.Ground, g)
	return nil
}

// addMarkets adds an area's labour markets, each in the region that most of its land belongs to.
func addMarkets(w *world.World, g *world.Ground, area int, land []float64) {
	m, regions := &w.Markets, len(w.Setting.Regions)
	by := make([]float64, len(land)*regions) // land by market and region
	best, most := make([]int32, len(land)), make([]float64, len(land))
	for c := g.First; c < g.First+g.Cells; c++ {
		if r, k := w.Cells.Region[c], int(w.Cells.Market[c])-g.FirstMarket; r >= 0 && k >= 0 { // land of a region
			x := &by[k*regions+int(r)]
			if *x += w.Cells.Land[c]; *x > most[k] {
				best[k], most[k] = r, *x
			}
		}
	}
	for k := range land {
		m.Area = append(m.Area, uint16(area))
		m.Region = append(m.Region, best[k])
		m.Exists = append(m.Exists, land[k] > 0)
	}
	for _, x := range []*[]float64{&m.Force, &m.Employed, &m.Wanted, &m.LogWage, &m.Housing, &m.Balance, &m.Income} {
		*x = append(*x, make([]float64, len(land))...)
	}
	for k := g.FirstMarket; k < len(m.Force); k++ {
		m.LogWage[k] = num.Log(w.Setting.Areas[area].Wage)
	}
}

// firmsPerLook is how many firms are put on the map between two looks at whether somebody has stopped it: some hundredths of a second.
const firmsPerLook = 1 << 16

// newcomer is a firm of the start before it has a row.
type newcomer struct {
	id     uint64
	sector int
	area   int
	cell   int
	at     world.Point
	labour float64
}

// populate puts the firms of the start on their sites: those that the scenario lists, or as many as its sectors say,
// drawn over the land. It ends with ctx's error soon after ctx is done.
func populate(ctx context.Context, w *world.World, p *Params) error {
	var all []newcomer
	var err error
	if len(w.Setting.Plants) > 0 {
		all, err = listed(w)
	} else {
		all, err = drawn(ctx, w, p)
	}
	if err != nil {
		return err
	}
	order, err := inOrder(ctx, all, len(w.Setting.Sectors), len(w.Cells.Region))
	if err != nil {
		return err
	}
	w.Firms.Reserve(len(all) + len(all)/10) // and those by which the first years grow
	for n, k := range order {
		if n%firmsPerLook == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := all[k]
		i := w.Firms.Found(c.id, c.sector)
		f := &w.Firms
		f.Labour[i] = c.labour
		w.Place(i, c.area, c.at)
		f.LogTech[i] = p.Demography.EntrantNoise * w.Seed.Normal(drawStartSkill, c.id, 0, 0)
		f.OwnLogTech[i] = f.LogTech[i]
		f.Born[i] = -int32(p.Start.Years * world.TicksPerYear * w.Seed.Exponential(drawStartAge, c.id, 0, 0))
		f.Exporter[i] = w.Seed.Chance(p.Start.Exporters, drawStartTrade, c.id, 0, 0)
		f.Reach[i] = float32(p.Market.Reach)
		if f.Exporter[i] {
			f.Reach[i] = 1
		}
		home := rng.KeyOf(w.Setting.Sectors[c.sector].ID)
		for d := range f.Z[i] {
			z := .2 + float64(.6*w.Seed.Uniform(drawStartMind, home, 0, d)) + float64(p.Start.Scatter*w.Seed.Normal(drawStartMind, c.id, 1, d))
			f.Z[i][d] = float32(num.Clamp(z, 0, 1))
		}
	}
	if w.Firms.Alive == 0 {
		return fmt.Errorf("no firms at the start")
	}
	return nil
}

// inOrder tells in which order newcomers get their rows: by sector and cell, so that what is put on the map together is together in
// memory; those of one sector and cell as they came. They are counted and not compared: of ten million that takes a second, and
// somebody can stop it within one.
func inOrder(ctx context.Context, all []newcomer, sectors, cells int) ([]int32, error) {
	next := make([]int32, sectors*cells+1) // place of the next newcomer by sector and cell
	for k := range all {
		if k%firmsPerLook == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		next[all[k].sector*cells+all[k].cell+1]++
	}
	for b := range next[1:] {
		next[b+1] += next[b]
	}
	order := make([]int32, len(all))
	for k := range all {
		if k%firmsPerLook == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b := all[k].sector*cells + all[k].cell
		order[next[b]] = int32(k)
		next[b]++
	}
	return order, nil
}

// listed are the plants of the scenario.
func listed(w *world.World) ([]newcomer, error) {
	var all []newcomer
	jobs := make([]float64, len(w.Ground))
	for k, plant := range w.Setting.Plants {
		for a := range w.Ground {
			if g := &w.Ground[a]; g.Inside(plant.At) && w.Cells.Land[g.First+g.CellAt(plant.At)] > 0 {
				all = append(all, newcomer{rng.Key(rng.KeyOf("plant"), uint64(k)), plant.Sector, a, g.First + g.CellAt(plant.At), plant.At, plant.Employment})
				jobs[a] += plant.Employment
				break
			}
		}
	}
	if out := len(w.Setting.Plants) - len(all); out > 0 {
		return nil, fmt.Errorf("%d of %d plants lie outside every area", out, len(w.Setting.Plants))
	}
	return all, enough(w, jobs)
}

// drawn draws the firms of each sector: sizes from a Pareto law, the middle of each slice of equal chance, scaled to the
// sector's workers; sites over the land, evenly or around towns: those of the places, or the sector's own.
func drawn(ctx context.Context, w *world.World, p *Params) ([]newcomer, error) {
	var all []newcomer
	shared, jobs := startDensity(w, nil), make([]float64, len(w.Ground))
	for s := range w.Setting.Sectors {
		sector := &w.Setting.Sectors[s]
		if sector.Emerging != nil || sector.Firms == 0 {
			continue
		}
		density := shared
		if sector.Towns != nil {
			density = startDensity(w, sector.Towns)
		}
		if !(density[len(density)-1] > 0) {
			return nil, fmt.Errorf("no land near a town: firms of sector %s have nowhere to start (start_from.town_km, weights of places)", sector.ID)
		}
		for a := range w.Ground {
			g, before := &w.Ground[a], 0.0
			if g.First > 0 {
				before = density[g.First-1]
			}
			jobs[a] += sector.Employment * (density[g.First+g.Cells-1] - before) / density[len(density)-1]
		}
		key, first, sum := rng.KeyOf(sector.ID), len(all), 0.0
		for k := range sector.Firms {
			if k%firmsPerLook == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			id := rng.Key(rng.KeyOf("start"), key, uint64(k))
			u := (float64(k) + .5) / float64(sector.Firms) // the middle of each slice: no giant by luck of the draw
			size := num.Exp(-num.Log(1-u) / p.Start.Tail)
			cell := rng.Pick(w.Seed.Uniform(drawStartCell, id, 0, 0), density)
			area := int(w.Cells.Area[cell])
			g := &w.Ground[area]
			at := g.Mid(cell - g.First)
			at.X += float64(g.Shape.CellKM * (w.Seed.Uniform(drawStartPlace, id, 0, 0) - .5))
			at.Y += float64(g.Shape.CellKM * (w.Seed.Uniform(drawStartPlace, id, 0, 1) - .5))
			all = append(all, newcomer{id, s, area, cell, at, size})
			sum += size
		}
		for k := first; k < len(all); k++ {
			all[k].labour *= sector.Employment / sum // scaled to the published total
		}
	}
	return all, enough(w, jobs)
}

// byChance is how much of an area's labour force the jobs expected there may be: so much is put down to a scenario's rounding, to
// sectors that an experiment spreads otherwise (a claim on China's zones has a third more jobs than people in one area), and to
// chance where firms are drawn; the area then has as many people as jobs.
const byChance = 1.5

// enough says which areas have far fewer people than the jobs that are expected there at the start.
func enough(w *world.World, jobs []float64) error {
	var faults []error
	for a := range w.Setting.Areas {
		if x := &w.Setting.Areas[a]; x.LabourForce > 0 && jobs[a] > byChance*x.LabourForce {
			faults = append(faults, fmt.Errorf("area %s: about %.0f jobs at the start for a labour force of %.0f: want at least as many people as jobs", x.ID, jobs[a], x.LabourForce))
		}
	}
	return errors.Join(faults...)
}

// startDensity is the running sum over cells of where firms start: land, times how near towns are when the scenario says
// that they start around towns. Weights, one a place, stand in for those of the places; nil leaves these.
func startDensity(w *world.World, weights []float64) []float64 {
	sum := 0.0
	density := make([]float64, len(w.Cells.Land))
	for c, land := range w.Cells.Land {
		x := land
		if km := w.Setting.TownKM; km > 0 && land > 0 {
			g := &w.Ground[w.Cells.Area[c]]
			mid := g.Mid(c - g.First)
			pull := 0.0
			for k := range w.Setting.Places {
				t := &w.Setting.Places[k]
				weight := t.Weight
				if weights != nil {
					weight = weights[k]
				}
				pull += float64(weight * num.Exp(-num.Hypot(mid.X-t.At.X, mid.Y-t.At.Y)/km))
			}
			x *= pull
		}
		sum += x
		density[c] = sum
	}
	return density
}
