package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const angleFactors = `factors:
  - {name: x1, dist: {uniform: [-3.141592653589793, 3.141592653589793]}}
  - {name: x2, dist: {uniform: [-3.141592653589793, 3.141592653589793]}}
  - {name: x3, dist: {uniform: [-3.141592653589793, 3.141592653589793]}}
`

// files writes files into a new folder, which becomes the present one: name, content, name, content.
func files(t testing.TB, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for k := 0; k < len(names); k += 2 {
		if err := os.WriteFile(names[k], []byte(names[k+1]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// parsed reads a table that a command printed.
func parsed(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// answer runs another program, so to speak, on a design: sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1.
func answer(t testing.TB, design, results string) {
	t.Helper()
	data, err := os.ReadFile(design)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	out.WriteString("run,y\n")
	for k, row := range parsed(t, string(data))[1:] {
		var x [3]float64
		for j := range x {
			if x[j], err = strconv.ParseFloat(row[j], 64); err != nil {
				t.Fatal(err)
			}
		}
		y := math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + .1*math.Pow(x[2], 4)*math.Sin(x[0])
		out.WriteString(strconv.Itoa(k) + "," + strconv.FormatFloat(y, 'g', -1, 64) + "\n")
	}
	if err := os.WriteFile(results, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// The indices of the Ishigami function, as published, through the command line.
func TestDesignAnalyseIshigami(t *testing.T) {
	files(t, "f.yaml", angleFactors)
	must(t, "design", "saltelli", "f.yaml", "-n", "2048", "--second-order", "-o", "p.csv")
	answer(t, "p.csv", "y.csv")
	got := parsed(t, must(t, "analyse", "sobol", "--design", "p.csv", "--values", "y.csv", "--column", "y", "--factors", "f.yaml",
		"--resamples", "100"))
	if !slices.Equal(got[0], []string{"factor", "index", "value", "lo", "hi"}) || len(got) != 1+9 {
		t.Errorf("%v", got)
	}
	check := func(first string, want, tolerance float64) {
		t.Helper()
		if v, err := strconv.ParseFloat(cell(t, got, first, "value"), 64); err != nil || math.Abs(v-want) > tolerance {
			t.Errorf("%s = %v, want %v", first, v, want)
		}
	}
	for name, want := range map[string]float64{"x1,S1": .313905191, "x2,S1": .442411145, "x3,S1": 0, "x1,ST": .557588855,
		"x2,ST": .442411145, "x3,ST": .243683664, "x1:x3,S2": .243683664, "x1:x2,S2": 0} {
		check(name, want, .05)
	}
	must(t, "design", "morris", "f.yaml", "-n", "10000", "-o", "m.csv")
	answer(t, "m.csv", "ym.csv")
	got = parsed(t, must(t, "analyse", "morris", "--design", "m.csv", "--values", "ym.csv", "--column", "y", "--resamples", "20"))
	check("x1,mu_star", 7.682808, .2)
	check("x2,mu_star", 7.875, 1e-12)
	check("x3,mu_star", 6.256295, .2)
}

// The table and the JSON say the same; the same seed gives the same bytes; words and whole numbers come as they are.
func TestDesignOutput(t *testing.T) {
	files(t, "f.yaml", "factors:\n  - {name: a b, values: [low, high]}\n  - {name: n, dist: {integer: [1, 9]}}\n  - {name: u, dist: {uniform: [0, .1]}}\n",
		"d.json.part", "[", "d.json.0.part", "[") // two left by commands that were killed
	text := must(t, "design", "lhs", "f.yaml", "-n", "20", "--seed", "5")
	rows := parsed(t, text)
	if len(rows) != 21 || !slices.Equal(rows[0], []string{"a b", "n", "u"}) {
		t.Errorf("%v", rows)
	}
	if must(t, "design", "lhs", "f.yaml", "-n", "20", "--seed", "5", "-o", "p.csv") != "" {
		t.Error("-o prints too")
	}
	if data, err := os.ReadFile("p.csv"); err != nil || string(data) != text {
		t.Errorf("the file differs: %v", err)
	}
	if must(t, "design", "lhs", "f.yaml", "-n", "20", "--seed", "6") == text {
		t.Error("the seed changes nothing")
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(must(t, "design", "lhs", "f.yaml", "-n", "20", "--seed", "5", "--json")), &list); err != nil || len(list) != 20 {
		t.Fatalf("%d objects, %v", len(list), err)
	}
	must(t, "design", "lhs", "f.yaml", "-n", "20", "--seed", "5", "--json", "-o", "d.json")
	for i, object := range list {
		row := rows[i+1]
		if object["a b"] != row[0] || strconv.FormatFloat(object["u"].(float64), 'g', -1, 64) != row[2] {
			t.Errorf("%v, %v", object, row)
		}
	}
	if out := must(t, "design", "sobol", "f.yaml", "-n", "2", "--plain"); out != "a b,n,u\nlow,1,0\nhigh,5,0.05\n" {
		t.Errorf("%q", out)
	}
	if out := must(t, "design", "grid", "f.yaml", "-n", "2"); strings.Count(out, "\n") != 1+2*2*2 {
		t.Errorf("%q", out)
	}
	// The base point, the other word, 1 and 9 beside 5, 0 and .1 beside .05.
	must(t, "design", "oat", "f.yaml", "-n", "3", "-o", "oat.csv")
	if err := os.WriteFile("y.csv", []byte("y\n0\n5\n1\n2\n-3\n3\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	got := must(t, "analyse", "oat", "--design", "oat.csv", "--values", "y.csv", "--factors", "f.yaml")
	if want := "factor,index,value,lo,hi\na b,min,0,,\na b,max,5,,\na b,range,5,,\nn,min,0,,\nn,max,2,,\nn,range,2,,\nu,min,-3,,\nu,max,3,,\nu,range,6,,\n"; got != want {
		t.Errorf("%q", got)
	}
}

func TestDesignAnalyseFaults(t *testing.T) {
	files(t, "f.yaml", angleFactors, "bad.yaml", "factors:\n  - {name: a, dist: {unifrm: [0, 1]}}\n  - {name: b, dist: {uniform: [1, 0]}}\n",
		"p.csv", "x1,x2,x3\n1,2,3\n1,2,4\n1,3,3\n2,2,3\n2,3,4\n", "y.csv", "y,z\n1,1\n2,NaN\n3,\n4,4\n5,5\n", "four.csv", "y\n1\n2\n3\n4\n",
		"nan.csv", "x1,x2,x3\n1,2,3\n1,,NaN\n", "index.csv", ",x1\n0,1\n1,2\n", "same.csv", "y\n1\n1\n1\n1\n1\n", "head.csv", "y\n",
		"wide.csv", "x1,x2,x3\n9,0,0\n", "empty.csv", "")
	for _, c := range []struct {
		args string
		code int
		want []string
	}{
		{"design", 2, []string{"want a KIND and FACTORS.yaml"}},
		{"design latin f.yaml", 2, []string{"want one of"}},
		{"design lsh f.yaml -n 3", 2, []string{"did you mean lhs?"}},
		{"design lhs nowhere.yaml -n 3", 2, []string{"nowhere.yaml: there is no such file"}},
		{"analyse sobol --design nowhere.csv --values y.csv", 2, []string{"nowhere.csv: there is no such file"}},
		{"measure hhi --table nowhere.csv", 2, []string{"nowhere.csv: there is no such file"}},
		{"design lhs bad.yaml -n 3", 1, []string{"bad.yaml:2:22: factors[0].dist.unifrm", "bad.yaml:3:21: factors[1].dist"}},
		{"design lhs f.yaml", 2, []string{"n = 0"}},
		{"design lhs f.yaml -n -2", 2, []string{"n = -2"}},
		{"design lhs f.yaml -n 3 --second-order", 2, []string{"--second-order is for design saltelli"}},
		{"design grid f.yaml -n 1000", 2, []string{"1000000000 points of 3 factors: want at most 1000000 points"}},
		{"design morris f.yaml -n 3 --levels 3", 2, []string{"want an even number"}},
		{"design morris f.yaml -n 3 --levels 0", 2, []string{"--levels 0"}},
		{"design sobol f.yaml -n 5", 0, []string{"5 is no power of 2: 4 or 8"}},
		{"design --help", 0, []string{"agglo design lhs factors.yaml -n 200"}},
		{"analyse sobl --design p.csv --values four.csv", 2, []string{"did you mean sobol?"}},
		{"analyse saltelli", 2, []string{"agglo analyse sobol"}},
		{"analyse sobol", 2, []string{"want --design FILE", "want --values FILE"}},
		{"analyse sobol --design p.csv --values y.csv", 2, []string{"y.csv has the columns y, z: want --column NAME"}},
		{"analyse sobol --design p.csv --values y.csv --column zz", 2, []string{"--column zz: y.csv has the columns y, z"}},
		{"analyse sobol --design p.csv --values y.csv --column z", 1, []string{`y.csv:3:3: z: "NaN": want a number`, "y.csv:4:3: z: empty"}},
		{"analyse sobol --design nan.csv --values y.csv --column z", 1, []string{"nan.csv:3:3: x2: empty", `nan.csv:3:4: x3: "NaN"`, "y.csv:3:3"}},
		{"analyse sobol --design p.csv --values four.csv", 1, []string{"four.csv has 4 rows and p.csv 5"}},
		{"analyse sobol --design p.csv --values y.csv --column y", 1, []string{"p.csv: this is no saltelli design of 3 factors",
			"row 2: x1 should be exchanged", "no multiple of 8"}},
		{"analyse morris --design p.csv --values y.csv --column y", 1, []string{"no multiple of 4"}},
		{"analyse oat --design p.csv --values y.csv --column y", 1, []string{"p.csv:6: row 5: x1 and x2 both differ"}},
		{"analyse sobol --design index.csv --values same.csv", 1, []string{"index.csv:1: column 1 has no name"}},
		{"analyse sobol --design p.csv --values head.csv", 1, []string{"no rows"}},
		{"analyse sobol --design empty.csv --values same.csv", 1, []string{"empty.csv: the file is empty"}},
		{"analyse sobol --design wide.csv --values same.csv --factors f.yaml", 1, []string{"wide.csv:2: x1: 9 is no value of this factor"}},
		{"analyse sobol --design p.csv --values same.csv --levels 4", 2, []string{"--levels is for analyse morris"}},
		{"analyse sobol --design p.csv --values same.csv --resamples 1", 2, []string{"--resamples 1: want 20 to"}},
		{"analyse correlation --design p.csv --values same.csv", 0, []string{"x1,spearman,,,\n", "the results are all the same"}},
		{"analyse correlation --design p.csv --values four.csv --json", 1, []string{"4 rows"}},
	} {
		code, stdout, stderr := call(t, strings.Fields(c.args)...)
		for _, want := range c.want {
			if code != c.code || !strings.Contains(stdout+stderr, want) {
				t.Errorf("%s: exit code %d, want %d; said %q, want %q in it", c.args, code, c.code, stdout+stderr, want)
			}
		}
	}
}
