package study

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v4"
)

//go:embed facts.yaml
var factsFile []byte

// Roles of facts.
const (
	Calibrated  = "calibrated"  // parameters were chosen with it in view
	Conditional = "conditional" // would have been calibrated, if the calibrated ones had stayed in band
	HeldOut     = "held_out"    // looked at after the calibration only
	Reported    = "reported"    // no verdict
)

// The worlds on which facts are measured: ids of scenarios.
const (
	Plain = "plain"
	Forty = "forty" // plain with forty sectors
)

// A Fact is a stylised fact that the model is held against: how its statistic is measured, and the band in which it should be.
type Fact struct {
	ID        string      `yaml:"id"`
	Statistic string      `yaml:"statistic"`
	Measured  string      `yaml:"measured"`
	World     string      `yaml:"world"`
	Band      *[2]float64 `yaml:"band"` // nil = no verdict
	Role      string      `yaml:"role"`
	Note      string      `yaml:"note"`
	Source    string      `yaml:"source"`
}

// Facts lists the facts with the tick at which they are measured. They were written down before the model was first held
// against them.
func Facts() (facts []Fact, at int, err error) {
	var file struct {
		Agglo int    `yaml:"agglo"`
		At    int    `yaml:"at"`
		Facts []Fact `yaml:"facts"`
	}
	d := yaml.NewDecoder(bytes.NewReader(factsFile))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, 0, fmt.Errorf("the built-in facts: %w", err)
	}
	for k := range file.Facts {
		if file.Facts[k].World == "" {
			file.Facts[k].World = Plain
		}
	}
	return file.Facts, file.At, nil
}

// beside are readings that are told beside a fact, without a verdict: what its one number leaves out.
var beside = []struct{ of, id, statistic, measured string }{
	{"T2", "T2v", "lognormal against Pareto", "Vuong's statistic on the largest tenth; above 0 favours the lognormal, beyond 1.96 clearly"},
	{"T17", "T17q", "quadratic term", "of log efficiency on log density of squares; below 0 is a bell"},
	{"T18", "T18c", "triple helix beyond chance", "bits that the information lies above what it is if sizes are dealt out among the firms at random; below 0 is synergy"},
	{"T19a", "T19l", "jobs at the corners of labour markets", "share of jobs in the quarter of each market nearest to its corners, over a quarter; 1 where clusters do not follow the lattice of markets"},
	{"T19b", "T19n", "number of clusters", "as of the last year's end"},
}

// withBeside puts what is told beside a fact behind it.
func withBeside(facts []Fact) []Fact {
	var all []Fact
	for _, f := range facts {
		all = append(all, f)
		for _, b := range beside {
			if b.of == f.ID {
				all = append(all, Fact{ID: b.id, Statistic: b.statistic, Measured: b.measured, World: f.World, Role: Reported, Source: f.Source})
			}
		}
	}
	return all
}
