package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	gonum "gonum.org/v1/plot"
	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of type, in points: heading, labels, ticks and notes.
const (
	headSize  vg.Length = 11
	labelSize vg.Length = 9
	noteSize  vg.Length = 8
)

// Okabe and Ito's palette (2008), which readers with any of the common kinds of colour blindness can tell apart, two
// more that keep the distance, and the greys of everything that is not data.
var (
	blue       = color.NRGBA{0x00, 0x72, 0xb2, 0xff}
	vermillion = color.NRGBA{0xd5, 0x5e, 0x00, 0xff}
	green      = color.NRGBA{0x00, 0x9e, 0x73, 0xff}
	sky        = color.NRGBA{0x56, 0xb4, 0xe9, 0xff}
	orange     = color.NRGBA{0xe6, 0x9f, 0x00, 0xff}
	purple     = color.NRGBA{0xcc, 0x79, 0xa7, 0xff}
	yellow     = color.NRGBA{0xf0, 0xe4, 0x42, 0xff}
	brown      = color.NRGBA{0x5b, 0x3a, 0x1e, 0xff}
	indigo     = color.NRGBA{0x33, 0x22, 0x88, 0xff}
	white      = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	black      = color.NRGBA{0x1a, 0x1a, 0x1a, 0xff}
	grey       = color.NRGBA{0x5f, 0x5f, 0x5f, 0xff}
	pale       = color.NRGBA{0xa6, 0xa6, 0xa6, 0xff}
	rule       = color.NRGBA{0xe2, 0xe2, 0xe2, 0xff}
	usual      = color.NRGBA{0xee, 0xee, 0xe8, 0xff} // the band in which published values lie
	land       = color.NRGBA{0xf3, 0xf3, 0xef, 0xff}
)

// cividis is the colour scale of Nunez, Anderton and Renslow (2018, doi:10.1371/journal.pone.0199239) at nine even
// steps, turned round and with its yellow end washed out: pale is little, dark is much, on white paper and in grey.
var cividis = [9]color.NRGBA{
	{0xfa, 0xf4, 0xd4, 0xff}, {0xe9, 0xd8, 0x8c, 0xff}, {0xbf, 0xb0, 0x6c, 0xff}, {0x9d, 0x95, 0x76, 0xff},
	{0x7d, 0x7c, 0x78, 0xff}, {0x5f, 0x63, 0x6e, 0xff}, {0x41, 0x4d, 0x6b, 0xff}, {0x0f, 0x36, 0x6e, 0xff},
	{0x00, 0x20, 0x51, 0xff},
}

// shade returns the colour of t in [0, 1] on the scale; values outside are drawn as its ends.
func shade(t float64) color.NRGBA {
	t = math.Min(math.Max(t, 0), 1) * float64(len(cividis)-1)
	k := min(int(t), len(cividis)-2)
	part := t - float64(k)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + part*(float64(b)-float64(a)) + .5) }
	a, b := cividis[k], cividis[k+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// faint returns a colour with less cover; share is in [0, 1].
func faint(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(share*255 + .5)
	return c
}

// style returns the style of a text: the program's one typeface, left-aligned at the baseline's height.
func style(size vg.Length, c color.Color, bold bool) draw.TextStyle {
	f := vgfont.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = font.WeightBold
	}
	return draw.TextStyle{Color: c, Font: f, XAlign: draw.XLeft, YAlign: draw.YBottom, Handler: gonum.DefaultTextHandler}
}

// right and centred return the style with another horizontal alignment.
func right(s draw.TextStyle) draw.TextStyle   { s.XAlign = draw.XRight; return s }
func centred(s draw.TextStyle) draw.TextStyle { s.XAlign = draw.XCenter; return s }

// middle returns the style aligned at half its height.
func middle(s draw.TextStyle) draw.TextStyle { s.YAlign = draw.YCenter; return s }

// beside writes a text whose digits' half height is that of the point.
func beside(c draw.Canvas, s draw.TextStyle, at vg.Point, txt string) {
	at.Y += .9
	c.FillText(middle(s), at, txt)
}

// onWhite writes a text as beside does, on a white box, so that no line of the axes runs through it.
func onWhite(c draw.Canvas, s draw.TextStyle, at vg.Point, txt string) {
	c.SetColor(white)
	c.Fill(vg.Rectangle{Min: vg.Point{X: at.X - 1, Y: at.Y - s.Font.Size/2}, Max: vg.Point{X: at.X + s.Width(txt) + 1, Y: at.Y + s.Font.Size/2}}.Path())
	beside(c, s, at, txt)
}

// atSpaces parts a text at its spaces, but for those that never break a line, as between the thousands of a number. No line begins
// with a dash.
func atSpaces(txt string) []string {
	txt = strings.ReplaceAll(txt, " — ", "\u00a0— ")
	return strings.FieldsFunc(txt, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' })
}

// wrap breaks a text into lines no wider than width.
func wrap(s draw.TextStyle, txt string, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range atSpaces(txt) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && s.Width(longer) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

// shorten cuts a text at the end until it is no wider than width, and marks the cut.
func shorten(s draw.TextStyle, txt string, width vg.Length) string {
	if s.Width(txt) <= width {
		return txt
	}
	runes := []rune(txt)
	for len(runes) > 1 && s.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// shortenPath cuts a path such as scenario.areas.bay.land at its beginning until it is no wider than width, and marks the cut: what tells
// it from others stands at its end.
func shortenPath(s draw.TextStyle, path string, width vg.Length) string {
	if s.Width(path) <= width {
		return path
	}
	runes := []rune(path)
	for len(runes) > 1 && s.Width("…"+string(runes)) > width {
		runes = runes[1:]
	}
	return "…" + strings.TrimSpace(string(runes))
}

// twoLines breaks a text into two lines at most, each no wider than width: between words, or behind a hyphen where a word is too wide by
// itself. What then has no room is cut behind a whole word, and the cut is marked.
func twoLines(s draw.TextStyle, txt string, width vg.Length) []string {
	if s.Width(txt) <= width {
		return []string{txt}
	}
	if head, tail, found := strings.Cut(txt, ": "); found && s.Width(head+":") <= width && s.Width(tail) <= width {
		return []string{head + ":", tail} // a place and what it makes
	}
	parts := atSpaces(txt)
	for k := 0; k < len(parts); k++ {
		if at := strings.LastIndex(strings.TrimSuffix(parts[k], "-"), "-"); at > 0 && s.Width(parts[k]) > width {
			parts = slices.Insert(parts, k+1, parts[k][at+1:])
			parts[k] = parts[k][:at+1]
			k-- // what is left may still be too wide
		}
	}
	var lines []string
	for k, part := range parts {
		if k == 0 {
			lines = []string{part}
			continue
		}
		last := &lines[len(lines)-1]
		longer := *last + " " + part
		if strings.HasSuffix(*last, "-") {
			longer = *last + part
		}
		switch {
		case s.Width(longer) <= width:
			*last = longer
		case len(lines) < 2:
			lines = append(lines, part)
		default:
			for strings.Contains(*last, " ") && s.Width(*last+" …") > width {
				*last = (*last)[:strings.LastIndex(*last, " ")]
			}
			*last += " …"
			return shortened(s, lines, width)
		}
	}
	return shortened(s, lines, width)
}

// shortened cuts each line that is too wide, as one word without a hyphen may be.
func shortened(s draw.TextStyle, lines []string, width vg.Length) []string {
	for k := range lines {
		lines[k] = shorten(s, lines[k], width)
	}
	return lines
}
