package process

import (
	"strconv"
	"syscall"
)

// What is asked of a process, which may be somebody else's: when it began, and whether it has ended.
const asked = 0x1000 /* PROCESS_QUERY_LIMITED_INFORMATION */ | syscall.SYNCHRONIZE

// Birth is when a process of this machine began, in nanoseconds since 1970; see the other systems' Birth. A process that has ended stays as
// long as somebody holds it open, and keeps its number and its birth.
func Birth(pid int) (born string, ended bool) {
	one, err := syscall.OpenProcess(asked, false, uint32(pid))
	if err != nil {
		return "", false
	}
	defer func() { _ = syscall.CloseHandle(one) }() // it was only asked
	event, err := syscall.WaitForSingleObject(one, 0)
	ended = err == nil && event == syscall.WAIT_OBJECT_0
	var began, over, kernel, user syscall.Filetime
	if err := syscall.GetProcessTimes(one, &began, &over, &kernel, &user); err != nil {
		return "", ended
	}
	return strconv.FormatInt(began.Nanoseconds(), 10), ended
}
