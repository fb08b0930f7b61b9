package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"

	"agglo/internal/study"
	"agglo/model"
	"agglo/model/world"
	"agglo/scenarios"
)

func TestMemoryFree(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for _, c := range []struct {
		files fstest.MapFS
		want  float64
	}{
		{fstest.MapFS{}, math.Inf(1)},
		{fstest.MapFS{"proc/meminfo": file("MemTotal:  900 kB\nMemAvailable:  500 kB\n")}, 512000},
		{fstest.MapFS{"proc/meminfo": file("MemAvailable:  500 kB\n"), "sys/fs/cgroup/memory.max": file("300000\n"), "sys/fs/cgroup/memory.current": file("100000\n")}, 200000},
		{fstest.MapFS{"proc/meminfo": file("MemAvailable:  500 kB\n"), "sys/fs/cgroup/memory.max": file("max\n"), "sys/fs/cgroup/memory.current": file("100000\n")}, 512000},
		{fstest.MapFS{"proc/meminfo": file("nonsense")}, math.Inf(1)},
	} {
		if got := memoryFree(c.files); got != c.want {
			t.Errorf("%v: %g bytes free, want %g", c.files, got, c.want)
		}
	}
}

func TestAddressesLeft(t *testing.T) {
	taken := fstest.MapFS{"proc/self/statm": {Data: []byte("1000 5 4 3 0 2 0\n")}}
	page := float64(os.Getpagesize())
	for _, c := range []struct {
		limit float64
		root  fstest.MapFS
		want  float64
	}{
		{math.Inf(1), taken, math.Inf(1)}, {3000 * page, taken, 2000 * page}, {500 * page, taken, 0}, {3000, fstest.MapFS{}, 3000},
		{3000, fstest.MapFS{"proc/self/statm": {Data: []byte("nonsense")}}, 3000},
	} {
		if got := addressesLeft(c.limit, c.root); got != c.want {
			t.Errorf("%g of %g bytes are left: want %g", got, c.limit, c.want)
		}
	}
}

// A run that may not fit is told of before it begins, and one that cannot is refused; one that fits is neither.
func TestShortOfMemory(t *testing.T) {
	s, err := scenarios.Load("silicon-valley")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	const MB = 1e6
	for _, c := range []struct {
		kB            string  // available
		most          string  // of a group of processes
		limit         float64 // of addresses
		note, refusal string
	}{
		{"4000000", "", math.Inf(1), "", ""},
		{"50000", "", math.Inf(1), "0.1 GB are free", ""},
		{"4000000", "", 4000 * MB, "", ""},
		{"4000000", "", 200 * MB, "0.2 GB are free", ""},
		{"4000000", "", 90 * MB, "", "takes about 0.2 GB of memory, and the limit on what a process may have (ulimit -v) leaves 0.1 GB"},
		{"4000000", "4000000000", math.Inf(1), "", ""},
		{"4000000", "90000000", math.Inf(1), "", "its group of processes (a container, a batch job) may have 0.1 GB in all"},
	} {
		root := fstest.MapFS{"proc/meminfo": {Data: []byte("MemAvailable: " + c.kB + " kB\n")}}
		if c.most != "" {
			root["sys/fs/cgroup/memory.max"] = &fstest.MapFile{Data: []byte(c.most + "\n")}
		}
		note, err := roomFor(needOf([]study.Live{study.Together(setup, 1, 1)}, 1), root, c.limit)
		if !strings.Contains(note, c.note) || (c.note == "") != (note == "") {
			t.Errorf("%+v: note %q", c, note)
		}
		if (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%+v: error %v", c, err)
		}
	}
}

// A run that a limit leaves no room for ends with what it needs and what there is, before anything is touched: the folder that it
// would replace stays as it is.
func TestNoRoom(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "kept", "--ticks", "4", "--no-plots")
	before, err := os.ReadFile("kept/series.csv")
	if err != nil {
		t.Fatal(err)
	}
	huge := "agglo: 1\nid: huge\nstart: {year: 2000}\nticks: 4\norigin: [0, 0]\ncurrency: {code: EUR, labour_cost: 1}\n" +
		"areas:\n  - {id: a, name: A, cell_km: 2, shape: {box_km: [40, 40]}, labour_force: 90000000, land: 90000000}\n" +
		"sectors:\n  - {id: s, name: S, group: g, firms: 10000000, employment: 80000000}\n"
	if err := os.WriteFile("huge.yaml", []byte(huge), 0o666); err != nil {
		t.Fatal(err)
	}
	const limit = "8000000" // kB, enough to begin
	cmd := exec.Command("sh", "-c", "ulimit -v "+limit+` && exec "$0"`, os.Args[0])
	cmd.Env = append(os.Environ(), "AGGLO_TEST_ARGS=run huge.yaml --no-plots -q --force -o kept")
	out, err := cmd.CombinedOutput()
	if said := string(out); err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said, "this run takes about 26.7 GB") || !strings.Contains(said, "(ulimit -v) leaves ") || strings.Contains(said, "goroutine ") {
		t.Errorf("%v: %s", err, said)
	}
	if now, err := os.ReadFile("kept/series.csv"); err != nil || string(now) != string(before) {
		t.Errorf("the folder that was there is another: %v", err)
	}
	if _, err := os.Stat("kept/INCOMPLETE"); err == nil {
		t.Error("the folder that was there is marked as half")
	}
}

// As many worlds count as live at the same time: of jobs in order one a thread, each with all of its worlds.
func TestNeedOfManyWorlds(t *testing.T) {
	sized := func(firms int) model.Setup {
		return model.Setup{Setting: world.Setting{Sectors: []world.Sector{{Firms: firms}}}}
	}
	small, large := sized(1e6), sized(3e6)
	of := func(s model.Setup) float64 { return memoryOf(&s) }
	mixed := []study.Live{study.Together(small, 1, 2), study.Together(large, 2, 1), study.Together(small, 1, 5)}
	for _, c := range []struct {
		kinds                    []study.Live
		threads, worlds, instead int
		bytes                    float64
	}{
		{nil, 3, 0, 1, 0},
		{[]study.Live{study.Together(small, 1, 100)}, 1, 1, 1, of(small)},
		{[]study.Live{study.Together(small, 1, 100)}, 8, 8, 8, 8 * of(small)},
		{[]study.Live{study.Together(small, 2, 3)}, 8, 6, 3, 6 * of(small)},
		{[]study.Live{{Worlds: []*model.Setup{&small, &large}, Jobs: 1}}, 8, 2, 1, of(small) + of(large)},
		{mixed, 1, 2, 1, 2 * of(large)},
		{mixed, 2, 3, 2, of(small) + 2*of(large)},
		{mixed, 100, 9, 8, 7*of(small) + 2*of(large)},
	} {
		got := needOf(c.kinds, c.threads)
		if got.worlds != c.worlds || got.threads != c.instead || math.Abs(got.bytes-c.bytes) > 1 {
			t.Errorf("%d kinds on %d threads: %+v, want %d worlds, %d threads, %g bytes", len(c.kinds), c.threads, got, c.worlds, c.instead, c.bytes)
		}
	}
	_, err := roomFor(needOf([]study.Live{study.Together(small, 1, 100)}, 4), fstest.MapFS{}, 1e9)
	if want := "4 worlds that live at the same time take about 10.7 GB of memory"; err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "fewer --threads") {
		t.Errorf("%v: want %q, and that fewer threads would do", err, want)
	}
}

// Every command that runs worlds looks before it begins whether they fit, all that live at the same time, and leaves no folder behind
// where they do not.
func TestEveryCommandLooksForRoom(t *testing.T) {
	inInquiry(t)
	if err := os.WriteFile("e.yaml", []byte("agglo: 1\nscenario: small.yaml\nreplicates: 4\nticks: 4\npolicies: [none, burn]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	defer func(before func() float64) { addresses = before }(addresses)
	addresses = func() float64 { return 1 } // what is taken already is more
	for _, c := range []struct {
		args   string
		worlds int
	}{
		{"run small.yaml --replicates 4", 4},
		{"run small.yaml --replicates 5", 4},
		{"compare small.yaml --policy burn --replicates 4", 9},
		{"compare small.yaml --policy burn --replicates auto", 9},
		{"sweep e.yaml", 6},
		{"validate T2", 3},
		{"validate T15", 6},
		{"validate --effects", 6},
		{"validate --switches", 3},
		{"claims C1 --replicates 4", 6},
		{"cases small.yaml --seeds 4", 4},
		{"calibrate fit.yaml --particles 10 --checks 2", 3},
		{"optimise mix.yaml", 4},
		{"sensitivity which.yaml", 3},
	} {
		args := append(strings.Fields(c.args), "-o", "new", "--threads", "3")
		code, _, said := call(t, args...)
		if code != 1 || !strings.Contains(said, fmt.Sprintf("%d worlds that live at the same time take about", c.worlds)) || !strings.Contains(said, "nothing has begun") {
			t.Errorf("agglo %s: ends with %d: %s", c.args, code, said)
		}
		if _, err := os.Stat("new"); err == nil {
			t.Errorf("agglo %s: leaves a folder behind", c.args)
			_ = os.RemoveAll("new")
		}
	}
	for _, args := range [][]string{{"bench", "--firms", "1000"}, {"bench", "--growth", "--sizes", "1000,2000", "-o", "new"}} {
		if code, _, said := call(t, args...); code != 1 || !strings.Contains(said, "this run takes about") || !strings.Contains(said, "nothing has begun") {
			t.Errorf("%v: ends with %d: %s", args, code, said)
		}
		if _, err := os.Stat("new"); err == nil {
			t.Errorf("%v: leaves a folder behind", args)
		}
	}
}
