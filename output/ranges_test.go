package output

import (
	"path/filepath"
	"testing"
)

// Whoever adds a column says in ranges.go what values it may take; nothing stands there that no table has.
func TestEveryColumnHasItsRange(t *testing.T) {
	used := map[string]bool{}
	for _, each := range tables {
		for _, w := range dictionaryOf(each.name) {
			if _, known := rangeOf(each.name, w.column); !known {
				t.Errorf("%s.%s: no range; give it one in ranges.go", each.name, w.column)
			}
			if _, own := ranges[each.name+"."+w.column]; own {
				used[each.name+"."+w.column] = true
			} else {
				used[w.column] = true
			}
		}
	}
	for key := range ranges {
		if !used[key] {
			t.Errorf("%s has a range and is in no table", key)
		}
	}
	dir, _ := record(t, hamlet(), 0, 1, nil)
	for _, row := range records(t, dir, "dictionary") {
		if want, _ := rangeOf(row["table"], row["column"]); row["range"] != want {
			t.Errorf("%s: %s.%s has the range %q, want %q", filepath.Join(dir, "dictionary.csv"), row["table"], row["column"], row["range"], want)
		}
	}
}
