package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

const (
	maxBytes = 16 << 20 // of a scenario file
	maxDepth = 100      // of nesting
)

// parseYAML reads the one document of a file as a tree that keeps duplicates, lines and columns. A fault of the file as
// a whole comes back first and alone, because whatever else could be said about such a file would be a guess. The remedy is what to do
// about an empty one.
func parseYAML(file string, data []byte, remedy string) (*yaml.Node, error) {
	alone := func(line, col int, format string, args ...any) error {
		return Faults{{File: file, Line: line, Col: col, Problem: fmt.Sprintf(format, args...)}}
	}
	if len(data) > maxBytes {
		return nil, alone(0, 0, "the file has %d bytes: want at most %d", len(data), maxBytes)
	}
	if line, col, ok := invalidUTF8(data); ok {
		return nil, alone(line, col, "this byte is not valid UTF-8: save the file as UTF-8")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, alone(0, 0, "the file is empty; %s", remedy)
	} else if err != nil {
		line, problem := syntaxError(err)
		if indent := indentOf(data, line); strings.Contains(indent, "\t") {
			problem += ": indent with spaces, not tabs"
		}
		return nil, alone(line, 1, "%s", problem)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, alone(second.Line, second.Column, "a second document begins here: want one document a file")
	} else if !errors.Is(err, io.EOF) {
		line, problem := syntaxError(err)
		return nil, alone(line, 1, "%s", problem)
	}
	if len(document.Content) == 0 || document.Content[0].ShortTag() == "!!null" {
		return nil, alone(0, 0, "the file is empty; %s", remedy)
	}
	root := document.Content[0]
	if node, problem := forbidden(root, 1); node != nil {
		return nil, alone(node.Line, node.Column, "%s", problem)
	}
	if node := newer(root); node != nil {
		return nil, alone(node.Line, node.Column, "agglo: %s: the file is for a newer program: this one reads agglo: %d", node.Value, formVersion)
	}
	return root, nil
}

// formVersion is the version of the form of files that this program reads.
const formVersion = 1

// newer gives the node that says that a file has a newer form, nil if none does.
func newer(root *yaml.Node) *yaml.Node {
	for k := 0; root.Kind == yaml.MappingNode && k+1 < len(root.Content); k += 2 {
		if root.Content[k].Value != "agglo" {
			continue
		}
		if n, err := strconv.Atoi(root.Content[k+1].Value); err == nil && n > formVersion {
			return root.Content[k+1]
		}
		break
	}
	return nil
}

// indentOf is what stands before the first word of a line, from 1.
func indentOf(data []byte, line int) string {
	for text := range bytes.Lines(data) {
		if line--; line == 0 {
			return string(text[:len(text)-len(bytes.TrimLeft(text, " \t"))])
		}
	}
	return ""
}

// forbidden gives the first node that uses what a scenario file may not contain.
func forbidden(n *yaml.Node, depth int) (*yaml.Node, string) {
	switch {
	case depth > maxDepth:
		return n, fmt.Sprintf("nested more than %d levels deep", maxDepth)
	case n.Kind == yaml.AliasNode:
		return n, "aliases (*" + n.Value + ") are not read: write the value out"
	case n.Anchor != "":
		return n, "anchors (&" + n.Anchor + ") are not read: write the value out where it is needed"
	case n.ShortTag() == "!!merge":
		return n, "merge keys (<<) are not read: write the keys out"
	}
	for _, child := range n.Content {
		if at, problem := forbidden(child, depth+1); at != nil {
			return at, problem
		}
	}
	return nil, ""
}

// invalidUTF8 gives line and column of the first byte that is no UTF-8.
func invalidUTF8(data []byte) (line, col int, found bool) {
	if utf8.Valid(data) {
		return 0, 0, false
	}
	line, col = 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			return line, col, true
		}
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
		data = data[size:]
	}
	return 0, 0, false
}

var yamlLine = regexp.MustCompile(`line (\d+)(, column \d+)?: `)

// syntaxError takes the line out of a message of the YAML reader.
func syntaxError(err error) (line int, problem string) {
	problem = strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(problem); m != nil {
		line, _ = strconv.Atoi(m[1])
		problem = strings.Replace(problem, m[0], "", 1)
	}
	return line, "not readable as YAML: " + strings.TrimSpace(problem)
}
