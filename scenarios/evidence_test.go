package scenarios

import (
	"bytes"
	"strings"
	"testing"
)

// A scenario that is written with every default filled in, and read, is known as well as before: defaults do not become numbers of the
// file, with the source of what they stand beside or without one.
func TestEvidenceStays(t *testing.T) {
	for _, name := range Names() {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		text := s.YAML()
		again, err := Parse(name, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if was, is := s.Evidence(), again.Evidence(); was != is {
			t.Errorf("%s: %+v became %+v", name, was, is)
		}
		if !bytes.Equal(text, again.YAML()) {
			t.Errorf("%s: written again it is another text", name)
		}
	}
}

// A number that was changed is the file's own, though it still says that it is a default.
func TestEvidenceOfAChangedDefault(t *testing.T) {
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	const kept = "deflator: {value: 0, source: default}"
	text := string(s.YAML())
	if !strings.Contains(text, kept) {
		t.Fatalf("no %q in\n%s", kept, text)
	}
	changed, err := Parse("mine", []byte(strings.Replace(text, kept, "deflator: {value: 0.1, source: default}", 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if was, is := s.Evidence(), changed.Evidence(); is.Sourced+is.Bare != was.Sourced+was.Bare+1 {
		t.Errorf("%+v became %+v", was, is)
	}
}
