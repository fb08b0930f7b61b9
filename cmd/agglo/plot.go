package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
	"agglo/output/plot"
)

// newPlot makes agglo plot.
func newPlot(c *console) *cobra.Command {
	var d drawing
	cmd := &cobra.Command{
		Use:     "plot DIR",
		Short:   "Draw the figures of a run folder again, without running",
		Long:    "plot draws every figure that the tables of a run folder allow, as PNG and SVG, into its folder figures. A table that is not as it was written is drawn and told, and the exit code is 1.",
		Example: "  agglo plot runs/plain-1\n  agglo plot runs/plain-1 --lang ru",
		Args:    wants(1, 1, "one DIR: a run folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownLanguage(d.lang); err != nil {
				return err
			}
			if err := folderThere(args[0]); err != nil {
				return err
			}
			figures, err := d.draw(cmd.Context(), c, args[0])
			if err == nil {
				err = tablesMade(args[0])
			}
			if c.json {
				if shown := printJSON(c.out, figures); err == nil {
					err = shown
				}
				return err
			}
			for _, file := range filesOfFigures(c, figures) {
				c.print("%s\n", filepath.Join(args[0], file))
			}
			return err
		},
	}
	d.add(cmd, false)
	return cmd
}

// tablesMade finds that work was begun in a folder, or submitted, whose tables are not made yet: there was nothing to draw.
func tablesMade(dir string) error {
	if len(output.Matching(dir, "*.csv")) > 0 {
		return nil
	}
	if m, err := study.OpenSweep(dir); err == nil && m.Sweep.Runs > 0 {
		return fmt.Errorf("%s: the tables of the sweep are not made yet: agglo sweep --resume and agglo merge make them", dir)
	}
	return fmt.Errorf("%s: its tables are not made yet: the command that began it makes them with --resume", dir)
}

// knownLanguage refuses a language that figures cannot be made in.
func knownLanguage(lang string) error {
	if lang != "en" && lang != "ru" {
		return usagef("--lang %s: want en or ru", lang)
	}
	return nil
}

// filesOfFigures lists the files of figures; why one was not drawn is a detail.
func filesOfFigures(c *console, figures []plot.Figure) []string {
	var files []string
	for _, f := range figures {
		files = append(files, f.Files...)
		if f.Note != "" {
			c.detail("figure %s: %s", f.Name, f.Note)
		}
	}
	return files
}
