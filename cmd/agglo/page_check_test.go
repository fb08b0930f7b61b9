//go:build htmlcheck

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The checkers of pages: the Nu checker of the W3C, which needs Java, and html-validate, which knows more of accessibility.
const (
	nuChecker    = "vnu-jar@26.9.27"
	htmlValidate = "html-validate@8.29.0"
)

// TestReportPages holds the pages of a run, a comparison, a validation and claims, in both languages, against two HTML checkers, and
// prints one with chromium where that is installed. Run by make test-report, which installs what is missing.
func TestReportPages(t *testing.T) {
	inFolder(t)
	tools := t.TempDir()
	install := exec.Command("npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--prefix", tools, nuChecker, htmlValidate)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v: %s", err, out)
	}
	must(t, "run", "small.yaml", "-o", "run", "-q", "--set", "trust.loss=.6")
	must(t, "compare", "small.yaml", "-o", "compare", "--policy", "subsidy", "--burn-in", "4", "--ticks", "8", "--replicates", "2", "-q")
	must(t, "claims", "C2", "--replicates", "1", "-o", "claims", "-q")
	var pages []string
	for _, dir := range []string{"run", "compare", "claims"} {
		for _, lang := range []string{"en", "ru"} {
			must(t, "report", dir, "--lang", lang, "-q")
			page := dir + "." + lang + ".html"
			if err := os.Rename(filepath.Join(dir, "report.html"), page); err != nil {
				t.Fatal(err)
			}
			pages = append(pages, page)
		}
	}
	jar := filepath.Join(tools, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	out, err := exec.Command("java", append([]string{"-jar", jar, "--stdout", "--format", "gnu"}, pages...)...).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("error")) {
		t.Errorf("the Nu checker: %v\n%s", err, out)
	}
	// A region that scrolls has a label and no heading of its own: a section would want one.
	if err := os.WriteFile(".htmlvalidate.json", []byte(`{"extends": ["html-validate:recommended", "html-validate:a11y"], "rules": {"prefer-native-element": "off", "long-title": "off"}}`), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err = exec.Command("node", append([]string{filepath.Join(tools, "node_modules", "html-validate", "bin", "html-validate.js")}, pages...)...).CombinedOutput()
	if err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
	t.Logf("%d pages pass: %s", len(pages), strings.Join(pages, " "))
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Log("chromium is not installed: no page is printed")
		return
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	print := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=page.pdf", "file://"+filepath.Join(here, "run.en.html"))
	if out, err := print.CombinedOutput(); err != nil {
		t.Fatalf("chromium: %v: %s", err, out)
	}
	if info, err := os.Stat("page.pdf"); err != nil || info.Size() < 50_000 {
		t.Errorf("the printed page: %v, %v", info, err)
	}
}
