package live

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"agglo/output/live/class"
	"agglo/output/live/session"
)

// waitClass is how long a page's question for news may wait for an answer.
const waitClass = 12 * time.Second

// Bounds of connections to a class: of all students together, and for each student that may come from one address.
const (
	mostGuests  = 1000
	guestsOfOne = 8
)

// A Lesson puts a class on the local network: students reach it and nothing else there. The teacher's page and orders are part of
// the Server on this machine (Server.Teach), and answer to loopback addresses only, with the key.
type Lesson struct {
	class    *class.Class
	ctx      context.Context
	host     string // that was asked for
	links    []string
	patience time.Duration
}

// NewLesson makes the lesson of a class that students reach at an address; host is what was asked for.
func NewLesson(ctx context.Context, c *class.Class, host string, at net.Addr) *Lesson {
	return &Lesson{class: c, ctx: ctx, host: host, links: links(at), patience: DefaultOptions().Patience}
}

// Links are the addresses that students may type, the likeliest first.
func (l *Lesson) Links() []string { return l.links }

// links lists what an address is called on the local network.
func links(at net.Addr) []string {
	bound, err := netip.ParseAddrPort(at.String())
	if err != nil {
		return []string{"http://" + at.String() + "/"}
	}
	address := func(a netip.Addr) string { return "http://" + netip.AddrPortFrom(a, bound.Port()).String() + "/" }
	if !bound.Addr().IsUnspecified() {
		return []string{address(bound.Addr().Unmap())}
	}
	var four, six []string
	all, _ := net.InterfaceAddrs() // a machine that tells nothing is reached by its name
	for _, a := range all {
		prefix, err := netip.ParsePrefix(a.String())
		if x := prefix.Addr(); err == nil && !x.IsLoopback() && !x.IsLinkLocalUnicast() {
			if x.Is4() {
				four = append(four, address(x))
			} else {
				six = append(six, address(x))
			}
		}
	}
	if all := append(four, six...); len(all) > 0 {
		return all
	}
	name, err := os.Hostname()
	if err != nil {
		name = "localhost"
	}
	return []string{"http://" + net.JoinHostPort(name, strconv.Itoa(int(bound.Port()))) + "/"}
}

// Serve answers students on a listener until ctx is done.
func (l *Lesson) Serve(at net.Listener) error {
	return serve(l.ctx, &crowd{Listener: at, most: func() int { return guestsOfOne * l.class.PerAddress() }, guests: map[string]int{}}, l.Handler())
}

// Handler answers students: their page, and what it asks for.
func (l *Lesson) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", file("student.html"))
	serveFiles(mux, "student.js", "class.css", "icon.svg")
	mux.HandleFunc("GET /api/texts/{lang}", texts())
	mux.HandleFunc("POST /api/class/join", l.join)
	mux.HandleFunc("POST /api/class/run", l.run)
	mux.HandleFunc("GET /api/class/me", l.me)
	mux.HandleFunc("GET /api/class/film", l.film)
	return guarded(l.host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.class.Admit(address(r)) {
			w.Header().Set("Retry-After", "2")
			refuse(w, http.StatusTooManyRequests, "too many requests from this address: wait a moment")
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

// address is where a request comes from.
func address(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return at.Addr().Unmap().WithZone("").String()
}

// token is what a student's browser shows.
func token(r *http.Request) string { return r.Header.Get("X-Agglo-Token") }

func (l *Lesson) join(w http.ResponseWriter, r *http.Request) {
	data, ok := body(w, r, class.MaxMessage)
	if !ok {
		return
	}
	ticket, err := l.class.AnswerJoin(address(r), token(r), data)
	answerClass(w, r, ticket, err)
}

func (l *Lesson) run(w http.ResponseWriter, r *http.Request) {
	data, ok := body(w, r, class.MaxMessage)
	if !ok {
		return
	}
	answerClass(w, r, struct{}{}, l.class.AnswerRun(token(r), data))
}

func (l *Lesson) me(w http.ResponseWriter, r *http.Request) {
	if l.class.Known(token(r)) {
		l.class.Wait(r.Context(), token(r), seen(r), waitClass)
	}
	view, err := l.class.View(token(r), r.URL.Query().Get("lang"))
	answerClass(w, r, view, err)
}

func (l *Lesson) film(w http.ResponseWriter, r *http.Request) {
	k, err := strconv.Atoi(r.URL.Query().Get("world"))
	if err != nil {
		k = -1
	}
	data, err := l.class.Film(token(r), k)
	if err != nil {
		answerClass(w, r, nil, err)
		return
	}
	send(w, l.patience, "application/octet-stream", "", data)
}

// seen is the version that a page has; a page that has none is answered at once.
func seen(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("seen"))
	if err != nil {
		return -1
	}
	return n
}

// classFaults are the refusals of a class that pages know by name, with their status.
var classFaults = []struct {
	err    error
	status int
	key    string
}{
	{class.ErrCode, http.StatusForbidden, "code"}, {class.ErrGuesses, http.StatusTooManyRequests, "guesses"}, {class.ErrJoins, http.StatusTooManyRequests, "joins"},
	{class.ErrShut, http.StatusConflict, "shut"}, {class.ErrFull, http.StatusConflict, "full"}, {class.ErrAddress, http.StatusConflict, "address"},
	{class.ErrToken, http.StatusGone, "token"}, {class.ErrKey, http.StatusForbidden, "key"}, {class.ErrMessage, http.StatusBadRequest, "message"},
	{class.ErrFrozen, http.StatusConflict, "frozen"}, {class.ErrRound, http.StatusConflict, "round"}, {class.ErrQuota, http.StatusConflict, "quota"},
	{class.ErrPending, http.StatusConflict, "pending"}, {class.ErrWorlds, http.StatusConflict, "worlds"},
}

// answerClass sends a reply, or why there is none, in the language that the page asks in.
func answerClass(w http.ResponseWriter, r *http.Request, reply any, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err == nil {
		data, fault := json.Marshal(reply)
		if err = fault; err == nil {
			squeezed(w, r, data)
			return
		}
	}
	status, key := http.StatusConflict, ""
	for _, f := range classFaults {
		if errors.Is(err, f.err) {
			status, key = f.status, f.key
			break
		}
	}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "10")
	}
	data, _ := json.Marshal(map[string]string{"error": session.InLanguage(r.URL.Query().Get("lang"), err), "fault": key})
	w.WriteHeader(status)
	_, _ = w.Write(data) // whoever hung up does not want it
}

// A crowd is a listener that takes so many connections from one address, and from all: one that opens thousands keeps nobody out.
type crowd struct {
	net.Listener
	most func() int

	mu     sync.Mutex
	guests map[string]int
	all    int
}

// Accept waits for a connection that may come in; others are hung up on.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from, _, _ := strings.Cut(conn.RemoteAddr().String(), "%")
		if host, _, err := net.SplitHostPort(conn.RemoteAddr().String()); err == nil {
			from = host
		}
		if c.enter(from) {
			return &guest{Conn: conn, leave: sync.OnceFunc(func() { c.exit(from) })}, nil
		}
		_ = conn.Close() // it was not wanted
	}
}

func (c *crowd) enter(from string) bool {
	most := c.most()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= mostGuests || c.guests[from] >= most {
		return false
	}
	c.all++
	c.guests[from]++
	return true
}

func (c *crowd) exit(from string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.guests[from]--; c.guests[from] <= 0 {
		delete(c.guests, from)
	}
}
