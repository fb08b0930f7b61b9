package class

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"agglo/internal/text"
)

// tiny is a task whose worlds take a moment.
var tiny = Task{Scenario: "plain", Firms: 100, Ticks: 8, BurnIn: 2, Policies: []string{"none", "subsidy"}, Metric: "productivity", Deal: Random, Each: 1, Seed: 11}

// clock is a time that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// open makes a class at work.
func open(t *testing.T, change func(*Options)) (*Class, *clock) {
	t.Helper()
	k := &clock{time.Unix(1_000_000, 0)}
	o := DefaultOptions(2)
	o.Now = k.now
	if change != nil {
		change(&o)
	}
	c := New(o)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { c.Run(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
	return c, k
}

// seated lets n students join, each from an address of her own.
func seated(t *testing.T, c *Class, n int) []string {
	t.Helper()
	var tokens []string
	for k := range n {
		ticket, err := c.Join(fmt.Sprintf("10.0.0.%d", k+1), c.Code(), "")
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, ticket.Token)
	}
	return tokens
}

// rest waits until no world is under way.
func rest(t *testing.T, c *Class) Board {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if b := c.Board("en"); b.Waiting == 0 && b.Running == 0 {
			return b
		}
	}
	t.Fatal("the queue does not empty")
	return Board{}
}

// whole is the runs.csv of the sweep that a class's file describes.
func whole(t *testing.T, c *Class) string {
	t.Helper()
	_, sweep, _, err := c.exported()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := sweep.WriteAlone(&b, nil); err != nil {
		t.Fatal(err)
	}
	job := sweep.Job(func() int { return 1 }, nil)
	for run := range sweep.Runs() {
		rows, err := job(context.Background(), run)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			b.Write(append(r.Cells, '\n'))
		}
	}
	return b.String()
}

// The class's table is that of the sweep of its file: byte for byte where every arm has run every seed, and the rows of what was
// run, in their order, where not. With policies, with a setting, with both; dealt at random, chosen, and all by everybody.
func TestTheTableIsThatOfTheSweep(t *testing.T) {
	setting := tiny
	setting.Policies, setting.Setting, setting.Values = nil, "trust.loss", []string{".1", "0.9"}
	both := setting
	both.Policies, both.Deal, both.Ticks = []string{"subsidy", "none"}, All, 6
	chosen := tiny
	chosen.Deal, chosen.Each = Choose, 2
	for name, task := range map[string]Task{"policies": tiny, "setting": setting, "both": both, "chosen": chosen} {
		c, _ := open(t, nil)
		tokens := seated(t, c, 4)
		if err := c.SetTask(task); err != nil {
			t.Fatal(err)
		}
		arms := len(c.task.arms)
		for k, token := range tokens {
			arm := 0
			if task.Deal == Choose {
				arm = k % arms
			}
			if err := c.RunWorld(token, 1, arm); err != nil {
				t.Fatal(err)
			}
		}
		b := rest(t, c)
		want := 4
		if task.Deal == All {
			want *= arms
		}
		if b.Done != want || len(b.Failed) > 0 {
			t.Fatalf("%s: %d worlds, failed %v", name, b.Done, b.Failed)
		}
		got, err := c.Runs()
		if all := whole(t, c); err != nil || string(got) != all {
			t.Errorf("%s: %v: the class's table is not the sweep's:\n%s\n%s", name, err, got, all)
		}
		if task.Deal != Choose {
			continue
		}
		if err := c.RunWorld(tokens[0], 1, 1); err != nil { // one arm has one world more than the other
			t.Fatal(err)
		}
		rest(t, c)
		got, err = c.Runs()
		all := strings.SplitAfter(whole(t, c), "\n")
		part := strings.Join(slices.Concat(all[:5], all[6:]), "") // but for the third world of arm 0
		if err != nil || string(got) != part || len(all) != 8 {
			t.Errorf("%s: %v: unbalanced, got\n%s\nwant\n%s", name, err, got, part)
		}
	}
}

// Means, intervals and pairs of numbers that can be checked by hand: differences 1, 3, 2, -2, 1 have the mean 1 and the deviation
// sqrt(3.5), so that Student's interval with 4 degrees of freedom (2.776445) is 1 plus and minus 2.3229.
func TestFound(t *testing.T) {
	r, err := tiny.ready(&Options{Firms: 5000, Planes: 500_000, Ticks: 200, Worlds: 10})
	if err != nil {
		t.Fatal(err)
	}
	c := New(DefaultOptions(1))
	c.round, c.task = 1, r
	for k, d := range []float64{1, 3, 2, -2, 1} {
		c.done = append(c.done, &history{slot: slot{0, k}, value: float64(k)}, &history{slot: slot{1, k}, value: float64(k) + d})
	}
	c.done = append(c.done, &history{slot: slot{1, 5}, value: 100}) // without a partner
	f := c.found("en")
	d := f.Contrasts[0]
	if d.Pairs != 5 || d.Mean != 1 || math.Abs(float64(d.Lo)+1.3229) > 1e-4 || math.Abs(float64(d.Hi)-3.3229) > 1e-4 || d.Other != 1 {
		t.Errorf("%+v", d)
	}
	if a := f.Arms[0]; a.N != 5 || a.Mean != 2 || math.Abs(float64(a.Lo)-(2-1.9632)) > 1e-4 || f.Arms[1].N != 6 {
		t.Errorf("%+v", f.Arms)
	}
	want := "Value added per job and year, in starting wages: with 5 pairs of worlds, “Subsidy” less “no policy” is between −1.32 and +3.32. The difference may be nothing at all. " +
		"Of 5 pairs, 1 alone would have pointed the other way. So few pairs are no ground to rely on."
	if len(f.Sentences) != 1 || f.Sentences[0] != want {
		t.Errorf("got  %q\nwant %q", f.Sentences, want)
	}
	if ru := c.found("ru"); !strings.Contains(ru.Sentences[0], "Из 5 пар сами по себе указали бы в другую сторону: 1.") {
		t.Error(ru.Sentences)
	}
	low, high := (&Outcome{Share: true}).difference("ru", -.079, .039, true) // percentage points end with one full stop
	if ru := text.In("ru", "class.say.open", "x", "3", "a", "b", low, high); !strings.Contains(ru, "от −7,9 до +3,9 процентного пункта. Разницы") {
		t.Error(ru)
	}
}

// Blocks keep arms balanced and let them share seeds; what was dealt and not run is dealt again.
func TestDeal(t *testing.T) {
	d := newDealer(Random, 3)
	seen := map[slot]int{}
	for range 30 {
		seen[d.give(0)[0]]++
	}
	for arm := range 3 {
		for r := range 10 {
			if seen[slot{arm, r}] != 1 {
				t.Errorf("arm %d, replicate %d was dealt %d times", arm, r, seen[slot{arm, r}])
			}
		}
	}
	d.back = []slot{{1, 4}}
	if s := d.give(0)[0]; s != (slot{1, 4}) {
		t.Errorf("dealt %v: want what came back", s)
	}
	d = newDealer(Choose, 2)
	d.give(1)
	if s := d.give(1)[0]; s != (slot{1, 1}) || d.give(0)[0] != (slot{0, 0}) {
		t.Errorf("chosen: %v", s)
	}
}

// What a student must not do is refused and changes nothing.
func TestRefusals(t *testing.T) {
	c, _ := open(t, nil)
	tokens := seated(t, c, 2)
	is := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	is("before a task", c.RunWorld(tokens[0], 0, 0), ErrNoTask)
	if err := c.SetTask(tiny); err != nil {
		t.Fatal(err)
	}
	is("a stranger", c.RunWorld("0123", 1, 0), ErrToken)
	is("another round", c.RunWorld(tokens[0], 0, 0), ErrRound)
	is("an arm where arms are dealt", c.RunWorld(tokens[0], 1, 1), ErrArm)
	is("a result of one's own", c.AnswerRun(tokens[0], []byte(`{"round":1,"value":99}`)), ErrMessage)
	is("torn", c.AnswerRun(tokens[0], []byte(`{"round":1,`)), ErrMessage)
	is("two in one", c.AnswerRun(tokens[0], []byte(`{"round":1}{"round":1}`)), ErrMessage)
	is("too long", c.AnswerRun(tokens[0], bytes.Repeat([]byte(" "), MaxMessage+1)), ErrMessage)
	is("right", c.AnswerRun(tokens[0], []byte(`{"round":1}`)), nil)
	if err := c.RunWorld(tokens[0], 1, 0); !errors.Is(err, ErrPending) && !errors.Is(err, ErrQuota) {
		t.Errorf("a second one at once: %v", err)
	}
	rest(t, c)
	is("a second one", c.RunWorld(tokens[0], 1, 0), ErrQuota)
	v, err := c.View(tokens[1], "en")
	if is("a view", err, nil); v.Found != nil || len(v.Mine) != 0 {
		t.Error("a student sees the worlds of others before they are shown")
	}
	if _, err := c.Film(tokens[1], 0); !errors.Is(err, ErrNoWorld) {
		t.Errorf("another's film: %v", err)
	}
	if film, err := c.Film(tokens[0], 0); err != nil || len(film) < 9*80*6 {
		t.Errorf("one's own film: %v, %d bytes", err, len(film))
	}
	for _, m := range []string{`{"do":"reveal"}`, `{"do":"freeze"}`, `{"do":"task"}`, `{"do":"door"}`, `{"do":"remove","number":2}`} {
		is("the teacher's "+m, c.AnswerTeacher(tokens[0], []byte(m)), ErrKey)
	}
	if b := c.Board("en"); b.Frozen || b.Revealed || !b.Open || len(b.Students) != 2 || b.Done != 1 {
		t.Errorf("it has changed something: %+v", b)
	}
	is("freeze", c.AnswerTeacher(c.Key(), []byte(`{"do":"freeze"}`)), nil)
	is("a late one", c.RunWorld(tokens[1], 1, 0), ErrFrozen)
	is("reveal", c.AnswerTeacher(c.Key(), []byte(`{"do":"reveal"}`)), nil)
	if v, _ := c.View(tokens[1], "en"); v.Found == nil || len(v.Found.Arms) != 2 {
		t.Error("nothing is shown")
	}
	is("remove", c.AnswerTeacher(c.Key(), []byte(`{"do":"remove","number":1}`)), nil)
	if _, err := c.View(tokens[0], "en"); !errors.Is(err, ErrToken) {
		t.Errorf("one who was removed: %v", err)
	}
	if b := c.Board("en"); b.Done != 1 {
		t.Error("the world of one who was removed is gone")
	}
}

// Freezing stops what is under way: it counts for nothing, and the same worlds are dealt when the class goes on.
func TestFreezeGivesBack(t *testing.T) {
	for _, deal := range []string{Random, All} {
		c, _ := open(t, func(o *Options) { o.Workers = 1 })
		tokens := seated(t, c, 4)
		task := tiny
		task.Ticks, task.Firms, task.Deal = 40, 200, deal // long enough to be frozen on the way
		if err := c.SetTask(task); err != nil {
			t.Fatal(err)
		}
		for _, token := range tokens {
			if err := c.RunWorld(token, 1, 0); err != nil {
				t.Fatal(err)
			}
		}
		for _, do := range []string{"freeze", "thaw"} {
			if err := c.AnswerTeacher(c.Key(), []byte(`{"do":"`+do+`"}`)); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		for _, token := range tokens {
			if v, err := c.View(token, "en"); err != nil || v.Pending != 0 {
				t.Fatalf("%v, %d pending", err, v.Pending)
			} else if v.May {
				n++
				if err := c.RunWorld(token, 1, 0); err != nil {
					t.Fatal(err)
				}
			}
		}
		b := rest(t, c)
		want := 4
		if deal == All {
			want = 8
		}
		if b.Done != want || n < 3 || len(b.Failed) > 0 {
			t.Errorf("%s: %d worlds, %d students went on, failed %v", deal, b.Done, n, b.Failed)
		}
		if got, err := c.Runs(); err != nil || string(got) != whole(t, c) {
			t.Errorf("%s: %v: after a break the table is another", deal, err)
		}
	}
}

// Codes cannot be tried out, seats cannot be taken in numbers, and who comes back keeps her seat.
func TestTheDoor(t *testing.T) {
	c, k := open(t, func(o *Options) { o.Seats = 5 })
	for n := range 30 {
		_, err := c.Join("10.0.0.66", "AAAA-0000", "")
		if want := map[bool]error{true: ErrCode, false: ErrGuesses}[n < 10]; !errors.Is(err, want) {
			t.Fatalf("guess %d: %v", n, err)
		}
	}
	if _, err := c.Join("10.0.0.66", c.Code(), ""); !errors.Is(err, ErrGuesses) {
		t.Errorf("the right code after thirty wrong ones: %v", err)
	}
	if b := c.Board("en"); b.Wrong != 10 || !slices.Equal(b.From, []string{"10.0.0.66"}) {
		t.Errorf("the teacher sees %d wrong codes from %v", b.Wrong, b.From)
	}
	first, err := c.Join("10.0.0.1", strings.ToLower(strings.ReplaceAll(c.Code(), "-", " ")), "")
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if again, err := c.Join("10.0.0.1", "", first.Token); err != nil || again != first {
			t.Fatalf("who comes back: %+v, %v", again, err)
		}
	}
	made := 1
	for range 1000 {
		if _, err := c.Join("10.0.0.1", c.Code(), ""); err == nil {
			made++
		} else if !errors.Is(err, ErrAddress) && !errors.Is(err, ErrJoins) {
			t.Fatal(err)
		}
	}
	if made != 3 {
		t.Errorf("%d students from one address: want 3", made)
	}
	seats := seated(t, c, 0)
	for _, address := range []string{"10.0.0.2", "10.0.0.3"} {
		ticket, err := c.Join(address, c.Code(), "")
		if err != nil {
			t.Fatal(err)
		}
		seats = append(seats, ticket.Token)
	}
	if _, err := c.Join("10.0.0.4", c.Code(), ""); !errors.Is(err, ErrFull) {
		t.Errorf("a sixth: %v", err)
	}
	k.at = k.at.Add(time.Minute)
	c.Known(seats[0])
	c.Known(seats[1])
	k.at = k.at.Add(80 * time.Second) // the first address has been silent for longer than may be
	if _, err := c.Join("10.0.0.4", c.Code(), ""); err != nil {
		t.Errorf("no idle seat gives way: %v", err)
	}
	if !c.Known(seats[0]) || !c.Known(seats[1]) {
		t.Error("one who was there has lost her seat")
	}
	if err := c.AnswerTeacher(c.Key(), []byte(`{"do":"door","open":false}`)); err != nil {
		t.Fatal(err)
	}
	k.at = k.at.Add(time.Hour)
	if _, err := c.Join("10.0.0.9", c.Code(), ""); !errors.Is(err, ErrShut) {
		t.Errorf("behind a shut door: %v", err)
	}
}

// Memory of addresses is bounded.
func TestCreditsAreBounded(t *testing.T) {
	c := newCredits(2, 1)
	now := time.Unix(0, 0)
	for k := range 100_000 {
		c.spend(fmt.Sprint(k), 1, now)
	}
	if len(c.of) > mostAddresses+1 {
		t.Errorf("%d addresses are remembered", len(c.of))
	}
	if c.spend("one more", 1, now) {
		t.Error("those beyond do not share a credit")
	}
	if now = now.Add(time.Minute); !c.spend("one more", 1, now) || len(c.of) > 2 {
		t.Errorf("after a while %d are remembered", len(c.of))
	}
}

// A code is drawn evenly from its signs, and codes and keys differ.
func TestCodes(t *testing.T) {
	seen, count := map[string]bool{}, map[rune]int{}
	for range 5000 {
		code := newCode()
		if len(code) != 9 || code[4] != '-' || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
		for _, r := range plain(code) {
			count[r]++
		}
	}
	for _, r := range signs { // 40,000 signs, 1538 of each, deviation 38
		if n := count[r]; n < 1538-200 || n > 1538+200 {
			t.Errorf("%c comes %d times of 40000", r, n)
		}
	}
	if one, other := newKey(), newKey(); len(one) != 43 || one == other || len(newToken()) != 32 {
		t.Error("keys")
	}
}

// What is wrong with a task is said, all at once, and files cannot be named.
func TestTasks(t *testing.T) {
	o := DefaultOptions(1)
	o.Firms = 2000
	for want, change := range map[string]func(*Task){
		"no scenario":            func(x *Task) { x.Scenario = "../../etc/passwd" },
		"want 4 to 200":          func(x *Task) { x.Ticks = 100_000 },
		"no policy":              func(x *Task) { x.Policies = []string{"none", "/etc/passwd"} },
		"no parameter":           func(x *Task) { x.Setting, x.Values = "ticks", []string{"5"} },
		"want a number":          func(x *Task) { x.Setting, x.Values = "trust.loss", []string{"1]}\nticks: 9"} },
		"has no value":           func(x *Task) { x.Setting = "trust.loss" },
		"12 arms":                func(x *Task) { x.Setting, x.Values = "trust.loss", []string{".1", ".2", ".3", ".4", ".5", ".6"} },
		"want random, choose":    func(x *Task) { x.Deal = "mine" },
		"metric of the list":     func(x *Task) { x.Metric = "seed" },
		"worlds a student":       func(x *Task) { x.Each = 0 },
		"want 50 to 2000":        func(x *Task) { x.Firms = 1_000_000 },
		"below 2^53":             func(x *Task) { x.Seed = 1 << 53 },
		"fewer than there are":   func(x *Task) { x.BurnIn = 8 },
		"ask for fewer firms":    func(x *Task) { x.Firms = 0 },
		"stands here twice":      func(x *Task) { x.Policies = []string{"none", "none"} },
		"values stand without":   func(x *Task) { x.Values = []string{"1"} },
		"trust.loss = .5 stands": func(x *Task) { x.Setting, x.Values, x.Policies = "trust.loss", []string{".5", ".5"}, nil },
	} {
		task := tiny
		change(&task)
		if _, err := task.ready(&o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	words := tiny
	words.Setting, words.Values, words.Policies = "trust.organisation", []string{"network", "central"}, nil
	if r, err := words.ready(&o); err != nil || r.label("ru", 1) == "" || len(r.arms) != 2 {
		t.Errorf("words: %v", err)
	}
}

// No message breaks a class or lets a student do what the teacher may.
func FuzzMessages(f *testing.F) {
	for _, m := range []string{`{"code":"AAAA-2222"}`, `{"round":1,"arm":0}`, `{"round":1,"arm":-1}`, `{"do":"reveal"}`, `{"do":"task","task":{"scenario":"plain"}}`,
		`{"do":"door","per":-3}`, `{"do":"remove","number":1}`, `[`, `null`, `{"round":1}{}`, `{"round":1e99}`, "\x00", `{"do":"task","task":{"scenario":"plain","firms":100,"ticks":4,"metric":"jobs","deal":"all","each":1,"policies":["none","subsidy"]}}`} {
		f.Add([]byte(m))
	}
	f.Fuzz(func(t *testing.T, m []byte) {
		c := New(DefaultOptions(1)) // nobody computes: what is begun stays in the queue
		one, err := c.Join("10.0.0.1", c.Code(), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.AnswerJoin("10.0.0.2", "", m); err == nil && len(c.seats) != 2 {
			t.Error("joined without a seat")
		} else if err == nil && !bytes.Contains(bytes.ToUpper(m), []byte(plain(c.Code())[:4])) {
			t.Error("joined without the code")
		}
		_ = c.AnswerRun(one.Token, m)
		if err := c.AnswerTeacher(one.Token, m); !errors.Is(err, ErrKey) {
			t.Errorf("a student's token serves as the key: %v", err)
		}
		if len(c.queue) > 0 || c.frozen || c.shown || c.shut || c.task != nil {
			t.Error("a student has changed the class")
		}
		_ = c.AnswerTeacher(c.Key(), m)
		for range 3 {
			_ = c.AnswerRun(one.Token, m)
		}
		if len(c.queue) > mostArms {
			t.Errorf("%d worlds wait for one student", len(c.queue))
		}
		_, _ = c.View(one.Token, "ru")
		_ = c.Board("en")
		if c.task != nil {
			if _, err := c.Runs(); err != nil {
				t.Error(err)
			}
		}
	})
}

// Where all worlds are of one arm, a student's own are told apart by their seeds: "all worlds" is no name for one.
func TestOwnWorldsHaveNames(t *testing.T) {
	luck := tiny
	luck.Policies, luck.Each = nil, 2
	c, _ := open(t, nil)
	token := seated(t, c, 1)[0]
	if err := c.SetTask(luck); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.RunWorld(token, 1, 0); err != nil {
			t.Fatal(err)
		}
		rest(t, c)
	}
	v, err := c.View(token, "ru")
	if err != nil || len(v.Mine) != 2 {
		t.Fatalf("%v: %d worlds", err, len(v.Mine))
	}
	for _, m := range v.Mine {
		if m.Label != fmt.Sprintf("зерно %d", m.Seed) {
			t.Errorf("seed %d is called %q", m.Seed, m.Label)
		}
	}
}

// A student's page has the names of the sectors in the order of their marks, in its language; and where the scenario has policies of its own,
// worlds without another are not said to have none.
func TestWhatATaskShows(t *testing.T) {
	o := DefaultOptions(1)
	for _, c := range []struct {
		scenario, first, last, none string
	}{
		{"plain", "Металлы", "Деловые услуги", "без политики"},
		{"finland", "Услуги населению", "Программы и связь", "только политики самого сценария"},
	} {
		task := Task{Scenario: c.scenario, Firms: 500, Ticks: 8, BurnIn: 4, Metric: "jobs", Deal: Random, Each: 1, Policies: []string{"none", "subsidy"}}
		r, err := task.ready(&o)
		if err != nil {
			t.Fatal(err)
		}
		s := r.shown("ru")
		if s.Arms[0] != c.none || s.Arms[1] != "Субсидия" {
			t.Errorf("%s: arms %v", c.scenario, s.Arms)
		}
		if len(s.Means) != 1 || !strings.HasPrefix(s.Means[0], "Субсидия: Оплачивает часть") {
			t.Errorf("%s: the arms are explained by %q", c.scenario, s.Means)
		}
		if n := len(s.Sectors); n < 7 || s.Sectors[0] != c.first || !slices.Contains(s.Sectors, c.last) {
			t.Errorf("%s: sectors %v", c.scenario, s.Sectors)
		}
	}
}
