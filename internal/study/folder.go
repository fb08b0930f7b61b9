package study

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"agglo/internal/table"
	"agglo/output"
)

// A Manifest says all that is needed to make a comparison again. Its runs are those of the baseline; an arm's have the same
// seeds.
type Manifest struct {
	output.Manifest
	Comparison Comparison `json:"comparison"`
}

// Comparison is what the manifest of a comparison says beyond that of a run.
type Comparison struct {
	BurnIn     int   `json:"burn_in"`
	Replicates int   `json:"replicates"` // asked for
	Unfinished int   `json:"unfinished,omitempty"`
	Arms       []Arm `json:"arms"`
}

// A Folder is the folder of a comparison that is being made.
type Folder struct {
	dir      string
	manifest Manifest
}

// Reserve begins the folder of a comparison, before the work is done. It refuses and overwrites folders as output.Create
// does. Until Write the folder is marked as not whole. The base manifest must hold all that is known before the runs.
func Reserve(dir string, base output.Manifest, c Comparison, force bool) (*Folder, error) {
	arms, err := json.Marshal(c.Arms)
	if err != nil {
		return nil, fmt.Errorf("the policies of %s: %w", dir, err)
	}
	// A remark at the end of the scenario's text: the folder's fingerprint then tells one comparison from another.
	base.ScenarioYAML += fmt.Sprintf("# Compared from tick %d: %s\n", c.BurnIn, arms)
	if _, err := output.Create(dir, base, force); err != nil {
		return nil, err
	}
	base.Agglo, base.Command = output.FormatVersion, base.Fingerprint()
	return &Folder{dir, Manifest{base, c}}, nil
}

// Write writes the tables and completes the folder.
func (f *Folder) Write(r *Result, took time.Duration) error {
	m := &f.manifest
	m.Tables = map[string]output.Hashed{}
	for _, t := range []struct {
		name string
		rows func(w *table.Writer, r *Result)
	}{{"effects", effectRows}, {"costs", costRows}, {"ledger", ledgerRows}, {"dictionary", dictionaryRows}} {
		path := filepath.Join(f.dir, t.name+".csv")
		w, err := table.Create(path, columnsOf(t.name)...)
		if err != nil {
			return err
		}
		t.rows(w, r)
		if err := w.Close(); err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		m.Tables[t.name+".csv"] = output.Hashed{Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
	}
	m.Complete = r.Unfinished == 0
	m.Comparison.Unfinished = r.Unfinished
	m.Runs = m.Runs[:len(r.Seeds)]
	for k := range m.Runs {
		m.Runs[k].Ticks = m.Ticks
	}
	m.Seconds = took.Seconds()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return fmt.Errorf("%s: %w", output.ManifestFile, err)
	}
	part := filepath.Join(f.dir, output.ManifestFile+".part")
	if err := os.WriteFile(part, b.Bytes(), 0o666); err != nil {
		return err
	}
	if err := os.Rename(part, filepath.Join(f.dir, output.ManifestFile)); err != nil {
		return err
	}
	return os.Remove(filepath.Join(f.dir, output.MarkerFile))
}

func effectRows(w *table.Writer, r *Result) {
	for _, e := range r.Effects {
		w.Text(e.Metric)
		w.Text(e.Policy)
		w.Integer(int64(e.Tick))
		for _, x := range []float64{e.Baseline, e.Effect, e.Percent, e.Lo, e.Hi, e.P} {
			w.Number(x)
		}
		w.Integer(int64(e.Replicates))
		w.Number(e.VarianceReduction)
		w.EndRow()
	}
}

func costRows(w *table.Writer, r *Result) {
	unknown := math.NaN()
	for _, c := range r.Costs {
		w.Text(c.Policy)
		for _, x := range []float64{
			c.Gross, c.Admin, c.GuaranteeLoss, c.TaxBack, unknown, unknown, c.Displacement,
			c.NetCost, c.NetJobs, c.PerJob, c.PerAdded,
			c.NetCostLo, c.NetCostHi, c.NetJobsLo, c.NetJobsHi, c.PerJobLo, c.PerJobHi,
		} {
			w.Number(x)
		}
		w.EndRow()
	}
}

func ledgerRows(w *table.Writer, r *Result) {
	for _, row := range r.Ledger {
		w.Integer(int64(row.Tick))
		w.Text(row.Policy)
		for _, x := range []float64{row.Gross, row.Admin, row.GuaranteeLoss, row.Taxes, math.NaN()} {
			w.Number(x)
		}
		w.EndRow()
	}
}

// word is a line of the dictionary.
type word struct{ column, unit, meaning string }

// dictionary describes the tables of a comparison.
var dictionary = map[string][]word{
	"effects": {
		{"metric", "", "outcome; see the rows of table metrics below"}, {"policy", "", "policy that is added to the scenario"},
		{"tick", "quarters", "since the start"}, {"baseline", "the metric's", "mean of the outcome in the scenario as it stands"},
		{"effect", "the metric's", "mean over pairs of worlds: outcome with the policy less outcome without"},
		{"effect_pct", "%", "effect in percent of the baseline"},
		{"lo", "the metric's", "lower end of the effect's 95% interval: paired bootstrap of 2,000 samples, expanded percentile"},
		{"hi", "the metric's", "upper end"},
		{"p_adjusted", "1", "p-value of the paired t-test, adjusted by Holm for all policies and outcomes of the tick; empty for public_cost"},
		{"replicates", "pairs", "pairs of worlds"},
		{"variance_reduction", "1", "variance of policy less baseline in worlds of their own over that in pairs; empty where pairs do not differ"},
	},
	"costs": {
		{"policy", "", "policy that is added to the scenario; all money from its begin to the end, mean over pairs"},
		{"gross", "worker-years", "all that the policy gave, taxes not asked for included"}, {"admin", "worker-years", "administration"},
		{"guarantee_loss", "worker-years", "losses on guarantees"},
		{"tax_back", "worker-years", "profit taxes that came back: more revenue than without the policy, taxes not asked for put aside"},
		{"private_levered", "worker-years", "empty: not known yet"}, {"deadweight", "worker-years", "empty: not known yet"},
		{"displacement", "workers", "mean loss of jobs outside the policy's target, at the ticks of the effects; empty without a target"},
		{"net_cost", "worker-years", "gross + admin + guarantee_loss - tax_back"},
		{"net_jobs", "workers", "jobs more than without the policy, mean over the quarters since it began"},
		{"cost_per_net_job", "worker-years/worker", "net_cost / net_jobs: the price of one more job over the whole time; empty unless there are net jobs"},
		{"cost_per_value_added", "1", "net_cost over the value added more than without the policy; empty unless there is more"},
		{"net_cost_lo", "worker-years", "95% interval, as in effects"}, {"net_cost_hi", "worker-years", "upper end"},
		{"net_jobs_lo", "workers", "95% interval"}, {"net_jobs_hi", "workers", "upper end"},
		{"cost_per_net_job_lo", "worker-years/worker", "95% interval; empty unless that of net_jobs is above 0"},
		{"cost_per_net_job_hi", "worker-years/worker", "upper end"},
	},
	"ledger": {
		{"tick", "quarters", "since the start"}, {"policy", "", "policy that is added to the scenario; mean over pairs, per tick"},
		{"gross", "worker-years", "all that the policy gave, taxes not asked for included"}, {"admin", "worker-years", "administration"},
		{"guarantee_loss", "worker-years", "losses on guarantees"}, {"tax_back", "worker-years", "as in costs"},
		{"private_levered", "worker-years", "empty: not known yet"},
	},
	"dictionary": {
		{"table", "", "table of this folder, or metrics: what is in effects.csv"}, {"column", "", "column, or metric"},
		{"unit", "", "unit"}, {"meaning", "", "what it says"},
	},
}

// columnsOf is the header of a table.
func columnsOf(name string) []string {
	var names []string
	for _, d := range dictionary[name] {
		names = append(names, d.column)
	}
	return names
}

func dictionaryRows(w *table.Writer, r *Result) {
	line := func(cells ...string) {
		for _, c := range cells {
			w.Text(c)
		}
		w.EndRow()
	}
	for _, name := range []string{"effects", "costs", "ledger"} {
		for _, d := range dictionary[name] {
			line(name, d.column, d.unit, d.meaning)
		}
	}
	for _, m := range metrics {
		if strings.Contains(","+strings.Join(r.Metrics, ",")+",", ","+m.name+",") {
			line("metrics", m.name, m.unit, m.meaning)
		}
	}
}
