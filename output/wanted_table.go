package output

import (
	"errors"
	"io/fs"
	"math"
	"path/filepath"
	"strconv"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"agglo/internal/table"
)

// Held is a published figure beside that of the runs.
type Held struct {
	What, Date, Since string
	Metric, Unit      string
	Published         float64
	Lo, Hi            float64 // the range of values that are near
	Simulated         float64 // mean over runs; NaN if it does not exist
	Low, High         float64 // its 95% interval; NaN with one run
	Runs              int     // that have it
	Near              string  // near, off, or why there is no verdict
	Growth            bool    // a relative change
	Fitted, Verified  bool
	Source            string
}

// Verdicts on a published figure.
const (
	NearPublished = "near"
	OffPublished  = "off"
	NotReached    = "not reached" // the run ended before
	NotTold       = "not told"    // no row at that quarter, or a share of nothing
)

// Want says which published figures the runs of the folder are held against, before any recorder is made.
func (f *Folder) Want(list []Wanted) { f.wanted = list }

// wordNames lists the columns of a table whose columns do not depend on the run.
func wordNames(name string) []string {
	var list []string
	for _, w := range fixed[name] {
		list = append(list, w.column)
	}
	return list
}

// held sets the figures beside those of the runs.
func (f *Folder) held() []Held {
	var all []Held
	for k := range f.wanted {
		w := &f.wanted[k]
		h := Held{What: w.What, Date: w.Date, Since: w.Since, Metric: w.Metric, Unit: w.Unit, Published: w.Published, Simulated: math.NaN(), Low: math.NaN(), High: math.NaN(),
			Growth: w.growth(), Fitted: w.Fitted, Verified: w.Verified, Source: w.Source, Near: NotTold}
		h.Lo, h.Hi = w.Span()
		var values []float64
		reached := false
		for _, r := range f.recorders {
			reached = reached || r.tick >= w.Tick
			if x := r.told(k); !math.IsNaN(x) && !math.IsInf(x, 0) {
				values = append(values, x)
			}
		}
		switch h.Runs = len(values); {
		case !reached:
			h.Near = NotReached
		case h.Runs > 0:
			h.judge(values)
		}
		all = append(all, h)
	}
	return all
}

// judge takes the mean, its interval and the verdict.
func (h *Held) judge(values []float64) {
	mean, sd := stat.MeanStdDev(values, nil)
	h.Simulated = mean
	if n := float64(len(values)); n > 1 {
		half := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(.975) * sd / math.Sqrt(n)
		h.Low, h.High = mean-half, mean+half
	}
	h.Near = OffPublished
	if mean >= h.Lo && mean <= h.Hi {
		h.Near = NearPublished
	}
}

// told is a figure of this run; NaN if it does not exist.
func (r *Recorder) told(k int) float64 {
	if r.watch == nil {
		return math.NaN()
	}
	w := &r.watch.list[k]
	now, ok := r.watch.values[[2]int{k, w.Tick}]
	if !ok {
		return math.NaN()
	}
	before, ok := r.watch.values[[2]int{k, w.From}]
	if !ok && w.From >= 0 {
		return math.NaN()
	}
	return w.Told(now, before)
}

// wantedTable writes targets.csv, if there are figures.
func (f *Folder) wantedTable() error {
	if len(f.wanted) == 0 {
		return nil
	}
	return f.write("targets", wordNames("targets"), func(w *table.Writer) {
		for k, h := range f.held() {
			x := &f.wanted[k]
			w.Integer(int64(k))
			for _, cell := range []string{h.What, h.Metric, x.Parts[0], x.Parts[1], x.Parts[2], x.Parts[3], h.Date, h.Since, kindOf(x), h.Unit} {
				w.Text(cell)
			}
			w.Integer(int64(x.Tick))
			w.Maybe(float64(x.From), x.From >= 0)
			for _, v := range []float64{h.Published, h.Lo, h.Hi, h.Simulated, h.Low, h.High} {
				w.Number(v)
			}
			w.Integer(int64(h.Runs))
			w.Text(h.Near)
			w.Text(h.Role())
			w.Text(strconv.FormatBool(h.Verified))
			w.Text(h.Source)
			w.EndRow()
		}
	})
}

// Role says whether the scenario's numbers were taken from the figure.
func (h *Held) Role() string {
	if h.Fitted {
		return "fitted"
	}
	return "held out"
}

// kindOf says what kind of figure one is.
func kindOf(w *Wanted) string {
	switch {
	case w.From < 0:
		return "level"
	case w.Absolute:
		return "change"
	}
	return "growth"
}

// ReadHeld reads targets.csv of a run folder; a folder without one has no figures.
func ReadHeld(dir string) ([]Held, error) {
	columns := []table.Column{{Name: "runs", Kind: table.Integer}}
	numbers := []string{"published", "lo", "hi", "simulated", "simulated_lo", "simulated_hi"}
	for _, n := range numbers {
		columns = append(columns, table.Column{Name: n, Kind: table.Number, Gaps: true})
	}
	for _, n := range []string{"what", "metric", "date", "since", "kind", "unit", "verdict", "role", "verified", "source"} {
		columns = append(columns, table.Column{Name: n, Gaps: n == "since" || n == "unit" || n == "source"})
	}
	t, err := table.ReadFile(filepath.Join(dir, "targets.csv"), columns, table.Options{AllowNoRows: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	all := make([]Held, t.Rows)
	for row := range all {
		word := func(name string) string {
			if l := t.Labels(name); l.Code[row] >= 0 {
				return l.Names[l.Code[row]]
			}
			return ""
		}
		number := func(name string) float64 {
			if !t.Has(name, row) {
				return math.NaN()
			}
			return t.Numbers(name)[row]
		}
		all[row] = Held{
			What: word("what"), Metric: word("metric"), Date: word("date"), Since: word("since"), Unit: word("unit"), Published: number("published"),
			Lo: number("lo"), Hi: number("hi"), Simulated: number("simulated"), Low: number("simulated_lo"), High: number("simulated_hi"),
			Runs: int(t.Integers("runs")[row]), Near: word("verdict"), Growth: word("kind") == "growth",
			Fitted: word("role") == "fitted", Verified: word("verified") == "true", Source: word("source"),
		}
	}
	return all, nil
}
