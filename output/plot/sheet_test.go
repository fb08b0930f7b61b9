package plot

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg/draw"
)

// A subtitle that is too long for a line goes on in the next one, whole, and the figure grows by that line.
func TestSubtitleIsNotCut(t *testing.T) {
	short := &sheet{title: "Title", sub: "A run", height: 90, paint: func(draw.Canvas) {}}
	long := &sheet{title: "Title", sub: strings.Repeat("value added per job: +4.7%; ", 5) + "wage: +1.2%", height: 90, paint: func(draw.Canvas) {}}
	svg, err := long.vector()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(svg), "wage: +1.2%") || strings.Contains(string(svg), "…") {
		t.Errorf("the subtitle is cut:\n%s", svg)
	}
	if more := long.total() - short.total(); more < grain || more > 2*grain {
		t.Errorf("a second line makes the figure %v points higher", more)
	}
}

// A number is not parted from its thousands, nor a dash from what it follows; other lines break between words.
func TestWrapKeepsTogether(t *testing.T) {
	s := style(noteSize, black, false)
	got := wrap(s, "сами фирмы — 12\u00a0345", s.Width("сами фирмы — 12")+1)
	if want := []string{"сами фирмы\u00a0—", "12\u00a0345"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Every text of an SVG that can be seen has the width that the layout gave it, that of its own words.
func TestTextsHaveTheirWidths(t *testing.T) {
	s := &sheet{title: "Wide & <odd>", sub: "narrow", height: 90, paint: func(c draw.Canvas) {
		c.FillText(style(noteSize, black, false), c.Min, " ")
	}}
	svg, err := s.vector()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words string
		of    draw.TextStyle
	}{{"Wide &amp; &lt;odd&gt;", style(headSize, black, true)}, {"narrow", style(noteSize, black, false)}} {
		_, before, _ := strings.Cut(string(svg), "<svg")
		before, _, _ = strings.Cut(before, ">"+c.words+"<")
		tag := before[strings.LastIndex(before, "<text "):]
		want := fmt.Sprintf(`textLength="%.2f" lengthAdjust="spacingAndGlyphs"`, c.of.Width(html.UnescapeString(c.words)).Points())
		if !strings.Contains(tag, want) {
			t.Errorf("%s: %s, want %s", c.words, tag, want)
		}
	}
	if n := strings.Count(string(svg), "textLength"); n != 2 {
		t.Errorf("%d widths for two texts:\n%s", n, svg)
	}
}
