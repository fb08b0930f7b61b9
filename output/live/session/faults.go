package session

import (
	"errors"
	"strings"

	"agglo/internal/text"
	"agglo/scenarios"
	"agglo/sim/param"
)

// worded is a mistake that is told in the language of the page.
type worded struct {
	key  string
	args []any
}

// named is an argument of a worded mistake that is a key of the catalogue itself.
type named string

// fault is a mistake in the words of a key; whole numbers are written as the language writes them.
func fault(key string, args ...any) error { return &worded{key, args} }

// errNoWorld says that a page asks before its world is made.
var errNoWorld = fault("page.fault.noworld")

// Error says it in English.
func (e *worded) Error() string { return e.in(text.English) }

// in says it in a language.
func (e *worded) in(lang string) string {
	args := make([]any, len(e.args))
	for k, a := range e.args {
		switch a := a.(type) {
		case int:
			args[k] = text.Number(lang, float64(a), 0)
		case named:
			args[k] = text.In(lang, string(a))
		default:
			args[k] = a
		}
	}
	return text.In(lang, e.key, args...)
}

// InLanguage says what is wrong in a language. What the catalogue has no words for is told in English, and said to be.
func InLanguage(lang string, err error) string {
	var w *worded
	var p param.Fault
	var u *param.UnknownError
	var f scenarios.Faults
	if all, joined := err.(interface{ Unwrap() []error }); joined {
		var lines []string
		for _, e := range all.Unwrap() {
			lines = append(lines, InLanguage(lang, e))
		}
		return strings.Join(lines, "\n")
	}
	switch {
	case errors.As(err, &w):
		return w.in(lang)
	case errors.As(err, &p) && text.Has("knob."+p.Path):
		return text.In(lang, "page.fault.value", text.In(lang, "knob."+p.Path), valued(lang, p), wanted(lang, p.Want))
	case lang == text.Russian && errors.As(err, &u):
		return text.In(lang, "page.fault.parameter", u.Path)
	case lang == text.Russian && errors.As(err, &f):
		return text.In(lang, "page.fault.file", inRussian(f))
	case lang == text.Russian:
		return translated(err.Error())
	}
	return err.Error()
}

// inRussian tells the faults of a scenario file, a line each: where they are, and in Russian what is wrong as far as there are words.
func inRussian(faults scenarios.Faults) string {
	lines := make([]string, len(faults))
	for k, f := range faults {
		f.Problem = translated(f.Problem)
		lines[k] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// translated is an English fault in Russian; one without words stays English, and says so.
func translated(english string) string {
	if words, known := text.Translated(english); known {
		return words
	}
	return text.In(text.Russian, "page.fault.english", english)
}

// valued is the value of a fault with its unit, where the page has words for it.
func valued(lang string, f param.Fault) string {
	if key := "page.unit." + f.Unit; text.Has(key) {
		return f.Value + " " + text.In(lang, key)
	}
	return f.Value
}

// wanted says which values a parameter takes.
func wanted(lang, want string) string {
	for _, kind := range []string{"a whole number in ", "a number in ", "one of "} {
		if of, is := strings.CutPrefix(want, kind); is {
			return text.In(lang, "page.fault.want."+strings.Fields(kind)[1], of)
		}
	}
	return text.In(lang, "page.fault.want.range", want)
}

// policyFault is a mistake of a policy of the page, which its text as part of a scenario file has shown.
func policyFault(p *Policy, err error) error {
	title := named("policy." + p.Instrument)
	var all scenarios.Faults
	if errors.As(err, &all) {
		for _, f := range all {
			switch {
			case strings.HasPrefix(f.Path, "target.within") && strings.HasPrefix(f.Problem, "holds no land"):
				return fault("page.fault.sea", title)
			case f.Path == "intensity":
				return fault("page.fault.intensity", title)
			}
		}
	}
	return fault("page.fault.policy", title, err.Error())
}
