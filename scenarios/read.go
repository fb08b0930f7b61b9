package scenarios

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/model"
	"agglo/sim/param"
)

// A reader walks a YAML tree along the structs of the format and collects all faults.
type reader struct {
	file   string
	faults Faults
	at     map[string]*yaml.Node // where the value of a path stands
	bad    map[string]bool       // paths with a fault: true at the value itself, false only inside it
}

// fault notes a mistake at a node; a nil node has no line.
func (r *reader) fault(n *yaml.Node, path, format string, args ...any) {
	f := Fault{File: r.file, Path: path, Problem: fmt.Sprintf(format, args...)}
	if n != nil {
		f.Line, f.Col = n.Line, n.Column
	}
	r.faults = append(r.faults, f)
	if r.bad == nil {
		r.bad = map[string]bool{}
	}
	r.bad[path] = true
	for i := strings.LastIndexAny(path, ".["); i >= 0; i = strings.LastIndexAny(path, ".[") {
		path = path[:i]
		if _, told := r.bad[path]; !told {
			r.bad[path] = false // something below it is bad, and it as a whole is not
		}
	}
}

// unread says whether the value at a path as a whole could not be read.
func (r *reader) unread(path string) bool { return r.bad[path] }

// wrong says whether a fault has been told of one of these values or of something inside it. What would follow from it is not told.
func (r *reader) wrong(paths ...string) bool {
	return slices.ContainsFunc(paths, func(path string) bool { _, yes := r.bad[path]; return yes })
}

// where says on which line of the file a path stands, as a beginning of a warning; "" where it does not stand in the file.
func (r *reader) where(path string) string {
	if n, ok := r.at[path]; ok {
		return fmt.Sprintf("line %d: ", n.Line)
	}
	return ""
}

// faultAt notes a mistake at a path, or at the nearest part of it that stands in the file.
func (r *reader) faultAt(path, format string, args ...any) {
	for at := path; ; {
		if n, ok := r.at[at]; ok {
			r.fault(n, path, format, args...)
			return
		}
		i := strings.LastIndexAny(at, ".[")
		if i < 0 {
			r.fault(nil, path, format, args...)
			return
		}
		at = at[:i]
	}
}

// join extends a path by a key.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// value reads a node into v, which field f describes.
func (r *reader) value(n *yaml.Node, v reflect.Value, f field, path string) {
	r.at[path] = n
	switch x := v.Addr().Interface().(type) {
	case *Number:
		r.number(n, x, f, path)
	case **Number:
		*x = &Number{}
		r.number(n, *x, f, path)
	case *Text:
		r.text(n, x, path)
	case *Date:
		r.date(n, x, path)
	case *LatLon:
		r.latLon(n, x, path)
	case **LatLon:
		*x = &LatLon{}
		r.latLon(n, *x, path)
	case **Pair:
		*x = &Pair{}
		r.pair(n, *x, f, path)
	case *string:
		r.word(n, x, f, path)
	case *bool:
		r.flag(n, x, path)
	case **bool:
		*x = new(bool)
		r.flag(n, *x, path)
	case *[]string:
		r.words(n, x, f, path)
	case *map[string]Number, *map[string]string, *map[string][]string:
		r.table(n, v, f, path)
	case *model.Params:
		r.params(n, x, path, "", param.List(x))
	default:
		r.group(n, v, path)
	}
}

// group reads a struct of the format, a pointer to one, or a list of them.
func (r *reader) group(n *yaml.Node, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Slice:
		r.list(n, v, path)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.group(n, v.Elem(), path)
	default:
		fill(v)
		fields := fieldsOf(v.Type())
		given := r.mapping(n, path, keysOf(fields), func(key string, value *yaml.Node) {
			i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
			r.value(value, v.Field(fields[i].index), fields[i], join(path, key))
		})
		for _, f := range fields {
			if given != nil && f.need && !given[f.key] {
				r.fault(n, join(path, f.key), "is missing: want %s", f.doc)
			}
		}
	}
}

// mapping visits the keys of a mapping that are known, and notes unknown and double ones. What stands under a key again is visited
// before what stands there first, so that its own faults are told and the first is what remains. It gives the set of keys found,
// or nil if the node is no mapping.
func (r *reader) mapping(n *yaml.Node, path string, known []string, visit func(key string, value *yaml.Node)) map[string]bool {
	if n.Kind != yaml.MappingNode {
		r.fault(n, path, "%s: want a mapping with the keys %s", found(n), strings.Join(known, ", "))
		return nil
	}
	lines := map[string]int{}
	given := map[string]bool{}
	var firsts []int
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.fault(key, path, "%s stands for a key: want one of %s", found(key), strings.Join(known, ", "))
			continue
		}
		if first, twice := lines[key.Value]; twice {
			r.fault(key, join(path, key.Value), "this key stands here twice; first on line %d", first)
			if given[key.Value] {
				visit(key.Value, value)
			}
			continue
		}
		lines[key.Value] = key.Line
		if known != nil && !slices.Contains(known, key.Value) {
			r.fault(key, join(path, key.Value), "unknown key%s%s", decimalComma(n, i), suggest(key.Value, known))
			continue
		}
		given[key.Value] = true
		firsts = append(firsts, i)
	}
	for _, i := range firsts {
		visit(n.Content[i].Value, n.Content[i+1])
	}
	return given
}

// decimalComma is a hint at a key of digits behind a number, as {cell_km: 2,5} has one.
func decimalComma(n *yaml.Node, i int) string {
	key, whole := n.Content[i], ""
	if i >= 2 {
		whole = n.Content[i-1].Value
	}
	for _, digits := range []string{key.Value, strings.TrimPrefix(whole, "-")} {
		if _, err := strconv.ParseUint(digits, 10, 64); err != nil {
			return ""
		}
	}
	return ": a number wants a point, write " + whole + "." + key.Value
}

// suggest names the nearest name, and all of them, each once, when they are few.
func suggest(word string, among []string) string {
	among = once(among)
	var s string
	if near, ok := param.Nearest(word, among); ok {
		s = "; did you mean " + near + "?"
	}
	if len(among) > 0 && len(among) <= 24 {
		s += " (valid: " + strings.Join(among, ", ") + ")"
	}
	return s
}

// once leaves out names that stand in a list already.
func once(names []string) []string {
	var out []string
	for _, name := range names {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// list reads a sequence of structs; ids in it must differ.
func (r *reader) list(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, path, "%s: want a list (- ... or [...])", found(n))
		return
	}
	v.SetZero() // what the key held where it stands again
	lines := map[string]int{}
	name, hasID := v.Type().Elem().FieldByName("ID")
	for i, item := range n.Content {
		at := fmt.Sprintf("%s[%d]", path, i)
		r.at[at] = item
		element := reflect.New(v.Type().Elem()).Elem()
		r.group(item, element, at)
		v.Set(reflect.Append(v, element))
		if !hasID || element.FieldByName("ID").String() == "" {
			continue
		}
		id, idPath := element.FieldByName("ID").String(), join(at, name.Tag.Get("key"))
		if first, twice := lines[id]; twice {
			r.faultAt(idPath, "%s is used twice; first on line %d", id, first)
			continue
		}
		lines[id] = r.at[idPath].Line
	}
}

// table reads a mapping whose keys the user chooses.
func (r *reader) table(n *yaml.Node, v reflect.Value, f field, path string) {
	v.Set(reflect.MakeMap(v.Type()))
	if n.Kind != yaml.MappingNode {
		r.fault(n, path, "%s: want a mapping", found(n))
		return
	}
	r.mapping(n, path, nil, func(key string, value *yaml.Node) {
		element := reflect.New(v.Type().Elem()).Elem()
		inner := f
		inner.ref, inner.form = "", ""
		r.value(value, element, inner, join(path, key))
		v.SetMapIndex(reflect.ValueOf(key), element)
	})
}

// params reads the tree of the rules' parameters below a prefix; all are what sim/param knows of them.
func (r *reader) params(n *yaml.Node, p *model.Params, path, prefix string, all []param.Entry) {
	var groups, leaves []string
	for _, e := range all {
		rest, inside := strings.CutPrefix(e.Path, prefix)
		if !inside {
			continue
		}
		if name, _, deeper := strings.Cut(rest, "."); !deeper {
			leaves = append(leaves, name)
		} else if !slices.Contains(groups, name) {
			groups = append(groups, name)
		}
	}
	r.mapping(n, path, append(slices.Clone(groups), leaves...), func(key string, value *yaml.Node) {
		at := join(path, key)
		r.at[at] = value
		if slices.Contains(groups, key) {
			r.params(value, p, at, prefix+key+".", all)
			return
		}
		r.param(value, p, prefix+key, at)
	})
}

// param reads one parameter of the rules.
func (r *reader) param(n *yaml.Node, p *model.Params, path, at string) {
	if n.Kind == yaml.MappingNode {
		n = r.evidence(n, at, &Number{})
	}
	if n == nil {
		return
	}
	var value any
	switch n.ShortTag() {
	case "!!int", "!!float":
		x, problem := parseNumber(n.Value)
		if problem != "" {
			r.fault(n, at, "%s", problem)
			return
		}
		value = x
	case "!!bool":
		value = strings.EqualFold(n.Value, "true")
	case "!!str":
		value = n.Value
	default:
		r.fault(n, at, "%s: want a single value", found(n))
		return
	}
	if err := param.Assign(p, path, value); err != nil {
		r.fault(n, at, "%s", strings.TrimPrefix(err.Error(), path+" = "))
	}
}

// found says in words what kind of thing a node is.
func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "this is a mapping"
	case yaml.SequenceNode:
		return "this is a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing stands here"
	case "!!str":
		return fmt.Sprintf("%q is a text", shorten(n.Value))
	case "!!bool":
		return n.Value + " is a yes or no"
	case "!!int", "!!float":
		return shorten(n.Value) + " is a number"
	}
	return fmt.Sprintf("%q is a %s", shorten(n.Value), strings.TrimPrefix(n.ShortTag(), "!!"))
}

// shorten cuts a long text for a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:37]) + "..."
	}
	return s
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(?:[-_][a-z0-9]+)*$`)

// plainText is a text that YAML cannot take for anything but a text.
var plainText = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*( [A-Za-z_-]+)*$`)
