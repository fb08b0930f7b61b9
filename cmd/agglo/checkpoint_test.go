package main

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"agglo/output"
	"agglo/sim/checkpoint"
)

const withPolicies = `policies:
  - {id: aid, instrument: subsidy, from: 2000Q3, to: 2001Q4}
  - {id: roads, instrument: infrastructure, from: 2001Q2, budget: 100000000}
`

// behind is a table without its rows up to a tick; those of the start and of a checkpoint are left out of tables of the state.
func behind(t *testing.T, path string, tick int) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(all[0], "tick")
	return slices.DeleteFunc(all, func(row []string) bool {
		if column < 0 || row[column] == "tick" {
			return false
		}
		at, err := strconv.Atoi(row[column])
		return err != nil || at <= tick
	})
}

// TestCheckpoint holds a run that goes on from a checkpoint to the run without a break: every row of every table behind it, at
// year's ends and between them, with rows of the series at each tick and now and then, for any number of threads.
func TestCheckpoint(t *testing.T) {
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("small.yaml", append(small, withPolicies...), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, every := range []string{"1", "4"} {
		straight := "straight" + every
		must(t, "run", "small.yaml", "--ticks", "30", "--seed", "9", "--every", every, "--checkpoint", "7", "-o", straight, "--no-plots")
		for k, at := range []int{7, 14, 28} {
			from := filepath.Join(straight, "checkpoints", "tick-"+strconv.Itoa(at)+".checkpoint")
			dir := "on" + every + strconv.Itoa(at)
			must(t, "run", "small.yaml", "--ticks", "30", "--every", every, "--from", from, "-o", dir, "--no-plots", "--threads", strconv.Itoa(k+1))
			compared := 0
			for name := range hashes(t, straight) {
				want, got := behind(t, filepath.Join(straight, name), at), behind(t, filepath.Join(dir, name), at)
				if !slices.EqualFunc(want, got, slices.Equal) {
					t.Errorf("--every %s from tick %d: %s has other rows than without a break", every, at, name)
				}
				compared += len(want) - 1
			}
			if m, err := output.Open(dir); err != nil || m.FromTick != at || !m.Complete || m.Seed != 9 || compared < 500 {
				t.Errorf("%d rows compared; manifest %+v, %v", compared, m, err)
			}
		}
	}
	if n := len(behind(t, "on17/ledger.csv", 7)); n < 20 {
		t.Errorf("the books behind the checkpoint have %d rows", n)
	}
	out := must(t, "run", "small.yaml", "--ticks", "30", "--from", "straight1/checkpoints/tick-21.checkpoint", "--checkpoint", "3")
	if !strings.Contains(out, "2005Q2 to 2007Q3 (9 quarters), seed 9") || !strings.Contains(out, "runs/small-9-from-21") {
		t.Errorf("the summary:\n%s", out)
	}
	if _, err := os.Stat("runs/small-9-from-21/figures/map.png"); err != nil {
		t.Error(err)
	}
	must(t, "run", "small.yaml", "--ticks", "30", "--from", "runs/small-9-from-21/checkpoints/tick-24.checkpoint", "-o", "twice", "--no-plots")
	if want, got := behind(t, "straight1/series.csv", 24), behind(t, "twice/series.csv", 24); !slices.EqualFunc(want, got, slices.Equal) {
		t.Error("going on twice gives another series")
	}
}

// TestCheckpointWhenStopped presses Ctrl-C: the state of the last tick is there, and the run goes on from it.
func TestCheckpointWhenStopped(t *testing.T) {
	inFolder(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat("a/checkpoints/tick-5.checkpoint"); err == nil {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	code, _, said := callWith(t, ctx, "run", "small.yaml", "-o", "a", "--ticks", "4000", "--checkpoint", "5")
	cancel()
	if code != 1 || !strings.Contains(said, "stopped at tick") {
		t.Fatalf("exit code %d, %s", code, said)
	}
	m, err := output.Open("a")
	if err != nil || m.StoppedAt == nil {
		t.Fatalf("%+v, %v", m, err)
	}
	end := *m.StoppedAt + 3
	must(t, "run", "small.yaml", "--ticks", strconv.Itoa(end), "-o", "b", "--no-plots",
		"--from", "a/checkpoints/tick-"+strconv.Itoa(*m.StoppedAt)+".checkpoint")
	must(t, "run", "small.yaml", "--ticks", strconv.Itoa(end), "-o", "c", "--no-plots")
	if want, got := behind(t, "c/series.csv", end-3), behind(t, "b/series.csv", end-3); !slices.EqualFunc(want, got, slices.Equal) || len(got) != 4 {
		t.Errorf("what goes on behind Ctrl-C differs: %d rows", len(got))
	}
	if parts, _ := filepath.Glob("a/checkpoints/*.part"); len(parts) > 0 {
		t.Errorf("left behind: %v", parts)
	}
}

// TestCheckpointRefuses holds each refusal to its reason.
func TestCheckpointRefuses(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "--ticks", "4", "--checkpoint", "4", "-o", "a", "--no-plots")
	const path = "a/checkpoints/tick-4.checkpoint"
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := slices.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	other := slices.Clone(whole)
	other[8] = 9
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"cut": whole[:len(whole)-9], "flipped": flipped, "other": other,
		"acts.yaml": append(slices.Clone(small), withPolicies...), "land.yaml": []byte(strings.Replace(string(small), "land: 400", "land: 500", 1))} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{"small.yaml --from cut", "cut short"}, {"small.yaml --from flipped", "it is damaged: its checksum is"},
		{"small.yaml --from other", "it has form 9, and this program reads form 1"}, {"small.yaml --from small.yaml", "it is no checkpoint"},
		{"small.yaml --from nothing", "--from nothing: there is no such file"}, {"small.yaml --from a", "it is no file"},
		{"plain --from " + path, "scenario is small in the file, and here plain"}, {"small.yaml --seed 6 --from " + path, "seed is 5 in the file, and here 6"},
		{"small.yaml --set trust.loss=.6 --from " + path, "trust.loss is 0.4 in the file, and here 0.6"},
		{"small.yaml --every 2 --from " + path, "--every is 1 in the file, and here 2"},
		{"acts.yaml --from " + path, "hash of the policies is"}, {"land.yaml --from " + path, "hash of the region and its sectors is"},
		{"small.yaml --ticks 4 --from " + path, "the checkpoint is at tick 4 already"}, {"small.yaml --replicates 2 --from " + path, "does not go with --replicates"},
		{"small.yaml --checkpoint 0", "want 1 tick or more"}, {"a#0 --from " + path, "not with DIR#RUN"},
	} {
		code, _, said := call(t, append([]string{"run"}, strings.Fields(c.args)...)...)
		exit := 2
		if slices.Contains([]string{"cut", "flipped", "other"}, strings.TrimPrefix(c.args, "small.yaml --from ")) || strings.HasPrefix(c.want, "it is no ") {
			exit = 1 // a faulty file
		}
		if code != exit || !strings.Contains(said, c.want) {
			t.Errorf("run %s: exit code %d, said %q: want %d and %q", c.args, code, said, exit, c.want)
		}
	}
	if _, err := os.Stat("runs"); err == nil {
		t.Error("a refused run has made a folder")
	}
	must(t, "run", "small.yaml", "--ticks", "4", "-o", "a", "--no-plots", "--force")
	if _, err := os.Stat(path); err == nil {
		t.Error("the checkpoint of another run is left in a folder that was written anew")
	}
}

// A checkpoint says which program wrote it, so that one with other rules is refused.
func TestCheckpointNotesTheProgram(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "--ticks", "2", "--checkpoint", "2", "-o", "a", "--no-plots")
	file, err := checkpoint.Open("a/checkpoints/tick-2.checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	facts := slices.Clone(file.Facts)
	k := slices.IndexFunc(facts, func(f checkpoint.Fact) bool { return f.Name == "program" })
	if k < 0 || facts[k].Value == "" {
		t.Fatalf("no program among %v", facts)
	}
	if err := file.Check(facts, file.Columns); err != nil {
		t.Errorf("its own program is refused: %v", err)
	}
	facts[k].Value += " changed"
	if err := file.Check(facts, file.Columns); err == nil || !strings.Contains(err.Error(), "program is ") {
		t.Errorf("another program: %v", err)
	}
}

// A run does not take away the checkpoint that it goes on from, by whatever path its folder is called, and not with --force either.
func TestCheckpointOfTheSameFolder(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "--ticks", "6", "--checkpoint", "2", "-o", "a", "--no-plots")
	if err := os.Symlink("a", "b"); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"a", "./a/", "b"} {
		code, _, said := call(t, "run", "small.yaml", "--ticks", "9", "--from", "a/checkpoints/tick-4.checkpoint", "-o", dir, "--force", "--no-plots")
		if code != 2 || !strings.Contains(said, "choose another folder") {
			t.Errorf("-o %s: exit code %d: %s", dir, code, said)
		}
	}
	if left, err := filepath.Glob("a/checkpoints/*"); err != nil || len(left) != 3 {
		t.Errorf("checkpoints %v, %v", left, err)
	}
	must(t, "run", "small.yaml", "--ticks", "9", "--from", "a/checkpoints/tick-4.checkpoint", "-o", "c", "--no-plots")
}
