package plot

import (
	"image"
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// inked returns the columns of a picture from the first to the last that hold ink, in points.
func inked(img image.Image, dots float64) float64 {
	b := img.Bounds()
	first, last := b.Max.X, b.Min.X-1
	for x := b.Min.X; x < b.Max.X; x++ {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 200 {
				first, last = min(first, x), max(last, x)
			}
		}
	}
	return float64(last-first+1) * 72 / dots
}

// A text is as wide in a picture as in the layout, at any resolution and size of type, whatever pairs of letters it has.
func TestLettersStandApartAsLaidOut(t *testing.T) {
	const txt = "|TaTaTaTaTaTaAVAVAVy,y,y,LTLT11ТаТа|" // strokes at both ends, of which ink tells the place
	for _, dots := range []int{72, 100, 200, 400} {
		for _, size := range []vg.Length{noteSize, headSize, 24} {
			s := style(size, color.Black, false)
			c := newBitmap(60*size, 2*size, dots)
			canvas := draw.New(c)
			canvas.SetColor(color.White)
			canvas.Fill(canvas.Rectangle.Path())
			canvas.FillText(s, vg.Point{X: size, Y: size / 2}, txt)
			got, want := inked(c.Image(), float64(dots)), float64(s.Width(txt)-s.Width("|"))
			if far := 1.5 * 72 / float64(dots); math.Abs(got-want) > far+.12*float64(size) {
				t.Errorf("%v points at %d dots per inch: %.2f points wide, laid out %.2f", size, dots, got, want)
			}
		}
	}
}

// A text is parted only where letters are moved, and no letter is lost.
func TestRuns(t *testing.T) {
	face := style(noteSize, color.Black, false)
	f := face.Handler.Cache().Lookup(face.Font, face.Font.Size)
	for txt, want := range map[string]int{"": 1, "net jobs": 1, "Tax": 2, "AVAV": 4, "Дома": 2} {
		all := runs(f, txt)
		whole := ""
		for _, r := range all {
			if at := f.Width(whole + string([]rune(r.txt + " ")[:1])); math.Abs(float64(r.from+f.Width(string([]rune(r.txt + " ")[:1]))-at)) > 1e-6 {
				t.Errorf("%q: part %q stands at %v", txt, r.txt, r.from)
			}
			whole += r.txt
		}
		if len(all) != want || whole != txt {
			t.Errorf("%q is parted into %v: want %d parts", txt, all, want)
		}
	}
}
