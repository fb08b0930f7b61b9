package output

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"agglo/internal/table"
	"agglo/model/world"
)

// A Recorder writes one run into a folder. It is an observer of the engine: it reads through a view, and nothing that it
// does can be felt by the run. It keeps memory for one tick and one year, whatever the length of the run.
type Recorder struct {
	Threads int // goroutines that may look at the world side by side; no number depends on it. 0 counts as 1

	folder *Folder
	run    Run
	every  int
	tick   int // last one seen

	writers map[string]*table.Writer // of the perRun tables
	all     tally
	sector  []tally
	region  []tally
	cluster []tally
	place   map[int]int // number of a cluster -> its place in cluster
	census  census
	period  period
	latest  moment
	premium premiums    // of the year's end
	split   world.Split // of all firms, as of the last year's end
	squares squares
	pool    pool
	bins    map[int]int // of the year's growth rates
	growth  *table.Writer
	firms   *table.Writer
	cells   *table.Writer
	reach   *table.Writer // cells of clusters
	ties    *table.Writer
	levels  *table.Writer // infrastructure of cells; nil until any stands
	works   *table.Writer // and whose it is
	shown   int           // tick of the last map in firms, cells and reach
	linked  int           // tick of the last network in ties
	long    longRun
	paid    []world.Cost // by policy, as of the last row of the ledger
	columns []column
	watch   *watch // the published figures that the run is held against; nil = none
}

// period is what is summed since the last row of the series.
type period struct {
	births, deaths, moves, innovations float64
	publicCost, taxRevenue             float64 // worker-years
}

// Recorder gives the recorder of a run of the manifest, 0 first; one after another must be asked for.
func (f *Folder) Recorder(run int) *Recorder {
	r := &Recorder{
		folder: f, run: f.manifest.Runs[run], every: max(f.manifest.Every, 1), writers: map[string]*table.Writer{},
		place: map[int]int{}, bins: map[int]int{}, pool: newPool(), shown: -1, linked: -1,
	}
	r.columns = seriesColumns()
	f.recorders = append(f.recorders, r)
	return r
}

// Observe counts the tick and writes the rows that are due at it. It is called for tick 0 and for every tick behind it.
func (r *Recorder) Observe(v world.View, tick int) error {
	r.tick = tick
	if tick == 0 {
		if err := r.begin(v); err != nil {
			return err
		}
	}
	r.follow(v, tick)
	if r.watch != nil && tick > 0 {
		r.watch.count(v)
	}
	yearEnd := tick%world.TicksPerYear == 0
	row := tick%r.every == 0
	if yearEnd || row {
		r.look(v, yearEnd, row)
	}
	if row {
		r.seriesRow(v, tick)
		r.wantedRow(v, tick)
		r.ledgerRows(v, tick)
		r.restart()
	}
	if yearEnd {
		if err := r.year(v, tick); err != nil {
			return err
		}
	}
	if err := r.maps(v, tick); err != nil {
		return err
	}
	return r.flush()
}

// begin opens the tables and writes those that do not change.
func (r *Recorder) begin(v world.View) error {
	r.sector, r.region = make([]tally, v.Sectors()), make([]tally, v.Regions())
	r.squares = newSquares(v)
	heads := map[string][]string{
		"series": names(r.columns), "clusters": clusterColumns, "synergy": synergyColumns, "premium": premiumColumns,
		"ledger": ledgerColumns, "facilities": facilityColumns, "targets_path": wordNames("targets_path"),
		"series_sector": groupHead("sector", sectorColumns()), "series_region": groupHead("region", regionColumns()),
	}
	for _, name := range perRun() {
		switch {
		case name == "series_sector" && v.Sectors() < 2, name == "series_region" && v.Regions() < 2, name == "ledger" && v.Policies() == 0,
			name == "facilities" && v.Facilities() == 0, name == "targets_path" && len(r.folder.wanted) == 0:
			continue
		}
		w, err := table.Create(r.folder.rowsPath(name, r.run.Run), heads[name]...)
		if err != nil {
			return err
		}
		r.writers[name] = w
	}
	if len(r.folder.wanted) > 0 {
		r.watch = newWatch(v, r.folder.wanted)
	}
	if r.run.Replicate > 0 {
		return nil
	}
	for name, to := range map[string]**table.Writer{"growth": &r.growth, "firms": &r.firms, "cells": &r.cells, "cluster_cells": &r.reach, "ties": &r.ties} {
		w, err := table.Create(r.folder.path(name), heads0[name]...)
		if err != nil {
			return err
		}
		*to = w
	}
	return r.folder.ground(v)
}

// follow adds what happened in the tick to the sums of the period and of the run.
func (r *Recorder) follow(v world.View, tick int) {
	r.census.count(v, func(born bool, sector, region int) {
		switch {
		case tick == 0:
		case born:
			r.sector[sector].births++
			r.region[region].births++
		default:
			r.sector[sector].deaths++
			r.region[region].deaths++
		}
	})
	if tick > 0 {
		r.period.add(v)
		r.long.tick(v, tick, v.Count(), v.Money())
	}
}

// add adds a tick.
func (p *period) add(v world.View) {
	c, m, scale := v.Count(), v.Money(), v.Scale()
	p.births += float64(c.Births)
	p.deaths += float64(c.Deaths)
	p.moves += float64(c.Moves)
	p.innovations += float64(c.Innovations)
	p.publicCost += float64(m.PublicCost * scale)
	p.taxRevenue += float64(m.TaxRevenue * scale)
}

// look takes what the firms sum up to at this tick, and at a row of the series the moment. On several threads each sum is made by one of
// them, over all firms in the same order.
func (r *Recorder) look(v world.View, yearEnd, row bool) {
	if r.Threads <= 1 {
		r.add(v, yearEnd)
		if row {
			r.moment(v)
		}
		return
	}
	tasks := []func(){func() { r.sum(v, yearEnd, nil) }}
	if r.watch != nil {
		tasks = append(tasks, func() { r.watch.addAll(v) })
	}
	if row {
		tasks = append(tasks, func() { r.moment(v) })
	}
	sideBySide(r.Threads, tasks)
}

// sideBySide does tasks on so many goroutines at most, the caller's among them.
func sideBySide(threads int, tasks []func()) {
	var next atomic.Int32
	work := func() {
		for k := int(next.Add(1)) - 1; k < len(tasks); k = int(next.Add(1)) - 1 {
			tasks[k]()
		}
	}
	var others sync.WaitGroup
	for range min(threads, len(tasks)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}

// add sums over the firms at this tick: all, by sector and by region, where figures are watched by what they are of; at a year's end
// also by cluster.
func (r *Recorder) add(v world.View, yearEnd bool) { r.sum(v, yearEnd, r.watch) }

// sum is add with these figures, none if they are added up elsewhere.
func (r *Recorder) sum(v world.View, yearEnd bool, watched *watch) {
	watched.restart()
	r.all.restart()
	for k := range r.sector {
		r.sector[k].restart()
	}
	for k := range r.region {
		r.region[k].restart()
	}
	if yearEnd {
		r.cluster = r.cluster[:0]
		clear(r.place)
		for k := range v.Groups() {
			r.place[int(v.Group(k).Number)] = k
			r.cluster = append(r.cluster, tally{})
		}
		r.premium.restart(v.Sectors(), v.Groups())
	}
	at, hasSplit := v.SynergyTick()
	split := yearEnd && hasSplit && at == v.Tick()
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		s := sampleOf(v, i)
		r.all.add(&s)
		r.sector[v.Sector(i)].add(&s)
		r.region[v.Region(i)].add(&s)
		watched.add(v, i, &s)
		if !yearEnd {
			continue
		}
		own, clustered := r.place[v.Cluster(i)]
		if clustered {
			r.cluster[own].add(&s)
		}
		if split {
			x := v.Split(i)
			r.all.addSplit(x)
			r.premium.add(v, i, own, clustered)
			if clustered {
				r.cluster[own].addSplit(x)
			}
		}
	}
	if split {
		r.split = r.all.split
	}
}

// restart begins a new period.
func (r *Recorder) restart() {
	r.period = period{}
	for k := range r.sector {
		r.sector[k].births, r.sector[k].deaths = 0, 0
	}
	for k := range r.region {
		r.region[k].births, r.region[k].deaths = 0, 0
	}
}

// year writes the tables of a year's end.
func (r *Recorder) year(v world.View, tick int) error {
	r.clusterRows(v, tick)
	r.synergyRows(v, tick)
	r.premiumRows(v, tick)
	r.facilityRows(v, tick)
	r.growthRows(v, tick)
	return nil
}

// flush hands finished rows to the system, so that a killed run leaves what it had.
func (r *Recorder) flush() error {
	for _, name := range perRun() {
		if w := r.writers[name]; w != nil {
			if err := w.Flush(); err != nil {
				return fmt.Errorf("%s.csv: %w", name, err)
			}
		}
	}
	return nil
}

// Finish writes the tables of the last tick, which a view shows, and closes the run's tables. After a run that was stopped
// it does so for the tick that was reached.
func (r *Recorder) Finish(v world.View) error {
	r.end(v)
	if r.run.Replicate == 0 {
		if r.shown < r.tick {
			if err := r.mapRows(v, r.tick); err != nil {
				return err
			}
		}
		if r.linked < r.tick {
			r.tieRows(v, r.tick)
		}
		if err := r.sizeTable(v); err != nil {
			return err
		}
		for _, w := range r.once() {
			if w == nil {
				continue
			}
			if err := w.Close(); err != nil {
				return err
			}
		}
	}
	for _, name := range perRun() {
		if w := r.writers[name]; w != nil {
			if err := w.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// once lists the tables that only the first replicate writes as it goes.
func (r *Recorder) once() []*table.Writer {
	return []*table.Writer{r.growth, r.firms, r.cells, r.reach, r.ties, r.levels, r.works}
}

// Abort gives the tables up after an error: their unfinished files stay beside the marker for the next run to remove.
func (r *Recorder) Abort() {
	for _, name := range perRun() {
		if w := r.writers[name]; w != nil {
			w.Abort()
		}
	}
	for _, w := range r.once() {
		if w != nil {
			w.Abort()
		}
	}
}

// squares numbers the squares of 10 km that cells lie in.
type squares struct {
	of []int32 // by cell
	n  int
	// scratch for the index
	square, sector []int32
	jobs           []float64
}

// squareKM is the width of the squares on which concentration is measured.
const squareKM = 10

func newSquares(v world.View) squares {
	s := squares{of: make([]int32, v.Cells())}
	known := map[[2]int]int32{}
	for c := range s.of {
		at := v.CellMid(c)
		key := [2]int{int(math.Floor(at.X / squareKM)), int(math.Floor(at.Y / squareKM))}
		k, ok := known[key]
		if !ok {
			k = int32(len(known))
			known[key] = k
		}
		s.of[c] = k
	}
	s.n = len(known)
	return s
}

// wages is the employment-weighted mean wage and the unemployment of the markets that pass.
func wages(v world.View, pass func(market int) bool) (wage, unemployment float64) {
	force, employed, bill := 0.0, 0.0, 0.0
	for k := range v.Markets() {
		if v.MarketExists(k) && pass(k) {
			force += v.Force(k)
			employed += v.Employed(k)
			bill += float64(v.Employed(k) * v.MarketWage(k))
		}
	}
	return ratio(bill, employed), 1 - ratio(employed, force)
}
