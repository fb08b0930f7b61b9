package study

import (
	"slices"

	"agglo/model"
)

// A Live tells which worlds a job keeps at the same time, for an estimate of memory; Jobs of the kind are begun one after another.
type Live struct {
	Worlds []*model.Setup
	Jobs   int
}

// How many worlds a job keeps while it lets policies branch: where they part, and the branch that runs; a comparison also runs the
// baseline again beside the policy, to tell where the two part.
const (
	branchingWorlds = 2
	comparedWorlds  = 3
)

// Together is so many worlds of one setup, in each of so many jobs.
func Together(setup model.Setup, worlds, jobs int) Live {
	return Live{slices.Repeat([]*model.Setup{&setup}, worlds), jobs}
}

// Live are the worlds of a comparison.
func (o *Options) Live(setup model.Setup) []Live {
	pairs := o.Replicates
	if o.Until != nil {
		pairs = min(round, o.Until.Most) // one round is done before the next
	}
	return []Live{Together(setup, comparedWorlds, pairs)}
}

// Live are the worlds of so many runs of a sweep. Factors may make a world larger: the first and the last point are looked at, which
// are the least and the most of a grid; other designs may have a larger one between.
func (w *Sweep) Live(runs int) []Live {
	largest, worlds := w.setup, 1
	for _, run := range []int{0, max(w.Runs()-1, 0)} {
		setup, arms, err := w.point(run)
		if err != nil {
			continue // a fault of the run itself, which tells it
		}
		if agents(&setup) > agents(&largest) {
			largest = setup
		}
		if len(arms) > 1 || len(arms[0].Policies) > 0 {
			worlds = branchingWorlds
		}
	}
	return []Live{Together(largest, worlds, runs)}
}

// Live are the worlds of a sensitivity analysis.
func (s *Sensitivity) Live() []Live { return s.base.Live(s.Runs()) }

// Live are the worlds of a calibration.
func (k *Calibrator) Live() []Live { return []Live{Together(k.Base(), 1, k.Calibration.Runs)} }

// Live are the worlds of an optimisation.
func (o *Optimiser) Live() []Live {
	b := o.Plan
	return []Live{Together(o.setup, branchingWorlds, max(b.Replicates*chunks(b.Evaluations), b.Fresh*chunks(mostAgain)))}
}

// ValidateLive are the worlds of the facts.
func ValidateLive(setups map[string]model.Setup, o ValidateOptions) []Live {
	facts, at, err := choose(o.Only)
	if err != nil || o.None {
		return nil
	}
	if o.Ticks > 0 {
		at = o.Ticks
	}
	var all []Live
	for _, id := range WorldsOf(facts) {
		worlds := 1
		if slices.ContainsFunc(facts, func(f Fact) bool { return f.ID == plantFact && f.World == id }) && at > plantTicks {
			worlds = branchingWorlds
		}
		all = append(all, Together(setups[id], worlds, o.Seeds))
	}
	return all
}

// SwitchesLive are the worlds of assumptions that are switched off.
func SwitchesLive(setups []model.Setup, seeds int) []Live {
	var all []Live
	for _, setup := range setups {
		all = append(all, Together(setup, 1, seeds))
	}
	return all
}

// Live are the worlds of published effects.
func (o PublishedOptions) Live() ([]Live, error) {
	if o.Seeds == 0 {
		return nil, nil
	}
	_, setup, err := PublishedWork(o)
	return []Live{Together(setup, branchingWorlds, o.Seeds)}, err
}

// mostWatched bounds the replicates of claims that are listed: more threads than that there are not.
const mostWatched = 4096

// Live are the worlds of claims: the trunk of each, and the largest of its arms.
func (p *ClaimsPlan) Live(replicates int) []Live {
	var all []Live
	for k := range min(replicates, mostWatched) {
		for _, w := range p.worlds {
			if k >= w.pairs(replicates) {
				continue
			}
			arm := &w.setup
			for _, g := range w.groups {
				for a := range g.arms {
					if agents(&g.arms[a].setup) > agents(arm) {
						arm = &g.arms[a].setup
					}
				}
			}
			all = append(all, Live{[]*model.Setup{&w.setup, arm}, 1})
		}
	}
	return all
}

// agents is the number of firms that a setup begins with.
func agents(s *model.Setup) int {
	n := len(s.Setting.Plants)
	for _, x := range s.Setting.Sectors {
		n += x.Firms
	}
	return n
}
