package checkpoint

import (
	"encoding"
	"fmt"
	"reflect"
)

// packed is a struct that writes and reads itself, always in the same number of bytes, because it has fields of its own
// package.
type packed interface {
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

// plan is how a struct is written and read.
type plan struct {
	packed bool
	bytes  int   // of a packed one
	fields []int // that are written, of another
}

// plans are made when a type is met for the first time.
type plans map[reflect.Type]*plan

func (p plans) of(t reflect.Type) *plan {
	if known := p[t]; known != nil {
		return known
	}
	made := &plan{}
	p[t] = made
	if self, ok := reflect.New(t).Interface().(packed); ok {
		b, err := self.AppendBinary(nil)
		if err != nil {
			panic(fmt.Sprintf("checkpoint: an empty %s: %v", t, err))
		}
		made.packed, made.bytes = true, len(b)
		return made
	}
	for k := range t.NumField() {
		if t.Field(k).IsExported() {
			made.fields = append(made.fields, k)
		} else if flat(t) {
			panic(fmt.Sprintf("checkpoint: %s has a field of its own package, %s: want AppendBinary and UnmarshalBinary", t, t.Field(k).Name))
		}
	}
	return made
}

// least is the least number of bytes that a value of a type takes.
func (p plans) least(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Slice, reflect.String:
		return 8
	case reflect.Pointer:
		return 0
	case reflect.Array:
		return t.Len() * p.least(t.Elem())
	case reflect.Struct:
		made := p.of(t)
		sum := made.bytes
		for _, k := range made.fields {
			sum += p.least(t.Field(k).Type)
		}
		return sum
	}
	return width(t)
}

// width is how many bytes a number takes: that of int does not depend on the machine.
func width(t reflect.Type) int {
	if k := t.Kind(); k == reflect.Int || k == reflect.Uint {
		return 8
	}
	return int(t.Size())
}

// Columns lists what a state is made of, a line a field, such as "Firms.Cash []float64": two programs with the same list can
// read each other's states. The fields of the outermost struct named in except are left out.
func Columns(v any, except ...string) []string {
	t := reflect.TypeOf(v).Elem()
	var lines []string
	p := plans{}
	for k := range t.NumField() {
		if f := t.Field(k); !left(f, except) {
			lines = p.columns(lines, f.Name, "", f.Type)
		}
	}
	return lines
}

func (p plans) columns(lines []string, path, of string, t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer:
		return lines
	case reflect.Slice:
		return p.columns(lines, path, of+"[]", t.Elem())
	case reflect.Array:
		return p.columns(lines, path, fmt.Sprintf("%s[%d]", of, t.Len()), t.Elem())
	case reflect.Struct:
		made := p.of(t)
		if made.packed {
			return append(lines, fmt.Sprintf("%s %s%s of %d bytes", path, of, t.Name(), made.bytes))
		}
		for _, k := range made.fields {
			lines = p.columns(lines, path+of+"."+t.Field(k).Name, "", t.Field(k).Type)
		}
		return lines
	}
	return append(lines, path+" "+of+t.Kind().String())
}
