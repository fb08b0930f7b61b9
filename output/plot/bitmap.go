package plot

import (
	"image"
	"math"

	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// bitmap is the writer of PNG and of a film's frames that sets letters as far apart as the layout takes them to be. The typeface's own
// writer moves the second letter of a pair such as "Ta" by as many dots whatever the size of type is: right at 32 dots an em, three
// times too much for labels at 100 dots an inch.
type bitmap struct{ *vgimg.Canvas }

// newBitmap begins a picture of a sheet's size with so many dots per inch.
func newBitmap(w, h vg.Length, dots int) bitmap {
	return bitmap{vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dots))}
}

// draw paints a sheet and returns the picture.
func (c bitmap) draw(s *sheet) image.Image {
	s.draw(draw.New(c))
	return c.Image()
}

// FillString writes a text in runs within which no letter is moved towards another.
func (c bitmap) FillString(f vgfont.Face, pt vg.Point, txt string) {
	for _, r := range runs(f, txt) {
		c.Canvas.FillString(f, vg.Point{X: pt.X + r.from, Y: pt.Y}, r.txt)
	}
}

// run is a part of a text and how far from the text's beginning it stands.
type run struct {
	from vg.Length
	txt  string
}

// runs parts a text between the letters that are moved towards each other, or apart.
func runs(f vgfont.Face, txt string) []run {
	var all []run
	last, begun, from := "", 0, vg.Length(0)
	for k, r := range txt {
		letter := string(r)
		if last != "" && math.Abs(float64(f.Width(last+letter)-f.Width(last)-f.Width(letter))) > 1e-6 {
			all = append(all, run{from, txt[begun:k]})
			begun, from = k, f.Width(txt[:k+len(letter)])-f.Width(letter)
		}
		last = letter
	}
	return append(all, run{from, txt[begun:]})
}
