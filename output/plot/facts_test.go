package plot

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A value's place on the scale of its band: linear, logarithmic for a wide band, and around a band that is one number.
func TestFactPlace(t *testing.T) {
	for _, c := range []struct {
		lo, hi, value, want float64
	}{
		{.02, .06, .02, 0}, {.02, .06, .06, 1}, {.02, .06, .08, 1.5}, {.02, .06, 0, -.5},
		{1, 100, 10, .5}, {1, 100, 1, 0}, {-1, -.01, -.1, .5}, {-1, -.01, -1, 0}, {-1, -.01, -.01, 1},
		{1, 1, 1, .5}, {1, 1, 0, -.5}, {0, .5, .25, .5},
	} {
		x := fact{band: [2]float64{c.lo, c.hi}}
		if got := x.place(c.value); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v in %v to %v: %v, want %v", c.value, c.lo, c.hi, got, c.want)
		}
	}
	for _, c := range []fact{{band: [2]float64{1, 100}}, {band: [2]float64{-1, -.01}}} { // what no logarithm has is beyond the axis
		if p := c.place(0); !math.IsInf(p, 0) {
			t.Errorf("0 in %v lies at %v", c.band, p)
		}
	}
}

// The figure is drawn from the table alone, counts what is in band, leaves out what has none, and tells what is faulty.
func TestFacts(t *testing.T) {
	dir := t.TempDir()
	head := "id,statistic,value,lo,hi,band_lo,band_hi,role,verdict,seeds,world,tick,source\n"
	table := head + "T1a,elasticity,0.046,0.03,0.06,0.027,0.064,calibrated,in band,4,plain,240,x\n" +
		"T12,near,0,,,1.2,1000,held_out,outside,1,plain,240,x\n" +
		"T17,bell,0,0,0,1,1,held_out,outside,4,plain,240,x\n" +
		"T8,distance,14,12,16,,,reported,reported,4,plain,240,x\n" +
		"T5d,late,,,,0.39,0.49,calibrated,not measured,0,plain,240,x\n" +
		"T99,a fact that has no name,3,2.5,3.5,2,4,held_out,in band,4,plain,240,x\n"
	for name, text := range map[string]string{"facts.csv": table, "manifest.json": `{"scenario":"plain","title":{"en":"Plain"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range []string{"en", "ru"} {
		figures, err := Draw(dir, Options{Lang: lang})
		if err != nil || len(figures) != 1 || len(figures[0].Files) != 2 {
			t.Fatalf("%s: %+v, %v", lang, figures, err)
		}
		if title := figures[0].Title; !strings.Contains(title, "2") || !strings.Contains(title, "4") {
			t.Errorf("%s: %q: want 2 of 4 facts", lang, title)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "facts.csv"), []byte(strings.Replace(table, "0.046", "four", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Draw(dir, Options{Lang: "en"}); err == nil || !strings.Contains(err.Error(), "facts.csv:2") {
		t.Errorf("a faulty table: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "facts.csv"), []byte(head), 0o666); err != nil {
		t.Fatal(err)
	}
	if figures, err := Draw(dir, Options{Lang: "en"}); err != nil || figures[0].Note == "" {
		t.Errorf("an empty table: %+v, %v", figures, err)
	}
}

// Published effects are drawn beside facts or alone; what was not measured and the row of all instruments are left out.
func TestPublished(t *testing.T) {
	dir := t.TempDir()
	table := "id,instrument,statistic,by,outcome,unit,expected,value,lo,hi,twin,twin_lo,twin_hi,smallest,found,verdict,standing,role,seeds,source\n" +
		"E1a,joint_programme,more innovators,ddd,innovator,points,+,3,2,4,3,2,4,1,+,as published,by construction,held_out,9,x\n" +
		"E6b,joint_programme,no jobs,did,jobs,log %,0,2,1.5,2.5,0,-1,1,1,+,otherwise,counted,held_out,9,x\n" +
		"E13,cluster_organisation,ties,did,ties,ties,+,.2,-.1,90,0,-1,1,.1,?,undecided,counted,held_out,9,x\n" +
		"E5,joint_programme,leverage,did,leverage,1,+,,,,,,,1,?,not measured,counted,held_out,0,x\n" +
		"ALL,all 3,not every one,world,value_added,instruments,<3,2,,,,,,1,2,as published,counted,held_out,9,x\n"
	for name, text := range map[string]string{"published.csv": table, "manifest.json": `{"scenario":"plain","title":{"en":"Plain"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range []string{"en", "ru"} {
		figures, err := Draw(dir, Options{Lang: lang})
		if err != nil || len(figures) != 1 || len(figures[0].Files) != 2 {
			t.Fatalf("%s: %+v, %v", lang, figures, err)
		}
		if title := figures[0].Title; !strings.Contains(title, "2") || !strings.Contains(title, "0") || !strings.Contains(title, "1") {
			t.Errorf("%s: %q: want 0 as published and 1 otherwise of 2", lang, title)
		}
	}
}
