package live

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"agglo/internal/text"
	"agglo/output/live/session"
)

// page holds the files of the page, bundled by package bundle.
//
//go:embed web/dist
var page embed.FS

// Handler answers requests: the files of the page, and under /api the sessions.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", file("index.html"))
	serveFiles(mux, "app.js", "app.css", "icon.svg")
	mux.HandleFunc("GET /api/texts/{lang}", texts())
	mux.HandleFunc("GET /api/catalogue/{lang}", lists())
	mux.HandleFunc("POST /api/sessions", s.create)
	mux.HandleFunc("POST /api/sessions/{id}", s.message)
	mux.HandleFunc("GET /api/sessions/{id}/events", s.events)
	mux.HandleFunc("GET /api/sessions/{id}/frame", s.frame)
	mux.HandleFunc("GET /api/sessions/{id}/series.csv", s.series)
	mux.HandleFunc("GET /api/sessions/{id}/scenario.yaml", s.scenario)
	if s.lesson != nil {
		s.teacher(mux)
	}
	return guarded(s.host, mux)
}

// serveFiles answers with files of the pages under their own names.
func serveFiles(mux *http.ServeMux, names ...string) {
	for _, name := range names {
		mux.HandleFunc("GET /"+name, file(name))
	}
}

// guarded lets only those in who mean this server: a page of another origin, or a name that somebody has made point here,
// gets nothing. It also forbids the page to load or send anything elsewhere. bound is what the server listens on.
func guarded(bound string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "+
			"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !ours(bound, r.Host) {
			refuse(w, http.StatusForbidden, "this server does not answer to the name "+strconv.Quote(r.Host))
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host || u.Scheme != "http" {
				refuse(w, http.StatusForbidden, "requests from other pages are not answered")
				return
			}
		}
		if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.URL.Path != "/" {
			refuse(w, http.StatusForbidden, "requests from other pages are not answered")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ours says whether a Host is this server: a number of an address, this machine's own name, or localhost. A name that
// anybody else can make point here is none of them.
func ours(listens, host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	if name == "localhost" || name == listens {
		return true
	}
	address, err := netip.ParseAddr(name)
	if err == nil && address.IsLoopback() {
		return true
	}
	bound, wrong := netip.ParseAddr(listens)
	if listens != "" && wrong == nil && bound.IsLoopback() {
		return false
	}
	own, _ := os.Hostname() // without a name of its own the machine is known by numbers only
	return err == nil || own != "" && (strings.EqualFold(name, own) || strings.EqualFold(name, own+".local"))
}

// file serves one file of the page.
func file(name string) http.HandlerFunc {
	data, err := page.ReadFile("web/dist/" + name)
	if err != nil {
		return http.NotFound
	}
	return kept(mime.TypeByExtension(path.Ext(name)), func() ([]byte, error) { return data, nil })
}

// texts serves the page's words in a language.
func texts() http.HandlerFunc {
	return inLanguages(func(lang string) any { return text.Page(lang) })
}

// lists serves what a page offers, in a language. Sessions answer it too, but not while they make their world.
func lists() http.HandlerFunc {
	return inLanguages(func(lang string) any { return session.CatalogueOf(lang) })
}

// inLanguages serves JSON that depends on nothing but a language; an unknown one is taken as English.
func inLanguages(of func(lang string) any) http.HandlerFunc {
	in := func(lang string) http.HandlerFunc {
		return kept("application/json", func() ([]byte, error) { return json.Marshal(of(lang)) })
	}
	english, russian := in(text.English), in(text.Russian)
	return func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("lang") == text.Russian {
			russian(w, r)
		} else {
			english(w, r)
		}
	}
}

// kept serves what never changes: it is made, and packed, when it is first asked for.
func kept(kind string, of func() ([]byte, error)) http.HandlerFunc {
	plain := sync.OnceValues(of)
	packed := sync.OnceValue(func() []byte {
		data, _ := plain()
		return pack(data)
	})
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := plain()
		if err != nil {
			refuse(w, http.StatusInternalServerError, err.Error())
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		if !takesPacked(w, r, data) {
			_, _ = w.Write(data) // whoever hung up does not want it
			return
		}
		_, _ = w.Write(packed())
	}
}

// body reads a JSON body of at most so many bytes.
func body(w http.ResponseWriter, r *http.Request, most int64) ([]byte, bool) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "want application/json")
		return nil, false
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the message is longer than %d bytes", most))
	case err != nil:
		refuse(w, http.StatusBadRequest, "the message did not arrive whole")
	}
	return data, err == nil
}

// create makes a session and gives it its first message.
func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	data, ok := body(w, r, session.MaxMessage)
	if !ok {
		return
	}
	p, err := s.open()
	if err != nil {
		w.Header().Set("Retry-After", "3")
		var asked struct {
			Lang string `json:"lang"`
		}
		_ = json.Unmarshal(data, &asked) // what is no message has no language, and is told in English
		refuse(w, http.StatusTooManyRequests, text.In(asked.Lang, err.Error()))
		return
	}
	reply := s.answer(p, data)
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"id":%q,"reply":%s}`, p.id, reply)
}

// seat finds the session of a request.
func (s *Server) seat(w http.ResponseWriter, r *http.Request) *seat {
	p := s.find(r.PathValue("id"))
	if p == nil {
		refuse(w, http.StatusGone, "this session has ended")
	}
	return p
}

func (s *Server) message(w http.ResponseWriter, r *http.Request) {
	p := s.seat(w, r)
	if p == nil {
		return
	}
	data, ok := body(w, r, session.MaxMessage)
	if !ok {
		return
	}
	reply := s.answer(p, data)
	w.Header().Set("Content-Type", "application/json")
	squeezed(w, r, reply)
}

// frame sends the picture of a world. A page asks for one when it has drawn the one before, so a slow one gets fewer.
func (s *Server) frame(w http.ResponseWriter, r *http.Request) {
	p := s.seat(w, r)
	if p == nil {
		return
	}
	var data []byte
	p.tend(func(x *session.Session) { data = x.Frame(r.URL.Query().Get("twin") == "1") })
	if data == nil {
		refuse(w, http.StatusNotFound, "there is no such world yet")
		return
	}
	send(w, s.options.Patience, "application/octet-stream", "", data)
}

func (s *Server) series(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, "text/csv; charset=utf-8", "series.csv", func(x *session.Session) ([]byte, error) {
		return x.Series(r.URL.Query().Get("twin") == "1")
	})
}

func (s *Server) scenario(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, "application/yaml; charset=utf-8", "scenario.yaml", (*session.Session).File)
}

func (s *Server) download(w http.ResponseWriter, r *http.Request, kind, name string, make func(*session.Session) ([]byte, error)) {
	p := s.seat(w, r)
	if p == nil {
		return
	}
	var data []byte
	var err error
	p.tend(func(x *session.Session) { data, err = make(x) })
	if err != nil {
		refuse(w, http.StatusNotFound, err.Error())
		return
	}
	send(w, s.options.Patience, kind, name, data)
}

// send writes a body that a reader has to take within the server's patience.
func send(w http.ResponseWriter, patience time.Duration, kind, name string, data []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	if name != "" {
		w.Header().Set("Content-Disposition", "attachment; filename="+name)
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patience)) // a test's recorder has none
	_, _ = w.Write(data)                                                         // whoever hung up does not want it
}

// refuse sends an error.
func refuse(w http.ResponseWriter, status int, why string) {
	data, _ := json.Marshal(map[string]string{"error": why})
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(data) // whoever hung up does not want it
}
