// Package checkpoint copies, writes and reads the state of a world: a struct of columns, whatever they are called and
// whatever their type. Nothing has to be told when a column is added, dropped or narrowed.
//
// What it takes: numbers, yes and no, text, arrays, slices, and structs of these. Pointers lead to what no rule writes
// (kernels, the setting): a copy shares them, a file leaves them out. Fields that are not exported belong to their package:
// in a struct that holds slices they are left empty, and their package fills them anew. Maps have no order and are refused.
package checkpoint

import (
	"fmt"
	"reflect"
)

// Clone makes dst, a pointer to an empty struct, a copy of what src points to, a struct of the same type. The copy shares no
// slice with it, see the package. It panics if the struct holds what cannot be state: a map, a function, a channel.
func Clone(dst, src any) {
	clone(reflect.ValueOf(dst).Elem(), reflect.ValueOf(src).Elem())
}

func clone(dst, src reflect.Value) {
	switch kind := src.Kind(); kind {
	case reflect.Slice:
		if src.IsNil() {
			return
		}
		dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
		if flat(src.Type().Elem()) {
			reflect.Copy(dst, src)
			return
		}
		each(dst, src)
	case reflect.Array:
		if flat(src.Type()) {
			dst.Set(src)
			return
		}
		each(dst, src)
	case reflect.Struct:
		if flat(src.Type()) {
			dst.Set(src)
			return
		}
		for k := range src.NumField() {
			if src.Type().Field(k).IsExported() {
				clone(dst.Field(k), src.Field(k))
			}
		}
	case reflect.Map, reflect.Chan, reflect.Func, reflect.Interface, reflect.UnsafePointer, reflect.Uintptr:
		panic(fmt.Sprintf("checkpoint: a %s in a world: want columns", kind))
	default:
		dst.Set(src)
	}
}

// each clones the elements of a slice or an array.
func each(dst, src reflect.Value) {
	for k := range src.Len() {
		clone(dst.Index(k), src.Index(k))
	}
}

// flat says whether a value of a type is copied whole by an assignment: it holds no slice, no map and no pointer.
func flat(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return flat(t.Elem())
	case reflect.Struct:
		for k := range t.NumField() {
			if !flat(t.Field(k).Type) {
				return false
			}
		}
		return true
	case reflect.Slice, reflect.Map, reflect.Chan, reflect.Func, reflect.Interface, reflect.Pointer, reflect.UnsafePointer, reflect.Uintptr:
		return false
	}
	return true
}
