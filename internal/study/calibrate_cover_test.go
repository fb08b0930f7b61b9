//go:build calibrate

package study

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agglo/sim/rng"
)

// trials is how many worlds are made up.
const trials = 50

// drawTruth is the purpose of the true parameters' draws.
const drawTruth rng.Purpose = 0x7e5703

// covered is a trial: the truth of each parameter, in levels of the prior, and whether the 90% interval holds it.
type covered struct {
	truth, lo, hi []float64
	holds         []bool
	took          time.Duration
}

// The 90% intervals of a calibration cover the truth as often as they say: worlds with parameters drawn from the prior are run
// once, what is seen of them becomes the targets, and the parameters are fitted to these, with other seeds. Slow: see
// docs/calibration.md. A trial is as a user would do it, but for the numbers of runs.
func TestCalibrationCovers(t *testing.T) {
	out := make([]covered, trials)
	var names []string
	var done sync.Mutex
	next := make(chan int, trials)
	for k := range trials {
		next <- k
	}
	close(next)
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 2) {
		group.Go(func() {
			for k := range next {
				one, parameters := madeUp(t, k)
				done.Lock()
				out[k], names = one, parameters
				fmt.Printf("trial %2d: truth %.3f in [%.3f %.3f], %.3f in [%.3f %.3f]: %v, %s\n", k, one.truth[0], one.lo[0], one.hi[0], one.truth[1], one.lo[1], one.hi[1],
					one.holds, one.took.Round(time.Second))
				done.Unlock()
			}
		})
	}
	group.Wait()
	all, width := 0, 0.
	for j, name := range names {
		hold := 0
		for _, one := range out {
			if one.holds[j] {
				hold++
			}
			width += (one.hi[j] - one.lo[j]) / .9 / float64(trials*len(names))
		}
		all += hold
		fmt.Printf("%s: the 90%% interval covers the truth in %d of %d trials (%.0f%%)\n", name, hold, trials, 100*float64(hold)/trials)
		if share := float64(hold) / trials; share < .8 || share > .98 {
			t.Errorf("%s: %.2f of the intervals cover the truth: want .80 to .98", name, share)
		}
	}
	fmt.Printf("all: %d of %d intervals (%.0f%%); mean width over that of the prior %.2f\n", all, trials*len(names), 100*float64(all)/float64(trials*len(names)), width)
	if width > .8 {
		t.Errorf("the intervals are %.2f as wide as the prior's: the targets tell too little for this test", width)
	}
}

// madeUp makes a world up and fits it.
func madeUp(t *testing.T, number int) (covered, []string) {
	begun := time.Now()
	text := "agglo: 1\nscenario: testdata/tiny.yaml\nticks: 4\nruns: 180\nseed: " + fmt.Sprint(1000+number) + `
targets:
  - {metric: births, at: 4, value: BIRTHS, tolerance: 4}
  - {metric: innovations, at: 4, value: INNOVATIONS, tolerance: 5}
parameters:
  - {name: demography.de_novo, dist: {uniform: [.02, .2]}}
  - {name: knowledge.innovation, dist: {uniform: [.02, .2]}}
`
	filled := func(values []float64) *Calibrator {
		data := strings.NewReplacer("BIRTHS", fmt.Sprint(values[0]), "INNOVATIONS", fmt.Sprint(values[1])).Replace(text)
		return calibrator(t, data, CalibrateOptions{Particles: 30, Checks: 1})
	}
	k := filled([]float64{1, 1})
	c := covered{}
	for j := range k.names {
		c.truth = append(c.truth, rng.Seed(77).Uniform(drawTruth, uint64(j), 0, number))
	}
	k.sweep.Points = k.pointsOf([][]float64{c.truth})
	seen, err := k.one(t.Context(), 0, rng.Replicate(99, number), 1, nil, &RunFault{})
	if err != nil {
		t.Error(err)
		return c, k.names
	}
	k = filled(seen)
	q, err := BeginInquiry(t.TempDir(), "calibrate", k.Settings(), outputBase(k), nil, false)
	if err != nil {
		t.Error(err)
		return c, k.names
	}
	r, err := k.Run(t.Context(), q, Work{Threads: 1})
	if err != nil {
		t.Error(err)
		return c, k.names
	}
	values := k.pointsOf([][]float64{c.truth})[0]
	for j, p := range r.Parameters {
		if math.IsNaN(p.After.Lo) {
			t.Errorf("trial %d: no interval", number)
		}
		f := k.Calibration.Factors[j]
		level := func(v float64) float64 { return (v - f.At(0)) / (f.At(1) - f.At(0)) }
		c.lo, c.hi = append(c.lo, level(p.After.Lo)), append(c.hi, level(p.After.Hi))
		c.holds = append(c.holds, p.After.Lo <= values[j] && values[j] <= p.After.Hi)
	}
	c.took = time.Since(begun)
	_ = os.RemoveAll(q.Dir) // a trial's runs are of no further use
	return c, slices.Clone(k.names)
}
