package plot

import (
	"bytes"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// labels joins the labels of marks.
func labels(t gonum.Ticker, lo, hi float64) string {
	var out []string
	for _, m := range t.Ticks(lo, hi) {
		out = append(out, m.Label)
	}
	return strings.Join(out, " ")
}

func TestTicks(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{labels(evenTicks{n: 5, lang: "en"}, 0, 1), "0.0 0.2 0.4 0.6 0.8 1.0"},
		{labels(evenTicks{n: 5, lang: "en"}, 0, 12), "0.0 2.5 5.0 7.5 10.0"},
		{labels(evenTicks{n: 5, lang: "en", whole: true}, 0, 12), "0 5 10"},
		{labels(evenTicks{n: 5, lang: "en", whole: true}, 0, 2), "0 1 2"},
		{labels(evenTicks{n: 5, lang: "ru"}, -.5, .5), "−0,4 −0,2 0,0 0,2 0,4"},
		{labels(evenTicks{n: 4, lang: "en"}, 0, 4000), "0 1,000 2,000 3,000 4,000"},
		{labels(yearTicks{6}, 2000, 2020), "2000 2005 2010 2015 2020"},
		{labels(yearTicks{6}, 2000.25, 2003), "2001 2002 2003"},
		{labels(logTicks{"en"}, .01, 1000), "0.01 0.1 1 10 100 1,000"},
		{labels(logTicks{"en"}, 1, 100), "1 2 5 10 20 50 100"},
		{labels(logTicks{"en"}, 1e5, 1e9), "10⁵ 10⁶ 10⁷ 10⁸ 10⁹"},
		{labels(mute{yearTicks{6}}, 2000, 2002), strings.Repeat(" ", 5)},
	} {
		if c.got != c.want {
			t.Errorf("labels %q, want %q", c.got, c.want)
		}
	}
}

func TestSnap(t *testing.T) {
	for _, c := range [][4]float64{{.31, .5, .3, .5}, {0, 12, 0, 12.5}, {-.4, 9.9, -1.25, 10}, {5, 5, 4.75, 5.25}, {0, 0, -1, 1}} {
		lo, hi := snap(c[0], c[1], 5)
		if math.Abs(lo-c[2]) > 1e-9 || math.Abs(hi-c[3]) > 1e-9 {
			t.Errorf("snap(%v, %v) = %v, %v, want %v, %v", c[0], c[1], lo, hi, c[2], c[3])
		}
	}
}

func TestQuantile(t *testing.T) {
	v := []float64{1, 2, 3, 4, 10}
	for q, want := range map[float64]float64{0: 1, .5: 3, 1: 10, .1: 1.4, .9: 7.6} {
		if got := quantile(v, q); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %v = %v, want %v", q, got, want)
		}
	}
	if !math.IsNaN(quantile(nil, .5)) {
		t.Error("the quantile of nothing is a number")
	}
}

// TestYearly: 100 firms, 2 births a quarter, are 8% a year from the fourth quarter on; before it there is no full year.
func TestYearly(t *testing.T) {
	h := &history{table: &table{rows: 6, number: map[string][]float64{
		"tick": {0, 1, 2, 3, 4, 5}, "firms": {100, 100, 100, 100, 100, 100},
	}}, blocks: [][]int{{0, 1, 2, 3, 4, 5}}}
	got := h.yearly([]float64{50, 2, 2, 2, 2, 2}, .25) // the firms of the start are no births of the first year
	for i, want := range []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN(), 8, 8} {
		if math.IsNaN(want) != math.IsNaN(got[i]) || math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("row %d: %v, want %v", i, got[i], want)
		}
	}
}

func TestApart(t *testing.T) {
	got := apart([]vg.Length{50, 51, 49, 90}, 10, 0, 100)
	order := []int{2, 0, 1, 3}
	for k := 1; k < len(order); k++ {
		if d := got[order[k]] - got[order[k-1]]; d < 9.9 {
			t.Errorf("%v: neighbours %v apart, want 10", got, d)
		}
	}
	if got[3] != 90 {
		t.Errorf("a free label moved: %v", got)
	}
	if slices.Max(apart([]vg.Length{99, 100}, 10, 0, 100)) > 100 {
		t.Error("a label left the axes")
	}
}

// TestStack: parts of 2 and 1 stand on each other; one of -3 hangs below zero.
func TestStack(t *testing.T) {
	s := stack{[]float64{0}, []float64{0}}
	for _, c := range [][3]float64{{2, 0, 2}, {-3, -3, 0}, {1, 2, 3}, {-1, -4, -3}, {math.NaN(), 3, 3}} {
		if lo, hi := s.put(0, c[0]); lo != c[1] || hi != c[2] {
			t.Errorf("part %v: %v to %v, want %v to %v", c[0], lo, hi, c[1], c[2])
		}
	}
}

// TestHalf: of four cells of 1 km2 one holds 6 of 12 jobs, so half of the jobs stand on a quarter of the land.
func TestHalf(t *testing.T) {
	c := &cells{x: make([]float64, 4), y: make([]float64, 4), km: []float64{1, 1, 1, 1}, jobs: []float64{2, 6, 4, 0}}
	if got := c.half(); got != 25 {
		t.Errorf("half = %v%%, want 25%%", got)
	}
}

// TestTail: ranks 1..100 of sizes 1000/k; by least squares over all of them ln(rank - 1/2) on ln(size) gives
// 1.059403131. The drawn tail is the tenth part, so 1,000 ranks with the same law stand in.
func TestTail(t *testing.T) {
	f := &folder{dir: t.TempDir(), tables: map[string]*table{}, faults: map[string]error{}}
	var jobs, rank []float64
	for k := 1.0; k <= 1000; k++ {
		jobs, rank = append(jobs, 1000/k), append(rank, k)
	}
	got, edge, ok := f.tail(jobs, rank)
	if !ok || math.Abs(got.value-1.059403131) > 1e-8 || edge != 10 {
		t.Errorf("exponent %v from %v, want 1.059403131 from 10", got.value, edge)
	}
}

// TestMarkArea: a mark in the image covers about the area of its disc whatever its form, and both ways to draw it agree.
func TestMarkArea(t *testing.T) {
	for k := range forms {
		l := newLayer(vg.Rectangle{Max: vg.Point{X: 36, Y: 36}})
		l.mark(k, vg.Point{X: 18, Y: 18}, 9, color.NRGBA{A: 255})
		sum := 0.0
		for i := 3; i < len(l.img.Pix); i += 4 {
			sum += float64(l.img.Pix[i]) / 255
		}
		r := 9 * perPoint
		if want := math.Pi * r * r; math.Abs(sum-want) > .2*want {
			t.Errorf("form %d covers %.0f pixels, want about %.0f", k, sum, want)
		}
		if k == disc || k == hoop {
			continue
		}
		for _, p := range k.outline(vg.Point{}, 1) {
			if in := k.inside(float64(p.X), -float64(p.Y), 1); math.Abs(in) > .02 {
				t.Errorf("form %d: corner %v lies %v inside its own edge", k, p, in)
			}
		}
	}
}

// TestShade: the scale of amounts darkens all the way, so that it can be read in grey.
func TestShade(t *testing.T) {
	before := math.Inf(1)
	for i := range 101 {
		c := shade(float64(i) / 100)
		light := .2126*float64(c.R) + .7152*float64(c.G) + .0722*float64(c.B)
		if light >= before {
			t.Errorf("step %d is not darker than the one before: %v, %v", i, light, before)
		}
		before = light
	}
	if shade(-1) != cividis[0] || shade(2) != cividis[8] {
		t.Error("values outside the scale are not its ends")
	}
}

// TestNamesKeepApart: two places on one spot get one name, and names stay on the map.
func TestNamesKeepApart(t *testing.T) {
	v := (&ground{maxX: 100, maxY: 100}).in(vg.Rectangle{Max: vg.Point{X: 200, Y: 200}})
	a, ok := v.side(vg.Point{X: 195, Y: 100}, 40, nil)
	if !ok || a.Max.X > 200 {
		t.Errorf("a name at the edge: %v, %v", a, ok)
	}
	full := []vg.Rectangle{{Max: vg.Point{X: 200, Y: 200}}}
	if _, ok := v.side(vg.Point{X: 100, Y: 100}, 40, full); ok {
		t.Error("a name was laid over others")
	}
	a, _ = v.side(vg.Point{X: 100, Y: 100}, 40, nil)
	b, ok := v.side(vg.Point{X: 100, Y: 100}, 40, []vg.Rectangle{a})
	if !ok || meet(a, b) {
		t.Errorf("names meet: %v, %v", a, b)
	}
}

// A long name takes two lines and is broken between words, or behind a hyphen; only what fits nowhere is cut.
func TestTwoLines(t *testing.T) {
	s := style(noteSize, black, false)
	wide := func(txt string) vg.Length { return s.Width(txt) + .01 }
	for _, c := range []struct {
		txt   string
		width vg.Length
		want  string
	}{
		{"San Jose ICT", 94, "San Jose ICT"},
		{"San Francisco manufacturing", 94, "San Francisco|manufacturing"},
		{"Саут-Сан-Франциско: науки о жизни", 94, "Саут-Сан-Франциско:|науки о жизни"},
		{"Саут-Сан-Франциско: науки о жизни", 130, "Саут-Сан-Франциско:|науки о жизни"},
		{"Комсомольск-на-Амуре: ИКТ", wide("Комсомольск-"), "Комсомольск-|на-Амуре: …"},
		{"Комсомольск-на-Амуре", wide("Комсомольск-на-"), "Комсомольск-на-|Амуре"},
		{"one two three four five", wide("three …"), "one two|three …"},
		{"one two threefour five", wide("one two"), "one two|three…"},
		{"unbroken", wide("unbr…"), "unbr…"},
		{"", 10, ""},
	} {
		got := twoLines(s, c.txt, c.width)
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q in %.0f points: %q, want %q", c.txt, c.width, got, c.want)
		}
		for _, line := range got {
			if s.Width(line) > c.width && len([]rune(line)) > 2 {
				t.Errorf("%q is wider than %.0f points", line, c.width)
			}
		}
	}
}

// Long names of clusters stand whole in the key of the network and beside their lives, in both languages; a low map leaves room for
// the key.
func TestLongClusterNamesStandWhole(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 700, 1)
	for _, name := range []string{"clusters.csv", "places.csv"} {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, bytes.ReplaceAll(data, []byte("San Francisco"), []byte("South San Francisco")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for lang, want := range map[string][]string{"en": {"South San Francisco", "life"}, "ru": {"Саут-Сан-Франциско:", "науки о жизни"}} {
		f, err := open(dir, lang)
		if err != nil {
			t.Fatal(err)
		}
		for name, of := range map[string]func() (*sheet, error){"network": f.network, "clusters": f.clusters} {
			s, err := of()
			if err != nil {
				t.Fatal(err)
			}
			data, err := s.vector()
			if err != nil {
				t.Fatal(err)
			}
			for _, words := range want {
				if !strings.Contains(string(data), words) {
					t.Errorf("%s in %s: nothing of %q", name, lang, words)
				}
			}
			if strings.Contains(string(data), "…") {
				t.Errorf("%s in %s: a name is cut", name, lang)
			}
		}
	}
	many := make([]cluster, mostNodes)
	for k := range many {
		many[k].label = "Саут-Сан-Франциско: науки о жизни"
	}
	if high := networkKeyHeight(many, false); high < mostNodes*(nodeStep+nodeMore)+100 {
		t.Errorf("a key of %d long names is %.0f points high", mostNodes, high)
	}
}
