package process

import (
	"errors"
	"fmt"
	"os"
	"testing"
)

// A signal that does nothing finds a process that is there, whatever stands against the signal: somebody else's process may not be
// asked, and Windows, which knows no such signal, says that of every process.
func TestOver(t *testing.T) {
	for _, c := range []struct {
		answer error
		want   bool
	}{
		{nil, false},
		{os.ErrProcessDone, true},
		{os.NewSyscallError("kill", os.ErrPermission), false},
		{fmt.Errorf("not supported by windows: %w", errors.ErrUnsupported), false},
	} {
		if got := over(c.answer); got != c.want {
			t.Errorf("%v: ended %v, want %v", c.answer, got, c.want)
		}
	}
	if Gone(os.Getpid(), "") || Gone(os.Getppid(), "") {
		t.Error("this process, or its parent, is said to have ended")
	}
}
