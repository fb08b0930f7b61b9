package session

import (
	"encoding/json"
	"reflect"
	"testing"

	"agglo/internal/text"
)

// A policy that has begun goes on as it is; changes of it wait together for the next start, and other policies do not wait for them.
func TestPoliciesThatHaveBegun(t *testing.T) {
	s := begun(t)
	p, q := Policy{ID: "p", Instrument: "subsidy", From: 5, Intensity: 1}, Policy{ID: "q", Instrument: "burn", From: 20, Intensity: 1}
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{p}})
	ask(t, s, map[string]any{"do": "goto", "tick": 8})
	holds := func(what string, now, planned []Policy) {
		t.Helper()
		st := s.State(0)
		if !reflect.DeepEqual(st.Spec.Policies, now) {
			t.Errorf("%s: now act %v, want %v", what, st.Spec.Policies, now)
		}
		switch {
		case planned == nil && (st.Planned != nil || st.Pending != nil):
			t.Errorf("%s: %v waits", what, st.Pending)
		case planned != nil && (st.Planned == nil || !reflect.DeepEqual(*st.Planned, planned) || len(st.Pending) != 1):
			t.Errorf("%s: planned are %v (%v), want %v", what, st.Planned, st.Pending, planned)
		}
	}
	strong := p
	strong.Intensity = 2
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{strong}})
	holds("one is changed", []Policy{p}, []Policy{strong})
	strong.Budget = 1e6
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{strong, q}})
	holds("it is changed again, and another comes", []Policy{p, q}, []Policy{strong, q})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{}})
	holds("all are taken away", []Policy{p}, []Policy{})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{p}})
	holds("all is as it was", []Policy{p}, nil)
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{strong}})
	ask(t, s, map[string]any{"do": "restart"})
	holds("from the start", []Policy{strong}, nil)
}

// What comes after a policy that was taken away, and still acts until the next start, has an id of its own: so it acts at once.
func TestAPolicyAfterOneTakenAway(t *testing.T) {
	for _, id := range []string{"subsidy-1", ""} {
		s := begun(t)
		ask(t, s, map[string]any{"do": "policies", "policies": []Policy{{ID: id, Instrument: "subsidy", From: 1, Intensity: 1}}})
		ask(t, s, map[string]any{"do": "goto", "tick": 8})
		ask(t, s, map[string]any{"do": "policies", "policies": []Policy{}})
		more := Policy{Instrument: "subsidy", From: 9, Intensity: 1}
		if id != "" {
			var proposed Suggestion
			if err := json.Unmarshal(s.Answer([]byte(`{"do":"suggest","instrument":"subsidy"}`)), &proposed); err != nil {
				t.Fatal(err)
			}
			more = proposed.Policy
		}
		ask(t, s, map[string]any{"do": "policies", "policies": []Policy{more}})
		if now := s.State(0).Spec.Policies; len(now) != 2 || now[0].ID == now[1].ID {
			t.Errorf("id %q: now act %+v", id, now)
		}
	}
}

// Works on the map, and the scenario's own policies, have the names of their instruments.
func TestWorksAreNamed(t *testing.T) {
	s := New(DefaultLimits())
	reply := ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", Seed: 3,
		File: tiny + "policies:\n  - {id: own, instrument: technopark, from: 2000Q2, intensity: 5, target: {within: {at_km: [0, 0], km: 8}}}\n"}})
	if reply["error"] != nil {
		t.Fatal(reply["error"])
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 6})
	named := text.In(text.Russian, "policy.technopark")
	ground := ask(t, s, map[string]any{"do": "ground", "lang": text.Russian})
	if own, _ := ground["own"].([]any); len(own) != 1 || own[0].(map[string]any)["name"] != named {
		t.Errorf("the scenario's own policies: %v", ground["own"])
	}
	scene := ask(t, s, map[string]any{"do": "scene", "lang": text.Russian})
	if works, _ := scene["works"].([]any); len(works) != 1 || works[0].(map[string]any)["name"] != named {
		t.Errorf("works: %v", scene["works"])
	}
}
