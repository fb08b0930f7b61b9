package main_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// forBrowser runs the go command for the browser's processor.
func forBrowser(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.Command("go", args...)
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// The engine compiles for the browser and stays small: a school's line may be slow, and a tablet has to compile all of it.
func TestTheEngineIsSmall(t *testing.T) {
	const most = 3_500_000 // compressed; 8 MB is what a page may be at most
	path := filepath.Join(t.TempDir(), "engine.wasm")
	forBrowser(t, "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	forBrowser(t, "vet", ".")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is a known one
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if t.Logf("%d bytes, %d compressed", len(data), packed.Len()); packed.Len() > most || !bytes.HasPrefix(data, []byte("\x00asm")) {
		t.Errorf("the engine has %d bytes compressed: want at most %d", packed.Len(), most)
	}
}

// What only commands and figures need is not in it; what pulls it in shows in go list -deps.
func TestTheEngineHasNoPassengers(t *testing.T) {
	deps := "\n" + forBrowser(t, "list", "-deps", ".")
	for _, passenger := range []string{"net/http", "github.com/parquet-go/parquet-go", "gonum.org/v1/plot", "github.com/spf13/cobra", "agglo/output/plot", "html/template"} {
		if strings.Contains(deps, "\n"+passenger+"\n") {
			t.Errorf("the engine pulls in %s", passenger)
		}
	}
}
