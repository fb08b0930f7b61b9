package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font"
	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdfCanvas draws on a page of a PDF. It stands here because gonum/plot's own writes letters beyond Latin as others, knows no
// bold type and turns translucent colours grey. Its bytes depend on what is drawn alone.
type pdfCanvas struct {
	doc    *fpdf.Fpdf
	high   vg.Length
	state  pdfState
	stack  []pdfState
	images int
}

// pdfState is what Push keeps and Pop brings back.
type pdfState struct {
	color color.NRGBA
	width vg.Length
	dash  []vg.Length
	phase vg.Length
}

// newPDF begins a document of one page.
func newPDF(w, h vg.Length, title, lang string) *pdfCanvas {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: float64(w), Ht: float64(h)}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetTitle(title, true)
	doc.SetLang(lang)
	doc.SetProducer("agglo", true)
	doc.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	doc.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	doc.AddPage()
	doc.SetLineCapStyle("butt")
	doc.SetLineJoinStyle("miter")
	c := &pdfCanvas{doc: doc, high: h}
	c.SetColor(color.Black)
	return c
}

// writeTo ends the document.
func (c *pdfCanvas) writeTo(w io.Writer) error { return c.doc.Output(w) }

// down turns a height above the page's foot into one below its head.
func (c *pdfCanvas) down(y vg.Length) float64 { return float64(c.high - y) }

// SetLineWidth sets the width of lines.
func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.state.width = w }

// SetLineDash sets the lengths of dashes and gaps.
func (c *pdfCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	c.state.dash, c.state.phase = pattern, offset
}

// SetColor sets the colour of what is drawn next.
func (c *pdfCanvas) SetColor(col color.Color) {
	if col == nil {
		col = color.Black
	}
	c.state.color = color.NRGBAModel.Convert(col).(color.NRGBA)
}

// Rotate turns what is drawn next, in radians.
func (c *pdfCanvas) Rotate(rad float64) { c.doc.TransformRotate(rad*180/math.Pi, 0, float64(c.high)) }

// Translate moves what is drawn next.
func (c *pdfCanvas) Translate(pt vg.Point) { c.doc.TransformTranslate(float64(pt.X), -float64(pt.Y)) }

// Scale stretches what is drawn next.
func (c *pdfCanvas) Scale(x, y float64) { c.doc.TransformScale(100*x, 100*y, 0, float64(c.high)) }

// Push keeps the state.
func (c *pdfCanvas) Push() {
	c.stack = append(c.stack, c.state)
	c.doc.TransformBegin()
}

// Pop brings the state kept last back.
func (c *pdfCanvas) Pop() {
	c.state = c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	c.doc.TransformEnd()
}

// Stroke draws a line along a path.
func (c *pdfCanvas) Stroke(p vg.Path) {
	if c.state.width <= 0 {
		return
	}
	s := c.state
	c.doc.SetDrawColor(int(s.color.R), int(s.color.G), int(s.color.B))
	c.doc.SetLineWidth(float64(s.width))
	dash := make([]float64, len(s.dash))
	for k, d := range s.dash {
		dash[k] = float64(d)
	}
	c.doc.SetDashPattern(dash, float64(s.phase))
	c.cover(func() { c.trace(p); c.doc.DrawPath("D") })
}

// Fill fills the inside of a path.
func (c *pdfCanvas) Fill(p vg.Path) {
	c.doc.SetFillColor(int(c.state.color.R), int(c.state.color.G), int(c.state.color.B))
	c.cover(func() { c.trace(p); c.doc.DrawPath("f") })
}

// cover draws with the colour's share of cover.
func (c *pdfCanvas) cover(draws func()) {
	if c.state.color.A == 0xff {
		draws()
		return
	}
	c.doc.SetAlpha(float64(c.state.color.A)/0xff, "Normal")
	draws()
	c.doc.SetAlpha(1, "Normal")
}

// trace lays a path.
func (c *pdfCanvas) trace(p vg.Path) {
	for k, step := range p {
		x, y := float64(step.Pos.X), c.down(step.Pos.Y)
		switch step.Type {
		case vg.MoveComp:
			c.doc.MoveTo(x, y)
		case vg.LineComp:
			c.doc.LineTo(x, y)
		case vg.ArcComp:
			c.arc(step, k == 0)
		case vg.CurveComp:
			a := step.Control[0]
			if len(step.Control) > 1 {
				b := step.Control[1]
				c.doc.CurveBezierCubicTo(float64(a.X), c.down(a.Y), float64(b.X), c.down(b.Y), x, y)
			} else {
				c.doc.CurveTo(float64(a.X), c.down(a.Y), x, y)
			}
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
}

// arc lays an arc as curves, each of a quarter of a circle at most.
func (c *pdfCanvas) arc(step vg.PathComp, begins bool) {
	at := func(angle float64) (x, y float64) {
		return float64(step.Pos.X) + float64(step.Radius)*math.Cos(angle), float64(step.Pos.Y) + float64(step.Radius)*math.Sin(angle)
	}
	pieces := max(1, int(math.Ceil(math.Abs(step.Angle)/(math.Pi/2)-1e-9)))
	turn := step.Angle / float64(pieces)
	reach := 4. / 3 * math.Tan(turn/4) * float64(step.Radius)
	x, y := at(step.Start)
	if begins {
		c.doc.MoveTo(x, float64(c.high)-y)
	} else {
		c.doc.LineTo(x, float64(c.high)-y)
	}
	for k := range pieces {
		from := step.Start + float64(k)*turn
		to := from + turn
		x0, y0 := at(from)
		x1, y1 := at(to)
		c.doc.CurveBezierCubicTo(
			x0-reach*math.Sin(from), float64(c.high)-(y0+reach*math.Cos(from)),
			x1+reach*math.Sin(to), float64(c.high)-(y1-reach*math.Cos(to)),
			x1, float64(c.high)-y1)
	}
}

// FillString writes a text from a point on its baseline to the right.
func (c *pdfCanvas) FillString(f vgfont.Face, pt vg.Point, txt string) {
	if f.Font.Size == 0 || txt == "" {
		return
	}
	look := ""
	if f.Font.Weight >= font.WeightSemiBold {
		look = "B"
	}
	c.doc.SetFont("sans", look, float64(f.Font.Size))
	c.doc.SetTextColor(int(c.state.color.R), int(c.state.color.G), int(c.state.color.B))
	c.cover(func() { c.doc.Text(float64(pt.X), c.down(pt.Y), txt) })
}

// DrawImage lays an image into a box.
func (c *pdfCanvas) DrawImage(box vg.Rectangle, img image.Image) {
	var pixels bytes.Buffer
	if err := png.Encode(&pixels, img); err != nil {
		c.doc.SetError(fmt.Errorf("image of a figure: %w", err))
		return
	}
	c.images++
	name := fmt.Sprintf("image%d", c.images)
	kind := fpdf.ImageOptions{ImageType: "PNG", AllowNegativePosition: true}
	c.doc.RegisterImageOptionsReader(name, kind, &pixels)
	size := box.Size()
	c.doc.ImageOptions(name, float64(box.Min.X), c.down(box.Max.Y), float64(size.X), float64(size.Y), false, kind, 0, "")
}
