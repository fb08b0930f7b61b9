package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agglo/output/live/session"
)

// words cuts a command line as a shell does, as far as the page's ones go: single quotes keep blanks.
func words(line string) []string {
	var all []string
	for k, part := range strings.Split(line, "'") {
		if k%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}

// seat drives a session as the page does.
type seat struct {
	*testing.T
	s *session.Session
}

func (x seat) ask(message map[string]any) session.State {
	x.Helper()
	data, err := json.Marshal(message)
	if err != nil {
		x.Fatal(err)
	}
	reply := x.s.Answer(data)
	var fault struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(reply, &fault) == nil && fault.Error != "" {
		x.Fatalf("%s: %s", data, fault.Error)
	}
	for n := 0; x.s.Busy(); n++ {
		if x.s.Advance(context.Background()); n > 10_000 {
			x.Fatal("the session does not come to rest")
		}
	}
	return x.s.State(0)
}

// The command line that the page shows writes the table that the page offers, byte for byte: with another seed, a
// parameter for the whole run, two that change on the way, and policies that were dropped while the world ran; and so for
// the twin.
func TestTheShownCommandRepeatsThePage(t *testing.T) {
	file, err := os.ReadFile("testdata/page.yaml")
	if err != nil {
		t.Fatal(err)
	}
	x := seat{t, session.New(session.DefaultLimits())}
	x.ask(map[string]any{"do": "start", "spec": session.Spec{Scenario: "small", File: string(file), Seed: 7,
		Params: []session.Value{{Path: "trust.gain", Value: ".2"}}}})
	x.ask(map[string]any{"do": "goto", "tick": 6})
	x.ask(map[string]any{"do": "set", "path": "trust.loss", "value": "0.7", "now": true})
	x.ask(map[string]any{"do": "set", "path": "knowledge.innovation", "value": "0.2", "now": true})
	x.ask(map[string]any{"do": "twin", "on": true})
	x.ask(map[string]any{"do": "policies", "policies": []session.Policy{
		{Instrument: "infrastructure", From: 7, To: 27, Budget: 3e6, Intensity: 2, X: 3.5, Y: -2, KM: 12},
		{Instrument: "subsidy", From: 9, Intensity: 1.5, Outside: true}}})
	x.ask(map[string]any{"do": "goto", "tick": 18})
	x.ask(map[string]any{"do": "set", "path": "trust.loss", "value": "0.1", "now": true})
	state := x.ask(map[string]any{"do": "goto", "tick": 24})
	if state.Tick != 24 || state.TwinTick != 24 || state.Fault != "" {
		t.Fatalf("tick %d, twin %d: %s", state.Tick, state.TwinTick, state.Fault)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "small.yaml")
	if err := os.WriteFile(name, file, 0o666); err != nil {
		t.Fatal(err)
	}
	var tables [2][]byte
	for k, line := range []string{state.Command, state.Without} {
		args := append(words(line)[1:], "-o", filepath.Join(dir, fmt.Sprint(k)), "--no-plots", "-q")
		args[1] = name
		var out, errs bytes.Buffer
		if err := run(context.Background(), args, strings.NewReader(""), &out, &errs); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, errs.String())
		}
		want, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(k), "series.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if tables[k], err = x.s.Series(k == 1); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(tables[k], want) {
			t.Errorf("%s\nwrites another table than the page's", line)
		}
	}
	if bytes.Equal(tables[0], tables[1]) {
		t.Error("the policies leave no trace: this test sees nothing")
	}
}
