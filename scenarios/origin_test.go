package scenarios

import "testing"

func TestOriginOf(t *testing.T) {
	for _, name := range []string{"plain", "oresund"} {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if at, ok := OriginOf(s.YAML()); !ok || at != s.Origin {
			t.Errorf("%s: %v, %v: want %v", name, at, ok, s.Origin)
		}
	}
	for _, text := range []string{"", "origin: here", "origin: [1]", "origin: [91, 0]", "origin: [.nan, 0]", "a: b: c"} {
		if at, ok := OriginOf([]byte(text)); ok {
			t.Errorf("%q: %v", text, at)
		}
	}
	if _, ok := OriginOf([]byte("agglo: 7\nnew: {a: 1}\norigin: [10, -20]\n")); !ok {
		t.Error("a text of another version has an origin too")
	}
}
