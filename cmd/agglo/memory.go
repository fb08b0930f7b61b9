package main

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"

	"agglo/model"
)

// What a world takes while it runs, measured by agglo bench and doubled, since the collector lets the heap grow to twice what
// lives.
const (
	doubled      = 2
	bytesOfFirm  = doubled * 1000.0  // ties and fields of the firm included
	bytesOfField = doubled * 8 * 6.0 // of a cell and sector: fields, smoothed and not, and their index
	gigabyte     = 1_000_000_000
)

// memoryOf estimates the memory of a run, bytes. Firms may become more by births: a third more is counted.
func memoryOf(s *model.Setup) float64 {
	firms := float64(len(s.Setting.Plants))
	for _, x := range s.Setting.Sectors {
		firms += float64(x.Firms)
		if x.Emerging != nil {
			firms += x.Emerging.Mature / 4 // workers of a firm, about
		}
	}
	cells := 0.0
	for _, a := range s.Setting.Areas {
		cells += float64(a.NX) * float64(a.NY)
	}
	return 4./3*firms*bytesOfFirm + cells*float64(len(s.Setting.Sectors))*bytesOfField
}

// memoryFree is the memory that a process may still have, bytes: what the system says is available, or what is left of a
// limit on a group of processes (a container, a batch job). Infinite where neither is told; see addressesLeft for a third limit. root
// is the file system's root.
func memoryFree(root fs.FS) float64 {
	free := math.Inf(1)
	if text, err := fs.ReadFile(root, "proc/meminfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "MemAvailable:" {
				if kB, err := strconv.ParseFloat(f[1], 64); err == nil {
					free = 1024 * kB
				}
			}
		}
	}
	limit, most := readNumber(root, "sys/fs/cgroup/memory.max")
	used, now := readNumber(root, "sys/fs/cgroup/memory.current")
	if most && now {
		free = min(free, limit-used)
	}
	return free
}

// readNumber reads a file that holds a number and nothing else.
func readNumber(root fs.FS, name string) (float64, bool) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return 0, false
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	return x, err == nil
}

// addressesLeft is what a limit on the addresses of this process leaves of them, bytes. They are more than the memory in use: Go and the
// system lay some aside from the start. Where nobody tells how many are taken, none are.
func addressesLeft(limit float64, root fs.FS) float64 {
	if text, err := fs.ReadFile(root, "proc/self/statm"); err == nil {
		if f := strings.Fields(string(text)); len(f) > 0 {
			if pages, err := strconv.ParseFloat(f[0], 64); err == nil {
				limit -= pages * float64(os.Getpagesize())
			}
		}
	}
	return max(limit, 0)
}

// roomFor says that a run may not fit, before it begins: a process that the system ends for want of memory can say nothing. It is a
// note where the system may find more memory than it tells of, and an error where what lives of the world at the same time, which
// is half of what is taken, is more than a limit leaves. Empty where the run fits, or where nobody knows.
func roomFor(s *model.Setup, root fs.FS, limit float64) (note string, err error) {
	need, left := memoryOf(s), addressesLeft(limit, root)
	if need/doubled > left {
		return "", fmt.Errorf("this run takes about %.1f GB of memory, and the limit on what a process may have (ulimit -v) leaves %.1f GB: it has not begun; raise the limit, or take a larger scale in the scenario, which makes fewer agents",
			need/gigabyte, left/gigabyte)
	}
	if most, told := readNumber(root, "sys/fs/cgroup/memory.max"); told && need/doubled > most {
		return "", fmt.Errorf("this run takes about %.1f GB of memory, and its group of processes (a container, a batch job) may have %.1f GB in all: it has not begun; ask for more, or take a larger scale in the scenario, which makes fewer agents",
			need/gigabyte, most/gigabyte)
	}
	if free := min(memoryFree(root), left); need > free {
		note = fmt.Sprintf("this run takes about %.1f GB of memory, and %.1f GB are free: the system may end it before it is done; a larger scale in the scenario makes fewer agents",
			need/gigabyte, max(free, 0)/gigabyte)
	}
	return note, nil
}

// system is the root of the file system that says how much memory there is.
func system() fs.FS { return os.DirFS("/") }
