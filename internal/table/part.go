package table

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"agglo/internal/process"
)

// mostParts is how many unfinished files of one name a process may have beside each other.
const mostParts = 10_000

// CreatePart opens a new file beside path, for what is to have that name when it is whole: PATH.PROCESS.NUMBER.part, with the process as in process.Name. Such files of
// processes of this machine that have ended, killed or cut off from power, are taken away; those of living ones and of other machines
// stay.
func CreatePart(path string) (*os.File, error) {
	process.ClearDead(filepath.Dir(path), filepath.Base(path)+"."+process.Machine()+"-", ".part")
	writer := process.Name()
	for k := range mostParts { // several goroutines may write files of one name
		part := fmt.Sprintf("%s.%s.%d.part", path, writer, k)
		file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, fmt.Errorf("%s: %d unfinished files with names in .part lie there: remove them", path, mostParts)
}
