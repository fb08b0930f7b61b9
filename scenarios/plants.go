package scenarios

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"agglo/model/world"
)

// A plant is one row of the table of firms to start from.
type plant struct {
	sector     string
	at         world.Point
	employment float64
}

// maxTableFaults is how many faults of a table of firms are listed; more would hide the first.
const maxTableFaults = 20

// readPlants reads the table of firms that start_from names.
func (s *Scenario) readPlants(r *reader, dir fs.FS) {
	if s.StartFrom == nil || s.StartFrom.Firms == "" {
		return
	}
	name := s.StartFrom.Firms
	data, err := readBeside(dir, name)
	if err != nil {
		r.faultAt("start_from.firms", "%v", err)
		return
	}
	if _, _, bad := invalidUTF8(data); bad {
		r.faultAt("start_from.firms", "%s is not valid UTF-8", name)
		return
	}
	table := csv.NewReader(bytes.NewReader(data))
	header, err := table.Read()
	if err != nil {
		r.faultAt("start_from.firms", "%s has no header: want sector,employment,x,y or sector,employment,lat,lon", name)
		return
	}
	columns, problem := plantColumns(header)
	if problem != "" {
		r.faultAt("start_from.firms", "%s:1: %s", name, problem)
		return
	}
	for faults := 0; faults < maxTableFaults; {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := table.FieldPos(0)
		if err != nil {
			r.faultAt("start_from.firms", "%s: %v", name, err)
			return
		}
		p, problem := s.plantOf(row, columns)
		if problem != "" {
			r.faultAt("start_from.firms", "%s:%d: %s", name, line, problem)
			faults++
			continue
		}
		s.plants = append(s.plants, p)
	}
	if len(s.plants) == 0 {
		r.faultAt("start_from.firms", "%s holds no firm", name)
	}
}

// plantColumns finds the columns sector, employment and the two of the position, in this order.
func plantColumns(header []string) (columns []string, problem string) {
	columns = make([]string, len(header))
	for i, h := range header {
		columns[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
	}
	has := func(name string) bool { return slices.Contains(columns, name) }
	switch {
	case !has("sector"), !has("employment"):
		return nil, "want the columns sector and employment"
	case has("x") && has("y") == (has("lat") || has("lon")), !has("x") && !(has("lat") && has("lon")):
		return nil, "want either the columns x and y (km) or lat and lon (degrees)"
	}
	return columns, ""
}

// plantOf reads one row.
func (s *Scenario) plantOf(row, columns []string) (p plant, problem string) {
	var lat, lon float64
	numbers := map[string]*float64{"employment": &p.employment, "x": &p.at.X, "y": &p.at.Y, "lat": &lat, "lon": &lon}
	degrees := false
	for i, column := range columns {
		if column == "sector" {
			p.sector = row[i]
			continue
		}
		to, wanted := numbers[column]
		if !wanted {
			continue
		}
		if *to, problem = parseNumber(strings.TrimSpace(row[i])); problem != "" {
			return p, column + ": " + problem
		}
		degrees = degrees || column == "lat"
	}
	if len(s.sectorIndices([]string{p.sector})) == 0 {
		ids := make([]string, len(s.Sectors))
		for i, x := range s.Sectors {
			ids[i] = x.ID
		}
		return p, fmt.Sprintf("sector: %q is none of the sectors%s", p.sector, suggest(p.sector, ids))
	}
	if p.employment <= 0 || p.employment > 1e7 {
		return p, fmt.Sprintf("employment: %v workers: want a number in (0,1e7]", p.employment)
	}
	if degrees {
		if lat < -90 || lat > 90 || lon < -180 || lon > 180 {
			return p, fmt.Sprintf("lat, lon: %v, %v degrees: want [-90,90] and [-180,180]", lat, lon)
		}
		p.at = NewProjection(s.Origin).Plane(LatLon{lat, lon})
	}
	return p, ""
}

// worldPlants gives the firms to start from.
func (s *Scenario) worldPlants() []world.Plant {
	var plants []world.Plant
	for _, p := range s.plants {
		plants = append(plants, world.Plant{Sector: s.sectorIndices([]string{p.sector})[0], At: p.at, Employment: p.employment})
	}
	return plants
}
