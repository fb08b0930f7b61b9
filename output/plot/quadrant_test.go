package plot

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// The name of a quarter gives way to what lies in its corner, and stays in its quarter. Where there is no free place it takes the one that is
// covered least.
func TestNamedPlace(t *testing.T) {
	s := style(noteSize, grey, false)
	quarter := vg.Rectangle{Max: vg.Point{X: 300, Y: 200}}
	for _, lower := range []bool{false, true} {
		var spots []vg.Point
		n := named{lines: []string{"jobs at", "a price"}}
		for k := range 6 { // each time what is new lies on the name
			n.place(s, quarter, lower, func(box vg.Rectangle) int {
				over := 0
				for _, at := range spots {
					if at.X > box.Min.X && at.X < box.Max.X && at.Y > box.Min.Y && at.Y < box.Max.Y {
						over++
					}
				}
				return over
			})
			if corner := !lower && n.box.Max == (vg.Point{X: 297, Y: 198}) || lower && n.box.Max.X == 297 && n.box.Min.Y == 1; corner != (k == 0) {
				t.Errorf("lower %v: name %d lies in %v", lower, k, n.box)
			}
			mid := vg.Point{X: (n.box.Min.X + n.box.Max.X) / 2, Y: (n.box.Min.Y + n.box.Max.Y) / 2}
			for _, at := range spots {
				if at.X > n.box.Min.X && at.X < n.box.Max.X && at.Y > n.box.Min.Y && at.Y < n.box.Max.Y {
					t.Errorf("lower %v: the name in %v is covered at %v", lower, n.box, at)
				}
			}
			if n.box.Min.X < 0 || n.box.Max.X > 300 || n.box.Min.Y < 0 || n.box.Max.Y > 200 {
				t.Errorf("lower %v: the name leaves its quarter: %v", lower, n.box)
			}
			spots = append(spots, mid)
		}
		n.place(s, quarter, lower, func(box vg.Rectangle) int { return 1 + int(box.Min.X) })
		if math.Abs(float64(n.box.Min.X)-3) > 1e-9 {
			t.Errorf("lower %v: the name lies in %v, where more is covered than at 3", lower, n.box)
		}
	}
}

// wordsOfThePlane draws the plane of cost and effect of these pairs of worlds and gives all that is written there.
func wordsOfThePlane(t *testing.T, pairs string) []*recorder.FillString {
	t.Helper()
	dir := t.TempDir()
	putTables(t, dir, map[string]string{"pairs.csv": "policy,replicate,net_jobs,net_cost\n" + pairs})
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.plane()
	if err != nil {
		t.Fatal(err)
	}
	var drawn recorder.Canvas
	s.draw(draw.NewCanvas(&drawn, pageWidth, s.total()))
	var words []*recorder.FillString
	for _, a := range drawn.Actions {
		if one, ok := a.(*recorder.FillString); ok {
			words = append(words, one)
		}
	}
	return words
}

// Each quarter bears its own name: what costs more stands above what costs less, more jobs to the right of fewer.
func TestQuartersAreNamed(t *testing.T) {
	at := map[string]vg.Point{}
	for _, one := range wordsOfThePlane(t, "a,1,99,99\na,2,100,101\nb,1,-99,99\nb,2,-100,101\nc,1,-99,-99\nc,2,-100,-101\nd,1,99,-99\nd,2,100,-101\n") {
		at[one.String] = one.Point
	}
	worse, trade, save, better := at["dearer, fewer jobs"], at["jobs at a price"], at["cheaper, fewer jobs"], at["cheaper, more jobs"]
	if worse.X == 0 || save.X == 0 || max(worse.X, save.X) >= min(trade.X, better.X) || max(save.Y, better.Y) >= min(worse.Y, trade.Y) {
		t.Errorf("dearer and fewer %v, dearer and more %v, cheaper and fewer %v, cheaper and more %v", worse, trade, save, better)
	}
}

// No number of a policy covers a word of the plane, wherever its mean is.
func TestNumbersCoverNoWordsOfThePlane(t *testing.T) {
	type text struct {
		txt string
		box vg.Rectangle
	}
	var words, numbers []text
	for _, one := range wordsOfThePlane(t, "a,1,990,980\na,2,995,990\na,3,1000,1000\nb,1,-140,985\nb,2,-135,990\nb,3,-130,995\nc,1,900,-140\nc,2,905,-130\nc,3,910,-135\n") {
		st := style(one.Size, black, false)
		box := vg.Rectangle{Min: one.Point, Max: vg.Point{X: one.Point.X + st.Width(one.String), Y: one.Point.Y + one.Size*.7}}
		switch {
		case one.Size == 7:
			numbers = append(numbers, text{one.String, box})
		case strings.Contains("jobs at a price dearer, fewer jobs cheaper, more jobs", one.String):
			words = append(words, text{one.String, box})
		}
	}
	if len(words) < 4 || len(numbers) < 3 {
		t.Fatalf("%d words and %d numbers", len(words), len(numbers))
	}
	for _, n := range numbers {
		for _, w := range words {
			if n.box.Min.X-3 < w.box.Max.X && n.box.Max.X+3 > w.box.Min.X && n.box.Min.Y-3 < w.box.Max.Y && n.box.Max.Y+3 > w.box.Min.Y {
				t.Errorf("number %s at %v covers %q at %v", n.txt, n.box, w.txt, w.box)
			}
		}
	}
}
