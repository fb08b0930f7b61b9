package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"agglo/internal/process"
)

// The child of the tests of kills and of short writes does a batch in a folder until it is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("BATCH_TEST_DIR"); dir != "" {
		o := options(2)
		o.Resume = true
		if os.Getenv("BATCH_TEST_SYNC") == "never" {
			o.Sync = nil
		}
		if _, err := Run(context.Background(), plan(dir, 400), o, slow); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func plan(dir string, runs int) Plan {
	return Plan{Dir: dir, Runs: runs, Identity: "test", Tables: []Table{{"runs", "run,x"}, {"series", "run,tick,y"}, {"failures", "run,why"}}}
}

func options(workers int) Options {
	host, _ := os.Hostname()
	return Options{
		Workers: workers, Sync: time.Tick(5 * time.Millisecond), Owner: Owner{Host: host, PID: os.Getpid(), Started: "now"},
		Failed: func(run int, err error) []Row { return []Row{{2, fmt.Appendf(nil, "%d,%v", run, err)}} },
	}
}

// job gives rows that depend on the run alone, of differing numbers.
func job(_ context.Context, run int) ([]Row, error) {
	rows := []Row{{0, fmt.Appendf(nil, "%d,%v", run, float64(run)/3)}}
	for tick := range run % 5 {
		rows = append(rows, Row{1, fmt.Appendf(nil, "%d,%d,%d", run, tick, run*tick)})
	}
	return rows, nil
}

func slow(ctx context.Context, run int) ([]Row, error) {
	time.Sleep(time.Millisecond)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return job(ctx, run)
}

// merged gives the tables of folders, one after another; every run must be there.
func merged(t testing.TB, p Plan, dirs ...string) string {
	t.Helper()
	if len(dirs) == 0 {
		dirs = []string{p.Dir}
	}
	m, err := p.Merge(context.Background(), dirs, p.Dir, false)
	if err != nil || m.Missing > 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	text := ""
	for _, table := range p.Tables {
		data, err := os.ReadFile(filepath.Join(p.Dir, table.Name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		text += string(data)
	}
	if left, _ := filepath.Glob(filepath.Join(p.Dir, "*.part")); len(left) > 0 {
		t.Fatalf("left behind: %v", left)
	}
	return text
}

func must(t testing.TB, p Plan, o Options, job Job) Result {
	t.Helper()
	r, err := Run(context.Background(), p, o, job)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// whole is what an undisturbed batch of one worker gives.
func whole(t testing.TB, runs int) string {
	p := plan(t.TempDir(), runs)
	if r := must(t, p, options(1), job); r.Done != runs || r.Left != 0 || r.Failed != 0 {
		t.Fatalf("%+v", r)
	}
	return merged(t, p)
}

func TestTables(t *testing.T) {
	want := "run,x\n0,0\n1,0.3333333333333333\n2,0.6666666666666666\nrun,tick,y\n1,0,0\n2,0,0\n2,1,2\nrun,why\n"
	if got := whole(t, 3); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Workers, shards in one folder or in several, and their order do not show.
func TestSameBytes(t *testing.T) {
	want := whole(t, 60)
	for _, workers := range []int{2, 7, 100} {
		p := plan(t.TempDir(), 60)
		must(t, p, options(workers), job)
		if merged(t, p) != want {
			t.Errorf("%d workers: other bytes", workers)
		}
	}
	one := plan(t.TempDir(), 60)
	var dirs []string
	for _, text := range []string{"2-59:3", "0-59:3", "1-59:3"} {
		o := options(2)
		o.Index, _ = ParseIndex(text)
		must(t, one, o, job)
		alone := plan(t.TempDir(), 60)
		must(t, alone, o, job)
		dirs = append(dirs, alone.Dir)
	}
	if merged(t, one) != want {
		t.Error("shards in one folder: other bytes")
	}
	if merged(t, plan(t.TempDir(), 60), dirs...) != want {
		t.Error("shards in three folders: other bytes")
	}
}

// A process that is killed at any moment loses nothing that was synced, and the batch goes on to the same bytes.
func TestKill(t *testing.T) {
	want := whole(t, 400)
	p := plan(t.TempDir(), 400)
	kills, kept := 0, 0
	for {
		cmd := exec.Command(os.Args[0], "-test.run=NONE")
		cmd.Env = append(os.Environ(), "BATCH_TEST_DIR="+p.Dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			if merged(t, p) != want {
				t.Error("other bytes")
			}
			if kills < 2 {
				t.Errorf("killed only %d times", kills)
			}
			return
		case <-time.After(time.Duration(100+20*kills) * time.Millisecond): // longer each time: a busy machine may take that long to begin
			_ = cmd.Process.Kill()
			<-ended
			kills++
		}
		m, err := p.Merge(context.Background(), []string{p.Dir}, p.Dir, true)
		if err != nil || m.Runs < kept {
			t.Fatalf("after kill %d: %d runs are left of %d, %v", kills, m.Runs, kept, err)
		}
		kept = m.Runs
	}
}

// A byte changed anywhere in the files, or an end torn off, is found; those runs are done again.
func TestDamage(t *testing.T) {
	const runs = 12
	want := whole(t, runs)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		p := plan(dir, runs)
		must(t, p, options(1), job)
		path := filepath.Join(dir, JournalDir, "0.jsonl")
		if rapid.Bool().Draw(rt, "data") {
			path = filepath.Join(dir, DataDir, "0.csv")
		}
		data, err := os.ReadFile(path)
		if err != nil {
			rt.Fatal(err)
		}
		at := rapid.IntRange(0, len(data)-1).Draw(rt, "at")
		if rapid.Bool().Draw(rt, "torn") {
			data = data[:at]
		} else {
			data[at] ^= byte(rapid.IntRange(1, 255).Draw(rt, "bits"))
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			rt.Fatal(err)
		}
		m, err := p.Merge(context.Background(), []string{dir}, dir, true)
		if err != nil || m.Missing == 0 && m.Damaged > 0 {
			rt.Fatalf("%+v, %v", m, err)
		}
		o := options(2)
		o.Resume = true
		r := must(t, p, o, job)
		if r.Done != m.Missing {
			rt.Fatalf("%d runs were missing, %d were done", m.Missing, r.Done)
		}
		if merged(t, p) != want {
			rt.Fatal("other bytes")
		}
		if again := must(t, p, o, job); again.Done != 0 || again.Damaged != 0 || again.Before != runs {
			rt.Fatalf("the files were not repaired: %+v", again)
		}
	})
}

// Stopping at a random moment keeps what has ended.
func TestStop(t *testing.T) {
	want := whole(t, 100)
	p := plan(t.TempDir(), 100)
	o := options(3)
	o.Resume = true
	for stops := 0; ; stops++ {
		ctx, cancel := context.WithCancel(context.Background())
		var ended atomic.Int64
		o.Ended = func(int, error) {
			if ended.Add(1) == 17 {
				cancel()
			}
		}
		r, err := Run(ctx, p, o, slow)
		cancel()
		if err == nil {
			if stops < 4 {
				t.Errorf("stopped only %d times", stops)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || r.Done < 17 || r.Before+r.Done+r.Left != 100 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if merged(t, p) != want {
		t.Error("other bytes")
	}
}

// A disk without room for rows.
func TestFullDisk(t *testing.T) {
	want := whole(t, 50)
	p := plan(t.TempDir(), 50)
	for _, dir := range []string{JournalDir, DataDir} {
		if err := os.Mkdir(filepath.Join(p.Dir, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(p.Dir, DataDir, "0.csv")
	o := options(2)
	must(t, plan(p.Dir, 50), Options{Workers: 1, Index: Index{limited: true, b: 9, s: 1}, Sync: o.Sync, Owner: o.Owner}, job)
	if err := os.Symlink("/dev/full", path); err != nil {
		t.Fatal(err)
	}
	o.Resume = true
	if _, err := Run(context.Background(), p, o, slow); err == nil || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), "/0.") {
		t.Error(err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("rows for which nothing vouches are left")
	}
	if r := must(t, p, o, job); r.Before < 10 {
		t.Errorf("only %d runs were kept", r.Before)
	}
	if merged(t, p) != want {
		t.Error("other bytes")
	}
}

// A disk without room for the journal: rows of which it does not tell count for nothing, and the fault stays.
func TestFullDiskOfTheJournal(t *testing.T) {
	want := whole(t, 50)
	p, o := plan(t.TempDir(), 50), options(1)
	must(t, p, Options{Workers: 1, Index: Index{limited: true, b: 9, s: 1}, Sync: o.Sync, Owner: o.Owner}, job)
	s := p.store(Index{}, 0)
	if err := s.begin(); err != nil {
		t.Fatal(err)
	}
	var err error
	if err = s.journal.Close(); err != nil {
		t.Fatal(err)
	}
	if s.journal, err = os.OpenFile("/dev/full", os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	rows, _ := job(context.Background(), 20)
	block, err := p.block(rows)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.keep(p, 20, statusDone, block); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.sync(); err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("synced: %v", err)
		}
	}
	if err := s.keep(p, 21, statusDone, block); err == nil {
		t.Error("a run was kept behind the fault")
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	o.Resume = true
	if r := must(t, p, o, job); r.Before != 10 || r.Done != 40 {
		t.Errorf("%+v, want 10 runs kept", r)
	}
	if merged(t, p) != want {
		t.Error("other bytes")
	}
}

// A task that is put back into the queue takes over its own lock. The process that had it works on for a while, because it asks for its lock
// only when it syncs: what it writes meanwhile spoils nothing, and it is told.
func TestTakenOver(t *testing.T) {
	want := whole(t, 30)
	p := plan(t.TempDir(), 30)
	turns, done := make(chan bool), make(chan bool)
	lost := options(1)
	lost.Sync, lost.Owner = nil, Owner{Host: "node1", PID: 1001, Task: "7_1"}
	lost.Ended = func(int, error) { done <- true }
	told := make(chan error)
	go func() {
		_, err := Run(context.Background(), p, lost, func(ctx context.Context, run int) ([]Row, error) {
			<-turns
			return job(ctx, run)
		})
		told <- err
	}()
	lostRun := func() {
		select {
		case turns <- true:
			<-done
		case err := <-told:
			told <- err
		}
	}
	for range 5 {
		lostRun()
	}
	o := options(1)
	o.Resume, o.Owner = true, Owner{Host: "node2", PID: 1002, Task: "7_1"}
	r := must(t, p, o, func(ctx context.Context, run int) ([]Row, error) {
		if run%2 == 0 && run < 20 {
			lostRun() // between two of the successor's
		}
		return job(ctx, run)
	})
	if r.Before != 1 || r.Done != 29 || r.Left != 0 { // the first run was kept at once
		t.Errorf("the successor: %+v", r)
	}
	close(turns)
	for range 16 {
		<-done
	}
	if err := <-told; err == nil || !strings.Contains(err.Error(), "lock") {
		t.Errorf("who has lost its lock was told %v", err)
	}
	if merged(t, p) != want {
		t.Error("other bytes")
	}
}

func TestNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, "/proc/agglo", "/dev/null/x"} {
		if _, err := Run(context.Background(), plan(dir, 3), options(1), job); err == nil {
			t.Errorf("%s: no error", dir)
		}
	}
}

func TestBegun(t *testing.T) {
	p := plan(t.TempDir(), 5)
	must(t, p, options(1), job)
	if _, err := Run(context.Background(), p, options(1), job); !errors.Is(err, ErrBegun) {
		t.Error(err)
	}
}

// One failed run is told, kept and done again on the next session; the others go on. A panic is a failure.
func TestFailures(t *testing.T) {
	p := plan(t.TempDir(), 20)
	broken := true
	faulty := func(ctx context.Context, run int) ([]Row, error) {
		switch {
		case broken && run == 3:
			return nil, errors.New("no firms")
		case broken && run == 11:
			panic("a broken invariant")
		}
		return job(ctx, run)
	}
	r := must(t, p, options(4), faulty)
	if r.Done != 20 || r.Failed != 2 || len(r.Faults) != 2 {
		t.Errorf("%+v", r)
	}
	if text := merged(t, p); !strings.Contains(text, "\n3,no firms\n") || !strings.Contains(text, "\n11,the program broke: a broken invariant; batch/batch_test.go:") {
		t.Error(text)
	}
	broken = false
	o := options(4)
	o.Resume = true
	if r := must(t, p, o, faulty); r.Done != 2 || r.Before != 18 {
		t.Errorf("%+v", r)
	}
	if merged(t, p) != whole(t, 20) {
		t.Error("other bytes")
	}
	broken = true
	p = plan(t.TempDir(), 20)
	o = options(1)
	o.Fast = true
	if r, err := Run(context.Background(), p, o, faulty); !errors.Is(err, ErrFailed) || r.Done != 4 || r.Left != 16 {
		t.Errorf("%+v, %v", r, err)
	}
}

// What processes that were killed left beside the lock goes with the next session; what another machine or a living process may need
// stays.
func TestLeftBesideTheLock(t *testing.T) {
	p := plan(t.TempDir(), 3)
	dir := filepath.Join(p.Dir, JournalDir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	host, _ := os.Hostname()
	stays := map[string]bool{
		fmt.Sprintf("all.lock.%s.%d.123.new", host, dead.Process.Pid):       false,
		fmt.Sprintf("all.lock.%s.%d", host, dead.Process.Pid):               false,
		fmt.Sprintf("all.lock.%s.%d.123.new", host, os.Getppid()):           true,
		fmt.Sprintf("all.lock.far-%s.%d.123.new", host, dead.Process.Pid):   true,
		fmt.Sprintf("index-0-1-1.lock.%s.%d.9.new", host, dead.Process.Pid): true,
		"all.lock." + host + ".mine":                                        true,
	}
	for name := range stays {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	must(t, p, options(1), job)
	for name, want := range stays {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLock(t *testing.T) {
	p := plan(t.TempDir(), 6)
	path := filepath.Join(p.Dir, JournalDir, "all.lock")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	host, _ := os.Hostname()
	o := options(1)
	o.Resume = true
	o.Owner.Task = "4_2"
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	zombie := exec.Command("true") // it ends, and nobody asks how
	if err := zombie.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = zombie.Wait() }()
	mine, _ := process.Birth(os.Getpid())
	parents, _ := process.Birth(os.Getppid())
	for _, ended := process.Birth(zombie.Process.Pid); mine != "" && !ended; _, ended = process.Birth(zombie.Process.Pid) {
		time.Sleep(time.Millisecond)
	}
	told := mine != "" // else the system does not tell
	for name, c := range map[string]struct {
		text string
		free bool
	}{
		"this process":                     {fmt.Sprintf(`{"host":%q,"pid":%d,"birth":%q}`, host, os.Getpid(), mine), false},
		"of this number, before this one":  {fmt.Sprintf(`{"host":%q,"pid":%d,"birth":"another 7"}`, host, os.Getpid()), told},
		"of this number, an old program's": {fmt.Sprintf(`{"host":%q,"pid":%d,"started":"noon"}`, host, os.Getpid()), told},
		"of the parent's number, earlier":  {fmt.Sprintf(`{"host":%q,"pid":%d,"birth":"another 7"}`, host, os.Getppid()), told},
		"living process, with its birth":   {fmt.Sprintf(`{"host":%q,"pid":%d,"birth":%q}`, host, os.Getppid(), parents), false},
		"zombie":                           {fmt.Sprintf(`{"host":%q,"pid":%d,"started":"noon"}`, host, zombie.Process.Pid), told},
		"living process":                   {fmt.Sprintf(`{"host":%q,"pid":%d,"started":"noon"}`, host, os.Getppid()), false},
		"process elsewhere":                {`{"host":"far","pid":7,"started":"noon"}`, false},
		"other task":                       {`{"host":"far","pid":7,"started":"noon","task":"4_3"}`, false},
		"nonsense":                         {`{`, false},
		"dead, by its clock in the future": {fmt.Sprintf(`{"host":%q,"pid":%d,"started":"2999-01-01T00:00:00Z"}`, host, dead.Process.Pid), true},
		"living, of a long time ago":       {fmt.Sprintf(`{"host":%q,"pid":%d,"started":"1970-01-01T00:00:00Z"}`, host, os.Getppid()), false},
		"dead process":                     {fmt.Sprintf(`{"host":%q,"pid":%d}`, host, dead.Process.Pid), true},
		"same task":                        {`{"host":"far","pid":7,"task":"4_2"}`, true},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := Run(context.Background(), p, o, job)
		if c.free && err != nil || !c.free && (!errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "rm '"+path+"'")) {
			t.Errorf("%s: %v", name, err)
		}
		_, err = os.Stat(path)
		if c.free != errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the lock: %v", name, err)
		}
	}
}

// Of many who find a lock whose owner has ended at the same moment, one at most holds it in the end: files that can be made once and renamed
// are enough, so a file system without locks will do.
func TestLockRace(t *testing.T) {
	host, _ := os.Hostname()
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	for round := range 200 {
		path := filepath.Join(t.TempDir(), "all.lock")
		if err := os.WriteFile(path, fmt.Appendf(nil, `{"host":%q,"pid":%d,"task":"7"}`, host, dead.Process.Pid), 0o666); err != nil {
			t.Fatal(err)
		}
		var got [8]*lock
		var group sync.WaitGroup
		for k := range got {
			group.Go(func() {
				l, err := acquire(path, Owner{Host: fmt.Sprint(host, k), PID: os.Getpid(), Started: fmt.Sprint(k), Task: "7"})
				if err == nil {
					got[k] = l
				} else if !errors.Is(err, ErrLocked) {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		group.Wait()
		holders := 0
		for _, l := range got {
			if l != nil && l.held() == nil {
				holders++
			}
		}
		if holders > 1 {
			t.Errorf("round %d: %d hold the lock", round, holders)
		}
	}
}

// Syncs that never come, or come in a burst, as a clock that jumps may make them, change nothing but what a kill would lose.
func TestClockJumps(t *testing.T) {
	want := whole(t, 60)
	burst := make(chan time.Time, 1000)
	for range cap(burst) {
		burst <- time.Time{}
	}
	for name, ticks := range map[string]<-chan time.Time{"never": nil, "burst": burst} {
		p := plan(t.TempDir(), 60)
		o := options(3)
		o.Sync = ticks
		must(t, p, o, job)
		if merged(t, p) != want {
			t.Errorf("%s: other bytes", name)
		}
	}
}

// A process whose lock was broken stops. One that cannot read it, having too many files open, is told so, and not that another is at work.
func TestBrokenLock(t *testing.T) {
	p := plan(t.TempDir(), 100_000)
	o := options(1)
	o.Ended = func(run int, _ error) {
		if run == 5 {
			_ = os.Remove(filepath.Join(p.Dir, JournalDir, "all.lock"))
		}
	}
	if _, err := Run(context.Background(), p, o, slow); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "no longer") {
		t.Error(err)
	}
	unreadable := lock{path: p.Dir} // a folder
	if err := unreadable.held(); err == nil || errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a lock that cannot be read: %v", err)
	}
}

// Results of one run that differ are told, not chosen among.
func TestTwoResults(t *testing.T) {
	p, other := plan(t.TempDir(), 9), plan(t.TempDir(), 9)
	must(t, p, options(1), job)
	must(t, other, options(1), func(ctx context.Context, run int) ([]Row, error) {
		rows, err := job(ctx, run)
		if run == 4 {
			rows = rows[:1]
		}
		return rows, err
	})
	if _, err := p.Merge(context.Background(), []string{p.Dir, other.Dir}, p.Dir, false); err == nil || !strings.Contains(err.Error(), "run 4 was done twice") {
		t.Error(err)
	}
	stranger := other
	stranger.Identity = "another"
	if m, err := stranger.Merge(context.Background(), []string{p.Dir}, t.TempDir(), false); err != nil || m.Missing != 9 || m.Damaged != 9 {
		t.Errorf("%+v, %v", m, err)
	}
}

// Memory does not grow with the number of runs.
func TestMemory(t *testing.T) {
	const runs = 100_000
	p := plan(t.TempDir(), runs)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, most := heap(), uint64(0)
	o := options(2)
	o.Ended = func(run int, _ error) {
		if run%25_000 == 24_999 {
			most = max(most, heap())
		}
	}
	must(t, p, o, job)
	if most > before+4<<20 {
		t.Errorf("%d KB for %d runs", (most-before)>>10, runs)
	}
	if m, err := p.Merge(context.Background(), []string{p.Dir}, p.Dir, false); err != nil || m.Runs != runs {
		t.Errorf("%+v, %v", m, err)
	}
	data, err := os.ReadFile(filepath.Join(p.Dir, "runs.csv"))
	if lines := strings.Split(string(data), "\n"); err != nil || len(lines) != runs+2 || !strings.HasPrefix(lines[77_778], "77777,") {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

func TestParseIndex(t *testing.T) {
	for text, want := range map[string]string{
		"7": "7", "0-9": "0 1 2 3 4 5 6 7 8 9", "1-10:4": "1 5 9", "3-11:100": "3", "": "!", "4-1": "!", "1-5:0": "!", "a": "!", "1-": "!", "-3": "!", "1-5:": "!",
		"99999999999-99999999999": "!",
	} {
		index, err := ParseIndex(text)
		var got []string
		for run := range 12 {
			if err == nil && index.Has(run) {
				got = append(got, strconv.Itoa(run))
			}
		}
		if err != nil {
			got = []string{"!"}
		} else if again, err := ParseIndex(index.String()); err != nil || again != index {
			t.Errorf("%q reads back as %v, %v", text, again, err)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}
