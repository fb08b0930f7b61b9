package class

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"agglo/internal/study"
)

// An order is a world that a student waits for.
type order struct {
	slot
	round  int
	seat   *seat
	stop   context.CancelFunc // of the run; nil while it waits
	tick   atomic.Int64
	denied bool // its result is not wanted any more
}

// A history is a world that is done.
type history struct {
	slot
	seat   int // number of the student
	seed   uint64
	value  float64 // of the outcome at the end
	result *study.Alone
	path   [][2]float64
	film   []byte // nil = it had to go
}

// RunWorld begins what a student runs next in a round: arm is her choice where students choose.
func (c *Class) RunWorld(token string, round, arm int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[token]
	switch {
	case s == nil:
		return ErrToken
	case c.task == nil:
		return ErrNoTask
	case round != c.round:
		return ErrRound
	case c.frozen:
		return ErrFrozen
	case s.pending > 0:
		return ErrPending
	case len(s.owed) == 0 && (s.sets(c.task) >= c.task.Each || s.tries >= 2*c.task.Each):
		return ErrQuota
	case c.task.Deal == Choose && (arm < 0 || arm >= len(c.task.arms)), c.task.Deal != Choose && arm != 0:
		return ErrArm
	}
	n := 1
	if c.task.Deal == All {
		n = len(c.task.arms)
	}
	if len(c.done)+len(c.queue)+len(c.running)+n > c.options.Worlds {
		return ErrWorlds
	}
	s.tries++
	s.seen = c.options.Now()
	slots := s.owed
	if s.owed = nil; slots == nil {
		slots = c.dealer.give(arm)
	}
	for _, x := range slots {
		c.queue = append(c.queue, &order{slot: x, round: c.round, seat: s})
		s.pending++
	}
	c.work.Broadcast()
	s.tell()
	c.touch()
	return nil
}

// sets is how many times a student has run what each runs at once.
func (s *seat) sets(t *task) int {
	if t.Deal == All {
		return (len(s.worlds) + len(t.arms) - 1) / len(t.arms)
	}
	return len(s.worlds)
}

// compute takes orders until ctx is done.
func (c *Class) compute(ctx context.Context) {
	for {
		c.mu.Lock()
		for len(c.queue) == 0 && ctx.Err() == nil {
			c.work.Wait()
		}
		if ctx.Err() != nil {
			c.mu.Unlock()
			return
		}
		o, t := c.queue[0], c.task
		c.queue = slices.Delete(c.queue, 0, 1)
		c.running = append(c.running, o)
		run, stop := context.WithTimeoutCause(ctx, c.options.Longest, errTooLong)
		o.stop = stop
		for _, waits := range c.queue { // they have moved up
			waits.seat.tell()
		}
		o.seat.tell()
		c.touch()
		c.mu.Unlock()
		w, err := c.simulate(run, o, t)
		stop()
		c.settle(ctx, o, w, err, context.Cause(run))
	}
}

// simulate runs the world of an order.
func (c *Class) simulate(ctx context.Context, o *order, t *task) (*history, error) {
	eye := newCamera(t, func(tick int) { o.tick.Store(int64(tick)) })
	a := t.arms[o.arm]
	result, err := t.sweep.RunAlone(ctx, a.point, o.replicate, a.policy, 1, eye)
	if err != nil {
		return nil, err
	}
	w := &history{slot: o.slot, seed: result.Seed, value: t.sweep.Last(result, t.Metric), result: result, path: eye.path, film: eye.film}
	if math.IsNaN(w.value) {
		return nil, errNoResult
	}
	return w, nil
}

// settle takes what came out of an order. What comes after the class was frozen or another round was begun counts for nothing.
func (c *Class) settle(ctx context.Context, o *order, w *history, err, cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = slices.DeleteFunc(c.running, func(x *order) bool { return x == o })
	if o.denied || ctx.Err() != nil {
		return
	}
	o.seat.pending--
	if err != nil {
		if cause == errTooLong {
			err = errTooLong
		}
		c.failed = append(c.failed, fmt.Sprintf("%d: %v", o.seat.number, err))
	} else {
		w.seat = o.seat.number
		c.done = append(c.done, w)
		o.seat.worlds = append(o.seat.worlds, w)
		c.films += len(w.film)
		for k := 0; c.films > c.options.FilmBytes && k < len(c.done); k++ {
			c.films -= len(c.done[k].film)
			c.done[k].film = nil
		}
	}
	o.seat.tell()
	c.touch()
}

// deny gives up what is under way: worlds that wait go back to be dealt again, those that run are stopped. The lock is held.
func (c *Class) deny(unwanted func(o *order) bool) {
	for _, o := range slices.Concat(c.running, c.queue) {
		if o.denied || !unwanted(o) {
			continue
		}
		o.denied = true
		if o.stop != nil {
			o.stop()
		}
		o.seat.pending--
		o.seat.tries = max(0, o.seat.tries-1)
		if c.task.Deal == All {
			o.seat.owed = append(o.seat.owed, o.slot)
		} else {
			c.dealer.back = append(c.dealer.back, o.slot)
		}
	}
	c.queue = slices.DeleteFunc(c.queue, func(o *order) bool { return o.denied })
	slices.SortFunc(c.dealer.back, func(a, b slot) int { return (a.replicate-b.replicate)*1000 + a.arm - b.arm })
}
