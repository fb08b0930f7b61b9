package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"agglo/model/world"
)

// TestProgressInALog holds a log to one plain line now and then, with ticks, percent and time left, and no bar.
func TestProgressInALog(t *testing.T) {
	var log bytes.Buffer
	p := newProgress(&console{err: &log}, 40)
	for tick := range 31 {
		if tick == 30 { // a pause of the machine of less than 1.5 s leaves the seconds as they are
			p.last = time.Now().Add(-logEvery)
			p.begun = time.Now().Add(-60 * time.Second)
		}
		if err := p.Observe(world.View{}, tick); err != nil {
			t.Fatal(err)
		}
	}
	p.end()
	if got := log.String(); !strings.HasPrefix(got, "tick 30 of 40 (75%), 20s left") || strings.Count(got, "\n") != 1 || strings.ContainsAny(got, "\r\x1b") {
		t.Errorf("the log reads %q", got)
	}
	log.Reset()
	p = newProgress(&console{err: &log, quiet: true}, 2)
	p.last = time.Now().Add(-logEvery)
	if err := p.Observe(world.View{}, 1); err != nil || log.Len() > 0 {
		t.Errorf("-q says %q, %v", log.String(), err)
	}
}

// A log gets a line on figures no more often than on ticks.
func TestFiguresInALog(t *testing.T) {
	var log bytes.Buffer
	watch, end := watchFigures(&console{err: &log}, time.Now().Add(-3*time.Second))
	for done := range 14 {
		watch(done+1, 15)
	}
	end()
	if log.Len() > 0 {
		t.Errorf("after three seconds the log reads %q", log.String())
	}
	watch, end = watchFigures(&console{err: &log}, time.Now().Add(-logEvery-2*time.Second))
	watch(12, 15)
	watch(13, 15)
	end()
	if got := log.String(); !strings.HasPrefix(got, "figure 12 of 15 (80%), 3s left") || strings.Count(got, "\n") != 1 {
		t.Errorf("the log reads %q", got)
	}
}
