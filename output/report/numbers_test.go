package report

import (
	"strings"
	"testing"
)

// Numbers of a column have the same decimals; shares are told in per cent and logarithms in hundredths, which the head says; where each
// row is of another thing, each row says it. What is too small for decimals is told by a power of ten, in the language's signs.
func TestNumbersOfColumns(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	put(t, dir, "premium.csv", "cluster,mix,total\n0,.0171,.5\n1,-3.5e-05,-.000921\n")
	put(t, dir, "synergy.csv", "cluster,input,total\n0,.1384,1\n1,0,-.0004\n")
	put(t, dir, "series_region.csv", "region,jobs,wage,exports,treasury\na,5,1,1000.4,0\nb,12000,1.268,2.5,-.00003\n")
	put(t, dir, "summary.csv", "statistic,value,lo,unit\nbirths_per_year,.07,.0844,1/year\nsynergy,.1384,,1\nmoney_gap,1.46e-15,-1,1\ntail_exponent,1.2194,,1\n")
	put(t, dir, "targets.csv", "what,metric,since,kind,unit,published,lo\nwage,wage,2001Q1,growth,1,.36,.2715\njobs,jobs,,level,jobs,435826,348660.8\n")
	put(t, dir, "pairs.csv", "pair,seed,firm,firms\n0,1234567,98765,98765\n")
	put(t, dir, "dictionary.csv", "table,column,unit,meaning\npremium,mix,log,a\npremium,total,log,b\n")
	for _, c := range []struct{ lang, table, heads, rows string }{
		{"en", "premium", "log points|log points", "1.71|50.00; 0.00|−0.09"},
		{"en", "synergy", "%|%", "13.8|100.0; 0.0|0.0"},
		{"ru", "series_region", "|||", "12\u00a0000|1,27|2|−3×10⁻⁵; 5|1,00|1000|0,0000"},
		{"ru", "summary", "|||", "7,0|8,4|% в год|–; 13,8|–|%|–; 1,5×10⁻¹⁵|−1||–; 1,22|–||–"},
		{"en", "pairs", "||", "1234567|98765|98,765"},
		{"en", "targets", "|||", "2001Q1|36.0|27.2|%; –|435,826|348,661|jobs"},
	} {
		f, err := read(dir, c.lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := f.shown(f.named(c.table+".csv"), c.table)
		var heads, rows []string
		for _, h := range s.Head[1:] {
			heads = append(heads, h.Unit)
		}
		for _, row := range s.Rows {
			var cells []string
			for _, one := range row[1:] {
				cells = append(cells, one.Text)
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
		if got := strings.Join(rows, "; "); got != c.rows {
			t.Errorf("%s, %s: %q, want %q", c.lang, c.table, got, c.rows)
		}
		if got := strings.Join(heads, "|"); got != c.heads {
			t.Errorf("%s, %s: units %q, want %q", c.lang, c.table, got, c.heads)
		}
	}
}

// The means of unemployment on a page leave out the first two years alike, and growth rates are a sample: the page says so.
func TestSummarySaysSpans(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	put(t, dir, "summary.csv", "statistic,value,unit\nunemployment_mean,.05,1\ngrowth_rates,193722,rates\n")
	for lang, want := range map[string][]string{
		"en": {"Mean unemployment after two years", "as does the mean unemployment", "Growth rates that were fitted", "a random sample of yearly"},
		"ru": {"Средняя безработица после двух лет", "в средней безработице в ответе", "Темпов роста в подгонке", "по случайной выборке"},
	} {
		page, _ := written(t, dir, Options{Lang: lang})
		holds(t, page, want...)
	}
}

// A statistic is in its band at the ends of it; published figures bear the names of sectors and the doubts about them.
func TestVerdicts(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	put(t, dir, "summary.csv", "statistic,value,unit,want_lo,want_hi\ndeaths_per_year,.0676,1/year,.07,.12\nbirths_per_year,.07,1/year,.07,.12\ntail_exponent,,1,.8,1.75\njobs,7,workers,,\n")
	put(t, dir, "targets.csv", "what,metric,sectors,date,since,kind,unit,published,verdict,verified\njobs of soft,jobs,soft,2008Q1,,level,jobs,7,near,false\n"+
		"wage of soft and other,wage,soft other,2008Q1,2001Q1,growth,1,.36,off,true\n")
	yaml := strings.Replace(scenarioYAML, "- id: soft", "- id: soft\n  name: Software", 1)
	for _, c := range []struct{ lang, table, rows string }{
		{"en", "summary", "6.8|% a year|7.0|12.0|outside; 7.0|% a year|7.0|12.0|in band; –||0.8|1.75|–; 7|jobs|–|–|–"},
		{"en", "targets", "Jobs: Software|near, figure not verified; Wage: Software, other, change|off"},
	} {
		f, err := read(dir, c.lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		f.manifest.ScenarioYAML = yaml
		s := f.shown(f.named(c.table+".csv"), c.table)
		var rows []string
		for _, row := range s.Rows {
			if c.table == "targets" {
				row = []cell{row[0], row[len(row)-1]}
			} else {
				row = row[1:]
			}
			var cells []string
			for _, one := range row {
				cells = append(cells, one.Text)
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
		if got := strings.Join(rows, "; "); got != c.rows {
			t.Errorf("%s: %q, want %q", c.table, got, c.rows)
		}
	}
}

// An agent that is one firm is called a firm; one that stands for several is not.
func TestAgentsAreFirms(t *testing.T) {
	f := &folder{lang: "ru", kind: run}
	for scale, want := range map[float64]string{1: "фирм, фирм за квартал", 10: "агентов, агентов за квартал"} {
		f.manifest.Scale = scale
		if got := f.unit("agents") + ", " + f.unit("agents/period"); got != want {
			t.Errorf("an agent for %g firms: %q, want %q", scale, got, want)
		}
	}
}
