// Command schedule writes what the code says of a quarter's phases into a table of a page: their names and order, over what each
// runs, and when. What happens in a phase, and which section tells of it, stays as it is written on the page. It is run by go
// generate:
//
//	//go:generate go run agglo/internal/schedule -source model.go -page ../docs/odd.md
//
// With -check it writes nothing and exits 1 if the page is not as it would be written.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "schedule:", err)
		os.Exit(1)
	}
}

// run is the command with its arguments; usage goes to stderr.
func run(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("schedule", flag.ContinueOnError)
	flags.SetOutput(stderr)
	source := flags.String("source", "model.go", "Go file with the function quarter")
	page := flags.String("page", "", "page with the table")
	check := flags.Bool("check", false, "write nothing; exit 1 if the page is stale")
	if err := flags.Parse(args); err != nil {
		return err
	}
	phases, err := read(*source)
	if err != nil {
		return err
	}
	have, err := os.ReadFile(*page)
	if err != nil {
		return err
	}
	want, err := rewrite(string(have), phases)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", *page, err)
	case bytes.Equal(have, []byte(want)):
		return nil
	case *check:
		return fmt.Errorf("%s: stale; run go generate", *page)
	}
	return os.WriteFile(*page, []byte(want), 0o644)
}

// head begins the table.
const head = "| phase | by | when | what happens | section |\n|---|---|---|---|---|\n"

// rewrite gives the page with a row for each phase, in their order, and the words that the page has for it.
func rewrite(page string, phases []phase) (string, error) {
	before, rest, found := strings.Cut(page, head)
	if !found {
		return "", fmt.Errorf("has no table that begins with %q", head)
	}
	words := map[string]string{}
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		rest = rest[len(line):]
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 7 {
			return "", fmt.Errorf("want 5 cells in %q", line)
		}
		name := strings.TrimSpace(cells[1])
		if !slices.ContainsFunc(phases, func(p phase) bool { return p.name == name }) {
			return "", fmt.Errorf("tells of a phase %q, which there is not: take its row out, or give it the new name", name)
		}
		words[name] = strings.TrimSpace(cells[4]) + " | " + strings.TrimSpace(cells[5])
	}
	var b strings.Builder
	b.WriteString(before + head)
	for _, p := range phases {
		if words[p.name] == "" {
			return "", fmt.Errorf("has no row for the phase %q: write one, with what happens and the section", p.name)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.name, p.by, p.when, words[p.name])
	}
	return b.String() + rest, nil
}
