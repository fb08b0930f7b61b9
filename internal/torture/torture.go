package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

type options struct {
	time    time.Duration
	first   uint64 // number of the first world
	most    uint64 // worlds; 0: no bound
	workers int
	only    string // name of a relation; empty: all
}

// A summary counts what was tried.
type summary struct {
	Worlds  int            // that ran
	Refused int            // before tick 0, with a reason
	Last    uint64         // number of the last world taken up
	Held    map[string]int // by relation
	Skipped map[string]int // by relation: the related world was refused
	Apart   map[string]int // by relation: it has nothing to say about the world
	Broken  []string       // what did not hold
	Ticks   int            // of the straight runs
	Took    time.Duration
}

// torture tries world after world until the time is up, the worlds are, or ctx is done. Its error says that something broke.
func torture(ctx context.Context, o options, log io.Writer) (*summary, error) {
	begun := time.Now()
	sum := &summary{Held: map[string]int{}, Skipped: map[string]int{}, Apart: map[string]int{}}
	var lock sync.Mutex
	next, told := o.first, begun
	take := func() (uint64, bool) {
		lock.Lock()
		defer lock.Unlock()
		if ctx.Err() != nil || time.Since(begun) > o.time || o.most > 0 && next >= o.first+o.most {
			return 0, false
		}
		if time.Since(told) > 10*time.Second {
			told = time.Now()
			fmt.Fprintf(log, "%s of %s: %d worlds, %d refused, %d broken\n", time.Since(begun).Round(time.Second), o.time, sum.Worlds, sum.Refused, len(sum.Broken))
		}
		sum.Last = next
		next++
		return next - 1, true
	}
	var all sync.WaitGroup
	for range max(o.workers, 1) {
		all.Go(func() {
			for number, ok := take(); ok; number, ok = take() {
				found := try(ctx, number, o.only)
				lock.Lock()
				sum.add(found)
				lock.Unlock()
				for _, b := range found.broken {
					fmt.Fprintln(log, b)
				}
			}
		})
	}
	all.Wait()
	sum.Took = time.Since(begun)
	if len(sum.Broken) > 0 {
		return sum, fmt.Errorf("%d relations were broken", len(sum.Broken))
	}
	return sum, nil
}

// finding is what one world gave.
type finding struct {
	refused, stopped bool
	ticks            int
	held             []string
	skipped, apart   []string
	broken           []string
}

// try runs a world straight and then tries every relation on it.
func try(ctx context.Context, number uint64, only string) finding {
	r := draw(number)
	f := finding{ticks: r.Ticks}
	var t *trial
	err := guarded(func() (err error) { t, err = begin(ctx, r); return err })
	switch {
	case errors.Is(err, context.Canceled):
		f.stopped = true
		return f
	case errors.Is(err, errRefused):
		f.refused = true
		return f
	case err != nil:
		f.broken = append(f.broken, report(ctx, number, relation{name: "runs", what: "a straight run comes to its end, with the invariants held", holds: func(*trial) error { return nil }}, r, err))
		return f
	}
	for _, rel := range relations {
		if only != "" && rel.name != only {
			continue
		}
		err := rel.on(t)
		switch {
		case err == nil:
			f.held = append(f.held, rel.name)
		case errors.Is(err, context.Canceled):
			return f
		case errors.Is(err, errRefused):
			f.skipped = append(f.skipped, rel.name)
		case errors.Is(err, errApart):
			f.apart = append(f.apart, rel.name)
		default:
			f.broken = append(f.broken, report(ctx, number, rel, r, err))
		}
	}
	return f
}

func (s *summary) add(f finding) {
	switch {
	case f.stopped:
		return
	case f.refused:
		s.Refused++
		return
	}
	s.Worlds++
	s.Ticks += f.ticks
	s.Broken = append(s.Broken, f.broken...)
	for _, name := range f.held {
		s.Held[name]++
	}
	for _, name := range f.skipped {
		s.Skipped[name]++
	}
	for _, name := range f.apart {
		s.Apart[name]++
	}
}

// text is the summary for people.
func (s *summary) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d worlds of %d ticks in all tried in %s, up to number %d; %d more were refused with a reason\n\n",
		s.Worlds, s.Ticks, s.Took.Round(time.Second), s.Last, s.Refused)
	fmt.Fprintf(&b, "%-11s %6s %8s %6s  %s\n", "relation", "held", "refused", "apart", "what must hold")
	checks, apart := 0, 0
	for _, r := range relations {
		fmt.Fprintf(&b, "%-11s %6d %8d %6d  %s\n", r.name, s.Held[r.name], s.Skipped[r.name], s.Apart[r.name], r.what)
		checks += s.Held[r.name]
		apart += s.Apart[r.name]
	}
	fmt.Fprintf(&b, "\n%d checks held, %d did not; %d more say nothing about their world\n", checks, len(s.Broken), apart)
	return b.String()
}
