// Package param turns a tree of plain structs into the parameters of a simulation. The struct is the only truth: its
// field names give the paths, its tags give the default, the unit, the range and the source, its comments say what a
// parameter means.
//
//	type Params struct {
//		// Loss is the share of trust destroyed by a broken deal.
//		Loss float64 `default:"0.40" unit:"1/deal" in:"[0,1]" src:"assumed"`
//	}
//
// A field is a float64, an int, a bool, a string with a list of permitted words, or a struct of such fields. Its path is
// made of the field names in snake case, joined by dots; a tag name:"..." replaces one segment. The tags are
//
//   - default: the value that Fill sets; every parameter has one;
//   - unit: the unit of a number, "1" for a pure number; a bool or a string needs none;
//   - in: the permitted values: "[0,1]", "(0,1]", "[0,inf)", "(-inf,inf)" for numbers, "{a,b,c}" for strings; a bool
//     needs none. NaN and infinities are never permitted;
//   - src: where the default comes from: a DOI, the name of a dataset, or the word assumed.
//
// The package uses reflection and is meant for loading and printing, not for the inside of a run.
package param

import (
	"errors"
	"fmt"
	"reflect"
)

// An Entry describes one parameter.
type Entry struct {
	Path    string // such as trust.loss
	Kind    string // float64, int, bool or string
	Unit    string // such as 1/deal; 1 for a pure number; empty for a bool or a string
	Default string // as the tag states it
	In      string // the permitted values, as the tag states them; {false,true} for a bool
	Source  string // a DOI, a dataset, or assumed
	Doc     string // the field's comment, if it is known; else empty
}

// Fill sets every parameter of the struct that p points to, to its default. It returns all mistakes in the declaration at
// once, each naming the field: a tag that is missing or does not parse, a default out of its own range, a field of a type
// that cannot be a parameter, two fields of one path. Fields without a mistake are set even if others have one.
func Fill(p any) error {
	v, err := root(p, true)
	if err != nil {
		return err
	}
	leaves, faults := walk(v)
	for i := range leaves {
		if l := &leaves[i]; l.err == nil {
			l.put(l.tag.initial)
		}
	}
	return errors.Join(faults...)
}

// List describes the parameters of p, a struct or a pointer to one, in the order of their declaration, without comments.
// Mistakes in the declaration are not reported here: Fill does that. It panics if p is no struct.
func List(p any) []Entry { return ListWith(p, nil) }

// ListWith is List with comments: docs maps "package.Type.Field" to the comment of that field, as the generator in
// agglo/sim/param/gen writes it.
func ListWith(p any, docs map[string]string) []Entry {
	leaves, _ := walk(mustRoot(p))
	entries := make([]Entry, len(leaves))
	for i, l := range leaves {
		entries[i] = Entry{
			Path: l.path, Kind: l.value.Kind().String(), Unit: l.tag.unit, Default: l.tag.def, In: l.tag.in,
			Source: l.tag.src, Doc: docs[l.docKey],
		}
	}
	return entries
}

// A Value is a parameter's path and its value: a float64, an int, a bool or a string.
type Value struct {
	Path  string
	Value any
}

// Flat gives the values of p, a struct or a pointer to one, in the order of their declaration. It panics if p is no struct.
func Flat(p any) []Value {
	leaves, _ := walk(mustRoot(p))
	values := make([]Value, len(leaves))
	for i, l := range leaves {
		values[i] = Value{l.path, l.get()}
	}
	return values
}

// A Change is a parameter with two values, as text.
type Change struct{ Path, Unit, From, To string }

// Diff lists the parameters whose values differ between p and q, in the order of their declaration. It panics if p and q
// are not structs (or pointers to structs) of one type.
func Diff(p, q any) []Change {
	v, w := mustRoot(p), mustRoot(q)
	if v.Type() != w.Type() {
		panic(fmt.Sprintf("param: Diff of a %v and a %v", v.Type(), w.Type()))
	}
	before, _ := walk(v)
	after, _ := walk(w)
	var changes []Change
	for i, l := range before {
		if from, to := text(l.get()), text(after[i].get()); from != to {
			changes = append(changes, Change{l.path, l.tag.unit, from, to})
		}
	}
	return changes
}

// root gives the struct behind p. A settable one must be behind a pointer.
func root(p any, settable bool) (reflect.Value, error) {
	v := reflect.ValueOf(p)
	if v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct {
		return v.Elem(), nil
	}
	if v.Kind() == reflect.Struct && !settable {
		return v, nil
	}
	return reflect.Value{}, fmt.Errorf("param: want a pointer to a struct, have %T", p)
}

// mustRoot is root for readers: a wrong type is a mistake of the program, not of its user.
func mustRoot(p any) reflect.Value {
	v, err := root(p, false)
	if err != nil {
		panic(err.Error())
	}
	return v
}
