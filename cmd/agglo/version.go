package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"agglo/output"
)

// version says which program this is, from what the Go tool writes into a binary.
func version() output.Code {
	code := output.Code{Version: "unknown", Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return code
	}
	if info.Main.Version != "" {
		code.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			code.Revision = s.Value
		case "GOAMD64", "GOARM64", "GORISCV64", "GOPPC64", "GOARM", "GO386":
			code.Level = s.Value
		case "vcs.modified":
			code.Modified = s.Value == "true"
		}
	}
	return code
}

// exactly is version with what tells a program with other rules from this one.
func exactly() (output.Code, error) {
	code := version()
	var err error
	if code.Rules, err = rulesOf(code, ownHash); err != nil {
		err = fmt.Errorf("which program this is: %w", err)
	}
	return code, err
}

// rulesOf says which rules a program has, for what may go on only under the same ones: its release; the commit that it was built from
// unchanged; else the hash of the binary, which reads gives: a change of a rule that was not committed leaves no other trace.
func rulesOf(code output.Code, reads func() (string, error)) (string, error) {
	switch {
	case code.Revision != "" && !code.Modified:
		return "commit " + code.Revision, nil
	case code.Revision == "" && strings.HasPrefix(code.Version, "v"):
		return code.Version, nil
	}
	hash, err := reads()
	return "binary " + hash, err
}

// ownHash is the hash of this binary, the first half of its digits.
func ownHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)[:16]), nil
}
