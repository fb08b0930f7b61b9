package main

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"

	"agglo/internal/study"
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

// A need is the memory of worlds that live at the same time.
type need struct {
	worlds  int
	bytes   float64
	threads int // that make them; fewer would make fewer, unless there is but one
}

// needOf is the most that jobs need which are begun in order, one a thread.
func needOf(kinds []study.Live, threads int) need {
	most := need{threads: 1}
	var open []need                     // jobs in the order in which they are begun
	sizes := map[*model.Setup]float64{} // many jobs have worlds of one setup
	sum := need{threads: 1}
	for _, kind := range kinds {
		one := need{worlds: len(kind.Worlds)}
		for _, s := range kind.Worlds {
			if _, known := sizes[s]; !known {
				sizes[s] = memoryOf(s)
			}
			one.bytes += sizes[s]
		}
		for range min(kind.Jobs, threads) { // more of a kind change nothing
			open = append(open, one)
			sum.worlds, sum.bytes = sum.worlds+one.worlds, sum.bytes+one.bytes
			if n := len(open) - threads - 1; n >= 0 {
				sum.worlds, sum.bytes = sum.worlds-open[n].worlds, sum.bytes-open[n].bytes
			}
			if sum.bytes > most.bytes {
				most = sum
				most.threads = min(len(open), threads)
			}
		}
	}
	return most
}

// says begins a sentence on what is needed.
func (n need) says() string {
	if n.worlds > 1 {
		return fmt.Sprintf("%d worlds that live at the same time take about %.1f GB of memory", n.worlds, n.bytes/gigabyte)
	}
	return fmt.Sprintf("this run takes about %.1f GB of memory", n.bytes/gigabyte)
}

// less says how less would do.
func (n need) less() string {
	if n.threads > 1 {
		return "take fewer --threads, which make fewer worlds at a time, or a larger scale in the scenario, which makes fewer agents"
	}
	return "take a larger scale in the scenario, which makes fewer agents"
}

// roomFor says that worlds may not fit, before they begin: a process that the system ends for want of memory can say nothing. It is a
// note where the system may find more memory than it tells of, and an error where what lives at the same time, which is half of
// what is taken, is more than a limit leaves. Empty where all fits, or where nobody knows.
func roomFor(n need, root fs.FS, limit float64) (note string, err error) {
	left := addressesLeft(limit, root)
	if n.bytes/doubled > left {
		return "", fmt.Errorf("%s, and the limit on what a process may have (ulimit -v) leaves %.1f GB: nothing has begun; raise the limit, or %s",
			n.says(), left/gigabyte, n.less())
	}
	if most, told := readNumber(root, "sys/fs/cgroup/memory.max"); told && n.bytes/doubled > most {
		return "", fmt.Errorf("%s, and its group of processes (a container, a batch job) may have %.1f GB in all: nothing has begun; ask for more, or %s",
			n.says(), most/gigabyte, n.less())
	}
	if free := min(memoryFree(root), left); n.bytes > free {
		note = fmt.Sprintf("%s, and %.1f GB are free: the system may end it before it is done; %s", n.says(), max(free, 0)/gigabyte, n.less())
	}
	return note, nil
}

// room tells of memory that may not do, before anything is begun or written.
func (c *console) room(kinds []study.Live, threads int) error {
	note, err := roomFor(needOf(kinds, threads), system(), addresses())
	if note != "" {
		c.say("note: %s", note)
	}
	return err
}

// addresses is the limit on the addresses of this process; tests put another in its place.
var addresses = addressLimit

// system is the root of the file system that says how much memory there is.
func system() fs.FS { return os.DirFS("/") }
