package plot

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"path/filepath"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// dpi is the resolution of PNG files and of image layers, in dots per inch.
const dpi = 200

// grain is the unit of sizes, in points: it is a whole number of dots (25), so image layers fall on the dots of a PNG.
const grain vg.Length = 9

// pageWidth is the width of every figure: 181 mm, two columns of a journal.
const pageWidth = 57 * grain

// margin is the white edge, in points.
const margin vg.Length = 9

// subStep is the height of a line of a subtitle.
const subStep = noteSize + 3

// sheet is a figure to be drawn: what to see, on what data, and how.
type sheet struct {
	name   string
	title  string // says what to see
	sub    string // says what it is of
	height vg.Length
	paint  func(c draw.Canvas) // draws below the title
}

// headLines returns title and subtitle broken to the width, and the height that both take. Neither is cut: a subtitle ends with what
// the marks are, without which a figure is not read.
func (s *sheet) headLines() (title, sub []string, high vg.Length) {
	title = wrap(style(headSize, black, true), s.title, pageWidth-2*margin)
	sub = wrap(style(noteSize, grey, false), s.sub, pageWidth-2*margin)
	return title, sub, vg.Length(len(title))*(headSize+3) + vg.Length(len(sub))*subStep + 5
}

// draw paints the whole sheet.
func (s *sheet) draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, margin, -margin, margin, -margin)
	title, sub, high := s.headLines()
	y := c.Max.Y
	for _, l := range title {
		y -= headSize + 3
		c.FillText(style(headSize, black, true), vg.Point{X: c.Min.X, Y: y}, l)
	}
	for _, l := range sub {
		y -= subStep
		c.FillText(style(noteSize, grey, false), vg.Point{X: c.Min.X, Y: y}, l)
	}
	s.paint(draw.Crop(c, 0, 0, 0, -high))
}

// total returns the height of the sheet in whole grains.
func (s *sheet) total() vg.Length {
	_, _, head := s.headLines()
	n := int((s.height + head + 2*margin) / grain)
	return vg.Length(n+1) * grain
}

// write draws the sheet as PNG, SVG and, if asked for, PDF into the figures folder of a run folder and returns the names, relative to
// the run folder. Each file appears whole or not at all.
func (s *sheet) write(dir string, o Options) ([]string, error) {
	w, h := pageWidth, s.total()
	pixels, err := s.pixels(dpi)
	if err != nil {
		return nil, err
	}
	vector, err := s.vector()
	if err != nil {
		return nil, err
	}
	files := []struct {
		kind string
		data []byte
	}{{"png", pixels}, {"svg", vector}}
	if o.PDF {
		page := newPDF(w, h, s.title, o.Lang)
		s.draw(draw.NewCanvas(page, w, h))
		var document bytes.Buffer
		if err := page.writeTo(&document); err != nil {
			return nil, fmt.Errorf("plot: %s: %w", s.name, err)
		}
		files = append(files, struct {
			kind string
			data []byte
		}{"pdf", document.Bytes()})
	}
	var names []string
	for _, file := range files {
		name := filepath.Join("figures", s.name+"."+file.kind)
		if err := put(filepath.Join(dir, name), file.data); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

// pixels draws the sheet as a PNG with so many dots per inch.
func (s *sheet) pixels(dots int) ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, newBitmap(pageWidth, s.total(), dots).draw(s)); err != nil {
		return nil, fmt.Errorf("plot: %s: %w", s.name, err)
	}
	return out.Bytes(), nil
}

// vector draws the sheet as an SVG.
func (s *sheet) vector() ([]byte, error) {
	lines := &measured{Canvas: vgsvg.New(pageWidth, s.total())}
	s.draw(draw.New(lines))
	var out bytes.Buffer
	if _, err := lines.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("plot: %s: %w", s.name, err)
	}
	return lines.mend(out.Bytes()), nil
}

// put writes a figure's file.
func put(path string, data []byte) error {
	if err := whole(path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return fmt.Errorf("plot: %w", err)
	}
	return nil
}
