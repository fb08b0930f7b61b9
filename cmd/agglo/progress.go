package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"agglo/model/world"
)

// logEvery is how often a log gets a line on how far a run is.
const logEvery = 10 * time.Second

// progress tells how far runs are: a bar on a terminal, a plain line now and then in a log, nothing with -q.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	bar   *progressbar.ProgressBar
	quiet bool
	done  int
	total int
	begun time.Time
	last  time.Time
}

// newProgress counts to a total of ticks.
func newProgress(c *console, total int) *progress {
	p := &progress{out: c.err, quiet: c.quiet, total: total, begun: time.Now(), last: time.Now()}
	if file, ok := c.err.(*os.File); ok && !c.quiet && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription("ticks"),
			progressbar.OptionShowCount(), progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	}
	return p
}

// Observe counts a tick; it is an observer of the engine and reads nothing of the world.
func (p *progress) Observe(_ world.View, tick int) error {
	if tick == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	switch {
	case p.quiet:
	case p.bar != nil:
		_ = p.bar.Add(1) // a bar that cannot be drawn must not stop a run
	case time.Since(p.last) >= logEvery:
		p.last = time.Now()
		left := time.Since(p.begun) / time.Duration(p.done) * time.Duration(p.total-p.done)
		fmt.Fprintf(p.out, "tick %d of %d (%d%%), %s left\n", p.done, p.total, 100*p.done/p.total, left.Round(time.Second))
	}
	return nil
}

// end takes the bar off the screen.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
