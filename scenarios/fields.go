package scenarios

import (
	"reflect"
	"strings"
)

// A field is one key of the format, as the tags of its struct field state it.
type field struct {
	index     int // in the struct
	key       string
	need      bool
	whole     bool
	choice    bool
	unit      string
	in        interval
	def       string
	hasDef    bool
	words     []string // permitted, if any are named
	ref       string   // section whose ids are permitted
	form      string
	doc       string
	fieldType reflect.Type
}

// fieldsOf lists the keys of a struct of the format in the order of their declaration.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("key")
		if key == "" {
			continue
		}
		def, hasDef := f.Tag.Lookup("default")
		one := field{
			index: i, key: key, need: f.Tag.Get("need") == "yes", whole: f.Tag.Get("whole") == "yes", choice: f.Tag.Get("choice") == "yes",
			unit: f.Tag.Get("unit"), in: parseInterval(f.Tag.Get("in")), def: def, hasDef: hasDef,
			ref: f.Tag.Get("ref"), form: f.Tag.Get("form"), doc: f.Tag.Get("doc"), fieldType: f.Type,
		}
		if words := f.Tag.Get("oneof"); words != "" {
			one.words = strings.Split(words, "|")
		}
		fields = append(fields, one)
	}
	return fields
}

// keysOf lists the names of fields.
func keysOf(fields []field) []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return keys
}

// fill sets the defaults of a struct of the format and of the structs inside it.
func fill(v reflect.Value) {
	for _, f := range fieldsOf(v.Type()) {
		at := v.Field(f.index)
		switch x := at.Addr().Interface().(type) {
		case *Number:
			if f.hasDef {
				x.Value = mustNumber(f.def)
			}
		case *string:
			if f.hasDef {
				*x = f.def
			}
		default:
			if isGroup(at.Type()) {
				fill(at)
			}
		}
	}
}

// isGroup says whether a type is a struct of the format: one with keys.
func isGroup(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && len(fieldsOf(t)) > 0
}
