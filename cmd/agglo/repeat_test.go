package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The line by which a report of a comparison says that it is repeated gives the same tables, whatever was asked for.
func TestCompareRepeated(t *testing.T) {
	inFolder(t)
	for dir, flags := range map[string]string{
		"few":  "--replicates 2 --metrics jobs,wage --seed 5 --every 2",
		"auto": "--replicates auto --until jobs=50 --most 3 --set trust.loss=.6",
	} {
		begin := "compare small.yaml --policy subsidy --policy loan --burn-in 2 --ticks 8 --threads 2 -q "
		must(t, append(strings.Fields(begin+flags), "-o", dir)...)
		page, err := os.ReadFile(dir + "/report.html")
		if err != nil {
			t.Fatal(err)
		}
		line := regexp.MustCompile(`agglo (compare small --policy [^<]*)`).FindSubmatch(page)
		if line == nil {
			t.Fatalf("%s: the report does not say how it is repeated", dir)
		}
		again := strings.Replace(string(line[1]), "compare small", "compare small.yaml", 1)
		must(t, append(strings.Fields(again), "-o", dir+"-again", "-q", "--no-plots")...)
		sameTables(t, dir, dir+"-again")
	}
}

// So do those of a validation and of tests of claims, which name facts, tests, and a seed if one was given.
func TestAskedIsRepeated(t *testing.T) {
	inFolder(t)
	for dir, begin := range map[string]string{
		"facts":  "validate T2 T5a --seed 7 " + strings.Join(brief, " "),
		"claims": "claims C1 --replicates 2 --seed 3 -q",
	} {
		must(t, append(strings.Fields(begin), "--threads", "2", "-o", dir)...)
		page, err := os.ReadFile(dir + "/report.html")
		if err != nil {
			t.Fatal(err)
		}
		line := regexp.MustCompile(`agglo ((?:validate|claims) [^<]*)`).FindSubmatch(page)
		if line == nil || !strings.Contains(string(line[1]), "--seed ") || strings.Contains(string(line[1]), "--threads") {
			t.Fatalf("%s is repeated by %q", dir, line)
		}
		must(t, append(strings.Fields(string(line[1])), "-o", dir+"-again", "-q", "--no-plots")...)
		sameTables(t, dir, dir+"-again")
	}
}
