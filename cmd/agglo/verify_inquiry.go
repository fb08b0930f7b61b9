package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
)

// inquiry verifies the folder of a calibration, an optimisation or a sensitivity analysis: that its tables and those of its rounds are what
// the work left; and, where the file that it was asked with is there, that the first runs give their rows again and the rounds the tables.
func (v *verification) inquiry(ctx context.Context, c *console, m *study.InquiryManifest, sample int) error {
	if err := v.by(m.Code); err != nil {
		return err
	}
	if m.Edited() {
		v.edited()
	}
	v.Of = m.Inquiry.Runs
	for _, name := range slices.Sorted(maps.Keys(m.Inquiry.Rounds)) {
		v.Tables = append(v.Tables, v.table(name, m.Inquiry.Rounds[name], verified{}))
	}
	again, why := filepath.Join(v.temporary, "again"), ""
	switch {
	case len(m.Inquiry.Rounds) == 0:
		why = "the manifest holds no hashes of the rounds: whether these were changed cannot be told"
	case !m.Complete:
		why = "the work was stopped before its end"
	case v.bad() > 0:
		why = "what it would be made of was changed"
	default:
		fault, err := v.inquireAgain(ctx, c, m, again, min(max(sample, firstAlone), v.Of))
		if err != nil {
			return err
		}
		why = fault
	}
	if why != "" {
		v.Notes = append(v.Notes, "no table is made again: "+why)
		v.tables(&m.Manifest, func(string) verified { return verified{note: "it is made of all rounds"} })
		return nil
	}
	v.tables(&m.Manifest, func(string) verified { return verified{with: again} })
	if err := v.sameFile(again, fittedFile); err != nil {
		return err
	}
	return v.manifest(again)
}

// inquirer is a command that works in rounds, with its flags and what it does with a file; nil if there is none of the kind.
func inquirer(kind string, c *console) (cmd *cobra.Command, shared *inquireFlags, do func(path string) error) {
	switch kind {
	case "calibrate":
		f := &calibrateFlags{}
		cmd, shared = f.command(c), &f.inquireFlags
		do = func(path string) error { return f.run(cmd, c, path) }
	case "optimise":
		f := &optimiseFlags{}
		cmd, shared = f.command(c), &f.inquireFlags
		do = func(path string) error { return f.run(cmd, c, path) }
	case "sensitivity":
		f := &sensitivityFlags{}
		cmd, shared = f.command(c), &f.inquireFlags
		do = func(path string) error { return f.run(cmd, c, path) }
	}
	return cmd, shared, do
}

// inquireAgain goes on with the work in a copy of its folder, where all rounds have ended, so that it only puts the tables together; n runs
// are done again beside that. It says why that cannot be, if it cannot.
func (v *verification) inquireAgain(ctx context.Context, c *console, m *study.InquiryManifest, dir string, n int) (why string, err error) {
	silent := &console{in: c.in, out: io.Discard, err: io.Discard, quiet: true}
	cmd, shared, do := inquirer(m.Inquiry.Kind, silent)
	if cmd == nil {
		return fmt.Sprintf("this program knows no work of the kind %q", m.Inquiry.Kind), nil
	}
	cmd.SetContext(ctx)
	if err := cmd.ParseFlags(m.Asked); err != nil || cmd.Flags().NArg() != 1 {
		return "the manifest does not say which file it was asked with", nil
	}
	path := cmd.Flags().Arg(0)
	if _, err := os.Stat(path); err != nil {
		return fmt.Sprintf("%s, the file that it was asked with, is not here", path), nil
	}
	for _, name := range []string{output.RoundsDir, output.InputsDir} {
		if _, err := os.Stat(v.path(name)); err == nil {
			if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(v.path(name))); err != nil {
				return "", err
			}
		}
	}
	manifest, err := os.ReadFile(v.path(output.ManifestFile))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, output.ManifestFile), manifest, 0o666)
	}
	if err != nil {
		return "", err
	}
	shared.out, shared.threads, shared.resume, shared.onError, shared.noPlots, shared.again = dir, v.threads, true, errorOff, true, n
	err = do(path)
	var usage *usageError
	switch {
	case errors.As(err, &usage), err != nil && shared.begun == nil:
		return fmt.Sprintf("%s does not ask for this work any more, or this program does it otherwise: %v", path, strings.ReplaceAll(err.Error(), dir, v.Dir)), nil
	case err != nil && ctx.Err() != nil:
		return "", err
	}
	var unlike []string
	v.Runs, unlike = shared.begun.Redone()
	v.Faults = append(v.Faults, unlike...)
	if err != nil {
		v.Faults = append(v.Faults, "the rounds do not give the tables: "+strings.ReplaceAll(err.Error(), dir, v.Dir))
		return "the rounds do not give them", nil
	}
	v.Notes = append(v.Notes, fmt.Sprintf("%s done again, and the tables made again from the rounds", count(v.Runs, "run")))
	return "", nil
}

// sameFile holds a file without a hash against the one made again, if there is one.
func (v *verification) sameFile(again, name string) error {
	is, err := os.ReadFile(filepath.Join(again, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	if was, err := os.ReadFile(v.path(name)); err != nil {
		v.Faults = append(v.Faults, name+" is missing: it was removed after the run")
	} else if v.same && !bytes.Equal(was, is) {
		v.Faults = append(v.Faults, name+" was changed after the run, or is not what its tables give")
	}
	return nil
}
