package study

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"agglo/output"
	"agglo/scenarios"
)

// StoredSweep makes a sweep ready to be run again, from its folder.
func StoredSweep(m *SweepManifest, dir string) (*Sweep, error) {
	inputs := os.DirFS(filepath.Join(dir, output.InputsDir))
	base, err := scenarios.Parse(filepath.Join(dir, output.ManifestFile)+" (scenario_yaml)", []byte(m.ScenarioYAML), inputs)
	if err != nil {
		return nil, err
	}
	s := m.Sweep.Settings
	x := scenarios.Experiment{
		Factors: s.Factors, Plan: s.Design, Replicates: s.Replicates, Seed: &s.Seed, Independent: s.Seeds == "independent", Ticks: &s.Ticks,
		BurnIn: s.BurnIn, Policies: s.Policies, Files: s.Files, Metrics: s.Metrics, At: s.At, Every: s.Every, Layout: m.Sweep.Layout,
	}
	if s.Stop != "" {
		stop, err := scenarios.ParseCondition(s.Stop)
		if err != nil {
			return nil, fmt.Errorf("%s: stop: %w", filepath.Join(dir, output.ManifestFile), err)
		}
		x.Stop = &stop
	}
	w, err := NewSweep(scenarios.StoredExperiment(base, x), inputs)
	if err != nil {
		return nil, err
	}
	if w.Runs() != m.Sweep.Runs {
		return nil, fmt.Errorf("%s: its experiment has %d runs, and it says %d: it was edited", filepath.Join(dir, output.ManifestFile), w.Runs(), m.Sweep.Runs)
	}
	return w, nil
}

// Edited says whether what decides on the results was changed in the manifest after it was written.
func (m *SweepManifest) Edited() bool {
	h := sha256.New()
	for _, part := range m.parts() {
		fmt.Fprintf(h, "%s %d %s\n", part.name, len(part.text), part.text)
	}
	return hex.EncodeToString(h.Sum(nil)) != m.Sweep.Identity || m.Sweep.Runs != m.Sweep.Points*m.Sweep.Settings.Replicates
}
