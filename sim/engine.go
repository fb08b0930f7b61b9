// Package sim is the engine: it walks a world through phases, tick by tick, on any number of workers, and shows it to
// observers. It knows no firm; the world is a type parameter. The same world and phases give the same bits for any
// number of workers, with any observers, and whether or not a run was cut in two.
package sim

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// BlockRows is how many rows an Each phase is handed at once when the phase does not say. It is fixed, so that sums made
// block by block do not depend on the number of workers.
const BlockRows = 1024

// A Phase is one step of a tick. It has either Each or Once, never both.
type Phase[W any] struct {
	Name  string                       // what the phase does, for error messages and profiles
	Rows  func(w *W) int               // how many rows Each walks; nil for Once
	Block int                          // rows handed to Each at once; 0 means BlockRows
	Ready func(w *W)                   // runs alone before Each, to make room; may be nil
	Each  func(w *W, tick, lo, hi int) // rows lo to hi-1: reads what is settled, writes its own rows only
	Once  func(w *W, tick int) error   // runs alone, may write anything
	When  func(tick int) bool          // nil means: every tick
}

// An Observer is shown the world after tick 0 and after each tick. V is a view that cannot write.
type Observer[V any] interface {
	// Observe reads the world at a tick. An error stops the run.
	Observe(v V, tick int) error
}

// An Engine runs phases over a world W and shows it to observers as a V.
type Engine[W, V any] struct {
	World     *W
	View      func(*W) V
	Phases    []Phase[W]
	Check     func(w *W, tick int) error // invariants, after each tick; may be nil
	Observers []Observer[V]
	Threads   int  // workers; 0 means all processors that Go may use
	Tick      int  // the tick that the world has reached
	shown     bool // the start has been shown
}

// Run takes the world from its tick to the tick end. At a fresh world (tick 0) observers are shown the start first. It
// stops between ticks when ctx is done and then returns ctx's error; the world stays whole and Run may be called again.
// Errors of phases, observers and checks name the phase and the tick.
func (e *Engine[W, V]) Run(ctx context.Context, end int) error {
	if err := e.faulty(); err != nil {
		return err
	}
	if e.Tick == 0 && !e.shown {
		e.shown = true
		if err := e.observe(); err != nil {
			return err
		}
	}
	for e.Tick < end {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.step(e.Tick + 1); err != nil {
			return err
		}
	}
	return nil
}

// step runs one tick: all phases, the check, the observers.
func (e *Engine[W, V]) step(tick int) error {
	threads := e.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	for i := range e.Phases {
		p := &e.Phases[i]
		if p.When != nil && !p.When(tick) {
			continue
		}
		if p.Once != nil {
			if err := p.Once(e.World, tick); err != nil {
				return fmt.Errorf("tick %d: %s: %w", tick, p.Name, err)
			}
			continue
		}
		walk(e.World, p, tick, threads)
	}
	e.Tick = tick
	if e.Check != nil {
		if err := e.Check(e.World, tick); err != nil {
			return fmt.Errorf("tick %d: %w", tick, err)
		}
	}
	return e.observe()
}

func (e *Engine[W, V]) observe() error {
	if len(e.Observers) == 0 {
		return nil
	}
	v := e.View(e.World)
	for _, o := range e.Observers {
		if err := o.Observe(v, e.Tick); err != nil {
			return fmt.Errorf("tick %d: %w", e.Tick, err)
		}
	}
	return nil
}

// faulty says what is wrong with the list of phases: a phase must be Each with Rows, or Once.
func (e *Engine[W, V]) faulty() error {
	for _, p := range e.Phases {
		if (p.Each == nil) == (p.Once == nil) {
			return fmt.Errorf("phase %q: want Each or Once, and not both", p.Name)
		}
		if (p.Each == nil) != (p.Rows == nil) {
			return fmt.Errorf("phase %q: Rows goes with Each", p.Name)
		}
	}
	return nil
}

// walk hands the blocks of one Each phase to workers. Blocks are the same whatever the number of workers; who takes
// which block is not, and must not matter, because a block writes its own rows only.
func walk[W any](w *W, p *Phase[W], tick, threads int) {
	if p.Ready != nil {
		p.Ready(w)
	}
	rows := p.Rows(w)
	block := p.Block
	if block <= 0 {
		block = BlockRows
	}
	blocks := (rows + block - 1) / block
	if threads > blocks {
		threads = blocks
	}
	if threads <= 1 {
		for lo := 0; lo < rows; lo += block {
			p.Each(w, tick, lo, min(lo+block, rows))
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	work := func() {
		for {
			b := int(next.Add(1)) - 1
			if b >= blocks {
				return
			}
			p.Each(w, tick, b*block, min((b+1)*block, rows))
		}
	}
	for range threads - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
}
