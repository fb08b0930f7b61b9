package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"agglo/sim/design"
)

// departures says in what two lists of the same parts differ, each as the user gave it: here stands before what the first has, there
// before what the second has.
func departures(first, second []part, here, there string) error {
	var faults []error
	d := differing{here: here, there: there}
	for k, p := range second {
		if p.text == first[k].text {
			continue
		}
		a, known := parsed(first[k].text)
		b, too := parsed(p.text)
		if !known || !too {
			a, b = first[k].text, p.text
		}
		told := len(d.lines)
		if d.compare(p.name, a, b); len(d.lines) == told {
			d.lines = append(d.lines, p.name+": the order differs")
		}
	}
	for _, line := range d.lines {
		faults = append(faults, errors.New(line))
	}
	return errors.Join(faults...)
}

// parsed reads a part that was written as JSON. Numbers keep their digits.
func parsed(text string) (value any, yes bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return value, d.Decode(&value) == nil && !d.More()
}

// differing collects in what two values differ, a line each.
type differing struct {
	here, there string
	lines       []string
}

// compare walks two values side by side, down to what a user sets.
func (d *differing) compare(name string, a, b any) {
	if reflect.DeepEqual(a, b) {
		return
	}
	a, b = byName(a), byName(b)
	left, ok := a.(map[string]any)
	right, too := b.(map[string]any)
	_, leaf := leafOf(a)
	_, other := leafOf(b)
	if a == nil { // what one has and the other has not is told entry by entry as well
		ok = too
	}
	if b == nil {
		too = ok
	}
	if ok && too && !leaf && !other && len(left)+len(right) > 0 {
		keys := map[string]bool{}
		for _, m := range []map[string]any{left, right} {
			for key := range m {
				keys[key] = true
			}
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			d.compare(name+": "+spelt(key), left[key], right[key])
		}
		return
	}
	if was, is := inWords(a), inWords(b); was == is {
		d.lines = append(d.lines, name+": its contents differ")
	} else {
		d.lines = append(d.lines, name+": "+parting(was, is, d.here, d.there))
	}
}

// byName makes a list of things that have names a table of them, so that each is held against its like.
func byName(value any) any {
	list, yes := value.([]any)
	if !yes || len(list) == 0 {
		return value
	}
	table := map[string]any{}
	for _, x := range list {
		thing, yes := x.(map[string]any)
		if !yes {
			return value
		}
		name, yes := thing["Name"].(string)
		if _, twice := table[name]; !yes || twice {
			return value
		}
		table[name] = thing
	}
	return table
}

// spelt is a key as people write it: BurnIn is burn in.
func spelt(key string) string {
	if key == "" || !unicode.IsUpper(rune(key[0])) {
		return key
	}
	var b strings.Builder
	for k, r := range key {
		if unicode.IsUpper(r) && k > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// leafOf says in words what a user takes for one thing, though it has parts: a factor, and a file.
func leafOf(value any) (words string, yes bool) {
	thing, yes := value.(map[string]any)
	if !yes {
		return "", false
	}
	if _, file := thing["sha256"]; file {
		return "a file", true
	}
	if _, factor := thing["Shape"]; !factor {
		return "", false
	}
	text, err := json.Marshal(thing)
	var f design.Factor
	if err != nil || json.Unmarshal(text, &f) != nil || int(f.Shape) >= len(design.Shapes) {
		return "", false
	}
	var values []string
	switch {
	case f.Words != nil:
		values = f.Words
	case f.Shape == design.Listed:
		for _, v := range f.Values {
			values = append(values, digits(v))
		}
	default:
		for _, v := range f.Of[:f.Shape.Parameters()] {
			values = append(values, digits(v))
		}
	}
	words = fmt.Sprintf("%s [%s]", f.Shape, strings.Join(values, ", "))
	if f.Base != nil {
		words += ", base " + digits(*f.Base)
	}
	return words, true
}

// inWords is a value without the marks of the form in which it is kept.
func inWords(value any) string {
	if words, yes := leafOf(value); yes {
		return words
	}
	var words []string
	switch x := value.(type) {
	case nil:
		return "nothing"
	case string:
		return x
	case []any:
		for _, one := range x {
			words = append(words, inWords(one))
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(x)) {
			words = append(words, spelt(key)+" "+inWords(x[key]))
		}
	default:
		return fmt.Sprint(x)
	}
	return strings.Join(words, ", ")
}

// parting shows where two texts part.
func parting(was, now, here, there string) string {
	a, b := strings.Split(was, "\n"), strings.Split(now, "\n")
	k := 0
	for k < len(a)-1 && k < len(b)-1 && a[k] == b[k] {
		k++
	}
	words := fmt.Sprintf("%s %s, %s %s", here, brief(a[k]), there, brief(b[k]))
	if len(a) > 1 || len(b) > 1 {
		words = fmt.Sprintf("line %d %s", k+1, words)
	}
	return words
}

// brief cuts a long text.
func brief(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "..."
	}
	if s == "" {
		return "nothing"
	}
	return s
}
