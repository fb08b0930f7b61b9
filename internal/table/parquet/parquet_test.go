package parquet

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	lib "github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"agglo/internal/table"
)

// kindOf gives columns kinds by the first letter of their names.
func kindOf(name string) table.Kind {
	switch name[0] {
	case 'i':
		return table.Integer
	case 'x':
		return table.Number
	}
	return table.Text
}

// writeFile writes a file of a test.
func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// readParquet gives the columns and rows of a file: int64, float64, string or nil.
func readParquet(t testing.TB, path string) (columns []string, rows [][]any) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := lib.NewGenericReader[any](file)
	defer r.Close()
	for _, f := range r.Schema().Fields() {
		columns = append(columns, f.Name()+" "+f.Type().Kind().String())
	}
	buffer := make([]lib.Row, 64)
	for {
		n, err := r.ReadRows(buffer)
		for _, row := range buffer[:n] {
			var cells []any
			for _, v := range row {
				switch {
				case v.IsNull():
					cells = append(cells, nil)
				case v.Kind() == lib.Int64:
					cells = append(cells, v.Int64())
				case v.Kind() == lib.Double:
					cells = append(cells, v.Double())
				default:
					cells = append(cells, string(v.ByteArray()))
				}
			}
			rows = append(rows, cells)
		}
		if errors.Is(err, io.EOF) {
			return columns, rows
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// Every value of a table comes back to the bit, gaps as nulls, columns in order.
func TestParquetValues(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "t.csv"), filepath.Join(dir, "t.parquet")
	rapid.Check(t, func(rt *rapid.T) {
		type record struct {
			whole  int64
			number float64
			text   string
		}
		records := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) record {
			return record{rapid.Int64().Draw(rt, "whole"), rapid.Float64().Draw(rt, "number"), rapid.StringMatching(`[a-zé ,"']{0,9}`).Draw(rt, "text")}
		}), 0, 700).Draw(rt, "records")
		w, err := table.Create(from, "x.b", "i.z", "text", "x.a")
		if err != nil {
			rt.Fatal(err)
		}
		for _, r := range records {
			w.Number(r.number)
			w.Integer(r.whole)
			w.Text(r.text)
			w.Empty()
			w.EndRow()
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		written, err := Write(t.Context(), from, to, kindOf)
		if err != nil {
			rt.Fatal(err)
		}
		columns, rows := readParquet(t, to)
		if got := strings.Join(columns, ", "); got != "x.b DOUBLE, i.z INT64, text BYTE_ARRAY, x.a DOUBLE" {
			rt.Fatal(got)
		}
		if len(rows) != len(records) || written.Rows != int64(len(records)) {
			rt.Fatalf("%d rows, said to be %d, of %d", len(rows), written.Rows, len(records))
		}
		for k, r := range records {
			want := []any{r.number, r.whole, r.text, nil}
			if math.IsInf(r.number, 0) || math.IsNaN(r.number) {
				want[0] = nil
			}
			if r.text == "" {
				want[2] = nil
			}
			for c := range want {
				if rows[k][c] != want[c] {
					rt.Fatalf("row %d, %s: %v, want %v", k, columns[c], rows[k][c], want[c])
				}
			}
		}
	})
}

// The same table gives the same bytes, whoever writes it and whatever lay there before.
func TestParquetBytes(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "t.csv"), filepath.Join(dir, "t.parquet")
	writeFile(t, from, "i,x,text\n"+strings.Repeat("7,0.25,none\n8,,\n", 3000))
	const known = "979cd25996aa7187caa798679624009fbc9b5179de189942e2be96d4da6c9a2d" // on amd64, with the library's assembly and without
	for _, procs := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(procs)
		written, err := Write(t.Context(), from, to, kindOf)
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256(data)); sum != known || written.SHA256 != sum || written.Bytes != int64(len(data)) {
			t.Errorf("with %d processors: %d bytes, %s, said to be %+v", procs, len(data), sum, written)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Error(left)
	}
}

// Memory does not grow with the rows.
func TestParquetMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // what is held, not what waits to be collected on a busy machine
	dir := t.TempDir()
	heap := func(rows int) uint64 {
		from := filepath.Join(dir, "t.csv")
		w, err := table.Create(from, "i", "x1", "x2", "x3", "x4", "x5", "x6", "x7")
		if err != nil {
			t.Fatal(err)
		}
		for k := range rows {
			w.Integer(int64(k))
			for c := range 7 {
				w.Number(math.Sqrt(float64(k * (c + 2))))
			}
			w.EndRow()
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := Write(t.Context(), from, filepath.Join(dir, "t.parquet"), kindOf); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.HeapSys
	}
	few := heap(150_000)
	if many := heap(600_000); many > few+48<<20 {
		t.Errorf("%d MB for 150,000 rows, %d MB for 600,000", few>>20, many>>20)
	}
}

// What is no number, or no table, is told with its place, and nothing is left behind.
func TestParquetFaults(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "t.csv"), filepath.Join(dir, "t.parquet")
	for text, want := range map[string]string{
		"i,x\n1,2\n3,many\n": "t.csv:3:3: x: \"many\": want a number",
		"i,x\n1.5,2\n":       "t.csv:2:1: i: \"1.5\": want a whole number",
		"i,x\n,2\n":          "t.csv:2:1: i: \"\": want a whole number",
		"i,x\n1,2\n3\n":      "wrong number of fields",
		"":                   "t.csv: the file is empty: want a header",
	} {
		writeFile(t, from, text)
		if _, err := Write(t.Context(), from, to, kindOf); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := Write(t.Context(), filepath.Join(dir, "none"), to, kindOf); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	writeFile(t, from, "i\n1\n")
	if _, err := Write(t.Context(), from, "/dev/full", kindOf); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Error(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
