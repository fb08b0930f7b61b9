package process

import (
	"os"
	"testing"
)

// Windows tells when a process began, so that a number which another process has had is not taken for its own.
func TestBirth(t *testing.T) {
	mine, ended := Birth(os.Getpid())
	again, _ := Birth(os.Getpid())
	parent, _ := Birth(os.Getppid())
	if mine == "" || ended || again != mine || parent == mine || !Gone(os.Getpid(), parent) {
		t.Errorf("this process was born at %q, then %q, ended %v; its parent at %q", mine, again, ended, parent)
	}
}
