package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
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

// No line runs through the name of a row or its numbers, and each row has its line at zero.
func TestStripNamesAreClear(t *testing.T) {
	rows := []StripRow{{Label: "first name", Note: "n", Values: []float64{-1, 2}, Mean: 1, Lo: 0, Hi: 2}, {Label: "second name", Note: "n", Values: []float64{-1, 2}, Mean: 1, Lo: 0, Hi: 2}}
	data, err := Strip("en", "Title", "Sub", "Share, %", rows, true)
	if err != nil {
		t.Fatal(err)
	}
	var names []float64
	for _, m := range regexp.MustCompile(`y="-([\d.]+)"[^>]*>(?:first|second) name<`).FindAllSubmatch(data, -1) {
		y, _ := strconv.ParseFloat(string(m[1]), 64)
		names = append(names, y)
	}
	zeros := 0
	for _, m := range regexp.MustCompile(`d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)" style="([^"]*)"`).FindAllSubmatch(data, -1) {
		var at [4]float64
		for k := range at {
			at[k], _ = strconv.ParseFloat(string(m[k+1]), 64)
		}
		if at[0] != at[2] || at[3]-at[1] < 10 {
			continue // no upright line, or one of the marks on the axis
		}
		if bytes.Contains(m[5], []byte("0.75")) {
			zeros++
		}
		for _, y := range names {
			if at[1] < y+float64(noteSize) && at[3] > y-2 {
				t.Errorf("a line from %g to %g runs through the name at %g", at[1], at[3], y)
			}
		}
	}
	if len(names) != 2 || zeros != 2 {
		t.Errorf("%d names and %d lines at zero: want 2 of each", len(names), zeros)
	}
}
