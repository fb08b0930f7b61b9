package plot

import (
	"math"
	"strings"
	"testing"
)

// Of looks at 40, 44, 48 and 52 the one of tick 47 is 44; what stops before the first look behind the start takes that; what is
// not known takes the last.
func TestLookAt(t *testing.T) {
	e := &effect{ticks: []float64{40, 44, 48, 52}}
	for tick, want := range map[float64]int{47: 1, 48: 2, 52: 3, 60: 3, 41: 1, 40: 1} {
		if got := e.lookAt(tick); got != want {
			t.Errorf("tick %v: look %d, want %d", tick, got, want)
		}
	}
	if got := e.lookAt(math.NaN()); got != 3 {
		t.Errorf("unknown tick: look %d, want the last", got)
	}
	if got := (&effect{ticks: []float64{40}}).lookAt(30); got != 0 {
		t.Errorf("one look: %d", got)
	}
}

// For four pairs with unit variance in both outcomes, not correlated, the region is a circle of radius
// sqrt(2 x 3/2 x F(2,2) / 4) with F(2,2) at .95 = 19: 3.7749. Three pairs have none.
func TestEllipse(t *testing.T) {
	u := math.Sqrt(3) / 2 // four values of +-u have variance 1
	edge := ellipse([]float64{1 + u, 1 + u, 1 - u, 1 - u}, []float64{2 + u, 2 - u, 2 + u, 2 - u})
	for _, at := range edge {
		if r := math.Hypot(at[0]-1, at[1]-2); math.Abs(r-3.77492) > 1e-4 {
			t.Fatalf("radius %v, want 3.77492", r)
		}
	}
	if len(edge) == 0 || ellipse([]float64{1, 2, 3}, []float64{1, 2, 4}) != nil {
		t.Error("a region of three pairs, or none of four")
	}
}

// What is summed from row to row is named by the quarters between the rows, where these are evenly apart.
func TestCostPerPeriod(t *testing.T) {
	const head = "metric,policy,tick,baseline,effect,effect_pct,lo,hi,p_adjusted,replicates,variance_reduction\n"
	for rows, want := range map[string][2]string{
		"40 41 42 43": {"worker-years per quarter", "человеко-лет за квартал"},
		"40 44 48 52": {"worker-years per 4 quarters", "человеко-лет за 4 квартала"},
		"40 44 47 48": {"worker-years since the row before", "человеко-лет с предыдущей строки"},
		"40":          {"worker-years since the row before", "человеко-лет с предыдущей строки"},
	} {
		dir := t.TempDir()
		var b strings.Builder
		for tick := range strings.FieldsSeq(rows) {
			b.WriteString("public_cost,subsidy," + tick + ",9,1,,0,2,.5,2,\n")
		}
		putTables(t, dir, map[string]string{"effects.csv": head + b.String(), "dictionary.csv": "table,column,unit,meaning\neffects,public_cost,worker-years/period,money\n"})
		for k, lang := range []string{"en", "ru"} {
			f, err := open(dir, lang)
			if err != nil {
				t.Fatal(err)
			}
			e, err := f.effectTable()
			if err != nil {
				t.Fatal(err)
			}
			if got := f.metric("public_cost", money, e.apart("public_cost")); !strings.Contains(got, want[k]) {
				t.Errorf("rows %s: %q, want %q in it", rows, got, want[k])
			}
		}
	}
}
