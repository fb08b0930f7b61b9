package class

import (
	"math"
	"slices"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/output/live/session"
)

// Figure is a number that may not exist, as pages read it.
type Figure = session.Figure

// A Dot is the outcome of one world.
type Dot struct {
	Value     Figure `json:"value"`
	Replicate int    `json:"replicate"`
	Seed      uint64 `json:"seed"`
	Student   int    `json:"student"`
}

// An ArmFound is what the worlds of one arm say: their mean with its 95% interval.
type ArmFound struct {
	Label string `json:"label"`
	N     int    `json:"n"`
	Mean  Figure `json:"mean"`
	Lo    Figure `json:"lo"`
	Hi    Figure `json:"hi"`
	Dots  []Dot  `json:"dots"` // by replicate
}

// A Contrast is the difference of an arm from the first, over worlds that share their seeds, with its 95% interval.
type Contrast struct {
	Arm   int    `json:"arm"`
	Pairs int    `json:"pairs"`
	Mean  Figure `json:"mean"`
	Lo    Figure `json:"lo"`
	Hi    Figure `json:"hi"`
	Other int    `json:"other"` // pairs that alone would have pointed the other way than the mean
}

// Found is what all worlds of a round say together, in a language.
type Found struct {
	Arms      []ArmFound `json:"arms"`
	Contrasts []Contrast `json:"contrasts"`
	Sentences []string   `json:"sentences"`
}

// found is what the worlds that are done say. It is worked out once for all who ask. The lock is held.
func (c *Class) found(lang string) Found {
	at := [2]int{c.round, len(c.done)}
	if c.kept == nil || c.keptAt != at {
		c.kept, c.keptAt = map[string]Found{}, at
	}
	f, known := c.kept[lang]
	if !known {
		f = c.find(lang)
		c.kept[lang] = f
	}
	return f
}

// find reads what is done. The lock is held.
func (c *Class) find(lang string) Found {
	t := c.task
	f := Found{Arms: []ArmFound{}, Contrasts: []Contrast{}, Sentences: []string{}}
	if t == nil {
		return f
	}
	values := make([]map[int]float64, len(t.arms))
	for k := range t.arms {
		values[k] = map[int]float64{}
		f.Arms = append(f.Arms, ArmFound{Label: t.label(lang, k), Dots: []Dot{}})
	}
	for _, h := range c.done {
		values[h.arm][h.replicate] = h.value
		a := &f.Arms[h.arm]
		a.Dots = append(a.Dots, Dot{Figure(h.value), h.replicate, h.seed, h.seat})
	}
	for k := range f.Arms {
		a := &f.Arms[k]
		slices.SortFunc(a.Dots, func(x, y Dot) int { return x.Replicate - y.Replicate })
		x := make([]float64, len(a.Dots))
		for i, d := range a.Dots {
			x[i] = float64(d.Value)
		}
		a.N = len(x)
		a.Mean, a.Lo, a.Hi = interval(t.Seed, x)
	}
	for k := 1; k < len(t.arms); k++ {
		f.Contrasts = append(f.Contrasts, contrast(t.Seed, k, values[k], values[0]))
	}
	f.Sentences = c.sentences(lang, &f)
	return f
}

// interval is the mean of a sample with its interval; what does not exist is NaN.
func interval(seed uint64, x []float64) (mean, lo, hi Figure) {
	if len(x) == 0 {
		return Figure(math.NaN()), Figure(math.NaN()), Figure(math.NaN())
	}
	m, l, h := study.MeanInterval(seed, x)
	return Figure(m), Figure(l), Figure(h)
}

// contrast compares two arms over the seeds that both have.
func contrast(seed uint64, arm int, with, without map[int]float64) Contrast {
	var shared []int
	for r := range with {
		if _, both := without[r]; both {
			shared = append(shared, r)
		}
	}
	slices.Sort(shared)
	x := make([]float64, len(shared))
	for i, r := range shared {
		x[i] = with[r] - without[r]
	}
	d := Contrast{Arm: arm, Pairs: len(x)}
	d.Mean, d.Lo, d.Hi = interval(seed, x)
	for _, v := range x {
		if v*float64(d.Mean) < 0 {
			d.Other++
		}
	}
	return d
}

// sentences says in words what was found.
func (c *Class) sentences(lang string, f *Found) []string {
	t := c.task
	name := text.In(lang, "page.metric."+t.Metric)
	whole := func(n int) string { return text.Number(lang, float64(n), 0) }
	if len(c.done) == 0 {
		return []string{text.In(lang, "class.say.none")}
	}
	if len(t.arms) == 1 {
		return []string{alone(lang, name, &t.outcome, &f.Arms[0])}
	}
	var said []string
	for _, d := range f.Contrasts {
		with, without := f.Arms[d.Arm].Label, f.Arms[0].Label
		if d.Pairs < 2 {
			said = append(said, text.In(lang, "class.say.few", with, without))
			continue
		}
		lo, hi, key := float64(d.Lo), float64(d.Hi), "class.say.open"
		switch {
		case lo > 0:
			key = "class.say.more"
		case hi < 0:
			key = "class.say.less"
			lo, hi = -hi, -lo
		}
		low, high := t.outcome.difference(lang, lo, hi, key == "class.say.open")
		said = append(said, text.In(lang, key, name, whole(d.Pairs), with, without, low, high)+" "+
			text.In(lang, "class.say.other", whole(d.Pairs), whole(d.Other)))
		if d.Pairs < study.Least {
			said[len(said)-1] += " " + text.In(lang, "class.say.least")
		}
	}
	if len(f.Contrasts) > 1 {
		said = append(said, text.In(lang, "class.say.many"))
	}
	return said
}

// alone says what worlds of one arm show: how far chance alone carries.
func alone(lang, name string, o *Outcome, a *ArmFound) string {
	if a.N == 1 {
		return text.In(lang, "class.say.one", name, o.level(lang, float64(a.Mean)))
	}
	lo, hi, off := math.Inf(1), math.Inf(-1), 0.0
	for _, d := range a.Dots {
		v := float64(d.Value)
		lo, hi = min(lo, v), max(hi, v)
		off += math.Abs(v-float64(a.Mean)) / float64(a.N)
	}
	_, by := o.difference(lang, off, off, false)
	return text.In(lang, "class.say.luck", text.Number(lang, float64(a.N), 0), name, o.level(lang, lo), o.level(lang, hi),
		o.level(lang, float64(a.Lo)), o.level(lang, float64(a.Hi)), by)
}

// level writes a value of the outcome.
func (o *Outcome) level(lang string, v float64) string {
	switch {
	case o.Share:
		return text.In(lang, "class.percent", text.Number(lang, 100*v, 1))
	case o.Count && math.Abs(v) >= 20:
		return text.Number(lang, v, 0)
	}
	return text.Figure(lang, v)
}

// difference writes the two ends of a difference of outcomes, with signs if asked for; shares differ by points.
func (o *Outcome) difference(lang string, lo, hi float64, signed bool) (low, high string) {
	decimals := 1 // both ends have as many, those of the larger
	if most := max(math.Abs(lo), math.Abs(hi)); !o.Share && most > 0 {
		decimals = max(0, min(6, 2-int(math.Floor(math.Log10(most)))))
	}
	write := func(v float64) string {
		sign := ""
		if signed && v > 0 {
			sign = "+"
		}
		if o.Share {
			v *= 100
		}
		return sign + text.Number(lang, v, decimals)
	}
	low, high = write(lo), write(hi)
	if o.Share {
		high = text.In(lang, "class.points", high)
	}
	return low, high
}
