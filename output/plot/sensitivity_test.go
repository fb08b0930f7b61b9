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
		{".52,0,.7 .5,.2,.9", ".1,0,.2 1.03,.9,1.2", -.25, 1.25, false}, // as many a factor without interactions
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
			panels, _ := sharePanels(all, sensedFactors(all))
			for _, p := range panels {
				if p.lo != c.lo || p.hi != c.hi {
					t.Errorf("%s, %s: axis from %g to %g, want %g to %g", c.jobs, c.wage, p.lo, p.hi, c.lo, c.hi)
				}
			}
		}
	}
}

// A row stands for one factor in all panels, also where outcomes name factors in another order or lack one.
func TestARowIsOneFactor(t *testing.T) {
	dir := t.TempDir()
	table := "stage,policy,tick,metric,statistic,factor,index,value,lo,hi\n"
	for _, row := range []string{"jobs,mean,a .1", "jobs,mean,b .2", "wage,mean,c .6", "wage,mean,b .4"} {
		row, value, _ := strings.Cut(row, " ")
		table += "shares,,80," + row + ",S1," + value + ",0,1\nshares,,80," + row + ",ST," + value + ",0,1\n"
	}
	putTables(t, dir, map[string]string{sensitivityTable: table})
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.sensed("shares")
	if err != nil {
		t.Fatal(err)
	}
	names := sensedFactors(all)
	panels, _ := sharePanels(all, names)
	if strings.Join(names, "") != "abc" || len(panels) != 2 {
		t.Fatalf("factors %q in %d panels, want a, b, c in 2", names, len(panels))
	}
	for k, want := range [][]float64{{.1, .2, 0}, {0, .4, .6}} {
		if len(panels[k].rows) != len(want) {
			t.Fatalf("panel %d has %d rows, want one for each factor", k, len(panels[k].rows))
		}
		for n, row := range panels[k].rows {
			if want[n] == 0 && len(row) != 0 || want[n] != 0 && (len(row) != 2 || row[1].value != want[n]) {
				t.Errorf("panel %d, factor %s: %v, want a total share of %g", k, names[n], row, want[n])
			}
		}
	}
}

// Who is founded is counted since the look before: 8 quarters between looks at 72 and 80, 80 since the start with one look. Figures
// say so in both languages, and no head of mean or variance is cut before the word that tells them apart.
func TestFoundedSinceTheLookBefore(t *testing.T) {
	const head = "stage,policy,tick,metric,statistic,factor,index,value,lo,hi\n"
	const ends = "policy,tick,metric,factor,low,high,base,at_low,at_low_lo,at_low_hi,at_high,at_high_lo,at_high_hi\n"
	for looks, want := range map[string][2]string{
		"72 80": {"Firms founded in 8 quarters", "Основано фирм за 8 кварталов"},
		"80":    {"Firms founded in 80 quarters", "Основано фирм за 80 кварталов"},
		"79 80": {"Firms founded in a quarter", "Основано фирм за квартал"},
	} {
		var b, e strings.Builder
		b.WriteString(head)
		e.WriteString(ends)
		for tick := range strings.FieldsSeq(looks) {
			for statistic := range strings.FieldsSeq("mean variance") {
				for index := range strings.FieldsSeq("screen,mu_star screen,sigma shares,S1 shares,ST") {
					stage, index, _ := strings.Cut(index, ",")
					b.WriteString(stage + ",," + tick + ",births," + statistic + ",trust.loss," + index + ",.5,.4,.6\n")
				}
			}
			e.WriteString("," + tick + ",births,trust.loss,0,1,9,-1,-2,0,1,0,2\n")
		}
		dir := t.TempDir()
		putTables(t, dir, map[string]string{sensitivityTable: b.String(), tornadoTable: e.String()})
		for k, lang := range []string{"en", "ru"} {
			f, err := open(dir, lang)
			if err != nil {
				t.Fatal(err)
			}
			for name, of := range map[string]func() (*sheet, error){"morris": f.morris, "sobol": f.sobol, "tornado": f.tornado} {
				s, err := of()
				if err != nil {
					t.Fatal(err)
				}
				data, err := s.vector()
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(s.title, want[k]) || strings.Contains(string(data), "…") {
					t.Errorf("%s of looks %s: %q, want %q in it and nothing cut", name, looks, s.title, want[k])
				}
			}
		}
	}
}

// A published figure of who is founded is one of a quarter; an effect on it, of the quarters between looks, or of no known period.
func TestFoundedInOtherFigures(t *testing.T) {
	f := &folder{lang: "en", tables: map[string]*table{}, faults: map[string]error{}, dir: t.TempDir()}
	for got, want := range map[string]string{
		f.targetHead("births", "", "", "", ""): "Firms founded in a quarter",
		f.metric("deaths", percent, 4):         "Firms closed in 4 quarters, %",
		f.metric("deaths", percent, 0):         "Firms closed, %",
		f.outcome("jobs", 4):                   "Jobs",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
