package study

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
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
	// Outcomes that were asked for; empty = all.
	Metrics []string `json:"metrics,omitempty"`
	// How the number of pairs was decided, if it was not given, and the half width that it came to, %.
	Until    *Until  `json:"until,omitempty"`
	HalfWide float64 `json:"half_width_pct,omitempty"`
}

// A Folder is the folder of a comparison that is being made.
type Folder struct {
	dir      string
	inner    *output.Folder
	manifest Manifest
	held     *Pairs
}

// OpenComparison reads the manifest of a comparison's folder.
func OpenComparison(dir string) (*Manifest, error) {
	var m Manifest
	if err := openAs(dir, &m); err != nil {
		return nil, err
	}
	if len(m.Comparison.Arms) == 0 {
		return nil, fmt.Errorf("%s: %w: it is not that of a comparison", filepath.Join(dir, output.ManifestFile), output.ErrNoFolder)
	}
	return &m, nil
}

// openAs reads the manifest of a folder that is whole, with what it says beyond that of a run.
func openAs(dir string, m any) error {
	if _, err := output.Open(dir); err != nil {
		return err
	}
	path := filepath.Join(dir, output.ManifestFile)
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, m); err != nil {
		return fmt.Errorf("%s: it is damaged: %w", path, err)
	}
	return nil
}

// Reserve begins the folder of a comparison, before the work is done. It refuses and overwrites folders as output.Create
// does; one that holds pairs of this comparison is begun anew with them. Until Write the folder is marked as not whole. The base manifest
// must hold all that is known before the runs.
func Reserve(dir string, base output.Manifest, c Comparison, held *Pairs, force bool) (*Folder, error) {
	arms, err := json.Marshal(c.Arms)
	if err != nil {
		return nil, fmt.Errorf("the policies of %s: %w", dir, err)
	}
	// A remark at the end of the scenario's text: the folder's fingerprint then tells one comparison from another.
	base.ScenarioYAML += fmt.Sprintf("# Compared from tick %d: %s\n", c.BurnIn, arms)
	inner, err := held.begin(dir, base, force)
	if err != nil {
		return nil, err
	}
	base.Agglo, base.Command = output.FormatVersion, base.Fingerprint()
	return &Folder{dir, inner, Manifest{base, c}, held}, nil
}

// AddInput keeps a copy of a file that the scenario names; see output.Folder.AddInput.
func (f *Folder) AddInput(name string, data []byte) error {
	if err := f.inner.AddInput(name, data); err != nil {
		return err
	}
	if f.manifest.Inputs == nil {
		f.manifest.Inputs = map[string]output.Hashed{}
	}
	f.manifest.Inputs[filepath.ToSlash(name)] = hashed(data)
	return nil
}

// hashed is the length and the hash of a file's bytes.
func hashed(data []byte) output.Hashed {
	sum := sha256.Sum256(data)
	return output.Hashed{Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
}

// A tableOf is a table of a folder with what writes its rows.
type tableOf[T any] struct {
	name string
	rows func(w *table.Writer, r T)
}

// comparisonTables are the tables of a comparison.
func comparisonTables() []tableOf[*Result] {
	return []tableOf[*Result]{{"effects", effectRows}, {"costs", costRows}, {"pairs", pairRows}, {"ledger", ledgerRows}, {"parting", partingRows}, {"dictionary", dictionaryRows}}
}

// ComparisonFiles lists the tables of a comparison by their files, and the folder of its pairs.
func ComparisonFiles() []string { return append(filesOf(comparisonTables()), output.PairsDir) }

// filesOf lists the files of tables.
func filesOf[T any](tables []tableOf[T]) (names []string) {
	for _, t := range tables {
		names = append(names, t.name+".csv")
	}
	return names
}

// Write writes the tables and completes the folder.
func (f *Folder) Write(r *Result, took time.Duration) error {
	m := &f.manifest
	m.Tables = map[string]output.Hashed{}
	for _, t := range comparisonTables() {
		h, err := write(f.dir, t.name, func(w *table.Writer) { t.rows(w, r) })
		if err != nil {
			return err
		}
		m.Tables[t.name+".csv"] = h
	}
	m.Complete = r.Unfinished == 0
	m.Comparison.Unfinished = r.Unfinished
	if m.Comparison.Until = r.Until; r.Until != nil && !math.IsNaN(r.Widest) {
		m.Comparison.HalfWide = r.Widest
	}
	m.Runs = m.Runs[:len(r.Seeds)]
	for k := range m.Runs {
		m.Runs[k].Ticks = m.Ticks
	}
	m.Seconds = took.Seconds()
	if err := f.held.gather(); err != nil {
		return err
	}
	return complete(f.dir, m)
}

// write writes a table and hashes it.
func write(dir, name string, rows func(w *table.Writer)) (output.Hashed, error) {
	path := filepath.Join(dir, name+".csv")
	w, err := table.Create(path, columnsOf(name)...)
	if err != nil {
		return output.Hashed{}, err
	}
	rows(w)
	if err := w.Close(); err != nil {
		return output.Hashed{}, err
	}
	data, err := os.ReadFile(path)
	return hashed(data), err
}

// complete puts a manifest in its place in one step, and takes away the mark of a folder that is not whole.
func complete(dir string, manifest any) error {
	if err := writeJSON(dir, output.ManifestFile, manifest); err != nil {
		return err
	}
	return os.Remove(filepath.Join(dir, output.MarkerFile))
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
		w.Number(e.Detectable)
		w.EndRow()
	}
}

func costRows(w *table.Writer, r *Result) {
	for _, c := range r.Costs {
		w.Text(c.Policy)
		for _, x := range []float64{
			c.Gross, c.Admin, c.GuaranteeLoss, c.TaxBack, c.Levered, c.Deadweight, c.Displacement,
			c.NetCost, c.NetJobs, c.PerJob, c.PerAdded,
			c.NetCostLo, c.NetCostHi, c.NetJobsLo, c.NetJobsHi, c.PerJobLo, c.PerJobHi, c.PerAddedLo, c.PerAddedHi,
			c.DeadweightLo, c.DeadweightHi, c.DisplacedLo, c.DisplacedHi, c.Traced, c.NetJobsP,
		} {
			w.Number(x)
		}
		w.Integer(int64(r.EndOf(c.Policy)))
		w.Number(c.Budget)
		w.Number(c.Unspent)
		w.EndRow()
	}
}

func ledgerRows(w *table.Writer, r *Result) {
	for _, row := range r.Ledger {
		w.Integer(int64(row.Tick))
		w.Text(row.Policy)
		for _, x := range []float64{row.Gross, row.Admin, row.GuaranteeLoss, row.Taxes, row.Levered} {
			w.Number(x)
		}
		w.EndRow()
	}
}

func pairRows(w *table.Writer, r *Result) {
	for _, p := range r.Pairs {
		w.Text(p.Policy)
		w.Integer(int64(p.Replicate))
		for _, x := range []float64{p.NetCost, p.NetJobs, p.ValueAdded, p.Displacement, p.Deadweight} {
			w.Number(x)
		}
		w.EndRow()
	}
}

func partingRows(w *table.Writer, r *Result) {
	for _, p := range r.Partings {
		w.Text(p.Policy)
		w.Integer(int64(p.Replicate))
		if p.Tick == 0 {
			for range 7 {
				w.Empty()
			}
			w.EndRow()
			continue
		}
		w.Integer(int64(p.Tick))
		w.Text(p.What)
		w.Integer(int64(p.Firms))
		if p.Firm == 0 {
			w.Empty()
		} else {
			w.Text(strconv.FormatUint(p.Firm, 10))
		}
		w.Text(p.Sector)
		w.Number(p.X)
		w.Number(p.Y)
		w.EndRow()
	}
}
