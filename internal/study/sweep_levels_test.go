package study

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"agglo/sim/design"
)

// levelsOf makes levels.csv of some runs and gives its lines without the header.
func levelsOf(t *testing.T, m *SweepManifest, runs string) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "runs.csv"), []byte("run,point,replicate,seed,tick,policy,"+runs), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := m.levels(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, LevelsFile))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
}

// sweepOf is a manifest of a design with so many replicates.
func sweepOf(kind string, replicates int, factors ...design.Factor) *SweepManifest {
	m := &SweepManifest{}
	m.Sweep.Settings.Design.Kind, m.Sweep.Settings.Replicates, m.Sweep.Settings.Factors = kind, replicates, factors
	return m
}

// A grid of a and b under two seeds. The second seed lifts all runs by 100, which the intervals leave out: under seed 0 the levels of a
// have the means 11 and 21, under seed 1 112 and 120, so that they lie -5 and 5, -4 and 4 from what they share: half the interval is
// t(.975, 1) = 12.706 times .5. Their difference is 10 and 8 by seed: 9, and t(.9875, 1) = 25.452 x 1 around it, as two factors have a
// pair of levels each, of which a figure's title names the one that moves more.
func TestLevelsOfGrid(t *testing.T) {
	m := sweepOf("grid", 2, design.Factor{Name: "a"}, design.Factor{Name: "fixed"}, design.Factor{Name: "b", Values: []float64{1, 0}, Words: []string{"lo", "hi"}})
	got := levelsOf(t, m, "a,fixed,b,jobs\n"+
		"0,0,0,7,4,,1,5,hi,99\n0,0,0,7,8,,1,5,hi,10\n1,0,1,8,8,,1,5,hi,111\n"+
		"2,1,0,7,8,,1,5,lo,12\n3,1,1,8,8,,1,5,lo,113\n"+
		"4,2,0,7,8,,20,5,hi,20\n5,2,1,8,8,,20,5,hi,119\n"+
		"6,3,0,7,8,,20,5,lo,22\n7,3,1,8,8,,20,5,lo,121\n")
	want := []string{
		",a,jobs,level,1,,,2,4,61.5,1.4142135623730951,", ",a,jobs,level,20,,,2,4,70.5,1.4142135623730951,", ",a,jobs,range,20,1,,4,8,9,,",
		",b,jobs,level,hi,,,2,4,65,6.363961030678928,", ",b,jobs,level,lo,,,2,4,67,6.363961030678928,", ",b,jobs,range,lo,hi,,4,8,2,,",
	}
	for k, line := range got {
		if k < len(want) && !strings.HasPrefix(line, want[k]) {
			t.Errorf("row %d is %s, want %s", k, line, want[k])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows: %v", len(got), got)
	}
	for _, c := range []struct {
		row    int
		lo, hi float64
	}{{0, 61.5 - 6.353, 61.5 + 6.353}, {1, 70.5 - 6.353, 70.5 + 6.353}, {2, 9 - 25.452, 9 + 25.452}} {
		cells := strings.Split(got[c.row], ",")
		lo, _ := strconv.ParseFloat(cells[11], 64)
		hi, _ := strconv.ParseFloat(cells[12], 64)
		if lo < c.lo-.01 || lo > c.lo+.01 || hi < c.hi-.01 || hi > c.hi+.01 || cells[13] != "seeds" || cells[14] != "2" {
			t.Errorf("%s, want an interval from %g to %g over 2 seeds", got[c.row], c.lo, c.hi)
		}
	}
}

// Twenty points with values of their own are four bins of five; each point is shown, and the interval is over points: five values 0, 1,
// 2, 3, 4 above the bin's least have the mean 2, the deviation 1.5811 and 2.776 x .7071 around it.
func TestLevelsOfBins(t *testing.T) {
	m := sweepOf("random", 1, design.Factor{Name: "a", Shape: design.Uniform})
	var runs strings.Builder
	runs.WriteString("a,jobs\n")
	for k := range 20 {
		x := (k * 7) % 20 // points come in no order
		fmt.Fprintf(&runs, "%d,%d,0,7,8,none,%g,%d\n", k, k, float64(x)/8, x)
	}
	got := levelsOf(t, m, runs.String())
	if len(got) != 4+1+20 {
		t.Fatalf("%d rows: %v", len(got), got)
	}
	for k, want := range []string{"none,a,jobs,bin,0.25,0,0.5,5,5,2,1.5811388300841898,", "none,a,jobs,bin,0.875,0.625,1.125,5,5,7,", "none,a,jobs,bin,1.5,", "none,a,jobs,bin,2.125,",
		"none,a,jobs,range,2.125,0.25,,10,10,15,,"} {
		if !strings.HasPrefix(got[k], want) {
			t.Errorf("row %d is %s, want %s", k, got[k], want)
		}
	}
	cells := strings.Split(got[0], ",")
	if lo, err := strconv.ParseFloat(cells[11], 64); err != nil || lo < 2-1.964 || lo > 2-1.963 || cells[13] != "points" || cells[14] != "5" {
		t.Errorf("%s, want an interval from .0368 over 5 points", got[0])
	}
	if !strings.HasPrefix(got[5], "none,a,jobs,point,0,,,1,1,0,,,,,") {
		t.Error(got[5])
	}
}

// A dozen points of a Latin hypercube have values of their own, and as levels each factor would have the range of all points: a, which
// does nothing, as large a one as b, which does all. They are cut in two, with an interval; a grid of as many values is not.
func TestLevelsOfFewSpreadPoints(t *testing.T) {
	for kind, want := range map[string]string{"lhs": "bin", "sobol": "bin", "list": "level"} {
		m := sweepOf(kind, 2, design.Factor{Name: "a", Shape: design.Uniform}, design.Factor{Name: "b", Shape: design.Uniform})
		var runs strings.Builder
		runs.WriteString("a,b,jobs\n")
		for k := range 12 {
			for r := range 2 {
				fmt.Fprintf(&runs, "%d,%d,%d,7,8,,%d,%d,%d\n", 2*k+r, k, r, k*5%12, k, 10*k+r)
			}
		}
		ranges := map[string]float64{}
		for _, line := range levelsOf(t, m, runs.String()) {
			cells := strings.Split(line, ",")
			if cells[3] == "range" {
				ranges[cells[1]], _ = strconv.ParseFloat(cells[9], 64)
			} else if cells[3] != want && cells[3] != "point" {
				t.Errorf("%s: %s, want a %s", kind, line, want)
			}
			if cells[3] == "bin" && (cells[7] != "6" || cells[13] != "points") {
				t.Errorf("%s: %s, want six points and an interval over them", kind, line)
			}
		}
		if kind != "list" && (ranges["b"] != 60 || ranges["a"] > 20) {
			t.Errorf("%s: ranges %v, want that of b alone to be large, 60", kind, ranges)
		}
	}
}

// In a design in which one factor changes at a time, the points at which another one changes tell nothing of a factor.
func TestLevelsOneAtATime(t *testing.T) {
	m := sweepOf("oat", 1, design.Factor{Name: "a"}, design.Factor{Name: "b"})
	got := levelsOf(t, m, "a,b,jobs\n0,0,0,7,8,,1,1,10\n1,1,0,7,8,,2,1,15\n2,2,0,7,8,,1,2,90\n")
	want := []string{",a,jobs,level,1,,,1,1,10,,,,,", ",a,jobs,level,2,,,1,1,15,,,,,", ",a,jobs,range,2,1,,2,2,5,,,,,",
		",b,jobs,level,1,,,1,1,10,,,,,", ",b,jobs,level,2,,,1,1,90,,,,,", ",b,jobs,range,2,1,,2,2,80,,,,,"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

// Where there are more points than are shown, those shown are drawn by lot, each as many as 300; and outcomes that readers ask for first
// come first where more are named than figures show.
func TestLevelsOfMany(t *testing.T) {
	m := sweepOf("lhs", 1, design.Factor{Name: "a", Shape: design.Uniform})
	var runs strings.Builder
	runs.WriteString("a,firms,wage,trust,jobs\n")
	for k := range 1000 {
		fmt.Fprintf(&runs, "%d,%d,0,7,8,,%g,1,2,3,%d\n", k, k, float64(k)/1000, k)
	}
	count := map[string]int{}
	low := 0
	for _, line := range levelsOf(t, m, runs.String()) {
		cells := strings.Split(line, ",")
		count[cells[2]+" "+cells[3]]++
		if x, _ := strconv.ParseFloat(cells[4], 64); cells[3] == "point" && cells[2] == "jobs" && x < .5 {
			low++
		}
	}
	for name, want := range map[string]int{"jobs bin": 10, "jobs range": 1, "jobs point": 300, "firms bin": 10, "wage bin": 10, "trust bin": 0} {
		if count[name] != want {
			t.Errorf("%s: %d rows, want %d", name, count[name], want)
		}
	}
	if low < 120 || low > 180 {
		t.Errorf("%d of 300 points lie in the lower half", low)
	}
}
