package study

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"agglo/model"
	"agglo/model/policy"
	"agglo/scenarios"
)

// The page on the article names scenarios, instruments, kinds of institutions, parameters, metrics and claims that there are.
func TestTheArticleIsInTheProgram(t *testing.T) {
	page, err := os.ReadFile("../../docs/article.md")
	if err != nil {
		t.Fatal(err)
	}
	known := append(scenarios.Names(), policy.Instruments()...)
	for _, p := range model.Describe() {
		known = append(known, p.Path)
	}
	for _, kind := range []reflect.Type{reflect.TypeFor[scenarios.Institution](), reflect.TypeFor[scenarios.Target]()} {
		for k := range kind.NumField() {
			known = append(known, kind.Field(k).Tag.Get("key"))
			known = append(known, strings.Split(kind.Field(k).Tag.Get("oneof"), "|")...)
		}
	}
	seen := 0
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(string(page), -1) {
		if seen++; !slices.Contains(known, m[1]) && !strings.HasPrefix(m[1], "target: ") {
			t.Errorf("docs/article.md names %q: no scenario, instrument, kind, key, metric or parameter", m[1])
		}
	}
	claims, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\bC(\d+)([a-f]?)\b`).FindAllString(string(page), -1) {
		if seen++; !slices.ContainsFunc(claims.Tests, func(x ClaimTest) bool { return x.ID == m || x.Claim() == m }) {
			t.Errorf("docs/article.md names the claim %s: there is none", m)
		}
	}
	if seen < 60 {
		t.Errorf("%d names", seen)
	}
}
