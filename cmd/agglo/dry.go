package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
)

// addDry adds --dry-run.
func addDry(cmd *cobra.Command, to *bool) {
	cmd.Flags().BoolVar(to, "dry-run", false, "tell what would be run and written, and what it will take, and run only a pilot; nothing is written")
}

// A dryRun is what work on pairs or seeds would do: what an estimate says, and the folder.
type dryRun struct {
	study.Estimate
	What  string   `json:"what"`
	Kept  int      `json:"kept"` // pairs that are there, and are not run again
	Dir   string   `json:"dir"`
	Files []string `json:"files"`

	least string // which words stand before the number of runs: at most
	of    string // what a run of the estimate is: a pair, a world
	less  string // what may make it less
}

// tell prints it.
func (d *dryRun) tell(c *console, drawn bool) error {
	if drawn {
		d.Files = append(d.Files, output.ReportFile, output.FiguresDir)
		d.Memory = max(d.Memory, drawingMemory)
	}
	d.Files = append(d.Files, output.ManifestFile)
	if c.json {
		return printJSON(c.out, d)
	}
	rows := [][]string{{"what", d.What}}
	if d.Kept > 0 {
		rows = append(rows, []string{"kept", count(d.Kept, "pair") + " of worlds, not run again"})
	}
	rows = append(rows, []string{"runs", fmt.Sprintf("%s%s, %s", d.least, count(d.Runs, d.of), sideBySide(d.Threads))})
	rows = append(rows, estimateRows(d.Estimate, d.less)...)
	return printTable(c.out, append(rows, []string{"files", d.Dir + ": " + strings.Join(d.Files, ", ") + "; nothing is written now"}))
}
