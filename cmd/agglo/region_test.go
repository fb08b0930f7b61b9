package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"agglo/output"
)

// docs/your-region.md is followed to the letter: its files are written, its commands run.
func TestYourOwnRegion(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "your-region.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	files := regexp.MustCompile("(?s)`([a-z.]+)`:\n\n```[a-z]+\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(files) != 5 {
		t.Fatalf("%d files on the page, want 5", len(files))
	}
	for _, f := range files {
		if err := os.WriteFile(f[1], []byte(f[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	commands := 0
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		for line := range strings.Lines(block[1]) {
			args := strings.Fields(line)
			must(t, args[1:]...)
			commands++
		}
	}
	if commands != 5 {
		t.Errorf("%d commands on the page, want 5", commands)
	}
	// By the tables: 3,000 jobs in machine tools, 2,400 of them in hill, where the target is told of 2020.
	sum := 0.0
	for _, row := range rows(t, "first/series_sector.csv") {
		if row["tick"] == "0" && row["sector"] == "tools" {
			sum += numberOf(t, row["jobs"])
		}
	}
	if sum < 2999 || sum > 3001 {
		t.Errorf("%v jobs in machine tools at the start, want 3000", sum)
	}
	for _, row := range rows(t, "first/targets_path.csv") {
		if jobs := numberOf(t, row["value"]); row["tick"] == "0" && (jobs < 2399 || jobs > 2401) {
			t.Errorf("%v of them in hill, want 2400", jobs)
		}
	}
	held, err := output.ReadHeld("several")
	if err != nil || len(held) != 1 || held[0].Runs != 3 || !(held[0].Low < held[0].High) {
		t.Errorf("figures of three replicates: %+v, %v", held, err)
	}
	for _, row := range rows(t, "firms/series.csv") {
		if row["tick"] == "0" && row["firms"] != "15" {
			t.Errorf("%s firms at the start, want the 15 of the table", row["firms"])
		}
	}
	if _, err := os.Stat(filepath.Join("firms", "inputs", "plants.csv")); err != nil {
		t.Error("the folder cannot be run again: ", err)
	}
	must(t, "run", "first#0", "-o", "again", "--no-plots")
	if a, b := hashes(t, "first"), hashes(t, "again"); a["series.csv"] != b["series.csv"] {
		t.Error("a folder with a table of employment, run again, gives another series")
	}
}

func numberOf(t testing.TB, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
