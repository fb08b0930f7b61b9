// Command verification breaks the model's rules on purpose, one at a time, and asks for the test that sees it. It is run by
// `make mutants`; docs/verification.md lists what is broken. Nothing in the working tree is written: the go command reads
// the broken file from elsewhere (go build -overlay).
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

func main() {
	root := flag.String("root", ".", "root of the module")
	only := flag.String("only", "", "break only rules whose name fits this regular expression")
	every := flag.Bool("every", false, "run every test of the package and list all that fail, not the named one alone")
	list := flag.Bool("list", false, "print the table of the page and stop")
	flag.Parse()
	if *list {
		fmt.Print(table())
		return
	}
	if err := replay(*root, *only, *every); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// replay breaks rule after rule and says at the end which break no test has seen, as an error.
func replay(root, only string, every bool) error {
	fits, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "agglo-mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	var missed []error
	seen := 0
	for k := range mutants {
		m := &mutants[k]
		if !fits.MatchString(m.name) {
			continue
		}
		begun := time.Now()
		failed, err := m.run(root, scratch, every)
		if err != nil {
			fmt.Printf("MISSED  %-30s %v\n", m.name, err)
			missed = append(missed, fmt.Errorf("%s: %w", m.name, err))
			continue
		}
		seen++
		fmt.Printf("seen    %-30s %s (%.0f s)\n", m.name, strings.Join(failed, " "), time.Since(begun).Seconds())
	}
	fmt.Printf("%d of %d broken rules were seen\n", seen, seen+len(missed))
	return errors.Join(missed...)
}

// broken is the text of the mutant's file with the rule broken. It is refused unless the text to be replaced stands there once.
func (m *mutant) broken(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), m.from); n != 1 {
		return "", fmt.Errorf("%s holds %q %d times: want once; write the mutant anew", m.file, m.from, n)
	}
	return strings.Replace(string(text), m.from, m.to, 1), nil
}

// failing finds the names of tests in what go test prints.
var failing = regexp.MustCompile(`(?m)^\s*--- FAIL: (Test\w+)`)

// run breaks the rule and gives the tests that failed. It is an error if the named one did not, or did not run.
func (m *mutant) run(root, scratch string, every bool) ([]string, error) {
	text, err := m.broken(root)
	if err != nil {
		return nil, err
	}
	file, err := filepath.Abs(filepath.Join(root, m.file))
	if err != nil {
		return nil, err
	}
	other := filepath.Join(scratch, "broken.go")
	if err := os.WriteFile(other, []byte(text), 0o600); err != nil {
		return nil, err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {file: other}})
	if err != nil {
		return nil, err
	}
	plan := filepath.Join(scratch, "overlay.json")
	if err := os.WriteFile(plan, overlay, 0o600); err != nil {
		return nil, err
	}
	tests := "^" + m.test + "$"
	if every {
		tests = "."
	}
	c := exec.Command("go", "test", "-vet=off", "-overlay", plan, "-run", tests, "./"+m.pack)
	c.Dir = root
	out, err := c.CombinedOutput()
	var failed []string
	for _, hit := range failing.FindAllStringSubmatch(string(out), -1) {
		failed = append(failed, hit[1])
	}
	switch {
	case err == nil:
		return nil, fmt.Errorf("%s of %s passes", m.test, m.pack)
	case !strings.Contains(" "+strings.Join(failed, " ")+" ", " "+m.test+" "):
		return failed, fmt.Errorf("%s of %s did not fail, but the command did: %s", m.test, m.pack, tail(string(out)))
	}
	return failed, nil
}

// tail is the end of a long text.
func tail(text string) string {
	const most = 600
	return text[max(len(text)-most, 0):]
}

// table is the list of broken rules as the page shows it.
func table() string {
	var b strings.Builder
	b.WriteString("| name | what is broken | where | the test that fails |\n|---|---|---|---|\n")
	for _, m := range mutants {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | `%s` in `%s` |\n", m.name, m.what, m.file, m.test, m.pack)
	}
	return b.String()
}
