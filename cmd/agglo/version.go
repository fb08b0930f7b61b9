package main

import (
	"runtime"
	"runtime/debug"

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
