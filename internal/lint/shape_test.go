package lint

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// The longest file and function that a reader has to take in at once, in lines.
const (
	longestFile     = 400
	longestFunction = 60
)

// tooLong finds files and functions that are too long. Tests and generated files may be long.
func tooLong(m *module) []finding {
	var found []finding
	for _, p := range m.packages {
		for _, f := range p.built() {
			if f.generated {
				continue
			}
			if lines := strings.Count(f.text, "\n"); lines > longestFile {
				found = append(found, finding{f.name, fmt.Sprintf("the file has %d lines: want at most %d", lines, longestFile)})
			}
			for _, decl := range f.file.Decls {
				fun, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				lines := m.fset.Position(fun.End()).Line - m.fset.Position(fun.Pos()).Line + 1
				if lines > longestFunction {
					found = append(found, m.find(fun.Pos(), "%s has %d lines: want at most %d", fun.Name.Name, lines, longestFunction))
				}
			}
		}
	}
	return found
}

// uncommented finds packages and exported things without a comment.
func uncommented(m *module) []finding {
	var found []finding
	for _, p := range m.packages {
		files := p.built()
		if len(files) == 0 {
			found = append(found, finding{p.path, "has no file but tests: want a doc.go with a package comment"})
			continue
		}
		name := files[0].file.Name.Name
		begin := "Package " + name + " "
		if name == "main" {
			begin = "Command "
		}
		if !slices.ContainsFunc(files, func(f source) bool { return strings.HasPrefix(f.file.Doc.Text(), begin) }) {
			found = append(found, finding{p.path, "has no package comment that begins with " + strings.TrimSpace(begin)})
		}
		for _, f := range files {
			if !f.generated {
				found = append(found, m.uncommented(f.file)...)
			}
		}
	}
	return found
}

// uncommented finds exported declarations of a file without a comment. A comment on a group of constants or variables
// serves for its members; methods count if their type is exported.
func (m *module) uncommented(f *ast.File) []finding {
	var found []finding
	need := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		for _, c := range comments {
			if strings.TrimSpace(c.Text()) != "" {
				return
			}
		}
		found = append(found, m.find(name.Pos(), "%s is exported and has no comment", name.Name))
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || ast.IsExported(receiver(d)) {
				need(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					need(s.Name, d.Doc, s.Doc, s.Comment)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						need(name, d.Doc, s.Doc, s.Comment)
					}
				}
			}
		}
	}
	return found
}

// receiver is the name of the type that a method is of.
func receiver(d *ast.FuncDecl) string {
	expr := d.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

// misnamed finds names that say nothing, and functions that run unasked.
func misnamed(m *module) []finding {
	empty := []string{"util", "utils", "common", "types", "helper", "helpers", "misc"}
	var found []finding
	for _, p := range m.packages {
		if base := path.Base(p.path); slices.Contains(empty, base) {
			found = append(found, finding{p.path, "a package named " + base + " may hold anything; name it after what it holds"})
		}
		for _, f := range p.built() {
			for _, decl := range f.file.Decls {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					if d.Recv == nil && d.Name.Name == "init" {
						found = append(found, m.find(d.Pos(), "init runs unasked; call what is to run"))
					}
				case *ast.GenDecl:
					for _, spec := range d.Specs {
						if s, ok := spec.(*ast.TypeSpec); ok && d.Tok == token.TYPE && strings.HasSuffix(s.Name.Name, "Manager") {
							found = append(found, m.find(s.Pos(), "%s: name a type after what it is, not after managing", s.Name.Name))
						}
					}
				}
			}
		}
	}
	return found
}
