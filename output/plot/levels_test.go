package plot

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// levelsFolder writes the folder of a sweep with a table of levels.
func levelsFolder(t *testing.T, rows string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"runs.csv":      "run,point\n",
		levelsTable:     "policy,factor,metric,kind,level,from,to,points,runs,mean,sd,lo,hi,over,n\n" + rows,
		"manifest.json": `{"scenario":"plain","title":{"en":"Plain","ru":"Равнина"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Axes of factors bear the units that the dictionary tells, in the figure's language; people are not jobs.
func TestLevelsUnits(t *testing.T) {
	const rows = ",a,jobs,level,1,,,1,1,5,,,,,\n,a,jobs,level,2,,,1,1,7,,,,,\n,b,jobs,level,1,,,1,1,5,,,,,\n,b,jobs,level,2,,,1,1,7,,,,,\n,c,jobs,level,1,,,1,1,5,,,,,\n,c,jobs,level,2,,,1,1,7,,,,,\n"
	for lang, want := range map[string][]string{"en": {">a, per deal<", ">b, workers<", ">c<"}, "ru": {">a, на сделку<", ">b, работников<", ">c<"}} {
		dir := levelsFolder(t, rows)
		words := "table,column,unit,meaning,range\nruns,a,1/deal,x,\nruns,b,workers,x,\nruns,c,1,x,\nruns,jobs,workers,x,\n"
		if err := os.WriteFile(filepath.Join(dir, "dictionary.csv"), []byte(words), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Draw(dir, Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		svg, err := os.ReadFile(filepath.Join(dir, "figures", "levels.svg"))
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range want {
			if !strings.Contains(string(svg), label) {
				t.Errorf("%s: no %q", lang, label)
			}
		}
	}
}

// A path that has no room loses its beginning, a name its end.
func TestShortenPath(t *testing.T) {
	s := style(noteSize, black, false)
	if got := shortenPath(s, "scenario.areas.bay.labour_force", s.Width("…bay.labour_force")+.1); got != "…bay.labour_force" {
		t.Error(got)
	}
	if got := shortenPath(s, "trust.loss", s.Width("trust.loss")); got != "trust.loss" {
		t.Error(got)
	}
}

// The title names the factor that moves an outcome most beyond chance, not one that moves it more within chance; it says so where none
// does, and where nothing can be said.
func TestLevelsTitle(t *testing.T) {
	const wild = ",wild,jobs,level,1,,,2,4,90,10,80,100,seeds,2\n,wild,jobs,level,2,,,2,4,120,10,110,130,seeds,2\n,wild,jobs,range,2,1,,4,8,30,,-5,65,seeds,2\n"
	const sure = ",sure,jobs,level,0.5,,,2,4,100,2,99,101,seeds,2\n,sure,jobs,level,x_y,,,2,4,110,2,109,111,seeds,2\n,sure,jobs,range,x_y,0.5,,4,8,10,,8,12,seeds,2\n"
	const alone = ",a,jobs,level,1,,,1,1,5,,,,,\n,a,jobs,level,2,,,1,1,7,,,,,\n,a,jobs,range,2,1,,2,2,2,,,,,\n"
	for _, c := range []struct{ rows, en, ru string }{
		{wild + sure, "Jobs: sure moves it most, from 100 (at 0.5) to 110 (at x y); 88% of the differences go with it",
			"Рабочие места: сильнее всего влияет sure, от 100 (при 0,5) до 110 (при x y); с ним связано 88% различий"},
		{wild, "Jobs: no factor moves it beyond chance; most wild, from 90 (at 1) to 120 (at 2)", ""},
		{sure, "Jobs: sure moves it most, from 100 (at 0.5) to 110 (at x y)", ""},
		{alone, "Jobs: with a from 5.00 (at 1) to 7.00 (at 2); one run each, chance is not told apart", ""},
		{",a,jobs,level,1,,,1,1,5,,,,,\n", "Jobs: 5.00 with a at 1", ""},
		{strings.ReplaceAll(strings.ReplaceAll(alone, "1,7", "1,5"), "2,2,2,,", "2,2,0,,"), "Jobs: 5.00 at every level of every factor", ""},
	} {
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru} {
			figures, err := Draw(levelsFolder(t, c.rows), Options{Lang: lang})
			if err != nil || len(figures) != 2 || len(figures[0].Files) != 2 {
				t.Fatalf("%+v, %v", figures, err)
			}
			if want != "" && figures[0].Title != want {
				t.Errorf("%q, want %q", figures[0].Title, want)
			}
			if figures[1].Name != "heat" || strings.Contains(figures[1].Note, gridTable) {
				t.Errorf("%+v: want why there is no heat map, not which file is missing", figures[1])
			}
		}
	}
	none, err := Draw(levelsFolder(t, ""), Options{Lang: "en"})
	if err != nil || none[0].Note == "" {
		t.Errorf("%+v, %v", none, err)
	}
	if _, err := Draw(levelsFolder(t, ",a,jobs,level,1,,,1,1,many,,,,,\n"), Options{Lang: "en"}); err == nil || !strings.Contains(err.Error(), "levels.csv:2") {
		t.Error(err)
	}
}

// Two levels with two points each, means 100 and 110, deviations 2: within 2 x 4 = 8, between 4 x 25 = 100; 1 - (8/2)/(108/3) is 8/9.
func TestLevelsShare(t *testing.T) {
	l := &levelLine{marks: []levelMark{{fit{value: 100}, "1", 0, 2, 2}, {fit{value: 110}, "2", 1, 2, 2}}}
	if got := l.share(); math.Abs(got-800./9) > 1e-9 {
		t.Errorf("%g%%, want 88.9%%", got)
	}
	l.marks[0].points, l.marks[1].points = 1, 1
	if got := l.share(); !math.IsNaN(got) {
		t.Errorf("%g%% of nothing that can be told", got)
	}
}

// More factors than have room leave those out that move least; the others keep their order. Values by the logarithm are drawn so.
func TestLevelsLayout(t *testing.T) {
	var b strings.Builder
	want := ""
	for k := range 12 {
		name, moves := string(rune('a'+k)), k*5%12 // all differ
		span := strconv.Itoa(moves + 1)
		if moves >= 3 {
			want += name
		}
		b.WriteString("none," + name + ",jobs,bin,0.001,,,5,5,10,1,9,11,points,5\nnone," + name + ",jobs,bin,0.01,,,5,5,11,1,9,11,points,5\nnone," + name +
			",jobs,bin,0.1,,,5,5,12,1,9,11,points,5\nnone," + name + ",jobs,range,0.1,0.001,,5,5," + span + ",,1,3,points,5\n")
	}
	f, err := open(levelsFolder(t, b.String()), "en")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.table(levelsTable)
	if err != nil {
		t.Fatal(err)
	}
	x := levelsOf(rows, "jobs")
	names := ""
	for _, y := range x.factors {
		names += y.name
	}
	if names != want {
		t.Errorf("%s, want %s", names, want)
	}
	ch := f.levelChart(x.factors[0], 100)
	if _, log := ch.X.Tick.Marker.(logTicks); !log {
		t.Errorf("an axis from .001 to .1 with its middle at .01 is %T", ch.X.Tick.Marker)
	}
}
