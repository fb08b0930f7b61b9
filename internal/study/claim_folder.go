package study

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"agglo/internal/table"
	"agglo/output"
	"agglo/scenarios"
)

// A ClaimsManifest says all that is needed to put the claims to the test again. Its scenario and parameters are those of the
// first test's world; the scenario's text is followed by that of the tests.
type ClaimsManifest struct {
	output.Manifest
	Claims struct {
		Replicates int      `json:"replicates"` // asked for, of each test
		Unfinished int      `json:"unfinished,omitempty"`
		Tests      []string `json:"tests"`
		Set        []string `json:"set,omitempty"` // in all arms of all tests, as PATH=VALUE
	} `json:"claims"`
}

// OpenClaims reads the manifest of a folder of tests of claims.
func OpenClaims(dir string) (*ClaimsManifest, error) {
	var m ClaimsManifest
	if err := openAs(dir, &m); err != nil {
		return nil, err
	}
	if len(m.Claims.Tests) == 0 {
		return nil, fmt.Errorf("%s: %w: its manifest is not that of tests of claims", dir, output.ErrNoFolder)
	}
	return &m, nil
}

// A ClaimsFolder is the folder of tests of claims that are being made.
type ClaimsFolder struct {
	dir      string
	manifest ClaimsManifest
	held     *ClaimPairs
}

// ClaimsPage is the file of the table that is read.
const ClaimsPage = "claims.md"

// ReserveClaims begins the folder, before the work is done. It refuses and overwrites folders as output.Create does; one that
// holds pairs of these tests is begun anew with them. Until Write the folder is marked as not whole.
func ReserveClaims(dir string, base output.Manifest, tests []ClaimTest, set []scenarios.Setting, replicates int, held *ClaimPairs, force bool) (*ClaimsFolder, error) {
	f := &ClaimsFolder{dir: dir, held: held}
	for k := range tests {
		f.manifest.Claims.Tests = append(f.manifest.Claims.Tests, tests[k].ID)
	}
	for _, one := range set { // the first world's text has it too; the folder's fingerprint counts it for the others
		f.manifest.Claims.Set = append(f.manifest.Claims.Set, one.Path+"="+one.Value)
		base.ScenarioYAML += fmt.Sprintf("# Set in all arms: %s = %q\n", one.Path, one.Value)
	}
	base.ScenarioYAML += fmt.Sprintf("# Tests: %v\n# claims.yaml:\n", f.manifest.Claims.Tests)
	for line := range strings.Lines(string(claimsFile)) {
		base.ScenarioYAML += "# " + line
	}
	if _, err := held.begin(dir, base, force); err != nil {
		return nil, err
	}
	base.Agglo, base.Command = output.FormatVersion, base.Fingerprint()
	f.manifest.Manifest = base
	f.manifest.Claims.Replicates = replicates
	return f, nil
}

// claimTables are the tables of tests of claims, with that of a menu if there is one.
func claimTables(menu bool) []tableOf[*ClaimsRun] {
	tables := []tableOf[*ClaimsRun]{{"claims", func(w *table.Writer, r *ClaimsRun) { r.rows(w) }}}
	if menu {
		tables = append(tables, tableOf[*ClaimsRun]{"menu", func(w *table.Writer, r *ClaimsRun) { r.menuRows(w) }})
	}
	return append(tables, tableOf[*ClaimsRun]{"dictionary", func(w *table.Writer, _ *ClaimsRun) { claimWords(w, menu) }})
}

// ClaimFiles lists the tables of tests of claims by their files, the page and the folder of the pairs.
func ClaimFiles(tests []ClaimTest) []string {
	menu := slices.ContainsFunc(tests, func(t ClaimTest) bool { return t.Contrast == Best })
	return append(filesOf(claimTables(menu)), ClaimsPage, output.PairsDir)
}

// Write writes the tables and the page, and completes the folder.
func (f *ClaimsFolder) Write(r *ClaimsRun, took time.Duration) error {
	m := &f.manifest
	m.Tables = map[string]output.Hashed{}
	for _, t := range claimTables(r.hasMenu()) {
		h, err := write(f.dir, t.name, func(w *table.Writer) { t.rows(w, r) })
		if err != nil {
			return err
		}
		m.Tables[t.name+".csv"] = h
	}
	if err := table.Replace(filepath.Join(f.dir, ClaimsPage), []byte(r.Page())); err != nil {
		return err
	}
	m.Complete, m.Claims.Unfinished = r.Unfinished == 0, r.Unfinished
	for k := range m.Runs {
		m.Runs[k].Ticks = m.Ticks
	}
	m.Seconds = took.Seconds()
	if err := f.held.gather(); err != nil {
		return err
	}
	return complete(f.dir, m)
}

// rows writes claims.csv.
func (r *ClaimsRun) rows(w *table.Writer) {
	for k := range r.Results {
		x := &r.Results[k]
		t := &x.Test
		for _, cell := range []string{t.ID, t.Claim(), t.Quote.EN, t.Scenario, t.Contrast, t.Outcome, t.Unit, t.Expected} {
			w.Text(cell)
		}
		w.Integer(int64(t.Branch))
		w.Integer(int64(t.Horizon))
		w.Integer(int64(x.Pairs))
		lo, hi := x.Relative(x.Lo), x.Relative(x.Hi)
		if lo > hi { // the claim expects a fall
			lo, hi = hi, lo
		}
		for _, v := range []float64{
			x.A, x.B, x.Effect, x.Lo, x.Hi, t.Smallest, x.Relative(x.Effect), lo, hi,
			x.Detectable, x.P, x.Holm, x.SpentA, x.SpentB,
		} {
			w.Number(v)
		}
		w.Text(x.Verdict)
		w.Text(t.Standing())
		w.Text(x.Note)
		w.EndRow()
	}
}

// Standing says whether a test counts: counted, or by construction.
func (t *ClaimTest) Standing() string {
	if t.Construction != "" {
		return "by construction"
	}
	return "counted"
}

// claimWords writes the dictionary of claims.csv, of menu.csv if there is one, and of the outcomes in them.
func claimWords(w *table.Writer, menu bool) {
	wordRows(w, "claims")
	if menu {
		wordRows(w, "menu")
	}
	for _, o := range claimOutcomes() {
		wordRow(w, "outcomes", word{o.name, o.unit, o.meaning})
	}
}
