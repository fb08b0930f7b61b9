package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agglo/internal/study"
	"agglo/output"
)

// A claim is run, its table, page and figure are written, and threads change no byte of the table.
func TestClaimsCommand(t *testing.T) {
	inFolder(t)
	out := must(t, "claims", "C1", "C15", "--replicates", "2", "-o", "c", "-q", "--threads", "1")
	for _, part := range []string{"C1 ", "value_added, %", "C15 ", "member_debt, %", "Of 2 counted tests", filepath.Join("c", "figures", "claims.png")} {
		if !strings.Contains(out, part) {
			t.Errorf("nothing of %q in\n%s", part, out)
		}
	}
	m, err := output.Open("c")
	if err != nil || !m.Complete || len(m.Runs) != 2 {
		t.Fatalf("manifest %+v, %v", m, err)
	}
	first := hashes(t, "c")
	for name, h := range first {
		if m.Tables[name].SHA256 != h {
			t.Errorf("%s: the manifest has another hash", name)
		}
	}
	row := rows(t, filepath.Join("c", "claims.csv"))
	if len(row) != 2 || row[0]["pairs"] != "2" || row[0]["effect"] == "" || row[1]["effect"] == "" || row[1]["standing"] != "counted" {
		t.Errorf("claims.csv %v", row)
	}
	for _, word := range rows(t, filepath.Join("c", "dictionary.csv")) { // no test here seeks the best of several, so there is no menu.csv
		if name := word["table"]; name != "claims" && name != "outcomes" {
			t.Errorf("dictionary.csv tells of table %s", name)
		}
	}
	page, err := os.ReadFile(filepath.Join("c", "claims.md"))
	if err != nil || !strings.Contains(string(page), "| C1 |") || !strings.Contains(string(page), "| C15 |") {
		t.Errorf("page %s, %v", page, err)
	}
	must(t, "claims", "C1", "C15", "--replicates", "2", "-o", "again", "-q", "--threads", "3", "--no-plots")
	for name, h := range hashes(t, "again") {
		if first[name] != h {
			t.Errorf("three threads: another %s", name)
		}
	}
}

// All tests are listed without a run, and mistakes are told all at once.
func TestClaimsList(t *testing.T) {
	inFolder(t)
	out := must(t, "claims", "--list")
	all, err := study.ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out, "\n"); lines != 1+len(all.Tests) || !strings.Contains(out, "C30 ") || !strings.Contains(out, "by construction") {
		t.Errorf("%d lines in\n%s", lines, out)
	}
	code, _, said := call(t, "claims", "C31", "--replicates", "0", "--lang", "fr")
	for _, want := range []string{"C31: want C1 to C30", "--replicates 0", "fr"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	if code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
}

// The tests on real cases have at most 16 or 20 pairs, unless they are uncapped.
func TestClaimsUncapped(t *testing.T) {
	for _, uncapped := range []bool{false, true} {
		f := claimsFlags{replicates: 50, uncapped: uncapped, drawing: drawing{lang: "en"}}
		tests, err := f.chosen(newClaims(nil), []string{"C2", "C27"})
		if err != nil || len(tests) != 6 {
			t.Fatalf("%d tests, %v", len(tests), err)
		}
		for _, x := range tests {
			if capped := x.Most > 0; capped != (x.ID != "C2" && !uncapped) {
				t.Errorf("%s, uncapped %v: at most %d pairs", x.ID, uncapped, x.Most)
			}
		}
	}
	inFolder(t)
	ask := []string{"claims", "C1", "--replicates", "1", "-o", "c", "-q", "--no-plots"}
	must(t, ask...)
	if code, _, said := call(t, append(ask, "--uncapped")...); code != 2 || !strings.Contains(said, "c holds another run") {
		t.Errorf("uncapped in the folder of capped tests: code %d, %s", code, said)
	}
}

// A value that is set is told in the page and the manifest; pairs that were made under another one are refused, and so is what the worlds of
// the tests do not have, each mistake once.
func TestClaimsSet(t *testing.T) {
	inFolder(t)
	ask := func(more ...string) []string {
		return append([]string{"claims", "C15", "-o", "c", "-q", "--no-plots"}, more...)
	}
	must(t, ask("--replicates", "1", "--set", "trust.loss=.3")...)
	page, err := os.ReadFile("c/claims.md")
	if err != nil || !strings.Contains(string(page), "**With trust.loss = .3 in all arms of all tests (--set).**") {
		t.Errorf("page %s, %v", page, err)
	}
	m, err := output.Open("c")
	if err != nil || m.Params["trust.loss"] != .3 {
		t.Errorf("trust.loss %v, %v", m.Params["trust.loss"], err)
	}
	if data, err := os.ReadFile("c/manifest.json"); err != nil || !strings.Contains(string(data), "\"set\": [\n      \"trust.loss=.3\"\n") {
		t.Errorf("the manifest does not say what was set: %v", err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"another value":   {ask("--replicates", "2", "--resume", "--set", "trust.loss=.4"), "--set is trust.loss=.3 in the file, and here trust.loss=.4"},
		"nothing set":     {ask("--replicates", "2", "--resume"), "--set is trust.loss=.3 in the file, and here nothing"},
		"without resume":  {ask("--replicates", "1"), "c holds another run"},
		"no parameter":    {ask("--set", "trust.los=.3"), "in the world plain of these tests: unknown parameter trust.los: did you mean trust.loss?"},
		"no value":        {ask("--set", "trust.loss"), "--set trust.loss: want PATH=VALUE"},
		"a length":        {ask("--set", "ticks=4"), "each test has a horizon of its own"},
		"not in that one": {[]string{"claims", "C15", "C21", "--set", "regions.plain.trust_prior=.3"}, "in the world finland of these tests: unknown parameter regions.plain.trust_prior"},
	} {
		if code, _, said := call(t, c.args...); code != 2 || strings.Count(said, c.want) != 1 {
			t.Errorf("%s: %d, %s", name, code, said)
		}
	}
	must(t, ask("--replicates", "2", "--resume", "--set", "trust.loss=.3")...)
	must(t, "claims", "C15", "-o", "fresh", "-q", "--no-plots", "--replicates", "2", "--set", "trust.loss=.3")
	sameTables(t, "c", "fresh")
}
