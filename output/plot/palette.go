package plot

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// shadeCount is a colour with how many dots have it.
type shadeCount struct {
	c [3]uint8
	n int
}

// paletteOf finds the colours that serve images best: the median cut of Heckbert (1982, doi:10.1145/965145.801294). A colour that
// alone fills a box stays as it is, so that flat areas keep theirs.
func paletteOf(images []*image.RGBA, most int) color.Palette {
	counts := map[[3]uint8]int{}
	for _, img := range images {
		for i := 0; i < len(img.Pix); i += 4 {
			counts[[3]uint8(img.Pix[i:i+3])]++
		}
	}
	all := make([]shadeCount, 0, len(counts))
	for c, n := range counts {
		all = append(all, shadeCount{c, n})
	}
	slices.SortFunc(all, func(a, b shadeCount) int { return slices.Compare(a.c[:], b.c[:]) }) // a map has no order
	boxes := [][]shadeCount{all}
	for len(boxes) < most {
		widest, score, axis := -1, 0.0, 0
		for k, box := range boxes {
			if long, dots, along := extentOf(box); float64(long)*dots > score {
				widest, score, axis = k, float64(long)*dots, along
			}
		}
		if widest < 0 {
			break
		}
		left, right := cut(boxes[widest], axis)
		boxes[widest] = left
		boxes = append(boxes, right)
	}
	var p color.Palette
	for _, box := range boxes {
		p = append(p, meanOf(box))
	}
	return p
}

// extentOf is the longest side of a box of colours, how much its dots count, and along which primary colour the side lies.
func extentOf(box []shadeCount) (long int, dots float64, axis int) {
	lo, hi, n := box[0].c, box[0].c, 0
	for _, s := range box {
		n += s.n
		for k := range 3 {
			lo[k], hi[k] = min(lo[k], s.c[k]), max(hi[k], s.c[k])
		}
	}
	for k := range 3 {
		if side := int(hi[k]) - int(lo[k]); side > long {
			long, axis = side, k
		}
	}
	dots = 1
	for m := n; m > 1; m /= 2 { // by the logarithm: many dots of the paper must not take all colours
		dots++
	}
	return long, dots, axis
}

// cut parts a box where half of its dots lie on either side; each part gets one colour at least.
func cut(box []shadeCount, axis int) (left, right []shadeCount) {
	slices.SortStableFunc(box, func(a, b shadeCount) int { return cmp.Compare(a.c[axis], b.c[axis]) })
	n := 0
	for _, s := range box {
		n += s.n
	}
	half, at := 0, 0
	for at = range box {
		if half += box[at].n; 2*half >= n {
			break
		}
	}
	at = min(max(at, 1), len(box)-1)
	return box[:at:at], box[at:]
}

// meanOf is the mean colour of a box by dots.
func meanOf(box []shadeCount) color.RGBA {
	var sum [3]int
	n := 0
	for _, s := range box {
		n += s.n
		for k := range 3 {
			sum[k] += int(s.c[k]) * s.n
		}
	}
	mean := func(k int) uint8 { return uint8((sum[k] + n/2) / n) }
	return color.RGBA{mean(0), mean(1), mean(2), 255}
}
