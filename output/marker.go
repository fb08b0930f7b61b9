package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"agglo/internal/process"
)

// markerText is what the marker holds: words for people, then who writes, for the next run to see whether it still does.
const markerText = "A run is writing this folder, or was killed while it did. Its tables are not whole.\nhost %q process %d\n"

// bornText is a line more: the birth of the process, which tells it from another one that has its number by now, as after a start of the machine.
const bornText = "born %q\n"

// Unfinished says of a folder that is not whole what that means and what to do; nil if it is whole.
func Unfinished(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, MarkerFile)); err != nil {
		return nil
	}
	remedy := "wait until it has ended, or give its command again, which writes the folder anew"
	if last, at := lastCheckpoint(dir); last != "" {
		remedy += fmt.Sprintf("; agglo run SCENARIO --from %s -o ANOTHER goes on from its last checkpoint, at tick %d (with --ticks, if the run was to end there)", last, at)
	}
	if len(Matching(filepath.Join(dir, PairsDir), "*.pair")) > 0 {
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
// that was killed is replaced.
func mark(dir string) error {
	path := filepath.Join(dir, MarkerFile)
	host, _ := os.Hostname()              // without a name every process counts as one of this machine
	born, _ := process.Birth(os.Getpid()) // empty where the system does not tell
	for range 2 {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			if owner := writer(path, host); owner > 0 {
				return fmt.Errorf("%w: process %d is writing %s; if there is no such run any more, remove %s",
					ErrOccupied, owner, dir, path)
			}
			if err := os.Remove(path); err != nil {
				return err
			}
			continue
		} else if err != nil {
			return err
		}
		_, err = fmt.Fprintf(file, markerText+bornText, host, os.Getpid(), born)
		if err == nil {
			err = file.Sync()
		}
		if closed := file.Close(); err == nil {
			err = closed
		}
		if err != nil {
			_ = os.Remove(path) // nothing has been touched: a folder that was whole still is
		}
		return err
	}
	return fmt.Errorf("%w: another run began to write %s at the same moment", ErrOccupied, dir)
}

// writer is the process that a marker names, if it is another one that still lives on this machine; else 0. A marker of
// another machine cannot be asked, and counts as living.
func writer(path, host string) int {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	var where, born string
	var pid int
	text := bytes.NewReader(data)
	if _, err := fmt.Fscanf(text, markerText, &where, &pid); err != nil || pid <= 0 {
		return 0
	}
	_, _ = fmt.Fscanf(text, bornText, &born) // markers of older programs, and of systems that do not tell, have none
	if where != host {
		return pid
	}
	if pid == os.Getpid() || process.Gone(pid, born) {
		return 0
	}
	return pid
}
