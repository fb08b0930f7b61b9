package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
)

// A checker type-checks packages of a module from their source, and takes packages from outside as the compiler left them.
type checker struct {
	m       *module
	context build.Context
	outside types.Importer
	done    map[string]*typed // by path in the module
}

// A typed package is what the type-checker knows of it, without its tests.
type typed struct {
	path  string
	pkg   *types.Package
	info  *types.Info
	files []source
	errs  []error
}

// check type-checks the packages of the roots, and every other package that imports the module's random streams.
func (m *module) check(tags []string, roots ...string) ([]*typed, error) {
	var wanted []string
	for _, p := range m.packages {
		if under(p.path, roots...) || m.importsOf(p)[m.name+"/sim/rng"] {
			wanted = append(wanted, p.path)
		}
	}
	c := &checker{m: m, context: build.Default, done: map[string]*typed{}}
	c.context.BuildTags = tags
	texts := map[string]string{}
	for _, p := range m.packages {
		for _, f := range p.files {
			texts[f.name] = f.text
		}
	}
	c.context.OpenFile = func(name string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(texts[name])), nil
	}
	exports, err := m.exports(wanted)
	if err != nil {
		return nil, err
	}
	c.outside = importer.ForCompiler(m.fset, "gc", func(importPath string) (io.ReadCloser, error) {
		if exports[importPath] == "" {
			return nil, errors.New("cannot be built")
		}
		return os.Open(exports[importPath])
	})
	var all []*typed
	for _, p := range wanted {
		if checked := c.check(p); len(checked.files) > 0 {
			all = append(all, checked)
		}
	}
	return all, nil
}

// importsOf is the set of what a package imports, without its tests.
func (m *module) importsOf(p *folder) map[string]bool {
	set := map[string]bool{}
	for _, f := range p.built() {
		for _, spec := range f.file.Imports {
			set[pathOf(spec)] = true
		}
	}
	return set
}

// exports asks go list where the compiled forms lie of all packages from outside that the wanted ones need.
func (m *module) exports(wanted []string) (map[string]string, error) {
	seen, outside := map[string]bool{}, map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		p := m.folder(path)
		if seen[path] || p == nil {
			return
		}
		seen[path] = true
		for importPath := range m.importsOf(p) {
			if inner, ok := m.inside(importPath); ok {
				visit(inner)
			} else if importPath != "unsafe" && importPath != "C" {
				outside[importPath] = true
			}
		}
	}
	for _, path := range wanted {
		visit(path)
	}
	found := map[string]string{}
	if len(outside) == 0 {
		return found, nil
	}
	args := []string{"list", "-e", "-export", "-deps", "-json=ImportPath,Export", "--"}
	for importPath := range outside {
		args = append(args, importPath)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %v: %s", err, stderr.String())
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := decoder.Decode(&p); err == io.EOF {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		found[p.ImportPath] = p.Export
	}
}

// check type-checks one package once.
func (c *checker) check(at string) *typed {
	if done := c.done[at]; done != nil {
		return done
	}
	result := &typed{path: at, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
	}}
	c.done[at] = result
	var files []*ast.File
	if p := c.m.folder(at); p != nil {
		for _, f := range p.built() {
			if match, err := c.context.MatchFile(path.Dir(f.name), path.Base(f.name)); err == nil && match {
				files = append(files, f.file)
				result.files = append(result.files, f)
			}
		}
	}
	config := types.Config{Importer: c, Error: func(err error) { result.errs = append(result.errs, err) }}
	result.pkg, _ = config.Check(c.m.name+"/"+at, c.m.fset, files, result.info)
	return result
}

// Import is for the type-checker.
func (c *checker) Import(importPath string) (*types.Package, error) {
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	inner, ok := c.m.inside(importPath)
	if !ok {
		return c.outside.Import(importPath)
	}
	checked := c.check(inner)
	if checked.pkg == nil || len(checked.files) == 0 {
		return nil, fmt.Errorf("there is no package %s, or it imports itself", inner)
	}
	return checked.pkg, nil
}

// used gives the package and the name of the function or variable that an expression names, from outside of its scope.
func (p *typed) used(expr ast.Expr) (pkg, name string) {
	id, ok := ast.Unparen(expr).(*ast.Ident)
	if sel, isSel := ast.Unparen(expr).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if ok {
		if obj := p.info.Uses[id]; obj != nil && obj.Pkg() != nil {
			return obj.Pkg().Path(), obj.Name()
		}
	}
	return "", ""
}

// each calls f with every node of the package's files.
func (p *typed) each(f func(ast.Node)) {
	for _, s := range p.files {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if n != nil {
				f(n)
			}
			return true
		})
	}
}

// holds says whether a type, or any type that a type parameter may stand for, is one that the test accepts.
func holds(t types.Type, test func(types.Type) bool) bool {
	if t == nil {
		return false
	}
	if parameter, ok := types.Unalias(t).(*types.TypeParam); ok {
		return admits(parameter.Constraint(), test)
	}
	return test(t.Underlying())
}

// admits is holds for a constraint.
func admits(constraint types.Type, test func(types.Type) bool) bool {
	if union, ok := constraint.(*types.Union); ok {
		for i := range union.Len() {
			if admits(union.Term(i).Type(), test) {
				return true
			}
		}
		return false
	}
	inner, ok := constraint.Underlying().(*types.Interface)
	if !ok {
		return test(constraint.Underlying())
	}
	for i := range inner.NumEmbeddeds() {
		if admits(inner.EmbeddedType(i), test) {
			return true
		}
	}
	return false
}
