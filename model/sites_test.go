package model

import (
	"bytes"
	"fmt"
	"maps"
	"testing"

	"agglo/model/demography"
)

// foresighted is a small world in which firms count what they would learn elsewhere, move often, and founders come from where others have
// just succeeded.
func foresighted(t testing.TB) Setup {
	s := small(t, 8, 600)
	d := &s.Params.Demography
	d.LearningYears, d.Contagion, d.Move, d.DeNovo, d.Stay = 5, .5, .3, .2, .5
	return s
}

// With foresight and contagion a run is the same with one thread and with two, and so is one that is taken up from a checkpoint; money and
// workers add up. Without either it is another run.
func TestForesightAndContagionRun(t *testing.T) {
	const at, end = 9, 20
	e := begun(t, foresighted(t))
	e.Threads = 1
	data := saved(t, e, at)
	for tick := at + 1; tick <= end; tick++ {
		if err := to(t, e, tick).Invariants(); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
	}
	want := print(e.World)
	for _, threads := range []int{2, 3} {
		r, err := Resume(foresighted(t), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		r.Threads = threads
		same(t, fmt.Sprintf("resumed with %d threads", threads), want, print(to(t, r, end)))
	}
	run := func(change func(d *demography.Params)) map[string]uint64 {
		s := foresighted(t)
		change(&s.Params.Demography)
		return print(to(t, begun(t, s), end))
	}
	for name, change := range map[string]func(d *demography.Params){
		"no foresight":   func(d *demography.Params) { d.LearningYears = 0 },
		"no contagion":   func(d *demography.Params) { d.Contagion = 0 },
		"what is recent": func(d *demography.Params) { d.ContagionYears = 1 },
	} {
		if maps.Equal(run(change), want) {
			t.Errorf("%s: the same run", name)
		}
	}
	same(t, "what is recent, without contagion", run(func(d *demography.Params) { d.Contagion = 0 }),
		run(func(d *demography.Params) { d.Contagion, d.ContagionYears = 0, 1 }))
}
