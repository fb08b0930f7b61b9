package scenarios

import (
	"fmt"
	"strings"
)

// StoredExperiment puts an experiment together again from the scenario of its manifest, which has the fixed overrides in it.
func StoredExperiment(base *Scenario, x Experiment) *Experiment {
	x.base = base
	return &x
}

// ParseCondition reads a condition as String writes it.
func ParseCondition(text string) (Condition, error) {
	for _, op := range ops {
		metric, number, found := strings.Cut(text, op)
		if !found {
			continue
		}
		v, problem := parseNumber(strings.TrimSpace(number))
		if problem != "" {
			return Condition{}, fmt.Errorf("%q: %s", text, problem)
		}
		return Condition{Metric: strings.TrimSpace(metric), Op: op, Value: v}, nil
	}
	return Condition{}, fmt.Errorf("%q: want a metric, a comparison and a number", text)
}
