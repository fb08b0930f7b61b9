// Package page asks the operating system to hold the large arrays of a world in large pages. A processor finds the place of an
// address in memory by a table of pages, and remembers some thousand of them. The columns of 100,000 firms fill 25,000 ordinary
// pages of 4 KB and 50 large ones of 2 MB, so that a look at a firm that lies anywhere costs one wait for memory, and not two.
//
// It also asks the processor to fetch what a loop will read of places that lie anywhere: see Call.
//
// Both are hints. They change no value, and where the system knows no large pages, or has none left, nothing happens.
package page

import (
	"cmp"
	"reflect"
	"slices"
)

const (
	size   = 2 << 20  // of a large page
	little = 64 << 10 // arrays below that are left alone
	enough = 8 << 20  // what is worth the trouble: the processor knows the small pages of less by heart
)

// extent is a stretch of addresses.
type extent struct{ from, to uintptr }

// Widen asks for large pages for the arrays that the struct behind a pointer holds, and those of the structs inside it. Pointers
// are not followed.
func Widen(of any) { advise(stretches(arrays(reflect.ValueOf(of).Elem(), nil))) }

// Room is an empty slice with room for n elements. Large pages are asked for before anything is written there, so that the system
// need not first make small ones and then copy these.
func Room[T any](n int) []T {
	s := make([]T, 0, n)
	v := reflect.ValueOf(s)
	if bytes := uintptr(n) * v.Type().Elem().Size(); bytes >= little {
		ask(whole(extent{v.Pointer(), v.Pointer() + bytes}))
	}
	return s
}

// whole is the large pages that an extent lies in.
func whole(e extent) extent { return extent{e.from &^ (size - 1), (e.to + size - 1) &^ (size - 1)} }

// arrays adds the memory of the large slices in a value to a list.
func arrays(v reflect.Value, all []extent) []extent {
	switch v.Kind() {
	case reflect.Struct:
		for k := range v.NumField() {
			all = arrays(v.Field(k), all)
		}
	case reflect.Array:
		if holds(v.Type().Elem()) {
			for k := range v.Len() {
				all = arrays(v.Index(k), all)
			}
		}
	case reflect.Slice:
		if bytes := uintptr(v.Cap()) * v.Type().Elem().Size(); bytes >= little {
			all = append(all, extent{v.Pointer(), v.Pointer() + bytes})
		}
		if holds(v.Type().Elem()) {
			for k := range v.Len() {
				all = arrays(v.Index(k), all)
			}
		}
	}
	return all
}

// holds says whether values of a type can hold slices.
func holds(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice:
		return true
	case reflect.Array:
		return holds(t.Elem())
	case reflect.Struct:
		for k := range t.NumField() {
			if holds(t.Field(k).Type) {
				return true
			}
		}
	}
	return false
}

// stretches are the large pages that the extents lie in, side by side ones as one; none when there is too little in all.
func stretches(all []extent) []extent {
	slices.SortFunc(all, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	var out []extent
	bytes := uintptr(0)
	for _, e := range all {
		bytes += e.to - e.from
		e = whole(e)
		if n := len(out); n > 0 && e.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, e.to)
		} else {
			out = append(out, e)
		}
	}
	if bytes < enough {
		return nil
	}
	return out
}
