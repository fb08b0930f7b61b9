package study

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"agglo/output"
)

// OpenInquiry reads the manifest of a folder of work in rounds.
func OpenInquiry(dir string) (*InquiryManifest, error) { return openInquiry(dir) }

// Edited says whether what decides on the results was changed in the manifest after it was written.
func (m *InquiryManifest) Edited() bool { return m.sum() != m.Inquiry.Identity }

// Again asks that so many runs of the rounds, from the first on, be done again and held against the rows that the rounds keep.
func (q *Inquiry) Again(runs int) { q.again = runs }

// Redone tells how many runs were done again, and which do not give their rows.
func (q *Inquiry) Redone() (runs int, unlike []string) { return q.redone, q.unlike }

// redo does runs of a round again, as far as that was asked for.
func (q *Inquiry) redo(ctx context.Context, r *Round, results [][][]float64, w Work) error {
	n := min(q.again, len(results))
	again := make([][][]float64, n)
	err := each(ctx, n, w.Threads, func(ctx context.Context, run int) error {
		err := placed(func(at *RunFault) (err error) {
			again[run], err = r.Do(ctx, run, r.Seed(run), 1, at)
			return err
		})
		if err != nil && ctx.Err() == nil && results[run] == nil {
			return nil // it failed then, too
		}
		return err
	})
	if err != nil {
		return err
	}
	for run := range n {
		if !slices.EqualFunc(again[run], results[run], func(a, b []float64) bool {
			return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
		}) {
			q.unlike = append(q.unlike, fmt.Sprintf("%s: run %d (seed %d) is not what the run made again gives", filepath.Join(output.RoundsDir, r.Name, "runs.csv"), run, r.Seed(run)))
		}
	}
	q.again, q.redone = q.again-n, q.redone+n
	return nil
}
