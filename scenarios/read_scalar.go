package scenarios

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

var plainNumber = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// parseNumber reads a plain decimal number, or says what is wrong. Octal, hexadecimal and underscored forms are refused
// because a reader of the file cannot tell what a program takes them for.
func parseNumber(text string) (float64, string) {
	if !plainNumber.MatchString(text) {
		return 0, fmt.Sprintf("%s: want a plain decimal number", shorten(text))
	}
	digits := strings.TrimLeft(text, "+-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		return 0, fmt.Sprintf("%s begins with 0: want a plain decimal number, or quotes if it is a code", shorten(text))
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, fmt.Sprintf("%s is too large", shorten(text))
	}
	return x, ""
}

// mustNumber reads a default of the format's tags.
func mustNumber(text string) float64 {
	x, problem := parseNumber(text)
	if problem != "" {
		panic("scenarios: default " + problem)
	}
	return x
}

// number reads a number that stands alone or with its source.
func (r *reader) number(n *yaml.Node, x *Number, f field, path string) {
	x.given = true
	if n.Kind == yaml.MappingNode {
		if n = r.evidence(n, path, x); n == nil {
			return
		}
	}
	if n.Kind != yaml.ScalarNode || (n.ShortTag() != "!!int" && n.ShortTag() != "!!float") {
		r.fault(n, path, "%s: want a %s", found(n), wantNumber(f))
		return
	}
	v, problem := parseNumber(n.Value)
	switch {
	case problem != "":
		r.fault(n, path, "%s: want a %s", problem, wantNumber(f))
	case f.whole && v != math.Trunc(v), !f.in.has(v):
		r.fault(n, path, "%s: want a %s", strings.TrimSpace(n.Value+" "+unitText(f.unit)), wantNumber(f))
	default:
		x.Value = v
		if x.Source == ofDefault {
			x.Source, x.given = "", v != f.byDefault()
		}
	}
}

// byDefault is a field's number where the file gives none.
func (f field) byDefault() float64 {
	if !f.hasDef {
		return 0
	}
	return mustNumber(f.def)
}

// unitText is a unit as it stands behind a number; a pure number has none.
func unitText(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}

// wantNumber says what number a field wants.
func wantNumber(f field) string {
	s := "number"
	if f.whole {
		s = "whole number"
	}
	if f.in.text == "(-inf,inf)" {
		return strings.TrimSpace(s + " " + unitText(f.unit))
	}
	return strings.TrimSpace(s + " in " + f.in.text + " " + unitText(f.unit))
}

// evidence reads {value:, source:, verified:} and gives the node of the value, nil if there is none.
func (r *reader) evidence(n *yaml.Node, path string, x *Number) *yaml.Node {
	var value *yaml.Node
	r.mapping(n, path, []string{"value", "source", "verified"}, func(key string, at *yaml.Node) {
		switch key {
		case "value":
			value = at
		case "source":
			r.word(at, &x.Source, field{}, join(path, key))
		case "verified":
			x.Verified = new(bool)
			r.flag(at, x.Verified, join(path, key))
		}
	})
	if value == nil {
		r.fault(n, join(path, "value"), "is missing: want the number itself")
	}
	return value
}

// word reads a text: an id, one of a few words, or free.
func (r *reader) word(n *yaml.Node, x *string, f field, path string) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		hint := ""
		if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
			hint = fmt.Sprintf(`; write "%s" if it is one`, shorten(n.Value))
		}
		r.fault(n, path, "%s: want a text%s", found(n), hint)
		return
	}
	switch {
	case f.words != nil && !slices.Contains(f.words, n.Value):
		r.fault(n, path, "%q is not known%s", shorten(n.Value), suggest(n.Value, f.words))
		return
	case f.form == "id" && !idForm.MatchString(n.Value):
		r.fault(n, path, "%q: want an id of small letters, digits, - and _", shorten(n.Value))
		return
	}
	*x = n.Value
}

// words reads a list of texts.
func (r *reader) words(n *yaml.Node, x *[]string, f field, path string) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, path, "%s: want a list of texts, such as [a, b]", found(n))
		return
	}
	*x = make([]string, len(n.Content))
	for i, item := range n.Content {
		at := fmt.Sprintf("%s[%d]", path, i)
		r.at[at] = item
		r.word(item, &(*x)[i], f, at)
		if f.ref != "" && (*x)[i] != "" && slices.Contains((*x)[:i], (*x)[i]) {
			r.fault(item, at, "%s stands here twice", (*x)[i])
		}
	}
}

// flag reads true or false.
func (r *reader) flag(n *yaml.Node, x *bool, path string) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		r.fault(n, path, "%s: want true or false", found(n))
		return
	}
	*x = strings.EqualFold(n.Value, "true")
}

// text reads a text in one language or two.
func (r *reader) text(n *yaml.Node, x *Text, path string) {
	if n.Kind != yaml.MappingNode {
		r.word(n, &x.EN, field{}, path)
		return
	}
	r.mapping(n, path, []string{"en", "ru"}, func(key string, value *yaml.Node) {
		to := &x.EN
		if key == "ru" {
			to = &x.RU
		}
		r.word(value, to, field{}, join(path, key))
	})
}

// date reads 2003Q1 or 2003.
func (r *reader) date(n *yaml.Node, x *Date, path string) {
	d, ok := parseDate(n.Value)
	if n.Kind != yaml.ScalarNode || !ok {
		r.fault(n, path, "%s: want a date such as 2003Q1, or 2003 for its first quarter", found(n))
		return
	}
	*x = d
}

// latLon reads degrees north and east.
func (r *reader) latLon(n *yaml.Node, x *LatLon, path string) {
	var p [2]float64
	if !r.two(n, &p, parseInterval("[-180,180]"), "[latitude, longitude], such as [37.4, -122.1]", path) {
		return
	}
	if math.Abs(p[0]) > 90 {
		hint := ""
		if math.Abs(p[1]) <= 90 {
			hint = "; latitude stands first, then longitude"
		}
		r.fault(n, path, "latitude %v degrees: want [-90,90]%s", p[0], hint)
		return
	}
	*x = p
}

// pair reads two numbers.
func (r *reader) pair(n *yaml.Node, x *Pair, f field, path string) {
	r.two(n, (*[2]float64)(x), f.in, "two numbers in "+f.in.text+" "+unitText(f.unit)+", such as [1, 2]", path)
}

// two reads two numbers of a range and says whether it could.
func (r *reader) two(n *yaml.Node, x *[2]float64, in interval, want, path string) bool {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		r.fault(n, path, "%s: want %s", found(n), want)
		return false
	}
	var p [2]float64
	for i, item := range n.Content {
		v, problem := parseNumber(item.Value)
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!str" || problem != "" {
			r.fault(item, path, "%s: want %s", found(item), want)
			return false
		}
		if !in.has(v) { // that it is a number is right
			r.fault(item, path, "%s: want %s", item.Value, want)
			return false
		}
		p[i] = v
	}
	*x = p
	return true
}
