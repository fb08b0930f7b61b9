package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"agglo/output/plot"
)

// largestSVG is the size, in bytes, up to which a figure goes into the page as lines and letters; beyond it as pixels, or
// the page would be slow to open.
const largestSVG = 150_000

// figure is a figure in the page.
type figure struct {
	ID, Number      string
	Title, Sub, Alt string
	Data            template.URL
	Width, Height   int
	Shape           string // of which its size on paper depends: high, tall or neither
	Files           []string
}

// figure takes a figure's file into the page.
func (f *folder) figure(g plot.Figure) (figure, error) {
	one := figure{Title: unbroken(g.Title), Sub: unbroken(g.Sub), Alt: g.Alt}
	vector, pixels := "", ""
	for _, name := range g.Files {
		one.Files = append(one.Files, filepath.ToSlash(name))
		switch filepath.Ext(name) {
		case ".svg":
			vector = name
		case ".png":
			pixels = name
		}
	}
	if one.Alt == "" {
		one.Alt = strings.TrimSpace(g.Title + " " + g.Sub)
	}
	if pixels != "" {
		data, err := os.ReadFile(filepath.Join(f.dir, pixels))
		if err != nil {
			return one, err
		}
		size, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return one, fmt.Errorf("%s: %w", filepath.Join(f.dir, pixels), err)
		}
		one.Width, one.Height = size.Width, size.Height
		one.Shape = shape(float64(size.Height) / float64(size.Width))
		one.Data = address("image/png", data)
		if info, err := os.Stat(filepath.Join(f.dir, vector)); vector == "" || err != nil || info.Size() > largestSVG || info.Size() > int64(len(data)) {
			return one, nil
		}
	}
	if vector == "" {
		return one, fmt.Errorf("figure %s has neither a PNG nor an SVG", g.Name)
	}
	data, err := os.ReadFile(filepath.Join(f.dir, vector))
	if err != nil {
		return one, err
	}
	one.Data = address("image/svg+xml", data)
	return one, nil
}

// shape is what a figure of some height over its width is on paper: tall ones take a page of their own, since on half a page their
// letters would be too small; high ones take the larger part of a page with another.
func shape(ratio float64) string {
	switch {
	case ratio > 1.25:
		return "tall"
	case ratio > 1.1:
		return "high"
	}
	return ""
}

// address is a file's contents as an address that needs no other file.
func address(kind string, data []byte) template.URL {
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data))
}
