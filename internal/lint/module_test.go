package lint

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A module is the parsed source of every package below a go.mod.
type module struct {
	name     string // the import path of the root
	dir      string // where go list is run for packages from outside
	fset     *token.FileSet
	packages []*folder // sorted by path
	faults   []finding // files that do not parse
}

// A folder is one package, tests included. Its path is relative to the module: sim/rng.
type folder struct {
	path  string
	files []source
}

// A source is one file.
type source struct {
	name      string // relative to the module
	text      string
	file      *ast.File
	test      bool
	generated bool
}

// A finding is a break of a rule at a place.
type finding struct {
	at   string // file:line, or a package
	text string
}

func (f finding) String() string { return f.at + ": " + f.text }

// at is file:line of a position.
func (m *module) at(pos token.Pos) string {
	p := m.fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// find makes a finding.
func (m *module) find(pos token.Pos, format string, args ...any) finding {
	return finding{m.at(pos), fmt.Sprintf(format, args...)}
}

// load reads the module in a directory. Folders that go build leaves out are left out here too.
func load(t *testing.T, dir string) *module {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // removed while we were walking
			}
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		base := d.Name()
		if d.IsDir() {
			if rel != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
			return nil
		}
		text, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(string(text), "module "), "\n")
	return parse(strings.TrimSpace(name), dir, files)
}

// parse makes a module of the texts of its files, by their names.
func parse(name, dir string, files map[string]string) *module {
	m := &module{name: name, dir: dir, fset: token.NewFileSet()}
	folders := map[string]*folder{}
	for file, text := range files {
		parsed, err := parser.ParseFile(m.fset, file, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			m.faults = append(m.faults, finding{file, err.Error()})
			continue
		}
		at := path.Dir(file)
		if folders[at] == nil {
			folders[at] = &folder{path: at}
			m.packages = append(m.packages, folders[at])
		}
		folders[at].files = append(folders[at].files,
			source{file, text, parsed, strings.HasSuffix(file, "_test.go"), ast.IsGenerated(parsed)})
	}
	slices.SortFunc(m.packages, func(a, b *folder) int { return strings.Compare(a.path, b.path) })
	for _, p := range m.packages {
		slices.SortFunc(p.files, func(a, b source) int { return strings.Compare(a.name, b.name) })
	}
	return m
}

// built gives the files of a package that are no tests.
func (p *folder) built() []source {
	return slices.DeleteFunc(slices.Clone(p.files), func(f source) bool { return f.test })
}

// folder gives the package at a path, or nil.
func (m *module) folder(path string) *folder {
	for _, p := range m.packages {
		if p.path == path {
			return p
		}
	}
	return nil
}

// inside gives the path, relative to the module, of an import of the module's own.
func (m *module) inside(importPath string) (string, bool) {
	return strings.CutPrefix(importPath, m.name+"/")
}

// pathOf is the path that an import names.
func pathOf(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value)
	return p
}

// under says whether a path is one of the roots or below one.
func under(path string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return path == root || strings.HasPrefix(path, root+"/") })
}
