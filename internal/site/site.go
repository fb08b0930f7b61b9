// Command site makes the classroom page without a server: a folder for any web host, and one file that opens from a stick. The page is
// that of agglo serve (output/live/web/dist); the engine is output/live/wasm, compiled here for the browser. It is a tool: nothing of
// it is in the product.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/text"
)

func main() {
	out := flag.String("o", "site", "folder to write to")
	root := flag.String("root", ".", "folder of the sources")
	flag.Parse()
	if err := run(*root, *out); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

// run makes the site and says what has become of it.
func run(root, out string) error {
	engine, err := compile(root)
	if err != nil {
		return err
	}
	files, err := gather(root, engine)
	if err != nil {
		return err
	}
	s, err := assemble(files)
	if err != nil {
		return err
	}
	if err := s.write(out); err != nil {
		return err
	}
	fmt.Printf("%s  %.1f MB, for any web host; the engine has %.1f MB, %.1f compressed\n", filepath.Join(out, "web"),
		mega(s.size()), mega(len(engine)), mega(len(files["engine.wasm.gz"])))
	fmt.Printf("%s  %.1f MB, opens from a disk or a stick\n", filepath.Join(out, "agglo.html"), mega(len(s.single)))
	return nil
}

func mega(bytes int) float64 { return float64(bytes) / 1e6 }

// command runs the go command for the browser's processor.
func command(root string, args ...string) (string, error) {
	c := exec.Command("go", args...)
	c.Dir = root
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	var faults bytes.Buffer
	c.Stderr = &faults
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, faults.Bytes())
	}
	return string(out), nil
}

// compile makes the engine for the browser.
func compile(root string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "agglo-site")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "engine.wasm")
	if _, err := command(root, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", path, "./output/live/wasm"); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// pageFiles are the files of the page that package bundle makes.
var pageFiles = []string{"index.html", "app.js", "app.css", "icon.svg", "worker.js"}

// gather collects all files of the page: its own, the engine, its loader from the Go distribution, words and licences.
func gather(root string, engine []byte) (map[string][]byte, error) {
	files := map[string][]byte{"engine.wasm": engine}
	var err error
	for _, name := range pageFiles {
		if files[name], err = os.ReadFile(filepath.Join(root, "output/live/web/dist", name)); err != nil {
			return nil, err
		}
	}
	goroot, err := command(root, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	goroot = strings.TrimSpace(goroot)
	if files["wasm_exec.js"], err = os.ReadFile(filepath.Join(goroot, "lib/wasm/wasm_exec.js")); err != nil {
		return nil, fmt.Errorf("the Go distribution lacks its loader for browsers: %w", err)
	}
	for _, lang := range []string{text.English, text.Russian} {
		if files["words."+lang+".json"], err = json.Marshal(text.Page(lang)); err != nil {
			return nil, err
		}
	}
	if files["LICENSES.txt"], err = licences(root, goroot); err != nil {
		return nil, err
	}
	if files["engine.wasm.gz"], err = pack(engine); err != nil {
		return nil, err
	}
	return files, nil
}

func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

// licences are those of all that the page brings along: agglo, Go, the modules in the engine, the libraries of the page.
func licences(root, goroot string) ([]byte, error) {
	list, err := command(root, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./output/live/wasm")
	if err != nil {
		return nil, err
	}
	third := filepath.Join(root, "output/live/web/third_party")
	lines := append([]string{"agglo\t" + root, "Go\t" + goroot, "uPlot\t" + filepath.Join(third, "uplot"), "gifenc\t" + filepath.Join(third, "gifenc")},
		strings.Split(strings.TrimSpace(list), "\n")...)
	var b bytes.Buffer
	var seen []string
	for _, line := range lines {
		name, dir, found := strings.Cut(line, "\t")
		if !found || slices.Contains(seen, name) {
			continue
		}
		seen = append(seen, name)
		paths, err := filepath.Glob(filepath.Join(dir, "LICENSE*"))
		if err != nil || len(paths) == 0 {
			return nil, fmt.Errorf("%s has no licence in %s", name, dir)
		}
		more, _ := filepath.Glob(filepath.Join(dir, "NOTICE*")) // the pattern is a good one
		for _, path := range append(paths, more...) {
			data, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, "==== %s: %s ====\n\n%s\n", name, filepath.Base(path), bytes.TrimSpace(data))
		}
	}
	return b.Bytes(), nil
}

// site is what is written.
type site struct {
	web    map[string][]byte // files of the folder, by name
	single []byte            // the page as one file
}

// assemble makes the folder and the single file. What browsers keep of one edition is never mixed with another.
func assemble(files map[string][]byte) (*site, error) {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	sum := sha256.New()
	for _, name := range names {
		sum.Write([]byte(name))
		sum.Write(files[name])
	}
	edition := hex.EncodeToString(sum.Sum(nil))[:10]
	s := &site{web: map[string][]byte{}}
	for _, name := range names {
		s.web[name] = files[name]
	}
	common := []string{
		`<html lang="en">`, `<html lang="en" data-engine="` + edition + `">`,
		"<body>\n", "<body>\n" + loading(),
	}
	web, err := replaced(string(files["index.html"]), append(common,
		`href="icon.svg"`, `href="icon.svg?`+edition+`"`, `href="app.css"`, `href="app.css?`+edition+`"`, `src="app.js"`, `src="app.js?`+edition+`"`)...)
	if err != nil {
		return nil, err
	}
	s.web["index.html"] = []byte(web)
	var inside strings.Builder
	for _, name := range []string{"engine.wasm.gz", "wasm_exec.js", "worker.js", "words.en.json", "words.ru.json"} {
		fmt.Fprintf(&inside, "<script type=\"text/plain\" id=%q>%s</script>\n", name, base64.StdEncoding.EncodeToString(files[name]))
	}
	licences, err := inScript("LICENSES.txt", files["LICENSES.txt"])
	if err != nil {
		return nil, err
	}
	script, err := inScript("app.js", files["app.js"])
	if err != nil {
		return nil, err
	}
	single, err := replaced(string(files["index.html"]), append(common,
		`href="icon.svg"`, `href="data:image/svg+xml;base64,`+base64.StdEncoding.EncodeToString(files["icon.svg"])+`"`,
		`<link rel="stylesheet" href="app.css">`, "<style>\n"+string(files["app.css"])+"</style>",
		"<script src=\"app.js\" defer></script>\n", "",
		"</body>", "<script type=\"text/plain\" id=\"licences\">\n"+licences+"</script>\n"+inside.String()+"<script>\n"+script+"</script>\n</body>")...)
	s.single = []byte(single)
	return s, err
}

// inScript is a text as it may stand in a script element.
func inScript(name string, data []byte) (string, error) {
	if bytes.Contains(data, []byte("<!--")) {
		return "", fmt.Errorf("%s has a <!--, which ends no script where it should", name)
	}
	return strings.ReplaceAll(string(data), "</script", `<\/script`), nil
}

// replaced replaces each of the pairs, which must stand there once.
func replaced(s string, pairs ...string) (string, error) {
	var faults []error
	for k := 0; k < len(pairs); k += 2 {
		if n := strings.Count(s, pairs[k]); n != 1 {
			faults = append(faults, fmt.Errorf("index.html has %q %d times: want once", pairs[k], n))
		}
		s = strings.Replace(s, pairs[k], pairs[k+1], 1)
	}
	return s, errors.Join(faults...)
}

// loading is what is to be seen until the page has words: it stays where a browser is too old to run the page at all. What stands
// in .disk and .lost the page shows when the words do not come.
func loading() string {
	var b strings.Builder
	b.WriteString("<div id=\"loading\">\n")
	for _, p := range []struct{ class, key string }{{"wait", "page.engine.loading"}, {"disk", "page.engine.disk"}, {"lost", "page.engine.lost"}} {
		for _, lang := range []string{text.English, text.Russian} {
			fmt.Fprintf(&b, "<p class=%q lang=%q>%s</p>\n", p.class, lang, html.EscapeString(text.In(lang, p.key)))
		}
	}
	b.WriteString("<progress></progress>\n</div>\n")
	return b.String()
}

// size is the size of the folder, bytes.
func (s *site) size() int {
	n := 0
	for _, data := range s.web {
		n += len(data)
	}
	return n
}

// write writes the folder anew, and the file. What lay in the folder and is none of its files goes: an old edition may have had more.
func (s *site) write(out string) error {
	web := filepath.Join(out, "web")
	old, err := os.ReadDir(web)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(filepath.Join(web, "engine.wasm")); err != nil && len(old) > 0 {
		return fmt.Errorf("%s holds something else than a site: name another folder with -o", web)
	}
	if err := errors.Join(os.RemoveAll(web), os.MkdirAll(web, 0o777)); err != nil {
		return err
	}
	for name, data := range s.web {
		if err := os.WriteFile(filepath.Join(web, name), data, 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(out, "agglo.html"), s.single, 0o666)
}
