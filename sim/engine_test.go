package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A field is a toy world: rows that pull at each other through their mean.
type field struct {
	x, next []float64
	blocks  []float64 // sums of x by block
	mean    float64
	told    float64 // by a phase beside another
	diary   []string
}

func newField(rows int) *field {
	f := &field{x: make([]float64, rows), next: make([]float64, rows)}
	for i := range f.x {
		f.x[i] = 1 / float64(i+3)
	}
	return f
}

// phases make each row a number that depends on every row before it, so that a row done twice, left out or read too early
// shows in all that follow. The sum goes block by block, as the engine promises that it may.
func phases(block int) []Phase[field] {
	size := block
	if size == 0 {
		size = BlockRows
	}
	rows := func(f *field) int { return len(f.x) }
	return []Phase[field]{
		{Name: "sum", Rows: rows, Block: block,
			Ready: func(f *field) { f.blocks = make([]float64, len(f.x)/size+1) },
			Each: func(f *field, _, lo, hi int) {
				for i := lo; i < hi; i++ {
					f.blocks[lo/size] += f.x[i]
				}
			}},
		{Name: "mean", Once: func(f *field, _ int) error {
			f.mean = 0
			for _, s := range f.blocks {
				f.mean += s / float64(len(f.x))
			}
			return nil
		}},
		{Name: "count", Beside: "pull", Once: func(f *field, tick int) error { f.told = f.told*.5 + f.mean*float64(tick); return nil }},
		{Name: "pull", Rows: rows, Block: block, Each: func(f *field, tick, lo, hi int) {
			for i := lo; i < hi; i++ {
				y := f.x[(i*7+tick)%len(f.x)]
				f.next[i] = 3.7 * y * (1 - y) * (1 - f.mean/4)
			}
		}},
		{Name: "turn", Once: func(f *field, _ int) error {
			f.x, f.next = f.next, f.x
			f.x[0] = math.Abs(math.Sin(f.x[0] + f.told))
			return nil
		}},
	}
}

func look(f *field) *field { return f }

type notes func(f *field, tick int) error

func (n notes) Observe(f *field, tick int) error { return n(f, tick) }

func run(t *testing.T, e *Engine[field, *field], ends ...int) *field {
	t.Helper()
	for _, end := range ends {
		if err := e.Run(context.Background(), end); err != nil {
			t.Fatal(err)
		}
		if e.Tick != end {
			t.Fatalf("the world is at tick %d, want %d", e.Tick, end)
		}
	}
	return e.World
}

func same(t *testing.T, what string, a, b *field) {
	t.Helper()
	for i := range a.x {
		if math.Float64bits(a.x[i]) != math.Float64bits(b.x[i]) {
			t.Fatalf("%s: row %d is %v, and %v in the plain run", what, i, b.x[i], a.x[i])
		}
	}
}

func TestHowARunIsMadeShowsNowhere(t *testing.T) {
	const rows, ticks = 5000, 25
	for _, block := range []int{0, 1, 64, 5000, 9999} {
		plain := run(t, &Engine[field, *field]{World: newField(rows), View: look, Phases: phases(block), Threads: 1}, ticks)
		for _, threads := range []int{0, 2, 3, 8} {
			got := run(t, &Engine[field, *field]{World: newField(rows), View: look, Phases: phases(block), Threads: threads}, ticks)
			same(t, fmt.Sprintf("block %d, %d threads", block, threads), plain, got)
		}
		idle := slices.Insert(phases(block), 2, Phase[field]{Name: "rest", Once: func(*field, int) error { return nil }},
			Phase[field]{Name: "sleep", Rows: func(*field) int { return 10 }, Each: func(*field, int, int, int) {}})
		same(t, "idle phases", plain, run(t, &Engine[field, *field]{World: newField(rows), View: look, Phases: idle, Threads: 3}, ticks))
		same(t, "a run in three parts", plain, run(t, &Engine[field, *field]{World: newField(rows), View: look, Phases: phases(block), Threads: 2}, 1, 11, ticks))
		seen := 0
		watched := &Engine[field, *field]{World: newField(rows), View: look, Phases: phases(block), Threads: 2,
			Observers: []Observer[*field]{notes(func(*field, int) error { seen++; return nil })}}
		same(t, "an observer", plain, run(t, watched, ticks))
		if seen != ticks+1 {
			t.Errorf("the observer saw %d ticks, want the start and %d", seen, ticks)
		}
	}
	a, b := newField(rows), run(t, &Engine[field, *field]{World: newField(rows), View: look, Phases: phases(0)}, 1)
	if slices.Equal(a.x, b.x) {
		t.Error("the toy does not move: this test would see nothing")
	}
}

// A tick is the phases in their order, the check, the observers in theirs. Phases that are not due are passed over.
func TestOrderOfATick(t *testing.T) {
	once := func(name string) Phase[field] {
		return Phase[field]{Name: name, Once: func(f *field, tick int) error {
			f.diary = append(f.diary, fmt.Sprint(name, tick))
			return nil
		}}
	}
	write := func(name string) func(f *field) { return func(f *field) { f.diary = append(f.diary, name) } }
	even := once("b")
	even.When = func(tick int) bool { return tick%2 == 0 }
	each := Phase[field]{Name: "c", Rows: func(*field) int { return 5 }, Block: 2, Ready: write("ready"),
		Each: func(f *field, tick, lo, hi int) { f.diary = append(f.diary, fmt.Sprint("c", tick, ":", lo, "-", hi)) }}
	never := each
	never.When, never.Ready = func(int) bool { return false }, write("never")
	observer := func(name string) notes {
		return func(f *field, tick int) error { f.diary = append(f.diary, fmt.Sprint(name, tick)); return nil }
	}
	e := &Engine[field, *field]{World: newField(1), View: look, Phases: []Phase[field]{once("a"), even, never, each, once("d")}, Threads: 1,
		Check:     func(f *field, tick int) error { f.diary = append(f.diary, fmt.Sprint("check", tick)); return nil },
		Observers: []Observer[*field]{observer("x"), observer("y")}}
	got := strings.Join(run(t, e, 2).diary, " ")
	want := "x0 y0 " +
		"a1 ready c1:0-2 c1:2-4 c1:4-5 d1 check1 x1 y1 " +
		"a2 b2 ready c2:0-2 c2:2-4 c2:4-5 d2 check2 x2 y2"
	if got != want {
		t.Errorf("the ticks went\n%s, want\n%s", got, want)
	}
	if got := strings.Join(run(t, e, 2, 3).diary, " "); !strings.HasPrefix(got, want+" a3 ") {
		t.Errorf("a run that goes on shows an old tick again: %s", got)
	}
}

// A phase beside another runs once a tick, alone when it can run beside nothing: where an Each of one block, of another name or not due
// follows, or a Once.
func TestBesideIsDoneOnce(t *testing.T) {
	for _, threads := range []int{1, 2} {
		write := func(name string) func(*field, int) error {
			return func(f *field, tick int) error { f.diary = append(f.diary, fmt.Sprint(name, tick)); return nil }
		}
		odd := func(tick int) bool { return tick%2 == 1 }
		each := func(name string, when func(int) bool) Phase[field] {
			return Phase[field]{Name: name, Rows: func(*field) int { return 1 }, When: when, Ready: func(f *field) { f.diary = append(f.diary, "ready") },
				Each: func(f *field, tick, _, _ int) { f.diary = append(f.diary, fmt.Sprint(name, tick)) }}
		}
		e := &Engine[field, *field]{World: newField(1), View: look, Threads: threads, Phases: []Phase[field]{
			{Name: "a", Once: write("a"), Beside: "b"}, each("b", nil), each("c", nil), {Name: "d", Once: write("d"), Beside: "e"}, each("e", odd),
			{Name: "f", Once: write("f")}, {Name: "g", Once: write("g"), Beside: "k"}, {Name: "h", Once: write("h"), Beside: "k"}, each("i", nil), each("k", odd)}}
		got := strings.Join(run(t, e, 2).diary, " ")
		want := "ready a1 b1 ready c1 ready d1 e1 f1 g1 h1 ready i1 ready k1 ready a2 b2 ready c2 d2 f2 g2 h2 ready i2"
		if got != want {
			t.Errorf("%d threads: the ticks went\n%s, want\n%s", threads, got, want)
		}
	}
}

// A phase beside another does not hold it up: it may even wait for all of its blocks but the one that its own worker is left. Its error
// ends the run when both have ended, on one worker too.
func TestBesideRunsBeside(t *testing.T) {
	drought := errors.New("no rain")
	for _, threads := range []int{1, 2, 3, 8} {
		var blocks atomic.Int64
		most := make(chan struct{})
		if threads == 1 {
			close(most)
		}
		e := &Engine[field, *field]{World: newField(1), View: look, Threads: threads, Phases: []Phase[field]{
			{Name: "wait", Beside: "work", Once: func(*field, int) error {
				select {
				case <-most:
					return drought
				case <-time.After(time.Minute):
					return errors.New("nothing runs beside")
				}
			}},
			{Name: "work", Rows: func(*field) int { return 50 }, Block: 1, Each: func(*field, int, int, int) {
				if blocks.Add(1) == 50 && threads > 1 {
					close(most)
				}
			}}}}
		if err := e.Run(context.Background(), 1); !errors.Is(err, drought) || err.Error() != "tick 1: wait: no rain" || e.Tick != 0 {
			t.Errorf("%d threads: %v at tick %d, want the error of the phase that waits", threads, err, e.Tick)
		}
		if n := blocks.Load(); n != 50 {
			t.Errorf("%d threads: %d of 50 blocks were done", threads, n)
		}
	}
}

// When a phase beside another panics, nobody works on behind the back of who recovers.
func TestBesidePanics(t *testing.T) {
	var blocks atomic.Int64
	e := &Engine[field, *field]{World: newField(1), View: look, Threads: 3, Phases: []Phase[field]{
		{Name: "break", Beside: "work", Once: func(*field, int) error { panic("broken") }},
		{Name: "work", Rows: func(*field) int { return 50 }, Block: 1, Each: func(*field, int, int, int) { time.Sleep(time.Millisecond); blocks.Add(1) }}}}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_ = e.Run(context.Background(), 1)
	}()
	if n := blocks.Load(); n != 50 {
		t.Errorf("%d of 50 blocks were done when the panic came out: others work on", n)
	}
}

// When a worker panics, whoever called hears of it, with where it was, when all have ended: the process goes on.
func TestWorkersPanic(t *testing.T) {
	var once atomic.Bool
	e := &Engine[field, *field]{World: newField(1), View: look, Threads: 2, Phases: []Phase[field]{
		{Name: "wait", Beside: "work", Once: func(*field, int) error { // the caller's part: so the other worker has all blocks
			for !once.Load() {
				time.Sleep(time.Millisecond)
			}
			return nil
		}},
		{Name: "work", Rows: func(*field) int { return 4 }, Block: 1, Each: func(*field, int, int, int) { once.Store(true); panic("broken rule") }}}}
	defer func() {
		if told := fmt.Sprint(recover()); !strings.HasPrefix(told, "broken rule\n") || !strings.Contains(told, "TestWorkersPanic") {
			t.Errorf("told of the panic: %s", told)
		}
	}()
	_ = e.Run(context.Background(), 1)
	t.Error("no panic")
}

// Each block is handed out once, however many workers reach for it at the same time.
func TestBlocksAreHandedOutOnce(t *testing.T) {
	var times [64]atomic.Int32
	e := &Engine[field, *field]{World: newField(1), View: look, Threads: 8, Phases: []Phase[field]{
		{Name: "count", Rows: func(*field) int { return len(times) }, Block: 1, Each: func(_ *field, _, lo, _ int) { times[lo].Add(1) }}}}
	const ticks = 5000
	run(t, e, ticks)
	for k := range times {
		if n := times[k].Load(); n != ticks {
			t.Fatalf("in %d ticks block %d was handed out %d times", ticks, k, n)
		}
	}
}

// A worker takes much at first, then less, one block at least, and never more than is left.
func TestRunLength(t *testing.T) {
	for _, c := range []struct{ left, workers, want int }{
		{0, 2, 0}, {1, 2, 1}, {7, 2, 1}, {15, 2, 1}, {16, 2, 2}, {108, 2, 13}, {108, 8, 3}, {3, 64, 1},
	} {
		if got := runLength(c.left, c.workers); got != c.want {
			t.Errorf("%d blocks left, %d workers: %d, want %d", c.left, c.workers, got, c.want)
		}
	}
}

// Blocks do not depend on the number of workers, and each is handed out once.
func TestBlocksAreFixed(t *testing.T) {
	for _, c := range []struct {
		rows, block int
		want        string
	}{
		{2500, 0, "0-1024 1024-2048 2048-2500"}, {1024, 0, "0-1024"}, {0, 0, ""}, {1, 0, "0-1"},
		{7, 3, "0-3 3-6 6-7"}, {3, 1, "0-1 1-2 2-3"},
	} {
		for _, threads := range []int{1, 2, 3, 8} {
			var lock sync.Mutex
			var got [][2]int
			e := &Engine[field, *field]{World: newField(1), View: look, Threads: threads, Phases: []Phase[field]{{
				Name: "count", Rows: func(*field) int { return c.rows }, Block: c.block, Each: func(_ *field, _, lo, hi int) {
					lock.Lock()
					defer lock.Unlock()
					got = append(got, [2]int{lo, hi})
				}}}}
			run(t, e, 1)
			slices.SortFunc(got, func(a, b [2]int) int { return a[0] - b[0] })
			var said []string
			for _, b := range got {
				said = append(said, fmt.Sprint(b[0], "-", b[1]))
			}
			if have := strings.Join(said, " "); have != c.want {
				t.Errorf("%d rows by %d on %d threads: blocks %s, want %s", c.rows, c.block, threads, have, c.want)
			}
		}
	}
}

// A run that is stopped stands between two ticks, and goes on as if it had not been.
func TestStop(t *testing.T) {
	plain := run(t, &Engine[field, *field]{World: newField(3000), View: look, Phases: phases(0), Threads: 2}, 9)
	ctx, stop := context.WithCancel(context.Background())
	var seen []int
	e := &Engine[field, *field]{World: newField(3000), View: look, Threads: 2, Observers: []Observer[*field]{notes(func(_ *field, tick int) error {
		seen = append(seen, tick)
		return nil
	})}}
	e.Phases = slices.Insert(phases(0), 1, Phase[field]{Name: "stop", Once: func(_ *field, tick int) error {
		if tick == 4 {
			stop()
		}
		return nil
	}})
	if err := e.Run(ctx, 9); !errors.Is(err, context.Canceled) {
		t.Fatalf("a stopped run says %v", err)
	}
	if e.Tick != 4 {
		t.Fatalf("stopped at tick %d, want 4: the tick that had begun, whole", e.Tick)
	}
	if err := e.Run(ctx, 9); !errors.Is(err, context.Canceled) || e.Tick != 4 {
		t.Errorf("going on without leave: %v at tick %d", err, e.Tick)
	}
	same(t, "a run that was stopped", plain, run(t, e, 9))
	if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(seen, want) {
		t.Errorf("the observer saw %v, want each tick once", seen)
	}
}

// The start is shown once, however often a run is asked for that does not leave it.
func TestStartIsShownOnce(t *testing.T) {
	var seen []int
	e := &Engine[field, *field]{World: newField(3), View: look, Phases: phases(0), Observers: []Observer[*field]{notes(func(_ *field, tick int) error {
		seen = append(seen, tick)
		return nil
	})}}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	run(t, e, 0)
	if err := e.Run(ctx, 2); !errors.Is(err, context.Canceled) || e.Tick != 0 {
		t.Errorf("a run stopped before it began: %v at tick %d", err, e.Tick)
	}
	run(t, e, 0, 2)
	if want := []int{0, 1, 2}; !slices.Equal(seen, want) {
		t.Errorf("the observer saw %v, want %v", seen, want)
	}
}

// What goes wrong says where and when, keeps its cause, and ends the run there.
func TestErrorsSayWhere(t *testing.T) {
	drought := errors.New("no rain")
	at := func(when int) func(*field, int) error {
		return func(_ *field, tick int) error {
			if tick == when {
				return drought
			}
			return nil
		}
	}
	late := 0
	after := Phase[field]{Name: "after", Once: func(_ *field, tick int) error { late = tick; return nil }}
	for _, c := range []struct {
		name, want string
		tick, late int
		engine     Engine[field, *field]
	}{
		{"a phase", "tick 3: harvest: no rain", 2, 2, Engine[field, *field]{Phases: []Phase[field]{{Name: "harvest", Once: at(3)}, after}}},
		{"a check", "tick 3: no rain", 3, 3, Engine[field, *field]{Phases: []Phase[field]{after}, Check: at(3)}},
		{"an observer", "tick 3: no rain", 3, 3, Engine[field, *field]{Phases: []Phase[field]{after}, Observers: []Observer[*field]{notes(at(3))}}},
		{"an observer of the start", "tick 0: no rain", 0, 0, Engine[field, *field]{Phases: []Phase[field]{after}, Observers: []Observer[*field]{notes(at(0))}}},
	} {
		late = 0
		c.engine.World, c.engine.View = newField(1), look
		err := c.engine.Run(context.Background(), 5)
		if !errors.Is(err, drought) || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		if c.engine.Tick != c.tick || late != c.late {
			t.Errorf("%s: the world stands at tick %d, its last phase at %d: want %d, %d", c.name, c.engine.Tick, late, c.tick, c.late)
		}
	}
}

// A phase is Each with Rows, or Once; anything else is refused before the first tick.
func TestPhaseOfNoKind(t *testing.T) {
	rows := func(*field) int { return 1 }
	each := func(*field, int, int, int) {}
	once := func(*field, int) error { return nil }
	for _, c := range []struct {
		phase Phase[field]
		want  string
	}{
		{Phase[field]{Name: "none"}, `phase "none": want Each or Once, and not both`},
		{Phase[field]{Name: "both", Rows: rows, Each: each, Once: once}, `phase "both": want Each or Once, and not both`},
		{Phase[field]{Name: "rowless", Each: each}, `phase "rowless": Rows goes with Each`},
		{Phase[field]{Name: "rows", Rows: rows, Once: once}, `phase "rows": Rows goes with Each`},
		{Phase[field]{Name: "beside", Rows: rows, Each: each, Beside: "x"}, `phase "beside": Beside goes with Once`},
		{Phase[field]{Name: "beside", Once: once, Beside: "x"}, `phase "beside": is to run beside "x", and no Each of that name follows`},
	} {
		shown := false
		e := &Engine[field, *field]{World: newField(1), View: look, Phases: []Phase[field]{c.phase},
			Observers: []Observer[*field]{notes(func(*field, int) error { shown = true; return nil })}}
		if err := e.Run(context.Background(), 1); err == nil || err.Error() != c.want || shown {
			t.Errorf("%v, start shown: %v; want %s", err, shown, c.want)
		}
	}
}
