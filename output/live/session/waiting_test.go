package session

import (
	"encoding/json"
	"reflect"
	"testing"
)

// What changes from now on is not forgotten at the next start because something else waits for it.
func TestChangesOutliveWhatWaits(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": 4})
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "3"}) // waits
	ask(t, s, map[string]any{"do": "set", "path": "trust.loss", "value": ".5", "now": true})
	ask(t, s, map[string]any{"do": "goto", "tick": 6})
	ask(t, s, map[string]any{"do": "set", "path": "trust.loss", "value": ".4", "now": true})
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "2", "now": true})
	if p := s.State(0).Pending; !reflect.DeepEqual(p, []string{"knowledge.innovation = 3"}) {
		t.Errorf("pending: %v", p)
	}
	ask(t, s, map[string]any{"do": "restart"})
	want := []Change{{4, "trust.loss", ".5"}, {6, "trust.loss", ".4"}, {6, "knowledge.innovation", "2"}}
	if spec := s.State(0).Spec; !reflect.DeepEqual(spec.Changes, want) || !reflect.DeepEqual(spec.Params, []Value{{"knowledge.innovation", "3"}}) {
		t.Errorf("after the restart: %+v", spec)
	}
}

// A parameter that is put back from the start on waits, though its value is the first one: what was changed meanwhile goes then. Nothing
// that comes beside it makes that forgotten.
func TestPutBackFromTheStart(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "2"})
	ask(t, s, map[string]any{"do": "goto", "tick": 4})
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "3", "now": true})
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "2"})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{{ID: "p", Instrument: "burn", From: 8, Intensity: 1}}})
	if p := s.State(0).Pending; !reflect.DeepEqual(p, []string{"knowledge.innovation = 2"}) {
		t.Errorf("pending: %v", p)
	}
	ask(t, s, map[string]any{"do": "restart"})
	if spec := s.State(0).Spec; len(spec.Changes) > 0 || !reflect.DeepEqual(spec.Params, []Value{{"knowledge.innovation", "2"}}) {
		t.Errorf("after the restart: %+v", spec)
	}
}

// What is proposed beside policies that wait has an id that none of them has.
func TestProposalsBesideWhatWaits(t *testing.T) {
	s := begun(t)
	p := Policy{ID: "subsidy-1", Instrument: "subsidy", From: 1, To: 9, Intensity: 1}
	ask(t, s, map[string]any{"do": "goto", "tick": 3})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{p}})
	ask(t, s, map[string]any{"do": "goto", "tick": 5})
	changed, more := p, p
	changed.From, changed.Intensity, more.ID, more.From = 4, 2, "subsidy-2", 2
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "3"})
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{changed, more}})
	var proposed Suggestion
	if err := json.Unmarshal(s.Answer([]byte(`{"do":"suggest","instrument":"subsidy"}`)), &proposed); err != nil || proposed.Policy.ID != "subsidy-3" {
		t.Errorf("proposed %+v, %v", proposed, err)
	}
}
