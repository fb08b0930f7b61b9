package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// report makes a world that breaks a relation smaller as long as it still breaks it, and writes it down.
func report(ctx context.Context, number uint64, rel relation, r recipe, why error) string {
	small, reason := shrink(ctx, rel, r, why)
	var b strings.Builder
	fmt.Fprintf(&b, "BROKEN: %s (%s) in world %d; again with -first %d -worlds 1 -only %s\n%v\n", rel.name, rel.what, number, number, rel.name, reason)
	fmt.Fprintf(&b, "the smallest world found that breaks it:\n%s", small.yaml())
	for _, p := range small.Params {
		fmt.Fprintf(&b, "# --set %s=%s\n", p.Path, p.Value)
	}
	return b.String()
}

// shrink leaves out policies, shocks, institutions, parameters, places and ticks, one at a time, as long as the relation stays
// broken.
func shrink(ctx context.Context, rel relation, r recipe, why error) (recipe, error) {
	broken := func(r recipe) error {
		err := guarded(func() error {
			t, err := begin(ctx, r)
			if err != nil {
				return err
			}
			return rel.on(t)
		})
		if errors.Is(err, errRefused) || errors.Is(err, errApart) || errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	}
	for changed := true; changed; {
		changed = false
		for _, smaller := range cuts(r) {
			if err := broken(smaller); err != nil {
				r, why, changed = smaller, err, true
				break
			}
		}
	}
	return r, why
}

// cuts lists the recipes with one thing less.
func cuts(r recipe) []recipe {
	var all []recipe
	for k := range r.Policies {
		c := r
		c.Policies = slices.Delete(slices.Clone(r.Policies), k, k+1)
		all = append(all, c)
	}
	for k := range r.Params {
		c := r
		c.Params = slices.Delete(slices.Clone(r.Params), k, k+1)
		all = append(all, c)
	}
	for k := range r.Institutions {
		c := r
		c.Institutions = slices.Delete(slices.Clone(r.Institutions), k, k+1)
		all = append(all, c)
	}
	for k := range r.Shocks {
		c := r
		c.Shocks = slices.Delete(slices.Clone(r.Shocks), k, k+1)
		all = append(all, c)
	}
	if r.Ticks > 4 {
		c := r
		c.Ticks--
		all = append(all, c)
	}
	return all
}
