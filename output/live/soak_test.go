//go:build soak

package live

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"agglo/output/live/session"
)

var (
	soakTime = flag.Duration("soak", 10*time.Minute, "how long clients come and go")
	soakSeed = flag.Uint64("seed", 0, "of what clients do; 0 = one from the clock")
)

// Of a soak: how many clients are there at once, beside the students of a class; after what a session ends that nobody
// watches, and a reader is cut off that takes nothing.
const (
	kinds    = 6 // of clients
	guests   = 8
	students = 4
	soakIdle = 3 * time.Second
	soakSlow = 3 * time.Second
)

// What may grow from the first half of the pauses behind the warm-up to the second, as means. In a pause all visits are over and their
// sessions have ended, so that what is counted does not hang on how busy the machine is; a few connections of the class may come and
// go. What is left at the end is looked for without any bound.
const (
	mostBytes      = 4 << 20
	mostGoroutines = 8
	mostFiles      = 8
	pauses         = 12 // in all; a sixth of them is warm-up
)

// A sample is what the process holds at a time, after a collection.
type sample struct {
	at                      time.Duration
	heap                    int64
	goroutines, files       int
	sessions, streams       int
	visits, requests, tasks int64
}

// A soak is a class and a server for as long as the test lasts, and what clients have come upon.
type soak struct {
	*room
	ctx      context.Context // done when nobody comes any more
	seed     uint64
	begun    time.Time
	scripts  []*script
	requests atomic.Int64
	visits   [kinds]atomic.Int64
	waits    atomic.Int64 // told to wait
	gave     atomic.Int64 // sessions that gave way to others before anybody watched them
	tasks    atomic.Int64 // that the teacher has set
	compared atomic.Int64 // tables that have the right bytes

	calm sync.RWMutex // held to read by whoever does something, and to write in a pause

	mu    sync.Mutex
	wrong []string
}

// fault notes what should not have been.
func (s *soak) fault(format string, values ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.wrong) < 20 {
		s.wrong = append(s.wrong, fmt.Sprintf(format, values...))
	}
}

// files counts the open descriptors; 0 where the system does not tell.
func files() int {
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(all)
}

func (s *soak) sample() sample {
	x := sample{at: time.Since(s.begun), heap: memory(), goroutines: runtime.NumGoroutine(), files: files(), requests: s.requests.Load(), tasks: s.tasks.Load()}
	for k := range s.visits {
		x.visits += s.visits[k].Load()
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	x.sessions, x.streams = len(s.server.sessions), s.server.streams
	return x
}

func (s *soak) tell(x sample) {
	s.Logf("%8s %8.1f MB %10d %11d %8d %8d %8d %9d", x.at.Round(time.Second/10), float64(x.heap)/(1<<20), x.goroutines, x.files, x.sessions, x.streams, x.visits, x.requests)
}

// For minutes clients of all kinds come and go: those who work, those who go without a word, read slowly, send garbage or fall
// asleep, and a class with a hostile student in it. Whoever works gets the right bytes all the while, nothing grows, and when all
// have gone nothing of them is left.
func TestSoak(t *testing.T) {
	seed := *soakSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1_000_000
	}
	t.Logf("seed %d (again: -args -seed %d), %s", seed, seed, *soakTime)
	s := &soak{seed: seed, room: teaching(t, func(o *Options) {
		o.Idle, o.Patience, o.Sessions, o.Rate, o.Burst = soakIdle, soakSlow, 20, 10, 20
	})}
	for k := range uint64(12) {
		s.scripts = append(s.scripts, newScript(t, int(k), 1+k/4))
	}
	dir := program(t)
	if err := os.WriteFile(filepath.Join(dir, "tiny.yaml"), []byte(tiny), 0o666); err != nil { // that the command line names
		t.Fatal(err)
	}
	first := s.visitor(rand.New(rand.NewPCG(seed, guests+students)))
	first.study() // what the process makes once and keeps is there before anything is counted
	first.client.CloseIdleConnections()
	before := s.rest(sample{}, 0)
	s.begun, before.at = time.Now(), 0
	s.Logf("%8s %11s %10s %11s %8s %8s %8s %9s", "time", "heap", "goroutines", "descriptors", "sessions", "watched", "visits", "requests")
	s.tell(before)
	samples := s.soak(dir)
	after := s.rest(before, 0)
	s.tell(after)
	s.judge(before, after, samples)
}

// rest waits until all is quiet, at most for half a minute: no more sessions than may stay, and no more open than in a sample before.
func (s *soak) rest(before sample, stay int) sample {
	http.DefaultClient.CloseIdleConnections()
	last := s.sample()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		time.Sleep(time.Second)
		x := s.sample()
		same := x.goroutines == last.goroutines && x.files == last.files && x.sessions <= stay
		if last = x; same && (before.goroutines == 0 || x.goroutines <= before.goroutines && x.files <= before.files) {
			break
		}
	}
	return last
}

// pause lets everybody finish what they do, waits until their sessions have ended, and counts what is there still.
func (s *soak) pause() sample {
	s.calm.Lock()
	defer s.calm.Unlock()
	return s.rest(sample{}, 1) // that of the control
}

// act does a step of a client, between pauses.
func (s *soak) act(step func()) {
	s.calm.RLock()
	defer s.calm.RUnlock()
	if s.ctx.Err() == nil {
		step()
	}
}

// soak lets clients come and go and gives what was counted in the pauses.
func (s *soak) soak(dir string) (samples []sample) {
	ctx, cancel := context.WithTimeout(context.Background(), *soakTime)
	defer cancel()
	s.ctx = ctx
	var group sync.WaitGroup
	for k := range guests {
		group.Go(func() { s.receive(uint64(k)) })
	}
	s.teach(&group)
	control := s.control()
	every := time.NewTicker(min(10*time.Second, max(time.Second, *soakTime/60)))
	defer every.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-every.C:
			s.tell(s.sample())
			if time.Since(s.begun) > *soakTime/pauses*time.Duration(len(samples)+1) {
				samples = append(samples, s.pause())
				s.Log("in a pause:")
				s.tell(samples[len(samples)-1])
			}
		}
	}
	group.Wait()
	line, table := control()
	if want := series(s.T, dir, line, "control"); table != want {
		s.Errorf("the control session's table has %d bytes, that of %q %d others", len(table), line, len(want))
	} else {
		s.Logf("the control session's table has the %d bytes in %d lines of its command line, with %d changes and %d policies", len(table), strings.Count(table, "\n"),
			strings.Count(line, " --set "), strings.Count(line, " --policy "))
	}
	return samples
}

// receive lets one client after another in until nobody comes any more.
func (s *soak) receive(place uint64) {
	rng := rand.New(rand.NewPCG(s.seed, place))
	for s.ctx.Err() == nil {
		kind := rng.IntN(kinds)
		s.act(func() {
			v := s.visitor(rng)
			customs[kind].visit(v)
			v.client.CloseIdleConnections()
			s.visits[kind].Add(1)
		})
		time.Sleep(time.Duration(rng.IntN(100)) * time.Millisecond)
	}
}

// judge holds the samples against what may be.
func (s *soak) judge(before, after sample, samples []sample) {
	for _, w := range s.wrong {
		s.Error(w)
	}
	for k, c := range customs {
		if s.Logf("%6d visits: %s", s.visits[k].Load(), c.name); s.visits[k].Load() == 0 {
			s.Errorf("nobody came who %s", c.name)
		}
	}
	s.Logf("%d requests, %d times told to wait, %d sessions gave way to others, %d tasks of the class, %d tables with the right bytes",
		s.requests.Load(), s.waits.Load(), s.gave.Load(), s.tasks.Load(), s.compared.Load())
	settled := samples[len(samples)/6:]
	if len(settled) < 4 {
		s.Fatalf("%d pauses behind the warm-up are too few to say anything: soak for longer", len(settled))
	}
	for _, c := range []struct {
		what string
		of   func(sample) int64
		most int64
	}{
		{"bytes of heap", func(x sample) int64 { return x.heap }, mostBytes},
		{"goroutines", func(x sample) int64 { return int64(x.goroutines) }, mostGoroutines},
		{"descriptors", func(x sample) int64 { return int64(x.files) }, mostFiles},
	} {
		first, last := mean(settled[:len(settled)/2], c.of), mean(settled[len(settled)-len(settled)/2:], c.of)
		s.Logf("%s in pauses: mean of the first half %.1f, of the second half %.1f, at most %d more", c.what, first, last, c.most)
		if last-first > float64(c.most) {
			s.Errorf("%s have grown from %.1f to %.1f: want at most %d more", c.what, first, last, c.most)
		}
		if left := c.of(after) - c.of(before); left > 0 && c.most != mostBytes || left > c.most {
			s.Errorf("%d %s are left when all have gone", left, c.what)
		}
	}
	if after.sessions != 0 || after.streams != 0 {
		s.Errorf("%d sessions and %d watchers are left when all have gone", after.sessions, after.streams)
	}
}

func mean(samples []sample, of func(sample) int64) float64 {
	sum := 0.0
	for _, x := range samples {
		sum += float64(of(x)) / float64(len(samples))
	}
	return sum
}

// control opens a session that is watched from beginning to end, plays all the while, and is told of sliders and policies. What comes
// back stops it and gives the command line that it shows, and its table.
func (s *soak) control() func() (line, table string) {
	v := s.visitor(rand.New(rand.NewPCG(s.seed, guests+students+1)))
	spec := session.Spec{Scenario: "tiny", File: tiny, Seed: 11}
	path, leave := v.sit(spec, 0)
	v.settle(path)
	pace := min(4, 1500/soakTime.Seconds())
	v.say(path, map[string]any{"do": "pace", "pace": pace})
	v.say(path, map[string]any{"do": "play", "on": true, "tick": session.MaxTicks})
	var group sync.WaitGroup
	group.Go(func() {
		for k := range 20 {
			select {
			case <-s.ctx.Done():
				return
			case <-time.After(*soakTime / 20):
			}
			if k%2 == 0 {
				v.say(path, map[string]any{"do": "set", "path": "knowledge.innovation", "value": fmt.Sprint(1 + k%5), "now": true})
				continue
			}
			st := v.state(path)
			policies := append(st.Spec.Policies, session.Policy{Instrument: "subsidy", From: st.Tick + 2, To: st.Tick + 10, Intensity: 1 + v.rng.Float64()})
			v.say(path, map[string]any{"do": "policies", "policies": policies[max(0, len(policies)-12):]})
		}
	})
	return func() (string, string) {
		group.Wait()
		v.say(path, map[string]any{"do": "play", "on": false})
		st := v.settle(path)
		status, table := v.ask("GET", path+"/series.csv", "")
		if status != 200 || st.Tick == 0 {
			s.Errorf("the control session at tick %d: %d", st.Tick, status)
		}
		leave()
		v.client.CloseIdleConnections()
		return st.Command, table
	}
}
