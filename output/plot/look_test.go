package plot

import (
	"fmt"
	"image/color"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
)

// looksOf are the looks of sectors in a folder of these tables, and by sector which is its own.
func looksOf(t *testing.T, firms, sectors string) (place map[string]int, looks []mapLook) {
	t.Helper()
	dir := t.TempDir()
	putTables(t, dir, map[string]string{"firms.csv": firms, "sectors.csv": sectors})
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	table, err := f.table("firms.csv")
	if err != nil {
		t.Fatal(err)
	}
	return f.looks(table)
}

// A sector has the colour and the form of its rank at the start, whatever jobs it has later, and whichever sectors have no firms; those
// behind the eighth are grey. A folder without ranks goes by jobs at the end.
func TestSectorsLookByRank(t *testing.T) {
	const firms = "tick,firm,x,y,jobs,sector\n0,1,1,1,5,small\n0,2,1,2,50,large\n8,1,1,1,500,small\n8,2,1,2,5,large\n8,3,1,3,900,late\n"
	for sectors, want := range map[string]map[string]mapLook{
		"id,name,rank\nlarge,Large,1\nsmall,Small,4\nlate,Late,9\n": {
			"large": {color: blue, form: disc}, "small": {color: purple, form: triangle}, "late": {color: pale, form: disc}},
		"id,name\nlarge,Large\nsmall,Small\nlate,Late\n": {
			"late": {color: blue, form: disc}, "small": {color: vermillion, form: square}, "large": {color: green, form: diamond}},
	} {
		place, looks := looksOf(t, firms, sectors)
		if len(looks) != len(want) {
			t.Errorf("%d looks for %d sectors", len(looks), len(want))
		}
		for id, w := range want {
			got := looks[place[id]]
			if got.color != w.color || got.form != w.form || !strings.EqualFold(got.name, id) {
				t.Errorf("%s is %q, %v, form %d: want %v, form %d", id, got.name, got.color, got.form, w.color, w.form)
			}
		}
	}
}

// All sectors behind the eighth share one line of the key.
func TestOtherSectorsShareALine(t *testing.T) {
	firms, sectors := "tick,firm,x,y,jobs,sector\n", "id,name,rank\n"
	for k := 1; k <= 12; k++ {
		firms += fmt.Sprintf("0,%d,1,%d,5,s%d\n", k, k, k)
		sectors += fmt.Sprintf("s%d,S%d,%d\n", k, k, 13-k)
	}
	place, looks := looksOf(t, firms, sectors)
	if len(looks) != 9 || looks[8].name != "4 other sectors" || place["s1"] != 8 || place["s4"] != 8 || place["s12"] != 0 {
		t.Errorf("%d looks, the last %q; %v", len(looks), looks[len(looks)-1].name, place)
	}
}

// The page gives sectors the colours of the figures, in the same order, and as many marks.
func TestPageHasTheColoursOfFigures(t *testing.T) {
	source, err := os.ReadFile("../live/web/src/marks.ts")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range sectorColors {
		want = append(want, fmt.Sprintf("\"#%02x%02x%02x\"", c.R, c.G, c.B))
	}
	line := "colours = [" + strings.Join(want, ", ") + "]"
	if !strings.Contains(string(source), line) {
		t.Errorf("marks.ts has no line %s", line)
	}
	if other := fmt.Sprintf("other = \"#%02x%02x%02x\"", pale.R, pale.G, pale.B); !strings.Contains(string(source), other) {
		t.Errorf("marks.ts has no line %s", other)
	}
	if n := regexp.MustCompile(`shapes = (\d+)`).FindStringSubmatch(string(source)); n == nil || n[1] != fmt.Sprint(int(forms)) {
		t.Errorf("marks.ts: %v, want %d shapes", n, forms)
	}
}

// Sectors with a colour of their own differ in form too, since in grey some colours are close, and all are darker or lighter than the land.
func TestSectorsDifferInGrey(t *testing.T) {
	if len(sectorColors) > int(forms) {
		t.Errorf("%d colours for %d forms: two sectors have the same form", len(sectorColors), forms)
	}
	light := func(c color.NRGBA) float64 {
		return .2126*float64(c.R) + .7152*float64(c.G) + .0722*float64(c.B)
	}
	for _, c := range sectorColors {
		if math.Abs(light(c)-light(land)) < 15 {
			t.Errorf("in grey %v is lost on the land", c)
		}
	}
}
