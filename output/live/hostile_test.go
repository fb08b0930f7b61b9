package live

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A hostile student knows the code, sits in the room, and tries what must not work. What is done counts replies by what was tried
// and status; wrong holds what should not have been.
type hostile struct {
	t                      *testing.T
	base, teacher, code    string
	address                string
	victim                 string // a token that she must not come by; only to look for it in replies
	mu                     sync.Mutex
	counts                 map[string]map[int]int
	wrong                  []string
	seats                  map[string]bool
	connections, cutOff    int
	mine                   string // her own token
	guesses, joins, forged int
}

func newHostile(t *testing.T, base, teacher, code, address string) *hostile {
	return &hostile{t: t, base: strings.TrimSuffix(base, "/"), teacher: teacher, code: code, address: address, counts: map[string]map[int]int{}, seats: map[string]bool{}}
}

// count notes a reply, and that it is one of those wanted.
func (h *hostile) count(what string, status int, reply string, want ...int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counts[what] == nil {
		h.counts[what] = map[int]int{}
	}
	h.counts[what][status]++
	for _, w := range append(want, 0, http.StatusTooManyRequests) { // hung up on, or told to wait, is always right
		if status == w {
			return
		}
	}
	if len(h.wrong) < 20 {
		h.wrong = append(h.wrong, fmt.Sprintf("%s: %d %s", what, status, reply))
	}
}

// attack tries everything once, then again and again, side by side and with floods of connections, until ctx is done.
func (h *hostile) attack(ctx context.Context) {
	p := &pupil{t: h.t, client: from(h.address), base: h.base, code: h.code}
	defer p.client.CloseIdleConnections()
	if status, reply := p.post("/api/class/join", `{"code":"`+h.code+`"}`); status == 200 {
		_, rest, _ := strings.Cut(reply, `"token":"`)
		h.mine, _, _ = strings.Cut(rest, `"`)
	}
	for range 15 {
		h.guess()
	}
	for _, try := range []func(){h.join, h.forge, h.double, h.torn, h.large, h.takeOver} {
		try()
	}
	var group sync.WaitGroup
	again := func(tries ...func()) {
		group.Go(func() {
			for k := 0; ctx.Err() == nil; k++ {
				tries[k%len(tries)]()
				select { // a laptop of a student; the class's own clients share the machine with it
				case <-ctx.Done():
				case <-time.After(5 * time.Millisecond):
				}
			}
		})
	}
	again(h.guess, h.join)
	again(h.forge, h.double, h.torn, h.large)
	again(h.takeOver)
	group.Go(func() {
		for ctx.Err() == nil {
			h.flood()
			select { // or nothing else of hers would come through
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	})
	for range 8 {
		group.Go(func() { h.slow(ctx) })
	}
	group.Wait()
}

func (h *hostile) send(method, base, path, token, kind, body string, head ...string) (int, string) {
	r, err := http.NewRequest(method, base+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Agglo-Token", token)
	for k := 0; k+1 < len(head); k += 2 {
		if head[k] == "Host" {
			r.Host = head[k+1]
		}
		r.Header.Set(head[k], head[k+1])
	}
	client := from(h.address)
	defer client.CloseIdleConnections()
	reply, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer reply.Body.Close()
	data, _ := io.ReadAll(io.LimitReader(reply.Body, 1<<16))
	return reply.StatusCode, string(data)
}

const plainJSON = "application/json"

// guess tries codes.
func (h *hostile) guess() {
	h.guesses++
	status, reply := h.send("POST", h.base, "/api/class/join", "", plainJSON, fmt.Sprintf(`{"code":"B%03d-2222"}`, h.guesses%1000))
	h.count("guess a code", status, reply, 403)
}

// join takes as many seats as it gets.
func (h *hostile) join() {
	h.joins++
	status, reply := h.send("POST", h.base, "/api/class/join", "", plainJSON, `{"code":"`+h.code+`"}`)
	h.count("take seats", status, reply, 200, 409)
	if status == 200 {
		h.mu.Lock()
		h.seats[reply] = true
		h.mu.Unlock()
	}
}

// forge sends results of her own, and asks for what is not hers.
func (h *hostile) forge() {
	h.forged++
	for _, body := range []string{`{"round":1,"value":99}`, `{"round":1,"arm":0,"result":{"seed":1,"productivity":99}}`, `{"round":1,"seed":7}`} {
		status, reply := h.send("POST", h.base, "/api/class/run", h.mine, plainJSON, body)
		h.count("forge a result", status, reply, 400)
	}
	for _, token := range []string{"", "0123456789abcdef0123456789abcdef", "../../1"} {
		status, reply := h.send("GET", h.base, "/api/class/film?world=0", token, "", "")
		h.count("see another's film", status, reply, 410)
		status, reply = h.send("POST", h.base, "/api/class/run", token, plainJSON, `{"round":1}`)
		h.count("run in another's name", status, reply, 410)
	}
	status, reply := h.send("GET", h.base, "/api/class/me?seen=-1", h.mine, "", "")
	h.count("look at oneself", status, reply, 200)
	if strings.Contains(reply, `"revealed":false`) && !strings.Contains(reply, `"found":null`) || h.victim != "" && strings.Contains(reply, h.victim) {
		h.count("see others' worlds", status, reply)
	}
}

// double runs her own world as often as it goes, of every round that may be.
func (h *hostile) double() {
	for _, round := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 99, -1} {
		status, reply := h.send("POST", h.base, "/api/class/run", h.mine, plainJSON, fmt.Sprintf(`{"round":%d}`, round))
		h.count("submit twice, late and early", status, reply, 200, 409)
	}
}

// torn sends messages that break off, or are something else.
func (h *hostile) torn() {
	for _, body := range []string{`{"round":`, `[1,2`, "\x00\xff", `{"round":1}{"round":1}`, `"round"`, strings.Repeat("[", 4000)} {
		status, reply := h.send("POST", h.base, "/api/class/run", h.mine, plainJSON, body)
		h.count("send torn messages", status, reply, 400)
	}
	status, reply := h.send("POST", h.base, "/api/class/run", h.mine, "text/plain", `{"round":1}`)
	h.count("send as a form", status, reply, 415)
	c, err := h.dial()
	if err != nil {
		return
	}
	fmt.Fprintf(c, "POST /api/class/run HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"rou")
	_ = c.Close()
}

// large sends too much.
func (h *hostile) large() {
	status, reply := h.send("POST", h.base, "/api/class/join", h.mine, plainJSON, `{"code":"`+strings.Repeat("B", 1<<20)+`"}`)
	h.count("send a megabyte", status, reply, 413)
	status, reply = h.send("GET", h.base, "/", strings.Repeat("x", 60_000), "", "")
	h.count("send long headers", status, reply, 431)
}

// takeOver wants to be the teacher: at the students' address, at the teacher's, with other keys, under other names.
func (h *hostile) takeOver() {
	for _, order := range []string{`{"do":"reveal"}`, `{"do":"freeze"}`, `{"do":"door","open":false}`, `{"do":"remove","number":1}`, `{"do":"task","task":{"scenario":"plain","ticks":4,"metric":"jobs","deal":"random","each":1}}`} {
		status, reply := h.send("POST", h.base, "/api/class/teacher", h.mine, plainJSON, order, "X-Agglo-Key", h.mine)
		h.count("order at the students' address", status, reply, 404, 405)
		status, reply = h.send("POST", h.teacher, "/api/class/teacher", h.mine, plainJSON, order, "X-Agglo-Key", h.code)
		h.count("order without the key", status, reply, 403)
		status, reply = h.send("POST", h.teacher, "/api/class/teacher", h.mine, plainJSON, order, "Origin", h.base)
		h.count("order from another page", status, reply, 403)
	}
	for _, path := range []string{"/api/class/board", "/api/class/runs.csv", "/api/class/report.html", "/api/class/catalogue"} {
		status, reply := h.send("GET", h.base, path, h.mine, "", "")
		h.count("read at the students' address", status, reply, 404)
		status, reply = h.send("GET", h.teacher, path, h.mine, "", "", "X-Agglo-Key", "")
		h.count("read without the key", status, reply, 403)
	}
	for _, path := range []string{"/class", "/teacher.html", "/api/sessions", "/../class", "/teacher.js"} {
		status, reply := h.send("GET", h.base, path, h.mine, "", "")
		h.count("find the teacher's page", status, reply, 404, 307)
	}
	status, reply := h.send("GET", h.base, "/", h.mine, "", "", "Host", "evil.example")
	h.count("under another name", status, reply, 403)
}

func (h *hostile) dial() (net.Conn, error) {
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(h.address)}, Timeout: 5 * time.Second}
	return d.Dial("tcp", strings.TrimPrefix(h.base, "http://"))
}

// flood opens many connections at once and says nothing.
func (h *hostile) flood() {
	var all []net.Conn
	for range 60 {
		if c, err := h.dial(); err == nil {
			all = append(all, c)
			h.connections++
		}
	}
	time.Sleep(200 * time.Millisecond)
	for _, c := range all {
		_ = c.SetReadDeadline(time.Now().Add(time.Millisecond))
		if _, err := c.Read(make([]byte, 1)); err == io.EOF || err != nil && !isTimeout(err) {
			h.cutOff++
		}
		_ = c.Close()
	}
}

func isTimeout(err error) bool {
	n, yes := err.(net.Error)
	return yes && n.Timeout()
}

// slow asks for pages and takes a byte a second.
func (h *hostile) slow(ctx context.Context) {
	for ctx.Err() == nil {
		c, err := h.dial()
		if err == nil {
			fmt.Fprintf(c, "GET /student.js HTTP/1.1\r\nHost: %s\r\nX-Agglo-Token: %s\r\n\r\n", strings.TrimPrefix(h.base, "http://"), h.mine)
			for k := 0; k < 20 && ctx.Err() == nil; k++ {
				if _, err := c.Read(make([]byte, 1)); err != nil {
					break
				}
				select {
				case <-ctx.Done():
				case <-time.After(time.Second):
				}
			}
			_ = c.Close()
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// tell says what was tried, and fails for what should not have been.
func (h *hostile) tell() {
	h.t.Helper()
	for what, n := range h.counts {
		h.t.Logf("hostile: %s: %v", what, n)
		if len(n) == 1 && n[0] > 0 && what != "send a megabyte" { // that one may be hung up on before it is answered
			h.t.Errorf("hostile: %s was never answered: nothing was tried", what)
		}
	}
	h.t.Logf("hostile: %d connections opened, %d hung up on; %d seats, some of which gave way to others of hers", h.connections, h.cutOff, len(h.seats))
	for _, w := range h.wrong {
		h.t.Errorf("hostile: %s", w)
	}
}
