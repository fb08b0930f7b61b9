package plot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// The forest is drawn from the table alone, counts counted tests only, leaves out what was not run, and tells what is faulty.
func TestClaims(t *testing.T) {
	dir := t.TempDir()
	head := "test,quote,unit,pairs,effect,lo,hi,relative,relative_lo,relative_hi,verdict,standing\n"
	table := head + "C1,together,%,30,2,1.5,2.5,2,1.5,2.5,supported,counted\n" +
		"C2,near,%,30,8,7,9,-8,-9,-7,contradicted,counted\n" +
		"C6,shared,%,30,-3,-4,-2,3,2,4,supported,by construction\n" +
		"C7b,easy,quarters,1,-1,,,1,,,undecided,counted\n" +
		"C15,status,,0,,,,,,,not testable yet,none\n" +
		"C99,a claim that has no name,points,30,0,-.1,.1,0,-.1,.1,no effect worth naming,counted\n"
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put("claims.csv", table)
	put("manifest.json", `{"scenario":"plain","title":{"en":"Plain"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`)
	for lang, want := range map[string]string{"en": "of 4 counted tests 1 supported, 1 contradicted, 1 without", "ru": "из 4 учтённых проверок подтверждены 1"} {
		figures, err := Draw(dir, Options{Lang: lang})
		if err != nil || len(figures) != 1 || len(figures[0].Files) != 2 {
			t.Fatalf("%s: %+v, %v", lang, figures, err)
		}
		if !strings.Contains(figures[0].Title, want) {
			t.Errorf("%s: %q, want %q", lang, figures[0].Title, want)
		}
	}
	put("claims.csv", strings.Replace(table, "30,2,", "30,two,", 1))
	if _, err := Draw(dir, Options{Lang: "en"}); err == nil || !strings.Contains(err.Error(), "claims.csv:2") {
		t.Errorf("a faulty table: %v", err)
	}
	put("claims.csv", head)
	if figures, err := Draw(dir, Options{Lang: "en"}); err != nil || figures[0].Note == "" {
		t.Errorf("an empty table: %+v, %v", figures, err)
	}
}

// An interval that goes beyond the axis ends in an arrow behind the end of the axis: a mark just before the end is seen beside it.
func TestArrowsLieOutside(t *testing.T) {
	var drawn recorder.Canvas
	x := claimRow{verdict: claimSupported, relative: [3]float64{4.5, -6, 8.7}}
	x.draw(draw.NewCanvas(&drawn, 200, 20), 10, func(v float64) vg.Length { return 100 + 10*vg.Length(v) })
	var ends []vg.Length
	for _, a := range drawn.Actions {
		fill, ok := a.(*recorder.Fill)
		if !ok {
			continue
		}
		for _, part := range fill.Path {
			if part.Type == vg.MoveComp && (part.Pos.X < 50 || part.Pos.X > 150) {
				ends = append(ends, part.Pos.X)
			}
			if part.Pos.X > 50 && part.Pos.X < 140 {
				t.Errorf("an arrow reaches into the axis, to %g of 50 to 150", float64(part.Pos.X))
			}
		}
	}
	if len(ends) != 2 || ends[0] != 44 || ends[1] != 156 {
		t.Errorf("arrows end at %v, want 44 and 156", ends)
	}
}

// An interval on one side of zero is told as one: -.011 (-.019 to -.003) is not "to 0.00".
func TestLittleEffects(t *testing.T) {
	f := &folder{lang: "en"}
	for want, x := range map[string]claimRow{
		"−0.011 years (−0.019 to −0.003)": {unit: "years", effect: [3]float64{-.0108, -.0188, -.0032}},
		"2.68% (2.33 to 3.03)":            {unit: "%", effect: [3]float64{2.682, 2.334, 3.034}},
		"0.25% (0.00 to 0.55)":            {unit: "%", effect: [3]float64{.253, 0, .551}},
		"20.4% (−0.004 to 20.8)":          {unit: "%", effect: [3]float64{20.41, -.004, 20.8}},
	} {
		if got := f.claimNumber(&x, "claims."); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
