package scenarios

import (
	"fmt"
	"math"
	"reflect"

	"agglo/model"
	"agglo/sim/param"
)

// Schema gives the JSON schema (draft 2020-12) of a scenario file, for editors and for checks without this program. It
// comes from the structs that the reader follows. What one value cannot tell (names that must exist, sums, dates that must
// follow each other) is not in it.
func Schema() map[string]any {
	schema := groupSchema(reflect.TypeFor[Scenario]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "agglo scenario"
	return schema
}

// groupSchema describes a struct of the format.
func groupSchema(t reflect.Type) map[string]any {
	properties := map[string]any{}
	required := []any{}
	for _, f := range fieldsOf(t) {
		one := valueSchema(f.fieldType, f)
		one["description"] = f.doc
		if f.unit != "" {
			one["description"] = fmt.Sprintf("%s [%s]", f.doc, f.unit)
		}
		if f.hasDef && !f.need {
			one["default"] = f.def
			if f.fieldType == reflect.TypeFor[Number]() {
				one["default"] = mustNumber(f.def)
			}
		}
		properties[f.key] = one
		if f.need {
			required = append(required, f.key)
		}
	}
	schema := object(properties)
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// object is a mapping with these keys and no others.
func object(properties map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}

// valueSchema describes a value of a field.
func valueSchema(t reflect.Type, f field) map[string]any {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch reflect.New(t).Interface().(type) {
	case *Number:
		return withEvidence(numberSchema(f))
	case *Text:
		text := map[string]any{"type": "string"}
		return map[string]any{"anyOf": []any{text, object(map[string]any{"en": text, "ru": text})}}
	case *Date:
		return map[string]any{"anyOf": []any{
			map[string]any{"type": "string", "pattern": "^(1[89]|2[01])[0-9]{2}(Q[1-4])?$|^2200(Q[1-4])?$"},
			map[string]any{"type": "integer", "minimum": 1800.0, "maximum": 2200.0},
		}}
	case *LatLon:
		return map[string]any{"type": "array", "minItems": 2.0, "maxItems": 2.0, "prefixItems": []any{
			map[string]any{"type": "number", "minimum": -90.0, "maximum": 90.0},
			map[string]any{"type": "number", "minimum": -180.0, "maximum": 180.0},
		}}
	case *Pair:
		return map[string]any{"type": "array", "minItems": 2.0, "maxItems": 2.0, "items": numberSchema(f)}
	case *string:
		return textSchema(f)
	case *bool:
		return map[string]any{"type": "boolean"}
	case *[]string:
		return map[string]any{"type": "array", "items": textSchema(f)}
	case *map[string]Number:
		return map[string]any{"type": "object", "additionalProperties": withEvidence(numberSchema(f))}
	case *map[string]string:
		return map[string]any{"type": "object", "additionalProperties": textSchema(field{})}
	case *map[string][]string:
		texts := map[string]any{"type": "array", "items": textSchema(field{})}
		return map[string]any{"type": "object", "additionalProperties": texts}
	case *model.Params:
		var p model.Params
		return paramsSchema(param.Schema(&p, model.Docs()))
	}
	if t.Kind() == reflect.Slice {
		list := map[string]any{"type": "array", "items": groupSchema(t.Elem())}
		if f.need {
			list["minItems"] = 1.0
		}
		return list
	}
	return groupSchema(t)
}

// numberSchema describes a number that stands alone.
func numberSchema(f field) map[string]any {
	schema := map[string]any{"type": "number"}
	if f.whole {
		schema["type"] = "integer"
	}
	bound := func(x float64, open bool, closedKey, openKey string) {
		switch {
		case math.IsInf(x, 0):
		case open:
			schema[openKey] = x
		default:
			schema[closedKey] = x
		}
	}
	bound(f.in.low, f.in.lowOpen, "minimum", "exclusiveMinimum")
	bound(f.in.high, f.in.highOpen, "maximum", "exclusiveMaximum")
	return schema
}

// withEvidence admits a value alone or with its source.
func withEvidence(value map[string]any) map[string]any {
	pair := object(map[string]any{
		"value": value, "source": map[string]any{"type": "string"}, "verified": map[string]any{"type": "boolean"},
	})
	pair["required"] = []any{"value"}
	return map[string]any{"anyOf": []any{value, pair}}
}

// textSchema describes a text.
func textSchema(f field) map[string]any {
	schema := map[string]any{"type": "string"}
	if f.words != nil {
		words := make([]any, len(f.words))
		for i, w := range f.words {
			words[i] = w
		}
		schema["enum"] = words
	}
	if f.form == "id" {
		schema["pattern"] = idForm.String()
	}
	return schema
}

// paramsSchema lets every parameter stand with its source.
func paramsSchema(schema map[string]any) map[string]any {
	properties, group := schema["properties"].(map[string]any)
	if !group {
		wrapped := withEvidence(schema)
		if doc, ok := schema["description"]; ok {
			wrapped["description"] = doc
		}
		return wrapped
	}
	for _, key := range sortedKeys(properties) {
		if inner, ok := properties[key].(map[string]any); ok {
			properties[key] = paramsSchema(inner)
		}
	}
	return schema
}
