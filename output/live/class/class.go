// Package class lets a class of students run one world each, and shows what all worlds together say and one alone does not. A
// Class holds the teacher's task, the students' seats, the queue of worlds to be run and what came out; it computes every world
// itself, so that no result comes from outside. Package live puts it on the network; nothing here listens to one.
//
// Every world is a run of a sweep (package study) with the task's seed: the j-th world of an arm has the seed of replicate j, so
// that arms share their seeds and differences are taken within pairs. The same sweep on the command line writes the same rows.
package class

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Options bound a class. Those of DefaultOptions serve one lesson on a laptop.
type Options struct {
	Seats      int           // students at once
	PerAddress int           // students from one network address; the teacher may change it
	Worlds     int           // of one round
	Firms      int           // of one world
	Planes     int           // cells times sectors of one world
	Ticks      int           // of one world, quarters
	FilmBytes  int           // of all films together; the oldest go
	Workers    int           // worlds computed side by side
	Longest    time.Duration // a world that takes longer fails
	Absent     time.Duration // a student not heard of for so long who has run nothing gives up the seat to another
	Now        func() time.Time
}

// DefaultOptions are those of agglo serve, with so many worlds computed side by side.
func DefaultOptions(workers int) Options {
	return Options{Seats: 80, PerAddress: 3, Worlds: 600, Firms: 5000, Planes: 500_000, Ticks: 200, FilmBytes: 200 << 20, Workers: workers,
		Longest: 5 * time.Minute, Absent: 2 * time.Minute, Now: time.Now}
}

// A Class is one lesson. It is safe for use by several goroutines at once.
type Class struct {
	options Options
	code    string // that students type
	key     string // of the teacher
	guesses *credits
	all     *credits // wrong codes of all addresses together
	joins   *credits
	visits  *credits // requests, for each student that may come from one address

	mu      sync.Mutex
	work    *sync.Cond // an order has come, or the class has ended
	seats   map[string]*seat
	numbers int // seats ever given
	shut    bool
	per     int // students from one address
	round   int
	task    *task // nil = none yet
	frozen  bool
	shown   bool // to the students
	dealer  dealer
	queue   []*order
	running []*order
	done    []*history
	failed  []string // why worlds were not done
	films   int      // bytes
	wrong   map[string]int
	kept    map[string]Found // what was found, by language, when
	keptAt  [2]int           // the round and the number of worlds were these
	version int              // of what the teacher sees
	changed chan struct{}    // closed when the version rises
}

// A seat is a student.
type seat struct {
	token, address string
	number         int
	seen           time.Time
	pending        int    // orders under way
	tries          int    // of this round, failed ones too
	owed           []slot // dealt and not run, of all arms
	worlds         []*history
	version        int // of what the student sees
	changed        chan struct{}
}

// Errors that a student may meet.
var (
	ErrCode     = errors.New("this is not the code of the class")
	ErrGuesses  = errors.New("too many wrong codes from this address: wait a minute")
	ErrJoins    = errors.New("too many have joined from this address in a short time: wait a minute")
	ErrShut     = errors.New("the class takes no more students now")
	ErrFull     = errors.New("the class has as many students as it takes")
	ErrAddress  = errors.New("as many students have joined from this address as may: the teacher can allow more")
	ErrToken    = errors.New("the class does not know you: join it with its code")
	ErrNoTask   = errors.New("the teacher has not set a task yet")
	ErrRound    = errors.New("this belongs to another round")
	ErrFrozen   = errors.New("the class is frozen: no world begins now")
	ErrPending  = errors.New("your world is under way already")
	ErrQuota    = errors.New("you have run as many worlds as each may")
	ErrWorlds   = errors.New("the class has run as many worlds as it takes")
	ErrArm      = errors.New("there is no such choice in this task")
	ErrKey      = errors.New("this is not the teacher's key")
	ErrNoWorld  = errors.New("you have no such world")
	ErrMessage  = errors.New("this is no message")
	errTooLong  = errors.New("the world took too long")
	errNoResult = errors.New("the outcome does not exist in this world")
)

// New makes a class with a code and a key of its own. Workers begin with Run.
func New(o Options) *Class {
	c := &Class{options: o, code: newCode(), key: newKey(), seats: map[string]*seat{}, per: o.PerAddress, wrong: map[string]int{},
		guesses: newCredits(10, 1.0/6), all: newCredits(500, 20), joins: newCredits(6, .1), visits: newCredits(60, 10), changed: make(chan struct{})}
	c.work = sync.NewCond(&c.mu)
	return c
}

// Code is what students type, Key what the teacher's page must hold. The key is for the terminal alone.
func (c *Class) Code() string { return c.code }

// Key is the teacher's secret.
func (c *Class) Key() string { return c.key }

// Run computes worlds until ctx is done.
func (c *Class) Run(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() { c.mu.Lock(); defer c.mu.Unlock(); c.work.Broadcast() })
	defer stop()
	var group sync.WaitGroup
	for range max(1, c.options.Workers) {
		group.Go(func() { c.compute(ctx) })
	}
	group.Wait()
}

// touch tells the teacher's page that something is new. The lock is held.
func (c *Class) touch() {
	c.version++
	close(c.changed)
	c.changed = make(chan struct{})
}

// tell tells a student's page that something is new. The lock is held.
func (s *seat) tell() {
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

// tellAll tells everybody. The lock is held.
func (c *Class) tellAll() {
	c.touch()
	for _, s := range c.seats {
		s.tell()
	}
}

// Wait waits until the class has another version than seen, or patience or ctx ends. An empty token is the teacher's.
func (c *Class) Wait(ctx context.Context, token string, seen int, patience time.Duration) {
	c.mu.Lock()
	version, changed := c.version, c.changed
	if s := c.seats[token]; s != nil {
		version, changed = s.version, s.changed
		s.seen = c.options.Now()
	}
	c.mu.Unlock()
	if version != seen {
		return
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-changed:
	case <-timer.C:
	case <-ctx.Done():
	}
}
