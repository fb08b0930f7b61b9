package plot

import (
	"math"
	"slices"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// histogram is growth.csv pooled over its ticks: density of yearly log growth at the middle of each bin.
type histogram struct {
	x, density []float64
	width      float64 // of the first bin
	firms      float64 // in all
}

// histogram reads growth.csv. Bins are told apart by their edges, to a millionth.
func (f *folder) histogram() (*histogram, error) {
	t, err := f.table("growth.csv")
	if err != nil {
		return nil, err
	}
	h := &histogram{}
	place := map[int]int{}
	var width []float64
	for i := range t.rows {
		lo, hi, n := t.number["lo"][i], t.number["hi"][i], t.number["firms"][i]
		if !(hi > lo) || !(n >= 0) {
			continue
		}
		key := int(math.Round(lo * 1e6))
		k, ok := place[key]
		if !ok {
			k = len(h.x)
			place[key] = k
			h.x, h.density, width = append(h.x, (lo+hi)/2), append(h.density, 0), append(width, hi-lo)
		}
		h.density[k] += n
		h.firms += n
	}
	if h.firms < 10 || len(h.x) < 5 {
		return nil, skip(f.say("note.few", "growth.csv"))
	}
	h.width = width[0]
	for k := range h.density {
		h.density[k] /= h.firms * width[k]
	}
	return h, nil
}

// moments returns centre, mean absolute deviation from it and standard deviation, bin by bin.
func (h *histogram) moments() (centre, scale, sd float64) {
	share := func(k int) float64 { return h.density[k] * h.width }
	var mean float64
	for k := range h.x {
		mean += share(k) * h.x[k]
	}
	for k := range h.x {
		scale += share(k) * math.Abs(h.x[k]-mean)
		sd += share(k) * (h.x[k] - mean) * (h.x[k] - mean)
	}
	return mean, scale, math.Sqrt(sd)
}

// growth draws the density of yearly growth rates on a logarithmic axis against the two laws in question: Laplace's is
// a tent, Gauss's a parabola.
func (f *folder) growth() (*sheet, error) {
	h, err := f.histogram()
	if err != nil {
		return nil, err
	}
	centre, scale, sd := h.moments()
	for _, s := range []struct {
		name string
		to   *float64
	}{{"laplace_location", &centre}, {"laplace_scale", &scale}, {"gauss_sd", &sd}} {
		if v, ok := f.summary(s.name); ok {
			*s.to = v.value
		}
	}
	if !(scale > 0) || !(sd > 0) {
		return nil, skip(f.say("note.few", "growth.csv"))
	}
	ch := f.growthChart(h, centre, scale, sd)
	laplace := line{name: f.say("growth.laplace", f.num(scale, 3)), color: vermillion}
	gauss := line{name: f.say("growth.gauss", f.num(sd, 3)), color: green, dash: dashed}
	firms := line{name: f.say("growth.firms", f.num(h.firms, 0)), color: blue}
	title := f.say("title.growth")
	if b, ok := f.summary("subbotin_b"); ok {
		key := "title.growth.laplace"
		if math.Abs(b.value-2) < math.Abs(b.value-1) {
			key = "title.growth.gauss"
		}
		title = f.say(key, f.num(b.value, 2))
	}
	return &sheet{
		title: title, sub: f.say("sub.growth", f.first()), height: 270,
		paint: func(c draw.Canvas) {
			key(c, []entry{{firms, true}, {laplace, false}, {gauss, false}})
			lay(draw.Crop(c, 0, 0, 0, -14), [][]*chart{{ch}}, f.say("axis.growth"))
		},
	}, nil
}

// within makes a gap of what lies below the axes.
func within(v, least float64) float64 {
	if v < least {
		return math.NaN()
	}
	return v
}

// growthChart draws the densities of the bins over the two laws. Laplace's has a mean absolute deviation of scale,
// Gauss's a standard deviation of sd, both around centre.
func (f *folder) growthChart(h *histogram, centre, scale, sd float64) *chart {
	ch := f.newChart(f.say("axis.density"))
	ch.X.Tick.Marker = evenTicks{n: 7, lang: f.lang}
	ch.Y.Scale, ch.Y.Tick.Marker = gonum.LogScale{}, logTicks{f.lang}
	reach := 0.0
	for k, x := range h.x {
		if h.density[k] > 0 {
			reach = math.Max(reach, math.Abs(x))
		}
	}
	ch.X.Max = .25 * math.Ceil(math.Max(reach, 2*scale)/.25)
	ch.X.Min = -ch.X.Max
	held := slices.DeleteFunc(slices.Clone(h.density), func(d float64) bool { return d <= 0 })
	ch.Y.Min, ch.Y.Max = decades(append(held, 1/(2*scale)))
	var x, tent, bell []float64
	for i := range 401 {
		v := ch.X.Min + (ch.X.Max-ch.X.Min)*float64(i)/400
		x = append(x, v)
		tent = append(tent, within(math.Exp(-math.Abs(v-centre)/scale)/(2*scale), ch.Y.Min))
		bell = append(bell, within(math.Exp(-(v-centre)*(v-centre)/(2*sd*sd))/(sd*math.Sqrt(2*math.Pi)), ch.Y.Min))
	}
	ch.Add(rules{}, curve{x, bell, green, 1.2, dashed}, curve{x, tent, vermillion, 1.2, nil},
		dots{h.x, h.density, blue, 1.7, draw.CircleGlyph{}})
	return ch
}
