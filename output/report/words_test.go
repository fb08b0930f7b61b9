package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnbroken(t *testing.T) {
	for words, want := range map[string]string{
		"Шесть округов, 87 000 фирм": "Шесть округов, 87\u00a0000 фирм", "1 234 567": "1\u00a0234\u00a0567", "in 2001 177 firms": "in 2001 177 firms",
		"12 3456": "12 3456", "a 3 b": "a 3 b",
	} {
		if got := unbroken(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	for words, want := range map[string]string{
		"the shock of 2001-03": "the shock of 2001–03.", "шок 2001-2003 годов": "шок 2001–2003 годов.", "as of 2009-09-08": "as of 2009-09-08.", "Why?": "Why?", "Thus.": "Thus.", "": "",
	} {
		if got := sentence(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

// Dates of published figures are words of the language and sort by time; the manifest is among the files, if there is one.
func TestDatesAndManifest(t *testing.T) {
	dir := t.TempDir()
	newFolder(t, dir)
	put(t, dir, "targets.csv", "what,date,published\njobs,2008Q1,7\njobs,2009Q4,8\n")
	page, _ := written(t, dir, Options{Lang: "ru"})
	holds(t, page, `<td data-v="2008Q1">I`+"\u00a0кв.\u00a0"+`2008</td>`, `<td data-v="2009Q4">IV`+"\u00a0кв.\u00a0"+`2009</td>`, `<a href="manifest.json">`)
	page, _ = written(t, dir, Options{Lang: "en"})
	holds(t, page, `<td data-v="2008Q1">2008Q1</td>`)
	if err := os.Remove(filepath.Join(dir, "manifest.json")); err != nil {
		t.Fatal(err)
	}
	if page, _ := written(t, dir, Options{Lang: "en"}); strings.Contains(page, `href="manifest.json"`) {
		t.Error("a manifest that is not there is among the files")
	}
}
