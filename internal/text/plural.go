package text

import (
	"strconv"
	"strings"
)

// choice is a place in a text whose form follows a count: {2:pair|pairs} is the form for the second argument. English has two
// forms, for one and for other counts; Russian three, as after 1, 2 and 5.
var choice = pattern(`\{(\d+):([^{}]*)\}`)

// plural puts the right form into each choice of a text.
func plural(lang, text string, args []any) string {
	return choice().ReplaceAllStringFunc(text, func(s string) string {
		part := choice().FindStringSubmatch(s)
		forms := strings.Split(part[2], "|")
		k, err := strconv.Atoi(part[1])
		if err != nil || k < 1 || k > len(args) {
			return forms[len(forms)-1]
		}
		count, _ := args[k-1].(string)
		return forms[min(form(lang, count), len(forms)-1)]
	})
}

// form is which form goes with a count as Number writes it: 0, 1 or 2. A count with decimals takes the plural in English and in
// Russian the form after 2.
func form(lang, count string) int {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case lang != Russian && r == ',' || lang == Russian && string(r) == gap || string(r) == minus:
			return -1
		}
		return '.'
	}, count)
	if lang != Russian {
		if digits == "1" {
			return 0
		}
		return 1
	}
	if digits == "" || strings.Contains(digits, ".") {
		return 1
	}
	last := digits[len(digits)-1]
	teen := len(digits) > 1 && digits[len(digits)-2] == '1'
	switch {
	case last == '1' && !teen:
		return 0
	case last >= '2' && last <= '4' && !teen:
		return 1
	}
	return 2
}
