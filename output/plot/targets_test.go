package plot

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
	for lang, want := range map[string]string{"en": "3 of 4 published figures are near the run", "ru": "Близки к опубликованным цифр: 3 из 4"} {
		f, err := open(dir, lang)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.targets()
		if err != nil || s.title != want {
			t.Fatalf("%q, %v: want %q", s.title, err, want)
		}
		list, err := f.published()
		if err != nil || len(list) != 5 {
			t.Fatalf("%d figures, %v", len(list), err)
		}
		if list[0].head != list[1].head || list[0].head == list[2].head || !strings.Contains(list[3].head, "Town a") {
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
	if err := os.Remove(filepath.Join(dir, "targets_path.csv")); err != nil {
		t.Fatal(err)
	}
	if f, _ := open(dir, "en"); f != nil {
		if _, err := f.targets(); err == nil {
			t.Error("a figure without a path")
		}
	}
}
