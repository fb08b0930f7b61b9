package session

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"agglo/output"
	"agglo/scenarios"
)

// tiny is a scenario of some firms.
const tiny = `agglo: 1
id: tiny
areas:
  - {id: land, cell_km: 4, shape: {box_km: [40, 40]}, labour_force: 600, land: 400}
sectors:
  - {id: metals, firms: 60, employment: 276}
  - {id: machinery, firms: 60, employment: 276}
`

// ask gives a message and lets the session work until it rests.
func ask(t testing.TB, s *Session, message map[string]any) (reply map[string]any) {
	t.Helper()
	data, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(s.Answer(data), &reply); err != nil {
		t.Fatal(err)
	}
	for n := 0; s.Busy() && n < 5000; n++ {
		s.Advance(context.Background())
	}
	return reply
}

func begun(t testing.TB) *Session {
	t.Helper()
	s := New(DefaultLimits())
	ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	if st := s.State(0); !st.Ready || st.Tick != 0 || st.Firms == 0 {
		t.Fatalf("state %+v", st)
	}
	return s
}

// What is malformed, unknown, out of bounds or too large is answered with an error, and changes nothing.
func TestMistakesChangeNothing(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": 3})
	was, err := json.Marshal(s.State(0))
	if err != nil {
		t.Fatal(err)
	}
	table, _ := s.Series(false)
	policy := `{"do":"policies","policies":[{"id":"p","instrument":"subsidy","from":5,"intensity":1%s}]}`
	for _, text := range []string{
		``, `{`, `[]`, `null`, `1`, `"start"`, `{"do":"explode"}`, `{"do":"start"}`, `{"do":"state"} {}`, `{"do":"state","secret":1}`,
		`{"do":"start","spec":{"scenario":"../../etc/passwd","seed":1}}`, `{"do":"start","spec":{"scenario":"/etc/passwd","seed":1}}`,
		`{"do":"start","spec":{"scenario":"plane","seed":1}}`, `{"do":"start","spec":{"scenario":"plain","seed":9007199254740992}}`,
		`{"do":"start","spec":{"scenario":"plain","seed":-1}}`, `{"do":"start","tick":100000,"spec":{"scenario":"plain","seed":1}}`,
		`{"do":"start","spec":{"scenario":"x","file":"agglo: 1\nid: x\n","seed":1}}`,
		`{"do":"start","spec":{"scenario":"x","file":"agglo: 1\nid: x\nareas:\n  - {id: a, shape: {file: /etc/passwd, where: x}}\nsectors: [{id: m, firms: 3, employment: 9}]\n","seed":1}}`,
		`{"do":"start","spec":{"scenario":"plain","seed":1,"params":[{"path":"trust.loss","value":"7"}]}}`,
		`{"do":"start","spec":{"scenario":"plain","seed":1,"params":[{"path":"trust.loss","value":"NaN"}]}}`,
		`{"do":"start","spec":{"scenario":"plain","seed":1,"changes":[{"tick":-1,"path":"trust.loss","value":".5"}]}}`,
		`{"do":"start","spec":{"scenario":"plain","seed":1,"changes":[{"tick":2001,"path":"trust.loss","value":".5"}]}}`,
		`{"do":"goto","tick":1}`, `{"do":"goto","tick":2001}`, `{"do":"goto","tick":1e99}`, `{"do":"pace","pace":-1}`, `{"do":"pace","pace":1e9}`,
		`{"do":"set","path":"trust.los","value":".5","now":true}`, `{"do":"set","path":"trust.loss","value":"'; rm -rf /","now":true}`,
		`{"do":"set","path":"labour.market_km","value":"20","now":true}`, `{"do":"set","path":"start.tail","value":"2","now":true}`,
		`{"do":"trial","pairs":1000,"tick":10}`, `{"do":"trial","pairs":2,"tick":100000}`,
		`{"do":"firm","row":99999999}`, `{"do":"cluster","cluster":5}`, `{"do":"suggest","instrument":"magic"}`,
		strings.Replace(policy, "%s", `,"km":-1`, 1), strings.Replace(policy, "%s", `,"cluster":"any}, x: {"`, 1),
		strings.Replace(policy, "%s", `,"budget":-5`, 1), strings.Replace(strings.Replace(policy, "%s", "", 1), `"p"`, `"p'; x"`, 1),
		strings.Replace(strings.Replace(policy, "%s", "", 1), "subsidy", "subsid", 1), strings.Replace(policy, `"intensity":1%s`, `"intensity":99`, 1),
		`{"do":"state","x":"` + strings.Repeat("y", MaxMessage) + `"}`,
	} {
		var reply map[string]any
		if err := json.Unmarshal(s.Answer([]byte(text)), &reply); err != nil || reply["error"] == nil || reply["error"] == "" {
			t.Errorf("%.90s: reply %v, %v", text, reply, err)
		}
		if is, _ := json.Marshal(s.State(0)); string(is) != string(was) {
			t.Fatalf("%.90s: the state was\n%s\nand is\n%s", text, was, is)
		}
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 3})
	if again, _ := s.Series(false); string(again) != string(table) {
		t.Error("the world has gone on otherwise")
	}
}

// A scenario that is too large for a page is refused before anything is built.
func TestLargeWorldsAreRefused(t *testing.T) {
	l := DefaultLimits()
	l.Firms = 100
	s := New(l)
	reply := ask(t, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	if text, _ := reply["error"].(string); !strings.Contains(text, "120 firms") || s.State(0).Ready {
		t.Errorf("reply %v", reply)
	}
	reply = ask(t, s, map[string]any{"do": "start", "lang": "ru", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	if text, _ := reply["error"].(string); !strings.Contains(text, "фирм 120") {
		t.Errorf("in Russian: %v", reply)
	}
	l = DefaultLimits()
	l.FileBytes = 10
	if reply = ask(t, New(l), map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3}}); reply["error"] == nil {
		t.Error("a long file is read")
	}
}

// A twin is the same world to the last bit until a policy begins, whenever it is asked for; the world does not feel it.
func TestATwinIsTheSameWorld(t *testing.T) {
	alone := begun(t)
	ask(t, alone, map[string]any{"do": "goto", "tick": 16})
	plain, _ := alone.Series(false)

	early := begun(t)
	ask(t, early, map[string]any{"do": "goto", "tick": 5})
	ask(t, early, map[string]any{"do": "twin", "on": true})
	policies := []Policy{{ID: "p", Instrument: "infrastructure", From: 8, Intensity: 8, KM: 15}}
	ask(t, early, map[string]any{"do": "policies", "policies": policies})
	ask(t, early, map[string]any{"do": "goto", "tick": 16})
	with, _ := early.Series(false)
	without, _ := early.Series(true)
	if string(without) != string(plain) {
		t.Error("the twin without the policy is another world")
	}
	if string(with) == string(plain) {
		t.Fatal("the policy leaves no trace")
	}
	if a, b := lines(with, 9), lines(plain, 9); a != b {
		t.Error("the policy acts before it begins")
	}
	late := New(DefaultLimits())
	ask(t, late, map[string]any{"do": "start", "tick": 16, "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3, Policies: policies}})
	ask(t, late, map[string]any{"do": "twin", "on": true})
	lateWith, _ := late.Series(false)
	lateWithout, _ := late.Series(true)
	if string(lateWith) != string(with) || string(lateWithout) != string(plain) {
		t.Error("a twin that is asked for when the policy has acted is another")
	}
	places := late.State(0).Places
	if len(places) != 1 || len(places[0].Jobs) != 17 || len(places[0].Other) != 17 || places[0].Jobs[16] == places[0].Other[16] {
		t.Errorf("jobs where the policy is: %+v", places)
	}
}

// lines gives the first n lines.
func lines(table []byte, n int) string {
	return strings.Join(strings.Split(string(table), "\n")[:n], "\n")
}

// A parameter acts from the quarter on that is said, or from the next start on; the start before the first tick is at once.
func TestSlidersApply(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": 8})
	plain, _ := s.Series(false)
	ask(t, s, map[string]any{"do": "restart"})
	ask(t, s, map[string]any{"do": "goto", "tick": 4})
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "2", "now": true})
	ask(t, s, map[string]any{"do": "goto", "tick": 8})
	now, _ := s.Series(false)
	if lines(now, 6) != lines(plain, 6) || lines(now, 9) == lines(plain, 9) {
		t.Error("a parameter that changes at tick 4 acts before it, or never")
	}
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "3"})
	if p := s.State(0).Pending; !reflect.DeepEqual(p, []string{"knowledge.innovation = 3"}) {
		t.Errorf("pending: %v", p)
	}
	ask(t, s, map[string]any{"do": "policies", "policies": []map[string]any{{"id": "p", "instrument": "subsidy", "from": 12, "intensity": 1}}})
	if st := s.State(0); !reflect.DeepEqual(st.Pending, []string{"knowledge.innovation = 3"}) || len(st.Spec.Policies) != 1 {
		t.Errorf("a policy that has not begun waits with a parameter: %v, %v", st.Pending, st.Spec.Policies)
	}
	ask(t, s, map[string]any{"do": "policies", "policies": []map[string]any{}})
	if again, _ := s.Series(false); string(again) != string(now) {
		t.Error("what is to act from the next start on acts now")
	}
	ask(t, s, map[string]any{"do": "restart"})
	if st := s.State(0); st.Tick != 0 || !reflect.DeepEqual(st.Spec.Params, []Value{{"knowledge.innovation", "3"}}) || len(st.Spec.Changes) != 0 || st.Pending != nil {
		t.Errorf("after the restart: %+v", st.Spec)
	}
	ask(t, s, map[string]any{"do": "set", "path": "knowledge.innovation", "value": "1", "now": true})
	if st := s.State(0); st.Spec.Params[0].Value != "1" || st.Tick != 0 || !st.Ready {
		t.Errorf("before the first tick: %+v", st)
	}
}

// A frame holds every living firm where it is, and the strongest ties.
func TestFrame(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": 8})
	s.limits.Ties = 25
	b := s.Frame(false)
	if s.Frame(true) != nil {
		t.Error("a frame of a twin that is not there")
	}
	word := func(k int) int { return int(binary.LittleEndian.Uint32(b[4*k:])) }
	n, m := word(3), word(4)
	v := s.main.view()
	if word(0) != FrameMagic || word(2) != 8 || n != v.Alive() || m == 0 || m > 25 || len(b) != 24+20*n+8*m+pad(2*n)+pad(m) {
		t.Fatalf("head %d %d %d %d, %d bytes", word(0), word(2), n, m, len(b))
	}
	for k := range n {
		row := word(6 + 3*n + k)
		x := float64(math.Float32frombits(uint32(word(6 + k))))
		if !v.Living(row) || math.Abs(x-v.X(row)) > 1e-4 || int(b[24+20*n+8*m+k]) != v.Sector(row) {
			t.Fatalf("place %d: row %d at %g, sector %d", k, row, x, b[24+20*n+8*m+k])
		}
	}
	least := 255
	for k := range m {
		least = min(least, int(b[24+20*n+8*m+pad(2*n)+k]))
	}
	stronger := 0
	f := framing{at: make([]int32, v.Rows())}
	for i := range v.Rows() {
		if f.at[i] = -1; v.Living(i) {
			f.at[i] = int32(len(f.rows))
			f.rows = append(f.rows, int32(i))
		}
	}
	f.strongest(v, 1<<20)
	for _, x := range f.ties {
		if int(x.trust) > least {
			stronger++
		}
	}
	if stronger >= m {
		t.Errorf("%d ties are stronger than the weakest of the %d that are shown", stronger, m)
	}
}

// A trial runs pairs with seeds of their own; its command line names the same pairs, and it can be given up.
func TestTrial(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "trial", "pairs": 3, "tick": 12, "policies": []Policy{{Instrument: "subsidy", From: 5, To: 12, Intensity: 5}}})
	d := s.State(0).Trial
	if d == nil || d.Progress != 1 || len(d.Seeds) != 3 || d.Seeds[0] == d.Seeds[1] || len(d.With) != 3 || len(d.Without) != 3 {
		t.Fatalf("trial %+v", d)
	}
	jobs := 2
	if name := output.Metrics()[jobs]; name != "jobs" {
		t.Fatalf("metric %d is %s", jobs, name)
	}
	mean := 0.0
	for k := range 3 {
		mean += float64(d.With[k][jobs]-d.Without[k][jobs]) / 3
	}
	if e := d.Effects[jobs]; math.Abs(float64(e.Mean)-mean) > 1e-9 || !(e.Lo <= e.Mean && e.Mean <= e.Hi) {
		t.Errorf("effect %+v, mean %g", e, mean)
	}
	if s.State(0).Tick != 0 {
		t.Error("the trial has moved the world")
	}
	ask(t, s, map[string]any{"do": "trial", "pairs": 0})
	if s.State(0).Trial != nil {
		t.Error("the trial is not given up")
	}
}

// Whatever bytes come as a message, the reply is JSON, and nothing panics.
func FuzzMessage(f *testing.F) {
	s := New(DefaultLimits())
	ask(f, s, map[string]any{"do": "start", "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	for _, seed := range []string{`{"do":"set","path":"trust.loss","value":"0.5","now":true}`, `{"do":"policies","policies":[{"id":"p","instrument":"subsidy","from":5,"intensity":1}]}`,
		`{"do":"firm","row":1}`, `{"do":"scene"}`, `{"do":"twin","on":true}`, `{"do":"trial","pairs":1,"tick":2}`, `{"do":"step"}`, `{"do":"catalogue","lang":"ru"}`, `{"do":"suggest","instrument":"brand","km":3}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if strings.Contains(string(data), "start") {
			return // other worlds are slow to build; TestMistakesChangeNothing has them
		}
		if reply := s.Answer(data); !json.Valid(reply) {
			t.Errorf("%q: %q", data, reply)
		}
		for n := 0; s.Busy() && n < 3; n++ {
			s.Advance(context.Background())
		}
	})
}

// A session goes on for longer than its scenario's run, and policies may begin there; the file of such a world can be read.
func TestPoliciesBehindTheScenariosEnd(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "goto", "tick": 82}) // tiny says nothing, so its run has 80 quarters
	reply := ask(t, s, map[string]any{"do": "policies", "policies": []Policy{{ID: "late", Instrument: "subsidy", From: 83, Intensity: 1}, {ID: "later", Instrument: "burn", From: 120, Intensity: 1}}})
	if reply["error"] != nil {
		t.Fatal(reply["error"])
	}
	ask(t, s, map[string]any{"do": "goto", "tick": 90})
	if n := len(s.State(0).Spent); n == 0 {
		t.Error("nothing is spent")
	}
	file, err := s.File()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scenarios.Parse("saved.yaml", file, nil); err != nil {
		t.Error(err)
	}
}

// A page that asks now and then is told every row once, in order; of another world it is told all from the start.
func TestReaderMissesNothing(t *testing.T) {
	s := New(DefaultLimits())
	s.Answer([]byte(`{"do":"start","spec":{"scenario":"plain","seed":3},"tick":9,"on":true}`))
	var r Reader
	var rows, other [][]Figure
	tell := func() {
		st, _ := r.Next(s)
		if st.Ready && st.From != min(len(rows), st.From) {
			t.Fatalf("rows from %d on, %d are known", st.From, len(rows))
		}
		rows = append(rows[:st.From], st.Rows...)
		other = append(other[:st.OtherFrom], st.Other...)
	}
	for n := 0; s.Busy(); n++ {
		s.Advance(t.Context())
		if n%3 == 0 {
			tell()
		}
	}
	tell()
	tell()
	want := s.State(0)
	if fmt.Sprint(rows, other) != fmt.Sprint(want.Rows, want.Other) || len(rows) != 10 || len(other) != 10 {
		t.Errorf("%d rows and %d of the twin: want 10 of each, as the session has them", len(rows), len(other))
	}
	ask(t, s, map[string]any{"do": "seed", "seed": 4})
	for s.Busy() {
		s.Advance(t.Context())
	}
	if st, _ := r.Next(s); st.From != 0 || len(st.Rows) != 1 {
		t.Errorf("of another world %d rows from %d on: want the first", len(st.Rows), st.From)
	}
}

// A page whose twin lags behind by more rows than one state holds has nothing to ask for at once until the twin has gone on: else it
// would ask without end. Of the world it is told nothing twice meanwhile.
func TestReaderWaitsForTheTwin(t *testing.T) {
	s := begun(t)
	policy := Policy{ID: "p", Instrument: "subsidy", From: 2, Intensity: 1}
	ask(t, s, map[string]any{"do": "start", "tick": MaxRows + 20, "spec": Spec{Scenario: "tiny", File: tiny, Seed: 3, Policies: []Policy{policy}}})
	var r Reader
	rows := 0
	told := func() (times int) {
		rows = 0
		for more := true; more && times < 10; times++ {
			var st State
			st, more = r.Next(s)
			rows += len(st.Rows)
		}
		return times
	}
	if n := told(); n != 2 || rows != MaxRows+21 {
		t.Errorf("told in %d states %d rows: want 2, and all", n, rows)
	}
	s.Answer([]byte(`{"do":"twin","on":true}`))
	s.Advance(t.Context()) // the twin stands at its start
	if n := told(); n != 1 || rows != 0 || r.Other != 1 {
		t.Errorf("asked %d times while the twin stands at tick 0, told %d rows again, of the twin up to tick %d", n, rows, r.Other-1)
	}
	for s.Busy() {
		s.Advance(t.Context())
	}
	if n := told(); n != 2 || rows != 0 || r.Other != MaxRows+21 {
		t.Errorf("told in %d states, %d rows again, of the twin up to tick %d, when it is there: want 2, and all", n, rows, r.Other-1)
	}
}

// What is told of a firm that is followed is of its own world: a twin goes on with the years before, and writes none of them.
func TestFollowedFirmsHaveTheirOwnHistory(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "firm", "row": 0})
	ask(t, s, map[string]any{"do": "goto", "tick": 4}) // five numbers, and room for three more
	ask(t, s, map[string]any{"do": "twin", "on": true})
	main, other := &s.main.follow, &s.other.follow
	if main.id == 0 || main.ended != 0 || len(main.jobs) != 5 || len(other.jobs) != 5 {
		t.Fatalf("followed: %+v, %+v", main, other)
	}
	main.jobs, other.jobs = append(main.jobs, [2]float64{5, 1}), append(other.jobs, [2]float64{5, 2})
	if main.jobs[5][1] != 1 || other.jobs[5][1] != 2 {
		t.Errorf("both worlds have %v workers at tick 5", main.jobs[5][1])
	}
}

// A world that breaks stops, and says so; whoever drives the session goes on.
func TestABrokenWorldStops(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "play", "on": true, "tick": 4})
	s.main.engine.World, s.end, s.playing = nil, 8, true
	s.Advance(t.Context())
	if st := s.State(0); !strings.Contains(st.Fault, "the program broke") || st.Playing || s.Busy() {
		t.Errorf("fault %q, playing %v, busy %v", st.Fault, st.Playing, s.Busy())
	}
}

// What is asked of a world that is broken is answered with words, not with a panic; and from the start the session is well again.
func TestABrokenWorldIsToldOf(t *testing.T) {
	broken := func() *Session {
		s := begun(t)
		ask(t, s, map[string]any{"do": "goto", "tick": 2})
		s.main.engine.World = nil
		return s
	}
	s := broken()
	for _, do := range []string{"scene", "firm"} {
		if reply := string(s.Answer([]byte(`{"do":"` + do + `"}`))); !strings.Contains(reply, "the program broke") || s.fault != "" {
			t.Errorf("%s: %s, and then %q", do, reply, s.fault)
		}
	}
	if data := s.Frame(false); data != nil {
		t.Errorf("a picture of %d bytes", len(data))
	}
	if n := s.Firms(); n < 100 {
		t.Errorf("%d firms: want those of the last piece of work", n)
	}
	command := string(s.Answer([]byte(`{"do":"policies","policies":[{"id":"p","instrument":"subsidy","from":9,"intensity":1}]}`)))
	if st := s.State(0); !strings.Contains(command, "the program broke") || !strings.Contains(st.Fault, "the program broke") || s.Busy() {
		t.Errorf("a command: %s, and then %q", command, st.Fault)
	}
	s = broken()
	if st := s.State(0); !strings.Contains(st.Fault, "the program broke") || st.Ready {
		t.Errorf("its state: %+v", st)
	}
	if reply := ask(t, s, map[string]any{"do": "restart"}); reply["error"] != nil {
		t.Errorf("from the start: %v", reply["error"])
	}
	if st := s.State(0); st.Fault != "" || !st.Ready {
		t.Errorf("from the start: %+v", st)
	}
}

// More policies than a session takes are refused before they are given ids, each of which is held against all others.
func TestManyPoliciesAreRefusedAtOnce(t *testing.T) {
	s := begun(t)
	list := strings.TrimSuffix(strings.Repeat("{},", 50_000), ",")
	for _, message := range []string{`{"do":"policies","policies":[` + list + `]}`, `{"do":"trial","pairs":1,"tick":4,"policies":[` + list + `]}`} {
		answered := make(chan []byte, 1)
		go func() { answered <- s.Answer([]byte(message)) }()
		select {
		case reply := <-answered:
			if !strings.Contains(string(reply), "want at most 12") {
				t.Errorf("%.200s", reply)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("no answer to %.40s within ten seconds", message)
		}
	}
}

// A policy that is dropped before the first quarter, and a twin that is asked for there, leave one row a tick.
func TestTurnsAtTheStart(t *testing.T) {
	s := begun(t)
	ask(t, s, map[string]any{"do": "policies", "policies": []Policy{{Instrument: "subsidy", From: 3, Intensity: 1, Budget: 1e5}}})
	ask(t, s, map[string]any{"do": "twin", "on": true})
	ask(t, s, map[string]any{"do": "goto", "tick": 5})
	for _, twin := range []bool{false, true} {
		table, err := s.Series(twin)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(table), "\n"); n != 7 {
			t.Errorf("twin %v: %d lines of the table: want a head and 6", twin, n)
		}
	}
}

// FuzzSpec: whatever a link holds that somebody shares, it is refused with words or is a run; shared again it is the same run, and its
// command line is one that a shell takes apart as it is meant.
func FuzzSpec(f *testing.F) {
	for _, s := range []Spec{{Scenario: "plain", Seed: 3}, {Scenario: "tiny", File: tiny, Seed: 1 << 52, Params: []Value{{"trust.loss", " .5 "}}, Changes: []Change{{3, "knowledge.innovation", "2"}, {1, "trust.loss", ".1"}}},
		{Scenario: "tiny", File: tiny, Policies: []Policy{{ID: "p", Instrument: "subsidy", From: 5, To: 9, Budget: 1e6, Intensity: 2, X: 1, Y: -1e-7, KM: 12, Cluster: "any", Outside: true}}}} {
		data, err := json.Marshal(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"scenario":"../plain","seed":1}`))
	limits := DefaultLimits()
	f.Fuzz(func(t *testing.T, data []byte) {
		var s, again Spec
		if json.Unmarshal(data, &s) != nil {
			return
		}
		r, err := s.resolve(limits)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without words")
			}
			return
		}
		link, err := json.Marshal(s)
		if err != nil || json.Unmarshal(link, &again) != nil {
			t.Fatalf("%+v cannot be shared: %v", s, err)
		}
		line := s.command(r, MaxTicks, false)
		same, err := again.resolve(limits)
		if err != nil {
			t.Fatalf("%s is refused when it is shared: %v", link, err)
		}
		if other := again.command(same, MaxTicks, false); other != line {
			t.Errorf("%s is the run\n%s\nand shared\n%s", link, line, other)
		}
		open, quoted, acting := "", 0, 0
		for _, c := range r.changes {
			if c.Tick < MaxTicks {
				acting++
			}
		}
		for k, part := range strings.Split(line, "'") {
			if k%2 == 1 {
				quoted++
			} else {
				open += part
			}
		}
		if words := strings.Fields(open); quoted != len(s.Policies) || len(words) != 7+2*(len(s.Params)+acting)+len(s.Policies) || strings.ContainsAny(open, "\"$`\\;&|<>()*?\n") {
			t.Errorf("a shell takes this line for something else: %s", line)
		}
		for _, c := range r.changes {
			if read, ok, err := scenarios.ReadChange(c.String()); !ok || err != nil || read != c {
				t.Errorf("the command line says %q, which is read as %+v, %v", c, read, err)
			}
		}
	})
}
