package table

import (
	"strings"
	"testing"
)

// A workbook, spaces that part thousands, and spaces around words: the first two are named, with what to do, the third is read.
func TestSlips(t *testing.T) {
	columns := []Column{{Name: "sector", Among: []string{"tools"}}, {Name: "jobs", Kind: Number, In: Between(0, 1e9)}}
	for text, want := range map[string]string{
		"PK\x03\x04\x14\x00\x06":            "this is a workbook or an archive: save the sheet as CSV in UTF-8",
		"sector,jobs\ntools,7 100\n":        `"7 100": want a number from 0 to 1e+09; write 7100, without spaces`,
		"sector,jobs\ntools,7\u00a0100.5\n": "write 7100.5, without spaces",
		"sector,jobs\ntools,many jobs\n":    `"many jobs": want a number from 0 to 1e+09`,
		"sector,jobs\n \" tools\",5\n":      `bare`,
	} {
		_, err := Read("x.csv", strings.NewReader(text), columns, Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	one := []Column{{Name: "y", Kind: Number}}
	if _, err := Read("y.csv", strings.NewReader("y;z\n1,5;2\n"), one, Options{}); err == nil || !strings.Contains(err.Error(), "separated by semicolons") {
		t.Errorf("one column of two that semicolons part: %v", err)
	}
	got, err := Read("x.csv", strings.NewReader("sector, jobs\n tools , 5\n"), columns, Options{})
	if err != nil || got.Labels("sector").Names[0] != "tools" || got.Numbers("jobs")[0] != 5 {
		t.Errorf("%v, %v", got, err)
	}
}
