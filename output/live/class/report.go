package class

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"

	"agglo/internal/text"
	"agglo/output/plot"
)

//go:embed report.html
var skeleton string

// page is what the report's skeleton is filled with.
type page struct {
	Lang, Title, Kind, Question string
	Sentences                   []string
	Figures                     []figure
	Head                        []string
	Rows                        [][]string
	Facts                       [][2]string
	File, Command               string
	Say                         func(key string, args ...any) string
}

// figure is a picture in the report.
type figure struct {
	Data template.URL
	Alt  string
}

// RunsFile is the table of the round with its name, for a download.
func (c *Class) RunsFile(string) (kind, name string, data []byte, err error) {
	data, err = c.Runs()
	return "text/csv; charset=utf-8", fmt.Sprintf("class-%d.csv", c.roundNow()), data, err
}

// TaskFile is the experiment of the round with its name, for a download.
func (c *Class) TaskFile(string) (kind, name string, data []byte, err error) {
	data, err = c.File()
	return "application/yaml; charset=utf-8", fmt.Sprintf("class-%d.yaml", c.roundNow()), data, err
}

func (c *Class) roundNow() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.round
}

// Report is a page that tells what the round has found and how to repeat it; it needs no other file.
func (c *Class) Report(lang string) (kind, name string, data []byte, err error) {
	if lang != text.Russian {
		lang = text.English
	}
	file, err := c.File()
	if err != nil {
		return "", "", nil, err
	}
	c.mu.Lock()
	t, f, command, round := c.task, c.found(lang), c.command(), c.round
	students := map[int]bool{}
	for _, h := range c.done {
		students[h.seat] = true
	}
	c.mu.Unlock()
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Number(lang, float64(n), 0) }
	p := page{Lang: lang, Title: t.title.In(lang), Kind: say("class.report.kind", whole(round)), Sentences: f.Sentences, File: string(file), Command: command, Say: say,
		Question: say("class.report.question", say("page.metric."+t.Metric), whole(t.Ticks))}
	worlds := 0
	for _, a := range f.Arms {
		worlds += a.N
	}
	p.Facts = [][2]string{{say("class.report.students"), whole(len(students))}, {say("class.report.worlds"), whole(worlds)},
		{say("class.report.deal"), say("class.deal." + t.Deal)}, {say("page.seed"), fmt.Sprint(t.Seed)}}
	if p.Figures, err = t.figures(lang, &f); err != nil {
		return "", "", nil, err
	}
	p.Head, p.Rows = t.rows(lang, &f)
	page, err := template.New("report").Parse(skeleton)
	if err != nil {
		return "", "", nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, p)
	return "text/html; charset=utf-8", fmt.Sprintf("class-%d.html", round), b.Bytes(), err
}

// figures draws the outcome by arm, and the differences of worlds that share their seed.
func (t *task) figures(lang string, f *Found) ([]figure, error) {
	by := 1.0
	head := text.In(lang, "page.metric."+t.Metric)
	if t.outcome.Share {
		by, head = 100, text.In(lang, "class.axis.percent", head)
	}
	row := func(look int, label string, n int, mean, lo, hi Figure, values []float64) plot.StripRow {
		for k := range values {
			values[k] *= by
		}
		return plot.StripRow{Look: look, Label: label, Note: text.In(lang, "class.chart.worlds", text.Number(lang, float64(n), 0)), Values: values,
			Mean: by * float64(mean), Lo: by * float64(lo), Hi: by * float64(hi)}
	}
	var rows []plot.StripRow
	for k, a := range f.Arms {
		rows = append(rows, row(k, a.Label, a.N, a.Mean, a.Lo, a.Hi, valuesOf(a.Dots)))
	}
	figures, err := strip(nil, lang, text.In(lang, "class.figure.arms"), head, rows, false)
	if err != nil {
		return nil, err
	}
	rows = nil
	for _, d := range f.Contrasts {
		if d.Pairs > 0 {
			r := row(d.Arm, text.In(lang, "class.chart.less", f.Arms[d.Arm].Label, f.Arms[0].Label), d.Pairs, d.Mean, d.Lo, d.Hi, differences(f.Arms[d.Arm].Dots, f.Arms[0].Dots))
			r.Note = text.In(lang, "class.chart.pairs", text.Number(lang, float64(d.Pairs), 0))
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return figures, nil
	}
	if t.outcome.Share {
		head = text.In(lang, "class.chart.points")
	}
	return strip(figures, lang, text.In(lang, "class.figure.pairs"), text.In(lang, "class.chart.differences", head), rows, true)
}

// strip draws one figure and puts it behind the others.
func strip(figures []figure, lang, title, head string, rows []plot.StripRow, zero bool) ([]figure, error) {
	svg, err := plot.Strip(lang, title, text.In(lang, "class.figure.sub"), head, rows, zero)
	if err != nil {
		return nil, err
	}
	return append(figures, figure{template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)), title}), nil
}

func valuesOf(dots []Dot) []float64 {
	var x []float64
	for _, d := range dots {
		x = append(x, float64(d.Value))
	}
	return x
}

// differences are those of worlds that share their seed.
func differences(with, without []Dot) []float64 {
	var x []float64
	for _, d := range with {
		if k := slices.IndexFunc(without, func(o Dot) bool { return o.Replicate == d.Replicate }); k >= 0 {
			x = append(x, float64(d.Value-without[k].Value))
		}
	}
	return x
}

// rows are the lines of the report's table: arms, then differences.
func (t *task) rows(lang string, f *Found) (head []string, rows [][]string) {
	for _, key := range []string{"arm", "n", "mean", "lo", "hi"} {
		head = append(head, text.In(lang, "class.table."+key))
	}
	whole := func(n int) string { return text.Number(lang, float64(n), 0) }
	level := func(v Figure) string { return t.outcome.level(lang, float64(v)) }
	for _, a := range f.Arms {
		rows = append(rows, []string{a.Label, whole(a.N), level(a.Mean), level(a.Lo), level(a.Hi)})
	}
	for _, d := range f.Contrasts {
		change := func(v Figure) string { _, s := t.outcome.difference(lang, float64(v), float64(v), true); return s }
		rows = append(rows, []string{text.In(lang, "class.chart.less", f.Arms[d.Arm].Label, f.Arms[0].Label), whole(d.Pairs), change(d.Mean), change(d.Lo), change(d.Hi)})
	}
	return head, rows
}
