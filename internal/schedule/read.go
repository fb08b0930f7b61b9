package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
)

// A phase is what the table says of a phase by the code.
type phase struct{ name, by, when string }

// What the rows and dates of phases are called in the function quarter, and on the page.
var (
	walks = map[string]string{"firms": "each firm", "cells": "each cell", "Strips": "each strip of cells", "Lanes": "each area and field", "Newborns": "each newborn", "Groups": "each group of sectors", "planes": "each area and sector",
		"Bands": "each band of firms"}
	dates = map[string]string{"": "every tick", "yearEnd": "year's end"}
)

// read lists the phases that the function quarter of a file returns.
func read(file string) ([]phase, error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range parsed.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "quarter" {
			return list(set, f)
		}
	}
	return nil, fmt.Errorf("%s: has no function quarter", file)
}

// list reads the list that a function returns last.
func list(set *token.FileSet, f *ast.FuncDecl) ([]phase, error) {
	var all []phase
	var faults []error
	fault := func(at ast.Node, what string) {
		faults = append(faults, fmt.Errorf("%s: %s", set.Position(at.Pos()), what))
	}
	last, _ := f.Body.List[len(f.Body.List)-1].(*ast.ReturnStmt)
	if last == nil || len(last.Results) != 1 {
		return nil, fmt.Errorf("%s: want a list of phases returned at the end", set.Position(f.Pos()))
	}
	phases, ok := last.Results[0].(*ast.CompositeLit)
	if !ok {
		return nil, fmt.Errorf("%s: want the list of phases itself", set.Position(last.Pos()))
	}
	for _, e := range phases.Elts {
		lit, ok := e.(*ast.CompositeLit)
		if !ok {
			fault(e, "want a phase itself")
			continue
		}
		p, what := one(lit)
		if what != "" {
			fault(e, what)
		}
		all = append(all, p)
	}
	return all, errors.Join(faults...)
}

// one reads a phase, and says what it does not understand.
func one(lit *ast.CompositeLit) (p phase, fault string) {
	field := map[string]ast.Expr{}
	for _, e := range lit.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				field[key.Name] = pair.Value
			}
		}
	}
	name, ok := field["Name"].(*ast.BasicLit)
	if !ok {
		return p, "want a name, as a string"
	}
	p.name, _ = strconv.Unquote(name.Value)
	p.by = "alone"
	if with, ok := field["Beside"].(*ast.BasicLit); ok {
		each, _ := strconv.Unquote(with.Value)
		p.by = "beside *" + each + "*"
	}
	if field["Once"] == nil {
		if p.by, ok = walks[last(field["Rows"])]; !ok {
			return p, fmt.Sprintf("phase %q walks rows that this command has no word for", p.name)
		}
	}
	if p.when, ok = dates[last(field["When"])]; !ok {
		return p, fmt.Sprintf("phase %q runs when this command has no word for", p.name)
	}
	return p, ""
}

// last is the last name in an expression; empty without one.
func last(e ast.Expr) (name string) {
	if e != nil {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				name = id.Name
			}
			return true
		})
	}
	return name
}
