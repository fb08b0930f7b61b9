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
	"agglo/model/world"
)

// NetLogoFile is the table in the layout of NetLogo's BehaviorSpace. It has a folder of its own, since those of the folder above are
// tables with one header.
const NetLogoFile = "netlogo/table.csv"

// extent is the smallest box of whole kilometres around all areas, west, east, south and north of the origin.
func extent(s *world.Setting) [4]int {
	box := [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, a := range s.Areas {
		box[0], box[1] = min(box[0], a.X0), max(box[1], a.X0+float64(float64(a.NX)*a.CellKM))
		box[2], box[3] = min(box[2], a.Y0), max(box[3], a.Y0+float64(float64(a.NY)*a.CellKM))
	}
	var whole [4]int
	for k, x := range box {
		if k%2 == 0 {
			whole[k] = int(math.Floor(x))
		} else {
			whole[k] = int(math.Ceil(x))
		}
	}
	return whole
}

// netlogo writes the rows of series.csv, or of runs.csv if there is no series, as a BehaviorSpace table: six lines of the
// experiment, a header, every cell in quotes; a run of a policy is a run of its own, numbered from 1. Readers take the columns
// between the number and [step] for what was varied. Its date is that of tick 0, so that the same sweep gives the same bytes.
func (m *SweepManifest) netlogo(ctx context.Context, dir string) error {
	source := "runs"
	if m.Sweep.Settings.Every > 0 {
		source = "series"
	}
	from := filepath.Join(dir, source+".csv")
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	lines := csv.NewReader(in)
	head, err := lines.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	lines.ReuseRecord = true // of those behind the header
	keys, factors := len(keyColumns()), len(m.Sweep.Settings.Factors)
	run, tick := slices.Index(head, "run"), slices.Index(head, "tick")
	order := []int{slices.Index(head, "policy")}
	for k := range factors {
		order = append(order, keys+k)
	}
	order = append(order, slices.Index(head, "replicate"), slices.Index(head, "seed"), tick)
	for k := keys + factors; k < len(head); k++ {
		order = append(order, k)
	}
	columns := []string{"[run number]"}
	for _, k := range order {
		if columns = append(columns, head[k]); k == tick {
			columns[len(columns)-1] = "[step]"
		}
	}
	w, err := m.netlogoTable(dir, columns)
	if err != nil {
		return err
	}
	arms := max(1, len(m.Sweep.Settings.Policies))
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return w.Close()
		}
		number := 0
		if err = errors.Join(err, ctx.Err()); err == nil {
			number, err = strconv.Atoi(record[run])
		}
		if err != nil {
			w.Abort()
			return fmt.Errorf("%s: %w", from, err)
		}
		arm := max(0, slices.Index(m.Sweep.Settings.Policies, record[order[0]]))
		w.Integer(int64(number*arms + arm + 1))
		for _, k := range order {
			w.Text(record[k])
		}
		w.EndRow()
	}
}

// netlogoTable begins the table in its folder.
func (m *SweepManifest) netlogoTable(dir string, columns []string) (*table.Writer, error) {
	path := filepath.Join(dir, filepath.FromSlash(NetLogoFile))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	return table.CreateQuoted(path, m.behaviorSpace(), columns...)
}

// behaviorSpace are the lines above the header: format, model, experiment, date, and the box of the world, here in km.
func (m *SweepManifest) behaviorSpace() [][]string {
	box := make([]string, 4)
	for k, x := range m.Sweep.Extent {
		box[k] = strconv.Itoa(x)
	}
	return [][]string{
		{"BehaviorSpace results (NetLogo 6.4.0)", "Table version 2.0"},
		{m.Scenario + ", run by agglo " + m.Code.Version},
		{"sweep of " + m.Scenario},
		{fmt.Sprintf("%02d/01/%04d 00:00:00:000 +0000", 3*m.Start.Quarter-2, m.Start.Year)},
		{"min-pxcor", "max-pxcor", "min-pycor", "max-pycor"},
		box,
	}
}
