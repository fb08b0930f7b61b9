package output

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"agglo/internal/process"
	"agglo/internal/table"
)

// markerText is what the marker holds: words for people, then who writes, for the next run to see whether it still does.
const markerText = "A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost %q process %d\n"

// bornText is a line more: the birth of the process, which tells it from another one that has its number by now, as after a start of the machine.
const bornText = "born %q\n"

// onceText is the last line: letters that no other marker has, so that a file which names a marker by its hash is of that one alone.
const onceText = "once %s\n"

// afterMark begins the name of a file that says who takes a folder over from the owner of a marker, or of another such file, which the hash of
// its bytes behind it names.
const afterMark = MarkerFile + ".after-"

// Unfinished says of a folder that is not whole what that means and what to do; nil if it is whole.
func Unfinished(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, MarkerFile)); err != nil {
		return nil
	}
	remedy := "wait until it has ended, or give its command again, which writes the folder anew"
	if last, at := lastCheckpoint(dir); last != "" {
		remedy += fmt.Sprintf("; agglo run SCENARIO --from %s -o ANOTHER goes on from its last checkpoint, at tick %d (with --ticks, if the run was to end there)", last, at)
	}
	if pairs := filepath.Join(dir, PairsDir); len(Matching(pairs, "*.pair"))+len(Matching(pairs, PairsFile)) > 0 {
		remedy += "; with --resume it keeps the pairs of worlds that are done"
	}
	return fmt.Errorf("%s: a run is still writing this folder, or was killed while it did: its tables are not whole: %s", dir, remedy)
}

// lastCheckpoint is the file of the latest tick that a run has left to go on from, and that tick; empty if there is none.
func lastCheckpoint(dir string) (last string, at int) {
	at = -1
	for _, path := range Matching(filepath.Join(dir, CheckpointsDir), "tick-*.checkpoint") {
		var tick int
		if _, err := fmt.Sscanf(filepath.Base(path), "tick-%d.checkpoint", &tick); err == nil && tick > at {
			last, at = path, tick
		}
	}
	return last, at
}

// mark puts the marker into a folder for this process. A marker of a process that is still there is respected; that of one
// that was killed is taken over.
func mark(dir string) error {
	path := filepath.Join(dir, MarkerFile)
	own, err := prepared(path)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(own) }() // it has other names by then
	for range 2 {
		err := alone(own, path)
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		left, err := words(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // its run has just ended
		} else if err != nil {
			return err
		}
		return takeOver(dir, own, left)
	}
	return atOnce(dir)
}

// prepared writes this process's marker under a name of its own, so that it is whole as soon as it has that of a marker.
func prepared(path string) (string, error) {
	host, _ := os.Hostname()              // without a name every process counts as one of this machine
	born, _ := process.Birth(os.Getpid()) // empty where the system does not tell
	file, err := table.CreatePart(path)
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintf(file, markerText+bornText+onceText, host, os.Getpid(), born, rand.Text())
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(file.Name()) // nothing has been touched: a folder that was whole still is
	}
	return file.Name(), err
}

// alone gives a file another name, which must be free: of several that do so one succeeds.
func alone(own, path string) error {
	err := os.Link(own, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	text, err := os.ReadFile(own) // a file system without links
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(path) // half of a marker says nothing
	}
	return err
}

// takeOver puts the marker own in the place of one whose text is left, if a killed run left it: who is asked whether it lives is who is followed. Who takes over from that run says so in a file that
// one process alone can make; where its maker was killed, too, who takes over from that one, and so on. Only who is the last of them may
// touch the marker, so that nobody who has seen the old one, and was slow, takes away the next.
func takeOver(dir, own string, left []byte) error {
	path := filepath.Join(dir, MarkerFile)
	if owner := writer(left); owner > 0 {
		return fmt.Errorf("%w: process %d is writing %s; if there is no such run any more, remove %s", ErrOccupied, owner, dir, path)
	}
	before, mine := left, ""
	for {
		mine = filepath.Join(dir, fmt.Sprintf("%s%x", afterMark, sha256.Sum256(before)))
		err := alone(own, mine)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		next, err := words(mine)
		if err != nil || writer(next) > 0 || bytes.Equal(next, before) {
			return atOnce(dir)
		}
		before = next
	}
	if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, left) { // somebody was here before, and may have ended
		_ = os.Remove(mine)
		return atOnce(dir)
	}
	if err := os.Rename(own, path); err != nil {
		_ = os.Remove(mine)
		return err
	}
	return RemoveAll(Matching(dir, afterMark+"*"))
}

// atOnce says that another run has begun or ended just now.
func atOnce(dir string) error {
	return fmt.Errorf("%w: another run began to write %s at the same moment; if there is none, remove %s*", ErrOccupied, dir, filepath.Join(dir, MarkerFile))
}

// unsaid is how often a marker that names nobody is read again, and wait how long it is left to itself in between: where there are no links, one is
// there before its words are. What is still without them was left by a run that was killed just then.
const (
	unsaid = 10
	wait   = 20 * time.Millisecond
)

// words reads a marker.
func words(path string) (text []byte, err error) {
	for range unsaid {
		if text, err = os.ReadFile(path); err != nil {
			return nil, err
		}
		if _, pid, _ := named(text); pid > 0 {
			break
		}
		time.Sleep(wait)
	}
	return text, nil
}

// named reads who a marker's text names; pid is 0 if nobody. Markers of older programs, and of systems that do not tell, have no birth.
func named(text []byte) (host string, pid int, born string) {
	from := bytes.NewReader(text)
	if _, err := fmt.Fscanf(from, markerText, &host, &pid); err != nil || pid <= 0 {
		return "", 0, ""
	}
	_, _ = fmt.Fscanf(from, bornText, &born) // see above
	return host, pid, born
}

// writer is the process that a marker's text names, if it is another one that still lives on this machine; else 0. A marker of
// another machine cannot be asked, and counts as living.
func writer(text []byte) int {
	where, pid, born := named(text)
	host, _ := os.Hostname()
	if where == host && (pid == os.Getpid() || process.Gone(pid, born)) {
		return 0
	}
	return pid
}
