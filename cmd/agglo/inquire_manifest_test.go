package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// filesIn reads all files below a folder.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(out), err)
	}
	return out
}

// A manifest of a calibration, an optimisation or a sensitivity analysis that is damaged or gone is named, with the cause and with what
// to do; the same command makes it again with --resume, and no run is done twice. Other work does not, nor rounds of which nobody
// knows whose they are.
func TestInquiryManifestDamaged(t *testing.T) {
	inInquiry(t)
	change := func(old, now string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, now, 1) }
	}
	cut := func(text string) string { return text[:len(text)/2] }
	byteMore := func(text string) string { return text + "}" }
	const altered, foreign = "it was changed after it was written", "it is not that of a calibration"
	type harm struct {
		name   string
		damage func(text string) string // nil takes the file away
		cause  string
	}
	few := []harm{{"a byte more", byteMore, "invalid character '}' after top-level value"}, {"cut", cut, "unexpected end of JSON input"}}
	for _, c := range []struct {
		args, table string
		harms       []harm
	}{
		{"sensitivity which.yaml --trajectories 2 --base-points 2 --resamples 20", "sensitivity.csv", few},
		{"optimise mix.yaml", "mixes.csv", few},
		{"calibrate fit.yaml --particles 10 --checks 2", "fit.csv", append(few,
			harm{"empty", func(string) string { return "" }, "unexpected end of JSON input"},
			harm{"identity", change(`"identity": "`, `"identity": "0`), altered},
			harm{"ticks", change(`"ticks": 4`, `"ticks": 5`), altered},
			harm{"settings", change(`"settings": {`, `"settings": {"also": 1, `), altered},
			harm{"name of the record", change(`"inquiry": {`, `"inquire": {`), foreign},
			harm{"no settings", change(`"settings": {`, `"other": {`), "the settings of the work"},
			harm{"gone", nil, "it has no manifest.json"},
		)},
	} {
		args := append(strings.Fields(c.args), "--no-plots", "-q", "-o", "p")
		again := append(args, "--resume")
		whole := args[0]
		must(t, append(strings.Fields(c.args), "--no-plots", "-q", "-o", whole)...)
		want := hashes(t, whole)
		for _, h := range c.harms {
			_ = os.RemoveAll("p")
			path := filepath.Join(copyOf(t, whole, "p"), "manifest.json")
			text, err := os.ReadFile(path)
			if err == nil && h.damage != nil {
				if h.damage(string(text)) == string(text) {
					t.Fatal(whole, h.name, "changes nothing")
				}
				err = os.WriteFile(path, []byte(h.damage(string(text))), 0o666)
			} else if err == nil {
				err = os.Remove(path)
			}
			if err == nil {
				err = os.Remove(filepath.Join("p", c.table)) // as of work that is not at its end
			}
			if err != nil {
				t.Fatal(err)
			}
			before := filesIn(t, "p/rounds")
			code, _, said := call(t, args...)
			if code != 1 || !strings.Contains(said, h.cause) || !strings.Contains(said, "the runs in p/rounds are not touched: with --resume the manifest is made again") ||
				h.cause == altered && !strings.Contains(said, "p/manifest.json") {
				t.Errorf("%s, %s: ends with %d: %s", whole, h.name, code, said)
			}
			if strings.Contains(said, "%!") {
				t.Errorf("%s, %s: broken words: %s", whole, h.name, said)
			}
			const lost = "nothing says that they are of this work"
			if code, _, said := call(t, append(again, "--seed", "77")...); code == 0 || !strings.Contains(said, lost) && !strings.Contains(said, "seed: was") {
				t.Errorf("%s, %s: another work ends with %d: %s", whole, h.name, code, said)
			}
			stamp, err := os.ReadFile("p/rounds/work.json")
			if err == nil {
				err = os.Remove("p/rounds/work.json")
			}
			if err != nil {
				t.Fatal(err)
			}
			if code, _, said := call(t, again...); code != 1 || !strings.Contains(said, lost) || !strings.Contains(said, h.cause) {
				t.Errorf("%s, %s: rounds of nobody: ends with %d: %s", whole, h.name, code, said)
			}
			if err := os.WriteFile("p/rounds/work.json", stamp, 0o666); err != nil {
				t.Fatal(err)
			}
			for name, sum := range filesIn(t, "p/rounds") {
				if before[name] != sum {
					t.Errorf("%s, %s: %s was written over", whole, h.name, name)
				}
			}
			if code, _, said := call(t, again...); code != 0 || strings.Contains(said, "damaged") {
				t.Errorf("%s, %s: --resume ends with %d: %s", whole, h.name, code, said)
				continue
			}
			for name, sum := range hashes(t, "p") {
				if want[name] != sum {
					t.Errorf("%s, %s: %s is another", whole, h.name, name)
				}
			}
		}
	}
}

// A folder that was begun before rounds were marked is marked when work goes on in it; one whose manifest is damaged before the first
// run, too.
func TestInquiryIsMarked(t *testing.T) {
	inInquiry(t)
	args := strings.Fields("calibrate fit.yaml --particles 10 --checks 2 --no-plots -q -o p")
	must(t, args...)
	if err := os.Remove("p/rounds/work.json"); err != nil {
		t.Fatal(err)
	}
	must(t, append(args, "--resume")...)
	if _, err := os.Stat("p/rounds/work.json"); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll("p/rounds"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("p/manifest.json", []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, said := call(t, args...); code != 1 || !strings.Contains(said, "it is damaged") || !strings.Contains(said, "--resume") {
		t.Errorf("%d: %s", code, said)
	}
	must(t, append(args, "--resume")...)
	if err := os.WriteFile("p/manifest.json", []byte(`{"name": "mine"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll("p/rounds"); err != nil {
		t.Fatal(err)
	}
	if code, _, said := call(t, append(args, "--resume")...); code != 2 || !strings.Contains(said, "the folder of something else") {
		t.Errorf("somebody else's folder: %d: %s", code, said)
	}
}
