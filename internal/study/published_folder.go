package study

import (
	"agglo/internal/table"
)

// publishedRows writes published.csv.
func (r *PublishedRun) publishedRows(w *table.Writer) {
	for _, f := range r.Findings {
		w.Text(f.ID)
		w.Text(f.Instrument)
		w.Text(f.Statistic)
		w.Text(f.Of.By)
		w.Text(f.Of.Outcome)
		w.Text(f.Unit)
		w.Text(f.Expected)
		for _, x := range [...]float64{f.Value, f.Lo, f.Hi, f.Twin, f.TwinLo, f.TwinHi, f.Smallest} {
			w.Number(x)
		}
		w.Text(f.Found)
		w.Text(f.Verdict)
		w.Text(f.Standing())
		w.Text(f.Role)
		w.Integer(int64(len(f.Seeds)))
		w.Text(f.Source)
		w.EndRow()
	}
}

// Standing says whether an effect counts: counted, or by construction.
func (e *PublishedEffect) Standing() string {
	if e.Counted() {
		return "counted"
	}
	return "by construction"
}

// publishedSeedRows writes published_seeds.csv.
func (r *PublishedRun) publishedSeedRows(w *table.Writer) {
	for _, f := range r.Findings {
		for k, seed := range f.Seeds {
			w.Text(f.ID)
			w.Integer(int64(seed))
			w.Number(f.Values[k])
			w.Number(f.TwinEach[k])
			w.EndRow()
		}
	}
}

// trialRows writes trials.csv.
func (r *PublishedRun) trialRows(w *table.Writer) {
	for _, t := range r.Trials {
		w.Text(t.Arm)
		w.Text(t.Instrument)
		for _, x := range [...]float64{t.Effect, t.Lo, t.Hi} {
			w.Number(x)
		}
		works := int64(0)
		if t.Works {
			works = 1
		}
		w.Integer(works)
		w.EndRow()
	}
}

// publishedWords adds the words of its tables to a dictionary.
func publishedWords(w *table.Writer) {
	wordRows(w, "published", "published_seeds", "trials")
	for _, o := range firmOutcomes() {
		wordRow(w, "outcomes", word{o.name, o.unit, o.meaning + ", of firms that live at both times"})
	}
	for _, name := range sumNames {
		wordRow(w, "outcomes", word{name, "log %", "by places or world: sum over all firms"})
	}
}
