package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// Every claim of the article is there, in order; its tests can be planned, and what cannot be tested says why.
func TestClaimsAreComplete(t *testing.T) {
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, x := range c.Tests {
		if !slices.Contains(ids, x.Claim()) {
			ids = append(ids, x.Claim())
		}
		if x.Needs != nil && len(x.Needs.Why) < 20 {
			t.Errorf("%s: no reason why it cannot be tested: %q", x.ID, x.Needs.Why)
		}
	}
	for k := range 30 {
		if want := fmt.Sprintf("C%d", k+1); k >= len(ids) || ids[k] != want {
			t.Fatalf("claims %v: want C1 to C30 in order", ids)
		}
	}
	work, err := ClaimWork(c.Tests, ClaimOptions{Replicates: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tests, %d ticks a replicate", len(c.Tests), work)
}
