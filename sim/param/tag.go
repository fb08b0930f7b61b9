package param

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A tag is what a parameter's struct tags say.
type tag struct {
	def, unit, in, src string
	limits             limits   // of a number
	words              []string // of a string
	initial            any      // the default as a value of the parameter's kind
}

// parseTag reads the tags of a parameter of a kind and says what is wrong with them.
func parseTag(tags reflect.StructTag, kind reflect.Kind) (tag, []string) {
	var faults []string
	need := func(key, hint string) string {
		value := tags.Get(key)
		if _, present := tags.Lookup(key); !present || value == "" {
			faults = append(faults, fmt.Sprintf("tag %s is missing%s", key, hint))
		}
		return value
	}
	var t tag
	t.def = need("default", "")
	t.src = need("src", ": want a DOI, a dataset or the word assumed")
	var err error
	switch kind {
	case reflect.Float64, reflect.Int:
		t.unit = need("unit", `: want one, "1" for a pure number`)
		if t.in = need("in", `: want a range such as "[0,1]" or "[0,inf)"`); t.in != "" {
			t.limits, err = parseLimits(t.in)
		}
	case reflect.String:
		t.unit = tags.Get("unit")
		if t.in = need("in", `: want a list of words such as "{a,b,c}"`); t.in != "" {
			t.words, err = parseWords(t.in)
		}
	case reflect.Bool:
		t.unit, t.in = tags.Get("unit"), "{false,true}"
	}
	if err != nil {
		faults = append(faults, err.Error())
	}
	if t.def != "" && err == nil {
		if t.initial, err = parse(kind, t.def); err == nil {
			if want := t.refuse(t.initial); t.in != "" && want != "" {
				err = fmt.Errorf("want %s", want)
			}
		}
		if err != nil {
			faults = append(faults, fmt.Sprintf("default %q: %v", t.def, err))
		}
	}
	return t, faults
}

// refuse says what a parameter wants if a value of its kind is out of its range, else nothing.
func (t *tag) refuse(value any) string {
	switch x := value.(type) {
	case float64:
		return t.limits.refuse(x)
	case int:
		return t.limits.refuse(float64(x))
	case string:
		if !slices.Contains(t.words, x) {
			want := "one of " + strings.Join(t.words, ", ")
			if near, ok := Nearest(x, t.words); ok {
				want += "; did you mean " + near + "?"
			}
			return want
		}
	}
	return ""
}

// limits is an interval of the real line.
type limits struct {
	low, high         float64
	lowOpen, highOpen bool
	text              string // as the tag states it
}

// refuse says what is wanted if x is not a number within the limits, else nothing.
func (l limits) refuse(x float64) string {
	below := x < l.low || (l.lowOpen && x == l.low)
	above := x > l.high || (l.highOpen && x == l.high)
	if math.IsNaN(x) || math.IsInf(x, 0) || below || above {
		return l.text
	}
	return ""
}

// parseLimits reads an interval such as [0,1], (0,1] or [0,inf). An infinite end is open.
func parseLimits(text string) (limits, error) {
	bad := func(why string) (limits, error) {
		return limits{}, fmt.Errorf(`in %q: %s; want a range such as "[0,1]", "(0,1]" or "[0,inf)"`, text, why)
	}
	if len(text) < 5 || !strings.ContainsAny(text[:1], "[(") || !strings.ContainsAny(text[len(text)-1:], "])") {
		return bad("has no brackets")
	}
	first, second, found := strings.Cut(text[1:len(text)-1], ",")
	low, errLow := strconv.ParseFloat(strings.TrimSpace(first), 64)
	high, errHigh := strconv.ParseFloat(strings.TrimSpace(second), 64)
	if !found || errLow != nil || errHigh != nil || math.IsNaN(low) || math.IsNaN(high) {
		return bad("does not have two numbers")
	}
	l := limits{low, high, text[0] == '(', text[len(text)-1] == ')', text}
	switch {
	case math.IsInf(low, 0) && !l.lowOpen, math.IsInf(high, 0) && !l.highOpen:
		return bad("an infinite end must be open")
	case low > high, low == high && (l.lowOpen || l.highOpen):
		return bad("is empty")
	}
	return l, nil
}

// parseWords reads a list of words such as {a,b,c}.
func parseWords(text string) ([]string, error) {
	if !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}") || len(text) < 3 {
		return nil, fmt.Errorf(`in %q: want a list of words such as "{a,b,c}"`, text)
	}
	words := strings.Split(text[1:len(text)-1], ",")
	for i, word := range words {
		words[i] = strings.TrimSpace(word)
		if words[i] == "" || slices.Contains(words[:i], words[i]) {
			return nil, fmt.Errorf("in %q: a word is empty or stands twice", text)
		}
	}
	return words, nil
}
