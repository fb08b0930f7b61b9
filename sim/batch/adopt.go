package batch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Adopt takes over the runs of another batch whose files lie in this one's folder, one of fewer runs. take gives the number of such a run
// here and its rows as they are to be. Failed runs stay behind, to be done again. Then settle makes the folder one of this batch, and
// the files of the other go. Until settle has done so the folder is whole as that of the other batch, then as that of this one:
// journals hold only with the identity of their own. It refuses while anybody works in the folder.
func (p Plan) Adopt(ctx context.Context, other Plan, o Owner, take func(run int, rows []byte) (int, []byte), settle func() error) (taken int, err error) {
	if err := p.clearLocks(o); err != nil {
		return 0, err
	}
	lock, err := acquire(p.lockPath(Index{}), o)
	if err != nil {
		return 0, err
	}
	defer lock.release()
	old, err := p.journals(nil)
	if err != nil {
		return 0, err
	}
	for _, path := range old {
		n, err := p.adopt(ctx, other, path, take)
		taken += n
		if err != nil {
			return taken, err
		}
	}
	if err := errors.Join(lock.held(), ctx.Err()); err != nil {
		return taken, err
	}
	if err := settle(); err != nil {
		return taken, err
	}
	for _, path := range old {
		for _, name := range []string{dataOf(path), path} { // rows that no journal vouches for are nobody's; a journal without rows is damaged
			if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return taken, err
			}
		}
	}
	return taken, nil
}

// clearLocks removes the locks of those who have ended.
func (p Plan) clearLocks(o Owner) error {
	files, err := os.ReadDir(filepath.Join(p.Dir, JournalDir))
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".lock") {
			if err := vacate(filepath.Join(p.Dir, JournalDir, f.Name()), o); err != nil {
				return err
			}
		}
	}
	return nil
}

// adopt takes over the runs of one journal.
func (p Plan) adopt(ctx context.Context, other Plan, path string, take func(run int, rows []byte) (int, []byte)) (taken int, err error) {
	in, err := other.open(path)
	if err != nil {
		return 0, err
	}
	defer in.close()
	out := p.store(Index{}, 0)
	defer func() { err = errors.Join(err, out.close()) }()
	for ctx.Err() == nil {
		e, rows, ok, err := in.next()
		if err != nil {
			return taken, err
		}
		if !ok {
			break
		}
		if e.Status != statusDone {
			continue
		}
		run, rows := take(e.Run, rows)
		if err := out.keep(p, run, statusDone, rows); err != nil {
			return taken, err
		}
		taken++
	}
	return taken, out.sync()
}
