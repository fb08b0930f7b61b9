package plot

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A figure's PDF is one page of the figure's size with both typefaces inside, whole letters of both languages, and the same
// bytes when it is drawn again. A layer of many marks is an image in it.
func TestPDF(t *testing.T) {
	dir := t.TempDir()
	newToy(t, dir, 6000, 1)
	f, err := open(dir, "ru")
	if err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]func() (*sheet, error){"map": f.mapEnd, "series": f.series} {
		s, err := of()
		if err != nil {
			t.Fatal(err)
		}
		s.name = name
		var before []byte
		for range 2 {
			files, err := s.write(dir, Options{Lang: "ru", PDF: true})
			if err != nil || len(files) != 3 || filepath.Ext(files[2]) != ".pdf" {
				t.Fatalf("%s: files %v, error %v", name, files, err)
			}
			data, err := os.ReadFile(filepath.Join(dir, files[2]))
			if err != nil {
				t.Fatal(err)
			}
			if before != nil && !bytes.Equal(before, data) {
				t.Errorf("%s: two drawings differ", name)
			}
			before = data
		}
		for _, want := range []string{"%PDF-", "/MediaBox [0 0 513.00 ", "utf8sans", "utf8sansB", "/Lang (ru)"} {
			if !bytes.Contains(before, []byte(want)) {
				t.Errorf("%s: the PDF lacks %q", name, want)
			}
		}
		images := len(regexp.MustCompile(`/Subtype /Image\s+/Width`).FindAll(before, -1))
		if (images > 0) != (name == "map") {
			t.Errorf("%s: %d images", name, images)
		}
		if len(before) > 1<<20 {
			t.Errorf("%s: %d bytes", name, len(before))
		}
	}
}
