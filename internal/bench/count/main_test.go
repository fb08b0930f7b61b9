package main

import (
	"testing"

	"agglo/internal/bench"
)

// The quarters that are counted are those behind the warm-up.
func TestCount(t *testing.T) {
	if total, err := count(t.Context(), bench.Plan{Firms: 300, Ticks: 2, Threads: 1}); err != nil || total < 500 || total > 700 {
		t.Errorf("%d firms and quarters (%v), want about 600", total, err)
	}
	if _, err := count(t.Context(), bench.Plan{Ticks: 2, Threads: 1}); err == nil {
		t.Error("a region without firms was counted")
	}
}
