//go:build browser

package live

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"agglo/output/live/class"
)

// lessonLasts is how long the lesson of TestALesson goes on; no round is broken off.
const lessonLasts = 5 * time.Minute

// roundsOfALesson are what the class is set, again and again with other seeds.
var roundsOfALesson = []class.Task{
	{Scenario: "plain", Firms: 1000, Ticks: 80, BurnIn: 20, Policies: []string{"none", "subsidy"}, Metric: "productivity", Deal: class.Random, Each: 1, Seed: 11},
	{Scenario: "plain", Firms: 1000, Ticks: 40, Setting: "knowledge.air", Values: []string{"0", "2"}, Metric: "productivity", Deal: class.Choose, Each: 1, Seed: 12},
	{Scenario: "plain", Firms: 1000, Ticks: 40, Metric: "share_jobs_in_clusters", Deal: class.Random, Each: 1, Seed: 13},
	{Scenario: "plain", Firms: 1000, Ticks: 20, BurnIn: 4, Policies: []string{"none", "subsidy", "infrastructure"}, Metric: "jobs", Deal: class.All, Each: 1, Seed: 14},
}

// taken is what the teacher took away of a round.
type taken struct {
	round int
	task  class.Task
	table string // runs.csv
	file  string // class.yaml
	board struct {
		Students []struct{ Number int }
		Found    struct {
			Arms []struct {
				Label string
				N     int
				Mean  float64
				Dots  []struct {
					Value     float64
					Replicate int
				}
			}
			Sentences []string
		}
	}
}

// A lesson of five minutes: forty students, two of them and the teacher in real browsers, and a hostile one among them. What the
// teacher's page shows is what the command line finds.
func TestALesson(t *testing.T) {
	s := opening(t)
	teacher := s.tab(1280, 800, strings.Replace(s.teacher, "/class#", "/class?lang=en#", 1))
	teacher.wait("window.agglo && agglo.board()")
	base, key, _ := strings.Cut(s.teacher, "/class#")
	boss := &teacherless{t, base, key}
	h := newHostile(t, s.students, base, s.code, "127.0.9.9")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var group sync.WaitGroup
	group.Go(func() { h.attack(ctx) })
	var tabs []*desk
	for range 2 {
		d := s.tab(1280, 800, s.students+"?lang=en#"+s.code)
		d.wait("window.agglo && agglo.view()")
		tabs = append(tabs, d)
	}
	pupils := make([]*pupil, 38)
	for k := range pupils {
		pupils[k] = s.pupil(fmt.Sprintf("127.0.1.%d", k+1))
		pupils[k].join()
	}
	begun, worst := time.Now(), time.Duration(0)
	var all []taken
	for n := 0; n < 2 || time.Since(begun) < lessonLasts; n++ {
		task := roundsOfALesson[n%len(roundsOfALesson)]
		task.Seed += uint64(100 * (n / len(roundsOfALesson)))
		took := s.round(boss, n+1, task, pupils, tabs)
		worst = max(worst, took)
		all = append(all, s.take(boss, n+1, task))
		if seats := len(all[n].board.Students); seats > 43 {
			t.Errorf("round %d: %d seats: want those of 40 students and 3 of the hostile one's address", n+1, seats)
		}
		t.Logf("round %d: %s, %d firms, %d quarters: %.0f s until the last student's world, %.0f s of processor time so far", n+1, task.Deal, task.Firms, task.Ticks, took.Seconds(), s.spent())
		if n == 0 {
			teacher.shot("class-lesson-teacher")
		}
	}
	lasted := time.Since(begun)
	cancel()
	group.Wait()
	peak := s.peak()
	t.Logf("%d rounds in %.0f s; from the order to the last student's world %.0f s at most; the server held %d MB at most", len(all), lasted.Seconds(), worst.Seconds(), peak>>20)
	if peak > 2<<30 {
		t.Errorf("the server held %d MB: want less than 2 GB", peak>>20)
	}
	h.tell()
	if h.guesses+h.joins < 2000 {
		t.Errorf("the hostile student made %d guesses and %d joins only", h.guesses, h.joins)
	}
	for _, x := range all {
		s.compare(x)
	}
}

// round sets a task and waits until everybody has what is hers. It gives how long that took.
func (s *school) round(boss *teacherless, number int, task class.Task, pupils []*pupil, tabs []*desk) time.Duration {
	s.Helper()
	data, err := json.Marshal(map[string]any{"do": "task", "task": task})
	if err != nil {
		s.Fatal(err)
	}
	if status, reply := boss.ask("POST", "/api/class/teacher", string(data)); status != 200 {
		s.Fatalf("%d %s", status, reply)
	}
	worlds := max(1, len(task.Values)) * max(1, len(task.Policies))
	if task.Deal != class.All {
		worlds = 1
	}
	begun := time.Now()
	var group sync.WaitGroup
	for k, p := range pupils {
		group.Go(func() { p.lesson(number, k, task, worlds) })
	}
	for _, d := range tabs {
		d.wait(fmt.Sprintf("agglo.view().round === %d && document.querySelector('#run')", number))
		d.click("#run")
	}
	group.Wait()
	for _, d := range tabs {
		d.wait(fmt.Sprintf("agglo.view().mine.length === %d", worlds))
	}
	took := time.Since(begun)
	if status, reply := boss.ask("POST", "/api/class/teacher", `{"do":"freeze"}`); status != 200 {
		s.Fatalf("%d %s", status, reply)
	}
	if status, reply := pupils[0].post("/api/class/run", fmt.Sprintf(`{"round":%d}`, number)); status != 409 {
		s.Errorf("a late world: %d %s", status, reply)
	}
	if status, reply := boss.ask("POST", "/api/class/teacher", `{"do":"reveal"}`); status != 200 {
		s.Fatalf("%d %s", status, reply)
	}
	for _, d := range tabs {
		d.wait("document.querySelector('#strip svg')")
	}
	return took
}

// lesson is what a student does in a round: she runs her world and asks for news until it is there. Every fifth shuts her lid
// meanwhile and comes back with what her browser has kept; every seventh asks twice.
func (p *pupil) lesson(round, k int, task class.Task, worlds int) {
	arm := 0
	if task.Deal == class.Choose {
		arm = k % len(task.Values)
	}
	if status, reply := p.post("/api/class/run", fmt.Sprintf(`{"round":%d,"arm":%d}`, round, arm)); status != 200 {
		p.t.Errorf("student %d: %d %s", p.number, status, reply)
		return
	}
	if k%7 == 0 {
		if status, reply := p.post("/api/class/run", fmt.Sprintf(`{"round":%d,"arm":%d}`, round, arm)); status != 409 {
			p.t.Errorf("student %d asks twice: %d %s", p.number, status, reply)
		}
	}
	if k%5 == 0 {
		p.client.CloseIdleConnections()
		time.Sleep(3 * time.Second)
	}
	p.seen = -1
	for end := time.Now().Add(8 * time.Minute); time.Now().Before(end); {
		status, reply := p.ask("GET", fmt.Sprintf("/api/class/me?seen=%d&lang=ru", p.seen), "")
		var v struct {
			Version, Round int
			Mine           []json.RawMessage
			Found          *json.RawMessage
		}
		if err := json.Unmarshal([]byte(reply), &v); status != 200 || err != nil {
			p.t.Errorf("student %d: %d %v %.200s", p.number, status, err, reply)
			return
		}
		if v.Found != nil {
			p.t.Errorf("student %d sees others' worlds before they are shown", p.number)
		}
		if p.seen = v.Version; v.Round == round && len(v.Mine) == worlds {
			if status, film := p.ask("GET", "/api/class/film?world=0", ""); status != 200 || len(film) < 100_000 {
				p.t.Errorf("student %d: a film of %d bytes, %d", p.number, len(film), status)
			}
			return
		}
		time.Sleep(250 * time.Millisecond) // as the page does
	}
	p.t.Errorf("student %d: no world comes", p.number)
}

// take takes away what the teacher has of a round.
func (s *school) take(boss *teacherless, round int, task class.Task) taken {
	s.Helper()
	x := taken{round: round, task: task}
	get := func(path string) string {
		status, reply := boss.ask("GET", path, "")
		if status != 200 {
			s.Fatalf("%s: %d %s", path, status, reply)
		}
		return reply
	}
	if err := json.Unmarshal([]byte(get("/api/class/board?seen=-1&lang=en")), &x.board); err != nil {
		s.Fatal(err)
	}
	x.table, x.file = get("/api/class/runs.csv"), get("/api/class/class.yaml")
	return x
}

// compare holds what the teacher has of a round against agglo sweep of its file: the table byte for byte, as far as worlds were run,
// and every mark and mean of the picture.
func (s *school) compare(x taken) {
	s.Helper()
	name := fmt.Sprintf("class-%d", x.round)
	if err := os.WriteFile(filepath.Join(s.dir, name+".yaml"), []byte(x.file), 0o666); err != nil {
		s.Fatal(err)
	}
	command := exec.Command("./agglo", "sweep", name+".yaml", "-o", name, "-q", "--no-plots")
	command.Dir = s.dir
	if out, err := command.CombinedOutput(); err != nil {
		s.Fatalf("%v: %s", err, out)
	}
	whole, err := os.ReadFile(filepath.Join(s.dir, name, "runs.csv"))
	if err != nil {
		s.Fatal(err)
	}
	keys := 6
	if x.task.Setting != "" {
		keys++
	}
	identity := func(line string) string { return strings.Join(strings.SplitN(line, ",", keys+1)[:keys], ",") }
	had := map[string]bool{}
	for line := range strings.Lines(x.table) {
		had[identity(line)] = true
	}
	var want strings.Builder
	for line := range strings.Lines(string(whole)) {
		if had[identity(line)] {
			want.WriteString(line)
		}
	}
	rows := strings.Count(x.table, "\n") - 1
	if x.table != want.String() || rows < 40 {
		s.Errorf("round %d: the class's table of %d rows is not that of the command line", x.round, rows)
	}
	cells, err := csv.NewReader(strings.NewReader(want.String())).ReadAll()
	if err != nil {
		s.Fatal(err)
	}
	column := 0
	for cells[0][column] != x.task.Metric {
		column++
	}
	sums, counts, marks := map[string]float64{}, map[string]int{}, map[string]float64{}
	for _, row := range cells[1:] {
		v, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			s.Fatal(err)
		}
		arm := row[5]
		if x.task.Setting != "" {
			arm = row[6]
		}
		sums[arm] += v
		counts[arm]++
		marks[arm+" "+row[2]] = v
	}
	ids := x.task.Policies
	if x.task.Setting != "" {
		ids = x.task.Values
	} else if len(ids) == 0 {
		ids = []string{""}
	}
	for k, id := range ids {
		a := x.board.Found.Arms[k]
		if mean := sums[id] / float64(counts[id]); a.N != counts[id] || math.Abs(a.Mean/mean-1) > 1e-6 {
			s.Errorf("round %d, %s: %d worlds with mean %g on the page, %d with %g from the command line", x.round, a.Label, a.N, a.Mean, counts[id], mean)
		}
		for _, d := range a.Dots {
			if v, there := marks[fmt.Sprintf("%s %d", id, d.Replicate)]; !there || math.Abs(d.Value-v) > 1e-6*math.Abs(v) {
				s.Errorf("round %d, %s, seed %d: %g on the page, %g from the command line", x.round, a.Label, d.Replicate, d.Value, v)
			}
		}
	}
	s.Logf("round %d: %d rows, the same bytes; %s", x.round, rows, strings.Join(x.board.Found.Sentences, " "))
}

// spent is the processor time that the server has used, seconds.
func (s *school) spent() float64 {
	s.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), ") ") // behind the name, the third field comes first
	fields := strings.Fields(rest)
	sum := 0.0
	for _, f := range fields[11:13] { // user and system, in hundredths
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			s.Fatal(err)
		}
		sum += n / 100
	}
	return sum
}

// peak is the most memory that the server has held, bytes.
func (s *school) peak() int64 {
	s.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, yes := strings.CutPrefix(line, "VmHWM:"); yes {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				s.Fatal(err)
			}
			return kb << 10
		}
	}
	s.Fatal("the system does not tell what the server held")
	return 0
}
