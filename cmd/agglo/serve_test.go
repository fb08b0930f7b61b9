package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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

// A run with a policy of the command line and parameters that change on the way stands in its folder: it can be run again and
// verified from there, and differs from a run without.
func TestChangesOnTheWayAreStored(t *testing.T) {
	file, err := os.ReadFile("testdata/page.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("small.yaml", file, 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "small.yaml", "--ticks", "8", "-o", "a", "--no-plots", "--set", "trust.loss=.9@3", "--set", "knowledge.innovation=.4@3",
		"--policy", "{id: p, instrument: subsidy, from: 2000Q3, intensity: 2}")
	must(t, "run", "a#0", "-o", "b", "--no-plots")
	must(t, "verify", "a")
	must(t, "run", "small.yaml", "--ticks", "8", "-o", "c", "--no-plots", "--policy", "{id: p, instrument: subsidy, from: 2000Q3, intensity: 2}")
	read := func(dir string) string {
		data, err := os.ReadFile(filepath.Join(dir, "series.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	a, b, c := read("a"), read("b"), read("c")
	if a != b {
		t.Error("run again from its folder the run is another")
	}
	lines, other := strings.Split(a, "\n"), strings.Split(c, "\n")
	for k := range lines[:5] { // the header and ticks 0 to 3
		if lines[k] != other[k] {
			t.Errorf("tick %d: a change at tick 3 acts before", k-1)
		}
	}
	if lines[6] == other[6] {
		t.Error("the change leaves no trace")
	}
	for _, args := range [][]string{
		{"--set", "start.tail=2@3"}, {"--set", "trust.loss=7@3"}, {"--set", "trust.loss=.5@x"}, {"--policy", "subsidy"}, {"--policy", "{id: p, instrument: subsid}"},
		{"--set", "trust.loss=.5@3", "--checkpoint", "2"},
	} {
		if code, _, _ := call(t, append([]string{"run", "small.yaml", "--ticks", "8", "--no-plots", "-o", "d"}, args...)...); code != 2 {
			t.Errorf("%v: exit code %d, want 2", args, code)
		}
	}
}

// A change that the run does not reach is refused, and the words say how far the run goes; the last that it reaches is not.
func TestAChangeBehindTheEnd(t *testing.T) {
	inFolder(t)
	for _, c := range []struct{ set, ticks, want string }{
		{"trust.loss=.5@99", "4", "--set trust.loss=.5@99: acts from the tick behind 99 on, but the run ends with tick 4: want @0 to @3"},
		{"trust.loss=.5@4", "4", "but the run ends with tick 4"},
		{"trust.loss=.5@0", "0", "but the run has no ticks"},
	} {
		if code, _, said := call(t, "run", "small.yaml", "-o", "a", "--no-plots", "--ticks", c.ticks, "--set", c.set); code != 2 || !strings.Contains(said, c.want) {
			t.Errorf("%s in a run of %s ticks: exit code %d, %s", c.set, c.ticks, code, said)
		}
	}
	if code, _, said := call(t, "run", "small.yaml", "-o", "a", "--no-plots", "--set", "trust.loss=.5@8"); code != 2 || !strings.Contains(said, "ends with tick 8") {
		t.Errorf("the scenario's own end: exit code %d, %s", code, said)
	}
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--ticks", "4", "--set", "trust.loss=.5@3")
}

// A policy may begin behind the scenario's own end where --ticks takes the run there, and the stored run can be run again.
func TestAPolicyBehindTheScenariosEnd(t *testing.T) {
	inFolder(t)
	late := "{id: late, instrument: subsidy, from: 2002Q3}" // small has 8 quarters
	if code, _, said := call(t, "run", "small.yaml", "-o", "short", "--no-plots", "--policy", late); code != 2 || !strings.Contains(said, "outside the run") {
		t.Errorf("a policy that a run does not reach: exit code %d, %s", code, said)
	}
	must(t, "run", "small.yaml", "-o", "a", "--ticks", "12", "--no-plots", "--policy", late)
	must(t, "run", "a#0", "-o", "b", "--no-plots")
	if a, b := hashes(t, "a"), hashes(t, "b"); a["series.csv"] != b["series.csv"] || a["ledger.csv"] != b["ledger.csv"] || a["ledger.csv"] == "" {
		t.Error("run again from its folder the run is another")
	}
	if err := os.WriteFile("late.yaml", []byte(late), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "compare", "small.yaml", "--policy", "late.yaml", "--ticks", "12", "--burn-in", "2", "--replicates", "2", "-o", "c", "-q", "--no-plots")
}

// An address at which something listens is no mistake of the command line; each system has its own number for that.
func TestAddressTaken(t *testing.T) {
	for _, number := range []syscall.Errno{syscall.EADDRINUSE, 10048} {
		err := refused("--addr", "127.0.0.1:8080", &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", number)})
		var usage *usageError
		if err == nil || errors.As(err, &usage) || !strings.Contains(err.Error(), "127.0.0.1:8080 is taken") {
			t.Errorf("%d: %v", int(number), err)
		}
	}
	if err := refused("--addr", "127.0.0.1:8080", nil); err != nil {
		t.Error(err)
	}
}

// A run without the scenario's own policies is that of a file that has none; those of --policy stay, and the folder runs again as it was.
func TestNoPolicies(t *testing.T) {
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := string(small) + "\npolicies: [{id: own, instrument: subsidy, from: 2000Q3, intensity: 4}]\n"
	if err := os.WriteFile("own.yaml", []byte(own), 0o666); err != nil {
		t.Fatal(err)
	}
	mine := "{id: mine, instrument: infrastructure, from: 2000Q4, intensity: 4}"
	for folder, args := range map[string][]string{"plain": {"small.yaml"}, "own": {"own.yaml"}, "none": {"own.yaml", "--no-policies"},
		"mine": {"small.yaml", "--policy", mine}, "instead": {"own.yaml", "--no-policies", "--policy", mine}} {
		must(t, append([]string{"run", "-o", folder, "--no-plots"}, args...)...)
	}
	must(t, "run", "none#0", "-o", "again", "--no-plots")
	of := func(folder string) string { return hashes(t, folder)["series.csv"] }
	if of("none") != of("plain") || of("own") == of("plain") || of("instead") != of("mine") || of("again") != of("plain") {
		t.Error("without its own policies the world is not that of a file that has none")
	}
	must(t, "verify", "none")
	if code, _, said := call(t, "run", "none#0", "-o", "x", "--no-policies"); code != 2 || !strings.Contains(said, "--no-policies does not go with DIR#RUN") {
		t.Errorf("exit code %d, %s", code, said)
	}
}
