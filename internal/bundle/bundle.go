// Command bundle makes the classroom page out of its TypeScript: output/live/web/src to output/live/web/dist, by esbuild's Go
// API, so that no Node is needed. With -check it writes nothing and fails when the files that are there are stale. It is a
// tool: nothing of it is in the product.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	check := flag.Bool("check", false, "write nothing; fail when a file is stale")
	web := flag.String("web", "output/live/web", "folder of the page")
	flag.Parse()
	if err := run(*web, *check); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// run makes the files and writes them, or compares them with those that are there.
func run(web string, check bool) error {
	files, err := build(web)
	if err != nil {
		return err
	}
	var faults []error
	for name, data := range files {
		path := filepath.Join(web, "dist", name)
		old, err := os.ReadFile(path)
		switch {
		case err == nil && bytes.Equal(old, data):
		case check:
			faults = append(faults, fmt.Errorf("%s is stale: run make page", path))
		default:
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return err
			}
			faults = append(faults, os.WriteFile(path, data, 0o666))
		}
	}
	return errors.Join(faults...)
}

// build bundles the script and the style, and takes the other files as they are.
func build(web string) (map[string][]byte, error) {
	web, err := filepath.Abs(web)
	if err != nil {
		return nil, err
	}
	src := filepath.Join(web, "src")
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: filepath.Join(src, "main.ts"), OutputPath: "app"},
			{InputPath: filepath.Join(src, "page.css"), OutputPath: "app"},
			{InputPath: filepath.Join(src, "student.ts"), OutputPath: "student"},
			{InputPath: filepath.Join(src, "teacher.ts"), OutputPath: "teacher"},
			{InputPath: filepath.Join(src, "class.css"), OutputPath: "class"},
			{InputPath: filepath.Join(src, "worker.ts"), OutputPath: "worker"},
		},
		AbsWorkingDir: web, Outdir: filepath.Join(web, "dist"), Bundle: true, Format: api.FormatIIFE, Target: api.ES2020, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LegalComments: api.LegalCommentsInline,
		LogLevel: api.LogLevelSilent,
	})
	var faults []error
	for _, m := range append(result.Errors, result.Warnings...) {
		at := ""
		if m.Location != nil {
			at = fmt.Sprintf("%s:%d:%d: ", m.Location.File, m.Location.Line, m.Location.Column)
		}
		faults = append(faults, errors.New(at+m.Text))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	files := map[string][]byte{}
	for _, f := range result.OutputFiles {
		files[filepath.Base(f.Path)] = f.Contents
	}
	for _, name := range []string{"index.html", "icon.svg"} {
		if files[name], err = os.ReadFile(filepath.Join(src, name)); err != nil {
			return nil, err
		}
	}
	class, err := os.ReadFile(filepath.Join(src, "class.html"))
	if err != nil {
		return nil, err
	}
	for _, who := range []string{"student", "teacher"} { // their pages differ in the script alone
		files[who+".html"] = bytes.ReplaceAll(class, []byte("PAGE"), []byte(who))
	}
	return files, nil
}
