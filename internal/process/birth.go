//go:build !windows

package process

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Places of fields in what Linux tells of a process, counted from the one behind its name: its state, and when it began.
const (
	stateField = 0
	bornField  = 19
)

// Birth is when a process of this machine began: in which start of the system, and how long behind it. No two processes of one
// number have it in common. ended says that the process does nothing any more and only waits for its parent to ask how it ended
// (a zombie), or was told to end at once and has not got to it: it will do nothing of its own again. Both are empty where the system does not tell, as for a process that is not there.
func Birth(pid int) (born string, ended bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	behind := strings.LastIndexByte(string(text), ')') // the name may hold anything, brackets too
	fields := strings.Fields(string(text[behind+1:]))
	if len(fields) <= bornField {
		return "", false
	}
	ended = strings.ContainsAny(fields[stateField], "ZXx") || killed(pid)
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", ended
	}
	return strings.TrimSpace(string(boot)) + " " + fields[bornField], ended
}

// killed says whether a signal that nothing can catch waits for a process. On a busy machine some of them live on for a while: who has
// not waited for them, such as a shell behind timeout -s KILL, finds them there.
func killed(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		set, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
		if (name == "SigPnd" || name == "ShdPnd") && err == nil && set>>(syscall.SIGKILL-1)&1 == 1 {
			return true
		}
	}
	return false
}
