package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// of returns a table of a page by its title.
func of(t *testing.T, page, title string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, ">"+title+"</h3>")
	if !ok {
		t.Fatalf("no table %q", title)
	}
	table, _, _ := strings.Cut(rest, "</table>")
	return table
}

// Tables whose columns do not say the tick have the rows of the last one, however few rows there are, and their heads say so.
func TestShortTablesHaveOneTick(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	put(t, dir, "synergy.csv", "run,tick,cluster,total\n0,1,0,.3\n0,1,1,.5\n0,2,0,.1\n0,2,1,.2\n")
	put(t, dir, "premium.csv", "run,tick,cluster,mix,total\n0,1,1,.3,.7\n0,2,1,.1,.9\n")
	put(t, dir, "series_sector.csv", "run,tick,sector,jobs\n0,0,soft,71\n0,2,soft,72\n")
	page, _ := written(t, dir, Options{Lang: "en"})
	for title, rows := range map[string]int{
		"Clusters": 2, "What nearness adds to value added": 2, "Why clusters are more efficient": 1, "Sectors at the end": 1,
	} {
		table := of(t, page, title)
		if n := strings.Count(table, "<tr>") - 1; n != rows {
			t.Errorf("%s: %d rows, want the %d of the last tick: %s", title, n, rows, table)
		}
		if !strings.Contains(table, "Rows of the last tick, 2.") {
			t.Errorf("%s: its head does not say whose rows these are: %s", title, table)
		}
		if strings.Contains(table, ">Run<") {
			t.Errorf("%s: a column of the only run", title)
		}
	}
}

// Clusters of replicates bear the same numbers: the table tells the run, and each has the name that it has in its run.
func TestClustersOfReplicates(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	put(t, dir, "clusters.csv", "run,tick,cluster,name,sector_group,jobs\n0,2,1,Town software,software,40\n1,2,1,Other software,software,50\n")
	put(t, dir, "synergy.csv", "run,tick,cluster,total\n0,2,1,.1\n1,2,1,.2\n")
	page, _ := written(t, dir, Options{Lang: "en"})
	table := of(t, page, "What nearness adds to value added")
	for _, want := range []string{"Run", "Town software", "Other software"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q: %s", want, table)
		}
	}
}

// A source that is an assumption is called one in the page's language; what is said of it stays.
func TestAssumedInRussian(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	page, _ := written(t, dir, Options{Lang: "ru", Sources: known})
	if strings.Contains(page, ">assumed<") {
		t.Error("the page says assumed")
	}
	if n := strings.Count(page, "<td>предположение<"); n != 1 {
		t.Errorf("the page says so %d times in its own language, want once", n)
	}
}

// The money of a scenario of no country has words of its own.
func TestMoneyOfNoCountry(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "manifest.json", strings.Replace(string(data), `"code":"USD"`, `"code":"unit"`, 1))
	for lang, want := range map[string][2]string{"en": {"one is 40,000 units of money", "Numbers of the scenario"}, "ru": {"денежных единиц в ценах 2000", "Числа сценария"}} {
		page, _ := written(t, dir, Options{Lang: lang})
		holds(t, page, want[0])
		if strings.Contains(page, want[1]) {
			t.Errorf("%s: the page counts the numbers of a scenario of which it knows none", lang)
		}
	}
}

// The columns of clusters end within the page where they are set smaller than other tables.
func TestManyColumnsAreSetSmaller(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	page, _ := written(t, dir, Options{Lang: "ru"})
	holds(t, page, "table:has(th:nth-child(11)) { font-size: .78rem; }")
}

// The table of costs tells intervals beside the numbers that they are of, and what policies have not spent of their budgets.
func TestCostsTellIntervalsAndWhatIsLeft(t *testing.T) {
	for lang, want := range map[string][5]string{
		"en": {"What the policies cost", "270 <small>220 to 320</small>", "gone: 58% of the budget is not spent at the end.", "Not spent", "Lost on guarantees"},
		"ru": {"Чего стоили политики", "270 <small>220 … 320</small>", "gone: к концу не потрачено 58% бюджета.", "Не потрачено", "Потери по гарантиям"},
	} {
		dir := filepath.Join(t.TempDir(), "a")
		newFolder(t, dir)
		put(t, dir, "costs.csv", "policy,gross,net_cost,net_cost_lo,net_cost_hi,budget,unspent,guarantee_loss\ngone,250,270,220,320,500,290,0\nall,250,300,250,350,,,0\nspent,500,500,480,520,500,0,0\n")
		page, _ := written(t, dir, Options{Lang: lang})
		table := of(t, page, want[0])
		for _, w := range want[1:4] {
			if !strings.Contains(table, w) {
				t.Errorf("%s: the table lacks %q: %s", lang, w, table)
			}
		}
		if strings.Contains(table, "all: ") || strings.Contains(table, "spent: ") {
			t.Errorf("%s: a policy without a limit, or one that has spent all, has money left: %s", lang, table)
		}
		if strings.Contains(table, want[4]) {
			t.Errorf("%s: nothing was lost on guarantees, and the table has a column of it: %s", lang, table)
		}
		put(t, dir, "costs.csv", "policy,gross,guarantee_loss\nloan,250,12\nall,250,0\n")
		page, _ = written(t, dir, Options{Lang: lang})
		if table := of(t, page, want[0]); !strings.Contains(table, want[4]) {
			t.Errorf("%s: the table lacks %q: %s", lang, want[4], table)
		}
	}
}
