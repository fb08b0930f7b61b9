package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// formulas are meanings that are the same in both languages.
var formulas = map[string]bool{"gross + admin + guarantee_loss - tax_back": true, "(simulated - wanted) / tolerance": true}

var (
	point  = regexp.MustCompile(`\d\.\d|(^|[ (])\.\d`)
	cyrils = regexp.MustCompile(`[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]`)
)

// Whether there is a text for each meaning is held where the meanings are: in output and internal/study.
func TestMeaningsAreWellFormed(t *testing.T) {
	inUse := stringsOf(t, "../../output", "../study")
	seen := map[string]bool{}
	for _, table := range meanings {
		for _, w := range table {
			en, ru := w.en, w.ru
			if seen[en] {
				t.Errorf("%q stands there twice", en)
			}
			seen[en] = true
			if !inUse[en] {
				t.Errorf("%q: no column means this any more", en)
			}
			if strings.IndexFunc(ru, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) < 0 && !formulas[en] {
				t.Errorf("%q: %q is not Russian", en, ru)
			}
			if strings.TrimSpace(ru) != ru || strings.HasSuffix(ru, ".") || strings.Contains(ru, "  ") {
				t.Errorf("%q: %q: want no full stop and no spaces at the ends", en, ru)
			}
			if found := point.FindString(ru); found != "" {
				t.Errorf("%q: %q: want decimal commas", en, ru)
			}
			if found := cyrils.FindString(ru); found != "" {
				t.Errorf("%q: %q mixes two alphabets in %q", en, ru, found)
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("only %d meanings were looked at", len(seen))
	}
}

func TestMeaning(t *testing.T) {
	for _, c := range []struct {
		lang, english, want string
		ok                  bool
	}{
		{English, "whatever it is", "whatever it is", true},
		{Russian, "whatever it is", "whatever it is", false},
		{Russian, "value added per job", "добавленная стоимость на рабочее место", true},
		{Russian, "value added per job, of firms that live at both times", "добавленная стоимость на рабочее место; по фирмам, живым в оба момента", true},
		{Russian, "whatever it is, of firms that live at both times", "whatever it is, of firms that live at both times", false},
		{Russian, "innovations since the row before; from the start in the first row", "инновации с предыдущей строки; в первой строке — с начала", true},
		{Russian, "factor: value of trust.loss in the run", "фактор: значение trust.loss в прогоне", true},
	} {
		if got, ok := Meaning(c.lang, c.english); got != c.want || ok != c.ok {
			t.Errorf("Meaning(%q, %q) = %q, %v, want %q, %v", c.lang, c.english, got, ok, c.want, c.ok)
		}
	}
	for unit, want := range map[string]string{"": "", "1": "", "%": "%", "km": "км", "the parameter's": "единица параметра"} {
		if got, ok := Unit(Russian, unit, 0); got != want || !ok {
			t.Errorf("Unit(%q) = %q, %v, want %q", unit, got, ok, want)
		}
	}
	if got, ok := Unit(Russian, "furlongs", 0); got != "furlongs" || ok {
		t.Errorf("an unknown unit: %q, %v", got, ok)
	}
}

// stringsOf are the texts in the source of packages, each in one piece or joined from several.
func stringsOf(t *testing.T, dirs ...string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files: %v", dir, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if x, ok := n.(ast.Expr); ok {
					if s, ok := joined(x); ok {
						all[s] = true
					}
				}
				return true
			})
		}
	}
	return all
}

// joined is a text that stands in the source.
func joined(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(x.Value)
		return s, err == nil && x.Kind == token.STRING
	case *ast.BinaryExpr:
		a, known := joined(x.X)
		b, also := joined(x.Y)
		return a + b, known && also && x.Op == token.ADD
	}
	return "", false
}
