//go:build soak

package live

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agglo/output/live/class"
	"agglo/output/live/session"
	"agglo/scenarios"
)

// customs are what clients do.
var customs = [kinds]struct {
	name  string
	visit func(*visitor)
}{
	{"work through a script and take the table", (*visitor).study},
	{"play, move sliders, add policies, save and share", (*visitor).play},
	{"go halfway through a request or a reply", (*visitor).drop},
	{"read slowly or not at all", (*visitor).dawdle},
	{"send garbage", (*visitor).babble},
	{"fall asleep until the session has ended", (*visitor).sleep},
}

// A visitor is a client for one visit, with connections of its own.
type visitor struct {
	*pupil
	s   *soak
	rng *rand.Rand
}

func (s *soak) visitor(rng *rand.Rand) *visitor {
	return &visitor{&pupil{t: s.T, client: from("127.0.0.1"), base: s.teacher}, s, rng}
}

// ask sends a request and counts it.
func (v *visitor) ask(method, path, body string) (int, string) {
	v.s.requests.Add(1)
	return v.pupil.ask(method, path, body)
}

// say gives a message to a session and its reply, with what it says is wrong; anything but a reply is a fault.
func (v *visitor) say(path string, message any) (reply, wrong string) {
	data, err := json.Marshal(message)
	if err != nil {
		v.s.fault("%v", err)
	}
	status, reply := v.ask("POST", path, string(data))
	var said struct{ Error string }
	if err := json.Unmarshal([]byte(reply), &said); status != 200 || err != nil {
		v.s.fault("%.200s: %d %.200s", data, status, reply)
	}
	return reply, said.Error
}

// open begins a session; who is told to wait waits.
func (v *visitor) open(spec session.Spec, tick int) (path string) {
	message, err := json.Marshal(map[string]any{"do": "start", "spec": spec, "tick": tick})
	if err != nil {
		v.s.fault("%v", err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		status, reply := v.ask("POST", "/api/sessions", string(message))
		var made struct {
			ID    string
			Reply struct{ Error string }
		}
		switch err := json.Unmarshal([]byte(reply), &made); {
		case status == http.StatusTooManyRequests && time.Now().Before(end):
			v.s.waits.Add(1)
			continue
		case status != 200 || err != nil || made.ID == "" || made.Reply.Error != "":
			v.s.fault("open: %d %.300s", status, reply)
		}
		return "/api/sessions/" + made.ID
	}
}

// sit opens a session and watches it, so that it neither falls asleep nor gives way; leave ends that. One that has given way to
// others before it was watched is opened anew.
func (v *visitor) sit(spec session.Spec, tick int) (path string, leave func()) {
	for range 20 {
		path = v.open(spec, tick)
		if leave = v.watch(path); leave != nil {
			return path, leave
		}
		v.s.gave.Add(1)
	}
	v.s.fault("every session gives way before it is watched")
	return path, func() {}
}

// watch reads the events of a session until leave is called: rows must follow on each other. It gives nil if the session is gone.
func (v *visitor) watch(path string) (leave func()) {
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", v.base+path+"/events?from=0", nil)
	if err != nil {
		v.s.fault("%v", err)
	}
	v.s.requests.Add(1)
	long := &http.Client{Transport: v.client.Transport}
	reply, err := long.Do(r)
	if err != nil || reply.StatusCode != 200 {
		if cancel(); err != nil || reply.StatusCode != http.StatusGone {
			v.s.fault("events: %v", err)
		}
		if err == nil {
			_ = reply.Body.Close()
		}
		return nil
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer reply.Body.Close()
		if err := follow(reply.Body); ctx.Err() == nil {
			v.s.fault("events: %v", err)
		}
	}()
	return func() { cancel(); <-ended }
}

// follow reads events to their end; the error says why that came.
func follow(body io.Reader) error {
	lines, rows, life := bufio.NewReaderSize(body, 1<<16), 0, 0
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return err
		}
		data, yes := strings.CutPrefix(line, "data: ")
		if !yes {
			if strings.HasPrefix(line, "event:") {
				return fmt.Errorf("it has ended: %s", line)
			}
			continue
		}
		var st struct {
			Life, From int
			Rows       []json.RawMessage
		}
		if err := json.Unmarshal([]byte(data), &st); err != nil {
			return err
		}
		if st.Life != life {
			life, rows = st.Life, 0
		}
		if st.From > rows {
			return fmt.Errorf("rows from %d when %d are there", st.From, rows)
		}
		rows = max(rows, st.From+len(st.Rows))
	}
}

func (v *visitor) state(path string) (st session.State) {
	reply, wrong := v.say(path, map[string]any{"do": "state", "from": 1_000_000})
	if err := json.Unmarshal([]byte(reply), &st); err != nil || wrong != "" {
		v.s.fault("state: %v %s", err, wrong)
	}
	return st
}

// settle waits until a session rests.
func (v *visitor) settle(path string) (st session.State) {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if st = v.state(path); st.Ready && !st.Busy && !st.Playing {
			if st.Fault != "" {
				v.s.fault("a world has stopped: %s", st.Fault)
			}
			return st
		}
	}
	v.s.fault("after two minutes a session does not rest: %+v", st)
	return st
}

// same holds a table of a session against what it must be.
func (v *visitor) same(path, what, want string) {
	status, got := v.ask("GET", path+"/"+what, "")
	if status != 200 || got != want {
		v.s.fault("%s: %d, %d bytes: want %d others", what, status, len(got), len(want))
		return
	}
	v.s.compared.Add(1)
}

// A script is what a client does, and what tables it must get.
type script struct {
	spec     session.Spec
	messages []map[string]any
	table    string
	twin     string // empty = there is none
}

// newScript makes one of four scripts with a seed, and its tables, without a network.
func newScript(t *testing.T, kind int, seed uint64) *script {
	t.Helper()
	to := func(tick int) map[string]any { return map[string]any{"do": "goto", "tick": tick} }
	set := func(path, value string, now bool) map[string]any {
		return map[string]any{"do": "set", "path": path, "value": value, "now": now}
	}
	policies := []session.Policy{{ID: "p", Instrument: "infrastructure", From: 8, To: 20, Intensity: 4, KM: 15}}
	x := &script{spec: session.Spec{Scenario: "tiny", File: tiny, Seed: seed}, messages: [][]map[string]any{
		{to(24)},
		{to(6), set("knowledge.innovation", "2", true), to(14), set("trust.loss", "0.6", true), to(24)},
		{to(3), {"do": "twin", "on": true}, {"do": "policies", "policies": policies}, to(24)},
		{set("trust.loss", "0.4", false), to(10), {"do": "seed", "seed": seed + 100}, to(20)},
	}[kind%4]}
	s := session.New(session.DefaultLimits())
	for _, m := range append([]map[string]any{{"do": "start", "spec": x.spec}}, x.messages...) {
		data, err := json.Marshal(m)
		if reply := s.Answer(data); err != nil || strings.HasPrefix(string(reply), `{"error"`) {
			t.Fatalf("%s: %v %s", data, err, reply)
		}
		for s.Busy() {
			s.Advance(t.Context())
		}
	}
	table, err := s.Series(false)
	if err != nil {
		t.Fatal(err)
	}
	twin, _ := s.Series(true) // three of four have none
	x.table, x.twin = string(table), string(twin)
	return x
}

// study works through a script, looks at pictures and files on the way, and takes the tables.
func (v *visitor) study() {
	x := v.s.scripts[v.rng.IntN(len(v.s.scripts))]
	path, leave := v.sit(x.spec, 0)
	defer leave()
	v.settle(path)
	for _, m := range x.messages {
		if _, wrong := v.say(path, m); wrong != "" {
			v.s.fault("%v: %s", m, wrong)
		}
		v.settle(path)
		if status, data := v.ask("GET", path+"/frame", ""); status != 200 || len(data) < 1000 {
			v.s.fault("frame: %d, %d bytes", status, len(data))
		}
	}
	for _, file := range []string{"/", "/app.js", "/app.css", "/api/texts/ru"} {
		if status, data := v.ask("GET", file, ""); status != 200 || len(data) < 200 {
			v.s.fault("%s: %d, %d bytes", file, status, len(data))
		}
	}
	if v.same(path, "series.csv", x.table); x.twin != "" {
		v.same(path, "series.csv?twin=1", x.twin)
	}
}

// play plays at some pace and changes what it likes meanwhile; what it saves is a scenario, and another who begins with what it shares
// sees the same world.
func (v *visitor) play() {
	path, leave := v.sit(session.Spec{Scenario: "tiny", File: tiny, Seed: 1 + v.rng.Uint64N(1000)}, 0)
	defer leave()
	v.settle(path)
	pick := func(from ...string) string { return from[v.rng.IntN(len(from))] }
	v.say(path, map[string]any{"do": "pace", "pace": []float64{0, 30, 200}[v.rng.IntN(3)]})
	v.say(path, map[string]any{"do": "play", "on": true, "tick": 40 + v.rng.IntN(60)})
	for range 3 + v.rng.IntN(8) {
		time.Sleep(time.Duration(20+v.rng.IntN(200)) * time.Millisecond)
		st := v.state(path)
		var wrong string
		switch v.rng.IntN(6) {
		case 0, 1:
			value := fmt.Sprint(float64(v.rng.IntN(10)) / 10)
			_, wrong = v.say(path, map[string]any{"do": "set", "path": pick("trust.loss", "knowledge.innovation"), "value": value, "now": v.rng.IntN(4) > 0})
		case 2, 3:
			p := session.Policy{Instrument: pick("subsidy", "infrastructure", "brand", "loan"), From: st.Tick + 1 + v.rng.IntN(4), Intensity: 1, KM: 12, X: v.rng.Float64() * 10}
			_, wrong = v.say(path, map[string]any{"do": "policies", "policies": append(slices.Clip(st.Spec.Policies), p)})
		case 4:
			_, wrong = v.say(path, map[string]any{"do": "twin", "on": v.rng.IntN(2) == 0})
		case 5:
			_, wrong = v.say(path, map[string]any{"do": pick("scene", "ground", "catalogue", "step"), "lang": pick("en", "ru")})
		}
		if wrong != "" && !strings.Contains(wrong, "catching up") {
			v.s.fault("a player is told: %s", wrong)
		}
	}
	v.say(path, map[string]any{"do": "play", "on": false})
	st := v.settle(path)
	status, table := v.ask("GET", path+"/series.csv", "")
	if status != 200 {
		v.s.fault("series: %d %.200s", status, table)
	}
	status, saved := v.ask("GET", path+"/scenario.yaml", "")
	if _, err := scenarios.Parse("saved.yaml", []byte(saved), nil); status != 200 || err != nil {
		v.s.fault("what is saved: %d %v", status, err)
	}
	friend := v.s.visitor(v.rng)
	defer friend.client.CloseIdleConnections()
	shared, gone := friend.sit(st.Spec, st.Tick)
	defer gone()
	friend.settle(shared)
	friend.same(shared, "series.csv", table)
}

// raw opens a connection that is cut off when it is let go of.
func (v *visitor) raw() net.Conn {
	c, err := net.Dial("tcp", strings.TrimPrefix(v.base, "http://"))
	if err != nil {
		v.s.fault("%v", err)
		return nil
	}
	v.s.requests.Add(1)
	_ = c.(*net.TCPConn).SetLinger(0) // what is not sent or read is lost
	return c
}

// drop opens a session and goes halfway through something.
func (v *visitor) drop() {
	path := v.open(session.Spec{Scenario: "tiny", File: tiny, Seed: 2}, v.rng.IntN(60))
	for range 1 + v.rng.IntN(5) {
		c := v.raw()
		if c == nil {
			return
		}
		host := strings.TrimPrefix(v.base, "http://")
		switch v.rng.IntN(4) {
		case 0:
			fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"do\":", path, host)
		case 1:
			fmt.Fprintf(c, "GET %s/events HTTP/1.1\r\nHost: %s\r\n\r\n", path, host)
			_, _ = io.ReadFull(c, make([]byte, 1+v.rng.IntN(4000))) // as far as it goes
		case 2:
			fmt.Fprintf(c, "GET /app.js HTTP/1.1\r\nHost: %s\r\n\r\n", host)
			_, _ = io.ReadFull(c, make([]byte, 100))
		case 3:
			fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n{\"do\":\"goto\", \"tick\":   100}", path, host)
		}
		_ = c.Close()
	}
}

// dawdle asks for much and reads a little now and then, until it is hung up on or loses patience.
func (v *visitor) dawdle() {
	path := v.open(session.Spec{Scenario: "tiny", File: tiny, Seed: 4}, 200)
	c := v.raw()
	if c == nil {
		return
	}
	defer c.Close()
	_ = c.(*net.TCPConn).SetReadBuffer(4096)
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	host := strings.TrimPrefix(v.base, "http://")
	if v.rng.IntN(2) == 0 {
		fmt.Fprintf(c, "GET %s/events HTTP/1.1\r\nHost: %s\r\n\r\n", path, host)
	} else {
		for range 60 { // one behind the other, more than a connection holds
			fmt.Fprintf(c, "GET /app.js HTTP/1.1\r\nHost: %s\r\n\r\n", host)
		}
	}
	some := v.rng.IntN(100)
	for end := time.Now().Add(time.Duration(2+v.rng.IntN(6)) * time.Second); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if _, err := c.Read(make([]byte, 1+some)); err != nil {
			return
		}
	}
}

// babble sends torn and twisted messages, and bytes that are no HTTP; its reply is a refusal or JSON, and the session lives.
func (v *visitor) babble() {
	path := v.open(session.Spec{Scenario: "tiny", File: tiny, Seed: 5}, 0)
	good := []string{`{"do":"set","path":"trust.loss","value":"0.5","now":true}`, `{"do":"policies","policies":[{"id":"p","instrument":"subsidy","from":5,"intensity":1}]}`,
		`{"do":"goto","tick":9}`, `{"do":"trial","pairs":1,"tick":2}`, `{"do":"firm","row":1}`}
	for range 10 + v.rng.IntN(20) {
		body := []byte(good[v.rng.IntN(len(good))])
		for range 1 + v.rng.IntN(3) {
			body[v.rng.IntN(len(body))] = byte(v.rng.IntN(256))
		}
		status, reply := v.ask("POST", path, string(body[:v.rng.IntN(len(body)+1)]))
		if status == http.StatusGone { // nobody watches it, so it may have given way
			v.s.gave.Add(1)
			break
		}
		if status != 200 || !json.Valid([]byte(reply)) {
			v.s.fault("garbage %q: %d %.200s", body, status, reply)
		}
	}
	if status, _ := v.ask("POST", path, strings.Repeat("x", session.MaxMessage+1)); status != http.StatusRequestEntityTooLarge && status != http.StatusGone && status != 0 {
		v.s.fault("too much: %d", status)
	}
	c := v.raw()
	if c == nil {
		return
	}
	defer c.Close()
	noise := make([]byte, 200)
	for k := range noise {
		noise[k] = byte(v.rng.IntN(256))
	}
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = c.Write(append(noise, "\r\n\r\n"...))
	_, _ = io.Copy(io.Discard, c) // until it is hung up on
}

// sleep opens a session and says nothing until it must have ended.
func (v *visitor) sleep() {
	path := v.open(session.Spec{Scenario: "tiny", File: tiny, Seed: 6}, v.rng.IntN(20))
	for range 3 { // the server looks every second, when it comes to it
		time.Sleep(soakIdle + 2500*time.Millisecond)
		if status, _ := v.ask("POST", path, `{"do":"state"}`); status == http.StatusGone {
			return
		}
	}
	v.s.fault("a session of which nobody has heard lives on")
}

// teach holds a class meanwhile: students who work, look and go in the middle of it, a teacher who sets the same task again and again,
// and bursts of a hostile student.
func (s *soak) teach(group *sync.WaitGroup) {
	pause := func(d time.Duration) {
		select {
		case <-s.ctx.Done():
		case <-time.After(d):
		}
	}
	order := func() {
		if status, reply := s.order(map[string]any{"do": "task", "task": quickTask}); status != 200 {
			s.fault("task: %d %s", status, reply)
		}
		s.tasks.Add(1)
	}
	order()
	group.Go(func() {
		defer http.DefaultClient.CloseIdleConnections() // those of the teacher
		for pause(15 * time.Second); s.ctx.Err() == nil; pause(15 * time.Second) {
			s.act(func() {
				order()
				if status, reply := s.get("GET", "/api/class/report.html?lang=ru", s.class.Key(), ""); status != 200 && status != http.StatusConflict {
					s.fault("report: %d %.200s", status, reply)
				}
			})
		}
	})
	for k := range students {
		p := s.pupil(k + 1)
		p.join()
		group.Go(func() {
			defer p.client.CloseIdleConnections()
			for ; s.ctx.Err() == nil; pause(500 * time.Millisecond) {
				s.act(func() { s.attend(p) })
			}
		})
	}
	group.Go(func() {
		h := newHostile(s.T, s.students, s.teacher, s.class.Code(), "127.0.9.9")
		for ; s.ctx.Err() == nil; pause(20 * time.Second) {
			s.act(func() {
				burst, cancel := context.WithTimeout(s.ctx, 3*time.Second)
				defer cancel()
				h.attack(burst)
			})
		}
		h.tell()
	})
}

// attend is a moment of a student: she runs her world if she may, looks at it, and shuts the lid while she waits for news.
func (s *soak) attend(p *pupil) {
	var v class.View
	v, status, err := p.look()
	s.requests.Add(1)
	if err != nil || v.Number != p.number {
		s.fault("student %d: %d %v", p.number, status, err)
		return
	}
	if v.May {
		status, reply := p.post("/api/class/run", fmt.Sprintf(`{"round":%d}`, v.Round))
		if s.requests.Add(1); status != 200 && status != http.StatusConflict { // another round may have begun
			s.fault("student %d: %d %s", p.number, status, reply)
		}
	}
	if len(v.Mine) > 0 {
		status, film := p.ask("GET", "/api/class/film?world=0", "")
		if s.requests.Add(1); status != http.StatusConflict && (status != 200 || len(film) < 6*7*80) {
			s.fault("film of student %d: %d, %d bytes", p.number, status, len(film))
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("%s/api/class/me?seen=%d", p.base, v.Version), nil)
	if err != nil {
		s.fault("%v", err)
		return
	}
	r.Header.Set("X-Agglo-Token", p.token)
	do(s.T, p.client, r) // nobody waits for the answer
	s.requests.Add(1)
}
