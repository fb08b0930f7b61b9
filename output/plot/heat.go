package plot

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg/draw"
)

// gridTable holds means over a grid of two factors.
const gridTable = "grid.csv"

// Bounds of heat maps: metrics and policies of a folder that are drawn, and levels of a factor with whose cells a number goes.
const (
	mostHeats    = 3
	mostPanels   = 4
	mostNumbered = 8
)

// heatMap is a metric over two factors, a panel a policy.
type heatMap struct {
	metric         string
	xName, yName   string
	xs, ys         []string // levels, rising
	policies       []string
	value          map[[3]string]float64 // by policy, x, y; NaN where no run has one
	lo, hi         float64
	runs           float64 // of a cell, at most
	lowest, utmost [3]string
}

// heats draws the first metrics of a sweep over two factors.
func (f *folder) heats() ([]*sheet, error) {
	t, err := f.table(gridTable)
	if err != nil {
		if _, there := os.Stat(filepath.Join(f.dir, gridTable)); errors.Is(there, fs.ErrNotExist) {
			return nil, skip(f.say("note.nogrid"))
		}
		return nil, err
	}
	var sheets []*sheet
	for _, m := range inOrder(t.word["metric"]) {
		if h := f.heatOf(t, m); h != nil && len(sheets) < mostHeats {
			sheets = append(sheets, f.heatSheet(h))
		}
	}
	if len(sheets) == 0 {
		return nil, skip(f.say("note.empty", gridTable))
	}
	return sheets, nil
}

// inOrder lists words once each, in the order in which they come.
func inOrder(words []string) []string {
	var once []string
	for _, w := range words {
		if !slices.Contains(once, w) {
			once = append(once, w)
		}
	}
	return once
}

// rising orders levels: by value if all are numbers, else as they come.
func rising(levels []string) []string {
	value := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return math.NaN()
		}
		return v
	}
	if !slices.ContainsFunc(levels, func(s string) bool { return math.IsNaN(value(s)) }) {
		slices.SortFunc(levels, func(a, b string) int {
			if value(a) < value(b) {
				return -1
			}
			return 1
		})
	}
	return levels
}

// heatOf takes the cells of a metric; nil if no cell has a value.
func (f *folder) heatOf(t *table, metric string) *heatMap {
	h := &heatMap{metric: metric, value: map[[3]string]float64{}, lo: math.Inf(1), hi: math.Inf(-1)}
	for i := range t.rows {
		if t.word["metric"][i] != metric {
			continue
		}
		h.xName, h.yName = t.word["x_name"][i], t.word["y_name"][i]
		policy := ""
		if len(t.word["policy"]) > 0 {
			policy = t.word["policy"][i]
		}
		if !slices.Contains(h.policies, policy) {
			if len(h.policies) == mostPanels {
				continue
			}
			h.policies = append(h.policies, policy)
		}
		at, v := [3]string{policy, t.word["x"][i], t.word["y"][i]}, t.number["mean"][i]
		h.xs, h.ys = append(h.xs, at[1]), append(h.ys, at[2])
		h.value[at] = v
		h.runs = max(h.runs, t.number["runs"][i])
		if v < h.lo {
			h.lo, h.lowest = v, at
		}
		if v > h.hi {
			h.hi, h.utmost = v, at
		}
	}
	h.xs, h.ys = rising(inOrder(h.xs)), rising(inOrder(h.ys))
	if h.hi < h.lo {
		return nil
	}
	return h
}

// share is the part, in %, of the differences between the cells of the panels that goes with a factor: 1 is x, 2 is y.
func (h *heatMap) share(factor int) float64 {
	levels := [][]string{1: h.xs, 2: h.ys}[factor]
	within, all := 0.0, 0.0
	for _, p := range h.policies {
		var means []float64
		var cells []float64
		for _, level := range levels {
			var own []float64
			for _, other := range [][]string{1: h.ys, 2: h.xs}[factor] {
				at := [3]string{p, level, other}
				if factor == 2 {
					at = [3]string{p, other, level}
				}
				if v, known := h.value[at]; known && !math.IsNaN(v) {
					own = append(own, v)
				}
			}
			for range own {
				means = append(means, average(own))
			}
			cells = append(cells, own...)
		}
		middle := average(cells)
		for k := range cells {
			all += (cells[k] - middle) * (cells[k] - middle)
			within += (means[k] - middle) * (means[k] - middle)
		}
	}
	return 100 * within / all
}

// average is the mean of some values.
func average(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// heatSheet is the figure of a metric.
func (f *folder) heatSheet(h *heatMap) *sheet {
	name := f.named("column.", h.metric)
	title := f.say("title.heat.even", name, f.heatNumber(h.lo, h))
	if h.hi > h.lo {
		leads, share := h.xName, h.share(1)
		if other := h.share(2); other > share {
			leads, share = h.yName, other
		}
		title = f.say("title.heat", name, f.heatNumber(h.lo, h), h.xName, f.level(h.lowest[1]), h.yName, f.level(h.lowest[2]), f.under(h, h.lowest[0]),
			f.heatNumber(h.hi, h), f.level(h.utmost[1]), f.level(h.utmost[2]), f.under(h, h.utmost[0]), f.num(math.Floor(share+1e-9), 0), leads)
	}
	sub := f.say("sub.heat", f.title, f.num(h.runs, 0))
	if unit := f.heatUnit(h.metric); unit != "" {
		sub = f.say("unit.in", sub, unit)
	}
	return &sheet{
		title: title, sub: sub, height: h.height(),
		paint: func(c draw.Canvas) { f.drawHeat(c, h) },
	}
}

// under names the policy of a cell where there are several.
func (f *folder) under(h *heatMap, policy string) string {
	if len(h.policies) < 2 {
		return ""
	}
	return "; " + f.arm(policy)
}

// arm names the policy of a panel.
func (f *folder) arm(id string) string {
	if id == "" || id == "none" {
		return f.say("heat.none")
	}
	return f.policy(id)
}

// heatNumber writes a value of the metric with three digits.
func (f *folder) heatNumber(v float64, h *heatMap) string {
	size := math.Max(math.Abs(h.lo), math.Abs(h.hi))
	digits := 0
	if size > 0 {
		digits = max(0, 2-int(math.Floor(math.Log10(size))))
	}
	return f.num(v, min(digits, 9))
}

// plain reads a number that is written without an exponent, and how many decimals it has.
func plain(text string) (v float64, decimals int, yes bool) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(v) >= 1e15 || text != strconv.FormatFloat(v, 'f', -1, 64) {
		return 0, 0, false
	}
	if k := slices.Index([]byte(text), '.'); k >= 0 {
		decimals = len(text) - k - 1
	}
	return v, decimals, true
}
