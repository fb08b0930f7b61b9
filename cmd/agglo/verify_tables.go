package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/output"
)

// verifiedTable is a table of the folder beside the one made again.
type verifiedTable struct {
	Name       string            `json:"name"`
	Again      bool              `json:"again"` // it was made again
	Part       bool              `json:"part"`  // the rows of some runs of it
	Changed    bool              `json:"changed"`
	Missing    bool              `json:"missing"`
	Comparison *table.Comparison `json:"comparison,omitempty"` // nil if the bytes are the same
	Problem    string            `json:"problem,omitempty"`
	Note       string            `json:"note,omitempty"`
}

// ok says whether the table is what it should be.
func (t *verifiedTable) ok() bool {
	return !t.Changed && !t.Missing && t.Problem == "" && (t.Comparison == nil || t.Comparison.Different == 0)
}

// lines say what is wrong with the table, with so many places at most.
func (t *verifiedTable) lines(most int) []string {
	var all []string
	switch {
	case t.Missing:
		all = append(all, t.Name+" is missing: it was removed after the run")
	case t.Problem != "":
		all = append(all, t.Name+": "+t.Problem)
	case t.Changed && t.Comparison != nil && t.Comparison.Different > 0:
		all = append(all, t.Name+" was changed after the run: its hash is not that of the manifest")
	case t.Changed && t.Again && !t.Part:
		all = append(all, t.Name+" was changed after the run, though no cell was")
	case t.Changed:
		all = append(all, t.Name+" was changed after the run: its hash is not that of the manifest; the change is not in what was made again")
	case !t.ok():
		all = append(all, t.Name+" is as the run left it, and the run made again gives another")
	}
	if t.Comparison == nil {
		return all
	}
	for _, d := range t.Comparison.First[:min(len(t.Comparison.First), most)] {
		line := fmt.Sprintf("  line %d (%s): ", d.Line, or(d.Row, "no key"))
		if d.Whole != "" {
			line += "the row " + d.Whole
		} else {
			line += fmt.Sprintf("%s is %s in the folder and %s in the run made again", d.Column, or(d.Left, "empty"), or(d.Right, "empty"))
		}
		all = append(all, line)
	}
	if n, extra := t.Comparison.Different, t.Comparison.Extra; n > 0 {
		line := fmt.Sprintf("  %s of %s differ", grouped(float64(n-extra)), count(int(t.Comparison.Rows), "row"))
		if extra > 0 {
			line += fmt.Sprintf(", %s too many", count(int(extra), "row"))
		}
		all = append(all, line)
	}
	return all
}

// verified says how a table is compared.
type verified struct {
	with  string // folder of the table made again; empty = it was not made again
	keep  func(cell func(name string) string) bool
	leave []string // columns that are not compared
	note  string
}

// tables compares all tables that a manifest lists. of says how each is compared.
func (v *verification) tables(m *output.Manifest, of func(name string) verified) {
	var names []string
	for name := range m.Tables {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		v.Tables = append(v.Tables, v.table(name, m.Tables[name], of(name)))
	}
	for _, path := range output.Matching(v.Dir, "*.csv") {
		name := filepath.Base(path)
		if slices.Contains(names, name) {
			continue
		}
		if how := of(name); how.with != "" {
			if _, err := os.Stat(filepath.Join(how.with, name)); err == nil { // older programs did not list all tables
				v.Notes = append(v.Notes, name+" is not in the manifest: whether it was changed cannot be told")
				continue
			}
		}
		v.Notes = append(v.Notes, name+" is not in the manifest: no run has written it")
	}
}

// table compares one table.
func (v *verification) table(name string, want output.Hashed, how verified) verifiedTable {
	t := verifiedTable{Name: name, Again: how.with != "", Part: how.keep != nil, Note: how.note}
	is, err := fileHash(v.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Missing = true
		return t
	} else if err != nil {
		t.Problem = err.Error()
		return t
	}
	t.Changed = is != want.SHA256
	if !t.Again {
		return t
	}
	again, err := fileHash(filepath.Join(how.with, name))
	if err != nil {
		t.Problem = "the run made again has no such table"
		return t
	}
	if again == is && !t.Part {
		return t // the same bytes; if they are not those of the manifest, that was edited
	}
	if filepath.Ext(name) != ".csv" || name == study.NetLogoFile { // no tables of one header
		if t.Problem = "the run made again gives other bytes"; t.Changed {
			t.Problem = "it was changed after the run: its hash is not that of the manifest"
		}
		return t
	}
	c, err := compareFiles(v.path(name), filepath.Join(how.with, name), how)
	if err != nil {
		t.Problem = err.Error()
	}
	t.Comparison = &c
	return t
}

// compareFiles compares a table of the folder with the one made again.
func compareFiles(left, right string, how verified) (table.Comparison, error) {
	a, err := os.Open(left)
	if err != nil {
		return table.Comparison{}, err
	}
	defer a.Close()
	b, err := os.Open(right)
	if err != nil {
		return table.Comparison{}, err
	}
	defer b.Close()
	return table.Compare(table.Side{Name: left, From: a, Keep: how.keep}, table.Side{Name: right, From: b}, how.leave...)
}
