package live

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"agglo/output/live/session"
)

const tiny = "agglo: 1\nid: tiny\nareas:\n  - {id: land, cell_km: 4, shape: {box_km: [40, 40]}, labour_force: 600, land: 400}\n" +
	"sectors:\n  - {id: metals, firms: 60, employment: 276}\n  - {id: machinery, firms: 60, employment: 276}\n"

// serving starts a server on loopback that lives as long as the test.
func serving(t *testing.T, change func(*Options)) (s *Server, address string, stop func() error) {
	t.Helper()
	o := DefaultOptions()
	if change != nil {
		change(&o)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s = NewServer(ctx, "127.0.0.1", o)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = stop() })
	return s, l.Addr().String(), stop
}

// post sends a message; the status and the reply come back.
func post(t *testing.T, url, message string) (int, string) {
	t.Helper()
	r, err := http.Post(url, "application/json", strings.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// open begins a session with the tiny world and gives its address.
func open(t *testing.T, address string) string {
	t.Helper()
	start, _ := json.Marshal(map[string]any{"do": "start", "spec": session.Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	status, reply := post(t, "http://"+address+"/api/sessions", string(start))
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(reply), &made); status != 200 || err != nil || made.ID == "" {
		t.Fatalf("%d %s", status, reply)
	}
	return "http://" + address + "/api/sessions/" + made.ID
}

// until waits for a state.
func until(t *testing.T, url string, holds func(session.State) bool) session.State {
	t.Helper()
	var s session.State
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		_, reply := post(t, url, `{"do":"state","from":1000000}`)
		s = session.State{}
		if json.Unmarshal([]byte(reply), &s) == nil && holds(s) {
			return s
		}
	}
	t.Fatalf("the state does not come: %+v", s)
	return s
}

// The page and a session over the network: files, events, pictures, tables.
func TestAPageIsServed(t *testing.T) {
	_, address, stop := serving(t, nil)
	for name, want := range map[string]string{"": "<!doctype html>", "app.js": "", "app.css": "", "icon.svg": "<svg", "api/texts/ru": "Пуск", "api/catalogue/ru": "Кремниевая долина"} {
		r, err := http.Get("http://" + address + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if r.StatusCode != 200 || !strings.Contains(string(data), want) || len(data) < 200 || r.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d, %d bytes", name, r.StatusCode, len(data))
		}
	}
	url := open(t, address)
	until(t, url, func(s session.State) bool { return s.Ready })
	events, err := http.Get(url + "/events?from=0")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	lines := bufio.NewReaderSize(events.Body, 1<<20)
	next := func() (s session.State) {
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			if data, yes := strings.CutPrefix(line, "data: "); yes {
				if err := json.Unmarshal([]byte(data), &s); err != nil {
					t.Fatal(err)
				}
				return s
			}
		}
	}
	if s := next(); !s.Ready || len(s.Rows) != 1 {
		t.Errorf("first event: %+v", s)
	}
	post(t, url, `{"do":"goto","tick":6}`)
	rows := 1
	for s := next(); s.Tick < 6 || rows < 7; s = next() {
		if len(s.Rows) > 0 && s.From != rows {
			t.Fatalf("rows from %d, want %d", s.From, rows)
		}
		if rows += len(s.Rows); rows >= 7 {
			break
		}
	}
	for path, least := range map[string]int{"/frame": 1000, "/series.csv": 1000, "/scenario.yaml": 1000} {
		r, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if r.StatusCode != 200 || len(data) < least {
			t.Errorf("%s: %d, %d bytes", path, r.StatusCode, len(data))
		}
	}
	if err := stop(); err != nil {
		t.Errorf("the end: %v", err)
	}
	if _, err := http.Get("http://" + address); err == nil {
		t.Error("it still answers")
	}
}

// Only who means this server gets an answer, and only to what there is.
func TestStrangersGetNothing(t *testing.T) {
	_, address, _ := serving(t, nil)
	url := open(t, address)
	_, port, _ := net.SplitHostPort(address)
	for _, c := range []struct {
		method, path, host, origin, kind string
		want                             int
	}{
		{"GET", "/", "", "", "", 200},
		{"GET", "/", "localhost:" + port, "", "", 200},
		{"GET", "/", "evil.example", "", "", 403},
		{"GET", "/", "192.168.1.7:" + port, "", "", 403}, // bound to loopback, so no other address is its name
		{"POST", "", "", "http://evil.example", "application/json", 403},
		{"POST", "", "", "null", "application/json", 403},
		{"POST", "", "", "http://" + address, "application/json", 200},
		{"POST", "", "", "", "text/plain", 415}, // what a form of another page could send
		{"GET", "/api/sessions", "", "", "", 405},
		{"GET", "/api/sessions/0123/frame", "", "", "", 410},
		{"GET", "/../../etc/passwd", "", "", "", 404},
		{"GET", "/%2e%2e/%2e%2e/etc/passwd", "", "", "", 404},
		{"GET", "/web/src/main.ts", "", "", "", 404},
		{"GET", "/api/texts/..%2f..%2fetc", "", "", "", 200}, // English, as any unknown language
	} {
		target := "http://" + address + c.path
		if c.path == "" {
			target = url
		}
		r, err := http.NewRequest(c.method, target, strings.NewReader(`{"do":"state"}`))
		if err != nil {
			t.Fatal(err)
		}
		if c.host != "" {
			r.Host = c.host
		}
		for name, value := range map[string]string{"Origin": c.origin, "Content-Type": c.kind} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		reply, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = reply.Body.Close()
		if reply.StatusCode != c.want && !(c.want == 404 && reply.StatusCode == 307) {
			t.Errorf("%+v: %d", c, reply.StatusCode)
		}
	}
}

// Two hundred connections at once, messages that are malformed and too long, readers that take nothing, ten thousand starts of
// sessions: the server stays alive, answers those who behave, and holds little memory.
func TestAbuse(t *testing.T) {
	s, address, _ := serving(t, func(o *Options) { o.Patience, o.Rate, o.Burst = 2*time.Second, 8, 12 })
	good := open(t, address)
	until(t, good, func(s session.State) bool { return s.Ready })
	before := memory()

	for range 20 { // readers that take nothing
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET %s/events HTTP/1.1\r\nHost: %s\r\n\r\n", strings.TrimPrefix(good, "http://"+address), address)
	}
	post(t, good, `{"do":"pace","pace":0}`)
	post(t, good, `{"do":"play","on":true,"tick":200}`)

	var group sync.WaitGroup
	var counts [600]atomic.Int64 // by status; 0 = cut off
	var malformed atomic.Int64
	transport := &http.Transport{MaxConnsPerHost: 200, MaxIdleConnsPerHost: 200}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 60 * time.Second}
	send := func(url, kind string, body []byte) {
		r, err := client.Post(url, kind, bytes.NewReader(body))
		if err != nil {
			counts[0].Add(1) // cut off while it sent too much
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		counts[r.StatusCode].Add(1)
	}
	start, _ := json.Marshal(map[string]any{"do": "start", "spec": session.Spec{Scenario: "tiny", File: tiny, Seed: 3}})
	work := make(chan int)
	for range 200 {
		group.Go(func() {
			for k := range work {
				switch {
				case k%500 == 499:
					send(good, "application/json", bytes.Repeat([]byte("x"), session.MaxMessage+1))
				case k%50 == 49:
					malformed.Add(1)
					send(good, "application/json", []byte(`{"do":"explode","path":"`+strings.Repeat("\\u0000", 20)))
				default:
					send("http://"+address+"/api/sessions", "application/json", start)
				}
			}
		})
	}
	begun := time.Now()
	for k := range 10_200 {
		work <- k
	}
	close(work)
	group.Wait()
	s.mu.Lock()
	held := len(s.sessions)
	s.mu.Unlock()
	grown := memory() - before
	t.Logf("10,200 requests on 200 connections in %.1f s: %d made, %d told to wait, %d malformed, %d too long, %d cut off; %d sessions held, %d MB more",
		time.Since(begun).Seconds(), counts[200].Load()-malformed.Load(), counts[429].Load(), malformed.Load(), counts[413].Load(), counts[0].Load(), held, grown>>20)
	if held > s.options.Sessions {
		t.Errorf("%d sessions: want at most %d", held, s.options.Sessions)
	}
	if grown > 300<<20 {
		t.Errorf("%d MB more than before", grown>>20)
	}
	if counts[413].Load()+counts[0].Load() == 0 || counts[429].Load() == 0 {
		t.Error("nothing was refused")
	}
	until(t, good, func(s session.State) bool { return s.Tick >= 200 && s.Fault == "" })
}

// memory is what is in use after a collection.
func memory() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// stuck is a reader that takes nothing: what is written to it waits until the deadline, and until the test lets it go, however slow the
// machine is.
type stuck struct {
	header   http.Header
	deadline chan time.Time
	let      chan struct{}
}

func (w *stuck) Header() http.Header             { return w.header }
func (w *stuck) WriteHeader(int)                 {}
func (w *stuck) Flush()                          {}
func (w *stuck) SetReadDeadline(time.Time) error { return nil }
func (w *stuck) SetWriteDeadline(at time.Time) error {
	w.deadline <- at
	return nil
}

func (w *stuck) Write([]byte) (int, error) {
	at := <-w.deadline
	<-w.let
	time.Sleep(time.Until(at))
	return 0, os.ErrDeadlineExceeded
}

// A slow reader is cut off after the server's patience, and holds up nobody meanwhile.
func TestSlowReaders(t *testing.T) {
	s, address, _ := serving(t, func(o *Options) { o.Patience = 3 * time.Second })
	url := open(t, address)
	until(t, url, func(s session.State) bool { return s.Ready })
	r, err := http.NewRequest("GET", url+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	begun, gone, let := time.Now(), make(chan time.Duration, 1), make(chan struct{})
	go func() {
		s.Handler().ServeHTTP(&stuck{http.Header{}, make(chan time.Time, 1), let}, r)
		gone <- time.Since(begun)
	}()
	for watched := 0; watched == 0; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		watched = s.streams
		s.mu.Unlock()
	}
	post(t, url, `{"do":"goto","tick":20}`)
	until(t, url, func(s session.State) bool { return s.Tick >= 20 })
	close(let)
	if took := <-gone; took < 2*time.Second {
		t.Errorf("cut off after %v: want the patience of 3 s", took)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.streams != 0 {
		t.Errorf("%d streams are counted still", s.streams)
	}
}

// A session that nobody watches ends after a while, and its place is free; the page is told that it is gone.
func TestIdleSessionsEnd(t *testing.T) {
	s, address, _ := serving(t, func(o *Options) { o.Idle, o.Sessions = time.Second, 2 })
	first := open(t, address)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		s.mu.Lock()
		n := len(s.sessions)
		s.mu.Unlock()
		if n == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it does not end")
		}
	}
	if status, _ := post(t, first, `{"do":"state"}`); status != http.StatusGone {
		t.Errorf("status %d of a session that has ended", status)
	}
	a := open(t, address)
	open(t, address)
	open(t, address) // the one that was idle for longest gives way
	if status, _ := post(t, a, `{"do":"state"}`); status != http.StatusGone {
		t.Errorf("status %d: want the oldest to give way", status)
	}
}

// After a break a page asks from the quarter that it has, and gets what it lacks and no more.
func TestAPageGoesOnAfterABreak(t *testing.T) {
	_, address, _ := serving(t, nil)
	url := open(t, address)
	post(t, url, `{"do":"goto","tick":9}`)
	state := until(t, url, func(s session.State) bool { return s.Tick == 9 })
	r, err := http.Get(fmt.Sprintf("%s/events?from=7&life=%d&twins=%d", url, state.Life, state.Twins))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	line, err := bufio.NewReader(r.Body).ReadString('\n')
	var s session.State
	if err != nil || json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &s) != nil || s.From != 7 || len(s.Rows) != 3 {
		t.Errorf("%v: from %d, %d rows", err, s.From, len(s.Rows))
	}
}

// A session that breaks under a question is free again behind it: the next question is answered or breaks too, but waits for nobody.
func TestASessionThatBreaksIsFree(t *testing.T) {
	s := NewServer(t.Context(), "127.0.0.1", DefaultOptions())
	p, err := s.open()
	if err != nil {
		t.Fatal(err)
	}
	p.session = nil // whatever is asked of it breaks
	for _, ask := range []string{"POST ", "GET /events", "GET /frame", "GET /series.csv", "GET /scenario.yaml"} {
		method, path, _ := strings.Cut(ask, " ")
		r := httptest.NewRequest(method, "http://127.0.0.1/api/sessions/"+p.id+path, strings.NewReader(`{"do":"state"}`))
		r.Header.Set("Content-Type", "application/json")
		func() {
			defer func() { _ = recover() }() // as the server of package http does
			s.Handler().ServeHTTP(httptest.NewRecorder(), r)
		}()
		if !p.mu.TryLock() {
			t.Fatalf("%s%s: the session is held for ever", method, path)
		}
		p.mu.Unlock()
	}
	if watched, _ := p.idle(); watched {
		t.Error("a stream that broke is counted as a watcher")
	}
}
