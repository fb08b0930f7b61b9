package main

import (
	"testing"

	"agglo/output"
)

// A program with other rules is told from this one: by its release, its commit, or, where files were changed, by its bytes.
func TestRulesOf(t *testing.T) {
	bytes := func() (string, error) { return "ab12", nil }
	for _, c := range []struct {
		code output.Code
		want string
	}{
		{output.Code{Version: "v0.2.0", Revision: "c0ffee"}, "commit c0ffee"},
		{output.Code{Version: "v0.2.0"}, "v0.2.0"},
		{output.Code{Version: "v0.2.0+dirty", Revision: "c0ffee", Modified: true}, "binary ab12"},
		{output.Code{Version: "(devel)"}, "binary ab12"},
		{output.Code{Version: "unknown"}, "binary ab12"},
	} {
		if got, err := rulesOf(c.code, bytes); got != c.want || err != nil {
			t.Errorf("%+v: %s (%v), want %s", c.code, got, err, c.want)
		}
	}
	one, err := ownHash()
	if again, _ := ownHash(); err != nil || len(one) != 32 || one != again {
		t.Errorf("this binary is %q and %q (%v)", one, again, err)
	}
}
