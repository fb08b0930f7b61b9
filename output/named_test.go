package output

import (
	"strings"
	"testing"
	"unicode"

	"agglo/internal/text"
)

// Every metric that an experiment may ask for has a Russian name.
func TestMetricsInRussian(t *testing.T) {
	for _, metric := range Metrics() {
		if name := text.Outcome(text.Russian, metric); !strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			t.Errorf("%s is %q", metric, name)
		}
	}
}
