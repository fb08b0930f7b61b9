package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"agglo/output/plot"
	"agglo/output/report"
)

// A drawing is what the commands that draw are asked of figures and of the report.
type drawing struct {
	lang    string
	pdf     bool
	noPlots bool

	page string // the report that make has written; empty if it has not
}

// add gives a command the flags of a drawing; without the choice to draw nothing where drawing is what it is for.
func (d *drawing) add(cmd *cobra.Command, choice bool) {
	flags := cmd.Flags()
	flags.StringVar(&d.lang, "lang", "en", "language of figures and report: `en` or ru")
	flags.BoolVar(&d.pdf, "pdf", false, "draw each figure as PDF too")
	if choice {
		flags.BoolVar(&d.noPlots, "no-plots", false, "draw no figures and write no report")
	}
}

// make draws the figures of a folder and writes its report. It returns the files of the figures. Of work that was stopped, what is done
// is drawn all the same; ctx then stops nothing more.
func (d *drawing) make(ctx context.Context, c *console, dir string) ([]string, error) {
	if d.noPlots {
		return nil, nil
	}
	ctx = unstopped(ctx)
	figures, faults := d.draw(ctx, c, dir)
	if errors.Is(faults, errStopped) {
		return filesOfFigures(c, figures), fmt.Errorf("%w; the work is done and its tables are whole: agglo report %s draws the rest and writes the report", faults, dir)
	}
	var fault error
	d.page, fault = d.report(ctx, dir, figures, faults)
	if errors.Is(fault, errStopped) {
		return filesOfFigures(c, figures), fmt.Errorf("%w; the work is done and its tables are whole: agglo report %s writes the report", fault, dir)
	}
	if fault != nil {
		return filesOfFigures(c, figures), fmt.Errorf("the work is done and its tables are whole; drawing or reporting failed: %w", fault)
	}
	return filesOfFigures(c, figures), nil
}

// unstopped is a context for drawing what was done of work that was stopped: that end is behind it.
func unstopped(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// draw draws the figures of a folder, and tells how far it is where that takes long. When ctx is done it stops behind a figure, and the
// error says how many there are.
func (d *drawing) draw(ctx context.Context, c *console, dir string) ([]plot.Figure, error) {
	watch, end := watchFigures(c, time.Now())
	defer end()
	figures, err := plot.Draw(dir, plot.Options{Lang: d.lang, PDF: d.pdf, Watch: watch, Stop: ctx.Err})
	return figures, stoppedDrawing(ctx, figures, err)
}

// stoppedDrawing puts the end of a drawing in words: how many figures were drawn before it was stopped.
func stoppedDrawing(ctx context.Context, figures []plot.Figure, err error) error {
	if err == nil || ctx.Err() == nil || !errors.Is(err, ctx.Err()) {
		return err
	}
	drawn := 0
	for _, f := range figures {
		if len(f.Files) > 0 {
			drawn++
		}
	}
	return fmt.Errorf("%w: figures drawn until then: %d", errStopped, drawn)
}

// watchFigures tells how far a drawing is that began at some time, as a long measure does; how many figures there are is known with the
// first.
func watchFigures(c *console, begun time.Time) (watch func(done, of int), end func()) {
	var bar *steps
	watch = func(done, of int) {
		if bar == nil {
			bar = newSteps(c, of, "figure")
			bar.begun, bar.last = begun, begun
		}
		bar.add(done - bar.done)
	}
	return watch, func() {
		if bar != nil {
			bar.end()
		}
	}
}

// report writes the report of a folder whose figures are drawn, and gives its path, empty if it could not be written. Faults of the
// drawing are part of its own. When ctx is done there is none.
func (d *drawing) report(ctx context.Context, dir string, figures []plot.Figure, faults error) (string, error) {
	o := report.Options{Lang: d.lang, Figures: figures, Changed: changed(dir), Edited: editedSince(dir), Stop: ctx.Err}
	o.Sources, o.Bare = sourcesOf(dir)
	path, err := report.Write(dir, o)
	if path == "" {
		err = stoppedDrawing(ctx, figures, err)
	}
	return path, once(faults, err)
}

// once joins errors, each of one text once: a table that was changed is told by those who draw it and by those who show it.
func once(all ...error) error {
	var faults []error
	told := map[string]bool{}
	var add func(err error)
	add = func(err error) {
		if list, joined := err.(interface{ Unwrap() []error }); joined && err.Error() == errors.Join(list.Unwrap()...).Error() {
			for _, e := range list.Unwrap() {
				add(e)
			}
		} else if !told[err.Error()] {
			told[err.Error()] = true
			faults = append(faults, err)
		}
	}
	for _, err := range all {
		if err != nil {
			add(err)
		}
	}
	return errors.Join(faults...)
}

const reportLong = `report draws the figures of a folder and writes report.html into it: one page that needs no other file, with question, answer,
figures, tables that sort, what was changed from the defaults, sources, and how to repeat it. It takes the folder of a run, a comparison,
a sweep, of claims or of a validation. A folder that is not whole, was edited or comes from a newer program is told as such at
the page's head; what is sound is shown, and the exit code is 1.`

// newReport makes agglo report.
func newReport(c *console) *cobra.Command {
	var d drawing
	cmd := &cobra.Command{
		Use:     "report DIR",
		Short:   "Write one page with figures and tables of a folder, without running",
		Long:    reportLong,
		Example: "  agglo report runs/plain-1\n  agglo report runs/plain-1 --lang ru --pdf",
		Args:    wants(1, 1, "one DIR: a folder of results"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownLanguage(d.lang); err != nil {
				return err
			}
			if err := folderThere(args[0]); err != nil {
				return err
			}
			figures, err := d.draw(cmd.Context(), c, args[0])
			files, path := filesOfFigures(c, figures), ""
			if !errors.Is(err, errStopped) {
				path, err = d.report(cmd.Context(), args[0], figures, err)
			}
			if errors.Is(err, errStopped) {
				err = fmt.Errorf("%w; no report was written", err)
			}
			if c.json {
				return errors.Join(err, printJSON(c.out, struct {
					Report  string   `json:"report"`
					Figures []string `json:"figures"`
				}{path, append([]string{}, files...)}))
			}
			if path != "" {
				c.print("%s\n", path)
			}
			return err
		},
	}
	d.add(cmd, false)
	return cmd
}
