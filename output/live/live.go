// Package live is the classroom page: a server on this machine that gives a browser the page and the sessions behind it.
// What a session does is in package session; here are the network, its bounds, and the files of the page.
package live

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"agglo/output/live/session"
)

// Options bound a server. Zero values mean the defaults of DefaultOptions.
type Options struct {
	Sessions int           // at once; the longest idle one gives way, if nobody watches it
	Firms    int           // of all sessions together
	Idle     time.Duration // after which a session that nobody watches ends
	Rate     float64       // new sessions a second
	Burst    int           // new sessions at once
	Streams  int           // watchers of all sessions together
	Patience time.Duration // for a reader that takes nothing
	Limits   session.Limits
}

// DefaultOptions are those of agglo serve.
func DefaultOptions() Options {
	return Options{Sessions: 40, Firms: 400_000, Idle: 30 * time.Minute, Rate: 4, Burst: 12, Streams: 120, Patience: 10 * time.Second,
		Limits: session.DefaultLimits()}
}

// A Server serves the page. Make one with NewServer.
type Server struct {
	options Options
	host    string // that was asked for, such as 127.0.0.1
	ctx     context.Context
	turns   chan struct{} // who holds one may let an engine work
	lesson  *Lesson       // of a class whose teacher's page is here; nil = none

	mu       sync.Mutex
	sessions map[string]*seat
	tokens   float64
	filled   time.Time
	streams  int
}

// seat is a session with who works for it and who watches it.
type seat struct {
	id string

	mu      sync.Mutex // held while the session is read or works
	session *session.Session
	working bool

	state    sync.Mutex // of what stands below
	changed  chan struct{}
	watchers int
	used     time.Time
	firms    int
}

// NewServer makes a server that lives until ctx is done. Host is what it listens on.
func NewServer(ctx context.Context, host string, o Options) *Server {
	s := &Server{options: o, host: host, ctx: ctx, sessions: map[string]*seat{}, tokens: float64(o.Burst), filled: time.Now(),
		turns: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))}
	go s.sweep()
	go s.warm()
	return s
}

// firstWorld is the message by which a page without a link begins.
const firstWorld = `{"do":"start","spec":{"scenario":"plain","seed":1}}`

// warm makes the world with which pages open once, and lets it go: kernels that it fits are remembered by the process, so that
// the first page need not wait for them.
func (s *Server) warm() {
	w := session.New(s.options.Limits)
	w.Answer([]byte(firstWorld))
	for w.Busy() && s.ctx.Err() == nil {
		w.Advance(s.ctx)
	}
}

// Serve answers on a listener until ctx is done, then lets what is under way end for a moment.
func (s *Server) Serve(l net.Listener) error {
	return serve(s.ctx, limited(l, 4*s.options.Streams), s.Handler())
}

// serve answers on a listener until ctx is done, within the time that readers and writers have.
func serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	h := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, BaseContext: func(net.Listener) context.Context { return ctx }}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	err := h.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = h.Close()
	}
	return err
}

// errors of opening a session, as the catalogue of texts knows them.
var (
	errRate = errors.New("page.fault.rate")
	errFull = errors.New("page.fault.full")
)

// open makes a session.
func (s *Server) open() (*seat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.tokens = min(float64(s.options.Burst), s.tokens+now.Sub(s.filled).Seconds()*s.options.Rate)
	if s.filled = now; s.tokens < 1 {
		return nil, errRate
	}
	if (len(s.sessions) >= s.options.Sessions || s.firms() >= s.options.Firms) && !s.giveWay() {
		return nil, errFull
	}
	s.tokens--
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		return nil, err
	}
	p := &seat{id: hex.EncodeToString(raw), session: session.New(s.options.Limits), changed: make(chan struct{}), used: now}
	s.sessions[p.id] = p
	return p, nil
}

// firms is how many firms all sessions hold.
func (s *Server) firms() int {
	n := 0
	for _, p := range s.sessions {
		n += p.size()
	}
	return n
}

// giveWay ends the session that has been idle for longest among those that nobody watches.
func (s *Server) giveWay() bool {
	var oldest *seat
	for _, p := range s.sessions {
		if watched, used := p.idle(); !watched && (oldest == nil || used.Before(oldest.lastUsed())) {
			oldest = p
		}
	}
	if oldest == nil {
		return false
	}
	delete(s.sessions, oldest.id)
	oldest.notify()
	return true
}

// sweep ends sessions that have been idle for long.
func (s *Server) sweep() {
	every := time.NewTicker(max(time.Second, s.options.Idle/20))
	defer every.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case now := <-every.C:
			s.mu.Lock()
			for id, p := range s.sessions {
				if watched, used := p.idle(); !watched && now.Sub(used) > s.options.Idle {
					delete(s.sessions, id)
					p.notify()
				}
			}
			s.mu.Unlock()
		}
	}
}

// find gives a session by its id.
func (s *Server) find(id string) *seat {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.sessions[id]
	if p != nil {
		p.touch()
	}
	return p
}

// held says whether a session is still the server's.
func (s *Server) held(p *seat) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[p.id] == p
}

// answer gives a message to a session and lets it work on.
func (s *Server) answer(p *seat, message []byte) []byte {
	var reply []byte
	start := false
	p.tend(func(x *session.Session) {
		reply = x.Answer(message)
		start = x.Busy() && !p.working
		p.working = p.working || start
	})
	p.notify()
	if start {
		go s.work(p)
	}
	return reply
}

// tend lets f have the session for itself. Whatever breaks in f, the session is free again behind it: a page that asks for what
// cannot be told must not wait for ever at its next question.
func (p *seat) tend(f func(*session.Session)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p.session)
}

// work lets a session work until it has nothing to do, at the pace that the user wants. A session that nobody watches any
// more pauses, so that a closed page takes no time from the others.
func (s *Server) work(p *seat) {
	due := time.Now()
	for s.ctx.Err() == nil && s.held(p) {
		select {
		case s.turns <- struct{}{}:
		case <-s.ctx.Done():
			return
		}
		if !s.held(p) { // it has given way while it waited
			<-s.turns
			return
		}
		pace, busy := 0., false
		p.tend(func(x *session.Session) {
			x.Advance(s.ctx)
			pace, busy = x.Pace(), x.Busy() && !p.abandoned(s.options.Patience)
			p.working = busy
			p.resize(x.Firms())
		})
		<-s.turns
		p.notify()
		if !busy {
			return
		}
		if due = wait(s.ctx, due, pace); s.ctx.Err() != nil {
			return
		}
	}
}

// wait sleeps until the next tick is due and gives when that was. Ticks that came late are not made up for.
func wait(ctx context.Context, due time.Time, pace float64) time.Time {
	now := time.Now()
	if pace <= 0 {
		return now
	}
	due = due.Add(time.Duration(float64(time.Second) / pace))
	if due.Before(now) {
		return now
	}
	select {
	case <-time.After(due.Sub(now)):
	case <-ctx.Done():
	}
	return due
}

func (p *seat) touch() {
	p.state.Lock()
	defer p.state.Unlock()
	p.used = time.Now()
}

func (p *seat) lastUsed() time.Time {
	p.state.Lock()
	defer p.state.Unlock()
	return p.used
}

func (p *seat) idle() (watched bool, used time.Time) {
	p.state.Lock()
	defer p.state.Unlock()
	return p.watchers > 0, p.used
}

// abandoned says whether nobody has watched or asked for a while.
func (p *seat) abandoned(patience time.Duration) bool {
	watched, used := p.idle()
	return !watched && time.Since(used) > 3*patience
}

func (p *seat) size() int {
	p.state.Lock()
	defer p.state.Unlock()
	return p.firms
}

func (p *seat) resize(firms int) {
	p.state.Lock()
	defer p.state.Unlock()
	p.firms = firms
}

// notify wakes all who wait for a change.
func (p *seat) notify() {
	p.state.Lock()
	defer p.state.Unlock()
	close(p.changed)
	p.changed = make(chan struct{})
}

// change is a channel that is closed at the next change.
func (p *seat) change() <-chan struct{} {
	p.state.Lock()
	defer p.state.Unlock()
	return p.changed
}
