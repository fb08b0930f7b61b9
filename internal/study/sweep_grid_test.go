package study

import (
	"os"
	"path/filepath"
	"testing"

	"agglo/sim/design"
)

// Means and deviations of a grid are those of the last rows of each run and policy; empty cells count for nothing.
func TestSweepGrid(t *testing.T) {
	dir := t.TempDir()
	m := &SweepManifest{}
	m.Sweep.Settings.Design.Kind = "grid"
	m.Sweep.Settings.Factors = []design.Factor{
		{Name: "a", Values: []float64{1, 2}}, {Name: "fixed", Values: []float64{9}}, {Name: "b", Values: []float64{0, 1}, Words: []string{"lo", "hi"}},
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("runs.csv", "run,point,replicate,seed,tick,policy,a,fixed,b,jobs\n"+
		"0,0,0,7,4,none,1,9,lo,99\n0,0,0,7,8,none,1,9,lo,10\n0,0,0,7,4,subsidy,1,9,lo,99\n0,0,0,7,8,subsidy,1,9,lo,30\n"+
		"1,0,1,8,4,none,1,9,lo,99\n1,0,1,8,8,none,1,9,lo,14\n1,0,1,8,8,subsidy,1,9,lo,\n2,1,0,7,4,none,1,9,hi,5\n")
	if err := m.grid(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, GridFile))
	want := "policy,x_name,y_name,x,y,metric,runs,mean,sd\nnone,a,b,1,lo,jobs,2,12,2.8284271247461903\nsubsidy,a,b,1,lo,jobs,1,30,\nnone,a,b,1,hi,jobs,1,5,\n"
	if err != nil || string(got) != want {
		t.Errorf("%v: got\n%s\nwant\n%s", err, got, want)
	}
	// With three factors, or a design that is no grid, there is none, and one that lies there goes.
	m.Sweep.Settings.Factors[1].Values = []float64{8, 9}
	if err := m.grid(t.Context(), dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, GridFile)); err == nil {
		t.Error("a grid of three factors")
	}
	m.Sweep.Settings.Factors = m.Sweep.Settings.Factors[:2]
	if m.Sweep.Settings.Design.Kind = "lhs"; m.grid(t.Context(), dir) != nil {
		t.Error("no grid, and a fault")
	}
}
