package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// accounts are the columns of ledger.csv that are drawn, in the order of the key.
var accounts = []struct {
	column string
	color  color.NRGBA
	dash   []vg.Length
}{
	{"gross", blue, nil}, {"admin", grey, dotted}, {"guarantee_loss", purple, longDash}, {"tax_back", vermillion, dashed},
	{"private_levered", green, dashDot},
}

// books draws what each policy gave and cost per quarter, and what came back or came from others.
func (f *folder) books() (*sheet, error) {
	t, err := f.table("ledger.csv")
	if err != nil {
		return nil, err
	}
	if known(t.number["run"]) { // the ledger of a run is no mean over pairs
		return nil, skip(f.say("note.missing", "effects.csv"))
	}
	var lines []line
	var entries []entry
	var all [][]float64
	for _, a := range accounts {
		if lo, hi := extent(t.number[a.column]); !known(t.number[a.column]) || lo == 0 && hi == 0 {
			continue
		}
		l := line{column: t.number[a.column], name: f.say("books." + a.column), color: a.color, dash: a.dash}
		lines, entries, all = append(lines, l), append(entries, entry{line: l}), append(all, l.column)
	}
	if len(lines) == 0 {
		return nil, skip(f.say("note.few", "ledger.csv"))
	}
	var charts []*chart
	for _, p := range distinct(t.word["policy"]) {
		ch := f.newChart(f.policy(p))
		ch.Y.Tick.Marker = evenTicks{n: 4, lang: f.lang}
		ch.upwards(true, all...)
		ch.Add(rules{}, level{0, 0, grey})
		for _, l := range lines {
			var x, y []float64
			for i, of := range t.word["policy"] {
				if of == p {
					x, y = append(x, f.year(t.number["tick"][i])), append(y, l.column[i])
				}
			}
			ch.Add(curve{x, y, l.color, 1.2, l.dash})
			ch.across(x)
		}
		ch.X.Tick.Marker = yearTicks{4}
		charts = append(charts, ch)
	}
	return f.gridSheet(f.booksTitle(t), f.say("sub.books", f.title, f.unit("net_cost", 0)), charts, entries), nil
}

// booksTitle tells how much of what was given comes back.
func (f *folder) booksTitle(t *table) string {
	given, back := 0.0, 0.0
	for i := range t.rows {
		given += t.number["gross"][i]
		if b := t.number["tax_back"]; known(b) && !math.IsNaN(b[i]) {
			back += b[i]
		}
	}
	switch {
	case given <= 0:
		return f.say("title.books.none")
	case back <= 0:
		return f.say("title.books.no")
	}
	return f.say("title.books", f.num(100*back/given, 0))
}
