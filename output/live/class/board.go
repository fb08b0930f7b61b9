package class

import (
	"fmt"
	"slices"

	"agglo/internal/text"
)

// TaskShown is the task as pages show it, in a language.
type TaskShown struct {
	Title   string   `json:"title"`
	Ticks   int      `json:"ticks"`
	Start   [2]int   `json:"start"` // year and quarter of tick 0
	Metric  string   `json:"metric"`
	Name    string   `json:"name"` // of the metric
	Outcome Outcome  `json:"outcome"`
	Arms    []string `json:"arms"`
	Deal    string   `json:"deal"`
	Each    int      `json:"each"`
	Sectors []string `json:"sectors"` // by rank: colour and mark in a film go by it
	Means   []string `json:"means"`   // what the setting and the policies of the arms are
}

// shown is the task as pages show it; nil if there is none.
func (t *task) shown(lang string) *TaskShown {
	if t == nil {
		return nil
	}
	s := &TaskShown{Title: t.title.In(lang), Ticks: t.Ticks, Start: t.start, Metric: t.Metric, Name: text.In(lang, "page.metric."+t.Metric),
		Outcome: t.outcome, Deal: t.Deal, Each: t.Each, Means: t.means(lang)}
	for k := range t.arms {
		s.Arms = append(s.Arms, t.label(lang, k))
	}
	for _, name := range t.sectors {
		s.Sectors = append(s.Sectors, text.Name(lang, name))
	}
	return s
}

// A Student is a seat as the teacher sees it.
type Student struct {
	Number  int  `json:"number"`
	Worlds  int  `json:"worlds"`
	Pending int  `json:"pending"`
	Away    bool `json:"away"` // not heard of for half a minute
}

// Board is what the teacher's page shows.
type Board struct {
	Version  int        `json:"version"`
	Round    int        `json:"round"`
	Code     string     `json:"code"`
	Open     bool       `json:"open"`
	Per      int        `json:"per"`
	Frozen   bool       `json:"frozen"`
	Revealed bool       `json:"revealed"`
	Task     *TaskShown `json:"task"`
	Set      *Task      `json:"set"` // as the teacher set it
	Found    Found      `json:"found"`
	Students []Student  `json:"students"`
	Waiting  int        `json:"waiting"` // worlds in the queue
	Running  int        `json:"running"`
	Done     int        `json:"done"`
	Failed   []string   `json:"failed"`
	Wrong    int        `json:"wrong"` // codes that were wrong
	From     []string   `json:"from"`  // addresses with three wrong codes or more
	Command  string     `json:"command"`
}

// away is how long a student may be silent before she counts as away, in seconds.
const away = 30

// Board is the class as the teacher sees it, in a language.
func (c *Class) Board(lang string) Board {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := Board{Version: c.version, Round: c.round, Code: c.code, Open: !c.shut, Per: c.per, Frozen: c.frozen, Revealed: c.shown, Task: c.task.shown(lang),
		Found: c.found(lang), Students: []Student{}, Waiting: len(c.queue), Running: len(c.running), Done: len(c.done), Failed: c.failed, From: []string{}}
	now := c.options.Now()
	for _, s := range c.ordered() {
		b.Students = append(b.Students, Student{s.number, len(s.worlds), s.pending, now.Sub(s.seen).Seconds() > away})
	}
	for address, n := range c.wrong {
		if b.Wrong += n; n >= 3 {
			b.From = append(b.From, address)
		}
	}
	slices.Sort(b.From)
	b.From = b.From[:min(len(b.From), 5)]
	if c.task != nil {
		set := c.task.Task
		b.Set, b.Command = &set, c.command()
	}
	return b
}

// command runs the same worlds on the command line: the file is the one that the teacher's page offers.
func (c *Class) command() string {
	return fmt.Sprintf("agglo sweep class-%d.yaml -o class-%d", c.round, c.round)
}

// Mine is a world as its student sees it.
type Mine struct {
	Arm       int         `json:"arm"`
	Label     string      `json:"label"`
	Replicate int         `json:"replicate"`
	Seed      uint64      `json:"seed"`
	Value     Figure      `json:"value"`
	Path      [][2]Figure `json:"path"` // tick and outcome
	Film      bool        `json:"film"` // there is one
}

// View is what a student's page shows: her own worlds, and those of all only when the teacher has revealed them.
type View struct {
	Version  int        `json:"version"`
	Round    int        `json:"round"`
	Number   int        `json:"number"`
	Frozen   bool       `json:"frozen"`
	Revealed bool       `json:"revealed"`
	Task     *TaskShown `json:"task"`
	Pending  int        `json:"pending"`
	Place    int        `json:"place"` // in the queue, from 1; 0 = not there
	Tick     int        `json:"tick"`  // of the world that runs
	May      bool       `json:"may"`   // begin another world
	Mine     []Mine     `json:"mine"`
	Found    *Found     `json:"found"`
	Command  string     `json:"command,omitempty"`
}

// View is the class as a student sees it, in a language.
func (c *Class) View(token, lang string) (View, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[token]
	if s == nil {
		return View{}, ErrToken
	}
	s.seen = c.options.Now()
	v := View{Version: s.version, Round: c.round, Number: s.number, Frozen: c.frozen, Revealed: c.shown, Task: c.task.shown(lang), Pending: s.pending, Mine: []Mine{}}
	if c.task == nil {
		return v, nil
	}
	v.May = !c.frozen && s.pending == 0 && (len(s.owed) > 0 || s.sets(c.task) < c.task.Each && s.tries < 2*c.task.Each)
	for k, o := range c.queue {
		if o.seat == s {
			v.Place = k + 1
			break
		}
	}
	for _, o := range c.running {
		if o.seat == s && !o.denied {
			v.Tick, v.Place = int(o.tick.Load()), 0
		}
	}
	for _, h := range s.worlds {
		m := Mine{Arm: h.arm, Label: c.task.world(lang, h.arm, h.seed), Replicate: h.replicate, Seed: h.seed, Value: Figure(h.value), Film: h.film != nil}
		for _, p := range h.path {
			m.Path = append(m.Path, [2]Figure{Figure(p[0]), Figure(p[1])})
		}
		v.Mine = append(v.Mine, m)
	}
	if c.shown {
		f := c.found(lang)
		v.Found, v.Command = &f, c.command()
	}
	return v, nil
}

// Film is the film of a student's own k-th world.
func (c *Class) Film(token string, k int) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[token]
	switch {
	case s == nil:
		return nil, ErrToken
	case k < 0 || k >= len(s.worlds) || s.worlds[k].film == nil:
		return nil, ErrNoWorld
	}
	return s.worlds[k].film, nil
}
