package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"strings"

	"agglo/model"
	"agglo/model/world"
	"agglo/scenarios"
)

// errApart says that a relation has nothing to say about a world: it is not counted as held.
var errApart = errors.New("does not apply")

// errRefused is in the error of a world that is refused before tick 0, with the reason: no fault of the program.
var errRefused = errors.New("refused")

// prints is the fingerprint of a world, see world.World.Fingerprint.
type prints map[string]uint64

// A trial is a world under test: its recipe, and what a straight run of it on one thread gives.
type trial struct {
	ctx    context.Context
	recipe recipe
	dice   maker // for what a relation draws: where to interrupt, how many threads; see relation.on
	middle int   // a tick between start and end
	half   prints
	end    prints
	books  *world.Audit // of the straight run
}

// begin runs a recipe straight.
func begin(ctx context.Context, r recipe) (*trial, error) {
	t := &trial{ctx: ctx, recipe: r, middle: 1 + int(r.Seed%uint64(r.Ticks-1))}
	s, err := t.setup(r)
	if err != nil {
		return nil, err
	}
	e, err := start(s, 1)
	if err != nil {
		return nil, err
	}
	t.books = model.Audit(e, &s)
	if t.half, err = t.to(e, t.middle); err != nil {
		return nil, err
	}
	t.end, err = t.to(e, r.Ticks)
	return t, err
}

// setup is what the model needs of a recipe.
func (t *trial) setup(r recipe) (model.Setup, error) {
	s, err := r.scenario()
	if err != nil {
		return model.Setup{}, fmt.Errorf("%w: %w", errRefused, err)
	}
	return setupOf(s)
}

func setupOf(s *scenarios.Scenario) (model.Setup, error) {
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		return setup, fmt.Errorf("%w: %w", errRefused, err)
	}
	return setup, nil
}

// engine is a recipe's world at tick 0.
func (t *trial) engine(r recipe, threads int) (*model.Engine, error) {
	s, err := t.setup(r)
	if err != nil {
		return nil, err
	}
	return start(s, threads)
}

func start(s model.Setup, threads int) (*model.Engine, error) {
	e, err := model.New(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errRefused, err)
	}
	e.Threads = threads
	return e, nil
}

// to takes an engine to a tick.
func (t *trial) to(e *model.Engine, tick int) (prints, error) {
	if err := e.Run(t.ctx, tick); err != nil {
		return nil, err
	}
	return e.World.Fingerprint(), nil
}

// whole runs a recipe from start to end.
func (t *trial) whole(r recipe, threads int) (prints, error) {
	e, err := t.engine(r, threads)
	if err != nil {
		return nil, err
	}
	return t.to(e, r.Ticks)
}

// same says in which parts two worlds differ, but for those named; a name that ends with a dot stands for all of a part.
func same(want, got prints, but ...string) error {
	var parts []string
	for part, h := range want {
		free := func(name string) bool {
			return name == part || strings.HasSuffix(name, ".") && strings.HasPrefix(part, name)
		}
		if got[part] != h && !slices.ContainsFunc(but, free) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	slices.Sort(parts)
	return fmt.Errorf("%d parts differ: %s", len(parts), strings.Join(parts, " "))
}

// saved is a checkpoint of an engine.
func saved(e *model.Engine) ([]byte, error) {
	var b bytes.Buffer
	err := model.Save(e, &b)
	return b.Bytes(), err
}

// sound looks at what must hold after every tick: the invariants, and money that only declared flows change.
func sound(w *world.World) error {
	if err := w.Invariants(); err != nil {
		return fmt.Errorf("tick %d: %w", w.Now.Tick, err)
	}
	if gap := math.Abs(w.Money.Gap); !(gap <= 1e-9*max(w.Money.Turnover, 1)) {
		return fmt.Errorf("tick %d: money gap %g of turnover %g", w.Now.Tick, gap, w.Money.Turnover)
	}
	return nil
}

// guarded turns a panic into an error that names the line.
func guarded(what func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return what()
}
