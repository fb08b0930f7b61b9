package study

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"agglo/internal/table"
	"agglo/sim/design"
)

// GridFile is the table from which heat maps are drawn: means of the last rows of runs over a grid of two factors.
const GridFile = "grid.csv"

// mostCells bounds the cells of a grid of two factors: with more a map shows nothing that the table does not.
const mostCells = 2500

// gridHead is the header of grid.csv.
var gridHead = []struct{ name, meaning string }{
	{"policy", "as in runs.csv"},
	{"x_name", "the factor that runs across"}, {"y_name", "the factor that runs upwards"},
	{"x", "value of the one"}, {"y", "value of the other"},
	{"metric", "name of the metric"},
	{"runs", "runs with a value, at the last tick that each has in runs.csv"},
	{"mean", "mean of the metric over these runs"},
	{"sd", "its standard deviation; empty for one run"},
}

// crossed gives the places of the two factors that a grid varies; no if it varies one, three or more, or is no grid.
func (m *SweepManifest) crossed() (x, y int, yes bool) {
	if m.Sweep.Settings.Design.Kind != "grid" {
		return 0, 0, false
	}
	var varied []int
	cells := 1
	for k, f := range m.Sweep.Settings.Factors {
		levels := m.Sweep.Settings.Design.N
		if f.Shape == design.Listed {
			levels = len(slices.Compact(slices.Sorted(slices.Values(f.Values))))
		}
		if levels > 1 {
			varied = append(varied, k)
			cells *= levels
		}
	}
	if len(varied) != 2 || cells > mostCells {
		return 0, 0, false
	}
	return varied[0], varied[1], true
}

// place is a cell of a grid under a policy.
type place struct{ policy, x, y string }

// A gridSums gathers the last rows of runs by place.
type gridSums struct {
	order []place
	of    map[place][]cellSum
}

// cellSum is the number, the mean and the sum of squared distances from it of some values.
type cellSum struct {
	n       int
	mean, s float64
}

// add adds a value; rows come in one order, so the bits are the same each time.
func (t *cellSum) add(v float64) {
	t.n++
	d := v - t.mean
	t.mean += d / float64(t.n)
	t.s += float64(d * (v - t.mean))
}

// add adds the metrics of a row.
func (g *gridSums) add(at place, metrics []string) error {
	sums, known := g.of[at]
	if !known {
		sums = make([]cellSum, len(metrics))
		g.of[at] = sums
		g.order = append(g.order, at)
	}
	for k, text := range metrics {
		if text == "" {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		sums[k].add(v)
	}
	return nil
}

// grid writes grid.csv from runs.csv if the sweep is a grid of two factors, and takes away one that is not of this sweep.
func (m *SweepManifest) grid(ctx context.Context, dir string) error {
	path := filepath.Join(dir, GridFile)
	x, y, yes := m.crossed()
	if !yes {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	g := &gridSums{of: map[place][]cellSum{}}
	keys := keyColumns()
	policy, first := slices.Index(keys, "policy"), len(keys)+len(m.Sweep.Settings.Factors)
	head, err := lastRows(ctx, filepath.Join(dir, "runs.csv"), func(last []string) error {
		return g.add(place{last[policy], last[len(keys)+x], last[len(keys)+y]}, last[first:])
	})
	if err != nil {
		return err
	}
	names := make([]string, len(gridHead))
	for k, c := range gridHead {
		names[k] = c.name
	}
	w, err := table.Create(path, names...)
	if err != nil {
		return err
	}
	for _, metric := range shownFirst(head[first:]) {
		k := slices.Index(head[first:], metric)
		for _, at := range g.order {
			t := g.of[at][k]
			for _, text := range []string{at.policy, m.Sweep.Settings.Factors[x].Name, m.Sweep.Settings.Factors[y].Name, at.x, at.y, metric} {
				w.Text(text)
			}
			w.Integer(int64(t.n))
			w.Maybe(t.mean, t.n > 0)
			w.Maybe(math.Sqrt(t.variance()), t.n > 1)
			w.EndRow()
		}
	}
	return w.Close()
}

// lastRows shows the last row of every run and policy; rows lie by run, policy, tick. It gives the header.
func lastRows(ctx context.Context, path string, show func(last []string) error) (head []string, err error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	lines := csv.NewReader(in)
	lines.ReuseRecord = true
	if head, err = lines.Read(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	head = slices.Clone(head)
	run, policy := slices.Index(head, "run"), slices.Index(head, "policy")
	var last []string
	for {
		record, err := lines.Read()
		over := errors.Is(err, io.EOF)
		if ctx.Err() != nil {
			return head, ctx.Err()
		}
		if err != nil && !over {
			return head, fmt.Errorf("%s: %w", path, err)
		}
		if last != nil && (over || record[run] != last[run] || record[policy] != last[policy]) {
			if err := show(last); err != nil {
				return head, fmt.Errorf("%s: %w", path, err)
			}
		}
		if over {
			return head, nil
		}
		last = append(last[:0], record...)
	}
}
