package plot

import (
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// FuzzRead: whatever stands in the tables of a run's folder, reading them does not panic: it gives columns of one length, or faults
// with words.
func FuzzRead(f *testing.F) {
	for name, text := range map[string]string{"ledger.csv": "tick,policy,gross,admin,run\n1,a,2,.5,0\n2,\"b\n\",NaN,,1\n", "parameters.csv": "\ufeffparameter,point,lo,hi,told\nx,1,0,2,yes\n",
		"pairs.csv": "policy,net_cost,net_jobs\na,1e309,x\n", "densities.csv": "", "dictionary.csv": "column,unit\n\"a,b\n"} {
		f.Add(name, []byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if _, known := shapes[name]; !known {
			return
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
		got, sum, err := readHashed(dir, name, nil)
		if want := fmt.Sprintf("%x", sha256.Sum256(data)); sum != want { // of the whole file, whatever is wrong in it
			t.Errorf("a hash of %q: want %s", sum, want)
		}
		if err != nil {
			if err.Error() == "" || got != nil {
				t.Errorf("an error without words, or with a table: %v", got)
			}
			return
		}
		for column, values := range got.number {
			if len(values) != got.rows {
				t.Errorf("%s has %d values: want %d", column, len(values), got.rows)
			}
			for _, v := range values {
				if math.IsInf(v, 0) {
					t.Errorf("%s holds %v", column, v)
				}
			}
		}
		for column, words := range got.word {
			if len(words) != got.rows {
				t.Errorf("%s has %d words: want %d", column, len(words), got.rows)
			}
		}
	})
}

// FuzzManifest: whatever stands in manifest.json, the folder is drawn: with its calendar, or with words on what is wrong.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{`{"scenario":"x","title":"X","start":{"year":1960,"quarter":2},"tick_years":0.25,"scale":10}`,
		`{"title":{"en":"X","ru":"И"},"start":{"year":1e308}}`, `{"title":[1],"scale":-1,"tick_years":1e-320}`, `{`, ``} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), data, 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := open(dir, "ru")
		if got == nil {
			t.Fatalf("a folder that is there is not opened: %v", err)
		}
		if err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
		if !(got.tickYears > 0) || !(got.scale > 0) || math.IsInf(got.start, 0) || math.IsNaN(got.start) {
			t.Errorf("ticks of %g years, scale %g, start %g", got.tickYears, got.scale, got.start)
		}
	})
}
