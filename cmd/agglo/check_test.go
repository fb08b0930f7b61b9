package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// A file that is not there keeps check from no other: every verdict is told, and the exit code is that of the worst.
func TestCheckLooksAtAll(t *testing.T) {
	inFolder(t)
	if err := os.WriteFile("faulty.yaml", []byte("agglo: 1\nid: x\ncolour: red\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	code, found, said := call(t, "check", "missing.yaml", "faulty.yaml", "small.yaml")
	for _, want := range []string{"no such scenario: missing.yaml", "faulty.yaml:3:1: colour: unknown key", "small.yaml: no mistakes"} {
		if code != 2 || strings.Count(found+said, want) != 1 {
			t.Errorf("exit code %d, want 2; want %q once in %q", code, want, found+said)
		}
	}
	code, found, _ = call(t, "check", "--json", "missing.yaml", "faulty.yaml", "small.yaml")
	var verdicts []verdict
	if err := json.Unmarshal([]byte(found), &verdicts); err != nil || code != 2 || len(verdicts) != 3 {
		t.Fatalf("exit code %d, %v: %s", code, err, found)
	}
	if v := verdicts[0]; v.File != "missing.yaml" || v.Valid || len(v.Faults) != 1 || verdicts[1].Valid || !verdicts[2].Valid {
		t.Errorf("verdicts %+v", verdicts)
	}
	if code, _, _ := call(t, "check", "faulty.yaml", "small.yaml"); code != 1 {
		t.Errorf("without the missing file: exit code %d, want 1", code)
	}
}

// Ctrl-C stops check while it makes a world: it says so, tells the verdicts that it has, and gives none on that world.
func TestCheckStops(t *testing.T) {
	inFolder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, found, said := callWith(t, ctx, "check", "small.yaml")
	if code != 1 || found != "" || !strings.Contains(said, "stopped at small.yaml: 0 of 1 files have been looked at") {
		t.Errorf("exit code %d: %s%s", code, found, said)
	}
	if code, found, _ = callWith(t, ctx, "check", "small.yaml", "--json"); code != 1 || strings.TrimSpace(found) != "[]" {
		t.Errorf("--json: exit code %d: %s", code, found)
	}
}

// A report counts the numbers of a scenario as check does, also where a source is that of a whole entry.
func TestOneCountOfEvidence(t *testing.T) {
	inFolder(t)
	text, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Replace(string(text), "employment: 700,", `employment: 700, source: "a book", verified: false,`, 1)
	known = strings.Replace(known, "value: 700,", `value: 700, source: "a friend",`, 1)
	if err := os.WriteFile("known.yaml", []byte(known), 0o666); err != nil {
		t.Fatal(err)
	}
	said := must(t, "check", "known.yaml")
	numbers := regexp.MustCompile(`a source: (\d+), of which (\d+) .* one: (\d+)`).FindStringSubmatch(said)
	must(t, "run", "known.yaml", "--ticks", "1", "-q", "-o", "r")
	page, err := os.ReadFile("r/report.html")
	if err != nil {
		t.Fatal(err)
	}
	if numbers == nil || numbers[2] == "0" || numbers[3] == "0" {
		t.Fatalf("%q: want numbers of all kinds", said)
	}
	want := fmt.Sprintf("with a source: %s, of which %s assumed or not verified; without one: %s.", numbers[1], numbers[2], numbers[3])
	if !strings.Contains(string(page), want) {
		t.Errorf("the report does not say %q", want)
	}
}
