package model_test

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"

	"agglo/model"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/rng"
)

// mechanism begin

// Params are the parameters of forgetting.
type Params struct {
	Rate   float64 // part of its technology that a firm loses when it forgets, in [0,1)
	Chance float64 // per firm and quarter, in [0,1]
}

// forgets is the purpose of the draw whether a firm forgets: a number that no other draw has.
const forgets rng.Purpose = 0x7f01

// Forget lets firms lose technology when people who knew leave. It reads and writes its own rows only, so the engine may hand it
// any block of rows, on any worker; the draw is addressed by firm and tick, so it moves nobody else's.
func (p Params) Forget(w *world.World, tick, lo, hi int) {
	if p.Rate == 0 || p.Chance == 0 {
		return // switched off to the last bit
	}
	loss := math.Log1p(-p.Rate)
	for i := lo; i < hi; i++ {
		if w.Firms.ID[i] == 0 || w.Seed.Uniform(forgets, w.Firms.ID[i], tick, 0) >= p.Chance {
			continue
		}
		w.Firms.LogTech[i] += loss
		w.Firms.OwnLogTech[i] += loss
	}
}

// phase puts it into the quarter.
func (p Params) phase() sim.Phase[world.World] {
	return sim.Phase[world.World]{Name: "firms forget", Rows: (*world.World).Rows, Each: p.Forget}
}

// mechanism end

// technology runs plain for a year with forgetting behind the other phases, and gives the mean log technology and a sum of bits.
func technology(t *testing.T, p *Params, threads int) (float64, uint64) {
	t.Helper()
	s, err := scenarios.Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	if p != nil {
		e.Phases = append(e.Phases, p.phase())
	}
	e.Threads = threads
	if err := e.Run(context.Background(), 4); err != nil {
		t.Fatal(err)
	}
	sum, n, bits := 0.0, 0.0, uint64(0)
	for i, id := range e.World.Firms.ID {
		if id != 0 {
			sum += e.World.Firms.LogTech[i]
			n++
			bits = bits*31 + math.Float64bits(e.World.Firms.LogTech[i])
		}
	}
	return sum / n, bits
}

// The mechanism of docs/extending.md: switched off it leaves no trace, on it costs technology about as much as it says, and the
// number of workers does not matter.
func TestForget(t *testing.T) {
	without, bits := technology(t, nil, 2)
	if off, same := technology(t, &Params{Rate: .1}, 2); off != without || same != bits {
		t.Error("chance 0 leaves a trace")
	}
	p := &Params{Rate: .1, Chance: .5}
	with, one := technology(t, p, 1)
	if _, three := technology(t, p, 3); three != one {
		t.Error("three workers give other bits than one")
	}
	if want := 4 * .5 * math.Log(.9); math.Abs(with-without-want) > .5*math.Abs(want) {
		t.Errorf("log technology changed by %.4f, want about %.4f, less what firms learn anew", with-without, want)
	}
}

// The code of docs/extending.md is that of this file.
func TestExtendingMechanism(t *testing.T) {
	page, err := os.ReadFile("../docs/extending.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("extend_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "// mechanism begin\n\n")
	code, _, found := strings.Cut(code, "\n// mechanism end")
	if !found || !strings.Contains(string(page), "```go\n"+code+"```\n") {
		t.Errorf("docs/extending.md does not show the mechanism as it stands here:\n%s", code)
	}
}
