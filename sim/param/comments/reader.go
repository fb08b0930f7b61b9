package comments

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"agglo/sim/param"
)

// A reader follows a struct through the packages of one module, without type-checking them.
type reader struct {
	moduleDir, module string // where the module lies and what it is called
	rootPath          string // import path of the package of the tree's root
	skip              string // the file to be written, which may be out of date
	packages          map[string]*pkg
	docs              map[string]string // package.Type.Field -> comment
	rows              []row
	faults            []error
}

// A row is one parameter.
type row struct {
	path, group, doc, groupDoc string
	tag                        reflect.StructTag
}

// A pkg is the type declarations of one package.
type pkg struct {
	name  string
	types map[string]declared
}

// A declared type knows the file it stands in, for the meaning of its imports.
type declared struct {
	expr ast.Expr
	file *ast.File
}

// A place is where a struct stands in the tree.
type place struct {
	prefix          string // of the paths: "" or "trust."
	name            string // of the comments' keys: trust.Params
	group, groupDoc string // the first segment and its comment; empty at the root
}

// newReader finds the module that a directory belongs to.
func newReader(dir, skip string) (*reader, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if skip, err = filepath.Abs(skip); err != nil {
		return nil, err
	}
	for at := abs; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil {
			module := moduleName(string(text))
			rel, _ := filepath.Rel(at, abs)
			return &reader{moduleDir: at, module: module, rootPath: path.Join(module, filepath.ToSlash(rel)), skip: skip,
				packages: map[string]*pkg{}, docs: map[string]string{}}, nil
		}
		if at == filepath.Dir(at) {
			return nil, fmt.Errorf("no go.mod above %s", dir)
		}
	}
}

// moduleName reads the module's path from the text of a go.mod.
func moduleName(text string) string {
	for line := range strings.Lines(text) {
		if name, found := strings.CutPrefix(strings.TrimSpace(line), "module "); found {
			return strings.Trim(strings.TrimSpace(name), `"`)
		}
	}
	return ""
}

// load parses the files of a package that a build would take, tests left out.
func (r *reader) load(importPath string) (*pkg, error) {
	if p, done := r.packages[importPath]; done {
		return p, nil
	}
	dir := filepath.Join(r.moduleDir, filepath.FromSlash(strings.TrimPrefix(importPath, r.module)))
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	p := &pkg{types: map[string]declared{}}
	for _, name := range names {
		if match, err := build.Default.MatchFile(dir, filepath.Base(name)); err != nil || !match ||
			strings.HasSuffix(name, "_test.go") || name == r.skip {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.name = file.Name.Name
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.TYPE {
				for _, spec := range gen.Specs {
					spec := spec.(*ast.TypeSpec)
					p.types[spec.Name.Name] = declared{spec.Type, file}
				}
			}
		}
	}
	if p.name == "" {
		return nil, fmt.Errorf("package %s has no Go files", importPath)
	}
	r.packages[importPath] = p
	return p, nil
}

// root reads the tree below a type of a package.
func (r *reader) root(p *pkg, typeName string) error {
	root, found := p.types[typeName]
	if !found {
		return fmt.Errorf("package %s has no type %s", p.name, typeName)
	}
	s, isStruct := root.expr.(*ast.StructType)
	if !isStruct {
		return fmt.Errorf("%s.%s is no struct", p.name, typeName)
	}
	r.enter(p, root.file, s, place{name: p.name + "." + typeName})
	return nil
}

// enter reads the fields of one struct.
func (r *reader) enter(p *pkg, file *ast.File, s *ast.StructType, at place) {
	for _, field := range s.Fields.List {
		names := make([]string, len(field.Names))
		for i, name := range field.Names {
			names[i] = name.Name
		}
		if len(names) == 0 {
			names = []string{embeddedName(field.Type)}
		}
		var tag reflect.StructTag
		if field.Tag != nil {
			text, _ := strconv.Unquote(field.Tag.Value)
			tag = reflect.StructTag(text)
		}
		for _, name := range names {
			r.field(p, file, field.Type, at, name, tag, comment(field))
		}
	}
}

// field keeps one parameter, or enters the struct that the field is.
func (r *reader) field(p *pkg, file *ast.File, expr ast.Expr, at place, name string, tag reflect.StructTag, doc string) {
	key := at.name + "." + name
	segment := param.Segment(name, tag.Get("name"))
	if doc != "" {
		r.docs[key] = doc
	}
	inner, innerName, found := r.resolve(p, file, expr)
	if s, isStruct := inner.expr.(*ast.StructType); isStruct {
		next := place{prefix: at.prefix + segment + ".", name: innerName, group: at.group, groupDoc: at.groupDoc}
		if next.name == "" {
			next.name = key
		}
		if at.prefix == "" {
			next.group, next.groupDoc = segment, doc
		}
		r.enter(found, inner.file, s, next)
		return
	}
	if doc == "" {
		r.faults = append(r.faults, fmt.Errorf("%s: a parameter needs a comment that says what it means", key))
	}
	group := at.group
	if group == "" {
		group = "general"
	}
	r.rows = append(r.rows, row{path: at.prefix + segment, group: group, doc: doc, groupDoc: at.groupDoc, tag: tag})
}

// resolve finds what a type expression stands for: its declaration, its name as reflection writes it (empty for a type
// without a name), and the package that it is of. A type from outside the module resolves to itself.
func (r *reader) resolve(p *pkg, file *ast.File, expr ast.Expr) (declared, string, *pkg) {
	switch t := expr.(type) {
	case *ast.Ident:
		if d, found := p.types[t.Name]; found {
			return d, p.name + "." + t.Name, p
		}
	case *ast.SelectorExpr:
		importPath := r.importOf(file, t.X)
		if importPath == "" {
			break
		}
		other, err := r.load(importPath)
		if err != nil {
			r.faults = append(r.faults, err)
			break
		}
		if d, found := other.types[t.Sel.Name]; found {
			return d, other.name + "." + t.Sel.Name, other
		}
		r.faults = append(r.faults, fmt.Errorf("package %s has no type %s", importPath, t.Sel.Name))
	}
	return declared{expr, file}, "", p
}

// importOf gives the import path behind a package's name in a file, if it is of this module.
func (r *reader) importOf(file *ast.File, name ast.Expr) string {
	ident, ok := name.(*ast.Ident)
	if !ok {
		return ""
	}
	for _, spec := range file.Imports {
		importPath, _ := strconv.Unquote(spec.Path.Value)
		known := path.Base(importPath)
		if spec.Name != nil {
			known = spec.Name.Name
		}
		if known == ident.Name && strings.HasPrefix(importPath+"/", r.module+"/") {
			return importPath
		}
	}
	return ""
}

// embeddedName is the name of the field of an embedded type.
func embeddedName(expr ast.Expr) string {
	if s, ok := expr.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	if i, ok := expr.(*ast.Ident); ok {
		return i.Name
	}
	return ""
}

// comment is a field's comment on one line: the one above it, or else the one behind it.
func comment(field *ast.Field) string {
	text := field.Doc.Text()
	if text == "" {
		text = field.Comment.Text()
	}
	return strings.Join(strings.Fields(text), " ")
}

// keys are the keys of the comments, sorted.
func (r *reader) keys() []string { return slices.Sorted(maps.Keys(r.docs)) }
