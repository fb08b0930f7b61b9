package plot

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// every is all figures that a full folder gives.
var every = []string{"map", "map_start", "years", "density", "cluster_map", "synergy_map", "network", "facilities", "infrastructure", "clusters", "series", "sizes", "growth", "synergy", "premium", "targets", "effects", "forest", "costs", "plane", "variance_reduction", "ledger"}

// both draws the figures of a run and of a comparison: the folder of the tests has the tables of both.
func both(dir, lang string) ([]Figure, error) {
	return paint(dir, Options{Lang: lang}, slices.Concat(ofRun, ofCompare))
}

// drawAll draws a folder and demands every figure.
func drawAll(t *testing.T, dir, lang string) []Figure {
	t.Helper()
	figures, err := both(dir, lang)
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != len(every) {
		t.Fatalf("%d figures, want %d: %+v", len(figures), len(every), figures)
	}
	for i, f := range figures {
		if f.Name != every[i] || f.Title == "" || f.Note != "" || len(f.Files) != 2 {
			t.Errorf("figure %d is %+v, want %s drawn", i, f, every[i])
		}
	}
	return figures
}

// picture reads a PNG.
func picture(t *testing.T, path string) image.Image {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}

// ink counts the pixels of a box that are not white.
func ink(img image.Image, box image.Rectangle) int {
	n := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if g := color.GrayModel.Convert(img.At(x, y)).(color.Gray); g.Y < 250 {
				n++
			}
		}
	}
	return n
}

func TestEveryFigure(t *testing.T) {
	for _, c := range []struct {
		lang       string
		replicates int
	}{{"en", 5}, {"ru", 1}} {
		dir := t.TempDir()
		newToy(t, dir, 3000, c.replicates)
		for _, f := range drawAll(t, dir, c.lang) {
			look(t, dir, f)
		}
	}
}

// look checks a figure's files: the PNG has its width, ink inside and a white edge all round, so nothing is clipped;
// the SVG is small, and its title is readable text.
func look(t *testing.T, dir string, f Figure) {
	t.Helper()
	img := picture(t, filepath.Join(dir, f.Files[0]))
	b := img.Bounds()
	if b.Dx() != 1425 || b.Dy() < 400 || b.Dy() > 2200 {
		t.Errorf("%s: %v pixels", f.Name, b)
	}
	all := ink(img, b)
	if all < 4000 || all > b.Dx()*b.Dy()*7/10 {
		t.Errorf("%s: %d of %d pixels are inked", f.Name, all, b.Dx()*b.Dy())
	}
	if inner := ink(img, b.Inset(14)); inner != all {
		t.Errorf("%s: %d inked pixels lie in the white edge", f.Name, all-inner)
	}
	svg, err := os.ReadFile(filepath.Join(dir, f.Files[1]))
	if err != nil {
		t.Fatal(err)
	}
	for in := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := in.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%s: SVG: %v", f.Name, err)
		}
	}
	if len(svg) > 3<<20 {
		t.Errorf("%s: SVG of %d bytes, want below 3 MB", f.Name, len(svg))
	}
	svg = regexp.MustCompile(`base64,[^"]*`).ReplaceAll(svg, nil)
	word, _, _ := strings.Cut(f.Title, " ")
	if !bytes.Contains(svg, []byte(word)) || bytes.Contains(svg, []byte("NaN")) {
		t.Errorf("%s: SVG lacks its title or holds NaN", f.Name)
	}
}

// sums returns a hash of every figure file.
func sums(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	files, err := filepath.Glob(filepath.Join(dir, "figures", "*"))
	if err != nil || len(files) != 2*len(every) {
		t.Fatalf("files %v, error %v", files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = sha256.Sum256(data)
	}
	return out
}

func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 6000, 3)
	drawAll(t, dir, "en")
	a := sums(t, dir)
	drawAll(t, dir, "en")
	if !maps.Equal(a, sums(t, dir)) {
		t.Error("two drawings of one folder differ")
	}
}

func TestTitlesSayWhatTheDataSay(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 3000, 1)
	title := map[string]string{}
	for _, f := range drawAll(t, dir, "en") {
		title[f.Name] = f.Title
	}
	for name, want := range map[string]string{
		"sizes": "exponent 1.06", "growth": "nearer Laplace than Gauss: Subbotin b = 1.08", "map": " is the strongest centre in 2020: ",
		"effects": "Subsidy, by 2030: productivity +1.6% (95% interval 1.2 to 2.0)", "costs": "The cheapest net job: tax break, 1.6 base wages",
		"cluster_map": "11 clusters hold 28% of jobs in 2020", "clusters": "Jobs in clusters rise from ", "synergy": "most through knowledge", "density": "in 2020, on ",
	} {
		if !strings.Contains(title[name], want) {
			t.Errorf("%s: title %q, want %q in it", name, title[name], want)
		}
	}
}

func TestLargeMap(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 87_000, 1)
	begin := time.Now()
	figures := drawAll(t, dir, "en")
	t.Logf("all figures of 87,000 firms: %v", time.Since(begin).Round(time.Millisecond))
	for _, f := range figures {
		for _, name := range f.Files {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%-22s %5d KB", name, info.Size()>>10)
		}
		look(t, dir, f)
	}
}

func BenchmarkMap87000(b *testing.B) {
	dir := b.TempDir()
	newToy(b, dir, 87_000, 1)
	for b.Loop() {
		f, err := open(dir, "en")
		if err != nil {
			b.Fatal(err)
		}
		s, err := f.mapEnd()
		if err != nil {
			b.Fatal(err)
		}
		s.name = "map"
		if _, err := s.write(dir, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
