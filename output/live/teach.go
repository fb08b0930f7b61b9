package live

import (
	"net/http"
	"net/netip"
	"time"

	"agglo/output/live/class"
)

// patienceTeacher is how long an answer to the teacher may take: a task of a large scenario on a machine that has much else to do.
const patienceTeacher = 3 * time.Minute

// Teach adds the teacher's page of a lesson to the server. It answers to this machine only, and to who holds the key.
func (s *Server) Teach(l *Lesson) { s.lesson = l }

// teacher adds what the teacher's page asks for.
func (s *Server) teacher(mux *http.ServeMux) {
	mux.HandleFunc("GET /class", s.here(file("teacher.html")))
	serveFiles(mux, "teacher.js", "class.css")
	mux.HandleFunc("POST /api/class/teacher", s.keyed(s.order))
	mux.HandleFunc("GET /api/class/board", s.keyed(s.board))
	mux.HandleFunc("GET /api/class/catalogue", s.keyed(s.tasks))
	for name, make := range map[string]func(lang string) (kind, name string, data []byte, err error){
		"runs.csv": s.lesson.class.RunsFile, "class.yaml": s.lesson.class.TaskFile, "report.html": s.lesson.class.Report,
	} {
		mux.HandleFunc("GET /api/class/"+name, s.keyed(func(w http.ResponseWriter, r *http.Request) {
			kind, name, data, err := make(r.URL.Query().Get("lang"))
			if err != nil {
				answerClass(w, r, nil, err)
				return
			}
			send(w, s.options.Patience, kind, name, data)
		}))
	}
}

// here lets requests of this machine in alone.
func (s *Server) here(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if at, err := netip.ParseAddr(address(r)); err != nil || !at.IsLoopback() {
			refuse(w, http.StatusForbidden, "the teacher's page is for the machine that the class runs on")
			return
		}
		next(w, r)
	}
}

// keyed lets the teacher in alone: from this machine, with the key.
func (s *Server) keyed(next http.HandlerFunc) http.HandlerFunc {
	return s.here(func(w http.ResponseWriter, r *http.Request) {
		if !s.lesson.class.Teacher(r.Header.Get("X-Agglo-Key")) {
			answerClass(w, r, nil, class.ErrKey)
			return
		}
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patienceTeacher)) // a test's recorder has none
		next(w, r)
	})
}

// order takes an order of the teacher.
func (s *Server) order(w http.ResponseWriter, r *http.Request) {
	data, ok := body(w, r, class.MaxMessage)
	if !ok {
		return
	}
	answerClass(w, r, struct{}{}, s.lesson.class.AnswerTeacher(r.Header.Get("X-Agglo-Key"), data))
}

// board sends what the teacher's page shows, when it is news.
func (s *Server) board(w http.ResponseWriter, r *http.Request) {
	s.lesson.class.Wait(r.Context(), "", seen(r), waitClass)
	answerClass(w, r, struct {
		class.Board
		Links []string `json:"links"`
	}{s.lesson.class.Board(r.URL.Query().Get("lang")), s.lesson.links}, nil)
}

// tasks sends what a task can be made of.
func (s *Server) tasks(w http.ResponseWriter, r *http.Request) {
	answerClass(w, r, class.CatalogueOf(r.URL.Query().Get("lang")), nil)
}
