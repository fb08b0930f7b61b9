package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const source = `package m

func quarter() []phase {
	yearEnd, cells := 1, 2
	return []phase{
		{Name: "time passes", Once: begin()},
		{Name: "fields", Rows: cells, Each: lay},
		{Name: "orders", Rows: func(*w) int { return market.Bands }, Each: both(a, b)},
		{Name: "closings", Once: leave, Beside: "clusters"},
		{Name: "clusters", When: yearEnd, Once: find},
	}
}
`

// files writes a source and a page and gives the arguments for them.
func files(t *testing.T, source, page string) (args []string, at string) {
	t.Helper()
	dir := t.TempDir()
	at = filepath.Join(dir, "p.md")
	for name, text := range map[string]string{filepath.Join(dir, "m.go"): source, at: page} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return []string{"-source", filepath.Join(dir, "m.go"), "-page", at}, at
}

// Names, order, rows and dates are the code's, words and sections the page's; the rest of the page stays.
func TestRunWritesThenChecks(t *testing.T) {
	const words = "| orders | x | x | by sector | 7.4 |\n| time passes | x | x | calendar | 7.1 |\n| clusters | | | found | 7.12 |\n| closings | | | debts | 7.9 |\n| fields | | | of cells | 7.2 |\n"
	args, at := files(t, source, "# A\n\n"+head+words+"\nrest\n")
	check := append([]string{"-check"}, args...)
	if err := run(check, io.Discard); err == nil || !strings.Contains(err.Error(), "stale") {
		t.Errorf("nothing is written yet, but -check says %v", err)
	}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := "# A\n\n" + head + "| time passes | alone | every tick | calendar | 7.1 |\n| fields | each cell | every tick | of cells | 7.2 |\n" +
		"| orders | each band of firms | every tick | by sector | 7.4 |\n| closings | beside *clusters* | every tick | debts | 7.9 |\n| clusters | alone | year's end | found | 7.12 |\n\nrest\n"
	have, err := os.ReadFile(at)
	if err != nil || string(have) != want {
		t.Errorf("have %s\nwant %s, %v", have, want, err)
	}
	if err := run(check, io.Discard); err != nil {
		t.Errorf("after writing -check says %v", err)
	}
}

func TestRunNamesWhatIsWrong(t *testing.T) {
	const words = "| time passes | | | a | 1 |\n| fields | | | b | 2 |\n| orders | | | c | 3 |\n| closings | | | e | 5 |\n| clusters | | | d | 4 |\n"
	for name, c := range map[string]struct{ source, page, want string }{
		"no table":      {source, "text", "has no table"},
		"no words":      {source, head + strings.Replace(words, "| orders | | | c | 3 |\n", "", 1), `has no row for the phase "orders"`},
		"no such phase": {source, head + words + "| gone | | | e | 5 |\n", `a phase "gone", which there is not`},
		"cells":         {source, head + "| time passes | a |\n", "want 5 cells"},
		"rows":          {strings.Replace(source, "Rows: cells", "Rows: towns", 1), head + words, `"fields" walks rows`},
		"date":          {strings.Replace(source, "When: yearEnd", "When: never", 1), head + words, `"clusters" runs when`},
		"no function":   {strings.Replace(source, "quarter", "month", 1), head + words, "has no function quarter"},
		"no name":       {strings.Replace(source, `Name: "fields"`, "Name: fields", 1), head + words, "want a name"},
	} {
		args, _ := files(t, c.source, c.page)
		if err := run(args, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: have %v, want %s", name, err, c.want)
		}
	}
}
