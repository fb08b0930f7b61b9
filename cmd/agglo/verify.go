package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
)

// verifyFlags are the flags of agglo verify.
type verifyFlags struct {
	sample  int
	threads int
}

const verifyLong = `verify runs what a folder holds again, from its manifest, and compares: the hashes of all tables, and where they differ
row by row and cell by cell. It works on every folder with a manifest. Those of agglo run (with replicates, from a checkpoint, stopped),
agglo compare, agglo sweep and agglo cases are made again whole. The number of threads does not matter.

What takes a quarter of an hour is made again in part, unless --sample asks for more: of agglo claims the first pair of worlds, held
against the one that pairs/ keeps, and the tables from all pairs there; of agglo validate the first seed, beside the rows of that seed;
of sensitivity, calibrate and optimise the first run of the rounds, and the tables from the rounds, if the file that they were asked
with is still there. All other tables are held by their hashes; so are the tables of validate --switches, alone.

When something differs it says what: a table that was changed after the run, with line, row and column; a field of the
manifest that the run does not give, with both values; or another program, Go or processor than that which wrote the folder.
Exit code 1 then. Of the manifest everything is held but time, program, machine and notes; where another program wrote the
folder, what differs in the manifest is told as a cause and is no fault by itself.

--sample N runs N of the replicates or of a sweep's runs again, spread evenly, and compares their rows; of a comparison or of
claims the first N pairs, of a validation the first N seeds, of work in rounds the first N runs. Nothing in the folder is changed. Tables made again lie in the system's folder for temporary files (TMPDIR).`

// newVerify makes agglo verify.
func newVerify(c *console) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:     "verify DIR",
		Short:   "Run a stored folder again and compare every table",
		Long:    verifyLong,
		Example: "  agglo verify runs/plain-1\n  agglo verify swept --sample 20 --threads 8",
		Args:    wants(1, 1, "one DIR: a folder with the manifest.json of a run, a comparison, a sweep or other work"),
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	cmd.Flags().IntVar(&f.sample, "sample", 0, "run `N` of the runs again; all if not given, or the first where all take long")
	addThreads(cmd, &f.threads)
	return cmd
}

// verification is what was compared and found.
type verification struct {
	Dir    string          `json:"dir"`
	Kind   string          `json:"kind"`
	Same   bool            `json:"same"`
	Runs   int             `json:"runs"`    // made again
	Of     int             `json:"runs_of"` // in the folder
	Tables []verifiedTable `json:"tables"`
	Faults []string        `json:"faults,omitempty"` // beside the tables
	Causes []string        `json:"causes,omitempty"` // what is not as it was when the folder was written
	Notes  []string        `json:"notes,omitempty"`

	temporary string
	threads   int
	unit      string // what Runs are of, run if empty
	same      bool   // program as the one that has written the folder; the machine does not matter
}

// run is agglo verify.
func (f *verifyFlags) run(cmd *cobra.Command, c *console, dir string) error {
	threads, err := workers(cmd, f.threads)
	if cmd.Flags().Changed("sample") && f.sample < 1 {
		err = errors.Join(err, usagef("--sample %d: want 1 or more", f.sample))
	}
	if err != nil {
		return err
	}
	if cases := casesIn(dir); len(cases) > 0 {
		return f.cases(cmd.Context(), c, dir, cases, threads)
	}
	v, err := f.verify(cmd.Context(), c, dir, threads)
	if err != nil {
		return err
	}
	return v.show(c)
}

// casesIn lists the folders of cases in one of agglo cases, which has no manifest of its own; none in any other.
func casesIn(dir string) (cases []string) {
	if _, err := os.Stat(filepath.Join(dir, output.ManifestFile)); err == nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, casesFiles[0])); err != nil {
		return nil
	}
	for _, path := range output.Matching(dir, "*/"+output.ManifestFile) {
		cases = append(cases, filepath.Dir(path))
	}
	return cases
}

// cases verifies cases one after another, and tells of all of them.
func (f *verifyFlags) cases(ctx context.Context, c *console, dir string, cases []string, threads int) error {
	var all []*verification
	var faults []error
	for _, path := range cases {
		v, err := f.verify(ctx, c, path, threads)
		if err != nil {
			return err
		}
		all = append(all, v)
		if !c.json {
			faults = append(faults, v.show(c))
		} else if !v.Same {
			faults = append(faults, v.fault())
		}
	}
	c.say("note: what lies beside them in %s (%s) has no hashes: agglo cases makes it of these folders", dir, strings.Join(casesFiles, ", "))
	if c.json {
		faults = append(faults, printJSON(c.out, all))
	}
	return errors.Join(faults...)
}

// verify makes a folder again and compares.
func (f *verifyFlags) verify(ctx context.Context, c *console, dir string, threads int) (*verification, error) {
	v := &verification{Dir: dir, threads: threads}
	var err error
	if v.temporary, err = os.MkdirTemp("", "agglo-verify-"); err != nil {
		return nil, fmt.Errorf("there is no folder for what is made again; TMPDIR names one: %w", err)
	}
	defer func() { _ = os.RemoveAll(v.temporary) }() // the system clears its folder anyway
	if err := v.again(ctx, c, f.sample); err != nil && ctx.Err() != nil {
		return nil, fmt.Errorf("%w before all of %s was made again: nothing is known of it", errStopped, v.Dir)
	} else if err != nil {
		return nil, err
	}
	v.Same = v.bad() == 0
	return v, nil
}

// again finds out what the folder is of, makes it again and compares.
func (v *verification) again(ctx context.Context, c *console, sample int) error {
	m, err := openFolder(v.Dir)
	if err != nil {
		return err
	}
	switch sweep, err := study.OpenSweep(v.Dir); {
	case err == nil:
		v.Kind = "sweep"
		return v.sweep(ctx, c, sweep, sample)
	case !errors.Is(err, output.ErrNoFolder):
		return err
	}
	switch compared, err := study.OpenComparison(v.Dir); {
	case err == nil:
		v.Kind = "comparison"
		return v.comparison(ctx, c, compared, sample)
	case !errors.Is(err, output.ErrNoFolder):
		return err
	}
	switch claims, err := study.OpenClaims(v.Dir); {
	case err == nil:
		v.Kind, v.unit = "test of claims", "pair"
		return v.claims(ctx, c, claims, sample)
	case !errors.Is(err, output.ErrNoFolder):
		return err
	}
	switch validation, err := study.OpenValidation(v.Dir); {
	case err == nil:
		v.Kind, v.unit = "validation", "seed"
		return v.validation(ctx, c, validation, sample)
	case !errors.Is(err, output.ErrNoFolder):
		return err
	}
	switch inquiry, err := study.OpenInquiry(v.Dir); {
	case err == nil:
		v.Kind = map[string]string{"calibrate": "calibration", "optimise": "optimisation", "sensitivity": "sensitivity analysis"}[inquiry.Inquiry.Kind]
		return v.inquiry(ctx, c, inquiry, sample)
	case !errors.Is(err, output.ErrNoFolder):
		return err
	}
	if _, listed := m.Tables["series.csv"]; !listed || len(m.Runs) == 0 {
		return usagef("%s is no folder that agglo has written the tables of: nothing says how to make it again", v.Dir)
	}
	v.Kind = "run"
	return v.runs(ctx, c, m, sample)
}

// by says what of the program and the machine is not as it was when the folder was written.
func (v *verification) by(was output.Code) error {
	is := version()
	if was.Rules != "" {
		var err error
		if is, err = exactly(); err != nil {
			return err
		}
	}
	v.same = was.Version == is.Version && revision(was) == revision(is) && was.Rules == is.Rules
	for _, x := range []struct{ what, was, is string }{
		{"version of agglo", was.Version, is.Version}, {"revision of its source", revision(was), revision(is)}, {"its rules", was.Rules, is.Rules},
		{"version of Go", was.Go, is.Go}, {"operating system", was.OS, is.OS}, {"processor", strings.TrimSpace(was.Arch + " " + was.Level), strings.TrimSpace(is.Arch + " " + is.Level)},
	} {
		if x.was != x.is {
			v.Causes = append(v.Causes, fmt.Sprintf("%s: was %s, is %s", x.what, or(x.was, "not told"), or(x.is, "not told")))
		}
	}
	return nil
}

// revision is that of the source, with a mark if it was changed.
func revision(c output.Code) string {
	if c.Modified {
		return c.Revision + " with changes"
	}
	return c.Revision
}

// or gives the first text unless it is empty.
func or(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return a
}

// edited tells that a manifest was changed after it was written.
func (v *verification) edited() {
	v.Faults = append(v.Faults, output.ManifestFile+" was changed after the run: program, scenario, seeds, length or experiment in it are not those that its hash stands for")
}

// show prints what was found.
func (v *verification) show(c *console) error {
	if c.json {
		if err := printJSON(c.out, v); err != nil {
			return err
		}
	} else {
		v.print(c)
	}
	return v.fault()
}

// fault is what the command ends with; nil if all is the same.
func (v *verification) fault() error {
	if v.Same {
		return nil
	}
	return fmt.Errorf("%s is not what its %s gives: %s", v.Dir, v.Kind, count(v.bad(), "difference"))
}

// bad is the number of tables and other things that are not as they should be.
func (v *verification) bad() int {
	n := len(v.Faults)
	for k := range v.Tables {
		if !v.Tables[k].ok() {
			n++
		}
	}
	return n
}

// mostFields is how many faults beside the tables are printed without -v.
const mostFields = 20

// print prints it for people.
func (v *verification) print(c *console) {
	for _, n := range v.Notes {
		c.say("note: %s", n)
	}
	for k, f := range v.Faults {
		if k == mostFields && !c.verbose {
			c.print("and %s; -v tells all\n", count(len(v.Faults)-k, "more fault"))
			break
		}
		c.print("%s\n", f)
	}
	again, only, most := 0, 0, 5
	if v.bad() > 3 && !c.verbose {
		most = 1 // where everything differs, the first place of each table is enough
	}
	for k := range v.Tables {
		t := &v.Tables[k]
		for _, line := range t.lines(most) {
			c.print("%s\n", line)
		}
		switch {
		case t.ok() && t.Again:
			again++
		case t.ok():
			only++
		}
	}
	if !v.Same && len(v.Causes) > 0 {
		c.print("What is not as it was when the folder was written:\n")
		for _, line := range v.Causes {
			c.print("  %s\n", line)
		}
	} else if len(v.Causes) > 0 {
		c.detail("other than when the folder was written: %s", strings.Join(v.Causes, "; "))
	}
	if v.Same {
		c.print("%s: %s made again, %s the same", v.Dir, part(v.Runs, v.Of, or(v.unit, "run")), count(again, "table"))
		if only > 0 {
			c.print("; %s not made again, unchanged since the run", count(only, "table"))
		}
		c.print("\n")
	}
}

// part writes a number of things of all that there are.
func part(n, of int, what string) string {
	if n == of {
		return count(n, what)
	}
	return fmt.Sprintf("%d of %s", n, count(of, what))
}

// count writes a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(float64(n)) + " " + what + "s"
}

// path is a file of the folder.
func (v *verification) path(name string) string { return filepath.Join(v.Dir, name) }
