package param

import (
	"math"
	"reflect"
	"strings"
)

// Schema gives a JSON schema (draft 2020-12) of the parameters of p, a struct or a pointer to one, as a tree of values that
// encoding/json writes: an object for every struct, which admits no unknown names, and in it the ranges, defaults and
// comments (docs as in ListWith; may be nil). It has no $schema key, so that it can stand inside a larger schema. It panics
// if p is no struct.
func Schema(p any, docs map[string]string) map[string]any {
	v := mustRoot(p)
	return object(v, typeName(v.Type(), ""), docs)
}

// object is the schema of one struct, whose fields' comments have keys beginning with name.
func object(v reflect.Value, name string, docs map[string]string) map[string]any {
	properties := map[string]any{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		docKey := name + "." + field.Name
		key := Segment(field.Name, field.Tag.Get("name"))
		switch field.Type.Kind() {
		case reflect.Struct:
			group := object(v.Field(i), typeName(field.Type, docKey), docs)
			describe(group, docs[docKey])
			properties[key] = group
		case reflect.Float64, reflect.Int, reflect.Bool, reflect.String:
			t, _ := parseTag(field.Tag, field.Type.Kind())
			properties[key] = scalar(field.Type.Kind(), t, docs[docKey])
		}
	}
	return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
}

// scalar is the schema of one parameter.
func scalar(kind reflect.Kind, t tag, doc string) map[string]any {
	s := map[string]any{}
	switch kind {
	case reflect.Float64:
		s["type"] = "number"
		t.limits.describe(s)
	case reflect.Int:
		s["type"] = "integer"
		t.limits.describe(s)
	case reflect.Bool:
		s["type"] = "boolean"
	default:
		s["type"] = "string"
		s["enum"] = t.words
	}
	if t.initial != nil {
		s["default"] = t.initial
	}
	var unit, source string
	if t.unit != "" {
		unit = "Unit: " + t.unit + "."
	}
	if t.src != "" {
		source = "Source: " + t.src + "."
	}
	describe(s, doc, unit, source)
	return s
}

// describe gives a schema a description of the parts that are not empty.
func describe(schema map[string]any, parts ...string) {
	var kept []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	if len(kept) > 0 {
		schema["description"] = strings.Join(kept, " ")
	}
}

// describe writes the limits into a schema; infinite ends are no limits.
func (l limits) describe(schema map[string]any) {
	set := func(end float64, open bool, closedKey, openKey string) {
		switch {
		case math.IsInf(end, 0):
		case open:
			schema[openKey] = end
		default:
			schema[closedKey] = end
		}
	}
	set(l.low, l.lowOpen, "minimum", "exclusiveMinimum")
	set(l.high, l.highOpen, "maximum", "exclusiveMaximum")
}
