package main

import (
	"fmt"
	"time"
)

// newSteps counts to a total of things that are no ticks.
func newSteps(c *console, total int, what string) *steps {
	s := &steps{progress: newProgress(c, total), what: what}
	if s.bar != nil {
		s.bar.Describe(what + "s")
		_ = s.bar.RenderBlank() // the first step can take minutes
	}
	return s
}

// steps tells how far a long measure is, as progress does for runs.
type steps struct {
	*progress
	what string
}

// step counts one more.
func (s *steps) step() { s.add(1) }

// add counts n more.
func (s *steps) add(n int) {
	if n <= 0 {
		return
	}
	s.done += n
	switch {
	case s.quiet:
	case s.bar != nil:
		_ = s.bar.Add(n) // a bar that cannot be drawn must not stop the work
	case s.done < s.total && time.Since(s.last) >= logEvery:
		s.last = time.Now()
		left := time.Since(s.begun) / time.Duration(s.done) * time.Duration(s.total-s.done)
		fmt.Fprintf(s.out, "%s %d of %d (%d%%), %s left\n", s.what, s.done, s.total, 100*s.done/s.total, left.Round(time.Second))
	}
}
