package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// drawn writes a world of random tables into the present folder, the same for the same seed, with rows shuffled by
// another: plants and points of uneven sizes, places with ids and weights between them, edges with weights, firms.
func drawn(t testing.TB, shuffle uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 1))
	var plants, points, places, weights, edges, firms, values, units []string
	add := func(list *[]string, format string, args ...any) { *list = append(*list, fmt.Sprintf(format, args...)) }
	for k := range 400 {
		jobs, sector, region := math.Exp(3*r.NormFloat64()), r.IntN(5), r.IntN(12)
		x, y := 100*r.Float64(), 80*r.Float64()
		if sector == 0 {
			x, y = 50+2*r.NormFloat64(), 40+2*r.NormFloat64()
		}
		add(&plants, "r%d,s%d,%v", region, sector, jobs)
		add(&points, "s%d,%v,%v,%v", sector, x, y, jobs)
		add(&firms, "p%d,s%d,size%d,r%d", region, sector, (sector+r.IntN(2))%3, region/4)
		add(&values, "%v", jobs)
		add(&units, "r%d,s%d,%v,%d,%d,%d", region, sector, jobs, 1+k%4, 20+region, 900+70*region)
		add(&places, "id%d,%v,%v,%v", k, x, y, jobs)
		add(&weights, "id%d,id%d,%v", k, (k+1+r.IntN(398))%400, r.Float64())
		add(&edges, "n%d,n%d,%v", r.IntN(150), r.IntN(150), r.Float64())
	}
	order := rand.New(rand.NewPCG(shuffle, 2))
	for name, table := range map[string][]string{
		"plants.csv region,sector,employment": plants, "points.csv sector,x,y,employment": points, "values.csv value": values,
		"places.csv id,x,y,value": places, "weights.csv i,j,w": weights, "edges.csv from,to,weight": edges,
		"firms.csv place,sector,size,region": firms, "units.csv region,sector,employment,firms,area,population": units,
		"counts.csv row,column,count": plants,
	} {
		file, header, _ := strings.Cut(name, " ")
		if shuffle > 0 {
			order.Shuffle(len(table), func(i, k int) { table[i], table[k] = table[k], table[i] })
		}
		put(t, file, header+"\n"+strings.Join(table, "\n")+"\n")
	}
}

// put writes a file in the present folder.
func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// onDrawn is a command line for every WHAT on the tables of drawn.
var onDrawn = []string{
	"ellison-glaeser --plants plants.csv", "coagglomeration --plants plants.csv --group s0,s3,s4",
	"location-quotient --table plants.csv", "hoover --table plants.csv", "krugman --table plants.csv", "gini --table plants.csv",
	"gini --form lorenz --table plants.csv", "theil --table plants.csv", "theil --by sector --table plants.csv", "hhi --table plants.csv",
	"hhi --by region --form normalised --table plants.csv", "litzenberger-sternberg --units units.csv",
	"duranton-overman --plants points.csv --draws 40 --weighted", "duranton-overman --plants points.csv --draws 40 --sector s0",
	"marcon-puech --plants points.csv", "marcon-puech --plants points.csv --pair s1,s2 --radii 20,3",
	"moran --points places.csv --band 9", "moran --points places.csv --weights weights.csv",
	"triple-helix --units firms.csv", "colocation --units firms.csv", "mutual-information --counts counts.csv",
	"network --edges edges.csv", "distribution --values values.csv",
}

// TestMeasureOrderOfRows wants the same bytes whatever the order of the rows and the number of threads.
func TestMeasureOrderOfRows(t *testing.T) {
	t.Chdir(t.TempDir())
	var before []string
	for shuffle := range uint64(3) {
		drawn(t, shuffle)
		for k, args := range onDrawn {
			words := append([]string{"measure"}, strings.Fields(args)...)
			if strings.HasPrefix(args, "duranton") {
				words = append(words, "--threads", fmt.Sprint(1+shuffle))
			}
			switch out := must(t, words...); {
			case shuffle == 0:
				before = append(before, out)
			case out != before[k]:
				t.Errorf("%s depends on the order of rows", args)
			}
		}
	}
	for k, out := range before {
		if strings.Contains(out, "NaN") || strings.Contains(out, "Inf") {
			t.Errorf("%s prints %s", onDrawn[k], out)
		}
	}
}

// TestMeasureFindsWhatIsThere puts one sector in a town: it must be localised and its neighbours its own, and the others
// not.
func TestMeasureFindsWhatIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	out := must(t, "measure", "duranton-overman", "--plants", "points.csv", "--draws", "100", "--distances", "2,30")
	if !strings.Contains(out, "s0,2,") || strings.Count(out, ",true\n") != 2 || strings.Count(out, ",false\n") != 8 {
		t.Errorf("want s0 alone localised, at two distances for each of five sectors:\n%s", out)
	}
	var rows []struct {
		Sector, Neighbour string
		R, M              *float64
	}
	if err := json.Unmarshal([]byte(must(t, "measure", "marcon-puech", "--plants", "points.csv", "--radii", "4,200", "--json")), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10 || *rows[0].M < 2 || math.Abs(*rows[1].M-1) > 1e-9 || *rows[0].R != 4 {
		t.Errorf("%+v", rows)
	}
}

// TestMeasureRegions parts the triple helix by region: t0 and the terms add up.
func TestMeasureRegions(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	var rows []map[string]any
	if err := json.Unmarshal([]byte(must(t, "measure", "triple-helix", "--units", "firms.csv", "--json")), &rows); err != nil {
		t.Fatal(err)
	}
	sum := rows[0]["t0"].(float64)
	for _, row := range rows[1:] {
		sum += row["term"].(float64)
		if row["t0"] != nil {
			t.Errorf("a region with t0: %v", row)
		}
	}
	if len(rows) != 4 || rows[3]["region"] != "r2" || math.Abs(sum-rows[0]["t_bits"].(float64)) > 1e-12 {
		t.Errorf("the terms sum to %v: %v", sum, rows)
	}
}

// TestMeasureOutput writes a file when it is whole, reads standard input, and leaves an older file alone after a fault.
func TestMeasureOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	want := must(t, "measure", "hhi", "--table", "plants.csv")
	if out := must(t, "measure", "hhi", "--table", "plants.csv", "-o", "hhi.csv"); out != "" {
		t.Errorf("-o prints %q too", out)
	}
	got, err := os.ReadFile("hhi.csv")
	if err != nil || string(got) != want {
		t.Errorf("hhi.csv holds %q, want %q, %v", got, want, err)
	}
	if code, _, _ := call(t, "measure", "hhi", "--table", "values.csv", "-o", "hhi.csv"); code != 1 {
		t.Error("the wrong table is no fault")
	}
	if again, _ := os.ReadFile("hhi.csv"); string(again) != want {
		t.Error("a fault spoils the older file")
	}
	must(t, "measure", "hhi", "--table", "plants.csv", "--json", "-o", "hhi.json")
	var rows []map[string]any
	if data, err := os.ReadFile("hhi.json"); err != nil || json.Unmarshal(data, &rows) != nil || len(rows) != 5 {
		t.Errorf("hhi.json: %s, %v", data, err)
	}
	if code, _, said := call(t, "measure", "hhi", "--table", "plants.csv", "--json", "-o", "none/hhi.json"); code != 1 || said == "" {
		t.Errorf("a folder that is not there: exit code %d, %s", code, said)
	}
	plants, _ := os.ReadFile("plants.csv")
	var out, messages bytes.Buffer
	err = run(t.Context(), []string{"measure", "hhi", "--table", "-"}, bytes.NewReader(plants), &out, &messages)
	if err != nil || out.String() != want {
		t.Errorf("standard input gives %q, %v", out.String(), err)
	}
	left, _ := os.ReadDir(".")
	for _, f := range left {
		if strings.HasSuffix(f.Name(), ".part") {
			t.Errorf("%s is left behind", f.Name())
		}
	}
}
