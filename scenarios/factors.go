package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/sim/design"
)

// spreads are the keys of a factor of which one says what values it has.
var spreads = []string{"dist", "values", "linspace", "arange"}

// ReadFactors reads a file of factors that a design varies:
//
//	factors:
//	  - {name: trust.loss, dist: {uniform: [0.1, 0.8]}}
//	  - {name: x, values: [1, 2]}
//	  - {name: y, linspace: {start: 0, stop: 1, n: 5}}
//	  - {name: w, arange: {start: 0, stop: 1, step: 0.25}}
//
// Names may be anyone's: the factors need not be parameters of the model. The error is Faults when the bytes have any.
func ReadFactors(file string, data []byte) ([]design.Factor, error) {
	root, err := parseYAML(file, data, "want factors: with a list; agglo design --help shows one")
	if err != nil {
		return nil, err
	}
	r := &reader{file: file, at: map[string]*yaml.Node{}}
	var factors []design.Factor
	given := r.mapping(root, "", []string{"factors"}, func(key string, n *yaml.Node) { factors = r.factors(n, key) })
	if given != nil && !given["factors"] {
		r.fault(root, "factors", "is missing: want a list of factors")
	}
	return factors, r.faults.or()
}

// factors reads a list of factors and notes all that is wrong with it.
func (r *reader) factors(n *yaml.Node, path string) []design.Factor {
	r.at[path] = n
	if n.Kind != yaml.SequenceNode {
		r.fault(n, path, "%s: want a list (- ... or [...])", found(n))
		return nil
	}
	var factors []design.Factor
	broken := map[int]bool{} // factors that have faults already: what else is wrong with them would be a guess
	for i, item := range n.Content {
		before := len(r.faults)
		factors = append(factors, r.factor(item, fmt.Sprintf("%s[%d]", path, i)))
		broken[i] = len(r.faults) > before
	}
	for _, p := range design.Check(factors) {
		switch {
		case p.Factor < 0:
			r.fault(n, path, "%s", p.What)
		case !broken[p.Factor]:
			r.faultAt(fmt.Sprintf("%s[%d].%s", path, p.Factor, p.Key), "%s", p.What)
		}
	}
	return factors
}

// factor reads one factor.
func (r *reader) factor(n *yaml.Node, path string) design.Factor {
	r.at[path] = n
	var f design.Factor
	var base *yaml.Node
	var spread []string
	given := r.mapping(n, path, append([]string{"name", "base"}, spreads...), func(key string, value *yaml.Node) {
		at := join(path, key)
		r.at[at] = value
		switch key {
		case "name":
			r.word(value, &f.Name, field{}, at)
		case "base":
			base = value
		case "dist":
			r.distribution(value, &f, at)
		case "values":
			r.listed(value, &f, at)
		default:
			f.Values = r.stepped(value, key, at)
		}
		if slices.Contains(spreads, key) {
			spread = append(spread, key)
		}
	})
	if given == nil {
		return f
	}
	if !given["name"] {
		r.fault(n, join(path, "name"), "is missing: want the factor's name")
	}
	switch len(spread) {
	case 0:
		r.fault(n, path, "says no values: want one of %s", strings.Join(spreads, ", "))
	case 1:
		if base != nil {
			r.base(base, &f, join(path, "base"))
		}
	default:
		r.fault(n, path, "has %s: want one of them", strings.Join(spread, " and "))
	}
	return f
}

// distribution reads {uniform: [0, 1]} and the like.
func (r *reader) distribution(n *yaml.Node, f *design.Factor, path string) {
	words := design.Shapes[1:]
	given := r.mapping(n, path, words, func(key string, value *yaml.Node) {
		at := join(path, key)
		f.Shape = design.Shape(slices.Index(design.Shapes, key))
		want := f.Shape.Parameters()
		if value.Kind != yaml.SequenceNode {
			r.fault(value, at, "%s: want a list of %d numbers, %s", found(value), want, meaning(f.Shape))
			return
		}
		if len(value.Content) != want {
			r.fault(value, at, "this list has %d numbers: want %d, %s", len(value.Content), want, meaning(f.Shape))
			return
		}
		for k, item := range value.Content {
			f.Of[k], _ = r.plainNumber(item, fmt.Sprintf("%s[%d]", at, k))
		}
	})
	if given != nil && (len(given) > 1 || len(n.Content) == 0) {
		r.fault(n, path, "%d distributions: want one of %s", len(given), strings.Join(words, ", "))
	}
}

// meaning says what the parameters of a distribution are.
func meaning(s design.Shape) string {
	switch s {
	case design.Normal:
		return "[mean, standard deviation]"
	case design.LogNormal:
		return "[mean, standard deviation] of the natural logarithm"
	case design.Triangular:
		return "[low, mode, high]"
	}
	return "[low, high]"
}

// plainNumber reads a number that stands alone and says whether it could.
func (r *reader) plainNumber(n *yaml.Node, path string) (float64, bool) {
	if n.Kind != yaml.ScalarNode || (n.ShortTag() != "!!int" && n.ShortTag() != "!!float") {
		r.fault(n, path, "%s: want a number", found(n))
		return 0, false
	}
	v, problem := parseNumber(n.Value)
	if problem != "" {
		r.fault(n, path, "%s", problem)
	}
	return v, problem == ""
}

// listed reads [1, 2], [low, high] or [false, true]: all numbers, or all words.
func (r *reader) listed(n *yaml.Node, f *design.Factor, path string) {
	switch {
	case n.Kind != yaml.SequenceNode:
		r.fault(n, path, "%s: want a list of values, such as [1, 2]", found(n))
		return
	case len(n.Content) == 0:
		r.fault(n, path, "this list is empty: want values, such as [1, 2]")
		return
	}
	var kind string
	for i, item := range n.Content {
		at := fmt.Sprintf("%s[%d]", path, i)
		mine := "number"
		if tag := item.ShortTag(); item.Kind == yaml.ScalarNode && (tag == "!!str" || tag == "!!bool") {
			mine = "word"
		}
		switch {
		case kind != "" && kind != mine:
			r.fault(item, at, "%s among values of which the first is a %s: want all numbers, or all words", found(item), kind)
			continue
		case mine == "number":
			v, _ := r.plainNumber(item, at)
			f.Values = append(f.Values, v)
		default:
			f.Values = append(f.Values, float64(r.wordOf(item, f, at)))
		}
		kind = mine
	}
}

// wordOf gives a word's number, a new one if it is new.
func (r *reader) wordOf(n *yaml.Node, f *design.Factor, path string) int {
	word := n.Value
	if n.ShortTag() == "!!bool" {
		word = strings.ToLower(word)
	}
	if _, problem := parseNumber(word); problem == "" || word == "" || strings.TrimSpace(word) != word {
		r.fault(n, path, "%q: want a word that no table takes for a number or a blank", word)
	}
	k := slices.Index(f.Words, word)
	if k < 0 {
		k = len(f.Words)
		f.Words = append(f.Words, word)
	}
	return k
}

// base reads the value that a factor has while others change.
func (r *reader) base(n *yaml.Node, f *design.Factor, path string) {
	var v float64
	if f.Words == nil {
		number, ok := r.plainNumber(n, path)
		if !ok {
			return
		}
		v = number
	} else {
		k := -1
		if n.Kind == yaml.ScalarNode {
			k = slices.IndexFunc(f.Words, func(word string) bool { return strings.EqualFold(word, n.Value) })
		}
		if k < 0 {
			r.fault(n, path, "%s: want one of %s", found(n), strings.Join(f.Words, ", "))
			return
		}
		v = float64(k)
	}
	f.Base = &v
}

// stepped reads {start, stop, n} of a linspace or {start, stop, step} of an arange.
func (r *reader) stepped(n *yaml.Node, kind, path string) []float64 {
	keys := []string{"start", "stop", "n"}
	if kind == "arange" {
		keys[2] = "step"
	}
	before := len(r.faults)
	texts, count := map[string]string{}, 0.
	given := r.mapping(n, path, keys, func(key string, value *yaml.Node) {
		at := join(path, key)
		v, ok := r.plainNumber(value, at)
		texts[key] = value.Value
		if key == "n" {
			if count = v; ok && v != float64(int32(v)) {
				r.fault(value, at, "%s: want a whole number", value.Value)
			}
		}
	})
	for _, key := range keys {
		if given != nil && !given[key] {
			r.fault(n, join(path, key), "is missing: want a number")
		}
	}
	if len(r.faults) > before {
		return nil
	}
	var values []float64
	var err error
	if kind == "arange" {
		values, err = design.Arange(texts["start"], texts["stop"], texts["step"])
	} else {
		values, err = design.Linspace(texts["start"], texts["stop"], int(count))
	}
	if err != nil {
		r.fault(n, path, "%s", err)
	}
	return values
}
