package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/checkpoint"
	"agglo/sim/param"
)

// ordinaryHalfWidth is what --replicates auto asks for if --until does not say, % of the baseline.
const ordinaryHalfWidth = .5

// checkPairs reads how many pairs are wanted.
func (f *compareFlags) checkPairs(cmd *cobra.Command) error {
	if f.pairs != "auto" {
		var faults []error
		for _, name := range []string{"until", "most"} {
			if cmd.Flags().Changed(name) {
				faults = append(faults, usagef("--%s goes with --replicates auto", name))
			}
		}
		n, err := strconv.Atoi(f.pairs)
		if err != nil || n < 1 || n > 100_000 {
			faults = append(faults, usagef("--replicates %s: want 1 to 100000, or auto", f.pairs))
		}
		f.replicates = n
		return errors.Join(faults...)
	}
	var faults []error
	if f.most < 2 || f.most > 100_000 {
		faults = append(faults, usagef("--most %d: want 2 to 100000 pairs", f.most))
	}
	f.enough = &study.Until{HalfWidth: ordinaryHalfWidth, Most: f.most}
	f.replicates = f.most
	if f.until != "" {
		metric, width, _ := strings.Cut(f.until, "=")
		x, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(width), "%"), 64)
		if err != nil || !(x > 0 && x <= 1000) {
			faults = append(faults, usagef("--until %s: want METRIC=PERCENT, such as jobs=.5, above 0", f.until))
		}
		if metric == "public_cost" {
			faults = append(faults, usagef("--until %s: public_cost is what a policy decides on, no effect; want another outcome", f.until))
		} else if err := knownMetric("--until", metric); err != nil {
			faults = append(faults, err)
		}
		f.enough.Metric, f.enough.HalfWidth = metric, x
	}
	return errors.Join(faults...)
}

// knownMetric refuses an outcome that there is not, with the name that was probably meant.
func knownMetric(flag, name string) error {
	if slices.Contains(study.Metrics(), name) {
		return nil
	}
	hint := ""
	if near, ok := param.Nearest(name, study.Metrics()); ok {
		hint = ": did you mean " + near + "?"
	}
	return usagef("%s %s: there is no such outcome%s", flag, name, hint)
}

// pairsThere are the pairs that the folder holds and this comparison keeps: none without --resume.
func (f *compareFlags) pairsThere(c *console, setup model.Setup, arms []study.Arm) (*study.Pairs, error) {
	pairs, err := f.openPairs(setup, arms, f.resume)
	if err != nil {
		return nil, err
	}
	if f.enough != nil { // as many as it takes
		return pairs, tellKept(c, f.out, pairs, max(f.replicates, pairs.Last()))
	}
	return pairs, tellKept(c, f.out, pairs, f.replicates)
}

// mostDamages is how many damages to the pairs of a folder are told without -v.
const mostDamages = 5

// tellKept says which pairs of a folder are kept, and refuses a number of them that would leave some out.
func tellKept[T any](c *console, dir string, pairs *study.Kept[T], replicates int) error {
	if last := pairs.Last(); last > replicates {
		return usagef("--replicates %d: %s holds %d pairs, and --resume leaves none out: want %[3]d or more", replicates, dir, last)
	}
	for k, where := range pairs.Damaged {
		if k == mostDamages && !c.verbose {
			c.say("note: %s more; -v tells all", count(len(pairs.Damaged)-k, "damage"))
			break
		}
		c.say("note: damaged, and not read: %s; the pairs that it held are done again", where)
	}
	if held := pairs.Held(replicates); held > 0 {
		c.say("%s of worlds kept", count(held, "pair"))
	}
	return nil
}

// orResume adds to the refusal of a folder that its pairs can be kept, if they can; open reads them.
func orResume[T any](err error, dir string, open func() (*study.Kept[T], error)) error {
	if !errors.Is(err, output.ErrOccupied) || output.Unfinished(dir) != nil {
		return err
	}
	if pairs, fault := open(); fault == nil && pairs.Last() > 0 {
		err = fmt.Errorf("%w; or with --resume keep its %s of worlds and run the others", err, count(pairs.Last(), "pair"))
	}
	return err
}

// openPairs makes the store of pairs in the folder, with those that are there if read is set.
func (f *compareFlags) openPairs(setup model.Setup, arms []study.Arm, read bool) (*study.Pairs, error) {
	code, err := exactly()
	if err != nil {
		return nil, err
	}
	facts, err := factsOf(code.Rules, f.every, setup)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(arms))
	for k := range arms {
		ids[k] = arms[k].ID
	}
	facts = append(facts, checkpoint.Fact{Name: "--ticks", Value: fmt.Sprint(f.ticks)}, checkpoint.Fact{Name: "--burn-in", Value: fmt.Sprint(f.burnIn)},
		checkpoint.Fact{Name: "--policy", Value: strings.Join(ids, " ")})
	for k := range arms {
		fact, err := hashFact("hash of "+ids[k], arms[k].Policies)
		if err != nil {
			return nil, err
		}
		facts = append(facts, fact)
	}
	return study.OpenPairs(f.out, code.Version, facts, read)
}

// wouldRun is --dry-run.
func (f *compareFlags) wouldRun(ctx context.Context, c *console, s *scenarios.Scenario, setup model.Setup, arms []study.Arm, o study.Options) error {
	var err error
	if o.Pairs, err = f.pairsThere(c, setup, arms); err != nil {
		return err
	}
	e, err := o.Estimate(ctx, setup, arms, pilotTime)
	if err != nil {
		return err
	}
	d := dryRun{
		Estimate: e, Kept: o.Pairs.Held(f.replicates), Dir: f.out, of: "pair", Files: append(study.ComparisonFiles(), reportFile),
		What: fmt.Sprintf("%s: the world as it stands, and with %s, from tick %d to %d", s.ID, policiesTold(arms), o.First(arms)+1, f.ticks),
	}
	if f.enough != nil {
		d.least, d.less = "at most ", "; pairs that are enough before take less"
	}
	return d.tell(c, !f.noPlots)
}

// policiesTold lists the policies of a comparison.
func policiesTold(arms []study.Arm) string {
	var ids []string
	for k := range arms {
		ids = append(ids, arms[k].ID)
	}
	if len(ids) == 1 {
		return "the policy " + ids[0]
	}
	return fmt.Sprintf("each of %d policies (%s)", len(ids), strings.Join(ids, ", "))
}
