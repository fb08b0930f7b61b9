package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rewritten applies a change to every row below the header of a file in the present folder.
func rewritten(t *testing.T, name string, change func(header, row []string)) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	_ = w.Write(rows[0]) // into memory
	for _, row := range rows[1:] {
		change(rows[0], row)
		_ = w.Write(row)
	}
	w.Flush()
	put(t, name, out.String())
}

// tabled runs a measure and gives its rows in the order of their names, with a change made to every cell.
func tabled(t *testing.T, args string, change func(column, cell string) string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(must(t, append([]string{"measure"}, strings.Fields(args)...)...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for k := range row {
			row[k] = change(rows[0][k], row[k])
		}
	}
	for _, row := range rows[1:] {
		if rows[0][0] == "sector_a" && row[1] != "" && row[0] > row[1] {
			row[0], row[1] = row[1], row[0] // a pair is the same the other way round
		}
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
	return rows
}

// alike compares two tables: words exactly, numbers to a billionth.
func alike(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", what, len(got), len(want))
	}
	for i, row := range want {
		for k, cell := range row {
			if got[i][k] == cell {
				continue
			}
			a, errA := strconv.ParseFloat(got[i][k], 64)
			b, errB := strconv.ParseFloat(cell, 64)
			if errA != nil || errB != nil || !(math.Abs(a-b) <= 1e-9*(1+math.Abs(b))) {
				t.Errorf("%s: row %v has %s, want %s", what, row[:2], got[i][k], cell)
			}
		}
	}
}

func as(_, cell string) string { return cell }

// TestMeasureRenamed gives every sector, s0 to s4, another name that sorts the other way round. No index changes but for
// the last digits of sums in another order.
func TestMeasureRenamed(t *testing.T) {
	t.Chdir(t.TempDir())
	var there, back []string
	for k := range 5 {
		old, other := fmt.Sprintf("s%d", k), fmt.Sprintf("z'%d", 9-k)
		there, back = append(there, old, other), append(back, other, old)
	}
	forth, home := strings.NewReplacer(there...), strings.NewReplacer(back...)
	for _, args := range onDrawn {
		drawn(t, 0)
		want := tabled(t, args, as)
		for _, file := range []string{"plants.csv", "points.csv", "firms.csv", "units.csv"} {
			rewritten(t, file, func(header, row []string) {
				at := slices.Index(header, "sector")
				row[at] = forth.Replace(row[at])
			})
		}
		alike(t, args, tabled(t, forth.Replace(args), func(_, cell string) string { return home.Replace(cell) }), want)
	}
}

// TestMeasureScaled measures the map in another unit, with distances in it: densities have its inverse, all else stays. A
// power of two changes no digit, so no verdict can flip.
func TestMeasureScaled(t *testing.T) {
	t.Chdir(t.TempDir())
	for args, scaled := range map[string]string{
		"duranton-overman --plants points.csv --draws 40":                            "duranton-overman --plants points.csv --draws 40",
		"duranton-overman --plants points.csv --draws 40 --distances 1,8 --weighted": "duranton-overman --plants points.csv --draws 40 --distances 4,32 --weighted",
		"marcon-puech --plants points.csv --radii 2,9":                               "marcon-puech --plants points.csv --radii 8,36",
		"moran --points places.csv --band 9":                                         "moran --points places.csv --band 36",
	} {
		drawn(t, 0)
		want := tabled(t, args, as)
		for _, file := range []string{"points.csv", "places.csv"} {
			rewritten(t, file, func(header, row []string) {
				for k, name := range header {
					if name == "x" || name == "y" {
						v, _ := strconv.ParseFloat(row[k], 64)
						row[k] = fmt.Sprint(4 * v)
					}
				}
			})
		}
		alike(t, args, tabled(t, scaled, func(column, cell string) string {
			v, err := strconv.ParseFloat(cell, 64)
			switch {
			case err != nil:
				return cell
			case column == "distance" || column == "r":
				return fmt.Sprint(v / 4)
			case strings.HasPrefix(args, "duranton"):
				return fmt.Sprint(v * 4)
			}
			return cell
		}), want)
	}
}

// TestMeasureMultiplied multiplies every number of jobs: shares stay, and so does every index of them.
func TestMeasureMultiplied(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range onDrawn {
		if !strings.Contains(args, "plants") || strings.Contains(args, "--form plain") {
			continue
		}
		drawn(t, 0)
		want := tabled(t, args, as)
		for _, file := range []string{"plants.csv", "points.csv"} {
			rewritten(t, file, func(header, row []string) {
				at := slices.Index(header, "employment")
				v, _ := strconv.ParseFloat(row[at], 64)
				row[at] = fmt.Sprint(8 * v)
			})
		}
		alike(t, args, tabled(t, args, as), want)
	}
}

// TestMeasureChunks splits every file into chunks and puts them together again in another order.
func TestMeasureChunks(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	for _, args := range onDrawn {
		want := must(t, append([]string{"measure"}, strings.Fields(args)...)...)
		words := strings.Fields(args)
		at := slices.IndexFunc(words, func(w string) bool { return strings.HasSuffix(w, ".csv") })
		data, _ := os.ReadFile(words[at])
		header, rest, _ := strings.Cut(string(data), "\n")
		rows := strings.SplitAfter(strings.TrimSuffix(rest, "\n")+"\n", "\n")
		rows = rows[:len(rows)-1]
		put(t, "joined.csv", header+"\n"+strings.Join(rows[250:], "")+strings.Join(rows[:90], "")+strings.Join(rows[90:250], ""))
		words[at] = "joined.csv"
		if got := must(t, append([]string{"measure"}, words...)...); got != want {
			t.Errorf("%s: chunks in another order give another result", args)
		}
	}
}

// TestMeasureReads reads what spreadsheets write: a byte order mark, lines that end in CR LF, quoted cells, columns in
// another order, blanks around numbers and names of columns.
func TestMeasureReads(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "plain.csv", "region,sector,employment\na b,c,1\nd,c,30\n")
	want := must(t, "measure", "hhi", "--table", "plain.csv")
	for name, text := range map[string]string{
		"byte order mark": "\ufeffregion,sector,employment\na b,c,1\nd,c,30\n",
		"CR LF":           "region,sector,employment\r\na b,c,1\r\nd,c,30\r\n",
		"quotes":          "\"region\",\"sector\",\"employment\"\n\"a b\",\"c\",\"1\"\n\"d\",c,\"3e1\"\n",
		"columns":         "employment, sector ,region\n 1,c,a b\n30 ,c,d\n",
		"no last newline": "region,sector,employment\na b,c,1\nd,c,30",
		"empty lines":     "region,sector,employment\n\na b,c,1\n\nd,c,30\n\n",
	} {
		put(t, "other.csv", text)
		if got := must(t, "measure", "hhi", "--table", "other.csv"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
