package model

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"agglo/model/world"
)

// Branch makes an engine that goes on from where e stands, on a copy of its world, under the setup s: the same setting and
// seed, and the same policies and parameters but for what s changes. e stays as it is and may run on, also at the same time.
//
// A policy that is new in s begins an empty book; one that s leaves out keeps its book, and its works stand, but it acts no
// more; one of the same id goes on with what it has spent. A parameter acts from the next tick on. The yardsticks of the
// start stay those that e began with. A setting or a seed that is not e's, and a parameter that would need another map
// (labour.market_km), are returned as errors, with all else that New would refuse.
func Branch(e *Engine, s Setup) (*Engine, error) {
	if err := errors.Join(s.check(), s.departs(e.World)); err != nil {
		return nil, err
	}
	b, err := goOn(e.World.Clone(), &s)
	if err != nil {
		return nil, err
	}
	b.Threads = e.Threads
	return b, nil
}

// departs says where a setup leaves the setting, the seed or the map of a world that is to go on under it.
func (s *Setup) departs(w *world.World) error {
	var faults []error
	was, is := reflect.ValueOf(w.Setting).Elem(), reflect.ValueOf(&s.Setting).Elem()
	for k := range was.NumField() {
		if !reflect.DeepEqual(was.Field(k).Interface(), is.Field(k).Interface()) {
			faults = append(faults, fmt.Errorf("branch at tick %d: the setting has other %s: only policies and parameters may differ",
				w.Now.Tick, was.Type().Field(k).Name))
		}
	}
	if s.Seed != uint64(w.Seed) {
		faults = append(faults, fmt.Errorf("branch at tick %d: seed %d: want %d, as before", w.Now.Tick, s.Seed, w.Seed))
	}
	if km := s.Params.Labour.MarketKM; km != w.Ranges.Market {
		faults = append(faults, fmt.Errorf("branch at tick %d: labour.market_km = %g: want %g, as before: people live in these markets",
			w.Now.Tick, km, w.Ranges.Market))
	}
	return errors.Join(faults...)
}

// goOn makes the engine of a world that has been running, under a setup that fits it; the world is the engine's from now on.
func goOn(w *world.World, s *Setup) (*Engine, error) {
	w.Params = s.Params.Economy
	if w.Ranges != s.Params.ranges() {
		if err := layAnew(w, &s.Params); err != nil {
			return nil, err
		}
	}
	return assemble(w, s, newRules(w, &s.Params))
}

// layAnew gives a world with firms the kernels of other ranges. Its cells and labour markets stay.
func layAnew(w *world.World, p *Params) error {
	fresh := &world.World{Setting: w.Setting}
	if err := layOut(fresh, p); err != nil {
		return err
	}
	w.Ground, w.Ranges = fresh.Ground, fresh.Ranges
	for i, id := range w.Firms.ID {
		if id != 0 {
			w.Place(i, int(w.Firms.Area[i]), world.Point{X: w.Firms.X[i], Y: w.Firms.Y[i]})
		}
	}
	return nil
}

// Save writes all that lasts of an engine's world, between two ticks; Resume reads it.
func Save(e *Engine, to io.Writer) error { return e.World.Encode(to) }

// Resume makes the engine that goes on from what Save has written, in size bytes, under the same setup. Its ticks are those
// that the saved engine would have had, to the last bit.
func Resume(s Setup, from io.Reader, size int64) (*Engine, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	w := &world.World{Setting: &s.Setting}
	if err := layOut(w, &s.Params); err != nil {
		return nil, err
	}
	laid := w.Ranges
	if err := w.Decode(from, size); err != nil {
		return nil, err
	}
	if uint64(w.Seed) != s.Seed || w.Ranges != laid {
		return nil, fmt.Errorf("the state is of seed %d and distances %+v: want %d and %+v", w.Seed, w.Ranges, s.Seed, laid)
	}
	return goOn(w, &s)
}
