package study

import (
	"context"
	"errors"
	"fmt"
	"math"

	"agglo/internal/table"
	"agglo/model"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// A Switch turns one assumption about where firms locate, or why it pays to be near, off: parameters as PATH=VALUE.
type Switch struct {
	ID, Meaning string
	Set         []string
}

// Switches lists what is switched off one by one; the first is the model as it stands, the last three are several at once.
var Switches = []Switch{
	{"none", "the model as it stands", nil},
	{"stay", "founders do not stay near the firm they left: they choose a site like firms that move", []string{"demography.stay=0"}},
	{"successes", "nobody sees where the successful firms of its sector are", []string{"demography.successes=false"}},
	{"sharpness", "sites are chosen by taste, not by what they are worth", []string{"demography.sharpness=0"}},
	{"spin-offs", "no employee leaves to found a rival", []string{"demography.spin_off=0"}},
	{"moves", "firms stay where they were founded", []string{"demography.move=0"}},
	{"migration", "workers do not move to where wages are better", []string{"labour.migration=0"}},
	{"suppliers", "inputs are bought outside alone", []string{"production.local_share=0"}},
	{"pooling", "matches do not improve with the labour pool", []string{"production.pool_elasticity=0"}},
	{"knowledge", "nobody innovates more or learns by others' nearness", []string{"knowledge.access_elasticity=0", "knowledge.imitation=0"}},
	{"location", "stay, successes, sharpness, spin-offs and moves off at once", []string{
		"demography.stay=0", "demography.successes=false", "demography.sharpness=0", "demography.spin_off=0", "demography.move=0",
	}},
	{"externalities", "suppliers, pooling and knowledge off at once", []string{
		"production.local_share=0", "production.pool_elasticity=0", "knowledge.access_elasticity=0", "knowledge.imitation=0",
	}},
	{"both", "location and externalities off at once", []string{
		"demography.stay=0", "demography.successes=false", "demography.sharpness=0", "demography.spin_off=0", "demography.move=0",
		"production.local_share=0", "production.pool_elasticity=0", "knowledge.access_elasticity=0", "knowledge.imitation=0",
	}},
}

// A SwitchFinding is what one switch does to one statistic of cluster formation.
type SwitchFinding struct {
	Switch, Statistic  string
	Value, Lo, Hi      float64 // mean over seeds with its 95% interval
	Change             float64 // against the model as it stands, seed by seed
	ChangeLo, ChangeHi float64
	Seeds, Tick        int
}

// The statistics of cluster formation.
const (
	JobsInClusters = "share_jobs_in_clusters"
	MeanGamma      = "eg_gamma"
	ClusterCount   = "clusters"
)

// formation is what a run is asked for.
var formation = []string{JobsInClusters, MeanGamma, ClusterCount}

// SwitchOff runs a world once for each setup and seed and measures its clusters at the end: setups[k] is the world under
// Switches[k]. All setups must have one seed, from which those of the runs are made, so that a switch and the model as it
// stands are compared under the same draws.
func SwitchOff(ctx context.Context, setups []model.Setup, o ValidateOptions) ([]SwitchFinding, error) {
	if len(setups) != len(Switches) || o.Seeds < 1 || o.Ticks < 1 {
		return nil, fmt.Errorf("%d setups, %d seeds, %d ticks: want a setup for each of %d switches, 1 seed or more, 1 tick or more",
			len(setups), o.Seeds, o.Ticks, len(Switches))
	}
	values := make([][]float64, len(formation)*len(setups)) // by switch and statistic, then seed
	for k := range values {
		values[k] = make([]float64, o.Seeds)
	}
	err := each(ctx, len(setups)*o.Seeds, o.Threads, func(ctx context.Context, job int) error {
		k, seed := job/o.Seeds, job%o.Seeds
		setup := setups[k]
		setup.Seed = rng.Replicate(setup.Seed, seed)
		e, err := model.NewContext(ctx, setup)
		if err != nil {
			return fmt.Errorf("switch %s: %w", Switches[k].ID, err)
		}
		e.Threads = 1
		if o.Watch != nil {
			e.Observers = []sim.Observer[world.View]{o.Watch}
		}
		if err := e.Run(ctx, o.Ticks); err != nil {
			return fmt.Errorf("switch %s, seed %d: %w", Switches[k].ID, setup.Seed, err)
		}
		for j, x := range formationOf(world.NewView(e.World)) {
			values[k*len(formation)+j][seed] = x
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	b := newResampling(setups[0].Seed, o.Seeds)
	var all []SwitchFinding
	for k := range setups {
		for j, name := range formation {
			mine, base := values[k*len(formation)+j], values[j]
			change := make([]float64, o.Seeds)
			for r := range change {
				change[r] = mine[r] - base[r]
			}
			f := SwitchFinding{Switch: Switches[k].ID, Statistic: name, Seeds: o.Seeds, Tick: o.Ticks}
			f.Value, _ = moments(mine)
			f.Change, _ = moments(change)
			f.Lo, f.Hi = b.mean(mine)
			f.ChangeLo, f.ChangeHi = b.mean(change)
			all = append(all, f)
		}
	}
	return all, nil
}

// formationOf measures the clusters of a world, in the order of formation.
func formationOf(v world.View) []float64 {
	in, all := 0.0, 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			all += v.Jobs(i)
			if v.Cluster(i) != 0 {
				in += v.Jobs(i)
			}
		}
	}
	g := newGathering(0, 0, func(string) bool { return true })
	g.concentration(v, firmsOf(v))
	gamma, ok := g.value["T6b"]
	if !ok {
		gamma = math.NaN()
	}
	return []float64{over(in, all), gamma, float64(v.Groups())}
}

// WriteSwitches writes switches.csv and its dictionary into the folder of a validation, and completes it.
func (f *ValidateFolder) WriteSwitches(found []SwitchFinding, seconds float64) error {
	m := &f.manifest
	rows := func(w *table.Writer) {
		for _, x := range found {
			w.Text(x.Switch)
			w.Text(x.Statistic)
			for _, v := range [...]float64{x.Value, x.Lo, x.Hi, x.Change, x.ChangeLo, x.ChangeHi} {
				w.Number(v)
			}
			w.Integer(int64(x.Seeds))
			w.Integer(int64(x.Tick))
			w.EndRow()
		}
	}
	var faults []error
	for name, do := range map[string]func(w *table.Writer){"switches": rows, "dictionary": func(w *table.Writer) { wordRows(w, "switches") }} {
		h, err := write(f.dir, name, do)
		faults = append(faults, err)
		m.Tables[name+".csv"] = h
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	m.Complete, m.Seconds = true, seconds
	for k := range m.Runs {
		m.Runs[k].Ticks = m.Ticks
	}
	return complete(f.dir, m)
}
