package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// blocks gives the code blocks of a page of Markdown that are of a language.
func blocks(page, language string) []string {
	var all []string
	for _, part := range strings.Split(page, "\n```"+language+"\n")[1:] {
		code, _, _ := strings.Cut(part, "\n```")
		all = append(all, code)
	}
	return all
}

// Every command of docs/tutorial.md works as it stands, in the order of the page, leaves the files that the text names, and finds what it quotes.
func TestTutorial(t *testing.T) {
	data, err := os.ReadFile("../../docs/tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	t.Chdir(t.TempDir())
	experiment := blocks(page, "yaml")
	if len(experiment) != 1 {
		t.Fatalf("%d experiments, want 1", len(experiment))
	}
	if err := os.WriteFile("trust.yaml", []byte(experiment[0]+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, block := range blocks(page, "sh") {
		for line := range strings.Lines(block) {
			words := strings.Fields(line)
			switch {
			case len(words) == 0 || words[0] == "go":
				continue // built by the test already
			case words[0] != "bin/agglo":
				t.Errorf("%q: want a command of agglo", line)
				continue
			}
			must(t, append(words[1:], "-q")...)
			commands++
		}
	}
	if commands < 12 {
		t.Errorf("only %d commands were found", commands)
	}
	report, err := os.ReadFile(filepath.FromSlash("runs/tutorial-policy/report.md"))
	if err != nil {
		t.Fatal(err)
	}
	quoted := 0
	for _, block := range blocks(page, "text") {
		for line := range strings.Lines(block) {
			quoted++
			if !strings.Contains(string(report), strings.TrimSpace(line)) {
				t.Errorf("the report of the comparison does not say what the page quotes: %s", line)
			}
		}
	}
	if quoted < 4 {
		t.Errorf("%d lines of the report are quoted, want 4", quoted)
	}
	for _, name := range []string{
		"runs/tutorial/figures/density.png", "runs/tutorial/figures/cluster_map.png", "runs/tutorial/figures/series.png", "runs/tutorial/dictionary.csv",
		"runs/tutorial-sweep/runs.csv", "runs/tutorial-policy/figures/effects.png", "runs/tutorial-policy/effects.csv", "runs/tutorial/export/clusters.gif",
		"runs/tutorial/export/firms.geojson", "runs/tutorial/export/network.gexf", "runs/tutorial/export/firms.parquet",
	} {
		if info, err := os.Stat(filepath.FromSlash(name)); err != nil || info.Size() == 0 {
			t.Errorf("the tutorial leads to no %s: %v", name, err)
		}
	}
}
