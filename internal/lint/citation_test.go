package lint

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// codemeta.json and CITATION.cff say of the program what it is, and the same: name, version, licence, keywords. The version is
// that of the change log's first heading.
func TestCitation(t *testing.T) {
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var meta struct {
		Context     string `json:"@context"`
		Type        string `json:"@type"`
		Name        string
		Description string
		Version     string
		License     string
		Keywords    []string
		Author      []struct{ Name string }
	}
	if err := json.Unmarshal(read("codemeta.json"), &meta); err != nil {
		t.Fatal(err)
	}
	var cite struct {
		CFF      string `yaml:"cff-version"`
		Message  string
		Title    string
		Abstract string
		Type     string
		Version  string
		License  string
		Keywords []string
		Authors  []struct{ Name string }
	}
	if err := yaml.Unmarshal(read("CITATION.cff"), &cite); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"description": meta.Description, "message": cite.Message, "abstract": cite.Abstract, "title": cite.Title} {
		if value == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if meta.Type != "SoftwareSourceCode" || !strings.Contains(meta.Context, "codemeta") || cite.CFF != "1.2.0" || cite.Type != "software" {
		t.Errorf("types: %s, %s, %s, %s", meta.Type, meta.Context, cite.CFF, cite.Type)
	}
	if meta.Name != "agglo" || !strings.HasPrefix(cite.Title, meta.Name+":") || len(meta.Author) == 0 || len(cite.Authors) == 0 || meta.Author[0].Name != cite.Authors[0].Name {
		t.Errorf("names: %s, %s, %v, %v", meta.Name, cite.Title, meta.Author, cite.Authors)
	}
	if meta.Version != cite.Version || !strings.HasSuffix(meta.License, "/"+cite.License) || !slices.Equal(meta.Keywords, cite.Keywords) {
		t.Errorf("codemeta.json and CITATION.cff differ: version %s and %s, licence %s and %s, keywords\n%v\n%v",
			meta.Version, cite.Version, meta.License, cite.License, meta.Keywords, cite.Keywords)
	}
	heading := regexp.MustCompile(`(?m)^## .*?(\d+\.\d+\.\d+)`).FindSubmatch(read("CHANGELOG.md"))
	if heading == nil || string(heading[1]) != meta.Version {
		t.Errorf("CHANGELOG.md begins with version %s, codemeta.json says %s", heading, meta.Version)
	}
	if licence := string(read("LICENSE")); !strings.Contains(licence, cite.License) {
		t.Errorf("LICENSE is not %s", cite.License)
	}
}
