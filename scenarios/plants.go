package scenarios

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"agglo/internal/table"
	"agglo/model/world"
)

// A plant is one row of the table of firms to start from.
type plant struct {
	sector     int
	at         world.Point
	employment float64
	row        int // of the table, from 0
}

// How many workers a firm of a table may have.
const leastJobs, mostJobs = .001, 1e7

// A startTable is a table that start_from names.
type startTable struct {
	path string // start_from.firms or start_from.employment
	name string
	data []byte
	*table.Table
}

// openTable reads a table of the start. Every fault is noted, and the rows without one come back, for faults that a table alone cannot
// tell; nil where there is none, or no row can be understood.
func (s *Scenario) openTable(r *reader, dir fs.FS, path, name string, columns []table.Column) *startTable {
	if name == "" {
		return nil
	}
	data, err := readBeside(dir, name)
	if err != nil {
		s.faultyStart = true
		r.faultAt(path, "%v", err)
		return nil
	}
	t, err := table.Read(name, bytes.NewReader(data), columns, table.Options{})
	s.faultyStart = s.faultyStart || err != nil
	var faults *table.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults.List {
			r.faultAt(path, "%v", f)
		}
		if faults.More > 0 {
			r.faultAt(path, "%s: and %d more", name, faults.More)
		}
	case err != nil:
		r.faultAt(path, "%s: %v", name, err)
	}
	if t == nil {
		return nil
	}
	for _, note := range t.Notes {
		s.note("%s", note)
	}
	return &startTable{path, name, data, t}
}

// fault notes a mistake at a cell of the table.
func (t *startTable) fault(r *reader, row int, column, format string, args ...any) {
	r.faultAt(t.path, "%v", table.Fault{File: t.name, Line: t.Line(row), Column: t.column(row, column), Name: column, What: fmt.Sprintf(format, args...)})
}

// column is the byte at which a cell begins, 0 if it cannot be told. The table is read again: only faults ask.
func (t *startTable) column(row int, name string) int {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(t.data, []byte("\ufeff"))))
	in.FieldsPerRecord = -1
	head, err := in.Read()
	field := slices.Index(head, name)
	if err != nil || field < 0 {
		return 0
	}
	for {
		record, err := in.Read()
		var torn *csv.ParseError // a row that is no CSV has been told
		if err != nil && !errors.As(err, &torn) {
			return 0
		}
		if err != nil || field >= len(record) {
			continue
		}
		if line, _ := in.FieldPos(0); line == t.Line(row) {
			_, column := in.FieldPos(field)
			return column
		}
	}
}

// sectorIDs lists the ids of all sectors.
func (s *Scenario) sectorIDs() []string {
	ids := make([]string, len(s.Sectors))
	for i, x := range s.Sectors {
		ids[i] = x.ID
	}
	return ids
}

// sectorAt is the sector of a row; -1 with a fault for one that cannot hold firms at the start.
func (s *Scenario) sectorAt(r *reader, t *startTable, labels *table.Labels, row int) int {
	id := labels.Names[labels.Code[row]]
	k := slices.IndexFunc(s.Sectors, func(x Sector) bool { return x.ID == id })
	if s.Sectors[k].Emerging != nil {
		t.fault(r, row, "sector", "%s is emerging: it has no firms at the start", id)
		return -1
	}
	return k
}

// readPlants reads the table of firms that start_from names.
func (s *Scenario) readPlants(r *reader, dir fs.FS) {
	if s.StartFrom == nil {
		return
	}
	number := func(name, unit string, lo, hi float64) table.Column {
		return table.Column{Name: name, Kind: table.Number, Unit: unit, In: table.Between(lo, hi), Optional: true}
	}
	columns := []table.Column{
		{Name: "sector", Among: s.sectorIDs()}, {Name: "employment", Kind: table.Number, Unit: "workers", In: table.Between(leastJobs, mostJobs)},
		number("x", "km", -5000, 5000), number("y", "km", -5000, 5000), number("lat", "degrees", -90, 90), number("lon", "degrees", -180, 180),
	}
	t := s.openTable(r, dir, "start_from.firms", s.StartFrom.Firms, columns)
	if t == nil {
		return
	}
	flat := t.Given("x") && t.Given("y")
	globe := t.Given("lat") && t.Given("lon")
	placed := flat != globe && t.Given("x") == t.Given("y") && t.Given("lat") == t.Given("lon")
	if !placed {
		s.faultyStart = true
		r.faultAt(t.path, "%s:1: want either the columns x and y (km) or lat and lon (degrees)", t.name)
	}
	if s.Scale.Value != 1 {
		r.faultAt("scale", "%v firms an agent, but start_from.firms lists every firm: want 1", s.Scale)
	}
	labels, jobs := t.Labels("sector"), t.Numbers("employment")
	projection, first := NewProjection(s.Origin), map[plant]int{}
	for row := range t.Rows {
		p := plant{sector: s.sectorAt(r, t, &labels, row), employment: jobs[row]}
		switch {
		case p.sector < 0 || !placed:
			continue
		case flat:
			p.at = world.Point{X: t.Numbers("x")[row], Y: t.Numbers("y")[row]}
		default:
			p.at = projection.Plane(LatLon{t.Numbers("lat")[row], t.Numbers("lon")[row]})
		}
		if line, twice := first[p]; twice {
			t.fault(r, row, "sector", "the firm stands here twice, first on line %d; move one by a metre if they are two", line)
			continue
		}
		first[p] = t.Line(row)
		p.row = row
		s.plants = append(s.plants, p)
	}
	s.plantTable = t
	if !s.faultyStart { // else it has not all firms
		s.countPlants()
	}
}

// countPlants gives the sectors the firms and workers that the table has.
func (s *Scenario) countPlants() {
	firms, jobs := make([]float64, len(s.Sectors)), make([]float64, len(s.Sectors))
	for _, p := range s.plants {
		firms[p.sector]++
		jobs[p.sector] += p.employment
	}
	for i := range s.Sectors {
		x := &s.Sectors[i]
		if x.Emerging != nil {
			continue
		}
		if x.Firms.given && x.Firms.Value != firms[i] || x.Employment != nil && math.Abs(x.Employment.Value-jobs[i]) > .001*jobs[i] {
			s.note("sectors[%d]: the table has %v firms with %.6g workers in %s, and counts", i, firms[i], jobs[i], x.ID)
			x.Firms, x.Employment = Number{}, nil
		}
		x.counted(firms[i], jobs[i])
	}
}

// countedFrom stands as the source of what a table has and the file does not say.
const countedFrom = "counted from the table of start_from"

// counted gives a sector the firms and workers that a table has, where the file gives none.
func (x *Sector) counted(firms, jobs float64) {
	if !x.Firms.given {
		x.Firms = Number{Value: firms, Source: countedFrom, given: true}
	}
	if x.Employment == nil {
		x.Employment = &Number{Value: jobs, Source: countedFrom, given: true}
	}
}

// checkPlants wants every firm of the table on land.
func (s *Scenario) checkPlants(r *reader, areas []world.Area) {
	column := "x"
	if s.plantTable != nil && s.plantTable.Given("lat") {
		column = "lat"
	}
	outside := 0
	for _, p := range s.plants {
		if onLand(areas, p.at) {
			continue
		}
		if outside++; outside <= 20 {
			away, _ := toLand(areas, p.at)
			hint := ""
			if turned := s.turned(p); column == "lat" && onLand(areas, turned) {
				hint = "; are lat and lon exchanged?"
			}
			s.plantTable.fault(r, p.row, column, "the firm of sector %s lies on no cell with land, %.1f km from the nearest%s", s.Sectors[p.sector].ID, away, hint)
		}
	}
	if outside > 20 {
		r.faultAt(s.plantTable.path, "%s: and %d more firms outside every area", s.plantTable.name, outside-20)
	}
}

// turned is where a firm would stand with its degrees exchanged.
func (s *Scenario) turned(p plant) world.Point {
	projection := NewProjection(s.Origin)
	at := projection.Globe(p.at)
	if math.Abs(at[1]) > 90 {
		return p.at
	}
	return projection.Plane(LatLon{at[1], at[0]})
}

// worldPlants gives the firms to start from: those of a table of firms, or those drawn from a table of employment.
func (s *Scenario) worldPlants(seed uint64, areas []world.Area) []world.Plant {
	if len(s.shares) > 0 {
		return s.drawPlants(seed, areas)
	}
	var plants []world.Plant
	for _, p := range s.plants {
		plants = append(plants, world.Plant{Sector: p.sector, At: p.at, Employment: p.employment})
	}
	return plants
}

// faultyTable says whether a table that would give sectors their firms and workers could not be read, or not all of it.
func (s *Scenario) faultyTable(r *reader) bool {
	return s.faultyStart || s.StartFrom != nil && s.StartFrom.Employment != "" && len(s.shares) == 0 && len(r.faults) > 0
}

// at is the path of an entry of a list.
func at(list string, k int) string { return fmt.Sprintf("%s[%d]", list, k) }
