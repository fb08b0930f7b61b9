package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"agglo/model/policy"
)

// within makes a check of a range as dictionary.csv writes it.
func within(t *testing.T, text string) func(x float64) bool {
	t.Helper()
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("range %q: %v", text, err)
		}
		return x
	}
	if m := regexp.MustCompile(`^\[(.+),(.+)\]$`).FindStringSubmatch(text); m != nil {
		lo, hi := number(m[1]), number(m[2])
		return func(x float64) bool { return x >= lo && x <= hi }
	}
	sign, bound, _ := strings.Cut(text, " ")
	switch least := number(bound); sign {
	case ">":
		return func(x float64) bool { return x > least }
	case ">=":
		return func(x float64) bool { return x >= least }
	}
	t.Fatalf("range %q: want [LO,HI], > LO or >= LO", text)
	return nil
}

// All numbers of all tables of runs lie in the ranges that dictionary.csv gives.
func TestTablesKeepTheirRanges(t *testing.T) {
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err == nil {
		err = os.WriteFile("small.yaml", append(small, "institutions:\n  - {id: park, kind: science_park, at_km: [-10, 0]}\n"...), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	args := strings.Fields("run small.yaml -o many --ticks 16 --replicates 2 --replay 4 --firms every:4 --ties every:4 --no-plots -q")
	for k, name := range policy.Instruments() { // of every instrument one, some of which end on the way
		args = append(args, "--policy", fmt.Sprintf("{id: %s, instrument: %s, from: 2001, to: %d}", name, name, 2002+k%4))
	}
	must(t, args...)
	must(t, "run", "grenoble", "-o", "clustered", "--ticks", "12", "--no-plots", "-q")
	seen := map[string]int{} // numbers that were held against a range, by table
	for _, dir := range []string{"many", "clustered"} {
		ranges := map[string]string{}
		for _, row := range rows(t, filepath.Join(dir, "dictionary.csv")) {
			ranges[row["table"]+"."+row["column"]] = row["range"]
		}
		paths, err := filepath.Glob(filepath.Join(dir, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			table := strings.TrimSuffix(filepath.Base(path), ".csv")
			for k, column := range all[0] {
				text, known := ranges[table+"."+column]
				if !known {
					t.Errorf("%s: the dictionary lacks %s", path, column)
				}
				if text == "" {
					continue
				}
				fits, wrong := within(t, text), 0
				for n, row := range all[1:] {
					if row[k] == "" {
						continue // does not exist
					}
					x, err := strconv.ParseFloat(row[k], 64)
					if seen[table]++; err == nil && fits(x) {
						continue
					}
					if wrong++; wrong == 1 {
						t.Errorf("%s, line %d: %s is %s, and its range is %s", path, n+2, column, row[k], text)
					}
				}
			}
		}
	}
	for _, table := range strings.Fields("series series_sector series_region clusters synergy premium ledger facilities targets_path targets replay firms ties cells cluster_cells infrastructure works growth sizes outline sectors") {
		if seen[table] == 0 {
			t.Errorf("no number of %s was held against a range", table)
		}
	}
}
