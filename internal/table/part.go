package table

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"agglo/internal/process"
)

// mostParts is how many unfinished files of one name a process may have beside each other.
const mostParts = 10_000

// CreatePart opens a new file beside path, for what is to have that name when it is whole: PATH.MACHINE-PROCESS.NUMBER.part. Such files of
// processes of this machine that have ended, killed or cut off from power, are taken away; those of living ones and of other machines
// stay.
func CreatePart(path string) (*os.File, error) {
	clearParts(path)
	for k := range mostParts { // several goroutines may write files of one name
		part := fmt.Sprintf("%s.%s-%d.%d.part", path, process.Machine(), os.Getpid(), k)
		file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, fmt.Errorf("%s: %d unfinished files with names in .part lie there: remove them", path, mostParts)
}

// clearParts takes the unfinished files of a name away whose writers are known to have ended. What cannot be taken away is in nobody's way.
func clearParts(path string) {
	files, _ := os.ReadDir(filepath.Dir(path)) // as above
	begin := filepath.Base(path) + "." + process.Machine() + "-"
	for _, file := range files {
		rest, begun := strings.CutPrefix(file.Name(), begin)
		number, ours := strings.CutSuffix(rest, ".part")
		number, _, numbered := strings.Cut(number, ".")
		pid, err := strconv.Atoi(number)
		if begun && ours && numbered && err == nil && pid > 0 && pid != os.Getpid() && process.Gone(pid, "") {
			_ = os.Remove(filepath.Join(filepath.Dir(path), file.Name()))
		}
	}
}
