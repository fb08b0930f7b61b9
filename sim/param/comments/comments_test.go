package comments

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module lays out a small module and gives the plan of its tree.
func module(t *testing.T, files map[string]string) Plan {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Plan{Dir: filepath.Join(dir, "model"), Type: "Params", Out: filepath.Join(dir, "model", "docs_gen.go"),
		Markdown: filepath.Join(dir, "parameters.md")}
}

// tree is a module whose parameters lie in two packages.
func tree() map[string]string {
	return map[string]string{
		"go.mod": "// a module\nmodule example.org/m\n\ngo 1.26\n",
		"model/params.go": `package model

import confidence "example.org/m/model/trust"

type Params struct {
	// Trust is how firms come to rely on each other.
	Trust confidence.Params
	Market Market ` + "`name:\"trade\"`" + `
}

type Market struct {
	// Low and High are the ends
	// of the range a|b.
	Low, High float64 ` + "`default:\"1\" unit:\"km\" in:\"[0,inf)\" src:\"10.1000/x.1\"`" + `
	Tail struct {
		Rule Rule ` + "`default:\"a\" in:\"{a,b}\" src:\"assumed\"`" + ` // Rule chooses.
	}
}

type Rule string
`,
		"model/docs_gen.go":      "this file is broken",
		"model/params_test.go":   "package model_test",
		"model/trust/trust.go":   "package trust\n\ntype Params struct {\n\tLoss float64 `default:\".4\" unit:\"1\" in:\"[0,1]\" src:\"assumed\"` // Loss is lost.\n}\n",
		"model/trust/ignored.go": "//go:build ignore\n\npackage main\n",
	}
}

func TestGenerate(t *testing.T) {
	files, err := Generate(module(t, tree()))
	if err != nil {
		t.Fatal(err)
	}
	code := string(files[0].Content)
	want := `package model

// paramDocs holds the comments of Params and of the structs in it, by package.Type.Field.
var paramDocs = map[string]string{
	"model.Market.High":      "Low and High are the ends of the range a|b.",
	"model.Market.Low":       "Low and High are the ends of the range a|b.",
	"model.Market.Tail.Rule": "Rule chooses.",
	"model.Params.Trust":     "Trust is how firms come to rely on each other.",
	"trust.Params.Loss":      "Loss is lost.",
}
`
	if !strings.HasSuffix(code, want) {
		t.Errorf("have %s\nwant %s", code, want)
	}
	page := string(files[1].Content)
	rows := []string{
		"\n## trust\n\nTrust is how firms come to rely on each other.\n\n| parameter |",
		"| `trust.loss` | .4 | 1 | [0,1] | assumed | Loss is lost. |",
		"\n## trade\n\n| parameter |",
		"| `trade.low` | 1 | km | [0,inf) | [10.1000/x.1](https://doi.org/10.1000/x.1) | Low and High are the ends of the range a\\|b. |",
		"| `trade.tail.rule` | a |  | {a,b} | assumed | Rule chooses. |",
	}
	at := 0
	for _, row := range rows {
		found := strings.Index(page[at:], row)
		if found < 0 {
			t.Fatalf("%q is missing or out of order in\n%s", row, page)
		}
		at += found
	}
}

func TestStale(t *testing.T) {
	plan := module(t, tree())
	stale, err := Stale(plan)
	if err != nil || !slices.Equal(stale, []string{plan.Out, plan.Markdown}) {
		t.Errorf("before writing: %v, %v", stale, err)
	}
	files, _ := Generate(plan)
	for _, f := range files {
		if err := os.WriteFile(f.Name, f.Content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if stale, err = Stale(plan); err != nil || len(stale) > 0 {
		t.Errorf("after writing: %v, %v", stale, err)
	}
	source := filepath.Join(plan.Dir, "trust", "trust.go")
	text, _ := os.ReadFile(source)
	if err := os.WriteFile(source, []byte(strings.Replace(string(text), "is lost", "is gone", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if stale, err = Stale(plan); err != nil || len(stale) != 2 {
		t.Errorf("after a change of a comment: %v, %v", stale, err)
	}
}

func TestGenerateNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"no comment":     {"model/trust/trust.go", "// Loss is lost.", "", "trust.Params.Loss: a parameter needs a comment"},
		"no type":        {"model/params.go", "type Params ", "type Other ", "package model has no type Params"},
		"no struct":      {"model/params.go", "type Params struct {", "type Params float64\ntype Other struct {", "model.Params is no struct"},
		"no inner type":  {"model/params.go", "confidence.Params", "confidence.Other", "m/model/trust has no type Other"},
		"no package":     {"model/params.go", "m/model/trust", "m/model/gone", "m/model/gone has no Go files"},
		"does not parse": {"model/trust/trust.go", "struct", "strict", "trust.go:3"},
	} {
		files := tree()
		changed := strings.Replace(files[c.file], c.old, c.new, 1)
		if changed == files[c.file] {
			t.Fatalf("%s: nothing changed", name)
		}
		files[c.file] = changed
		if _, err := Generate(module(t, files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: have %v, want %s", name, err, c.want)
		}
	}
}
