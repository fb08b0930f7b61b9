package export

import (
	"math"
	"strconv"

	"agglo/internal/table"
)

// A collection is GeoJSON (RFC 7946) being written: features with a stable id, in degrees of WGS 84. Features with time have
// begin, the day from which they hold, and end, the day from which they hold no more; QGIS asks for these two in a layer's
// temporal properties.
type collection struct {
	*file
	f     *Folder
	until map[int64]int64
	n     int64
	first bool // no property yet
}

// collect begins a collection with its name.
func (f *Folder) collect(out *file, name, about string, until map[int64]int64) (*collection, error) {
	if f.Globe == nil {
		return nil, absent("the manifest does not say where on the globe the plane lies")
	}
	c := &collection{file: out, f: f, until: until}
	c.put(`{"type":"FeatureCollection","name":`)
	c.quoted(name)
	c.put(`,"description":`)
	c.quoted(about)
	c.put(`,"features":[`)
	return c, nil
}

// feature begins a feature; its geometry comes next, then properties.
func (c *collection) feature(id string) {
	if c.n++; c.n > 1 {
		c.put(",")
	}
	c.put("\n", `{"type":"Feature","id":`)
	c.quoted(id)
	c.put(`,"geometry":{"type":`)
}

// at writes a position.
func (c *collection) at(x, y float64) {
	lon, lat := c.f.Globe(x, y)
	c.put("[")
	c.degrees(lon)
	c.put(",")
	c.degrees(lat)
	c.put("]")
}

// point and line write the geometry of a feature.
func (c *collection) point(x, y float64) {
	c.put(`"Point","coordinates":`)
	c.at(x, y)
	c.properties()
}

func (c *collection) line(x1, y1, x2, y2 float64) {
	c.put(`"LineString","coordinates":[`)
	c.at(x1, y1)
	c.put(",")
	c.at(x2, y2)
	c.put("]")
	c.properties()
}

// square writes a square about its middle, counterclockwise.
func (c *collection) square(x, y, wide float64) {
	h := wide / 2
	c.put(`"Polygon","coordinates":[[`)
	for k, corner := range [5][2]float64{{-h, -h}, {h, -h}, {h, h}, {-h, h}, {-h, -h}} {
		if k > 0 {
			c.put(",")
		}
		c.at(x+corner[0], y+corner[1])
	}
	c.put("]]")
	c.properties()
}

// properties begins them.
func (c *collection) properties() {
	c.put(`},"properties":{`)
	c.first = true
}

func (c *collection) name(name string) {
	if !c.first {
		c.put(",")
	}
	c.first = false
	c.quoted(name)
	c.put(":")
}

// text, value and whole write a property; a value that does not exist is null.
func (c *collection) text(name, s string) {
	c.name(name)
	if s == "" {
		c.put("null")
		return
	}
	c.quoted(s)
}

func (c *collection) value(name string, v float64) {
	c.name(name)
	if math.IsNaN(v) {
		c.put("null")
		return
	}
	c.number(v)
}

func (c *collection) whole(name string, v int64) {
	c.name(name)
	c.integer(v)
}

// time writes the tick and the days between which it holds.
func (c *collection) time(tick int64) {
	c.whole("tick", tick)
	c.text("begin", day(c.f.date(tick)))
	c.text("end", day(c.f.date(c.until[tick])))
}

// done ends a feature.
func (c *collection) done() { c.put("}}") }

// finish ends the collection.
func (c *collection) finish() int64 {
	c.put("\n]}\n")
	return c.n
}

// firms writes every firm at every tick that the table has.
func (f *Folder) firms(out *file) (int64, error) {
	ticks, err := f.ticks("firms")
	if err != nil {
		return 0, err
	}
	c, err := f.collect(out, "firms", "firms of "+f.Manifest.Scenario+", one feature for each firm and tick", spans(ticks))
	if err != nil {
		return 0, err
	}
	f.describe(out, firmTerms, placeTerm, timeTerms)
	sector := f.names("sectors")
	err = f.each("firms", firmColumns, func(r *rows) {
		c.feature(r.Text(firmKey) + "@" + r.Text(firmTick))
		c.point(r.Number(firmX), r.Number(firmY))
		c.text("firm", r.Text(firmKey))
		c.time(r.Integer(firmTick))
		c.text("sector", r.Text(firmSector))
		c.text("sector_name", or(sector[r.Text(firmSector)], r.Text(firmSector)))
		for k, name := range firmNumbers {
			c.value(name, r.Number(firmX+k))
		}
		c.whole("cluster", r.Integer(firmCluster))
		c.done()
	})
	return c.finish(), err
}

// ties writes the collaborations as lines between the two firms.
func (f *Folder) ties(out *file) (int64, error) {
	ticks, err := f.ticks("ties")
	if err != nil {
		return 0, err
	}
	c, err := f.collect(out, "ties", "collaborations of "+f.Manifest.Scenario+", one feature for each tie and tick", spans(ticks))
	if err != nil {
		return 0, err
	}
	f.describe(out, tieTerms, lineTerm, timeTerms)
	err = f.each("ties", tieColumns, func(r *rows) {
		c.feature(r.Text(tieFrom) + "-" + r.Text(tieTo) + "@" + r.Text(tieTick))
		c.line(r.Number(tieX1), r.Number(tieY1), r.Number(tieX2), r.Number(tieY2))
		c.text("from", r.Text(tieFrom))
		c.text("to", r.Text(tieTo))
		c.text("kind", r.Text(tieKind))
		c.time(r.Integer(tieTick))
		c.value("weight", weight(r))
		c.value("trust_from", r.Number(tieTrust))
		c.value("trust_to", r.Number(tieBack))
		c.value("distance_km", length(r))
		c.done()
	})
	return c.finish(), err
}

// cells writes the jobs of every cell.
func (f *Folder) cells(out *file) (int64, error) {
	ticks, err := f.ticks("cells")
	if err != nil {
		return 0, err
	}
	c, err := f.collect(out, "cells", "jobs by cell of "+f.Manifest.Scenario+", one feature for each cell and tick", spans(ticks))
	if err != nil {
		return 0, err
	}
	f.describe(out, cellTerms, timeTerms)
	num := func(name string) table.Column { return table.Column{Name: name, Kind: table.Number} }
	columns := []table.Column{{Name: "tick", Kind: table.Integer}, {Name: "cell", Kind: table.Integer}, num("x"), num("y"), num("km"), num("jobs")}
	err = f.each("cells", columns, func(r *rows) {
		km, jobs := r.Number(4), r.Number(5)
		c.feature(r.Text(1) + "@" + r.Text(0))
		c.square(r.Number(2), r.Number(3), km)
		c.whole("cell", r.Integer(1))
		c.time(r.Integer(0))
		c.value("jobs", jobs)
		c.value("jobs_per_km2", jobs/(km*km))
		c.done()
	})
	return c.finish(), err
}

// clusterNumbers are the numbers of clusters.csv that go into the file: column and name with unit.
var clusterNumbers = [][2]string{
	{"firms", "agents"}, {"jobs", "jobs"}, {"value_added", "value_added_worker_years_a_year"},
	{"productivity", "productivity_worker_years"}, {"unit_cost", "unit_cost"}, {"exports", "exports_worker_years_a_year"},
	{"trust_in", "trust_in"}, {"trust_out", "trust_out"}, {"share_regional_jobs", "share_regional_jobs"},
	{"share_regional_value_added", "share_regional_value_added"}, {"wage", "wage_worker_years"},
	{"rd", "rd_worker_years_a_year"}, {"technology", "technology"},
}

// clusters writes the clusters of the first run at every year's end; ended ones are left out.
func (f *Folder) clusters(out *file) (int64, error) {
	until := map[int64]int64{}
	for tick := int64(0); tick <= int64(f.Manifest.Ticks); tick++ {
		until[tick] = tick + 4 // until the next year's end
	}
	c, err := f.collect(out, "clusters", "clusters of "+f.Manifest.Scenario+" at the centre of their jobs, one feature for each cluster and year", until)
	if err != nil {
		return 0, err
	}
	f.describe(out, clusterTerms, timeTerms)
	columns := []table.Column{{Name: "run", Kind: table.Integer}, {Name: "tick", Kind: table.Integer, In: table.Between(0, float64(f.Manifest.Ticks))},
		{Name: "cluster", Kind: table.Integer}, {Name: "name"}, {Name: "sector_group"}, {Name: "event", Gaps: true},
		{Name: "x", Kind: table.Number}, {Name: "y", Kind: table.Number}}
	from := len(columns)
	for _, n := range clusterNumbers {
		columns = append(columns, table.Column{Name: n[0], Kind: table.Number, Gaps: true, Optional: true})
	}
	firstRun := int64(-1)
	err = f.each("clusters", columns, func(r *rows) {
		if firstRun < 0 {
			firstRun = r.Integer(0)
		}
		if r.Integer(0) != firstRun || !(r.Number(from) > 0) {
			return
		}
		c.feature(strconv.FormatInt(r.Integer(2), 10) + "@" + r.Text(1))
		c.point(r.Number(6), r.Number(7))
		c.whole("cluster", r.Integer(2))
		c.text("name", r.Text(3))
		c.text("sector_group", r.Text(4))
		c.text("event", r.Text(5))
		c.time(r.Integer(1))
		for k, n := range clusterNumbers {
			c.value(n[1], r.Number(from+k))
		}
		c.done()
	})
	return c.finish(), err
}

// or gives the first of two texts that is not empty.
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
