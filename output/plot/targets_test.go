package plot

import (
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// published writes targets.csv and targets_path.csv: a level with two dates and a change.
func (r *toy) published(t testing.TB) {
	head := "target,what,metric,sectors,regions,place,km,date,since,kind,unit,tick,tick_since,published,lo,hi,simulated,simulated_lo,simulated_hi,runs,verdict,role,verified,source"
	r.write(t, "targets.csv", head, func(add func(...any)) {
		none := math.NaN()
		add(0, "jobs", "jobs", "software", "", "", "", "2010Q1", "", "level", "jobs", 40, none, 5000, 4000, 6000, 5200, none, none, r.replicates, "near", "held out", "true", "a book")
		add(1, "jobs", "jobs", "software", "", "", "", "2020Q1", "", "level", "jobs", 80, none, 9000, 7200, 10800, 6100, none, none, r.replicates, "off", "fitted", "true", "a book")
		add(2, "wage", "wage", "", "", "san-jose", 20, "2015Q1", "2005Q1", "growth", "1", 60, 20, .2, .1, .3, .25, none, none, r.replicates, "near", "held out", "false", "a book")
	})
	r.write(t, "targets_path.csv", "run,tick,target,value", func(add func(...any)) {
		for run := range r.replicates {
			for tick := range r.ticks + 1 {
				add(run, tick, 0, 4000+float64(30*tick+40*run))
				add(run, tick, 1, 4000+float64(30*tick+40*run))
				add(run, tick, 2, 100+float64(tick+run))
			}
		}
	})
}

// The figure of published figures counts those near, has a panel for each metric and set of firms, and shows a path in the
// figure's own terms. By hand: 100 jobs at tick 0 and 150 at tick 4 are a change of 50%, or of 50 jobs.
func TestTargets(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("manifest.json", `{"agglo":1,"scenario":"x","title":{"en":"X","ru":"Икс"},"start":{"year":2000,"quarter":1},"tick_years":0.25,"scale":1}`)
	const head = "target,what,metric,sectors,regions,place,km,date,since,kind,unit,tick,tick_since,published,lo,hi,simulated,simulated_lo,simulated_hi,runs,verdict,role,verified,source\n"
	write("targets.csv", head+
		"0,jobs,jobs,semi,,,,2001Q1,,level,jobs,4,,140,112,168,150,,,1,near,held out,true,s\n"+
		"1,jobs,jobs,semi,,,,2002Q1,,level,jobs,8,,400,320,480,150,,,1,off,fitted,true,s\n"+
		"2,jobs,jobs,semi,,,,2001Q1,2000Q1,growth,1,4,0,.5,.49,.51,.5,,,1,near,held out,true,s\n"+
		"3,jobs,jobs,,,town-a,20,2001Q1,2000Q1,change,jobs,4,0,50,40,60,50,,,1,near,held out,true,s\n"+
		"4,jobs,jobs,,west,,,2030Q1,,level,jobs,120,,50,40,60,,,,0,not reached,held out,true,s\n")
	path := "run,tick,target,value\n"
	for _, target := range []string{"0", "1", "2", "3", "4"} {
		path += "0,0," + target + ",100\n0,4," + target + ",150\n0,8," + target + ",\n"
	}
	write("targets_path.csv", path)
	for lang, want := range map[string]string{"en": "3 of 4 published figures are near the run", "ru": "Прогон близок к опубликованным цифрам: 3 из 4"} {
		f, err := open(dir, lang)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.targets()
		if err != nil || s.title != want {
			t.Fatalf("%q, %v: want %q", s.title, err, want)
		}
		if drawn, err := s.vector(); err != nil || !strings.Contains(string(drawn), ">2030<") {
			t.Errorf("%v; the axis does not reach the figure of 2030", err)
		}
		list, err := f.heldFigures()
		if err != nil || len(list) != 5 {
			t.Fatalf("%d figures, %v", len(list), err)
		}
		if list[0].head != list[1].head || list[0].head == list[2].head || !strings.Contains(list[3].head, "Town A") {
			t.Errorf("heads: %q, %q, %q, %q", list[0].head, list[1].head, list[2].head, list[3].head)
		}
		table, err := f.table("targets_path.csv")
		if err != nil {
			t.Fatal(err)
		}
		values := f.paths(table, 2)[0]
		for k, want := range []float64{150, 150, 50, 50} {
			if x := list[k].shown(150, values); math.Abs(x-want) > 1e-12 {
				t.Errorf("figure %d: %v, want %v", k, x, want)
			}
		}
		if len(values) != 2 {
			t.Errorf("a gap of the path became a value: %v", values)
		}
	}
	write("targets_path.csv", path+strings.ReplaceAll(path[strings.Index(path, "\n")+1:], "\n0,", "\n1,"))
	for lang, want := range map[string]string{"en": "3 of 4 published figures are near the mean of 2 runs", "ru": "Среднее прогонов (2) близко к опубликованным цифрам: 3 из 4"} {
		f, err := open(dir, lang)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := f.targets(); err != nil || s.title != want {
			t.Errorf("%q, %v: want %q", s.title, err, want)
		}
	}
	write("targets.csv", head+"4,jobs,jobs,,west,,,2030Q1,,level,jobs,120,,50,40,60,,,,0,not reached,held out,true,s\n")
	if f, err := open(dir, "en"); err != nil {
		t.Error(err)
	} else if s, err := f.targets(); err != nil || s.title != "No published figure can be held against this run" {
		t.Errorf("%+v, %v", s, err)
	}
	if err := os.Remove(filepath.Join(dir, "targets_path.csv")); err != nil {
		t.Fatal(err)
	}
	if f, _ := open(dir, "en"); f != nil {
		if _, err := f.targets(); err == nil {
			t.Error("a figure without a path")
		}
	}
}

// The key names the marks that are drawn, and no others.
func TestTargetsKey(t *testing.T) {
	const head = "target,what,metric,sectors,regions,place,km,date,since,kind,unit,tick,tick_since,published,lo,hi,simulated,simulated_lo,simulated_hi,runs,verdict,role,verified,source\n"
	for role, fitted := range map[string]bool{"fitted": true, "held out": false} {
		dir := t.TempDir()
		putTables(t, dir, map[string]string{
			"targets.csv":      head + "0,jobs,jobs,,,,,2001Q1,,level,jobs,4,,140,112,168,150,,,1,near," + role + ",true,s\n",
			"targets_path.csv": "run,tick,target,value\n0,0,0,100\n0,4,0,150\n",
		})
		f, err := open(dir, "en")
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.targets()
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := s.vector()
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]bool{"targets.near": true, "targets.off": false, "targets.fitted": fitted} {
			if got := strings.Contains(string(drawn), ">"+f.say(key)+"<"); got != want {
				t.Errorf("%s: the key has %s: %v, want %v", role, key, got, want)
			}
		}
	}
}

// The mark of a figure that is near is full and black; another is white in a ring, vermilion where the run is off, grey where it was not held
// against it. A figure to which the scenario was fitted has edges.
func TestTargetMarks(t *testing.T) {
	for name, c := range map[string]struct {
		figure heldFigure
		full   color.Color
		ring   color.Color
		edges  bool
	}{
		"near":         {heldFigure{near: true, judged: true}, black, nil, false},
		"off":          {heldFigure{judged: true}, white, vermillion, false},
		"not reached":  {heldFigure{}, white, grey, false},
		"near, fitted": {heldFigure{near: true, judged: true, fitted: true}, black, nil, true},
		"off, fitted":  {heldFigure{judged: true, fitted: true}, white, vermillion, true},
	} {
		var drawn recorder.Canvas
		targetMark(draw.NewCanvas(&drawn, 20, 20), vg.Point{X: 9, Y: 9}, &c.figure)
		var now, full, ring color.Color
		for _, a := range drawn.Actions {
			var path vg.Path
			switch one := a.(type) {
			case *recorder.SetColor:
				now = one.Color
				continue
			case *recorder.Fill:
				full, path = now, one.Path
			case *recorder.Stroke:
				ring, path = now, one.Path
			default:
				continue
			}
			if round := slices.ContainsFunc(path, func(p vg.PathComp) bool { return p.Type == vg.ArcComp }); round == c.edges {
				t.Errorf("%s: round %v", name, round)
			}
		}
		if full != c.full || ring != c.ring {
			t.Errorf("%s: full of %v, ring %v; want %v and %v", name, full, ring, c.full, c.ring)
		}
	}
}
