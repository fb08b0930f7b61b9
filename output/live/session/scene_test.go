package session

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// Outlines of clusters go round exactly the cells that belong to them, and what is told of a cluster is what its firms add up to.
func TestClustersAreDrawnAsTheyAre(t *testing.T) {
	s := New(DefaultLimits())
	ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3, Params: []Value{{"cluster.density", "1.2"}, {"cluster.firms", "3"}}}})
	ask(t, s, map[string]any{"do": "goto", "tick": 8})
	var scene Scene
	if err := json.Unmarshal(s.Answer([]byte(`{"do":"scene"}`)), &scene); err != nil {
		t.Fatal(err)
	}
	var ground Ground
	if err := json.Unmarshal(s.Answer([]byte(`{"do":"ground"}`)), &ground); err != nil || ground.Box != [4]float64{-20, -20, 20, 20} {
		t.Errorf("the ground is %v, %v", ground.Box, err)
	}
	v := s.main.view()
	if v.Groups() == 0 || len(scene.Clusters) != v.Groups() || scene.Surveyed != 8 {
		t.Fatalf("%d clusters of %d, surveyed at %d", len(scene.Clusters), v.Groups(), scene.Surveyed)
	}
	for k, c := range scene.Clusters {
		inside := map[int]bool{}
		for n := range v.GroupCells(k) {
			inside[v.GroupCell(k, n)] = true
		}
		for cell := range v.Cells() {
			at, turns := v.CellMid(cell), 0.0
			for _, ring := range c.Rings {
				for n, a := range ring {
					b := ring[(n+1)%len(ring)]
					ax, ay, bx, by := float64(a[0])-at.X, float64(a[1])-at.Y, float64(b[0])-at.X, float64(b[1])-at.Y
					turns += math.Atan2(ax*by-ay*bx, ax*bx+ay*by) / (2 * math.Pi)
				}
			}
			if want := inside[cell]; math.Round(turns) != map[bool]float64{true: 1}[want] {
				t.Errorf("cluster %d: %.3g turns around cell %d, which is inside: %v", c.Number, turns, cell, want)
			}
		}
		firms, jobs := 0, 0.0
		for i := range v.Rows() {
			if v.Living(i) && v.Cluster(i) == c.Number {
				firms++
				jobs += v.Jobs(i)
			}
		}
		var story ClusterStory
		if err := json.Unmarshal(s.Answer([]byte(`{"do":"cluster","cluster":`+strconv.Itoa(c.Number)+`}`)), &story); err != nil {
			t.Fatal(err)
		}
		last := story.Years[len(story.Years)-1]
		if c.Firms != firms || math.Abs(c.Jobs-jobs*v.Scale()) > 1e-9*jobs || last.Firms != firms || last.Tick != 8 || firms == 0 {
			t.Errorf("cluster %d: %d firms with %g jobs, %+v at last: want %d with %g", c.Number, c.Firms, c.Jobs, last, firms, jobs*v.Scale())
		}
	}
}

// A trial is of the world as it is now: what was set while it ran holds from the trial's start on, in its numbers and in its command.
func TestTrialTakesWhatHoldsNow(t *testing.T) {
	s := New(DefaultLimits())
	run := func(innovation string, then string) (told, command string) {
		ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3, Params: []Value{{"knowledge.innovation", innovation}}}})
		ask(t, s, map[string]any{"do": "goto", "tick": 4})
		if then != "" {
			ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": then, "now": true})
		}
		ask(t, s, map[string]any{"do": "trial", "pairs": 1, "tick": 9, "policies": []Policy{{Instrument: "subsidy", From: 5, Intensity: 5}}})
		done := s.State(0).Trial
		data, err := json.Marshal(done)
		if err != nil || done == nil || done.Progress != 1 {
			t.Fatalf("%+v, %v", done, err)
		}
		return string(data), done.Command
	}
	changed, command := run("2", "3")
	plain, _ := run(" 3 ", "") // spaces around it, which a shell would part
	if changed != plain || !strings.Contains(command, " --set knowledge.innovation=3 ") || strings.Count(command, "--set") != 1 {
		t.Errorf("changed to 3:\n%s\n3 from the start on:\n%s", changed, plain)
	}
}

// Places of policies that stay go on with their counts when another one is planned beside them.
func TestPlacesGoOn(t *testing.T) {
	s := begun(t)
	first := Policy{ID: "a", Instrument: "subsidy", From: 9, Intensity: 1, X: 8, Y: 8, KM: 10}
	everywhere, second, third := first, first, first
	everywhere.ID, everywhere.KM, second.ID, second.X, third.ID, third.X = "all", 0, "b", 20, "c", 30
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{first}})
	ask(t, s, map[string]any{"do": "goto", "tick": 3})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{everywhere, first, second, third}})
	ask(t, s, map[string]any{"do": "goto", "tick": 5})
	var got []string
	for _, p := range s.State(0).Places {
		got = append(got, fmt.Sprintf("%s from %d: %d", p.ID, p.From, len(p.Jobs)))
	}
	if want := []string{"a from 0: 6", "b from 3: 3", "c from 3: 3", "* from 3: 3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Where the places of two policies overlap, a job there is one job; a place that is moved is counted anew.
func TestOverlappingPlaces(t *testing.T) {
	s := begun(t)
	first := Policy{ID: "a", Instrument: "subsidy", From: 9, Intensity: 1, KM: 12}
	same, apart := first, first
	same.ID, apart.ID, apart.KM = "b", "b", 1000
	jobs := func(policies ...Policy) (all, one Place) {
		ask(t, s, map[string]any{"do": "policies", "policies": policies})
		places := s.State(0).Places
		return places[len(places)-1], places[0]
	}
	if all, one := jobs(first, same); all.ID != "*" || all.Jobs[0] != one.Jobs[0] || one.Jobs[0] <= 0 {
		t.Errorf("two policies in one circle: %v, one: %v", all, one)
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 2})
	if all, one := jobs(first, apart); all.Since != 2 || one.Since != 0 || len(all.Jobs) != 1 || all.Jobs[0] <= one.Jobs[2] {
		t.Errorf("a larger circle about it: %+v, the first: %+v", all, one)
	}
	if only, _ := jobs(first); only.ID != "a" {
		t.Errorf("of one policy alone %v is told too", only)
	}
}

// What stands in cells is told as the world has it; the scenario's own policy brings its circle, and one without a circle none.
func TestInfrastructureIsTold(t *testing.T) {
	s := New(DefaultLimits())
	file := tiny + "policies:\n  - {id: sites, instrument: production_sites, from: 2000Q2, target: {within: {at_km: [6, -6], km: 7}}}\n  - {id: fair, instrument: trade_fair, from: 2000Q2}\n"
	if r := ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: file, Seed: 3,
		Policies: []Policy{{ID: "roads", Instrument: "transport", From: 1, Intensity: 1, X: -10, Y: 10, KM: 8}}}}); r["error"] != nil {
		t.Fatal(r)
	}
	var ground Ground
	if err := json.Unmarshal(s.Answer([]byte(`{"do":"ground"}`)), &ground); err != nil || len(ground.Own) != 2 {
		t.Fatalf("the scenario's own policies are %+v, %v", ground.Own, err)
	}
	circles := map[string][3]Figure{"sites": {6, -6, 7}, "fair": {}}
	for _, p := range ground.Own {
		if got := [3]Figure{p.X, p.Y, p.KM}; got != circles[p.ID] {
			t.Errorf("policy %s has the circle %v: want %v", p.ID, got, circles[p.ID])
		}
	}
	read := func() (scene Scene) {
		if err := json.Unmarshal(s.Answer([]byte(`{"do":"scene"}`)), &scene); err != nil {
			t.Fatal(err)
		}
		return scene
	}
	if scene := read(); scene.Levels == nil || len(scene.Levels) > 0 {
		t.Errorf("at the start there are levels %v: want an empty list", scene.Levels)
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 6})
	v, told := s.main.view(), map[[2]Figure]Level{}
	for _, x := range read().Levels {
		told[[2]Figure{x[0], x[1]}] = x
	}
	roads, land, cells := 0, 0, 0
	for c := range v.Cells() {
		x, at, km := v.Infrastructure(c), v.CellMid(c), v.CellKM(c)
		row, known := told[[2]Figure{Figure(at.X), Figure(at.Y)}]
		if known == x.None() {
			t.Errorf("cell %d has %+v, and is told: %v", c, x, known)
		}
		if !known {
			continue
		}
		cells++
		near := func(got Figure, want float64) bool { return math.Abs(float64(got)-want) <= 1e-6*want }
		if !near(row[2], km) || !near(row[3], 1-math.Exp(-x.Transport)) || !near(row[6], x.Land/(km*km)) || row[4] != 0 || row[5] != 0 {
			t.Errorf("cell %d is told as %v: want what %+v is", c, row, x)
		}
		if row[3] > 0 {
			roads++
		}
		if row[6] > 0 {
			land++
		}
	}
	if cells != len(told) || roads == 0 || land == 0 {
		t.Errorf("%d cells of %d, roads in %d, land in %d", cells, len(told), roads, land)
	}
}
