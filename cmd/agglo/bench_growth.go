package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"

	"agglo/internal/bench"
	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/model/world"
	"agglo/output"
)

// thousand is how many firms make a unit of the work that progress is told in.
const thousand = 1000

// scalingFile holds the rows of a measurement of several sizes, and scalingFigures are its figures.
const (
	scalingFile    = "scaling.csv"
	scalingFigures = "scaling.*"
)

// scalingColumns are those of scalingFile.
var scalingColumns = []table.Column{
	{Name: "firms", Kind: table.Integer}, {Name: "clustered", Kind: table.Integer}, {Name: "threads", Kind: table.Integer}, {Name: "ticks", Kind: table.Integer},
	{Name: "ns_per_firm_tick", Kind: table.Number}, {Name: "bytes_per_firm", Kind: table.Number}, {Name: "allocs_per_firm_tick", Kind: table.Number},
	{Name: "seconds_to_start", Kind: table.Number},
}

// ticksOf is how many ticks of so many firms are measured: those asked for, and more of a small region, whose ticks are short, in whole
// years.
func ticksOf(asked, firms int) int {
	return max(asked, min(800_000/firms, 160)/world.TicksPerYear*world.TicksPerYear)
}

// plans lists the measurements of all sizes, round by round, so that a slow spell of the machine falls on all of them.
func (f *benchFlags) plans() []bench.Plan {
	var plans []bench.Plan
	for range f.rounds {
		for _, n := range f.sizes {
			for _, clustered := range []bool{false, true} {
				p := f.plan
				p.Firms, p.Clustered, p.Ticks = n, clustered, ticksOf(f.plan.Ticks, n)
				plans = append(plans, p)
			}
		}
	}
	return plans
}

// grow measures all sizes in turn, or those that are left, and draws them.
func (f *benchFlags) grow(ctx context.Context, c *console) error {
	g := growth{path: filepath.Join(f.out, scalingFile), left: f.plans()}
	if _, err := os.Stat(g.path); err == nil && f.resume {
		if err := g.resume(); err != nil {
			return err
		}
		c.say("%d of %d measurements are there", len(g.rows), len(g.rows)+len(g.left))
	} else if err == nil && !f.force {
		return usagef("%s: holds measurements already; --resume goes on with them, --force writes over them", g.path)
	}
	var live []study.Live
	for _, p := range g.left {
		live = append(live, study.Together(p.Sized(), 1, 1))
	}
	if err := c.room(live, 1); err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o777); err != nil {
		return err
	}
	if err := g.measure(ctx, c); err != nil {
		return err
	}
	d := drawing{lang: f.lang}
	figures, err := d.draw(ctx, c, f.out)
	if errors.Is(err, errStopped) {
		err = fmt.Errorf("%w; %s holds all measurements, and --resume draws them", err, g.path)
	}
	files := filesOfFigures(c, figures)
	if c.json {
		return errors.Join(err, printJSON(c.out, struct {
			Dir          string       `json:"dir"`
			Measurements []measuredAt `json:"measurements"`
			Figures      []string     `json:"figures"`
		}{f.out, g.forMachines(), append([]string{}, files...)}))
	}
	for _, x := range figures {
		if x.Note != "" {
			c.say("no figure: %s", x.Note)
		}
	}
	for _, file := range files {
		c.print("%s\n", filepath.Join(f.out, file))
	}
	c.print("%s\n", g.path)
	return err
}

// A growth is a measurement of several sizes.
type growth struct {
	path string
	rows []bench.Result // that are measured
	left []bench.Plan
}

// resume reads what was measured before and strikes it off what is to be done.
func (g *growth) resume() error {
	t, err := table.ReadFile(g.path, scalingColumns, table.Options{AllowNoRows: true})
	if err != nil {
		return err
	}
	for i, n := range t.Integers("firms") {
		r := bench.Result{
			Firms: int(n), Clustered: t.Integers("clustered")[i] != 0, Threads: int(t.Integers("threads")[i]), Ticks: int(t.Integers("ticks")[i]),
			NsPerFirmTick: t.Numbers("ns_per_firm_tick")[i], BytesPerFirm: t.Numbers("bytes_per_firm")[i],
			AllocsPerFirmTick: t.Numbers("allocs_per_firm_tick")[i], SecondsToStart: t.Numbers("seconds_to_start")[i],
		}
		k := slices.IndexFunc(g.left, func(p bench.Plan) bool {
			return p.Firms == r.Firms && p.Clustered == r.Clustered && p.Threads == r.Threads && p.Ticks == r.Ticks
		})
		if k < 0 {
			return usagef("%s: measurement %d is of %d firms over %d ticks on %s, which is not asked for, or not so often: --resume wants --sizes, --rounds, --ticks and --threads as they were, or more sizes and rounds",
				g.path, i+1, r.Firms, r.Ticks, count(r.Threads, "thread"))
		}
		g.rows, g.left = append(g.rows, r), slices.Delete(g.left, k, k+1)
	}
	return nil
}

// measure measures what is left and writes the rows that are done to the file behind each.
func (g *growth) measure(ctx context.Context, c *console) error {
	total := 0
	for _, p := range g.left {
		total += (bench.WarmUp + p.Ticks) * p.Firms / thousand
	}
	bar := newSteps(c, total, "thousand firms and tick") // so that a tick of many firms counts for more
	defer bar.end()
	for k, p := range g.left {
		debug.FreeOSMemory() // each begins with what the first began with
		ticks := 0
		r, err := bench.Run(ctx, p, func(int) {
			bar.add((ticks+1)*p.Firms/thousand - ticks*p.Firms/thousand)
			ticks++
		})
		switch {
		case errors.Is(err, context.Canceled) && len(g.rows) == 0:
			return fmt.Errorf("%w before the first measurement was done", errStopped)
		case errors.Is(err, context.Canceled):
			return fmt.Errorf("%w: %s holds the %d of %d measurements that are done; --resume goes on", errStopped, g.path, len(g.rows), len(g.rows)+len(g.left)-k)
		case err != nil:
			return err
		}
		g.rows = append(g.rows, r)
		if k == 0 {
			err = g.forget()
		}
		if err = errors.Join(err, g.write()); err != nil {
			return err
		}
	}
	return nil
}

// forget takes away the figures of other rows than those that are written next: they may not be drawn again.
func (g *growth) forget() error {
	files, err := fs.Glob(os.DirFS(filepath.Dir(g.path)), output.FiguresDir+"/"+scalingFigures)
	for _, file := range files {
		err = errors.Join(err, os.Remove(filepath.Join(filepath.Dir(g.path), filepath.FromSlash(file))))
	}
	return err
}

// write writes all rows anew, so that the file is whole whenever it is looked at.
func (g *growth) write() error {
	var head []string
	for _, column := range scalingColumns {
		head = append(head, column.Name)
	}
	list := [][]string{head}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
	for _, r := range g.rows {
		clustered := "0"
		if r.Clustered {
			clustered = "1"
		}
		list = append(list, []string{strconv.Itoa(r.Firms), clustered, strconv.Itoa(r.Threads), strconv.Itoa(r.Ticks), number(r.NsPerFirmTick),
			number(r.BytesPerFirm), number(r.AllocsPerFirmTick), number(r.SecondsToStart)})
	}
	return table.Whole(g.path, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(list) })
}

// measuredAt is a row of scalingFile for machines.
type measuredAt struct {
	Firms             int     `json:"firms"`
	Clustered         bool    `json:"clustered"`
	Threads           int     `json:"threads"`
	Ticks             int     `json:"ticks"`
	NsPerFirmTick     float64 `json:"ns_per_firm_tick"`
	BytesPerFirm      float64 `json:"bytes_per_firm"`
	AllocsPerFirmTick float64 `json:"allocs_per_firm_tick"`
	SecondsToStart    float64 `json:"seconds_to_start"`
}

// forMachines gives what the file has columns for, no more: of rows that were measured before nothing else is known.
func (g *growth) forMachines() []measuredAt {
	list := []measuredAt{}
	for _, r := range g.rows {
		list = append(list, measuredAt{r.Firms, r.Clustered, r.Threads, r.Ticks, r.NsPerFirmTick, r.BytesPerFirm, r.AllocsPerFirmTick, r.SecondsToStart})
	}
	return list
}
