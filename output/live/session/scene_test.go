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
