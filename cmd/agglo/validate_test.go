package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/output"
)

// brief are the flags of a validation small enough for a test: a tenth of the firms, eleven years.
var brief = []string{"--seeds", "2", "--ticks", "44", "--set", "scenario.scale=10", "--set", "areas.plain.cell_km=5", "--set", "areas.plain.land=2500", "-q"}

func TestValidate(t *testing.T) {
	inFolder(t)
	out := must(t, append([]string{"validate", "T2", "T5a", "T5d", "T8", "T15", "-o", "v"}, brief...)...)
	for _, part := range []string{"0.850 to 1.15", "reported", "not measured", "2 seeds a world (plain), tick 44", filepath.Join("v", "figures", "facts.png")} {
		if !strings.Contains(out, part) {
			t.Errorf("nothing of %q in\n%s", part, out)
		}
	}
	m, err := output.Open("v")
	if err != nil || !m.Complete || m.Ticks != 44 || len(m.Runs) != 2 || m.Runs[0].Ticks != 44 {
		t.Fatalf("manifest %+v, %v", m, err)
	}
	for name, h := range hashes(t, "v") {
		if m.Tables[name].SHA256 != h {
			t.Errorf("%s: the manifest has another hash", name)
		}
	}
	facts := rows(t, filepath.Join("v", "facts.csv"))
	if len(facts) != 6 || facts[0]["id"] != "T2" || facts[0]["seeds"] != "2" || facts[0]["band_hi"] != "1.15" || facts[1]["id"] != "T2v" {
		t.Errorf("facts %v", facts)
	}
	if late := facts[3]; late["id"] != "T5d" || late["value"] != "" || late["verdict"] != "not measured" || late["seeds"] != "0" {
		t.Errorf("survival of five years after eleven: %v", late)
	}
	if seeds := rows(t, filepath.Join("v", "facts_seeds.csv")); len(seeds) != 10 {
		t.Errorf("%d values by seed, want 2 of 5 facts", len(seeds))
	}
	must(t, "plot", "v", "--lang", "ru")
}

// Threads and figures change no byte.
func TestValidateThreads(t *testing.T) {
	inFolder(t)
	must(t, append([]string{"validate", "T1a", "T9", "T15", "-o", "one", "--threads", "1", "--no-plots"}, brief...)...)
	must(t, append([]string{"validate", "T1a", "T9", "T15", "-o", "three", "--threads", "3"}, brief...)...)
	one, three := hashes(t, "one"), hashes(t, "three")
	for name := range one {
		if one[name] != three[name] {
			t.Errorf("%s differs", name)
		}
	}
}

func TestValidateJSON(t *testing.T) {
	inFolder(t)
	out := must(t, append([]string{"validate", "T20", "T8", "--json", "--no-plots", "-o", "v"}, brief...)...)
	var got struct {
		Worlds []string
		Facts  []validatedFact
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Facts) != 2 || got.Facts[0].ID != "T8" || got.Facts[0].BandLo != nil || got.Facts[1].Value == nil || *got.Facts[1].BandHi != .9 {
		t.Errorf("%s", out)
	}
}

// thinned are the flags of published effects in a small world.
var thinned = []string{"--seeds", "2", "--set", "scenario.scale=10", "--set", "areas.plain.cell_km=5", "--set", "areas.plain.land=2500", "-q"}

// Published effects are told alone, or beside facts in one folder; threads change no byte.
func TestValidateEffects(t *testing.T) {
	inFolder(t)
	out := must(t, append([]string{"validate", "E1b", "E24b", "-o", "one", "--threads", "1"}, thinned...)...)
	for _, part := range []string{"support of cooperation lowers", "as published, by construction", "not every instrument", "of 2", "2 worlds, 100 quarters each"} {
		if !strings.Contains(out, part) {
			t.Errorf("nothing of %q in\n%s", part, out)
		}
	}
	table := rows(t, filepath.Join("one", "published.csv"))
	if len(table) != 3 || table[0]["id"] != "E1b" || table[0]["found"] != "-" || table[2]["id"] != "ALL" || table[2]["lo"] != "" {
		t.Errorf("published.csv %v", table)
	}
	if seeds := rows(t, filepath.Join("one", "published_seeds.csv")); len(seeds) != 6 {
		t.Errorf("%d values by seed, want 2 of 3 rows", len(seeds))
	}
	must(t, slices.Concat([]string{"validate", "E1b", "E24b", "T5a", "-o", "two", "--threads", "3", "--ticks", "44"}, thinned)...)
	one, two := hashes(t, "one"), hashes(t, "two")
	for _, name := range []string{"published.csv", "published_seeds.csv", "trials.csv"} {
		if one[name] == "" || one[name] != two[name] {
			t.Errorf("%s differs", name)
		}
	}
	if m, err := output.Open("two"); err != nil || !m.Complete || two["facts.csv"] == "" || m.Tables["trials.csv"].SHA256 != two["trials.csv"] {
		t.Errorf("manifest %+v, %v", m, err)
	}
	var got struct {
		Published []publishedEffect
		Trials    []publishedTrial
		Facts     []validatedFact
	}
	out = must(t, slices.Concat([]string{"validate", "E24b", "--effects", "--json", "-o", "three"}, thinned)...)
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Published) != 1 || got.Published[0].Twin == nil || len(got.Trials) != 1 || got.Facts != nil {
		t.Errorf("%s, %v", out, err)
	}
}

func TestValidateMistakes(t *testing.T) {
	inFolder(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"validate T5e", 2, "did you mean T5"},
		{"validate E24d", 2, "did you mean E24"},
		{"validate --effects T1a", 2, "--effects does not go with facts"},
		{"validate --effects --ticks 44", 2, "--ticks does not go with --effects"},
		{"validate --switches E3a", 2, "does not go with"},
		{"validate --switches --set production.reduced_form=true", 2, "production.reduced_form is true"},
		{"validate E3a --set trust.lss=.5", 2, "did you mean trust.loss?"},
		{"validate --seeds 0 --ticks 7 T2", 2, "--ticks 7"},
		{"validate --seeds 0 --ticks 7 T2", 2, "--seeds 0"},
		{"validate --sedes 3", 2, "did you mean --seeds?"},
		{"validate --set trust.lss=.5", 2, "did you mean trust.loss?"},
		{"validate --set trust.loss=2", 2, "want [0,1]"},
		{"validate --lang fr", 2, "want en or ru"},
	} {
		code, _, stderr := call(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("agglo %s: exit code %d, want %d, and %q in %q", c.args, code, c.code, c.want, stderr)
		}
	}
	if found, err := filepath.Glob("runs/*"); err != nil || len(found) > 0 {
		t.Errorf("a mistake has left %v behind", found)
	}
}

func TestValidateSwitches(t *testing.T) {
	inFolder(t)
	out := must(t, append([]string{"validate", "--switches", "-o", "s"}, slices.Concat(brief, []string{"--ticks", "8"})...)...)
	for _, part := range []string{"externalities", "spin-offs", "no employee leaves", "plain, 2 seeds, tick 8"} {
		if !strings.Contains(out, part) {
			t.Errorf("nothing of %q in\n%s", part, out)
		}
	}
	m, err := output.Open("s")
	if err != nil || !m.Complete || len(m.Tables) != 2 {
		t.Fatalf("manifest %+v, %v", m, err)
	}
	for name, h := range hashes(t, "s") {
		if m.Tables[name].SHA256 != h {
			t.Errorf("%s: the manifest has another hash", name)
		}
	}
	for _, row := range rows(t, filepath.Join("s", "switches.csv"))[:3] {
		if row["switch"] != "none" || row["change"] != "0" || row["value"] == "" {
			t.Errorf("the model as it stands: %v", row)
		}
	}
	if code, _, stderr := call(t, "validate", "--switches", "T2"); code != 2 || !strings.Contains(stderr, "does not go with") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}
