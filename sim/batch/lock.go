package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"agglo/internal/process"
)

// An Owner says who works on a shard.
type Owner struct {
	Host    string `json:"host"`
	PID     int    `json:"pid"`
	Started string `json:"started"` // time, for people
	// Task names a task of a scheduler that lets it run once at a time, also when it is put back into the queue: such a task
	// takes over its own lock. Empty if there is none.
	Task string `json:"task,omitempty"`
	// Birth tells the process from others that have had its number, or will: see process.Birth. Empty where the system does not tell.
	Birth string `json:"birth,omitempty"`
}

// ErrLocked is in the error of Run for a shard on which another process works, or may work.
var ErrLocked = errors.New("locked")

// A lock is a file that one process at a time can make.
type lock struct {
	path string
	text string
}

// lockPath is that of a shard.
func (p Plan) lockPath(index Index) string {
	name := index.name()
	if name == "" {
		name = "all"
	}
	return filepath.Join(p.Dir, JournalDir, name+".lock")
}

// acquire makes the lock. That of a process which is known to have ended, and that of the same task, is replaced.
func acquire(path string, o Owner) (*lock, error) {
	if o.PID == os.Getpid() {
		o.Birth, _ = process.Birth(o.PID)
	}
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	l := &lock{path, string(text) + "\n"}
	ready, err := l.prepare(o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(ready) }()
	process.ClearDead(filepath.Dir(l.path), filepath.Base(l.path)+"."+o.Host+".", "") // PID of one that was taken over, PID.RANDOM.new of one to be
	for range 2 {
		err := os.Link(ready, path)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			err = l.create() // a file system without links
		}
		if errors.Is(err, fs.ErrExist) {
			if err := vacate(path, o); err != nil {
				return nil, err
			}
			continue
		} else if err != nil {
			return nil, err
		}
		return l, nil
	}
	return nil, fmt.Errorf("%w: another process began at the same moment; %s is its lock", ErrLocked, path)
}

// prepare writes what the lock says into a file of this process, so that the lock is whole as soon as it is there: a process that
// is killed in between leaves no lock that does not say whose it is.
func (l *lock) prepare(o Owner) (string, error) {
	file, err := os.CreateTemp(filepath.Dir(l.path), fmt.Sprintf("%s.%s.%d.*.new", filepath.Base(l.path), o.Host, o.PID))
	if err != nil {
		return "", err
	}
	_ = file.Chmod(0o644) // others may read whose it is; where that cannot be set, they are told that they may not
	return file.Name(), l.fill(file)
}

// create makes the lock in two steps.
func (l *lock) create() error {
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	return l.fill(file)
}

// fill writes what the lock says, and takes the file away if it cannot.
func (l *lock) fill(file *os.File) error {
	_, err := file.WriteString(l.text)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first error is the one to tell
	}
	return err
}

// vacate removes a lock whose owner has ended, or says why it must stay. It is moved aside first: of two who find it, one
// succeeds.
func vacate(path string, o Owner) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	var other Owner
	breaks := fmt.Sprintf("if it does so no more, break the lock: rm '%s'", path)
	if json.Unmarshal(data, &other) != nil || other.PID <= 0 {
		return fmt.Errorf("%w: %s does not say who works here: %s", ErrLocked, path, breaks)
	}
	ended := other.Host == o.Host && gone(other)
	if same := o.Task != "" && other.Task == o.Task; !ended && !same {
		return fmt.Errorf("%w: process %d on %s works on these runs since %s; %s", ErrLocked, other.PID, other.Host, other.Started, breaks)
	}
	aside := fmt.Sprintf("%s.%s.%d", path, o.Host, o.PID)
	if err := os.Rename(path, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if now, err := os.ReadFile(aside); err == nil && string(now) != string(data) {
		_ = os.Link(aside, path) // somebody else was first, and the lock is theirs: give it back
	}
	if err := os.Remove(aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// gone says whether the process of a lock of this machine has ended. One with the number of this very process is that of one before it, if
// this one has not made it: in a container the program may have the same number every time.
func gone(o Owner) bool {
	if o.PID == os.Getpid() && o.Birth == "" {
		born, _ := process.Birth(o.PID)
		return born != "" // this process would have told its birth
	}
	return process.Gone(o.PID, o.Birth)
}

// held says whether the lock is still this process's: somebody may have broken it, or taken it over.
func (l *lock) held() error {
	data, err := os.ReadFile(l.path)
	switch {
	case err == nil && string(data) == l.text:
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist): // nobody may have taken it: too many open files, a disk that is away
		return fmt.Errorf("the lock of this process cannot be read, so that another one might be at work on these runs: %w", err)
	}
	return fmt.Errorf("%w: %s is no longer the lock of this process: another one may be at work on these runs, so this one stops", ErrLocked, l.path)
}

// release removes the lock if it is still this process's.
func (l *lock) release() {
	if l.held() == nil {
		_ = os.Remove(l.path) // what stays is found to be of a process that has ended
	}
}
