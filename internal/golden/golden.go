// Package golden compares what a test makes with a file kept under testdata. Run the test with -update to write the file
// anew, and review its change as a result: in a simulator a changed golden file is a changed finding.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// update is a flag of every test program that imports this package.
var update = flag.Bool("update", false, "write the golden files anew")

// Updating tells whether the test was run with -update; for files that are compared by other means than byte for byte.
func Updating() bool { return *update }

// context is how many equal lines are shown before the first difference.
const context = 2

// widest is how many bytes of a line are shown.
const widest = 200

// File fails the test if got is not byte for byte what the file at path (relative to the package's directory) holds, and
// shows the first line that differs. With -update it writes got to the file, making its folder.
func File(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if difference := firstDifference(want, got); difference != "" {
		t.Errorf("%s is not what the test makes (-update writes it anew):\n%s", filepath.ToSlash(path), difference)
	}
}

// firstDifference shows the first line in which two texts differ, the lines before it, and how many lines each text has. It
// is empty if the texts are equal.
func firstDifference(want, got []byte) string {
	if bytes.Equal(want, got) {
		return ""
	}
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	at := 0
	for at < len(w) && at < len(g) && w[at] == g[at] {
		at++
	}
	var b strings.Builder
	for i := max(0, at-context); i < at; i++ {
		fmt.Fprintf(&b, "%7d   %s\n", i+1, clip(w[i], 0))
	}
	from := 0
	if at < len(w) && at < len(g) {
		from = firstByte(w[at], g[at])
	}
	show := func(name, mark string, lines []string) {
		if at < len(lines) {
			fmt.Fprintf(&b, "%7d %s %s\n", at+1, mark, clip(lines[at], from))
		} else {
			fmt.Fprintf(&b, "%7d %s (the %s ends here)\n", at+1, mark, name)
		}
	}
	show("file", "-", w)
	show("new text", "+", g)
	fmt.Fprintf(&b, "the file has %d lines, the new text %d", len(w), len(g))
	return b.String()
}

// firstByte is the index of the first byte in which two lines differ.
func firstByte(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}

// clip shows a line, or the part of a long one around the byte at which the interest begins. A line that has bytes which
// cannot be seen is quoted.
func clip(line string, at int) string {
	before, after := "", ""
	if start := at - widest/2; start > 0 && len(line) > widest {
		line, before = line[start:], "..."
	}
	if len(line) > widest {
		line, after = line[:widest], "..."
	}
	for _, r := range line {
		if r < ' ' || r == 0x7f || r == '\uFFFD' {
			line = fmt.Sprintf("%q", line)
			break
		}
	}
	return before + line + after
}
