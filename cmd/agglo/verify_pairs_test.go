package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// Tests of claims are verified by their first pairs, which are run again, and by the tables that all pairs in the folder give.
func TestVerifyClaims(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "claims", "C15", "--replicates", "3", "--seed", "4", "--set", "trust.loss=.3", "-o", "a", "-q", "--no-plots", "--threads", "1")
	verifies(t, 0, []string{"1 pair of worlds run again; the tables are made again from it and the 2 others that a/pairs keeps", "a: 1 of 3 pairs made again, 2 tables the same"}, "a", "--threads", "2")
	verifies(t, 0, []string{"a: 3 pairs made again, 2 tables the same"}, "a", "--sample", "9")
	row := rows(t, "a/claims.csv")[0]
	spoil(t, copyOf(t, "a", "table")+"/claims.csv", row["a"], "9"+row["a"])
	verifies(t, 1, []string{"claims.csv was changed after the run", "line 2 (test C15): a is 9" + row["a"] + " in the folder and " + row["a"]}, "table")
	spoil(t, copyOf(t, "a", "page")+"/claims.md", "undecided", "supported")
	verifies(t, 1, []string{"claims.md was changed after the run"}, "page")
	spoil(t, copyOf(t, "a", "set")+"/manifest.json", `"--set",`+"\n    "+`"trust.loss=.3"`, `"--set",`+"\n    "+`"trust.loss=.4"`)
	verifies(t, 1, []string{"--set is trust.loss=.3 in the file, and here trust.loss=.4", "params.trust.loss is 0.3 in the folder and 0.4"}, "set")
	spoil(t, copyOf(t, "a", "fewer")+"/manifest.json", `"replicates": 3`, `"replicates": 2`)
	verifies(t, 1, []string{"manifest.json was changed after the run"}, "fewer")

	pairs, err := os.ReadFile(copyOf(t, "a", "flip") + "/pairs/all.pairs")
	if err != nil {
		t.Fatal(err)
	}
	pairs[len(pairs)-1-len(pairs)/6] ^= 1
	if err := os.WriteFile("flip/pairs/all.pairs", pairs, 0o666); err != nil {
		t.Fatal(err)
	}
	verifies(t, 1, []string{"damaged, and not read: flip/pairs/all.pairs, bytes ", "1 difference"}, "flip")
	if err := os.RemoveAll(copyOf(t, "a", "none") + "/pairs"); err != nil {
		t.Fatal(err)
	}
	verifies(t, 0, []string{"none/pairs holds 0 of 3 pairs; the others are run again", "none: 3 pairs made again"}, "none")
}

// A validation is verified by its first seeds; what is put together of all of them, by its hash.
func TestVerifyValidation(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, append([]string{"validate", "T2", "T5a", "--seed", "7", "-o", "v", "--no-plots"}, brief...)...)
	verifies(t, 0, []string{"v: 1 of 2 seeds made again, 2 tables the same; 1 table not made again, unchanged"}, "v")
	verifies(t, 0, []string{"v: 2 seeds made again, 3 tables the same"}, "v", "--sample", "2", "--threads", "2")
	row := rows(t, "v/facts_seeds.csv")[0]
	spoil(t, copyOf(t, "v", "seed")+"/facts_seeds.csv", row["value"], "9"+row["value"])
	verifies(t, 1, []string{"facts_seeds.csv was changed after the run", "line 2 (id T2): value is 9" + row["value"]}, "seed")
	spoil(t, copyOf(t, "v", "facts")+"/facts.csv", rows(t, "v/facts.csv")[0]["value"], "1")
	verifies(t, 1, []string{"facts.csv was changed after the run"}, "facts")
	spoil(t, copyOf(t, "v", "manifest")+"/manifest.json", `"seeds": 2`, `"seeds": 3`)
	verifies(t, 1, []string{"manifest.json was changed after the run"}, "manifest")
	must(t, "validate", "--switches", "--seeds", "1", "--ticks", "4", "-o", "s", "-q")
	verifies(t, 0, []string{"no run is made again", "s: 0 of 1 seed made again", "2 tables not made again, unchanged"}, "s")
	spoil(t, "s/switches.csv", "\nnone,", "\nnine,")
	verifies(t, 1, []string{"switches.csv was changed after the run"}, "s")
}

// Work in rounds is verified by its first runs, by the tables that its rounds give, and by the hashes of the rounds; without the file that it
// was asked with, by hashes alone.
func TestVerifyInquiries(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inInquiry(t)
	for kind, words := range map[string]string{
		"sensitivity": "which.yaml --trajectories 2 --base-points 2 --resamples 20 --ticks 3", "calibrate": "fit.yaml --particles 10 --checks 2 --seed 4", "optimise": "mix.yaml",
	} {
		must(t, append(strings.Fields(kind+" "+words), "-o", kind, "-q", "--no-plots", "--threads", "2")...)
		before := written(t, kind)
		verifies(t, 0, []string{"1 run done again, and the tables made again from the rounds", kind + ": 1 of "}, kind)
		verifies(t, 0, []string{kind + ": 3 of "}, kind, "--sample", "3", "--threads", "1")
		for name, info := range written(t, kind) {
			if !os.SameFile(info, before[name]) {
				t.Errorf("%s: verify has written %s", kind, name)
			}
		}
	}
	const round = "/rounds/000/runs.csv"
	harmed(t, "calibrate", "b", round[1:], another)
	verifies(t, 1, []string{round[1:] + " was changed after the run", "no table is made again: what it would be made of was changed", "not what its calibration gives"}, "b")
	data, err := os.ReadFile(copyOf(t, "calibrate", "forged") + round)
	if err != nil {
		t.Fatal(err)
	}
	was, _ := fileHash("forged" + round)
	line := strings.Split(string(data), "\n")[1]
	last := line[strings.LastIndex(line, ",")+1:]
	digit := map[bool]string{true: "2", false: "1"}[last[0] == '1'] + last[1:]
	spoil(t, "forged"+round, line, strings.TrimSuffix(line, last)+digit)
	is, _ := fileHash("forged" + round)
	spoil(t, "forged/manifest.json", was, is) // the hash says nothing then
	verifies(t, 1, []string{round[1:] + ": run 0 (seed ", "is not what the run made again gives", "the rounds do not give the tables: forged/rounds/001/runs.csv"}, "forged")
	spoil(t, copyOf(t, "calibrate", "table")+"/parameters.csv", "\ndemography.de_novo,", "\ndemography.spin_off,")
	verifies(t, 1, []string{"parameters.csv was changed after the run", "demography.spin_off in the folder and demography.de_novo in the run made again"}, "table")
	spoil(t, copyOf(t, "calibrate", "fitted")+"/fitted.yaml", "agglo: 1", "agglo: 1 # mine")
	verifies(t, 1, []string{"fitted.yaml was changed after the run"}, "fitted")
	spoil(t, copyOf(t, "calibrate", "seed")+"/manifest.json", `"--seed",`+"\n    "+`"4"`, `"--seed",`+"\n    "+`"5"`)
	verifies(t, 0, []string{"fit.yaml does not ask for this work any more", "seed: was 4, is 5", "0 tables the same"}, "seed")
	if err := os.Rename("fit.yaml", "elsewhere.yaml"); err != nil {
		t.Fatal(err)
	}
	verifies(t, 0, []string{"fit.yaml, the file that it was asked with, is not here", "calibrate: 0 of "}, "calibrate")
}

// The folder of several cases is verified case by case.
func TestVerifyCases(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, strings.Fields("cases small.yaml --seeds 2 --ticks 2 --no-plots -q -o c")...)
	verifies(t, 0, []string{"c/small: 2 runs made again", "cases.md) has no hashes"}, "c")
	verifies(t, 0, []string{"c/small: 1 of 2 runs made again"}, "c", "--sample", "1")
	_, stdout, _ := call(t, "verify", "c", "--json")
	var all []verification
	if err := json.Unmarshal([]byte(stdout), &all); err != nil || len(all) != 1 || !all[0].Same {
		t.Errorf("%v: %s", err, stdout)
	}
	spoil(t, "c/small/series.csv", "\n0,0,0,", "\n0,0,1,")
	verifies(t, 1, []string{"series.csv was changed after the run", "c/small is not what its run gives"}, "c")
}
