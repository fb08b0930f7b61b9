package process

import (
	"io/fs"
	"strconv"
	"strings"
)

// PeakMemory is the most memory that this process has held at once, bytes, as Linux tells it; 0 elsewhere. root is the file system's
// root.
func PeakMemory(root fs.FS) float64 {
	text, err := fs.ReadFile(root, "proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kB, _ := strconv.ParseFloat(f[1], 64)
			return 1024 * kB
		}
	}
	return 0
}
