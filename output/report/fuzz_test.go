package report

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"agglo/output"
)

// readable are the files of a folder of results that a page reads.
var readable = []string{output.ManifestFile, "series.csv", "dictionary.csv", "effects.csv", "facts.csv", "runs.csv", "cases.csv", "kd.csv", "claims.csv",
	"summary.csv", "clusters.csv", "ledger.csv", "firms.csv"}

// FuzzFolder: whatever stands in one file of a folder of results, its page is made, or refused with words.
func FuzzFolder(f *testing.F) {
	seeds := map[string]string{
		output.ManifestFile: `{"agglo":1,"scenario":"x","title":{"en":"X"},"stopped_at":2,"ticks":4,"tables":{"series.csv":{"sha256":"0"},"":{}},"sweep":{"missing":1},"comparison":{"arms":[{"ID":"a"}]}}`,
		"series.csv":        "run,tick,firms,jobs\n0,0,10,20\n0,4,12,\n1,4,NaN,1e400\n", "dictionary.csv": "table,column,unit,meaning\nseries,firms,,\"of \n all\"\n",
		"effects.csv": "\ufeffpolicy,metric,effect\na,jobs,1\n", "facts.csv": "fact,value\n", "runs.csv": "run,status\n0,failed\n", "cases.csv": "case,id\n\"", "kd.csv": "", "claims.csv": "claim,verdict\nC1,\xff\n",
		"summary.csv": "tick,firms\n1,2\n2,3,4\n", "clusters.csv": "tick,cluster,name\n4,1,X\n", "ledger.csv": "tick,policy\n1,a\n", "firms.csv": "tick,firm\nx,y\n",
	}
	for name, text := range seeds {
		f.Add(uint8(slices.Index(readable, name)), []byte(text))
	}
	dir := f.TempDir()
	write := func(t testing.TB, name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := readable[int(which)%len(readable)]
		for _, other := range readable {
			_ = os.Remove(filepath.Join(dir, other)) // of the input before
		}
		write(t, "series.csv", seeds["series.csv"])
		write(t, "dictionary.csv", seeds["dictionary.csv"])
		write(t, name, string(data))
		got, err := read(dir, "en", nil)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		for _, one := range got.tables {
			for _, row := range one.rows {
				if len(row) != len(one.head) {
					t.Errorf("%s: a row of %d cells under %d names", one.name, len(row), len(one.head))
				}
			}
			if len(one.rows) > one.total || len(one.rows) > mostCases {
				t.Errorf("%s: %d rows of %d are shown", one.name, len(one.rows), one.total)
			}
		}
		var b bytes.Buffer
		if err := (&page{folder: got}).render(&b); err != nil {
			t.Errorf("no page: %v", err)
		}
	})
}
