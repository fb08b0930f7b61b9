package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/study"
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
