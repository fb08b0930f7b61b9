//go:build interop || slurm

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Tests with programs of others install what is missing: Debian's packages, and npm's into a folder of the test.

// shell runs a command that has to succeed.
func shell(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v: %s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// debian installs packages unless the command is there.
func debian(t *testing.T, command string, packages ...string) {
	t.Helper()
	if _, err := exec.LookPath(command); err == nil {
		return
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		t.Fatalf("%s is missing; on Debian it is in %s", command, strings.Join(packages, " "))
	}
	shell(t, "apt-get", "-o", "DPkg::Lock::Timeout=300", "update")
	shell(t, "apt-get", append([]string{"-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends"}, packages...)...)
}

// npm installs a package of JavaScript into a new folder, and copies a script of testdata/interop there. It gives the script.
func npm(t *testing.T, source, script, name string) string {
	t.Helper()
	debian(t, "node", "nodejs")
	debian(t, "npm", "npm")
	dir := t.TempDir()
	shell(t, "npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "--loglevel=error", name)
	shell(t, "cp", filepath.Join(source, "testdata/interop", script), dir)
	return filepath.Join(dir, script)
}
