package process

import (
	"fmt"
	"os"
	"strings"
)

// Places of fields in what Linux tells of a process, counted from the one behind its name: its state, and when it began.
const (
	stateField = 0
	bornField  = 19
)

// Birth is when a process of this machine began: in which start of the system, and how long behind it. No two processes of one
// number have it in common. ended says that the process does nothing any more and only waits for its parent to ask how it ended
// (a zombie). Both are empty where the system does not tell, as for a process that is not there.
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
	ended = strings.ContainsAny(fields[stateField], "ZXx")
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", ended
	}
	return strings.TrimSpace(string(boot)) + " " + fields[bornField], ended
}
