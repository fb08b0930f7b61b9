package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"agglo/internal/table"
	"agglo/output"
)

// casesFiles are what agglo cases writes beside the folders of the cases.
var casesFiles = []string{"cases.csv", "evidence.csv", "programmes.csv", "cases.md"}

// tallyOfCases counts figures near and judged, fitted and held out.
type tallyOfCases struct{ near, judged, nearHeld, held int }

// count adds the figures of a case.
func (t *tallyOfCases) count(held []output.Held) {
	for _, h := range held {
		if h.Near != output.NearPublished && h.Near != output.OffPublished {
			continue
		}
		near := 0
		if h.Near == output.NearPublished {
			near = 1
		}
		t.judged++
		t.near += near
		if !h.Fitted {
			t.held++
			t.nearHeld += near
		}
	}
}

// String is a sentence.
func (t *tallyOfCases) String() string {
	return fmt.Sprintf("%d of %d published figures are near; of those held out %d of %d.", t.near, t.judged, t.nearHeld, t.held)
}

// writeCases writes the tables of all cases that are done and prints them.
func writeCases(c *console, dir string, all []*aCase) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := casesTable(filepath.Join(dir, "cases.csv"), all); err != nil {
		return err
	}
	if err := evidenceTable(filepath.Join(dir, "evidence.csv"), all); err != nil {
		return err
	}
	if err := programmesTable(filepath.Join(dir, "programmes.csv"), all); err != nil {
		return err
	}
	if err := table.Replace(filepath.Join(dir, "cases.md"), []byte(casesPage(all))); err != nil {
		return err
	}
	var t tallyOfCases
	list := map[string][]comparison{}
	rows := [][]string{{"case", "published figure", "date", "published", "near", "mean of seeds [95%]", ""}}
	for _, one := range all {
		t.count(one.held)
		for k := range one.held {
			h := &one.held[k]
			list[one.scenario.ID] = append(list[one.scenario.ID], comparisonOf(h))
			rows = append(rows, []string{one.scenario.ID, h.What, h.Date, figureOf(h, h.Published), rangeOf(h, h.Lo, h.Hi), simulatedOf(h), remarksOn(h)})
		}
	}
	if c.json {
		return printJSON(c.out, struct {
			Dir    string                  `json:"dir"`
			Near   int                     `json:"near"`
			Judged int                     `json:"judged"`
			Cases  map[string][]comparison `json:"cases"`
		}{dir, t.near, t.judged, list})
	}
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("\n%s\nTables: %s, a folder of each case beside them\n", t.String(), filepath.Join(dir, "cases.csv"))
	return nil
}

// casesTable writes every published figure of every case.
func casesTable(path string, all []*aCase) error {
	w, err := table.Create(path, "case", "what", "metric", "date", "since", "unit", "published", "lo", "hi", "simulated", "simulated_lo",
		"simulated_hi", "runs", "verdict", "role", "verified", "source")
	if err != nil {
		return err
	}
	for _, one := range all {
		for k := range one.held {
			h := &one.held[k]
			for _, cell := range []string{one.scenario.ID, h.What, h.Metric, h.Date, h.Since, h.Unit} {
				w.Text(cell)
			}
			for _, v := range []float64{h.Published, h.Lo, h.Hi, h.Simulated, h.Low, h.High} {
				w.Number(v)
			}
			w.Integer(int64(h.Runs))
			for _, cell := range []string{h.Near, h.Role(), strconv.FormatBool(h.Verified), h.Source} {
				w.Text(cell)
			}
			w.EndRow()
		}
	}
	return w.Close()
}

// evidenceTable writes how well the numbers of every case are known, and how long it took.
func evidenceTable(path string, all []*aCase) error {
	w, err := table.Create(path, "case", "country", "from", "to", "firms", "firms_per_agent", "sourced", "doubtful", "doubtful_share", "bare",
		"figures", "runs", "seconds")
	if err != nil {
		return err
	}
	for _, one := range all {
		e, about := one.scenario.Evidence(), entryOf(one.scenario)
		for _, cell := range []string{one.scenario.ID, strings.Join(about.Country, ", "), about.From, about.To} {
			w.Text(cell)
		}
		w.Number(about.Firms)
		w.Number(about.Scale)
		w.Integer(int64(e.Sourced))
		w.Integer(int64(e.Doubtful))
		w.Maybe(float64(e.Doubtful)/float64(e.Sourced), e.Sourced > 0)
		w.Integer(int64(e.Bare))
		w.Integer(int64(len(one.held)))
		w.Integer(int64(len(one.x.manifest.Runs)))
		w.Maybe(one.seconds, one.done)
		w.EndRow()
	}
	return w.Close()
}

// casesPage is all of it as a page.
func casesPage(all []*aCase) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	var t tallyOfCases
	for _, one := range all {
		t.count(one.held)
	}
	say("# Published figures beside the runs\n\n%s\n\n", t.String())
	say("| case | figure | date | published | near | mean of seeds [95%%] | verdict | role | source |\n|---|---|---|---|---|---|---|---|---|\n")
	bar := func(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
	for _, one := range all {
		for k := range one.held {
			h := &one.held[k]
			verified := ""
			if !h.Verified {
				verified = " (not verified)"
			}
			say("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s%s |\n", one.scenario.ID, bar(h.What), h.Date, figureOf(h, h.Published), rangeOf(h, h.Lo, h.Hi),
				simulatedOf(h), h.Near, h.Role(), bar(h.Source), verified)
		}
	}
	say("\n| case | country | years | firms, an agent for | numbers with a source | of which assumed or not verified | runs | seconds |\n|---|---|---|---|---|---|---|---|\n")
	for _, one := range all {
		e, about := one.scenario.Evidence(), entryOf(one.scenario)
		seconds := "not done"
		if one.done {
			seconds = fmt.Sprintf("%.0f", one.seconds)
		}
		say("| `%s` | %s | %s-%s | %s, %v | %d | %.0f%% | %d | %s |\n", one.scenario.ID, dash(strings.Join(about.Country, ", ")), about.From[:4], about.To[:4],
			grouped(about.Firms), about.Scale, e.Sourced, 100*float64(e.Doubtful)/math.Max(float64(e.Sourced), 1), len(one.x.manifest.Runs), seconds)
	}
	programmesPage(say, all)
	return b.String()
}
