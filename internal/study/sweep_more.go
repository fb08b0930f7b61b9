package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/output"
	"agglo/sim/batch"
)

// Extend makes the folder of a smaller sweep one of this sweep, if that has the same scenario, settings and program and all its points
// and seeds are among those of this one: then only the others are to be run. It gives the number of runs that were kept, and does
// nothing, without an error, where the folder holds anything else, or this very sweep. resume must be set, or the folder is refused.
func (w *Sweep) Extend(ctx context.Context, dir string, base output.Manifest, inputs map[string][]byte, resume bool, owner batch.Owner) (kept int, err error) {
	m := w.manifest(base, inputs)
	old, err := OpenSweep(dir)
	if err != nil || old.Edited() || !m.grownFrom(old) {
		return 0, nil // Begin says what is wrong, if anything is
	}
	before, err := StoredSweep(old, dir)
	if _, gone := os.Stat(filepath.Join(dir, batch.JournalDir)); err != nil || gone != nil {
		return 0, nil // without a journal there is nothing to keep runs from
	}
	places, ok := w.places(before)
	if !ok {
		return 0, nil
	}
	if !resume {
		return 0, fmt.Errorf("%w: %s holds %d of the %d runs of this sweep: with --resume they are kept, and the others added", ErrOtherSweep, dir, old.Sweep.Runs, m.Sweep.Runs)
	}
	replicates := w.Experiment.Replicates
	take := func(run int, rows []byte) (int, []byte) {
		point, replicate := places[run/before.Experiment.Replicates], run%before.Experiment.Replicates
		return point*replicates + replicate, renumbered(rows, point*replicates+replicate, point, replicate)
	}
	return m.Plan(dir).Adopt(ctx, old.Plan(dir), owner, take, func() error {
		return errors.Join(output.RemoveAll(output.Results(dir, old.Tables)), m.begin(dir, inputs, nil))
	})
}

// grownFrom says whether a sweep differs from another in nothing but what says how many points and seeds there are.
func (m *SweepManifest) grownFrom(old *SweepManifest) bool {
	if m.Sweep.Identity == old.Sweep.Identity {
		return false
	}
	a, b := m.parts(), old.parts()
	for k := range a {
		if a[k] != b[k] && !slices.Contains([]string{"replicates", "factors", "design"}, a[k].name) {
			return false
		}
	}
	return slices.Equal(m.Sweep.Tables, old.Sweep.Tables) // factors of the same names
}

// places gives where the points of a smaller sweep stand in this one; false if one of its points or seeds is not here. Seeds that are
// independent hang on the number of the run.
func (w *Sweep) places(before *Sweep) ([]int, bool) {
	here := map[string][]int{}
	for point := range w.Points {
		key := w.pointText(point)
		here[key] = append(here[key], point)
	}
	places := make([]int, len(before.Points))
	for point := range before.Points {
		key := before.pointText(point)
		if len(here[key]) == 0 {
			return nil, false
		}
		places[point], here[key] = here[key][0], here[key][1:]
		for replicate := range before.Experiment.Replicates {
			run := places[point]*w.Experiment.Replicates + replicate
			if replicate >= w.Experiment.Replicates || w.SeedOf(run) != before.SeedOf(point*before.Experiment.Replicates+replicate) {
				return nil, false
			}
		}
	}
	return places, true
}

// pointText is a point as its values stand in tables.
func (w *Sweep) pointText(point int) string {
	var b strings.Builder
	for k, f := range w.Experiment.Factors {
		if x := w.Points[point][k]; f.Words != nil {
			b.WriteString(f.Text(x))
		} else {
			b.WriteString(strconv.FormatFloat(x, 'g', -1, 64))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// renumbered gives rows of a run, each behind the name of its table, their new numbers.
func renumbered(rows []byte, run, point, replicate int) []byte {
	var out []byte
	for line := range bytes.Lines(rows) {
		cells := bytes.SplitN(line, []byte(","), 5) // table, run, point, replicate, the rest
		out = fmt.Appendf(out, "%s,%d,%d,%d,%s", cells[0], run, point, replicate, cells[4])
	}
	return out
}
