package output

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// FuzzManifest: whatever stands in a folder's manifest.json, opening the folder does not panic: it gives words, or a manifest of a form
// that this program knows and that is read again as the same when it is written.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{`{"agglo":1,"scenario":"x","seed":18446744073709551615,"ticks":4,"tables":{"series":{"bytes":1,"sha256":"ab"}}}`,
		`{"agglo":1,"runs":[{"run":1}],"code":{"version":"v"},"stopped_at":3}`, `{"agglo":99}`, `{"agglo":0}`, `{"agglo":-1}`, `{"agglo":1,"seed":-1}`, `[`, ``} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, ManifestFile), data, 0o666); err != nil {
			t.Fatal(err)
		}
		m, err := Open(dir)
		if err != nil {
			if err.Error() == "" || m != nil {
				t.Errorf("an error without words, or with a manifest: %v", m)
			}
			return
		}
		if m.Agglo < 1 || m.Agglo > FormatVersion {
			t.Errorf("a manifest of form %d", m.Agglo)
		}
		m.Fingerprint()
		again := func(m *Manifest) *Manifest {
			if err := m.write(dir); err != nil {
				t.Fatal(err)
			}
			n, err := Open(dir)
			if err != nil {
				t.Fatalf("what was written is refused: %v", err)
			}
			return n
		}
		first := again(m) // empty lists and none are written alike
		if second := again(first); !reflect.DeepEqual(first, second) {
			t.Errorf("%+v is read again as %+v", first, second)
		}
	})
}

// FuzzMarker: whatever stands in a marker, a folder is either taken or respected, and never left without one.
func FuzzMarker(f *testing.F) {
	for _, text := range []string{"", "A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost \"here\" process 1\n",
		"A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost \"\" process 99999999999999999999\n",
		"A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost \"a\" process -1\n",
		"A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost \"here\" process 1\nborn \"a 7\"\n"} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	path := filepath.Join(dir, MarkerFile)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		owner := writer(data)
		if owner < 0 || owner == os.Getpid() {
			t.Errorf("process %d writes the folder", owner)
		}
		if err := mark(dir); err != nil && !errors.Is(err, ErrOccupied) {
			t.Error(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("no marker is left: %v", err)
		}
		if _, err := Open(dir); err == nil || err.Error() == "" {
			t.Errorf("a folder with a marker is opened: %v", err)
		}
	})
}
