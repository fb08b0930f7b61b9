// Package process tells processes that have ended from those that live, so that what a killed one left can be taken away, and what a living
// one is at work on never is.
package process

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Gone says whether a process of this machine has ended. born is its Birth, empty if that is not known: of a number that another process
// has by now, it then says that it lives. Where the system does not tell, nothing is gone.
func Gone(pid int, born string) bool {
	now, ended := Birth(pid)
	if ended || now != "" && born != "" && now != born {
		return true
	}
	process, err := os.FindProcess(pid)
	if err != nil { // on Windows alone, which opens the process
		return !errors.Is(err, os.ErrPermission)
	}
	return over(process.Signal(syscall.Signal(0)))
}

// over reads the answer to a signal that does nothing. Whatever else than that the process is done means that it is there: it may be
// somebody else's, and Windows knows no such signal.
func over(answer error) bool { return errors.Is(answer, os.ErrProcessDone) }

// Machine is a short name of where numbers of processes are told apart: of the machine, and of the container if there is one. Two processes
// of one such name see each other; it stays when the machine is started again.
func Machine() string {
	host, _ := os.Hostname()                         // what a system does not tell is
	installed, _ := os.ReadFile("/etc/machine-id")   // left out: it may then be
	container, _ := os.Readlink("/proc/self/ns/pid") // that of others too
	sum := sha256.Sum256([]byte(host + "\n" + string(installed) + "\n" + container))
	return hex.EncodeToString(sum[:4])
}

// Name tells the files of this process from those of others: its Machine, its number, and a short form of its Birth where that is known.
func Name() string {
	name := fmt.Sprintf("%s-%d", Machine(), os.Getpid())
	if born, _ := Birth(os.Getpid()); born != "" {
		name += "-" + short(born)
	}
	return name
}

// short is a birth in few letters.
func short(born string) string {
	sum := sha256.Sum256([]byte(born))
	return hex.EncodeToString(sum[:4])
}

// ClearDead takes files of a folder away whose names are begin, the number of a process of this machine that has ended, its birth as in
// Name if that was known, perhaps more behind a dot, and end. What cannot be taken away, or is in a folder that cannot be read, is in
// nobody's way.
func ClearDead(dir, begin, end string) {
	files, _ := os.ReadDir(dir) // see above
	for _, file := range files {
		rest, begun := strings.CutPrefix(file.Name(), begin)
		rest, ended := strings.CutSuffix(rest, end)
		if writer, _, _ := strings.Cut(rest, "."); begun && ended && dead(writer) {
			_ = os.Remove(filepath.Join(dir, file.Name()))
		}
	}
}

// dead says whether a writer, NUMBER or NUMBER-BIRTH, has ended. Without a birth, one with the number of this process is taken for it.
func dead(writer string) bool {
	number, born, known := strings.Cut(writer, "-")
	pid, err := strconv.Atoi(number)
	if err != nil || pid <= 0 {
		return false
	}
	if now, _ := Birth(pid); known && now != "" && short(now) != born {
		return true // another process has its number
	}
	return pid != os.Getpid() && Gone(pid, "")
}
