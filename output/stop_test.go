package output

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// A reader that may be stopped gives all that there is until it is, and then the reason and nothing more.
func TestStoppable(t *testing.T) {
	enough := errors.New("enough")
	for _, c := range []struct {
		stop func() error
		want string
		err  error
	}{{nil, "text", nil}, {func() error { return nil }, "text", nil}, {func() error { return enough }, "", enough}} {
		if got, err := io.ReadAll(Stoppable{strings.NewReader("text"), c.stop}); string(got) != c.want || !errors.Is(err, c.err) || c.err == nil && err != nil {
			t.Errorf("read %q, %v; want %q, %v", got, err, c.want, c.err)
		}
	}
}
