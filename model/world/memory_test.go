package world

import (
	"math"
	"testing"
)

// remembered is a world of two cells and two sectors whose fields all say the tick; the wage grows by 1%, the population by 2%
// and the first sector by 3% a tick.
func remembered(lag, ticks int) *World {
	w := &World{Setting: &Setting{Sectors: make([]Sector, 2)}}
	w.Ground = []Ground{{Cells: 2}}
	for tick := range ticks {
		x := float64(tick + 1)
		w.Now = Now{Tick: tick, Wage: math.Pow(1.01, x), Population: math.Pow(1.02, x), Demand: []float64{math.Pow(1.03, x), 1}}
		w.Fields.SupplyAt = []float32{float32(x), float32(x), float32(x), float32(x)}
		for _, field := range []*[]float64{&w.Fields.Pool, &w.Fields.Access, &w.Fields.Receipts} {
			*field = []float64{x, x, x, x}
		}
		for _, field := range []*[]float64{&w.Fields.LogWage, &w.Fields.Jobs, &w.Fields.EndPoint} {
			*field = []float64{x, x}
		}
		w.Remember(lag)
	}
	return w
}

// widened are numbers of 32 bits as numbers of 64.
func widened(x []float32) (wide []float64) {
	for _, value := range x {
		wide = append(wide, float64(value))
	}
	return wide
}

// After seven ticks firms know what was three ticks ago, as the fourth tick was, grown by three ticks of the world's growth;
// fields lie by cell and sector (suppliers) or by sector and cell. Judging leaves the fields as they are.
func TestMemory(t *testing.T) {
	w := remembered(3, 7)
	if len(w.Memory.Past) != 4 {
		t.Fatalf("%d looks are kept", len(w.Memory.Past))
	}
	people, sector, wage := math.Pow(1.02, 3), math.Pow(1.03, 3), math.Pow(1.01, 3)
	at := 0
	value := w.AsSeen(func() float64 {
		f := &w.Fields
		for _, c := range []struct {
			what string
			got  []float64
			want []float64
		}{
			{"suppliers", widened(f.SupplyAt), []float64{4 * people * sector, 4 * people, 4 * people * sector, 4 * people}},
			{"workers", f.Pool, []float64{4 * people * sector, 4 * people * sector, 4 * people, 4 * people}},
			{"access", f.Access, []float64{4 * wage, 4 * wage, 4 * wage, 4 * wage}},
			{"receipts", f.Receipts, []float64{4 * wage, 4 * wage, 4 * wage, 4 * wage}},
			{"log wage", f.LogWage, []float64{4 + 3*math.Log(1.01), 4 + 3*math.Log(1.01)}},
			{"jobs", f.Jobs, []float64{4 * people, 4 * people}},
			{"transport", f.EndPoint, []float64{4, 4}},
		} {
			for k, want := range c.want {
				most := 1e-12
				if c.what == "suppliers" {
					most = 1e-7 * want // held in single precision
				}
				if math.Abs(c.got[k]-want) > most {
					t.Errorf("%s[%d] = %v, want %v", c.what, k, c.got[k], want)
				}
			}
			at++
		}
		return 5
	})
	if value != 5 || at != 7 || w.Fields.Jobs[1] != 7 || w.Fields.SupplyAt[3] != 7 {
		t.Error("judging changes the fields, or loses the value")
	}
}

// Before there is a look so old, firms know the first one; without a memory they know what is.
func TestMemoryBegins(t *testing.T) {
	jobs := func(w *World) float64 { return w.AsSeen(func() float64 { return w.Fields.EndPoint[0] }) }
	for _, c := range []struct {
		lag, ticks int
		want       float64
	}{{8, 1, 1}, {8, 5, 1}, {8, 9, 1}, {8, 10, 2}, {1, 5, 4}} {
		if got := jobs(remembered(c.lag, c.ticks)); got != c.want {
			t.Errorf("lag %d after %d ticks: known is tick %v, want %v", c.lag, c.ticks, got, c.want)
		}
	}
	w := remembered(8, 9)
	w.Remember(2) // a shorter lag from now on
	if got := jobs(w); got != 8 {
		t.Errorf("known is tick %v", got)
	}
	w.Memory = Memory{}
	if got := jobs(w); got != 9 {
		t.Errorf("without a memory known is tick %v", got)
	}
}
