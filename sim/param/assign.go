package param

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// exactInt is the largest whole number up to which every whole number is a float64 of its own.
const exactInt = 1 << 53

// An UnknownError says that no parameter has a path.
type UnknownError struct {
	Path    string   // as the user wrote it
	Nearest string   // the path that was probably meant, or empty
	Members []string // the parameters below Path, if Path is a group of them
}

// Error names the path and what was probably meant.
func (e *UnknownError) Error() string {
	switch {
	case len(e.Members) > 0:
		return fmt.Sprintf("%s is a group of parameters: want one of %s", e.Path, strings.Join(e.Members, ", "))
	case e.Nearest != "":
		return fmt.Sprintf("unknown parameter %s: did you mean %s?", e.Path, e.Nearest)
	}
	return fmt.Sprintf("unknown parameter %s", e.Path)
}

// Get gives the value of the parameter at a path, as a float64, an int, a bool or a string; p is a struct or a pointer to
// one. The error of an unknown path is an *UnknownError.
func Get(p any, path string) (any, error) {
	v, err := root(p, false)
	if err != nil {
		return nil, err
	}
	l, err := find(v, path)
	if err != nil {
		return nil, err
	}
	return l.get(), nil
}

// Set reads a value from text, as on a command line, and assigns it to the parameter at a path of the struct that p points
// to. The error is an *UnknownError for a path that does not exist, a Fault for a value of a wrong kind or out of range;
// p is then unchanged.
func Set(p any, path, value string) error {
	v, err := root(p, true)
	if err != nil {
		return err
	}
	l, err := find(v, path)
	if err != nil {
		return err
	}
	parsed, err := parse(l.value.Kind(), strings.TrimSpace(value))
	if err != nil {
		return l.fault(value, l.wants())
	}
	return l.assign(parsed)
}

// Assign gives the parameter at a path of the struct that p points to a value that is already decoded: a bool, a string, or
// any Go number. A whole number serves for a float, and a float without a fraction for an int; a string never serves for a
// number. Errors are those of Set.
func Assign(p any, path string, value any) error {
	v, err := root(p, true)
	if err != nil {
		return err
	}
	l, err := find(v, path)
	if err != nil {
		return err
	}
	converted, ok := convert(l.value.Kind(), value)
	if !ok {
		return l.fault(show(value), l.wants())
	}
	return l.assign(converted)
}

// find gives the leaf at a path.
func find(v reflect.Value, path string) (*leaf, error) {
	if l, ok := descend(v, path, path, typeName(v.Type(), "")); ok {
		return l, l.err
	}
	leaves, _ := walk(v)
	paths := make([]string, len(leaves))
	var members []string
	for i := range leaves {
		if leaves[i].path == path {
			if leaves[i].err != nil {
				return nil, leaves[i].err
			}
			return &leaves[i], nil
		}
		paths[i] = leaves[i].path
		if strings.HasPrefix(paths[i], path+".") {
			members = append(members, paths[i])
		}
	}
	near, _ := Nearest(path, paths)
	return nil, &UnknownError{Path: path, Nearest: near, Members: members}
}

// descend gives the leaf at a path by its segments, of which rest are left: a file may set every parameter, and a walk reads the tags
// of all. Names of fields' comments begin with name.
func descend(v reflect.Value, path, rest, name string) (*leaf, bool) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		segment := Segment(field.Name, field.Tag.Get("name"))
		docKey := name + "." + field.Name
		below, found := strings.CutPrefix(rest, segment)
		if !found || !field.IsExported() {
			continue
		}
		switch kind := field.Type.Kind(); {
		case kind == reflect.Struct && strings.HasPrefix(below, "."):
			if l, ok := descend(v.Field(i), path, below[1:], typeName(field.Type, docKey)); ok {
				return l, true
			}
		case below == "" && (kind == reflect.Float64 || kind == reflect.Int || kind == reflect.Bool || kind == reflect.String):
			one := walker{}
			one.add(leaf{path: path, docKey: docKey, value: v.Field(i)}, field.Tag)
			return &one.leaves[0], true
		}
	}
	return nil, false
}

// assign stores a value of the leaf's kind, unless it is out of range.
func (l *leaf) assign(value any) error {
	if want := l.tag.refuse(value); want != "" {
		return l.fault(text(value), want)
	}
	l.put(value)
	return nil
}

// fault says that the leaf cannot have a value.
func (l *leaf) fault(value, want string) Fault {
	return Fault{Path: l.path, Value: value, Unit: l.tag.unit, Want: want}
}

// wants says which values the leaf takes, for a value of a wrong kind.
func (l *leaf) wants() string {
	switch l.value.Kind() {
	case reflect.Float64:
		return "a number in " + l.tag.in
	case reflect.Int:
		return "a whole number in " + l.tag.in
	case reflect.Bool:
		return "true or false"
	default:
		return "one of " + strings.Join(l.tag.words, ", ")
	}
}

// parse reads text as a value of a kind.
func parse(kind reflect.Kind, s string) (any, error) {
	switch kind {
	case reflect.Float64:
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return x, nil
		}
		return nil, errors.New("want a number")
	case reflect.Int:
		if i, err := strconv.Atoi(s); err == nil {
			return i, nil
		}
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			if i, ok := whole(x); ok {
				return i, nil
			}
		}
		return nil, errors.New("want a whole number")
	case reflect.Bool:
		switch strings.ToLower(s) {
		case "true", "yes", "on", "1":
			return true, nil
		case "false", "no", "off", "0":
			return false, nil
		}
		return nil, errors.New("want true or false")
	default:
		return s, nil
	}
}

// convert makes a decoded value one of a kind, if nothing is lost thereby.
func convert(kind reflect.Kind, value any) (any, bool) {
	v := reflect.ValueOf(value)
	switch {
	case kind == reflect.Bool && v.Kind() == reflect.Bool:
		return v.Bool(), true
	case kind == reflect.String && v.Kind() == reflect.String:
		return v.String(), true
	case kind == reflect.Float64 && v.IsValid() && (v.CanInt() || v.CanUint() || v.CanFloat()):
		return v.Convert(reflect.TypeFor[float64]()).Float(), true
	case kind == reflect.Int && v.CanInt():
		return int(v.Int()), true
	case kind == reflect.Int && v.CanUint() && v.Uint() <= math.MaxInt:
		return int(v.Uint()), true
	case kind == reflect.Int && v.CanFloat():
		i, ok := whole(v.Float())
		return i, ok
	}
	return nil, false
}

// whole gives x as an int if x has no fraction and is small enough to be exact.
func whole(x float64) (int, bool) {
	if x != math.Trunc(x) || math.Abs(x) > exactInt {
		return 0, false
	}
	return int(x), true
}

// show writes a decoded value of any kind for a message.
func show(value any) string {
	switch x := value.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(x)
	}
	return text(value)
}
