package scenarios

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/model"
	"agglo/sim/param"
)

// YAML writes the resolved scenario: every value with its default filled in, every parameter of the rules. The file reads
// back to the same Setup. At its top stands how much of it is assumed, which stays the same when the file is read: numbers that stand
// beside those with a source, and are defaults, say so.
func (s *Scenario) YAML() []byte {
	var b bytes.Buffer
	e := s.Evidence()
	fmt.Fprintf(&b, "# %s: the scenario as the program reads it, with every default and parameter.\n", s.ID)
	fmt.Fprintf(&b, "# %s\n", e)
	fmt.Fprintf(&b, "# %s\n", e.ofParams())
	for _, note := range s.Notes {
		fmt.Fprintf(&b, "# Note: %s\n", strings.ReplaceAll(note, "\n", " "))
	}
	text, err := yaml.Dump(groupNode(reflect.ValueOf(s).Elem(), false), yaml.WithIndent(2), yaml.WithLineWidth(-1), yaml.WithUnicode(true))
	if err != nil {
		panic("scenarios: writing YAML: " + err.Error()) // a tree made here; nothing a user writes gets so far
	}
	b.Write(text)
	return b.Bytes()
}

// groupNode writes a struct of the format, inside a section whose numbers are counted as evidence or outside.
func groupNode(v reflect.Value, inside bool) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, f := range fieldsOf(v.Type()) {
		value := v.Field(f.index)
		if x, yes := value.Interface().(Number); yes && inside && !f.choice && !x.given {
			x.Source = ofDefault
			value = reflect.ValueOf(x)
		}
		if child := valueNode(value, inside || slices.Contains(evidential, f.key)); child != nil {
			n.Content = append(n.Content, textNode(f.key), child)
		}
	}
	return n
}

// valueNode writes a value; nil for one that is absent.
func valueNode(v reflect.Value, inside bool) *yaml.Node {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case Number:
		return numberNode(x)
	case Text:
		return bilingualNode(x)
	case Date:
		if x == (Date{}) {
			return nil
		}
		return textNode(x.String())
	case LatLon:
		return flow(floatNode(x[0]), floatNode(x[1]))
	case Pair:
		return flow(floatNode(x[0]), floatNode(x[1]))
	case string:
		if x == "" {
			return nil
		}
		return textNode(x)
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(x)}
	case []string:
		if x == nil {
			return nil
		}
		return textsNode(x)
	case map[string]Number:
		return tableNode(x, numberNode)
	case map[string]string:
		return tableNode(x, textNode)
	case map[string][]string:
		return tableNode(x, textsNode)
	case model.Params:
		return paramsNode(x)
	}
	if v.Kind() != reflect.Slice {
		return groupNode(v, inside)
	}
	if v.IsNil() {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for i := range v.Len() {
		n.Content = append(n.Content, groupNode(v.Index(i), inside))
	}
	return n
}

// numberNode writes a number, alone or with its source.
func numberNode(x Number) *yaml.Node {
	if x.Source == "" && x.Verified == nil {
		return floatNode(x.Value)
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	n.Content = append(n.Content, textNode("value"), floatNode(x.Value))
	if x.Source != "" {
		n.Content = append(n.Content, textNode("source"), textNode(x.Source))
	}
	if x.Verified != nil {
		n.Content = append(n.Content, textNode("verified"), valueNode(reflect.ValueOf(*x.Verified), false))
	}
	return n
}

// bilingualNode writes a text in one language or two.
func bilingualNode(x Text) *yaml.Node {
	switch {
	case x == Text{}:
		return nil
	case x.RU == "":
		return textNode(x.EN)
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if x.EN != "" {
		n.Content = append(n.Content, textNode("en"), textNode(x.EN))
	}
	n.Content = append(n.Content, textNode("ru"), textNode(x.RU))
	return n
}

// paramsNode writes the tree of the rules' parameters.
func paramsNode(p model.Params) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	groups := map[string]*yaml.Node{"": root}
	for _, x := range param.Flat(p) {
		at := strings.Split(x.Path, ".")
		parent := root
		for i := 1; i < len(at); i++ {
			path := strings.Join(at[:i], ".")
			if groups[path] == nil {
				groups[path] = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
				parent.Content = append(parent.Content, textNode(at[i-1]), groups[path])
			}
			parent = groups[path]
		}
		var n *yaml.Node
		switch v := x.Value.(type) {
		case float64:
			n = floatNode(v)
		case int:
			n = floatNode(float64(v))
		default:
			n = valueNode(reflect.ValueOf(v), false)
		}
		parent.Content = append(parent.Content, textNode(at[len(at)-1]), n)
	}
	if len(root.Content) == 0 {
		return nil
	}
	return root
}

func tableNode[V any](m map[string]V, write func(V) *yaml.Node) *yaml.Node {
	if m == nil {
		return nil
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	for _, key := range sortedKeys(m) {
		n.Content = append(n.Content, textNode(key), write(m[key]))
	}
	return n
}

func textsNode(texts []string) *yaml.Node {
	n, length := flow(), 0
	for _, x := range texts {
		n.Content = append(n.Content, textNode(x))
		length += len(x)
	}
	if length > 100 {
		n.Style = 0 // sentences stand one below the other
	}
	return n
}

func flow(content ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle, Content: content}
}

// floatNode writes a number with the fewest digits that read back to the same bits.
func floatNode(x float64) *yaml.Node {
	format := byte('g')
	if size := math.Abs(x); size >= 1e-4 && size < 1e15 {
		format = 'f' // people read 1454814 more easily than 1.454814e+06; the bits are the same
	}
	text := strconv.FormatFloat(x, format, -1, 64)
	tag := "!!float"
	if !strings.ContainsAny(text, ".e") {
		tag = "!!int"
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
}

// textNode writes a text, in quotes where a reader could take it for something else.
func textNode(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if !plainText.MatchString(text) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
