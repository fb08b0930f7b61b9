package plot

import (
	"math"
	"strconv"
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
		"40 44 47 48": {"worker-years between rows", "человеко-лет между строками"},
		"40":          {"worker-years between rows", "человеко-лет между строками"},
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

// comparisonOf writes a comparison with so many pairs, of effects far beyond chance, under a policy that stops at a tick, and opens it.
func comparisonOf(t *testing.T, pairs int, stops, lang string) *folder {
	t.Helper()
	dir := t.TempDir()
	var e, p strings.Builder
	e.WriteString("metric,policy,tick,baseline,effect,effect_pct,lo,hi,p_adjusted,replicates,variance_reduction\n")
	for _, tick := range []string{"40", "44", "48"} {
		e.WriteString("jobs,subsidy," + tick + ",100,5,5,4,6,.001," + strconv.Itoa(pairs) + ",\n")
	}
	p.WriteString("policy,replicate,net_cost,net_jobs,value_added,displacement,deadweight\n")
	for k := range pairs {
		p.WriteString("subsidy," + strconv.Itoa(k) + "," + strconv.Itoa(100+k) + "," + strconv.Itoa(50+k*k) + ",9,,\n")
	}
	const head = "policy,gross,admin,guarantee_loss,tax_back,private_levered,deadweight,displacement,net_cost,net_jobs,cost_per_net_job,cost_per_value_added," +
		"net_cost_lo,net_cost_hi,net_jobs_lo,net_jobs_hi,cost_per_net_job_lo,cost_per_net_job_hi,stops\n"
	putTables(t, dir, map[string]string{"effects.csv": e.String(), "pairs.csv": p.String(), "costs.csv": head + "subsidy,100,1,0,0,0,0,,100,50,2,1,90,110,40,60,1,3," + stops + "\n"})
	f, err := open(dir, lang)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Below six pairs nothing is beyond chance, whatever intervals say: marks are hollow, nothing has a price, titles say how many pairs there are.
func TestFewPairsEstablishNothing(t *testing.T) {
	for pairs, want := range map[int][2]string{
		2: {"2 pairs of worlds establish nothing: at least 6 are needed", "2 пары миров ничего не доказывают: нужно не меньше 6"},
		5: {"5 pairs of worlds establish nothing: at least 6 are needed", "5 пар миров ничего не доказывают: нужно не меньше 6"},
		6: {},
	} {
		for k, lang := range []string{"en", "ru"} {
			f := comparisonOf(t, pairs, "44", lang)
			e, err := f.effectTable()
			if err != nil {
				t.Fatal(err)
			}
			if s := e.of[[2]string{"jobs", "subsidy"}]; s.beyondChance(2) != (pairs >= leastPairs) {
				t.Errorf("%d pairs: beyond chance is %t", pairs, s.beyondChance(2))
			}
			several := func(of func() ([]*sheet, error)) func() (*sheet, error) {
				return func() (*sheet, error) { s, err := of(); return s[0], err }
			}
			for name, of := range map[string]func() (*sheet, error){"effects": several(f.effects), "forest": f.forest, "costs": several(f.costs), "plane": f.plane} {
				s, err := of()
				if err != nil {
					t.Fatal(err)
				}
				if got := s.title; (got == want[k]) != (pairs < leastPairs) {
					t.Errorf("%s of %d pairs: %q, want %q", name, pairs, got, want[k])
				}
			}
		}
	}
}

// The subtitle of the plane speaks of outlines where there are any, the key of the forest of marks when a policy stops likewise.
func TestKeysTellWhatIsDrawn(t *testing.T) {
	for pairs, want := range map[int]string{3: "too few for outlines", 4: "outlines hold both means"} {
		s, err := comparisonOf(t, pairs, "44", "en").plane()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(s.sub, want) {
			t.Errorf("%d pairs: %q, want %q in it", pairs, s.sub, want)
		}
	}
	for stops, drawn := range map[string]bool{"44": true, "48": false, "60": false} {
		s, err := comparisonOf(t, 6, stops, "en").forest()
		if err != nil {
			t.Fatal(err)
		}
		data, err := s.vector()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "when the policy stops") != drawn {
			t.Errorf("stops at %s: in the key %t, want %t", stops, !drawn, drawn)
		}
	}
}
