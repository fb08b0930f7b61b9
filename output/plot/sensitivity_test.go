package plot

import (
	"strings"
	"testing"
)

// Shares beyond the usual axis widen it in all panels, intervals do not. A share above 1, or one alone above that with interactions,
// tells of too few base points, in the subtitle of both languages, and no title builds on them.
func TestSharesLieInsideTheAxis(t *testing.T) {
	const head = "stage,policy,tick,metric,statistic,factor,index,value,lo,hi\n"
	for _, c := range []struct {
		jobs, wage string // S1 and ST with its interval
		lo, hi     float64
		few        bool
	}{
		{".3,0,.6 .5,.2,.9", ".1,0,.2 .2,.1,.3", -.25, 1.25, false},
		{".3,-3,4 .5,-2,5", ".1,0,.2 .2,.1,.3", -.25, 1.25, false},
		{".3,0,.6 2.4,1,3", ".1,0,.2 .2,.1,.3", -.25, 2.4, true},
		{".3,0,.6 .5,.2,.9", "-.9,-2,.2 .2,.1,.3", -.9, 1.25, false},
		{".6,0,.7 .5,.2,.9", ".1,0,.2 .2,.1,.3", -.25, 1.25, true},
	} {
		var b strings.Builder
		b.WriteString(head)
		for metric, shares := range map[string]string{"jobs": c.jobs, "wage": c.wage} {
			s1, st, _ := strings.Cut(shares, " ")
			b.WriteString("shares,,80," + metric + ",mean,trust.loss,S1," + s1 + "\nshares,,80," + metric + ",mean,trust.loss,ST," + st + "\n")
		}
		dir := t.TempDir()
		putTables(t, dir, map[string]string{sensitivityTable: b.String()})
		for lang, want := range map[string]string{"en": "Too few base points", "ru": "Слишком мало базовых точек"} {
			f, err := open(dir, lang)
			if err != nil {
				t.Fatal(err)
			}
			s, err := f.sobol()
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(s.sub, want) != c.few || strings.Contains(s.title, "%") == c.few {
				t.Errorf("%s, %s: %q, %q", c.jobs, c.wage, s.title, s.sub)
			}
			all, err := f.sensed("shares")
			if err != nil {
				t.Fatal(err)
			}
			panels, _ := sharePanels(all)
			for _, p := range panels {
				if p.lo != c.lo || p.hi != c.hi {
					t.Errorf("%s, %s: axis from %g to %g, want %g to %g", c.jobs, c.wage, p.lo, p.hi, c.lo, c.hi)
				}
			}
		}
	}
}
