package page

import "syscall"

// What Linux calls these advices: large pages from now on, and those that are there made large.
const (
	hugePage = 14
	collapse = 25
)

// advise asks for large pages. Answers are not needed: a page stays as it is where the system cannot make it large. Large pages
// are asked for one by one, because one that cannot be made ends the call.
func advise(all []extent) {
	for _, e := range all {
		for at := e.from; at < e.to; at += size {
			if _, _, no := syscall.Syscall(syscall.SYS_MADVISE, at, size, hugePage); no == 0 {
				_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, at, size, collapse)
			}
		}
	}
}

// ask asks for large pages in a stretch where nothing has been written yet.
func ask(e extent) { _, _, _ = syscall.Syscall(syscall.SYS_MADVISE, e.from, e.to-e.from, hugePage) }
