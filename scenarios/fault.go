package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// A Fault is one mistake in a scenario file.
type Fault struct {
	File      string // as the user named it; empty for a value that came from elsewhere, such as --set
	Line, Col int    // from 1; 0 when the fault belongs to no line
	Path      string // of the value, such as sectors[2].firms; empty when the fault belongs to the file
	Problem   string // what is wrong and what is wanted
}

// Error gives file:line:column: path: problem, without the parts that are not known.
func (f Fault) Error() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", f.Line, f.Col)
		}
		b.WriteString(": ")
	}
	if f.Path != "" {
		b.WriteString(f.Path)
		b.WriteString(": ")
	}
	b.WriteString(f.Problem)
	return b.String()
}

// Faults are all mistakes of a file, in the order of its lines.
type Faults []Fault

// Error gives one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted puts faults in the order of the file; those of one place keep theirs.
func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Col - b.Col
	})
	return fs
}

// or gives the faults as an error, and no error when there are none.
func (fs Faults) or() error {
	if len(fs) == 0 {
		return nil
	}
	return fs.sorted()
}
