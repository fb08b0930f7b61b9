package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRunWritesThenChecks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module m\n")
	source := "package m\n\ntype Params struct {\n\tLoss float64 `default:\"0\" unit:\"1\" in:\"[0,1]\" src:\"assumed\"` // Loss is lost.\n}\n"
	write("params.go", source)
	args := []string{"-dir", dir, "-out", filepath.Join(dir, "docs_gen.go"), "-markdown", filepath.Join(dir, "p.md")}
	check := append([]string{"-check"}, args...)
	if err := run(check, io.Discard); err == nil || !strings.Contains(err.Error(), "stale") {
		t.Errorf("nothing is written yet, but -check says %v", err)
	}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := run(check, io.Discard); err != nil {
		t.Errorf("after writing -check says %v", err)
	}
	write("params.go", strings.Replace(source, "is lost", "is gone", 1))
	if err := run(check, io.Discard); err == nil {
		t.Error("a changed comment is not stale")
	}
	if err := run([]string{"-type", "Gone", "-dir", dir}, io.Discard); err == nil {
		t.Error("a type that does not exist gives no error")
	}
}
