package study

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"agglo/internal/table"
	"agglo/model/world"
	"agglo/output"
	"agglo/sim"
	"agglo/sim/batch"
)

// An Inquiry is the folder of work in rounds: what the runs of a round are follows from the rounds before. A round that has
// ended is a table in rounds/NNN; one at work has a journal there, so that a kill loses a second's work. Begun again, the work
// takes the same way, and finds the runs that it has done.
type Inquiry struct {
	Dir      string
	manifest InquiryManifest
	again    int // runs that are still to be done again
	redone   int
	unlike   []string
}

// An InquiryManifest says all that is needed to do the work again.
type InquiryManifest struct {
	output.Manifest
	Inquiry InquiryRecord `json:"inquiry"`
}

// InquiryRecord is what the manifest says beyond that of a run.
type InquiryRecord struct {
	Kind     string          `json:"kind"` // calibrate, optimise, sensitivity
	Identity string          `json:"identity"`
	Settings json.RawMessage `json:"settings"`
	Runs     int             `json:"runs"`
	Failed   int             `json:"failed"`
	// The tables of the rounds, by their paths in the folder: what they say is what the other tables are made of.
	Rounds map[string]output.Hashed `json:"rounds,omitempty"`
}

// Work says how runs are done; no result depends on it.
type Work struct {
	Threads int                      // >= 1
	Fast    bool                     // stop at the first run that fails
	Sync    <-chan time.Time         // asks that what has ended be brought to the disk; see batch.Options
	Owner   batch.Owner              // who works
	Watch   sim.Observer[world.View] // is shown every tick of every run, also side by side; may be nil
	Failed  func(run int, err error) // is told of failed runs, from several goroutines; may be nil
}

// BeginInquiry makes the folder, or finds that it is there: to go on in it resume must be set. A folder of other work is
// refused, with what differs. Where the manifest is damaged or gone it is made again if resume is set and the rounds are of this
// very work. inputs are the files that the scenario names.
func BeginInquiry(dir, kind string, settings any, base output.Manifest, inputs map[string][]byte, resume bool) (*Inquiry, error) {
	text, err := json.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("the settings of %s: %w", dir, err)
	}
	base.Agglo, base.Runs, base.Tables, base.Inputs = output.FormatVersion, []output.Run{}, map[string]output.Hashed{}, nil
	for name, data := range inputs {
		if base.Inputs == nil {
			base.Inputs = map[string]output.Hashed{}
		}
		base.Inputs[filepath.ToSlash(name)] = hashed(data)
	}
	q := &Inquiry{Dir: dir, manifest: InquiryManifest{base, InquiryRecord{Kind: kind, Settings: text}}}
	q.manifest.Inquiry.Identity = q.manifest.sum()
	q.manifest.Command = q.manifest.Inquiry.Identity
	return q, q.open(inputs, resume)
}

// openInquiry reads the manifest of a folder; fs.ErrNotExist if there is none. One that is damaged is an error without
// output.ErrNoFolder.
func openInquiry(dir string) (*InquiryManifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, output.ManifestFile))
	if err != nil {
		return nil, err
	}
	if err := output.Newer(dir, data); err != nil {
		return nil, err
	}
	var m InquiryManifest
	path := filepath.Join(dir, output.ManifestFile)
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: it is damaged: %w", path, err)
	}
	if m.Inquiry.Identity == "" {
		return nil, fmt.Errorf("%s: %w: it is not that of a calibration, an optimisation or a sensitivity analysis", path, output.ErrNoFolder)
	}
	var tight bytes.Buffer // the file is indented
	if err := json.Compact(&tight, m.Inquiry.Settings); err != nil {
		return nil, fmt.Errorf("%s: it is damaged: the settings of the work: %w", path, err)
	}
	m.Inquiry.Settings = tight.Bytes()
	return &m, nil
}

// parts lists all that decides on the results.
func (m *InquiryManifest) parts() []part {
	inputs, err := json.Marshal(m.Inputs)
	if err != nil {
		panic("study: hashes that cannot be written: " + err.Error())
	}
	return []part{
		{"kind", m.Inquiry.Kind}, {"program", m.Code.Rules}, {"scenario", m.ScenarioYAML}, {"files of the scenario", string(inputs)},
		{"seed", fmt.Sprint(m.Seed)}, {"ticks", fmt.Sprint(m.Ticks)}, {"settings", string(m.Inquiry.Settings)},
	}
}

// sum is the hash of all that decides on the results.
func (m *InquiryManifest) sum() string {
	h := sha256.New()
	for _, part := range m.parts() {
		fmt.Fprintf(h, "%s %d %s\n", part.name, len(part.text), part.text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// differs says in what two works differ; nil if they are one and the same.
func (m *InquiryManifest) differs(old *InquiryManifest) error {
	if m.Inquiry.Identity == old.Inquiry.Identity {
		return nil
	}
	return departures(old.parts(), m.parts(), "was", "is")
}

// A Round is the runs of one: every point with its replicates.
type Round struct {
	Name       string // of its folder
	Parameters []string
	Points     [][]float64 // values of the parameters
	Replicates int
	Outcomes   []string                                                                                        // what a run gives
	Seed       func(run int) uint64                                                                            // of a run of the round
	Do         func(ctx context.Context, run int, seed uint64, threads int, at *RunFault) ([][]float64, error) // rows of outcomes of a run; it moves at on
	Rows       int                                                                                             // that each run gives; 0 = 1
}

// head is the header of a round's table.
func (r *Round) head() []string {
	return slices.Concat([]string{"run", "point", "replicate", "row", "seed"}, r.Parameters, r.Outcomes)
}

// failureHead is the header of the table of runs that failed, that of a sweep.
func (r *Round) failureHead() []string {
	return slices.Concat(keyColumns(), r.Parameters, FailureColumns())
}

// identify writes the cells that say which run it is, with the row of the run if there are several.
func (r *Round) identify(t *table.Writer, run int, row ...int) {
	for _, v := range append([]int{run, run / r.Replicates, run % r.Replicates}, row...) {
		t.Integer(int64(v))
	}
	t.Integer(int64(r.Seed(run)))
}

// values writes the parameters of a run's point.
func (r *Round) values(t *table.Writer, run int) {
	for _, v := range r.Points[run/r.Replicates] {
		t.Number(v)
	}
}

// Do does the runs of a round that are not done yet and gives the rows of all, by run; nil for a run that failed.
func (q *Inquiry) Do(ctx context.Context, r Round, w Work) ([][][]float64, error) {
	dir := filepath.Join(q.Dir, output.RoundsDir, r.Name)
	runs := len(r.Points) * r.Replicates
	if _, err := os.Stat(filepath.Join(dir, "runs.csv")); errors.Is(err, fs.ErrNotExist) {
		if err := q.work(ctx, dir, &r, w); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	results, err := r.read(dir, runs)
	if err == nil {
		err = q.redo(ctx, &r, results, w)
	}
	if err != nil {
		return nil, err
	}
	q.manifest.Inquiry.Runs += runs
	for _, rows := range results {
		if rows == nil {
			q.manifest.Inquiry.Failed++
		}
	}
	return results, nil
}

// work does the runs under a journal, and leaves their table.
func (q *Inquiry) work(ctx context.Context, dir string, r *Round, w Work) error {
	heads := [2]string{strings.Join(r.head(), ","), strings.Join(r.failureHead(), ",")}
	identity := sha256.Sum256(fmt.Appendf(nil, "%s %s %v %v", q.manifest.Inquiry.Identity, r.Name, r.Points, heads))
	plan := batch.Plan{
		Dir: dir, Runs: len(r.Points) * r.Replicates, Identity: hex.EncodeToString(identity[:]),
		Tables: []batch.Table{{Name: "runs", Head: heads[0]}, {Name: "failures", Head: heads[1]}},
	}
	inside := 1
	o := batch.Options{
		Workers: w.Threads, Resume: true, Fast: w.Fast, Sync: w.Sync, Owner: w.Owner,
		Begin: func(left int) { inside = max(1, w.Threads/left) },
		Failed: func(run int, err error) []batch.Row {
			return failure(1, r.failureHead(), err, func(t *table.Writer) { r.identify(t, run) }, func(t *table.Writer) { r.values(t, run) })
		},
		Ended: func(run int, err error) {
			if err != nil && w.Failed != nil {
				w.Failed(run, err)
			}
		},
	}
	_, err := batch.Run(ctx, plan, o, func(ctx context.Context, run int) ([]batch.Row, error) {
		var rows [][]float64
		err := placed(func(at *RunFault) (err error) {
			rows, err = r.Do(ctx, run, r.Seed(run), inside, at)
			return err
		})
		if err != nil {
			return nil, err
		}
		return cells(0, heads[0], func(t *table.Writer) {
			for k, row := range rows {
				r.identify(t, run, k)
				r.values(t, run)
				for _, v := range row {
					t.Number(v)
				}
				t.EndRow()
			}
		}), nil
	})
	if err != nil {
		return err
	}
	if _, err := plan.Merge(ctx, []string{dir}, dir, false); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(filepath.Join(dir, batch.JournalDir)), os.RemoveAll(filepath.Join(dir, batch.DataDir)))
}

// cells makes rows of a table.
func cells(number int, head string, write func(t *table.Writer)) []batch.Row {
	var text bytes.Buffer
	t := table.NewWriter(&text, strings.Split(head, ",")...)
	write(t)
	_ = t.Close() // a buffer takes all
	return linesOf(number, text.Bytes())
}

// read reads the table of a round.
func (r *Round) read(dir string, runs int) ([][][]float64, error) {
	columns := []table.Column{{Name: "run", Kind: table.Integer}, {Name: "seed", Kind: table.Integer}}
	for _, name := range slices.Concat(r.Parameters, r.Outcomes) {
		columns = append(columns, table.Column{Name: name, Kind: table.Number, Gaps: true})
	}
	t, err := table.ReadFile(filepath.Join(dir, "runs.csv"), columns, table.Options{AllowNoRows: true})
	if err != nil {
		return nil, err
	}
	results := make([][][]float64, runs)
	for i, number := range t.Integers("run") {
		run := int(number)
		if run < 0 || run >= runs || uint64(t.Integers("seed")[i]) != r.Seed(run) {
			return nil, fmt.Errorf("%s: row %d is not of this work", filepath.Join(dir, "runs.csv"), i+1)
		}
		row := make([]float64, len(r.Outcomes))
		for k, name := range r.Outcomes {
			if row[k] = math.NaN(); t.Has(name, i) {
				row[k] = t.Numbers(name)[i]
			}
		}
		results[run] = append(results[run], row)
	}
	for k, name := range r.Parameters {
		for i, number := range t.Integers("run") {
			if v := t.Numbers(name)[i]; v != r.Points[int(number)/r.Replicates][k] {
				return nil, fmt.Errorf("%s: row %d has %s = %v, and this work has %v there: was it copied from elsewhere?", filepath.Join(dir, "runs.csv"), i+1, name, v,
					r.Points[int(number)/r.Replicates][k])
			}
		}
	}
	return results, nil
}

// Failed counts the runs that failed, and all, of the rounds that the work has come through.
func (q *Inquiry) Failed() (failed, runs int) {
	return q.manifest.Inquiry.Failed, q.manifest.Inquiry.Runs
}

// Done counts the runs of rounds that have ended already, for progress.
func (q *Inquiry) Done() int {
	inside := os.DirFS(q.Dir)
	paths, err := fs.Glob(inside, output.RoundsDir+"/*/runs.csv")
	if err != nil {
		return 0
	}
	lines := 0
	for _, path := range paths {
		if data, err := fs.ReadFile(inside, path); err == nil {
			lines += max(bytes.Count(data, []byte("\n"))-1, 0)
		}
	}
	return lines
}

// A Written table has a name, columns with unit and meaning, and rows.
type written struct {
	name  string
	words []word
	rows  func(w *table.Writer)
}

// finish writes the tables with their dictionary, and completes the manifest. about adds to the dictionary what the tables are about.
func (q *Inquiry) finish(tables []written, about func(w *table.Writer), complete bool, took time.Duration) error {
	m := &q.manifest
	m.Tables = map[string]output.Hashed{}
	terms := written{"dictionary", dictionary["dictionary"], func(w *table.Writer) {
		for _, t := range tables {
			for _, d := range t.words {
				wordRow(w, t.name, d)
			}
		}
		about(w)
	}}
	for _, t := range append(slices.Clone(tables), terms) {
		var columns []string
		for _, d := range t.words {
			columns = append(columns, d.column)
		}
		path := filepath.Join(q.Dir, t.name+".csv")
		w, err := table.Create(path, columns...)
		if err != nil {
			return err
		}
		t.rows(w)
		if err := w.Close(); err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		m.Tables[t.name+".csv"] = hashed(data)
	}
	if err := q.hashRounds(); err != nil {
		return err
	}
	m.Complete, m.Seconds = complete, took.Seconds()
	return writeJSON(q.Dir, output.ManifestFile, m)
}

// hashRounds lists the tables of the rounds that have ended.
func (q *Inquiry) hashRounds() error {
	q.manifest.Inquiry.Rounds = map[string]output.Hashed{}
	for _, path := range output.Matching(q.Dir, output.RoundsDir+"/*/*.csv") {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(q.Dir, path)
		if err != nil {
			return err
		}
		q.manifest.Inquiry.Rounds[filepath.ToSlash(name)] = hashed(data)
	}
	return nil
}
