package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"agglo/output/live/class"
)

// fetched sends a request with a header and gives the status and the reply.
func fetched(t *testing.T, method, url, name, value, body string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(name, value)
	r.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	data, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply.StatusCode, data
}

// A class from the printed lines to the end: what the teacher takes away is what agglo sweep writes of the file that comes with it,
// and a row is what agglo run writes with its seed.
func TestTheCommandLineRepeatsAClass(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "-q", "--addr", "127.0.0.1:0", "--class", "127.0.0.1:0"}, strings.NewReader(""), in, io.Discard)
	}()
	lines := bufio.NewReader(out)
	said := ""
	for range 2 {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		said += line
	}
	m := regexp.MustCompile(`^students: (http://\S+)/  code (\S+)\nteacher:  (http://\S+)/class#(\S+)\n$`).FindStringSubmatch(said)
	if m == nil {
		t.Fatalf("it says %q", said)
	}
	students, code, teacher, key := m[1], m[2], m[3], m[4]
	task, err := json.Marshal(map[string]any{"do": "task", "task": class.Task{Scenario: "plain", Firms: 100, Ticks: 8, BurnIn: 2, Policies: []string{"none", "subsidy"},
		Metric: "productivity", Deal: class.All, Each: 1, Seed: 5}})
	if err != nil {
		t.Fatal(err)
	}
	if status, reply := fetched(t, "POST", teacher+"/api/class/teacher", "X-Agglo-Key", key, string(task)); status != 200 {
		t.Fatalf("%d %s", status, reply)
	}
	for range 2 {
		var ticket class.Ticket
		if _, reply := fetched(t, "POST", students+"/api/class/join", "X-Agglo-Token", "", `{"code":"`+code+`"}`); json.Unmarshal(reply, &ticket) != nil || ticket.Token == "" {
			t.Fatalf("%s", reply)
		}
		if status, reply := fetched(t, "POST", students+"/api/class/run", "X-Agglo-Token", ticket.Token, `{"round":1}`); status != 200 {
			t.Fatalf("%d %s", status, reply)
		}
	}
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var b struct{ Done int }
		if _, reply := fetched(t, "GET", teacher+"/api/class/board?seen=-1", "X-Agglo-Key", key, ""); json.Unmarshal(reply, &b) == nil && b.Done == 4 {
			break
		} else if time.Now().After(end) {
			t.Fatalf("%s", reply)
		}
	}
	_, table := fetched(t, "GET", teacher+"/api/class/runs.csv", "X-Agglo-Key", key, "")
	_, file := fetched(t, "GET", teacher+"/api/class/class.yaml", "X-Agglo-Key", key, "")
	stop()
	if err := <-ended; err != nil {
		t.Errorf("it ends with %v", err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("class-1.yaml", file, 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "sweep", "class-1.yaml", "-o", "class-1", "-q")
	want, err := os.ReadFile(filepath.Join("class-1", "runs.csv"))
	if err != nil || !bytes.Equal(table, want) {
		t.Errorf("%v: the class's table is not that of the sweep:\n%s\n%s", err, table, want)
	}
	rows := strings.Split(string(table), "\n")
	cells := strings.Split(rows[1], ",") // the first seed without a policy
	must(t, "run", "plain", "--set", "scale=30", "--seed", cells[3], "--ticks", "8", "-o", "one", "--no-plots", "-q")
	series, err := os.ReadFile(filepath.Join("one", "series.csv"))
	if err != nil {
		t.Fatal(err)
	}
	last := strings.Split(strings.TrimSpace(string(series)), "\n")
	if a, b := strings.Join(cells[6:10], ","), strings.Join(strings.Split(last[len(last)-1], ",")[6:10], ","); a != b {
		t.Errorf("agglo run with the seed of a row gives %s, the row has %s", b, a)
	}
}

// What cannot be is refused before anything is opened.
func TestServeRefuses(t *testing.T) {
	for _, args := range [][]string{
		{"--class", "nowhere"}, {"--class", "300.1.1.1:1"}, {"--addr", "127.0.0.2", "--class", "127.0.0.1:0"},
	} {
		if code, _, said := call(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...); code != 2 || said == "" {
			t.Errorf("%v: exit code %d, %s", args, code, said)
		}
	}
}
