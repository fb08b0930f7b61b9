package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"agglo/output/live/class"
)

// room is a class with its two listeners.
type room struct {
	*testing.T
	class             *class.Class
	server            *Server // the teacher's
	students, teacher string  // addresses
}

// teaching opens a class on loopback.
func teaching(t *testing.T, change func(*Options)) *room {
	t.Helper()
	o := DefaultOptions()
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var at [2]net.Listener
	for k := range at {
		var err error
		if at[k], err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	c := class.New(class.DefaultOptions(2))
	l := NewLesson(ctx, c, "127.0.0.1", at[0].Addr())
	s := NewServer(ctx, "127.0.0.1", o)
	s.Teach(l)
	ended := make(chan error, 2)
	worked := make(chan struct{})
	go func() { c.Run(ctx); close(worked) }()
	go func() { ended <- l.Serve(at[0]) }()
	go func() { ended <- s.Serve(at[1]) }()
	t.Cleanup(func() {
		cancel()
		<-worked
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
	if links := l.Links(); len(links) != 1 || links[0] != "http://"+at[0].Addr().String()+"/" {
		t.Errorf("links %v", links)
	}
	return &room{t, c, s, "http://" + at[0].Addr().String(), "http://" + at[1].Addr().String()}
}

func (r *room) pupil(k int) *pupil {
	p := &pupil{t: r.T, client: from(fmt.Sprintf("127.0.1.%d", k)), base: r.students, code: r.class.Code()}
	r.Cleanup(p.client.CloseIdleConnections)
	return p
}

// order sends an order of the teacher.
func (r *room) order(message any) (int, string) {
	r.Helper()
	data, err := json.Marshal(message)
	if err != nil {
		r.Fatal(err)
	}
	return r.get("POST", "/api/class/teacher", r.class.Key(), string(data))
}

func (r *room) get(method, path, key, body string) (int, string) {
	r.Helper()
	p := &teacherless{r.T, r.teacher, key}
	return p.ask(method, path, body)
}

// teacherless asks the teacher's server with some key.
type teacherless struct {
	t         *testing.T
	base, key string
}

func (p *teacherless) ask(method, path, body string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("X-Agglo-Key", p.key)
	r.Header.Set("Content-Type", "application/json")
	return do(p.t, http.DefaultClient, r)
}

var quickTask = class.Task{Scenario: "plain", Firms: 100, Ticks: 6, BurnIn: 2, Policies: []string{"none", "subsidy"}, Metric: "productivity", Deal: class.Random, Each: 1, Seed: 3}

// view is a student's view.
func (p *pupil) view() class.View {
	p.t.Helper()
	v, status, err := p.look()
	if err != nil {
		p.t.Fatalf("%d %v", status, err)
	}
	return v
}

// look asks for a student's view; the error holds what came instead.
func (p *pupil) look() (class.View, int, error) {
	p.t.Helper()
	status, reply := p.ask("GET", "/api/class/me?seen=-1&lang=en", "")
	var v struct {
		class.View
		Mine []struct{ Seed uint64 }
	}
	if err := json.Unmarshal([]byte(reply), &v); status != 200 || err != nil {
		return v.View, status, fmt.Errorf("%v: %.200s", err, reply)
	}
	for _, m := range v.Mine {
		v.View.Mine = append(v.View.Mine, class.Mine{Seed: m.Seed})
	}
	return v.View, status, nil
}

// A class over the network: pages, seats, worlds, a break, what the teacher takes away.
func TestAClassIsHeld(t *testing.T) {
	r := teaching(t, nil)
	for _, c := range []struct {
		base, path, key string
		want            int
		holds           string
	}{
		{r.students, "/", "", 200, "student.js"}, {r.students, "/student.js", "", 200, "api/class/me"}, {r.students, "/class.css", "", 200, ".student"},
		{r.students, "/icon.svg", "", 200, "<svg"}, {r.students, "/api/texts/ru", "", 200, "Код класса"}, {r.students, "/app.js", "", 404, ""},
		{r.teacher, "/class", "", 200, "teacher.js"}, {r.teacher, "/teacher.js", "", 200, "X-Agglo-Key"}, {r.teacher, "/", "", 200, "app.js"},
		{r.teacher, "/api/class/board?seen=-1", "", 403, ""}, {r.teacher, "/api/class/board?seen=-1", r.class.Key(), 200, r.class.Code()},
		{r.teacher, "/api/class/runs.csv", r.class.Key(), 409, "not set a task"}, {r.teacher, "/api/class/catalogue?lang=ru", r.class.Key(), 200, "Субсидия"},
	} {
		p := &teacherless{t, c.base, c.key}
		if status, reply := p.ask("GET", c.path, ""); status != c.want || !strings.Contains(reply, c.holds) {
			t.Errorf("%s: %d, %d bytes, want %d with %q", c.path, status, len(reply), c.want, c.holds)
		}
	}
	if status, reply := r.order(map[string]any{"do": "task", "task": quickTask}); status != 200 {
		t.Fatal(reply)
	}
	var all []*pupil
	for k := range 6 {
		p := r.pupil(k + 1)
		p.join()
		if status, reply := p.post("/api/class/run", `{"round":1,"arm":0}`); status != 200 {
			t.Fatal(reply)
		}
		all = append(all, p)
	}
	for _, p := range all {
		for end := time.Now().Add(5 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
			if v := p.view(); len(v.Mine) == 1 {
				break
			} else if time.Now().After(end) {
				t.Fatal("no world comes")
			}
		}
	}
	back := r.pupil(1) // the same browser after a break
	back.token = all[0].token
	if v := back.view(); v.Number != all[0].number || len(v.Mine) != 1 || v.Found != nil {
		t.Errorf("after a break: %+v", v)
	}
	if status, film := back.ask("GET", "/api/class/film?world=0", ""); status != 200 || len(film) < 6*7*80 {
		t.Errorf("film: %d, %d bytes", status, len(film))
	}
	if status, _ := back.ask("GET", "/api/class/film?world=1", ""); status != 409 {
		t.Errorf("another film: %d", status)
	}
	if status, reply := r.order(map[string]any{"do": "reveal"}); status != 200 {
		t.Fatal(reply)
	}
	if v := back.view(); v.Found == nil || len(v.Found.Arms) != 2 || v.Found.Arms[0].N != 3 {
		t.Errorf("revealed: %+v", v.Found)
	}
	for path, holds := range map[string]string{"/api/class/runs.csv": "run,point,replicate,seed,tick,policy", "/api/class/class.yaml": "replicates: 3\nseed: 3", "/api/class/report.html?lang=ru": "data:image/svg&#43;xml;base64,"} {
		if status, reply := r.get("GET", path, r.class.Key(), ""); status != 200 || !strings.Contains(reply, holds) {
			t.Errorf("%s: %d %.200s", path, status, reply)
		}
	}
}

// A hostile student gets nowhere, and holds up nobody meanwhile.
func TestAHostileStudent(t *testing.T) {
	r := teaching(t, nil)
	if status, reply := r.order(map[string]any{"do": "task", "task": quickTask}); status != 200 {
		t.Fatal(reply)
	}
	h := newHostile(t, r.students, r.teacher, r.class.Code(), "127.0.9.9")
	victim := r.pupil(1)
	victim.join()
	h.victim = victim.token
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second) // what is tried once takes as long as it takes
	defer cancel()
	ended := make(chan struct{})
	go func() { h.attack(ctx); close(ended) }()
	under := func() bool {
		select {
		case <-ended:
			return false
		default:
			return true
		}
	}
	worst, honest := time.Duration(0), 1
	for k := 2; under() && k < 40; k++ {
		begun := time.Now()
		p := r.pupil(k)
		p.join()
		if status, reply := p.post("/api/class/run", `{"round":1}`); status != 200 {
			t.Errorf("an honest student: %d %s", status, reply)
		}
		honest++
		worst = max(worst, time.Since(begun))
		time.Sleep(100 * time.Millisecond)
	}
	<-ended
	h.tell()
	b := r.class.Board("en")
	t.Logf("an honest student joined and began within %v at worst; %d students, %d worlds, %d wrong codes", worst, len(b.Students), b.Done, b.Wrong)
	if b.Frozen || b.Revealed || !b.Open || b.Round != 1 || b.Wrong < 10 || len(b.From) != 1 || len(b.Students) > honest+3 {
		t.Errorf("the class is another now: %+v", b)
	}
	if worst > 20*time.Second {
		t.Errorf("an honest student waited for %v", worst)
	}
}

// What is wrong with a task is told in the language of the teacher's page.
func TestFaultsOfATaskInRussian(t *testing.T) {
	r := teaching(t, nil)
	sound := func() class.Task {
		return class.Task{Scenario: "plain", Firms: 300, Ticks: 8, Metric: "jobs", Deal: class.Random, Each: 1, Seed: 1, Setting: "knowledge.air", Values: []string{"0", "1"}}
	}
	for _, c := range []struct {
		spoil func(*class.Task)
		ru    string
	}{
		{func(x *class.Task) { x.Values[1] = "900" }, "Знания в воздухе = 900: нужно значение из [0,10]"},
		{func(x *class.Task) { x.Values[1] = "?" }, `knowledge.air = "?": нужно число или слово`},
		{func(x *class.Task) { x.Values[1] = "0" }, "knowledge.air = 0 стоит здесь дважды"},
		{func(x *class.Task) { x.Values = nil }, "у настройки knowledge.air нет значений"},
		{func(x *class.Task) { x.Values = strings.Split("0 1 2 3 4 5 6", " ") }, "вариантов 7, а нужно не больше 6"},
		{func(x *class.Task) { x.Firms = 20 }, "фирм 20, а нужно от 50 до 5000 или 0"},
		{func(x *class.Task) { x.Scenario, x.Firms = "finland", 0 }, "Возьмите меньше фирм"},
		{func(x *class.Task) { x.Ticks = 2 }, "кварталов 2, а нужно от 4 до "},
		{func(x *class.Task) { x.BurnIn = 9 }, "политики начинаются через 9 кварталов из 8, а нужно раньше"},
		{func(x *class.Task) { x.Each = 9 }, "миров на ученика 9, а нужно от 1 до 5"},
		{func(x *class.Task) { x.Seed = 1 << 60 }, "зерно 1152921504606846976, а нужно целое число меньше"},
		{func(x *class.Task) { x.Ticks, x.Each = 2, 9 }, `а нужно от 1 до 5`},
	} {
		task := sound()
		c.spoil(&task)
		data, err := json.Marshal(map[string]any{"do": "task", "task": task})
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"ru", "en"} {
			status, reply := r.get("POST", "/api/class/teacher?lang="+lang, r.class.Key(), string(data))
			var said struct{ Error string }
			if err := json.Unmarshal([]byte(reply), &said); err != nil || status != http.StatusConflict {
				t.Fatalf("%d %s: %v", status, reply, err)
			}
			if russian := strings.Contains(said.Error, c.ru); russian != (lang == "ru") || russian && strings.Contains(said.Error, "по-английски") {
				t.Errorf("in %s it reads %q, want %q in Russian", lang, said.Error, c.ru)
			}
		}
	}
}
