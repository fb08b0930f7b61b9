package live

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"agglo/output/live/session"
)

// restEvents is the shortest time between two events of a stream: faster than this nobody can see.
const restEvents = 15 * time.Millisecond

// heartbeat is how long a stream may be silent; a page that hears nothing for longer connects anew.
const heartbeat = 10 * time.Second

// events streams a session's state as it changes. What changes while a reader is slow is told at once when it is ready: it
// holds up nobody, and one that takes nothing for the server's patience is cut off. After a break the page asks from the
// tick that it has.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	p := s.seat(w, r)
	if p == nil {
		return
	}
	if !s.watch(p, 1) {
		refuse(w, http.StatusServiceUnavailable, "too many pages watch already")
		return
	}
	defer s.watch(p, -1)
	from, _ := strconv.Atoi(r.URL.Query().Get("from")) // 0, all that there is, when it says nothing
	life, _ := strconv.Atoi(r.URL.Query().Get("life"))
	twins, _ := strconv.Atoi(r.URL.Query().Get("twins"))
	other, _ := strconv.Atoi(r.URL.Query().Get("other"))
	reader := session.Reader{From: from, Other: other, Life: life, Twins: twins}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // that of the request would end the stream
	for s.held(p) {
		change := p.change()
		var state session.State
		more := false
		p.tend(func(x *session.Session) { state, more = reader.Next(x) })
		data, err := json.Marshal(state)
		if err != nil {
			return
		}
		_ = control.SetWriteDeadline(time.Now().Add(s.options.Patience)) // a test's recorder has none
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil || control.Flush() != nil {
			return
		}
		if more {
			continue // more rows than one event holds
		}
		select {
		case <-change:
		case <-time.After(heartbeat):
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
		time.Sleep(restEvents)
	}
	fmt.Fprint(w, "event: ended\ndata: {}\n\n") // whoever hung up does not want it
}

// watch counts who watches a session; false if the server has as many as it takes.
func (s *Server) watch(p *seat, n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > 0 && s.streams >= s.options.Streams {
		return false
	}
	s.streams += n
	p.state.Lock()
	defer p.state.Unlock()
	p.watchers += n
	p.used = time.Now()
	return true
}

// squeezed sends data compressed where the browser takes it.
func squeezed(w http.ResponseWriter, r *http.Request, data []byte) {
	if !takesPacked(w, r, data) {
		_, _ = w.Write(data) // whoever hung up does not want it
		return
	}
	z := gzip.NewWriter(w)
	_, _ = z.Write(data)
	_ = z.Close()
}

// takesPacked says whether data are to be sent compressed, and tells the browser so.
func takesPacked(w http.ResponseWriter, r *http.Request, data []byte) bool {
	if len(data) < 2000 || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return false
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Add("Vary", "Accept-Encoding")
	return true
}

// pack is data compressed as far as it goes.
func pack(data []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // a level that there is
	_, _ = z.Write(data)
	_ = z.Close()
	return out.Bytes()
}

// limited is a listener that holds at most n connections; others wait at the door.
func limited(l net.Listener, n int) net.Listener {
	return &door{Listener: l, places: make(chan struct{}, n)}
}

type door struct {
	net.Listener
	places chan struct{}
}

// Accept waits for a place and for a connection.
func (d *door) Accept() (net.Conn, error) {
	d.places <- struct{}{}
	c, err := d.Listener.Accept()
	if err != nil {
		<-d.places
		return nil, err
	}
	return &guest{Conn: c, leave: sync.OnceFunc(func() { <-d.places })}, nil
}

type guest struct {
	net.Conn
	leave func()
}

// Close gives the place back.
func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}
