package policy

import (
	"os"
	"strings"
	"testing"

	"agglo/model/world"
)

// instrument begin

// stipends is a family of instruments, with one in it.
var stipends = []Entry{{
	ID: "stipend", Title: "Stipend for young firms", Stands: "",
	Doc:      "Pays firms younger than five years a share of their value added, as cash. It acts on nothing but their credit.",
	Settings: []string{"policy.admin"},
	parts: func(s Spec, _ *Params) []component {
		return []component{{part: stipend{share: .005 * s.Intensity, years: 5}, pays: ToPurses}}
	},
}}

// stipend pays young firms. What it pays is money alone, so it pulls no lever: apply and stand of plain do nothing.
type stipend struct {
	plain
	share float64 // of value added
	years float64 // firms that are younger get it
}

// cost is what firm i gets in this quarter at full strength.
func (s stipend) cost(v world.View, i int) float64 {
	if v.Age(i) >= s.years {
		return 0
	}
	return outlay(v, i, s.share)
}

// instrument end

// with makes rules in which a policy is of an instrument that is not in the catalogue yet.
func with(t *testing.T, w *world.World, e Entry, spec Spec) *Rules {
	t.Helper()
	known := spec
	known.Instrument = "burn"
	r := rules(t, w, known)
	r.acts[0].parts = e.parts(spec, &r.P)
	r.acts[0].reach = make([]reach, len(r.acts[0].parts))
	return r
}

// The instrument of docs/extending.md: only the young are paid, what they get is in the ledger to the last unit, and intensity 0
// leaves no trace.
func TestStipend(t *testing.T) {
	w := two()
	for i := range w.Firms.ID {
		if i%2 == 1 {
			w.Firms.Born[i] = -100 // 25 years old
		}
	}
	before := append([]float64(nil), w.Firms.Cash...)
	r := with(t, w, stipends[0], always("p", "stipend"))
	step(t, r, w, 1)
	v, paid := world.NewView(w), 0.0
	for i := range w.Firms.ID {
		gain := w.Firms.Cash[i] - before[i]
		want := 0.0
		if i%2 == 0 {
			want = .005 * v.ValueAdded(i) / 4
		}
		near(t, "cash", gain, want)
		paid += gain
	}
	if paid <= 0 {
		t.Fatal("nothing was paid")
	}
	near(t, "gross in the ledger", w.Ledger[0].Now.Gross, paid)

	idle := two()
	cash := append([]float64(nil), idle.Firms.Cash...)
	none := always("p", "stipend")
	none.Intensity = 0
	step(t, with(t, idle, stipends[0], none), idle, 1)
	for i := range cash {
		if idle.Firms.Cash[i] != cash[i] || idle.Ledger[0].Now != (world.Cost{}) {
			t.Errorf("intensity 0 leaves a trace at firm %d", i)
		}
	}
}

// The code of docs/extending.md is that of this file.
func TestExtendingInstrument(t *testing.T) {
	page, err := os.ReadFile("../../docs/extending.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("extend_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "// instrument begin\n\n")
	code, _, found := strings.Cut(code, "\n// instrument end")
	if !found || !strings.Contains(string(page), "```go\n"+code+"```\n") {
		t.Errorf("docs/extending.md does not show the instrument as it stands here:\n%s", code)
	}
}
