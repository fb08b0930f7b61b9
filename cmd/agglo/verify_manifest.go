package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/output"
)

// besideRuns are the fields of a manifest that no run can make again: of time, of the program and the machine, and remarks on how the
// scenario was read. The text of the scenario has remarks too; it is held by the hashes of what decides on the tables.
var besideRuns = []string{"started", "seconds", "code", "notes", "scenario_yaml", "asked", "command", "sweep.identity", "sweep.experiment_file"}

// ofAllRuns are the fields that a sample of the runs does not make again.
var ofAllRuns = []string{"runs", "tables", "complete", "stopped_at", "sweep.failed", "sweep.missing", "comparison.unfinished", "comparison.until", "comparison.half_width_pct"}

// manifest compares the folder's manifest, field by field, with that of what was made again in the folder with. A field that differs
// is a fault: the manifest was edited. Where another program has written the folder it is a cause, and tables are left to themselves.
func (v *verification) manifest(with string, besides ...string) error {
	besides = append(besides, besideRuns...)
	if v.Runs < v.Of {
		besides = append(besides, ofAllRuns...)
	}
	if !v.same {
		besides = append(besides, "tables")
	}
	for k := range v.Tables {
		if !v.Tables[k].ok() { // told already
			besides = append(besides, "tables."+v.Tables[k].Name)
		}
	}
	was, err := readTree(v.path(output.ManifestFile))
	if err != nil {
		return err
	}
	is, err := readTree(filepath.Join(with, output.ManifestFile))
	if err != nil {
		return err
	}
	differences("", was, is, func(path string) bool { return slices.Contains(besides, path) }, v.differs)
	return nil
}

// differs notes a field of the manifest that is not what the run made again gives.
func (v *verification) differs(path string, was, is any) {
	a, b := shownPair(was, is)
	line := fmt.Sprintf("%s: %s is %s in the folder and %s in the run made again", output.ManifestFile, path, a, b)
	if v.same {
		v.Faults = append(v.Faults, line)
	} else {
		v.Causes = append(v.Causes, line)
	}
}

// readTree reads a JSON file as it stands, numbers by their digits.
func readTree(path string) (any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	tree, err := treeOf(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return tree, nil
}

// treeOf is what a JSON text holds, numbers by their digits.
func treeOf(data []byte) (any, error) {
	var tree any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err := d.Decode(&tree)
	return tree, err
}

// differences shows every place in which two trees differ, by its path, but those that are to be passed over. What one of them has
// not is nil.
func differences(path string, was, is any, pass func(path string) bool, show func(path string, was, is any)) {
	if pass(path) {
		return
	}
	under := func(key string) string { return strings.TrimPrefix(path+"."+key, ".") }
	a, listA := was.([]any)
	b, listB := is.([]any)
	x, treeA := was.(map[string]any)
	y, treeB := is.(map[string]any)
	switch {
	case treeA && treeB:
		keys := maps.Clone(x)
		maps.Copy(keys, y)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			differences(under(key), x[key], y[key], pass, show)
		}
	case listA && listB:
		for k := range max(len(a), len(b)) {
			differences(fmt.Sprintf("%s[%d]", path, k), element(a, k), element(b, k), pass, show)
		}
	case !sameValue(was, is):
		show(path, was, is)
	}
}

// element is one of a list, nil behind its end.
func element(list []any, k int) any {
	if k < len(list) {
		return list[k]
	}
	return nil
}

// sameValue says whether two leaves are one value. Numbers may be written in two ways.
func sameValue(a, b any) bool {
	x, one := a.(json.Number)
	y, other := b.(json.Number)
	if one && other && x != y && strings.ContainsAny(string(x+y), ".eE") {
		left, errLeft := strconv.ParseFloat(string(x), 64)
		right, errRight := strconv.ParseFloat(string(y), 64)
		return errLeft == nil && errRight == nil && left == right
	}
	left, errLeft := json.Marshal(a)
	right, errRight := json.Marshal(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

// shownPair writes two values; of texts of several lines the first that differs.
func shownPair(was, is any) (a, b string) {
	left, one := was.(string)
	right, other := is.(string)
	if !one || !other || !strings.Contains(left+right, "\n") {
		return shownValue(was), shownValue(is)
	}
	x, y := strings.Split(left, "\n"), strings.Split(right, "\n")
	k := 0
	for k < len(x)-1 && k < len(y)-1 && x[k] == y[k] {
		k++
	}
	line := fmt.Sprintf("in line %d ", k+1)
	return line + shownValue(strings.TrimSpace(x[k])), shownValue(strings.TrimSpace(y[k]))
}

// shownValue writes a value, cut if it is long.
func shownValue(value any) string {
	if value == nil {
		return "nothing"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	if letters := []rune(string(text)); len(letters) > 120 {
		return string(letters[:120]) + "..."
	}
	return string(text)
}
