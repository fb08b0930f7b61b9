package lint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// exactMath is what sim and model may use of package math: functions that are exact, hence the same on every machine.
// Everything else comes from sim/num.
var exactMath = []string{"Abs", "Ceil", "Copysign", "Dim", "FMA", "Float32bits", "Float32frombits", "Float64bits",
	"Float64frombits", "Floor", "Frexp", "Ilogb", "Inf", "IsInf", "IsNaN", "Ldexp", "Logb", "Max", "Min", "Mod", "Modf", "NaN",
	"Nextafter", "Remainder", "Round", "RoundToEven", "Signbit", "Sqrt", "Trunc"}

// chance finds uses, in the sim and model packages, of what differs between two runs or two machines: random numbers without
// an address, the clock, functions of math that are not exact.
func chance(m *module, p *typed) []finding {
	var found []finding
	for _, f := range p.files {
		for _, spec := range f.file.Imports {
			if path := pathOf(spec); slices.Contains([]string{"math/rand", "math/rand/v2", "crypto/rand"}, path) {
				found = append(found, m.find(spec.Pos(), "imports %s: draw from addressed streams, sim/rng", path))
			}
		}
	}
	p.each(func(n ast.Node) {
		id, ok := n.(*ast.Ident)
		if !ok {
			return
		}
		fun, ok := p.info.Uses[id].(*types.Func)
		if !ok || fun.Pkg() == nil || fun.Signature().Recv() != nil {
			return
		}
		switch name := fun.Name(); fun.Pkg().Path() {
		case "time":
			if slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc"}, name) {
				found = append(found, m.find(id.Pos(), "time.%s: a run does not know the time of day", name))
			}
		case "math":
			if !slices.Contains(exactMath, name) {
				found = append(found, m.find(id.Pos(), "math.%s differs between machines: use sim/num", name))
			}
		}
	})
	return found
}

// unordered finds walks over maps, whose order differs from run to run. Keys that are sorted at once are in order.
func unordered(m *module, p *typed) []finding {
	var found []finding
	sorted := map[ast.Expr]bool{}
	p.each(func(n ast.Node) { // a call is met before its arguments
		switch n := n.(type) {
		case *ast.RangeStmt:
			isMap := func(t types.Type) bool { _, ok := t.(*types.Map); return ok }
			if holds(p.info.TypeOf(n.X), isMap) {
				found = append(found, m.find(n.Pos(), "ranges over a map, which has no order: walk sorted keys or a slice"))
			}
		case *ast.CallExpr:
			pkg, name := p.used(n.Fun)
			if pkg == "slices" && strings.HasPrefix(name, "Sorted") && len(n.Args) > 0 {
				sorted[n.Args[0]] = true
			}
			walks := pkg == "maps" && slices.Contains([]string{"Keys", "Values", "All"}, name) ||
				pkg == "reflect" && slices.Contains([]string{"MapKeys", "MapRange"}, name) || pkg == "sync" && name == "Range"
			if walks && !sorted[n] {
				found = append(found, m.find(n.Pos(), "%s.%s has no order: sort what it gives at once", pkg, name))
			}
		}
	})
	return found
}

// fused finds sums in which a product of floats stands bare: a compiler may then multiply and add in one step with one
// rounding, and on some machines does. A conversion float64(x*y) forbids that.
func fused(m *module, p *typed) []finding {
	var found []finding
	isFloat := func(t types.Type) bool {
		basic, ok := t.(*types.Basic)
		return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
	}
	product := func(e ast.Expr) bool {
		for {
			if unary, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && (unary.Op == token.SUB || unary.Op == token.ADD) {
				e = unary.X
				continue
			}
			break
		}
		binary, ok := ast.Unparen(e).(*ast.BinaryExpr)
		if !ok || binary.Op != token.MUL {
			return false
		}
		known := p.info.Types[binary]
		return known.Value == nil && holds(known.Type, isFloat)
	}
	report := func(pos token.Pos) {
		found = append(found, m.find(pos, "a product feeds a sum: write float64(x*y) around it, so that no machine fuses the two"))
	}
	p.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if (n.Op == token.ADD || n.Op == token.SUB) && (product(n.X) || product(n.Y)) {
				report(n.OpPos)
			}
		case *ast.AssignStmt:
			if (n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN) && product(n.Rhs[0]) {
				report(n.TokPos)
			}
		}
	})
	return found
}

// variables finds package variables other than tables (composite literals and arrays), sentinel errors and the blank ones
// that only the compiler reads. Generated files may have any.
func variables(m *module, p *typed) []finding {
	var found []finding
	for _, f := range p.files {
		if f.generated {
			continue
		}
		for _, decl := range f.file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, name := range spec.Names {
					if name.Name != "_" && !(i < len(spec.Values) && p.isTable(spec.Values[i])) {
						found = append(found, m.find(name.Pos(), "%s is a package variable: only tables and sentinel errors may be", name.Name))
					}
				}
			}
		}
	}
	return found
}

// isTable says whether a package variable may have a value.
func (p *typed) isTable(value ast.Expr) bool {
	switch v := ast.Unparen(value).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, isLiteral := v.X.(*ast.CompositeLit)
		return v.Op == token.AND && isLiteral
	case *ast.CallExpr:
		pkg, name := p.used(v.Fun)
		return pkg == "errors" && name == "New" || holds(p.info.TypeOf(v), func(t types.Type) bool {
			_, isArray := t.(*types.Array)
			return isArray
		})
	}
	return false
}

// purposes finds constants of type rng.Purpose that have one value: their rules would share their draws.
func purposes(m *module, all []*typed) []finding {
	var found []finding
	first := map[string]types.Object{}
	for _, p := range all {
		scope := p.pkg.Scope()
		for _, name := range scope.Names() {
			constant, ok := scope.Lookup(name).(*types.Const)
			if !ok {
				continue
			}
			named, ok := types.Unalias(constant.Type()).(*types.Named)
			if !ok || named.Obj().Name() != "Purpose" || named.Obj().Pkg() == nil ||
				named.Obj().Pkg().Path() != m.name+"/sim/rng" {
				continue
			}
			value := constant.Val().ExactString()
			if other := first[value]; other != nil {
				found = append(found, m.find(constant.Pos(), "%s.%s is purpose %s, as is %s.%s at %s: give it one of its own",
					p.path, name, value, strings.TrimPrefix(other.Pkg().Path(), m.name+"/"), other.Name(), m.at(other.Pos())))
				continue
			}
			first[value] = constant
		}
	}
	return found
}

// faulty finds packages that do not type-check, on which the other rules may be blind.
func faulty(m *module, p *typed) []finding {
	if len(p.errs) == 0 {
		return nil
	}
	return []finding{{p.path, fmt.Sprintf("does not type-check: %v (%d errors)", p.errs[0], len(p.errs))}}
}
