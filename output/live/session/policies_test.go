package session

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
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

// Policies that have begun and are taken away act until the next start, and leave room for as many again; when there is no more room
// the page is told what to do, in its language.
func TestPoliciesTakenAwayLeaveRoom(t *testing.T) {
	s := begun(t)
	l := DefaultLimits()
	list := func(round int) (all []Policy) {
		for k := range l.Policies {
			all = append(all, Policy{ID: fmt.Sprintf("p%d-%d", round, k), Instrument: "subsidy", From: s.State(0).Tick + 1, Intensity: 1})
		}
		return all
	}
	rounds := (l.Policies + l.Begun) / l.Policies
	for round := range rounds {
		if reply := ask(t, s, map[string]any{"do": "policies", "policies": list(round)}); reply["error"] != nil {
			t.Fatalf("round %d: %v", round, reply["error"])
		}
		ask(t, s, map[string]any{"do": "step"})
		ask(t, s, map[string]any{"do": "policies", "policies": []Policy{}})
	}
	if now := s.State(0).Spec.Policies; len(now) != l.Policies+l.Begun {
		t.Errorf("%d policies act: want %d", len(now), l.Policies+l.Begun)
	}
	for lang, want := range map[string]string{"en": "go back to the start", "ru": "Вернитесь к началу"} {
		reply := ask(t, s, map[string]any{"do": "policies", "lang": lang, "policies": list(rounds)[:1]})
		if fault, _ := reply["error"].(string); !strings.Contains(fault, want) || !strings.Contains(fault, "48") {
			t.Errorf("%s: one more is answered by %q", lang, fault)
		}
	}
	if reply := ask(t, s, map[string]any{"do": "policies", "lang": "ru", "policies": append(list(8), list(9)...)}); !strings.Contains(fmt.Sprint(reply["error"]), "не больше 12") {
		t.Errorf("too many at once: %v", reply["error"])
	}
	again := New(l) // who opens a link to this world can take them away one by one
	if reply := ask(t, again, map[string]any{"do": "start", "spec": s.State(0).Spec}); reply["error"] != nil {
		t.Fatalf("its link: %v", reply["error"])
	}
	all := again.State(0).Spec.Policies
	if reply := ask(t, again, map[string]any{"do": "policies", "policies": all[1:]}); reply["error"] != nil {
		t.Errorf("one of them is taken away: %v", reply["error"])
	}
	ask(t, s, map[string]any{"do": "restart"})
	if reply := ask(t, s, map[string]any{"do": "policies", "policies": list(rounds)}); reply["error"] != nil {
		t.Errorf("from the start: %v", reply["error"])
	}
}

// A twin may do without the scenario's own policies too: it is the world of a file that has none, whenever it is asked for, and its
// command line says so. The world itself feels nothing of it.
func TestATwinWithoutTheScenariosPolicies(t *testing.T) {
	own := tiny + "policies:\n  - {id: own, instrument: infrastructure, from: 2001Q1, intensity: 8, target: {within: {at_km: [0, 0], km: 15}}}\n"
	at := func(file string, tick int) *Session {
		s := New(DefaultLimits())
		if r := ask(t, s, map[string]any{"do": "start", "tick": tick, "spec": Spec{Scenario: "tiny", Seed: 3, File: file}}); r["error"] != nil {
			t.Fatal(r["error"])
		}
		return s
	}
	series := func(s *Session, twin bool) string {
		b, err := s.Series(twin)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	has, none := series(at(own, 16), false), series(at(tiny, 16), false)
	if has == none {
		t.Fatal("the scenario's policy leaves no trace")
	}
	for _, asked := range []int{0, 2, 16} { // before it begins, and when it has acted
		s := at(own, asked)
		ask(t, s, map[string]any{"do": "twin", "on": true})
		ask(t, s, map[string]any{"do": "bare", "on": true})
		st := ask(t, s, map[string]any{"do": "goto", "tick": 16})
		if series(s, false) != has || series(s, true) != none {
			t.Errorf("asked for at tick %d: the twin is not the world of a file without policies, or the world is another", asked)
		}
		if c, w := st["command"].(string), st["command_without"].(string); strings.Contains(c, "--no-policies") || !strings.HasSuffix(w, " --no-policies") {
			t.Errorf("the command lines are %q and %q", c, w)
		}
		if spent, _ := st["spent"].([]any); len(spent) != 1 || spent[0].(map[string]any)["id"] != "own" {
			t.Errorf("what it costs is told as %v", st["spent"])
		}
		ground := ask(t, s, map[string]any{"do": "ground"})
		if list, _ := ground["own"].([]any); len(list) != 1 || list[0].(map[string]any)["from"] != 4. || list[0].(map[string]any)["to"] != 0. {
			t.Errorf("the scenario's own policies are told as %v", ground["own"])
		}
		ask(t, s, map[string]any{"do": "bare"})
		if series(s, true) != has {
			t.Error("let go, the twin is not the same world")
		}
	}
}
