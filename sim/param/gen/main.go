// Command gen writes the comments of a tree of parameters into a Go file, and the table of all parameters into a page. It is
// run by go generate:
//
//	//go:generate go run agglo/sim/param/gen -type Params -out docs_gen.go -markdown ../docs/parameters.md
//
// With -check it writes nothing and exits 1 if a file is not as it would be written.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"agglo/sim/param/comments"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run is the command with its arguments; usage goes to stderr.
func run(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var plan comments.Plan
	flags.StringVar(&plan.Dir, "dir", ".", "directory of the package that declares the type")
	flags.StringVar(&plan.Type, "type", "Params", "struct at the root of the tree")
	flags.StringVar(&plan.Out, "out", "docs_gen.go", "Go file to write")
	flags.StringVar(&plan.Markdown, "markdown", "", "page to write; none if empty")
	check := flags.Bool("check", false, "write nothing; exit 1 if a file is stale")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *check {
		stale, err := comments.Stale(plan)
		if err == nil && len(stale) > 0 {
			err = fmt.Errorf("%s: stale; run go generate", strings.Join(stale, ", "))
		}
		return err
	}
	files, err := comments.Generate(plan)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(f.Name, f.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
