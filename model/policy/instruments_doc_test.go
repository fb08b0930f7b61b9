package policy

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every form and instrument of the article has one line in the document, and stands there with the instruments that say they
// stand for it; every instrument is named.
func TestDocumentNamesAll(t *testing.T) {
	data, err := os.ReadFile("../../docs/instruments.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	ids := []string{"F1", "F2", "F3"}
	for k := 1; k <= 32; k++ {
		ids = append(ids, fmt.Sprint("I", k))
	}
	for _, id := range ids {
		rows := regexp.MustCompile(`(?m)^\| `+id+` \|.*$`).FindAllString(text, -1)
		if len(rows) != 1 {
			t.Errorf("%s has %d lines", id, len(rows))
			continue
		}
		for _, e := range Catalogue() {
			stands := strings.Contains(" "+e.Stands+" ", " "+id+" ")
			if named := strings.Contains(rows[0], "`"+e.ID+"`") || strings.Contains(rows[0], "instrument: "+e.ID+"`"); stands != named && e.ID != "infrastructure" {
				t.Errorf("%s stands for %s: %v, but its line says %v: %s", e.ID, id, stands, named, rows[0])
			}
		}
	}
	for _, e := range Catalogue() {
		if !strings.Contains(text, "`"+e.ID) {
			t.Errorf("%s is not named", e.ID)
		}
	}
}
