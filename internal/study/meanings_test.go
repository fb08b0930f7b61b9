package study

import (
	"bytes"
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"agglo/internal/fit"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
	"agglo/sim/design"
)

// shownColumns is how many columns of a table a report shows at most where nobody has chosen them.
const shownColumns = 10

// Whoever adds a column adds its Russian meaning to internal/text/meanings_*.go, and its unit, if it is a new one, to figures.go there.
func TestMeaningsInRussian(t *testing.T) {
	seen := 0
	check := func(where, unit, meaning string) {
		seen++
		if _, ok := text.Meaning(text.Russian, meaning); !ok {
			t.Errorf("%s: no Russian text for the meaning %q", where, meaning)
		}
		if _, ok := text.Unit(text.Russian, unit, 0); !ok {
			t.Errorf("%s: no Russian text for the unit %q", where, unit)
		}
	}
	for _, r := range append(dictionariesAsWritten(t), sweepDictionary(t)...) {
		check(r[0]+"."+r[1], r[2], r[3])
	}
	k := &Calibrator{names: []string{"trust.loss"}}
	o := &Optimiser{Plan: &scenarios.BudgetPlan{Instruments: []string{"subsidy"}, Objective: []scenarios.Goal{{Metric: "jobs", At: 80}}}}
	for _, of := range [][]written{new(Sensed).tables(), k.tables(&Fit{Particles: []fit.Particle{}}), o.tables(new(BestMix))} {
		for _, w := range of {
			for k, d := range w.words {
				check(w.name+"."+d.column, d.unit, d.meaning)
				named := slices.ContainsFunc([]string{"column." + w.name + "." + d.column, "column." + d.column, "metric." + d.column}, text.Has)
				if k < shownColumns && !named && !strings.Contains(d.column, ".") && !strings.HasPrefix(d.column, "share_") {
					t.Errorf("%s.%s: a column that the report shows has no Russian name", w.name, d.column)
				}
			}
		}
	}
	for name, words := range dictionary {
		for _, d := range words {
			check(name+"."+d.column, d.unit, d.meaning)
		}
	}
	literals := 0
	literalWords(t, func(where, unit, meaning string) { // of tables that are not among those above
		literals++
		check(where, unit, meaning)
	})
	if seen < 400 || literals < 200 {
		t.Errorf("only %d columns were looked at, %d of them in the source", seen, literals)
	}
}

// dictionariesAsWritten are the rows of the dictionaries of comparisons, validations and claims.
func dictionariesAsWritten(t *testing.T) [][]string {
	t.Helper()
	var file bytes.Buffer
	w := table.NewWriter(&file, columnsOf("dictionary")...)
	dictionaryRows(w, &Result{Metrics: Metrics()})
	validateWords(w)
	publishedWords(w)
	claimWords(w, true)
	wordRows(w, "switches")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return rowsOf(t, file.Bytes())
}

// sweepDictionary are those of a sweep over a grid of two factors, with its failures.
func sweepDictionary(t *testing.T) [][]string {
	t.Helper()
	var columns []string
	for _, c := range output.SeriesColumns() {
		columns = append(columns, c.Name)
	}
	m := &SweepManifest{}
	m.Sweep.Settings.Design = design.Plan{Kind: "grid"}
	for _, name := range []string{"trust.loss", "trust.gain"} {
		m.Sweep.Settings.Factors = append(m.Sweep.Settings.Factors, design.Factor{Name: name, Shape: design.Listed, Values: []float64{.1, .2}})
		columns = append(columns, name)
	}
	for _, name := range []string{"runs", "series"} {
		m.Sweep.Tables = append(m.Sweep.Tables, batch.Table{Name: name, Head: strings.Join(columns, ",")})
	}
	m.Sweep.Tables = append(m.Sweep.Tables, batch.Table{Name: failuresTable, Head: strings.Join(append(keyColumns(), FailureColumns()...), ",")})
	dir := t.TempDir()
	if err := m.dictionary(dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "dictionary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return rowsOf(t, data)
}

// rowsOf are the rows of a table below its header.
func rowsOf(t *testing.T, data []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%d lines: %v", len(all), err)
	}
	return all[1:]
}

// literalWords shows the words that stand in the source of this package with a unit and a meaning that need no running. Its types
// are told by their names, since elements of lists bear none.
func literalWords(t *testing.T, show func(where, unit, meaning string)) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !ofWords(lit.Type) {
				return true
			}
			ast.Inspect(lit, func(n ast.Node) bool {
				one, ok := n.(*ast.CompositeLit)
				if !ok || len(one.Elts) != 3 {
					return true
				}
				unit, known := words(one.Elts[1])
				meaning, also := words(one.Elts[2])
				if known && also && meaning != "" { // a dictionary's own columns have none
					show(set.Position(one.Pos()).String(), unit, meaning)
				}
				return true
			})
			return false
		})
	}
}

// ofWords says whether a type is word, or a list or a map of lists of it.
func ofWords(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "word"
	case *ast.ArrayType:
		return ofWords(x.Elt)
	case *ast.MapType:
		return ofWords(x.Value)
	}
	return false
}

// words is a text that stands in the source, in one piece or several.
func words(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(x.Value)
		return s, err == nil && x.Kind == token.STRING
	case *ast.BinaryExpr:
		a, known := words(x.X)
		b, also := words(x.Y)
		return a + b, known && also && x.Op == token.ADD
	}
	return "", false
}
