package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// made is the site with a few bytes in place of the engine.
func made(t *testing.T) (*site, []byte) {
	t.Helper()
	engine := []byte("\x00asm\x01\x00\x00\x00 no engine")
	files, err := gather("../..", engine)
	if err != nil {
		t.Fatal(err)
	}
	s, err := assemble(files)
	if err != nil {
		t.Fatal(err)
	}
	return s, engine
}

// Everything that the folder's page names lies in the folder, and nothing is fetched from elsewhere.
func TestTheFolderIsWhole(t *testing.T) {
	s, engine := made(t)
	index := string(s.web["index.html"])
	named := 0
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(index, -1) {
		name, _, _ := strings.Cut(m[1], "?")
		if named++; s.web[name] == nil {
			t.Errorf("index.html names %q, which is not there", m[1])
		}
	}
	if named != 3 {
		t.Errorf("index.html names %d files: want the script, the style and the icon", named)
	}
	if regexp.MustCompile(`<script[^>]*>[^<]`).MatchString(index) {
		t.Error("a script stands in the page, which a host's policy may forbid")
	}
	for name, data := range s.web {
		if name == "LICENSES.txt" {
			continue
		}
		if m := regexp.MustCompile(`(?:src|href|import|fetch|importScripts)[=( ]+["'](?:https?:)?//[^"']*`).Find(data); m != nil {
			t.Errorf("%s fetches from elsewhere: %s", name, m)
		}
	}
	z, err := gzip.NewReader(bytes.NewReader(s.web["engine.wasm.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, engine) || !bytes.Equal(s.web["engine.wasm"], engine) {
		t.Errorf("the engine comes out otherwise: %q, %v", got, err)
	}
	for _, want := range []string{"agglo", "Go", "uPlot", "gifenc", "gonum.org/v1/gonum", "go.yaml.in/yaml/v4"} {
		if !regexp.MustCompile(`(?m)^==== ` + regexp.QuoteMeta(want) + `[ :]`).Match(s.web["LICENSES.txt"]) {
			t.Errorf("the licence of %s is missing", want)
		}
	}
}

// The single file holds the same parts as the folder, to the byte, and names no other file.
func TestTheFileHoldsAll(t *testing.T) {
	s, _ := made(t)
	page := string(s.single)
	brought := map[string]string{}
	for _, m := range regexp.MustCompile(`<script type="text/plain" id="([^"]+)">([^<]*)</script>`).FindAllStringSubmatch(page, -1) {
		brought[m[1]] = m[2]
	}
	for _, name := range []string{"engine.wasm.gz", "wasm_exec.js", "worker.js", "words.en.json", "words.ru.json"} {
		if data, err := base64.StdEncoding.DecodeString(brought[name]); err != nil || !bytes.Equal(data, s.web[name]) || len(data) == 0 {
			t.Errorf("%s is otherwise in the file: %d bytes, %v", name, len(data), err)
		}
	}
	body := page[strings.LastIndex(page, "<script>\n"):]
	if !strings.HasPrefix(body, "<script>\n"+strings.ReplaceAll(string(s.web["app.js"]), "</script", `<\/script`)) {
		t.Error("the script is otherwise in the file")
	}
	if m := regexp.MustCompile(`<(?:script|link|img)[^>]*(?:src|href)="(?:[^d"]|d[^a"])[^"]*"`).FindString(page[:strings.Index(page, "<style>")]); m != "" {
		t.Errorf("the file names another: %s", m)
	}
}

// Both languages come along whole.
func TestWordsComeAlong(t *testing.T) {
	s, _ := made(t)
	var en, ru map[string]string
	for name, to := range map[string]*map[string]string{"words.en.json": &en, "words.ru.json": &ru} {
		if err := json.Unmarshal(s.web[name], to); err != nil {
			t.Fatal(err)
		}
	}
	if len(en) != len(ru) || len(en) < 200 || en["page.play"] != "Play" || ru["page.play"] != "Пуск" {
		t.Errorf("%d and %d words: %q, %q", len(en), len(ru), en["page.play"], ru["page.play"])
	}
	for _, want := range []string{en["page.engine.disk"], ru["page.engine.loading"]} {
		if !strings.Contains(string(s.web["index.html"]), want) {
			t.Errorf("the page does not say at once %q", want)
		}
	}
}

// Files of another make than the page's are another edition: browsers keep none of the old.
func TestEditions(t *testing.T) {
	edition := regexp.MustCompile(`data-engine="([0-9a-f]{10})"`)
	var seen []string
	for _, engine := range []string{"one", "two", "one"} {
		s, err := assemble(map[string][]byte{"engine.wasm": []byte(engine), "index.html": mustRead(t, "../../output/live/web/dist/index.html")})
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, string(edition.Find(s.web["index.html"])))
	}
	if seen[0] == "" || seen[0] == seen[1] || seen[0] != seen[2] {
		t.Errorf("editions %q", seen)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A site is written over an older one, never over something else.
func TestNothingElseIsOverwritten(t *testing.T) {
	s, _ := made(t)
	dir := t.TempDir()
	for range 2 {
		if err := s.write(dir); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(mustRead(t, filepath.Join(dir, "agglo.html")), s.single) || len(mustRead(t, filepath.Join(dir, "web", "app.js"))) == 0 {
		t.Error("what is written is not what was made")
	}
	other := t.TempDir()
	if err := os.MkdirAll(filepath.Join(other, "web"), 0o777); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(other, "web", "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := s.write(other); err == nil || string(mustRead(t, mine)) != "mine" {
		t.Errorf("a folder of something else was written over: %v", err)
	}
}

// A page that has changed its form is told, not mended in silence.
func TestAnotherIndexIsRefused(t *testing.T) {
	if _, err := assemble(map[string][]byte{"index.html": []byte("<html><body>\n</body></html>")}); err == nil || !strings.Contains(err.Error(), "app.js") {
		t.Errorf("%v", err)
	}
}
