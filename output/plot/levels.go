package plot

import (
	"math"
	"slices"
	"strconv"
)

// Tables of a sweep: its runs, which no figure reads, and what becomes of outcomes as each factor changes.
const (
	runsTable   = "runs.csv"
	levelsTable = "levels.csv"
)

// Bounds of figures of levels: factors and policies of a figure.
const (
	mostFactors = 9
	mostLines   = 4
)

// levelMark is the mean at a level of a factor, with its interval.
type levelMark struct {
	fit
	level      string
	at         float64 // on the axis: its value, or its place among the levels
	points, sd float64
}

// levelLine is what becomes of an outcome under a policy as a factor changes.
type levelLine struct {
	policy string
	marks  []levelMark
	dots   [][2]float64 // value of the factor, mean of the point
	span   fit          // greatest less least mean
	most   string       // levels at which the mean is greatest and least
	least  string
}

// levelFactor is a factor with a line a policy.
type levelFactor struct {
	name  string
	cut   bool // its values are cut into bins
	lines []*levelLine
}

// levelFigure is an outcome over all factors.
type levelFigure struct {
	metric  string
	factors []*levelFactor
	over    string  // what intervals are over; empty where there is none
	n       float64 // seeds, at most
}

// levels draws the first outcomes of a sweep against each factor, a sheet an outcome.
func (f *folder) levels() ([]*sheet, error) {
	t, err := f.table(levelsTable)
	if err != nil {
		return nil, err
	}
	var sheets []*sheet
	for _, metric := range inOrder(t.word["metric"]) {
		if x := levelsOf(t, metric); len(x.factors) > 0 && len(sheets) < mostHeats {
			sheets = append(sheets, f.levelSheet(x))
		}
	}
	if len(sheets) == 0 {
		return nil, skip(f.say("note.empty", levelsTable))
	}
	return sheets, nil
}

// levelsOf takes the rows of an outcome.
func levelsOf(t *table, metric string) *levelFigure {
	x := &levelFigure{metric: metric}
	lines := map[[2]string]*levelLine{}
	for i := range t.rows {
		w, n := t.word, t.number
		if w["metric"][i] != metric || math.IsNaN(n["mean"][i]) {
			continue
		}
		k := slices.IndexFunc(x.factors, func(y *levelFactor) bool { return y.name == w["factor"][i] })
		if k < 0 {
			k = len(x.factors)
			x.factors = append(x.factors, &levelFactor{name: w["factor"][i]})
		}
		policy := ""
		if len(w["policy"]) > 0 {
			policy = w["policy"][i]
		}
		line := lines[[2]string{w["factor"][i], policy}]
		if line == nil {
			line = &levelLine{policy: policy, span: fit{math.NaN(), math.NaN(), math.NaN()}}
			lines[[2]string{w["factor"][i], policy}] = line
			x.factors[k].lines = append(x.factors[k].lines, line)
		}
		x.add(t, i, x.factors[k], line)
	}
	x.choose()
	return x
}

// add takes a row.
func (x *levelFigure) add(t *table, i int, factor *levelFactor, line *levelLine) {
	w, n := t.word, t.number
	value, err := strconv.ParseFloat(w["level"][i], 64)
	estimate := fit{n["mean"][i], n["lo"][i], n["hi"][i]}
	switch w["kind"][i] {
	case "level":
		line.marks = append(line.marks, levelMark{estimate, w["level"][i], 0, n["points"][i], n["sd"][i]})
	case "bin":
		if err != nil {
			return
		}
		factor.cut = true
		line.marks = append(line.marks, levelMark{estimate, w["level"][i], value, n["points"][i], n["sd"][i]})
	case "point":
		if err == nil {
			line.dots = append(line.dots, [2]float64{value, estimate.value})
		}
	case "range":
		line.span, line.most = estimate, w["level"][i]
		if len(w["from"]) > 0 {
			line.least = w["from"][i]
		}
	}
	if over := w["over"][i]; over != "" {
		x.over = over
		x.n = math.Max(x.n, n["n"][i])
	}
}

// choose leaves out what has no place in a figure, and gives levels their places.
func (x *levelFigure) choose() {
	x.factors = slices.DeleteFunc(x.factors, func(y *levelFactor) bool { return len(y.lines[0].marks) == 0 })
	for len(x.factors) > mostFactors {
		least := 0
		for k, y := range x.factors {
			if y.lines[0].span.value < x.factors[least].lines[0].span.value {
				least = k
			}
		}
		x.factors = slices.Delete(x.factors, least, least+1)
	}
	for _, y := range x.factors {
		y.lines = y.lines[:min(len(y.lines), mostLines)]
		if y.cut {
			continue
		}
		levels := y.levels()
		for _, line := range y.lines {
			for k := range line.marks {
				line.marks[k].at = float64(slices.Index(levels, line.marks[k].level))
			}
		}
	}
}

// levels are those of all lines, in order.
func (y *levelFactor) levels() []string {
	var all []string
	for _, line := range y.lines {
		for _, m := range line.marks {
			all = append(all, m.level)
		}
	}
	return rising(inOrder(all))
}

// lead is the factor that moves the outcome most under the first policy, among those whose range is beyond chance if there are any.
func (x *levelFigure) lead() (lead *levelFactor, sure bool) {
	for _, y := range x.factors {
		span := y.lines[0].span
		if beyond := span.lo > 0; lead == nil || beyond && !sure || beyond == sure && span.value > lead.lines[0].span.value {
			lead, sure = y, beyond
		}
	}
	return lead, sure
}

// share is the part, in %, of the differences between points that goes with the factor, less what chance gives to so many levels (Kelley
// 1935); NaN where no level has two points.
func (l *levelLine) share() float64 {
	n, sum := 0.0, 0.0
	for _, m := range l.marks {
		n, sum = n+m.points, sum+m.points*m.value
	}
	within, all := 0.0, 0.0
	for _, m := range l.marks {
		if m.points > 1 {
			within += (m.points - 1) * m.sd * m.sd
		}
		all += m.points * (m.value - sum/n) * (m.value - sum/n)
	}
	free := n - float64(len(l.marks))
	if all += within; free < 1 || all == 0 {
		return math.NaN()
	}
	return 100 * math.Max(0, 1-within/free/(all/(n-1)))
}

// levelTitle says what an outcome does.
func (f *folder) levelTitle(x *levelFigure) string {
	name, under := f.named("column.", x.metric), ""
	if first := x.factors[0].lines; len(first) > 1 {
		under = " (" + f.arm(first[0].policy) + ")"
	}
	lead, sure := x.lead()
	line := lead.lines[0]
	if math.IsNaN(line.span.value) {
		return f.say("title.levels.one", name, f.three(line.marks[0].value, line.marks[0].value), lead.name, f.short(line.marks[0].level))
	}
	at := func(level string) (v float64) {
		for _, m := range line.marks {
			if m.level == level {
				v = m.value
			}
		}
		return v
	}
	size := math.Max(math.Abs(at(line.most)), math.Abs(at(line.least)))
	low, high := f.three(at(line.least), size), f.three(at(line.most), size)
	switch share := line.share(); {
	case line.span.value == 0:
		return f.say("title.levels.even", name, low, under)
	case math.IsNaN(line.span.lo):
		return f.say("title.levels.single", name, under, lead.name, low, f.short(line.least), high, f.short(line.most))
	case !sure:
		return f.say("title.levels.chance", name, under, lead.name, low, f.short(line.least), high, f.short(line.most))
	case math.IsNaN(share) || len(x.factors) < 2:
		return f.say("title.levels", name, under, lead.name, low, f.short(line.least), high, f.short(line.most))
	default:
		return f.say("title.levels.share", name, under, lead.name, low, f.short(line.least), high, f.short(line.most), f.num(math.Floor(share+1e-9), 0))
	}
}

// three writes a value with three digits of a size.
func (f *folder) three(v, size float64) string {
	digits := 0
	if size > 0 {
		digits = max(0, 2-int(math.Floor(math.Log10(math.Abs(size)))))
	}
	return f.num(v, min(digits, 9))
}

// short writes a level: a number that has many digits with three of them, without noughts at the end.
func (f *folder) short(level string) string {
	v, err := strconv.ParseFloat(level, 64)
	if err != nil || len(level) <= 6 || v == 0 {
		return f.level(level)
	}
	digits := min(max(0, 2-int(math.Floor(math.Log10(math.Abs(v))))), 9)
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', digits, 64), 64) // digits are a number
	return f.level(strconv.FormatFloat(rounded, 'f', -1, 64))
}
