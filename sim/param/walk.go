package param

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// A leaf is one parameter in one struct.
type leaf struct {
	path   string        // trust.loss
	docKey string        // trust.Params.Loss
	value  reflect.Value // of kind Float64, Int, Bool or String
	tag    tag
	err    error // what is wrong with the declaration, or nil
}

// A walker collects the leaves of a struct, depth first.
type walker struct {
	leaves []leaf
	faults []error
	seen   map[string]string // path -> name of the Go field that has it
}

// walk lists the parameters of a struct in the order of their declaration, and what is wrong with their declarations.
func walk(v reflect.Value) ([]leaf, []error) {
	w := walker{seen: map[string]string{}}
	w.enter(v, "", typeName(v.Type(), ""))
	return w.leaves, w.faults
}

// enter walks one struct whose fields' paths begin with prefix and whose fields' comments have keys beginning with name.
func (w *walker) enter(v reflect.Value, prefix, name string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		docKey := name + "." + field.Name
		path := prefix + Segment(field.Name, field.Tag.Get("name"))
		if !field.IsExported() {
			w.faults = append(w.faults, fmt.Errorf("%s: a parameter must be exported", docKey))
			continue
		}
		if other, taken := w.seen[path]; taken {
			w.faults = append(w.faults, fmt.Errorf("%s: has the path %s of %s", docKey, path, other))
			continue
		}
		w.seen[path] = docKey
		switch field.Type.Kind() {
		case reflect.Struct:
			w.enter(v.Field(i), path+".", typeName(field.Type, docKey))
		case reflect.Float64, reflect.Int, reflect.Bool, reflect.String:
			w.add(leaf{path: path, docKey: docKey, value: v.Field(i)}, field.Tag)
		default:
			w.faults = append(w.faults, fmt.Errorf("%s: a parameter cannot be a %v; use float64, int, bool, string or a struct",
				docKey, field.Type))
		}
	}
}

// add reads the leaf's tags and keeps it.
func (w *walker) add(l leaf, tags reflect.StructTag) {
	t, faults := parseTag(tags, l.value.Kind())
	l.tag = t
	if len(faults) > 0 {
		l.err = fmt.Errorf("%s: %s", l.docKey, strings.Join(faults, "; "))
		w.faults = append(w.faults, l.err)
	}
	w.leaves = append(w.leaves, l)
}

// typeName names a struct type as a reader would, trust.Params; a type without a name is named after the field it is for.
func typeName(t reflect.Type, field string) string {
	if t.Name() == "" {
		return field
	}
	return t.String()
}

// Segment gives the part of a path that a field adds: its name in snake case, unless a tag name overrides it.
func Segment(field, override string) string {
	if override != "" {
		return override
	}
	return snake(field)
}

// snake turns a Go name into snake case. A run of capitals is one word, of which the last letter begins the next word if a
// small letter follows: HomeShare, RDIntensity and WidthKM become home_share, rd_intensity and width_km.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && runes[i-1] != '_' {
			endsWord := !unicode.IsUpper(runes[i-1])
			startsWord := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if endsWord || startsWord {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// get gives the leaf's value as a float64, an int, a bool or a string.
func (l *leaf) get() any {
	switch l.value.Kind() {
	case reflect.Float64:
		return l.value.Float()
	case reflect.Int:
		return int(l.value.Int())
	case reflect.Bool:
		return l.value.Bool()
	default:
		return l.value.String()
	}
}

// put stores a value of the leaf's own kind.
func (l *leaf) put(value any) {
	switch x := value.(type) {
	case float64:
		l.value.SetFloat(x)
	case int:
		l.value.SetInt(int64(x))
	case bool:
		l.value.SetBool(x)
	case string:
		l.value.SetString(x)
	}
}

// text writes a value so that reading it gives the same value.
func text(value any) string {
	if x, ok := value.(float64); ok {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}
