package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/checkpoint"
)

// firstAlone is how much of a folder is run again if --sample does not say, where all of it takes a quarter of an hour: the first pair of
// worlds of tests of claims, the first seed of a validation.
const firstAlone = 1

// heard reads the words that a command was asked with, by its own flags.
func (v *verification) heard(cmd *cobra.Command, m *output.Manifest) error {
	if err := cmd.ParseFlags(m.Asked); err != nil {
		return fmt.Errorf("%s: what was asked for (asked) cannot be read: %w", v.path(output.ManifestFile), err)
	}
	if m.Fingerprint() != m.Command {
		v.edited()
	}
	return v.by(m.Code)
}

// claimsAgain is tests of claims that are made again.
type claimsAgain struct {
	*claimsFlags
	cmd        *cobra.Command
	m          *study.ClaimsManifest
	tests      []study.ClaimTest
	given      scenarios.Given
	facts      []checkpoint.Fact
	kept       *study.ClaimPairs // of the folder
	n          int               // pairs that are run again
	replicates int               // that the tables are made of, as far as they can be made again
	dir        string
}

// claims verifies the folder of tests of claims: the first pairs of worlds are run again and held against those that the folder keeps, and
// the tables are made again from these and the others that it keeps.
func (v *verification) claims(ctx context.Context, c *console, m *study.ClaimsManifest, sample int) error {
	x := claimsAgain{claimsFlags: &claimsFlags{}, m: m, dir: filepath.Join(v.temporary, "again")}
	x.cmd = x.command(c)
	if err := v.heard(x.cmd, &m.Manifest); err != nil {
		return err
	}
	var err error
	x.claimsFlags.replicates = m.Claims.Replicates
	if x.tests, err = x.chosen(x.cmd, m.Claims.Tests); err != nil {
		return fmt.Errorf("the tests of %s are not those of this program: %w", v.Dir, err)
	}
	if x.given, err = x.claimsFlags.given(x.cmd, x.tests); err != nil {
		return err
	}
	x.n, x.replicates = min(max(sample, firstAlone), m.Claims.Replicates), m.Claims.Replicates
	if m.Claims.Unfinished > 0 {
		x.replicates = x.n
		v.Notes = append(v.Notes, "the tests were stopped: their tables may count worlds of pairs that were not whole, and are not made again")
	}
	if m.Claims.Replicates != len(m.Runs) {
		v.edited()
	}
	x.facts = x.claimsFlags.facts(x.tests, x.given)
	if err := v.keptPairs(&x); err != nil {
		return err
	}
	if err := v.runPairs(ctx, c, &x); err != nil {
		return err
	}
	if err := v.samePairs(&x); err != nil {
		return err
	}
	if m.Claims.Unfinished > 0 {
		v.tables(&m.Manifest, func(string) verified { return verified{note: "it is of pairs that may not have been whole"} })
		return v.manifest(x.dir, "claims.unfinished")
	}
	v.tables(&m.Manifest, func(string) verified { return verified{with: x.dir} })
	if err := v.sameFile(x.dir, study.ClaimsPage); err != nil {
		return err
	}
	return v.manifest(x.dir)
}

// keptPairs reads the pairs that the folder keeps.
func (v *verification) keptPairs(x *claimsAgain) (err error) {
	x.kept, err = study.OpenClaimPairs(v.Dir, x.m.Code.Version, x.facts, true)
	if errors.Is(err, output.ErrOccupied) {
		v.Faults = append(v.Faults, fmt.Sprintf("the pairs of worlds are not of this work, and count as missing: %v", err))
		x.kept, err = study.OpenClaimPairs(v.Dir, x.m.Code.Version, x.facts, false)
	}
	if err != nil {
		return err
	}
	for _, where := range x.kept.Damaged {
		v.Faults = append(v.Faults, "damaged, and not read: "+where.String())
	}
	if missing := x.replicates - x.kept.Held(x.replicates); missing > 0 && x.m.Claims.Unfinished == 0 && len(x.kept.Damaged) == 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%s holds %d of %d pairs; the others are run again", v.path(output.PairsDir), x.kept.Held(x.replicates), x.replicates))
	}
	return nil
}

// runPairs runs pairs again, and puts the tables together with those that are kept, in a folder of its own.
func (v *verification) runPairs(ctx context.Context, c *console, x *claimsAgain) error {
	now := x.kept.Elsewhere(x.dir, x.n)
	v.Runs, v.Of = x.replicates-now.Held(x.replicates), x.m.Claims.Replicates
	plan, err := planClaims(ctx, c, x.tests, x.given)
	if err != nil {
		return err
	}
	base, err := x.claimsFlags.manifest(x.cmd, x.tests, x.given)
	if err != nil {
		return err
	}
	folder, err := study.ReserveClaims(x.dir, base, x.tests, x.given.Set, x.m.Claims.Replicates, now, false)
	if err != nil {
		return err
	}
	bar := newProgress(c, plan.Work(x.replicates, now))
	r, err := plan.Run(ctx, study.ClaimOptions{Replicates: x.replicates, Threads: v.threads, Pairs: now, Watch: bar})
	bar.end()
	if err != nil {
		return err
	}
	return folder.Write(r, 0)
}

// samePairs holds the pairs that were run again against those that are kept.
func (v *verification) samePairs(x *claimsAgain) error {
	made, err := study.OpenClaimPairs(x.dir, x.m.Code.Version, x.facts, true)
	if err != nil {
		return err
	}
	for k := range x.n {
		if x.kept.Has(k) && !x.kept.Same(made, k) {
			v.Faults = append(v.Faults, fmt.Sprintf("pair %d of %s is not what the run made again gives", k, v.path(output.PairsDir)))
		}
	}
	if kept := x.replicates - v.Runs; kept > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%s of worlds run again; the tables are made again from %s and the %s that %s keeps", count(v.Runs, "pair"), map[bool]string{true: "it", false: "them"}[v.Runs == 1],
			count(kept, "other"), v.path(output.PairsDir)))
	}
	return nil
}

// validation verifies the folder of a validation: its first seeds are run again in every world.
func (v *verification) validation(ctx context.Context, c *console, m *study.ValidateManifest, sample int) error {
	f := validateFlags{}
	cmd := f.command(c)
	if err := v.heard(cmd, &m.Manifest); err != nil {
		return err
	}
	v.Of = m.Validation.Seeds
	if v.Of != len(m.Runs) {
		v.edited()
	}
	if f.off {
		v.tables(&m.Manifest, func(string) verified { return verified{note: "it is of all seeds"} })
		v.Notes = append(v.Notes, "no run is made again: the tables of switches are of all seeds together, and their command makes them again")
		return nil
	}
	f.out, f.seeds = filepath.Join(v.temporary, "again"), min(max(sample, firstAlone), m.Validation.Seeds)
	x := f.choose(cmd, cmd.Flags().Args(), v.threads)
	texts := map[string]string{}
	base, err := x.resolve(cmd, texts)
	if err != nil {
		return err
	}
	if err := x.reserve(cmd, c, base, texts); err != nil {
		return err
	}
	r, p, err := x.run(ctx, c)
	if err != nil {
		return err
	}
	if err := x.folder.Write(r, p, 0); err != nil {
		return err
	}
	v.Runs = f.seeds
	seeds := study.SeedsOf(r, p)
	v.tables(&m.Manifest, func(name string) verified {
		how := verified{with: f.out}
		switch {
		case v.Runs == v.Of && m.Validation.Unfinished == 0 || name == "dictionary.csv":
		case name == "facts_seeds.csv" || name == "published_seeds.csv":
			how.keep = func(cell func(string) string) bool {
				seed, err := strconv.ParseUint(cell("seed"), 10, 64)
				return err == nil && seeds[seed]
			}
		default:
			return verified{note: "it is of all seeds"}
		}
		return how
	})
	var besides []string
	if v.Runs < v.Of || m.Validation.Unfinished > 0 {
		besides = slices.Concat(ofAllRuns, []string{"validation.seeds", "validation.unfinished", "validation.done"})
	}
	return v.manifest(f.out, besides...)
}
