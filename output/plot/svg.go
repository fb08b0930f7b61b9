package plot

import (
	"bytes"
	"fmt"
	"strings"

	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// measured is the writer of SVG that keeps how wide each text is.
type measured struct {
	*vgsvg.Canvas
	widths []vg.Length // in the order of texts; 0 of what cannot be seen
}

// FillString writes a text.
func (c *measured) FillString(f vgfont.Face, pt vg.Point, txt string) {
	wide := vg.Length(0)
	if strings.TrimSpace(txt) != "" {
		wide = f.Width(txt)
	}
	c.widths = append(c.widths, wide)
	c.Canvas.FillString(f, pt, txt)
}

// mend corrects what the writer leaves to chance: typefaces for machines without Liberation Sans, the width of each text, which is
// that of the layout whatever the typeface is, so that no text runs into the next one, and the kind of embedded images, which are PNG.
func (c *measured) mend(svg []byte) []byte {
	svg = bytes.ReplaceAll(svg, []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;"))
	svg = bytes.ReplaceAll(svg, []byte("data:image/jpg;base64,"), []byte("data:image/png;base64,"))
	parts := bytes.Split(svg, []byte("<text "))
	out := bytes.NewBuffer(parts[0])
	for k, part := range parts[1:] {
		out.WriteString("<text ")
		if wide := c.widths[k]; wide > 0 {
			fmt.Fprintf(out, `textLength="%.2f" lengthAdjust="spacingAndGlyphs" `, wide.Points())
		}
		out.Write(part)
	}
	return out.Bytes()
}
