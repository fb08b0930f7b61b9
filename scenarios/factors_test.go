package scenarios

import (
	"reflect"
	"strings"
	"testing"

	"agglo/sim/design"
)

func TestReadFactors(t *testing.T) {
	got, err := ReadFactors("f.yaml", []byte(`factors:
  - {name: trust.loss, dist: {uniform: [0.1, 0.8]}}
  - {name: x, values: [1, 2, 1]}
  - {name: y, linspace: {start: 0, stop: 0.3, n: 4}}
  - {name: w, arange: {start: 0, stop: 1, step: .25}, base: .5}
  - {name: size, dist: {lognormal: [1, 0.5]}, base: 3}
  - {name: tri, dist: {triangular: [0, 1, 4]}}
  - {name: on, values: [true, false], base: False}
  - {name: mode, values: [fast, slow, fast]}
`))
	if err != nil {
		t.Fatal(err)
	}
	half, three, second := .5, 3., 1.
	want := []design.Factor{
		{Name: "trust.loss", Shape: design.Uniform, Of: [3]float64{.1, .8}},
		{Name: "x", Values: []float64{1, 2, 1}},
		{Name: "y", Values: []float64{0, .1, .2, .3}},
		{Name: "w", Values: []float64{0, .25, .5, .75, 1}, Base: &half},
		{Name: "size", Shape: design.LogNormal, Of: [3]float64{1, .5}, Base: &three},
		{Name: "tri", Shape: design.Triangular, Of: [3]float64{0, 1, 4}},
		{Name: "on", Values: []float64{0, 1}, Words: []string{"true", "false"}, Base: &second},
		{Name: "mode", Values: []float64{0, 1, 0}, Words: []string{"fast", "slow"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

// Every fault of a file is told at once, with its line and column.
func TestReadFactorsFaults(t *testing.T) {
	_, err := ReadFactors("f.yaml", []byte(`factors:
  - {name: a, dist: {unifrm: [0, 1]}}
  - {name: b, dist: {uniform: [1, 0]}}
  - {name: c, dist: {uniform: [0, 1, 2]}}
  - {name: d, dist: {normal: [0, x]}}
  - {nmae: e, values: [1, 2]}
  - {name: f, values: [1, two]}
  - {name: g, values: []}
  - {name: h, values: [1], dist: {uniform: [0, 1]}}
  - {name: i}
  - {name: b, values: [1]}
  - {name: "j,k", values: [1]}
  - {name: k, linspace: {start: 0, stop: 1}}
  - {name: l, arange: {start: 0, stop: 1, step: -1}}
  - {name: m, linspace: {start: 0, stop: 1, n: 2.5}}
  - {name: n, values: [1, 2], base: 3}
  - {name: o, values: [low, high], base: mid}
  - {name: p, dist: {uniform: [0, 1], normal: [0, 1]}}
  - {name: q, values: ["1", a]}
  - {name: r, dist: {uniform: [0, .inf]}}
  - just words
colour: red
`))
	want := []string{
		"2:22: factors[0].dist.unifrm: unknown key; did you mean uniform?",
		"3:21: factors[1].dist: uniform [1, 0]: want [low, high]",
		"4:31: factors[2].dist.uniform: this list has 3 numbers: want 2, [low, high]",
		`5:34: factors[3].dist.normal[1]: "x" is a text: want a number`,
		"6:5: factors[4].name: is missing",
		"6:6: factors[4].nmae: unknown key; did you mean name?",
		`7:27: factors[5].values[1]: "two" is a text among values`,
		"8:23: factors[6].values: this list is empty",
		"9:5: factors[7]: has values and dist: want one of them",
		"10:5: factors[8]: says no values: want one of dist, values, linspace, arange",
		"11:12: factors[9].name: factor 2 has this name too",
		`12:12: factors[10].name: "j,k": want a name`,
		"13:25: factors[11].linspace.n: is missing",
		"14:23: factors[12].arange: steps of -1 lead from 0 away from 1",
		"15:48: factors[13].linspace.n: 2.5: want a whole number",
		"16:37: factors[14].base: 3 is none of the values",
		`17:42: factors[15].base: "mid" is a text: want one of low, high`,
		"18:21: factors[16].dist: 2 distributions: want one of",
		`19:24: factors[17].values[0]: "1": want a word`,
		"20:35: factors[18].dist.uniform[1]: .inf: want a plain decimal number",
		"21:5: factors[19]: \"just words\" is a text: want a mapping",
		"22:1: colour: unknown key",
	}
	if err == nil {
		t.Fatal("no faults")
	}
	lines := strings.Split(err.Error(), "\n")
	for k := range max(len(lines), len(want)) {
		switch {
		case k >= len(want):
			t.Errorf("one more: %s", lines[k])
		case k >= len(lines):
			t.Errorf("not told: %s", want[k])
		case !strings.Contains(lines[k], "f.yaml:"+want[k]):
			t.Errorf("got  %s\nwant f.yaml:%s", lines[k], want[k])
		}
	}
	for text, want := range map[string]string{"# nothing": "the file is empty; want factors: with a list; agglo design --help shows one", "- a": "want a mapping", "factors: []": "no factors",
		"factors: 3": "want a list", "{}": "factors: is missing", "factors: [": "not readable as YAML", "factors: [&a {}]": "anchors"} {
		if _, err := ReadFactors("f.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
}

// Whatever stands in a file of factors, it is read or refused; and factors that were read make designs of finite values.
func FuzzReadFactors(f *testing.F) {
	for _, text := range []string{"factors: [{name: a, dist: {uniform: [0, 1]}}]", "factors: [{name: a, values: [x, y]}, {name: b, values: [1, 2], base: 2}]",
		"factors: [{name: a, arange: {start: 0, stop: 1, step: .1}}, {name: c, dist: {lognormal: [3, 4]}}]", "factors: [{name: a, dist: {integer: [1, 3]}}]",
		"factors: [{name: a, linspace: {start: 1, stop: -1e9, n: 3}}]", "factors: [{name: a, dist: {triangular: [1, 2, 1e140]}}]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		factors, err := ReadFactors("f.yaml", data)
		if err != nil {
			return
		}
		for _, kind := range design.Kinds {
			d, err := design.Plan{Kind: kind, N: 3, Seed: 1}.Make(factors)
			if err != nil {
				continue
			}
			for _, point := range d.Points[:min(100, len(d.Points))] {
				for j, v := range point {
					if !factors[j].Possible(v) || !(v < 1e141 && v > -1e141) {
						t.Fatalf("%s: %s is %v", kind, factors[j].Name, v)
					}
				}
			}
		}
	})
}
