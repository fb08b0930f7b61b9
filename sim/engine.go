// Package sim is the engine: it walks a world through phases, tick by tick, on any number of workers, and shows it to
// observers. It knows no firm; the world is a type parameter. The same world and phases give the same bits for any
// number of workers, with any observers, and whether or not a run was cut in two.
package sim

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
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

	// Beside names the Each that comes next. Then Once runs on one worker while others begin with that Each, so that they do not wait.
	// Neither may read or write what the other writes, and Rows and Ready, which come before both, may have nothing to do with Once. Where there is one
	// worker, or another phase is due next, Once runs alone.
	Beside string
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
	var beside *Phase[W] // waits for its Each
	for i := range e.Phases {
		p := &e.Phases[i]
		if p.When != nil && !p.When(tick) {
			continue
		}
		if beside != nil && (p.Each == nil || p.Name != beside.Beside) {
			if err := beside.once(e.World, tick); err != nil {
				return err
			}
			beside = nil
		}
		switch {
		case p.Each != nil:
			if err := walk(e.World, p, beside, tick, threads); err != nil {
				return err
			}
			beside = nil
		case p.Beside != "":
			beside = p
		default:
			if err := p.once(e.World, tick); err != nil {
				return err
			}
		}
	}
	if err := beside.once(e.World, tick); err != nil {
		return err
	}
	e.Tick = tick
	if e.Check != nil {
		if err := e.Check(e.World, tick); err != nil {
			return fmt.Errorf("tick %d: %w", tick, err)
		}
	}
	return e.observe()
}

// once runs a phase that has Once; nil has nothing to run.
func (p *Phase[W]) once(w *W, tick int) error {
	if p == nil {
		return nil
	}
	if err := p.Once(w, tick); err != nil {
		return fmt.Errorf("tick %d: %s: %w", tick, p.Name, err)
	}
	return nil
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
	for k, p := range e.Phases {
		if (p.Each == nil) == (p.Once == nil) {
			return fmt.Errorf("phase %q: want Each or Once, and not both", p.Name)
		}
		if (p.Each == nil) != (p.Rows == nil) {
			return fmt.Errorf("phase %q: Rows goes with Each", p.Name)
		}
		if p.Beside != "" && p.Once == nil {
			return fmt.Errorf("phase %q: Beside goes with Once", p.Name)
		}
		if p.Beside != "" && !slices.ContainsFunc(e.Phases[k+1:], func(q Phase[W]) bool { return q.Name == p.Beside && q.Each != nil }) {
			return fmt.Errorf("phase %q: is to run beside %q, and no Each of that name follows", p.Name, p.Beside)
		}
	}
	return nil
}

// walk hands the blocks of one Each phase to workers, one of whom first runs the phase beside it; nil = there is none. Blocks are the same
// whatever the number of workers; who takes which block is not, and must not matter, because a block writes its own rows only.
//
// A worker takes some blocks in a row: much at first, and ever less, so that all end together (Polychronopoulos and Kuck 1987,
// doi:10.1109/TC.1987.5009495). At the end of a block a rule calls what the next one needs, which was in vain where another worker took that.
func walk[W any](w *W, p, beside *Phase[W], tick, threads int) error {
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
		err := beside.once(w, tick)
		for lo := 0; lo < rows; lo += block {
			p.Each(w, tick, lo, min(lo+block, rows))
		}
		return err // when both are done, as with more workers
	}
	var taken atomic.Int64
	var group sync.WaitGroup
	work := func() {
		for {
			first := int(taken.Load())
			end := first + runLength(blocks-first, threads)
			if first == end {
				return
			}
			if !taken.CompareAndSwap(int64(first), int64(end)) {
				continue // another worker was faster
			}
			for lo := first * block; lo < min(end*block, rows); lo += block {
				p.Each(w, tick, lo, min(lo+block, rows))
			}
		}
	}
	var broken atomic.Pointer[string]
	for range threads - 1 {
		group.Go(func() {
			defer func() {
				if fault := recover(); fault != nil { // for whoever called, who may go on without this world
					told := fmt.Sprintf("%v\n%s", fault, debug.Stack())
					broken.CompareAndSwap(nil, &told)
				}
			}()
			work()
		})
	}
	defer func() {
		group.Wait() // whatever becomes of Once, nobody works on when this ends
		if told := broken.Load(); told != nil {
			panic(*told)
		}
	}()
	err := beside.once(w, tick)
	work()
	return err
}

// runLength is how many blocks a worker takes when so many are left: a quarter of its part of them, one at least.
func runLength(left, workers int) int { return min(max(left/(4*workers), 1), left) }
