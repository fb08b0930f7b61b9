// Package session is the classroom page without a network: a message goes in, a message comes out. A session holds the
// world that a user watches, and its twin without the policies; somebody else decides when it may work (Advance). The page's
// server drives it from goroutines, and compiled for a browser it can run in a worker. Nothing here reads a file, a clock
// or the network, and no message can make it grow beyond its Limits.
package session

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"agglo/model/world"
)

// Limits bound what a session takes.
type Limits struct {
	Firms     int // at the start
	Planes    int // cells times sectors
	FileBytes int // of a scenario file
	Entries   int // parameters, and changes of them
	Policies  int // asked for at once
	Begun     int // others that were taken away when they had begun, and act until the next start
	Ties      int // shown on a map
	Threads   int // workers of the engine; 0 means all processors that Go may use
}

// DefaultLimits are those of the page: every built-in scenario fits.
func DefaultLimits() Limits {
	return Limits{Firms: 120_000, Planes: 2_000_000, FileBytes: 1 << 20, Entries: 100, Policies: 12, Begun: 36, Ties: 1500}
}

// A Session is what one user watches. It is not safe for use by several goroutines at once.
type Session struct {
	limits  Limits
	spec    Spec
	next    *Spec // from the next start on; nil = the same
	ready   *ready
	main    *arm // with the policies of the page
	other   *arm // the same world without; nil = not asked for
	twin    bool // the other is asked for
	playing bool
	pace    float64 // ticks a second, 0 = as fast as it goes
	goal    int     // to be reached before anything else
	end     int     // playing stops there
	fault   string  // what stopped the world
	trial   *trial
	twins   int // how often a twin was made
	life    int // how often a world was begun: tells the pictures of one from those of another
	firms   int // in memory, of all its worlds
}

// Pace and length of a new session.
const (
	firstPace = 8
	firstEnd  = 240
)

// New makes a session without a world; the message start gives it one.
func New(l Limits) *Session { return &Session{limits: l, pace: firstPace, end: firstEnd} }

// begin takes a spec as what is to run; the world is made by Advance.
func (s *Session) begin(spec Spec, r *ready, goal int) {
	s.spec, s.ready, s.next = spec, r, nil
	s.main, s.other, s.fault, s.playing, s.trial = nil, nil, "", false, nil
	s.goal = goal
	s.end = max(s.end, goal)
	s.life++
}

// Busy says whether Advance has work to do now.
func (s *Session) Busy() bool {
	if s.ready == nil || s.fault != "" {
		return false
	}
	return s.main == nil || s.behind() || s.trial.busy() || s.playing
}

// Pace is how many ticks a second the user wants, 0 = as many as it goes; what has to be caught up goes as fast as it can.
func (s *Session) Pace() float64 {
	if s.main == nil || s.behind() || s.trial.busy() {
		return 0
	}
	return s.pace
}

// Firms is how many firms the session held in memory after the last piece of work, for bounds over many sessions.
func (s *Session) Firms() int { return s.firms }

// count counts them.
func (s *Session) count() int {
	n := 0
	for _, a := range []*arm{s.main, s.other} {
		if a != nil {
			n += a.view().Rows()
		}
	}
	return n + s.trial.firms()
}

// behind says whether the world has a tick to reach, or its twin the world.
func (s *Session) behind() bool {
	if s.main == nil {
		return true
	}
	if s.main.tick() < s.goal {
		return true
	}
	return s.twin && (s.other == nil || s.other.tick() < s.main.tick())
}

// Advance does the next piece of work: it makes a world, takes a tick, or a tick of what is behind. What goes wrong stops
// the world and is told in its State.
func (s *Session) Advance(ctx context.Context) {
	if !s.Busy() {
		return
	}
	defer func() {
		if broken := recover(); broken != nil { // a broken invariant of one world does not end the others that a server holds
			s.broke(broken)
		}
	}()
	if err := s.advance(ctx); err != nil && ctx.Err() == nil {
		s.fault, s.playing = err.Error(), false
	}
	s.firms = s.count()
}

// broke stops the world, of which something has broken, and says what.
func (s *Session) broke(what any) {
	s.fault, s.playing = inWords(what), false
}

// inWords says what broke, without where in the program.
func inWords(broken any) string {
	first, _, _ := strings.Cut(fmt.Sprint(broken), "\n")
	return "the program broke: " + first
}

func (s *Session) advance(ctx context.Context) (err error) {
	switch {
	case s.main == nil:
		if s.main, err = found(ctx, s.ready.with, s.ready.changes); err == nil {
			s.watch()
		}
		return err
	case s.twin && s.other == nil:
		return s.makeTwin(ctx)
	case s.twin && s.other.tick() < s.main.tick():
		return s.other.step(ctx, s.limits.Threads)
	case s.main.tick() >= s.goal && s.trial.busy():
		return s.trial.advance(ctx, s.limits.Threads)
	}
	if s.over() {
		s.playing, s.goal = false, 0
		return nil
	}
	if err = s.main.step(ctx, s.limits.Threads); err == nil && s.twin {
		err = s.other.step(ctx, s.limits.Threads)
	}
	if s.playing && s.main.tick() >= s.end && s.main.tick() >= s.goal {
		s.playing = false
	}
	return err
}

// State is what a page shows beside the pictures. Everything in it may be sent again at any time.
type State struct {
	Life     int        `json:"life"`
	Ready    bool       `json:"ready"` // there is a world
	Spec     Spec       `json:"spec"`
	Pending  []string   `json:"pending,omitempty"` // what acts from the next start on
	Planned  *[]Policy  `json:"planned,omitempty"` // the policies from then on, where others act now
	Tick     int        `json:"tick"`
	Goal     int        `json:"goal"` // being caught up, when above Tick
	End      int        `json:"end"`
	Playing  bool       `json:"playing"`
	Busy     bool       `json:"busy"` // catching up
	Pace     float64    `json:"pace"`
	Twin     bool       `json:"twin"`
	TwinTick int        `json:"twin_tick"` // -1 = there is none
	Twins    int        `json:"twins"`     // tells the rows of one twin from those of another
	Firms    int        `json:"firms"`
	Fault    string     `json:"fault,omitempty"`
	Command  string     `json:"command"`
	Without  string     `json:"command_without,omitempty"`
	Spent    []Spent    `json:"spent,omitempty"`
	Trial    *TrialDone `json:"trial,omitempty"`
	Places   []Place    `json:"places,omitempty"`
	From     int        `json:"from"` // tick of the first of Rows
	Rows     [][]Figure `json:"rows"`
	Other    [][]Figure `json:"other,omitempty"` // of the twin
	// OtherFrom is the tick of the first of Other.
	OtherFrom int `json:"other_from"`

	// What parameters without a slider that were set are, by path: the first sentence that docs/parameters.md says of them.
	Titles map[string]string `json:"titles,omitempty"`
}

// Spent is what a policy has cost, in the scenario's money.
type Spent struct {
	ID     string  `json:"id"`
	Amount float64 `json:"amount"`
}

// A Place is where a policy is, with the jobs there by tick.
type Place struct {
	ID    string   `json:"id"`    // of the policy; * = all places together
	Since int      `json:"since"` // tick from which on this place is counted: of another it is another place
	From  int      `json:"from"`  // tick of the first of Jobs
	Jobs  []Figure `json:"jobs"`
	Other []Figure `json:"other,omitempty"` // of the twin, from the same tick on
}

// places lists the jobs where policies are, from a tick on.
func (s *Session) places(from int) []Place {
	var all []Place
	cut := func(a *arm, k int, first int) []Figure {
		if a == nil || k >= len(a.circles) {
			return nil
		}
		c := &a.circles[k]
		var out []Figure
		for n := max(0, first-c.from); n < len(c.jobs) && len(out) < MaxRows; n++ {
			out = append(out, Figure(c.jobs[n]))
		}
		return out
	}
	for k, c := range s.main.circles {
		since := c.from
		if s.other != nil && k < len(s.other.circles) {
			since = max(since, s.other.circles[k].from)
		}
		first := max(from, since)
		all = append(all, Place{c.id, since, first, cut(s.main, k, first), cut(s.other, k, first)})
	}
	return all
}

// MaxRows is the number of rows that one state holds at most: what is more comes with the next.
const MaxRows = 400

// State is the session's state with the rows of the series from a tick on. Of a world that is too broken to be told of it says that.
func (s *Session) State(from int) State { return s.told(from, from) }

// told is the state with the rows of the world from one tick on and of the twin from another.
func (s *Session) told(from, other int) (st State) {
	defer func() {
		if broken := recover(); broken != nil {
			s.broke(broken)
			st = s.bare()
		}
	}()
	return s.full(from, other)
}

// bare is the state without what the worlds hold.
func (s *Session) bare() State {
	return State{Life: s.life, Spec: s.spec, Goal: s.goal, End: s.end, Playing: s.playing, Pace: s.pace, Twin: s.twin,
		TwinTick: -1, Twins: s.twins, Fault: s.fault, Trial: s.trial.done(), Rows: [][]Figure{}, Busy: s.ready != nil && s.fault == "" && s.behind(),
		Pending: s.pending(), Planned: s.planned(), Titles: s.titles()}
}

func (s *Session) full(from, other int) State {
	st := s.bare()
	if s.main == nil {
		return st
	}
	v := s.main.view()
	st.Ready, st.Tick, st.Firms = true, s.main.tick(), v.Alive()
	st.From = min(max(from, 0), st.Tick+1)
	st.Rows = figures(s.main.rows, st.From)
	since := st.From
	st.Command = s.spec.command(s.ready, st.Tick, false)
	if s.other != nil {
		st.TwinTick = s.other.tick()
		st.OtherFrom = min(max(other, 0), st.TwinTick+1)
		st.Other = figures(s.other.rows, st.OtherFrom)
		since = min(since, st.OtherFrom)
		st.Without = s.spec.command(s.ready, st.Tick, true)
	}
	st.Spent, st.Places = s.spent(v), s.places(since)
	return st
}

// spent lists what the policies that the twin does without have cost until now.
func (s *Session) spent(v world.View) []Spent {
	var all []Spent
	money := v.Currency().LabourCost * v.Scale()
	for k := range v.Policies() {
		e := v.Ledger(k)
		if s.spec.Bare || find(s.spec.Policies, e.Policy) >= 0 {
			all = append(all, Spent{e.Policy, e.Total.Sum() * money})
		}
	}
	return all
}

func figures(rows [][]float64, from int) [][]Figure {
	out := [][]Figure{}
	for k := from; k < min(len(rows), from+MaxRows); k++ {
		row := make([]Figure, len(rows[k]))
		for c, x := range rows[k] {
			row[c] = Figure(x)
		}
		out = append(out, row)
	}
	return out
}

// pending says in words of the command line what acts from the next start on only.
func (s *Session) pending() []string {
	if s.next == nil {
		return nil
	}
	var words []string
	for _, p := range s.next.Params {
		dropped := func(c Change) bool { return c.Path == p.Path && !slices.Contains(s.next.Changes, c) }
		if !has(s.spec.Params, p) || slices.ContainsFunc(s.spec.Changes, dropped) {
			words = append(words, fmt.Sprintf("%s = %s", p.Path, p.Value))
		}
	}
	if s.next.Seed != s.spec.Seed {
		words = append(words, fmt.Sprintf("seed = %d", s.next.Seed))
	}
	if s.planned() != nil {
		words = append(words, "policies")
	}
	return words
}

// planned is the policies from the next start on, where others act now.
func (s *Session) planned() *[]Policy {
	if s.next == nil || slices.Equal(s.next.Policies, s.spec.Policies) {
		return nil
	}
	all := append([]Policy{}, s.next.Policies...)
	return &all
}

func has(values []Value, v Value) bool {
	for _, w := range values {
		if w == v {
			return true
		}
	}
	return false
}

func (s *Session) arm(twin bool) *arm {
	if twin {
		return s.other
	}
	return s.main
}
