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

// checkedSweep is small; its table of runs has more columns than a page has room for, and more rows.
const checkedSweep = `agglo: 1
scenario: small.yaml
factors:
  - {name: trust.loss, dist: {uniform: [.1, .8]}}
  - {name: knowledge.imitation, values: [0, .05, .1]}
design: {kind: lhs, n: 40, seed: 1}
ticks: 4
burn_in: 2
policies: [none, subsidy]
`

// pagesOfAllKinds makes a folder of every kind and its page in both languages. It gives the pages' paths, kind.language.html.
func pagesOfAllKinds(t *testing.T) []string {
	t.Helper()
	inFolder(t)
	if err := os.WriteFile("sweep.yaml", []byte(checkedSweep), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "small.yaml", "-o", "run", "-q", "--set", "trust.loss=.6")
	must(t, "compare", "small.yaml", "-o", "compare", "--policy", "subsidy", "--burn-in", "4", "--ticks", "8", "--replicates", "2", "-q")
	must(t, "claims", "C2", "--replicates", "1", "-o", "claims", "-q")
	must(t, "sweep", "sweep.yaml", "-o", "sweep", "-q")
	must(t, "validate", "T5a", "--seeds", "2", "--ticks", "8", "-o", "validate", "-q")
	must(t, "cases", "small.yaml", "--seeds", "2", "--ticks", "4", "-o", "cases", "-q", "--no-plots")
	var pages []string
	for _, dir := range []string{"run", "compare", "claims", "sweep", "validate", "cases"} {
		for _, lang := range []string{"en", "ru"} {
			must(t, "report", dir, "--lang", lang, "-q")
			page, err := filepath.Abs(dir + "." + lang + ".html")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(dir, "report.html"), page); err != nil {
				t.Fatal(err)
			}
			pages = append(pages, page)
		}
	}
	return pages
}

// TestReportPages holds the pages of all kinds of folders, in both languages, against two HTML checkers, prints them with chromium,
// and reads them by keyboard. Run by make test-report, which installs what is missing. The printed pages stay in the folder
// AGGLO_PAGES, where that is set.
func TestReportPages(t *testing.T) {
	pages := pagesOfAllKinds(t)
	t.Run("HTML", func(t *testing.T) { checkHTML(t, pages) })
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Fatal("no chromium: make test-report installs it")
	}
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		t.Run("print "+name, func(t *testing.T) { checkPrint(t, page) })
		t.Run("keys "+name, func(t *testing.T) { checkKeys(t, page) })
	}
}

// checkHTML asks both checkers.
func checkHTML(t *testing.T, pages []string) {
	tools := t.TempDir()
	install := exec.Command("npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--prefix", tools, nuChecker, htmlValidate)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v: %s", err, out)
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
	t.Logf("%d pages pass", len(pages))
}
