package session

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"agglo/scenarios"
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

// A saved scenario cannot hold what changed while the world ran; its head says so, with the flags that make a run of it the same run.
func TestAFileTellsWhatItCannotHold(t *testing.T) {
	s := begun(t)
	if file, err := s.File(); err != nil || strings.Contains(string(file), "--set") {
		t.Errorf("%v: nothing has changed, and the file says\n%.500s", err, file)
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 4})
	ask(t, s, map[string]any{"do": "set", "path": "trust.loss", "value": "0.9", "now": true})
	ask(t, s, map[string]any{"do": "step"})
	ask(t, s, map[string]any{"do": "set", "path": "trust.gain", "value": "0.2", "now": true})
	for range 2 { // what is said once is not said twice
		file, err := s.File()
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(file), "# Note: parameters were changed while the world ran, which a scenario file cannot hold: agglo run FILE --set trust.loss=0.9@4 --set trust.gain=0.2@5\n"); n != 1 {
			t.Errorf("%d times its head says it:\n%.500s", n, file)
		}
		if again, err := scenarios.Parse("saved.yaml", file, nil); err != nil || again.Ticks.Int() != 6 { // agglo run refuses a change behind the end
			t.Errorf("%v, and it runs for %d ticks: want 6", err, again.Ticks.Int())
		}
	}
}

// A parameter without a slider is told by what docs/parameters.md says of it, whether it waits, acts or is to change.
func TestTitlesOfWhatHasNoSlider(t *testing.T) {
	page, err := os.ReadFile("../../../docs/parameters.md")
	if err != nil {
		t.Fatal(err)
	}
	s := begun(t)
	if titles := s.State(0).Titles; len(titles) != 0 {
		t.Errorf("nothing is set, and there are titles: %v", titles)
	}
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "2"})
	ask(t, s, map[string]any{"do": "set", "path": "economy.overhead", "value": ".4"})
	want := map[string]string{"economy.overhead": "the labour that a firm needs before it makes anything"}
	if titles := s.State(0).Titles; !reflect.DeepEqual(titles, want) || !strings.Contains(string(page), " is "+want["economy.overhead"]+". ") {
		t.Errorf("titles %v, want %v", titles, want)
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 2})
	ask(t, s, map[string]any{"do": "set", "path": "economy.alpha", "value": ".2", "now": true})
	want["economy.alpha"] = "the share of capital in cost"
	if titles := s.State(0).Titles; !reflect.DeepEqual(titles, want) {
		t.Errorf("titles %v, want %v", titles, want)
	}
}

// A world that has lived as long as one of a page may says so when it is asked to go on.
func TestTheEndIsTold(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": MaxTicks - 1})
	if r := ask(t, s, map[string]any{"do": "step"}); r["error"] != nil || s.State(0).Tick != MaxTicks {
		t.Fatalf("the last step: %v", r["error"])
	}
	for _, do := range []string{"step", "play"} {
		if r := ask(t, s, map[string]any{"do": do, "on": true}); r["error"] != "A world of this page lives for 2,000 quarters at most" {
			t.Errorf("%s: %v", do, r["error"])
		}
	}
	if st := s.State(0); st.Playing || st.Tick != MaxTicks {
		t.Errorf("at the end: %+v", st)
	}
}
