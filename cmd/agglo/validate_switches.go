package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
)

// switchOff is agglo validate --switches: the plain with assumptions switched off one by one.
func switchOff(cmd *cobra.Command, c *console, f *validateFlags, threads int) error {
	if f.ticks == 0 {
		_, at, err := study.Facts()
		if err != nil {
			return err
		}
		f.ticks = at
	}
	if f.out == "" {
		f.out = filepath.Join("runs", fmt.Sprintf("switches-%d", f.seeds))
	}
	setups, base, texts, err := f.switches(cmd)
	if err != nil {
		return err
	}
	o := study.ValidateOptions{Seeds: f.seeds, Ticks: f.ticks, Threads: threads}
	if f.dry {
		return f.wouldSwitch(cmd.Context(), c, setups, o)
	}
	if err := c.room(study.SwitchesLive(setups, f.seeds), threads); err != nil {
		return err
	}
	base.ScenarioYAML += "# With assumptions switched off one by one\n"
	base.Asked = wordsAsked(cmd)
	folder, err := study.ReserveValidation(f.out, base, texts, o, nil, f.force)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	begun := time.Now()
	bar := newProgress(c, len(setups)*f.seeds*f.ticks)
	o.Watch = bar
	found, err := study.SwitchOff(cmd.Context(), setups, o)
	bar.end()
	if err != nil && cmd.Context().Err() != nil {
		return fmt.Errorf("%w before all switches were tried; %s holds no tables", errStopped, f.out)
	} else if err != nil {
		return err
	}
	if err := folder.WriteSwitches(found, time.Since(begun).Seconds()); err != nil {
		return err
	}
	return reportSwitches(c, found, f)
}

// switches makes the worlds under each switch ready, with what is known before they run and their scenarios.
func (f *validateFlags) switches(cmd *cobra.Command) (setups []model.Setup, base output.Manifest, texts map[string]string, err error) {
	texts = map[string]string{}
	for k, s := range study.Switches {
		loaded, err := load(study.Plain, slices.Concat(f.set, s.Set))
		if err != nil {
			return nil, base, nil, err
		}
		over := scenarios.Overrides{Ticks: &f.ticks}
		if cmd.Flags().Changed("seed") {
			over.Seed = &f.seed
		}
		setup, err := switched(loaded, over)
		if err != nil {
			return nil, base, nil, err
		}
		setups, texts[s.ID] = append(setups, setup), string(loaded.YAML())
		if k > 0 {
			continue
		}
		base = manifestOf(loaded, setup, f.runs(setup), 1)
	}
	return setups, base, texts, nil
}

// wouldSwitch is --dry-run.
func (f *validateFlags) wouldSwitch(ctx context.Context, c *console, setups []model.Setup, o study.ValidateOptions) error {
	e, err := study.EstimateSwitches(ctx, setups, o, pilotTime)
	if err != nil {
		return err
	}
	d := dryRun{Estimate: e, Dir: f.out, of: "run", Files: study.SwitchesFiles(), What: fmt.Sprintf("%s under %d switches, %s each", study.Plain, len(setups), count(f.seeds, "seed"))}
	return d.tell(c, false)
}

// switched is the setup of a world under a switch. In the reduced form efficiency does not read what some switches turn off.
func switched(loaded *scenarios.Scenario, over scenarios.Overrides) (model.Setup, error) {
	setup, err := loaded.Setup(over)
	if err == nil && setup.Params.Production.ReducedForm {
		err = usagef("validate --switches: production.reduced_form is true, and suppliers, pooling, externalities and both would switch off what efficiency does not read: want false")
	}
	return setup, err
}

// reportSwitches prints a row a switch.
func reportSwitches(c *console, found []study.SwitchFinding, f *validateFlags) error {
	if c.json {
		return printJSON(c.out, switchesForMachines(found, f.out))
	}
	rows := [][]string{{"off", "jobs in clusters", "change, points", "EG gamma", "change", "clusters", "meaning"}}
	at := func(id, statistic string) study.SwitchFinding {
		k := slices.IndexFunc(found, func(x study.SwitchFinding) bool { return x.Switch == id && x.Statistic == statistic })
		return found[k]
	}
	span := func(lo, hi float64) string {
		if math.IsNaN(lo) {
			return ""
		}
		return " (" + digits(lo) + " to " + digits(hi) + ")"
	}
	for _, s := range study.Switches {
		jobs, gamma, n := at(s.ID, study.JobsInClusters), at(s.ID, study.MeanGamma), at(s.ID, study.ClusterCount)
		change, more := "-", "-"
		if s.Set != nil {
			change = fmt.Sprintf("%.0f%s", 100*jobs.Change, points(jobs.ChangeLo, jobs.ChangeHi))
			more = digits(gamma.Change) + span(gamma.ChangeLo, gamma.ChangeHi)
		}
		rows = append(rows, []string{s.ID, fmt.Sprintf("%.0f%%", 100*jobs.Value), change, digits(gamma.Value), more, digits(n.Value), s.Meaning})
	}
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("\nplain, %d seeds, tick %d; brackets hold 95%% intervals of the change, under the same seeds. Tables: %s\n", f.seeds, f.ticks, f.out)
	return nil
}

// points writes an interval of shares in percentage points.
func points(lo, hi float64) string {
	if math.IsNaN(lo) {
		return ""
	}
	return fmt.Sprintf(" (%.0f to %.0f)", 100*lo, 100*hi)
}

// switchesForMachines is the whole result; absent numbers are null.
func switchesForMachines(found []study.SwitchFinding, dir string) any {
	type row struct {
		Switch    string   `json:"switch"`
		Statistic string   `json:"statistic"`
		Value     *float64 `json:"value"`
		Lo        *float64 `json:"lo"`
		Hi        *float64 `json:"hi"`
		Change    *float64 `json:"change"`
		ChangeLo  *float64 `json:"change_lo"`
		ChangeHi  *float64 `json:"change_hi"`
		Seeds     int      `json:"seeds"`
		Tick      int      `json:"tick"`
	}
	var rows []row
	for _, x := range found {
		rows = append(rows, row{
			x.Switch, x.Statistic, defined(x.Value), defined(x.Lo), defined(x.Hi), defined(x.Change), defined(x.ChangeLo),
			defined(x.ChangeHi), x.Seeds, x.Tick,
		})
	}
	return struct {
		Dir      string `json:"dir"`
		Switches []row  `json:"switches"`
	}{dir, rows}
}
