package output

import (
	"slices"

	"agglo/model/world"
)

// A Finder takes published figures off a run that writes no folder. It is an observer, and must be shown every tick from 0 on.
type Finder struct {
	r     *Recorder
	list  []Wanted
	ticks []int // at which a figure is taken
}

// NewFinder makes the finder of published figures.
func NewFinder(list []Wanted) *Finder {
	f := &Finder{r: &Recorder{place: map[int]int{}, columns: seriesColumns()}, list: list}
	for k := range list {
		f.ticks = append(f.ticks, list[k].Tick, list[k].From)
	}
	return f
}

// Observe counts a tick, and takes the figures that are due.
func (f *Finder) Observe(v world.View, tick int) error {
	r := f.r
	if tick == 0 {
		r.sector, r.region, r.squares = make([]tally, v.Sectors()), make([]tally, v.Regions()), newSquares(v)
		r.watch = newWatch(v, f.list)
	} else {
		r.watch.count(v)
	}
	yearEnd, due := tick%world.TicksPerYear == 0, slices.Contains(f.ticks, tick)
	if yearEnd || due { // the split of value added is taken at years' ends
		r.add(v, yearEnd)
	}
	if !due {
		return nil
	}
	r.moment(v)
	for k := range f.list {
		r.watch.values[[2]int{k, tick}] = f.list[k].amount(r.wanted(v, k), tick)
	}
	return nil
}

// Value is a figure as the run has it; NaN where it does not exist, or was not reached.
func (f *Finder) Value(k int) float64 { return f.r.told(k) }
