package plot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gridOf writes a folder of a sweep over two factors: a metric that follows x alone, but for a cell without a value.
func gridOf(t *testing.T, rows string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"runs.csv":       "run,point\n",
		"grid.csv":       "policy,x_name,y_name,x,y,metric,runs,mean,sd\n" + rows,
		"manifest.json":  `{"scenario":"plain","title":{"en":"Plain","ru":"Равнина"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`,
		"dictionary.csv": "table,column,unit,meaning\nruns,jobs,workers,workers at firms\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The title of a heat map says where most and least are, and which factor leads; it does so in both languages.
func TestHeatTitle(t *testing.T) {
	dir := gridOf(t, "none,loss,land,10,a,jobs,3,100,1\nnone,loss,land,10,b,jobs,3,100,1\nnone,loss,land,2,a,jobs,3,60,1\nnone,loss,land,2,b,jobs,0,,\n"+
		"subsidy,loss,land,10,a,jobs,3,120,1\nsubsidy,loss,land,10,b,jobs,3,120,1\nsubsidy,loss,land,2,a,jobs,3,80,1\nsubsidy,loss,land,2,b,jobs,3,80,1\n")
	for lang, want := range map[string]string{
		"en": "Jobs: from 60 (loss 2, land a; no policy) to 120 (10, a; Subsidy); 100% of the differences go with loss",
		"ru": "Рабочие места: от 60 (loss 2, land a; без политики) до 120 (10, a; Субсидия); 100% различий связано с loss",
	} {
		figures, err := Draw(dir, Options{Lang: lang})
		if err != nil || len(figures) != 2 || len(figures[1].Files) != 2 {
			t.Fatalf("%+v, %v", figures, err)
		}
		if figures[1].Title != want {
			t.Errorf("%s, want %s", figures[1].Title, want)
		}
		if unit := map[string]string{"en": "jobs", "ru": "рабочих мест"}[lang]; !strings.HasSuffix(figures[1].Sub, ", "+unit) {
			t.Error(figures[1].Sub)
		}
	}
}

// Both factors may matter, or none; numbers stand in their order, not in that of their first digits.
func TestHeatShares(t *testing.T) {
	f, err := open(gridOf(t, ",p,q,1,1,m,1,0,\n,p,q,1,20,m,1,1,\n,p,q,1,3,m,1,2,\n,p,q,9,1,m,1,1,\n,p,q,9,20,m,1,2,\n,p,q,9,3,m,1,3,\n"), "en")
	if err != nil {
		t.Fatal(err)
	}
	table, err := f.table(gridTable)
	if err != nil {
		t.Fatal(err)
	}
	h := f.heatOf(table, "m")
	if got := strings.Join(h.ys, " "); got != "1 3 20" {
		t.Error(got)
	}
	// Means over q are 1 and 2, those over p .5, 1.5, 2.5; the middle of all six is 1.5 and the squares sum to 5.5.
	if x, y := h.share(1), h.share(2); x < 27.2 || x > 27.3 || y < 72.7 || y > 72.8 {
		t.Errorf("%g%% and %g%%, want 1.5/5.5 and 4/5.5", x, y)
	}
	even, err := Draw(gridOf(t, ",p,q,1,1,m,1,5,\n,p,q,1,2,m,1,5,\n,p,q,2,1,m,1,5,\n,p,q,2,2,m,1,5,\n"), Options{Lang: "en"})
	if err != nil || even[1].Title != "m: 5.00 everywhere, whatever the two factors are" {
		t.Errorf("%+v, %v", even, err)
	}
	none, err := Draw(gridOf(t, ",p,q,1,1,m,0,,\n"), Options{Lang: "en"})
	if err != nil || none[1].Note == "" {
		t.Errorf("%+v, %v", none, err)
	}
	if _, err := Draw(gridOf(t, ",p,q,1,1,m,1,many,\n"), Options{Lang: "en"}); err == nil || !strings.Contains(err.Error(), "grid.csv:2") {
		t.Error(err)
	}
}
