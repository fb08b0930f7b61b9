package parquet

import (
	"os"
	"path/filepath"
	"testing"

	"agglo/internal/table"
)

// FuzzWrite: any table is written as Parquet and read again with its rows, or refused with words and no file is left.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"i,x,t\n1,2.5,a\n-3,,\n", "t,t\na,b\n", "i\n1e3\n", "x\nNaN\n", "\"\"\n1\n", "", "t\n\"a\n", "i,x\n1\n", "\xff,t\n1,\xfe\n"} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	from, to := filepath.Join(dir, "x.csv"), filepath.Join(dir, "x.parquet")
	kind := func(name string) table.Kind {
		if name == "" {
			return table.Text
		}
		return kindOf(name)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		writeFile(t, from, string(data))
		_ = os.Remove(to) // of the input before
		w, err := Write(t.Context(), from, to, kind)
		if err != nil {
			if _, there := os.Stat(to); err.Error() == "" || there == nil {
				t.Errorf("an error without words, or with a file: %v", err)
			}
			return
		}
		if _, rows := readParquet(t, to); int64(len(rows)) != w.Rows {
			t.Errorf("%d rows are read of %d", len(rows), w.Rows)
		}
	})
}
