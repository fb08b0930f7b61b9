package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"testing"
)

// Marks of equal values stand apart, and none leaves its row.
func TestStacked(t *testing.T) {
	y := stacked([]float64{5, 1, 5, 5, 9}, .5, .2, .1)
	for k, want := range []float64{.5, .5, .42, .58, .5} {
		if math.Abs(y[k]-want) > 1e-12 {
			t.Errorf("mark %d stands at %g, want %g", k, y[k], want)
		}
	}
	for _, v := range stacked(make([]float64, 100), .5, .2, .1) {
		if v < .3-1e-12 || v > .7+1e-12 {
			t.Fatalf("a mark stands at %g", v)
		}
	}
}

// The figure is whole SVG with a mark for every value, whatever is missing.
func TestStrip(t *testing.T) {
	nan := math.NaN()
	count := func(rows []StripRow) int {
		t.Helper()
		data, err := Strip("ru", "Title", "Sub", "Доля, %", rows, true)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		paths := 0
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return paths
			} else if err != nil {
				t.Fatal(err)
			}
			if e, yes := token.(xml.StartElement); yes && e.Name.Local == "path" {
				paths++
			}
		}
	}
	one := count([]StripRow{{Label: "a", Values: []float64{1, 2, 3}, Mean: 2, Lo: 1, Hi: 3}, {Label: "b", Mean: nan, Lo: nan, Hi: nan}})
	more := count([]StripRow{{Label: "a", Values: []float64{1, 2, 3, 2, 2}, Mean: 2, Lo: 1, Hi: 3}, {Label: "b", Mean: nan, Lo: nan, Hi: nan}})
	if more != one+2 {
		t.Errorf("%d paths with three marks, %d with five", one, more)
	}
}
